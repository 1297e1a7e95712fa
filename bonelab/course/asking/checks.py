"""Checks for understanding and free predictions, as lessons call them.

    bl.check("1.2")                       # shows a question; every answer gets feedback at once
    bl.check("1.2").choose(2)             # the same without a browser: the feedback's text
    bl.predict("1.1")                     # asks before the code below it is run; kept
    bl.predict("1.1").compare(run.at(48, "osteoclasts"))    # the guess beside the truth
    bl.reveal("1.1", run.at(48, "osteoclasts"), run)        # the same, shown only when answered

Nothing is graded or sent anywhere. Answers are kept in the learner's own folder
(``answers_file.py``): running the cell of a question again, or opening the lesson the next day,
shows them.
"""

from functools import cached_property
from html import escape
from typing import Any

from bonelab.parameters import Checked, door, refuse
from bonelab.parameters.argument_types import Anything

from .answers_file import answers
from .bank import question
from .prediction import Predict
from .question_card import Shown, card
from .verdict import Words

LETTERS = "ABCDEFGH"
RIGHT, WRONG = "✓ Right.", "✗ Not quite: look again."


def question_id(name: str, value: Any) -> str:
    """The id of a question as text: '1.2' or 1.2."""
    if isinstance(value, bool) or not isinstance(value, str | int | float) or len(repr(value)) > 40:
        refuse(name, value, "it should be the id of a question, such as '1.2'.")
    return str(value)


ID = Checked("which question, such as '1.2'", question_id, "text")


@door("bl.check", id=ID)
def check(id: Anything) -> "Check":
    """The check for understanding with this id, to show or to answer by :meth:`Check.choose`."""
    return Check(id)


@door("bl.predict", id=ID)
def predict(id: Anything) -> "Prediction":
    """The free prediction with this id, to show, to answer, or to compare with a result."""
    return Prediction(id)


class Check(Shown):
    """A multiple-choice question. ``chosen`` is the number of the latest answer, or None."""

    def __init__(self, id):
        self.id, self.entry = id, question("check", id)
        kept = (answers().get("checks", id) or {}).get("choices", [])
        self.tried = [text for text in kept if text in self.options]  # the first one first

    @property
    def options(self) -> list[str]:
        """The answers to choose from, in order."""
        return [option["text"] for option in self.entry["options"]]

    @property
    def chosen(self) -> int | None:
        """The number of the latest answer, or None."""
        return self.options.index(self.tried[-1]) + 1 if self.tried else None

    def choose(self, answer: int | str) -> str:
        """Choose by number (1, 2, ...), letter ("B") or text; returns the feedback."""
        option = self.entry["options"][self._number(answer) - 1]
        if self.tried[-1:] != [option["text"]]:
            self.tried.append(option["text"])
        answers().put("checks", self.id, {
            "question": self.entry["question"], "choices": self.tried, "right": self.right,
        })  # fmt: skip
        if "box" in self.__dict__:
            self._show()
        return Words(self._feedback_text)

    @property
    def right(self) -> bool:
        """True when the latest answer is right."""
        return self.chosen is not None and bool(self._option.get("right"))

    @property
    def _option(self):
        return self.entry["options"][self.chosen - 1]

    @property
    def _feedback_text(self):
        return f"{'Right.' if self.right else 'Not quite.'} {self._option['feedback']}"

    def _number(self, answer):
        letters = LETTERS[: len(self.options)]
        if answer in self.options:
            return self.options.index(answer) + 1
        if isinstance(answer, str) and len(answer) == 1 and answer.upper() in letters:
            return letters.index(answer.upper()) + 1
        whole = isinstance(answer, int) and not isinstance(answer, bool)
        if whole and 1 <= answer <= len(self.options):
            return answer
        refuse("answer", answer, f"choose a number from 1 to {len(self.options)}, or a letter.")

    @property
    def words(self) -> str:
        """The question and its options as plain text, with the feedback on what was chosen."""
        lines = [f"{LETTERS[i]}. {text}" for i, text in enumerate(self.options)]
        said = []
        if self.chosen is not None:
            said = [f"You chose {LETTERS[self.chosen - 1]}. {self._feedback_text}"]
        return "\n".join([f"Check {self.id}. {self.entry['question']}", *lines, *said])

    @cached_property
    def box(self) -> Any:
        """The widgets: a button for each answer, feedback below."""
        import ipywidgets as w

        from .widgets import box, button

        self._feedback = w.HTML()
        self._buttons = [
            button(f"{LETTERS[i]}. {text}", "", lambda b, i=i: self.choose(i + 1))
            for i, text in enumerate(self.options)
        ]
        made = card(f"Check {self.id}", self.entry["question"],
                    box("bonelab-options", *self._buttons), self._feedback)  # fmt: skip
        if self.tried:
            self._show()
        return made

    def _show(self):
        for i, shown in enumerate(self._buttons):
            (shown.add_class if i == self.chosen - 1 else shown.remove_class)("mod-active")
        kind, sign = ("right", RIGHT) if self.right else ("wrong", WRONG)
        self._feedback.value = (
            f"<div role='alert'><b class='bonelab-{kind}'>{sign}</b> "
            f"{escape(self._option['feedback'])}</div>"
        )
        self.still.refresh()


