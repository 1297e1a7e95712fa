"""The part of a lab that asks before it shows, and that remembers from one evening to the next."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from bonelab.course.asking.answers_file import answers
from bonelab.parameters import BonelabError

_RESTS_KEPT = 30  # places where a lab rested that a goal of a pair looks back at


@dataclass(frozen=True)
class State:
    """What a lab is set to, and whether it is still waiting for a prediction."""

    values: Mapping = field(default_factory=dict)  # by control name
    locked: bool = False
    guess: object = None
    rested: Mapping = field(default_factory=dict)  # the values when nothing moved last
    moves: int = 0  # since the start or the last Reset
    reached: Mapping = field(default_factory=dict)  # goal -> moves that it took
    asked: int = 0  # how often more was asked about what is set, such as how sure it is
    rests: tuple = ()  # the values at each rest since the start or the last Reset, latest last
    resets: int = 0


class Predicting:
    """Predict first, for :class:`~bonelab.labs.factory.Lab`: guess, skip, and what is kept."""

    @property
    def locked(self):
        """True until the prediction was answered or skipped."""
        return self.state.locked

    @property
    def my_guess(self):
        """The guess kept for this lab's question, or None."""
        return self.state.guess

    @property
    def verdict(self):
        """The guess beside the truth in one sentence ("" without a guess)."""
        if self.my_guess is None:
            return ""
        return self.prediction.verdict(self.my_guess, self._truth)

    @cached_property
    def _truth(self):
        return self.prediction.truth(self.result(**self.prediction.values))

    @property
    def truth_at_hand(self):
        """True once the guess can be compared with the truth without computing."""
        return "_truth" in self.__dict__

    @property
    def blank(self):
        """True while the picture itself is the answer to the question: it shows empty axes."""
        asked = self.prediction
        return self.locked and (asked.blank or not asked.values)

    def guess(self, value):
        """Answer the prediction: keeps the guess, opens the lab where the truth is seen.

        Returns the sentence that compares the two."""
        if self.prediction is None:
            raise BonelabError(f"the lab {self.title!r} asks for no prediction; use lab.set(...)")
        self.answer(value)
        words = self.verdict
        self.keep()
        return words

    def answer(self, value):
        """The same without the sentence, which may take long to find out."""
        value = self.prediction.check(value)
        self._open(value, self.defaults | self._checked(self.prediction.values))
        self.keep()

    def skip(self):
        """Open the lab without a prediction."""
        with self.lock:
            self.state = replace(self.state, locked=False)
        self.keep()
        return self

    def predict_again(self):
        """Forget the guess and lock the lab again, at its start values."""
        if self.prediction is not None:
            self._open(None, self.defaults, locked=True)
            self.keep()
        return self

    def _open(self, guess, values, locked=False):
        change = {"values": values, "rested": values, "locked": locked, "guess": guess}
        with self.lock:
            self._mark(guess)
            try:
                self._go(replace(self.state, **change))
            except Exception:
                self._mark(self.state.guess)
                raise

    def _mark(self, guess):
        """Draw the guess, or take it away, where it is a number."""
        if "picture" in self.__dict__ and self.prediction.number:
            self.picture.guess(guess)

    # -- challenges ----------------------------------------------------------------------------
    def _rested(self):
        """Count a move and judge the challenges, if something has moved.

        It may take long, and nothing waits for it: what moves meanwhile comes to rest later."""
        with self.lock:
            state = self.state
            if self._of_the_run(state.values) == self._of_the_run(state.rested):
                self.state = replace(state, rested=state.values)
                return
        moves, reached = state.moves + 1, dict(state.reached)
        rests = (*(state.rests or (state.rested,)), state.values)[-_RESTS_KEPT:]
        here = self.run_at(state.values), dict(state.values)
        for challenge in self.challenges:
            if challenge.goal not in reached and challenge.met(here, self._before(rests)):
                reached[challenge.goal] = moves
        now = {"rested": state.values, "moves": moves, "reached": reached, "rests": rests}
        with self.lock:
            if _counted(self.state) == _counted(state):  # no Reset, and no other rest was judged
                self.state = replace(self.state, **now)

    def _of_the_run(self, values):
        """The values without those of controls that only look at a run."""
        return {name: value for name, value in values.items() if name not in self._looking}

    def _before(self, rests):
        """Run and values of each earlier rest, latest first; computed when it is asked for."""
        for values in reversed(rests[:-1]):
            if values != rests[-1]:
                yield self.run_at(values), dict(values)

    # -- from one evening to the next ----------------------------------------------------------
    def keep(self):
        """Remember guess and settings in the learner's file of answers."""
        kept = {"settings": {name: self.controls[name].kept(v) for name, v in self.moved.items()}}
        if self.prediction is not None:
            asked = {"question": self.prediction.question, "unit": self.prediction.unit}
            if self.my_guess is not None:
                kept["prediction"] = asked | {"answer": self.my_guess}
                if self.truth_at_hand:
                    kept["prediction"]["run"] = self._truth
            elif not self.locked:
                kept["prediction"] = asked | {"skipped": True}
        if self.state.reached:
            kept["challenges"] = dict(self.state.reached)
        answers().put("labs", self.name, kept if kept["settings"] or len(kept) > 1 else None)

    def _restore(self):
        """Begin as the learner left it; what no longer fits is passed over."""
        kept = answers().get("labs", self.name) or {}
        values, asked = self.defaults, kept.get("prediction", {})
        for name, value in kept.get("settings", {}).items():
            try:
                values |= self._checked({name: value})
            except BonelabError:
                continue
        guess = None
        if self.prediction is not None and asked.get("question") == self.prediction.question:
            try:
                guess = self.prediction.check(asked["answer"])
            except (BonelabError, KeyError):
                guess = None
        opened = self.prediction is None or guess is not None or bool(asked.get("skipped"))
        start = values if opened else self.defaults
        known = {challenge.goal for challenge in self.challenges}
        reached = {g: m for g, m in kept.get("challenges", {}).items() if g in known}
        self.state = State(start, not opened, guess, rested=start, reached=reached)


def _counted(state):
    """What a rest changes, and Reset."""
    return state.locked, state.rested, state.moves, state.rests, state.resets
