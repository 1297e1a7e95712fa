"""The part of a lab that asks before it shows, and that remembers from one evening to the next."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bonelab.course.asking.kept import answers
from bonelab.parameters import BonelabError


@dataclass(frozen=True)
class State:
    """What a lab is set to, and whether it is still waiting for a prediction."""

    values: Mapping = field(default_factory=dict)  # by control name
    locked: bool = False
    guess: object = None


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

    @property
    def _truth(self):
        return self.prediction.truth(self.result(**self.prediction.values))

    def guess(self, value):
        """Answer the prediction: keeps the guess, opens the lab where the truth is seen.

        Returns the sentence that compares the two."""
        if self.prediction is None:
            raise BonelabError(f"the lab {self.title!r} asks for no prediction; use lab.set(...)")
        value = self.prediction.check(value)
        self._open(value, self.defaults | self._checked(self.prediction.values))
        self.keep()
        return self.verdict

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
        with self.lock:
            if "picture" in self.__dict__ and (guess is None or self.prediction.number):
                self.picture.guess(guess)
            self.state = State(values, locked, guess)

    # -- from one evening to the next ----------------------------------------------------------
    def keep(self):
        """Remember guess and settings in the learner's file of answers."""
        kept = {"settings": {name: self.controls[name].kept(v) for name, v in self.moved.items()}}
        if self.prediction is not None:
            asked = {"question": self.prediction.question, "unit": self.prediction.unit}
            if self.my_guess is not None:
                kept["prediction"] = asked | {"answer": self.my_guess, "run": self._truth}
            elif not self.locked:
                kept["prediction"] = asked | {"skipped": True}
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
        self.state = State(values if opened else self.defaults, not opened, guess)