class Prediction(Shown):
    """A free prediction made before a cell is run; kept in the learner's folder."""

    def __init__(self, id):
        self.id, entry = id, question("prediction", id)
        self.asked = Predict(
            entry["question"], options=tuple(entry.get("options", ())), low=entry.get("low"),
            high=entry.get("high"), unit=entry.get("unit", ""), explain=entry.get("explain", ""),
            close=entry.get("close"), sketches=tuple(map(tuple, entry.get("sketches", ()))),
        )  # fmt: skip

    @property
    def _kept(self):
        return answers().get("predictions", self.id) or {}

    @property
    def my_guess(self) -> Any:
        """The guess kept, or None."""
        from bonelab.parameters import BonelabError

        guess = self._kept.get("answer")
        try:
            return None if guess is None else self.asked.check(guess)
        except BonelabError:  # the question has changed since
            return None

    @property
    def skipped(self) -> bool:
        """True when the question was passed over."""
        return bool(self._kept.get("skipped"))

    @property
    def open(self) -> bool:
        """True once the question is answered or skipped: what hangs on it may be shown."""
        return self.my_guess is not None or self.skipped

    def guess(self, value: Any) -> Any:
        """Keep a guess: an option (text or number from 0), or a number in the question's unit."""
        self._keep(answer=self.asked.check(value))
        return Words(f"Kept: {self.asked.in_words(self.my_guess)}.")

    def skip(self) -> Any:
        """Pass over the question; what waits for it is shown."""
        self._keep(skipped=True)

    def forget(self) -> Any:
        """Forget the guess."""
        answers().put("predictions", self.id, None)
        self._follow()

    def compare(self, value: Any) -> str:
        """The guess beside what the run gave, in one sentence. Nothing is graded."""
        if self.asked.number:
            value = float(value)
        if self.my_guess is None:
            return Words(f"You have not predicted. The run gives: {self.asked.in_words(value)}.")
        self._remember_truth(value)
        return self.asked.verdict(self.my_guess, value)

    def _keep(self, **what):
        unit = {"unit": self.asked.unit} if self.asked.number and "answer" in what else {}
        entry = {"question": self.asked.question, **what, **unit}
        answers().put("predictions", self.id, entry)
        self._follow()

    def _remember_truth(self, value):
        """What the run gave stands beside the guess in the file, for whoever prints it."""
        kept = self._kept
        if kept.get("run") != value:
            answers().put("predictions", self.id, kept | {"run": value})

    @property
    def words(self) -> str:
        """The question as plain text, with what was kept."""
        mine = f" Your prediction: {self._mine}." if self.open else ""
        options = "".join(f"\n- {text}" for text in self.asked.options)
        return f"Predict {self.id}. {self.asked.question}{options}{mine}"

    @property
    def _mine(self):
        return "skipped" if self.my_guess is None else self.asked.in_words(self.my_guess)

    @cached_property
    def box(self) -> Any:
        """The widgets: options as buttons, or a box for a number; what was kept below."""
        from .widgets import answer_to, box, button, resting_place

        self._answer = answer_to(self.asked, self._answered)
        self._skip = button("Skip", "Go on without a prediction", lambda b: self._answered(None))
        self._again = button("Change it", "Answer this question again", lambda b: self._reopen())
        for quiet in (self._skip, self._again):
            quiet.add_class("bonelab-quiet")
        self._told = resting_place()
        self._row = box("bonelab-answers", *self._answer.widgets, self._skip)
        self._after = box("bonelab-told", self._told, self._again)
        self._follow(
            made := card(f"Predict {self.id}", self.asked.question, self._row, self._after)
        )
        return made

    def _answered(self, value):
        if value is None:
            self.skip()
        else:
            self.guess(value)
        self._told.focus()  # the button pressed is gone; keys go on from here

    def _reopen(self):
        self._answer.clear()
        self._row.layout.display = None
        self._after.layout.display = "none"
        self._answer.widgets[0].focus()

    def _follow(self, made=None):
        """Bring the widgets, if there are any, in line with what is kept."""
        if made is None and "box" not in self.__dict__:
            return
        self._row.layout.display = "none" if self.open else None
        self._after.layout.display = None if self.open else "none"
        text = f"Your prediction: {self._mine} (kept)." if self.my_guess is not None else "Skipped."
        self._told.value = text if self.open else ""
        if made is None:
            self.still.refresh()
