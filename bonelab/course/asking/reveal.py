"""``bl.reveal``: a cell computes at once, and shows what came out once its question is answered.

    run = bl.simulate(bl.woman(30), years=10)
    bl.reveal("0.1", 100 * abs(run.final["bone volume spine"] - 1), run.plot(), run.summary())

The last line of a cell. Until prediction 0.1 is answered or skipped the learner sees "your guess
first"; then the guess beside the truth, the question's ``explain``, and what else was handed over
(figures, tables, runs, sentences), in that order. *Run all* is never held up, and no later cell
needs what is shown. Where there are no widgets it is open from the start and says that nothing was
predicted.
"""

import math
from functools import cached_property
from html import escape
from typing import Any

from bonelab.parameters import Checked, amount, door
from bonelab.parameters.argument_types import Anything

from .answers_file import answers
from .checks import ID, Prediction
from .question_card import Shown, card


def _truth(name, value):
    """A number or a text to set beside the prediction."""
    if isinstance(value, str):
        return value
    return amount(value, "1", argument=name, what="what the cell found", low=-math.inf)


@door(
    "bl.reveal",
    id=ID,
    truth=Checked("what the cell found", _truth, "number or text"),
    things=Checked("what is shown with it", lambda _, things: things, "anything"),
)
def reveal(id: Anything, truth: Anything, *things: Anything) -> "Reveal":
    """Show ``truth`` beside the prediction with this id, and ``things``, once it is answered."""
    return Reveal(id, truth, things)


class Reveal(Shown):
    """What a cell found out, closed until its prediction is answered or skipped."""

    def __init__(self, id, truth, things=()):
        self.prediction = Prediction(id)
        self.id, self.things = id, things
        self._truth = float(truth) if self.prediction.asked.number else truth
        for thing in things:
            _keep_from_showing_itself(thing)
        answers().listen(self._heard)

    @property
    def open(self) -> bool:
        """True when the prediction was answered or skipped."""
        return self.prediction.open

    @property
    def verdict(self) -> str:
        """The guess beside the truth, and why."""
        said = self.prediction.compare(self._truth)
        explain = self.prediction.asked.explain
        return said if self.prediction.my_guess is not None else f"{said} {explain}".strip()

    @property
    def words(self) -> str:
        """All of it as plain text, open: there is nothing to click on in plain text."""
        return "\n".join([self.verdict, *(_in_words(thing) for thing in self.things)])

    @property
    def still_html(self) -> str:
        """What shows: never more than the card does."""
        return f"<p>{escape(self.verdict)}</p>" if self.open else f"<p>{escape(self._ask)}</p>"

    @property
    def _ask(self):
        return (
            f"Your guess first: answer or skip prediction {self.id}, and the result appears here."
        )

    @cached_property
    def box(self) -> Any:
        """The widgets: a line that asks, or everything."""
        import ipywidgets as w

        self._line, self._rest = w.HTML(), w.VBox()
        made = card(f"Result {self.id}", "", self._line, self._rest)
        self._show()
        return made

    def _show(self):
        if self.open:
            self._line.value = f"<div role='status'>{escape(self.verdict)}</div>"
            self._rest.children = [*self._sketches(), *(_widget(thing) for thing in self.things)]
        else:
            self._line.value, self._rest.children = escape(self._ask), ()

    def _sketches(self):
        """The learner's sketch under that of the run, where the options are drawn."""
        import ipywidgets as w

        from .sketches import GUESS_AND_RUN, guess_under_run
        from .widgets import image

        prediction = self.prediction
        laid = guess_under_run(prediction.asked, prediction.my_guess, self._truth)
        if laid is None:
            return []
        return [w.HTML(f"{image(*laid)}<div>{GUESS_AND_RUN}</div>")]

    def _heard(self, kind, id):
        if (kind, id) == ("predictions", self.id) and "box" in self.__dict__:
            shown = bool(self._rest.children) or not self.things
            if self.open != shown or self.open:
                self._show()
                self.still.refresh()

    def _repr_mimebundle_(self, include=None, exclude=None):
        bundle = self.box._repr_mimebundle_()
        return bundle | {"text/plain": self.words if self.open else self._ask}


def _figure(thing):
    """The matplotlib figure in ``thing``, or None."""
    thing = getattr(thing, "figure", thing)
    return thing if hasattr(thing, "savefig") else None


def _keep_from_showing_itself(thing):
    """A pyplot figure would be shown below the cell, answered or not."""
    import sys

    figure, pyplot = _figure(thing), sys.modules.get("matplotlib.pyplot")
    if figure is not None and pyplot is not None:
        pyplot.close(figure)


def _widget(thing):
    """A widget that shows one thing."""
    import io

    import ipywidgets as w

    from bonelab.figures.paper import axes_in_words

    from .widgets import image

    if (figure := _figure(thing)) is not None:
        packed = io.BytesIO()
        figure.savefig(packed, format="png", dpi=110)
        words = getattr(thing, "alt", "")
        alt = "" if words else axes_in_words(figure)
        return w.VBox([w.HTML(image(packed.getvalue(), alt)), w.HTML(escape(words))])
    html = getattr(thing, "_repr_html_", lambda: None)()
    return w.HTML(html or f"<div>{escape(str(thing))}</div>")


def _in_words(thing):
    return getattr(thing, "alt", "(a figure)") if _figure(thing) is not None else str(thing)
