"""Checks for understanding and free predictions, as lessons call them.

    bl.check("1.2")                       # shows a question; every answer gets feedback at once
    bl.check("1.2").choose(2)             # the same without a browser: the feedback's text
    bl.predict("1.1")                     # asks before the code below it is run; kept
    bl.predict("1.1").compare(run.at(48, "osteoclasts"))    # the guess beside the truth

Nothing is graded or sent anywhere. Answers live as long as the Python session: running the cell of
a question again, as Shift + Enter does after a click, shows them.
"""

from functools import cached_property
from html import escape

from bonelab.parameters import refuse

from . import predict as predictions
from .predict import Words
from .questions import question


def check(id):
    """The check for understanding with this id, to show or to answer by :meth:`Check.choose`."""
    return Check(str(id))


def predict(id):
    """The free prediction with this id, to show, to answer, or to compare with a result."""
    return Prediction(str(id))


class _Shown:
    """Shows ``self.box`` in a notebook and ``self.words`` where there are no widgets."""

    def _repr_mimebundle_(self, include=None, exclude=None):
        return self.box._repr_mimebundle_() | {"text/plain": self.words}

    def __repr__(self):
        return self.words


class Check(_Shown):
    """A multiple-choice question. ``chosen`` is the number of the latest answer, or None."""

    def __init__(self, id):
        self.id, self.entry = id, question("check", id)
        self.chosen = predictions.kept("check", self.id)

    @property
    def options(self):
        """The answers to choose from, in order."""
        return [option["text"] for option in self.entry["options"]]

    def choose(self, answer):
        """Choose by number (1, 2, ...), letter ("B") or text; returns the feedback."""
        option = self.entry["options"][self._number(answer) - 1]
        self.chosen = self._number(answer)
        predictions.keep("check", self.id, self.chosen)
        if "box" in self.__dict__:
            self._show()
        return Words(f"{'Right' if option.get('right') else 'Not quite'}. {option['feedback']}")

    @property
    def right(self):
        """True when the latest answer is right."""
        return self.chosen is not None and bool(self.entry["options"][self.chosen - 1].get("right"))

    def _number(self, answer):
        letters = "ABCDEFGH"[: len(self.options)]
        if answer in self.options:
            return self.options.index(answer) + 1
        if isinstance(answer, str) and len(answer) == 1 and answer.upper() in letters:
            return letters.index(answer.upper()) + 1
        if isinstance(answer, int) and 1 <= answer <= len(self.options):
            return answer
        refuse("answer", answer, f"choose a number from 1 to {len(self.options)}, or a letter.")

    @property
    def words(self):
        """The question and its options as plain text."""
        lines = [f"{'ABCDEFGH'[i]}. {text}" for i, text in enumerate(self.options)]
        return "\n".join([f"Check {self.id}. {self.entry['question']}", *lines])

    @cached_property
    def box(self):
        """The widgets: a button for each answer, feedback below."""
        import ipywidgets as w

        from .card import box, button

        self._feedback = w.HTML()
        self._buttons = [
            button(f"{'ABCDEFGH'[i]}. {text}", "", lambda b, i=i: self.choose(i + 1))
            for i, text in enumerate(self.options)
        ]
        made = _card(f"Check {escape(self.id)}", self.entry["question"],
                     box("bonelab-options", *self._buttons), self._feedback)  # fmt: skip
        if self.chosen is not None:
            self._show()
        return made

    def _show(self):
        option = self.entry["options"][self.chosen - 1]
        for i, shown in enumerate(self._buttons):
            (shown.add_class if i == self.chosen - 1 else shown.remove_class)("mod-active")
        kind, sign = ("right", "✓ Right.") if self.right else ("wrong", "✗ Not quite: look again.")
        self._feedback.value = (
            f"<div role='alert'><b class='bonelab-{kind}'>{sign}</b> "
            f"{escape(option['feedback'])}</div>"
        )


class Prediction(_Shown):
    """A free prediction made before a cell is run; kept for the session."""

    def __init__(self, id):
        self.id, entry = id, question("prediction", id)
        self.asked = predictions.Predict(
            entry["question"], None, options=tuple(entry.get("options", ())),
            low=entry.get("low"), high=entry.get("high"), unit=entry.get("unit", ""),
        )  # fmt: skip

    @property
    def my_guess(self):
        """The guess kept, or None."""
        return predictions.kept("lesson", self.id)

    def guess(self, value):
        """Keep a guess: an option (text or number from 0), or a number in the question's unit."""
        predictions.keep("lesson", self.id, self.asked.check(value))
        if "box" in self.__dict__:
            self._show()
        return Words(f"Kept: {self._guess_in_words()}.")

    def forget(self):
        """Forget the guess."""
        predictions.keep("lesson", self.id, None)

    def compare(self, value):
        """The guess beside what the run gave, in one sentence. Nothing is graded."""
        if self.asked.number:
            value = float(value)
        if self.my_guess is None:
            shown = f"{value:.3g} {self.asked.unit}".strip() if self.asked.number else value
            return Words(f"You made no prediction. The run gives: {shown}.")
        return Words(predictions.compare(self.my_guess, value, self.asked.unit))

    def _guess_in_words(self):
        guess = self.my_guess
        return f"{guess:g} {self.asked.unit}".strip() if self.asked.number else guess

    @property
    def words(self):
        """The question as plain text."""
        return f"Predict {self.id}. {self.asked.question}"

    @cached_property
    def box(self):
        """The widgets: options as buttons, or a number box; what was kept below."""
        import ipywidgets as w

        from .card import answer_widgets, box

        self._kept = w.HTML()
        made = _card(f"Predict {escape(self.id)}", self.asked.question,
                     box("bonelab-answers", *answer_widgets(self.asked, self.guess)),
                     self._kept)  # fmt: skip
        self._show()
        return made

    def _show(self):
        text = f"Your prediction: {self._guess_in_words()}" if self.my_guess is not None else ""
        self._kept.value = text and f"<div role='status'>{escape(text)} (kept)</div>"


def _card(name, text, *parts):
    import ipywidgets as w

    from .card import box
    from .sheet import SHEET

    head = w.HTML(f"<style>{SHEET}</style><b>{name}.</b> {escape(text)}")
    return box("bonelab-check", head, *parts)
