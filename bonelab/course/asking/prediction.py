"""Predict first: a question, what counts as an answer, and the answer beside the truth.

    Predict(
        "OPG doubles. What happens to the number of osteoclasts?",
        options=("it halves", "it stays", "it falls by more than half"),
        values={"opg": 0.4},                                # where the lab goes to show the truth
        truth=lambda run: "it halves" if ... else ...,      # read from the run, never typed in
        explain="OPG takes RANKL away in proportion to what is free.",
    )
    Predict("What percentage of the osteoclasts is left?", low=0, high=100, unit="%",
            values={"opg": 0.4}, truth=lambda run: run.final["osteoclasts"])

``blank=True`` makes the lab open with empty axes until the question is answered or skipped.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from bonelab.parameters import BonelabError, Unreadable, as_number, one_of, refuse
from bonelab.parameters.errors import shown

from .verdict import Words, compare, quantity


@dataclass(frozen=True)
class Predict:
    """A question with ``options``, or with a number from ``low`` to ``high`` in ``unit``.

    close : how far from the truth a number still counts as close (default: see ``verdict``)
    sketches : for options that are drawn, one sketch for each (see ``sketches``)
    """

    question: str
    truth: Callable | None = None  # run -> option text, or number
    options: tuple = ()
    low: float | None = None
    high: float | None = None
    unit: str = ""
    values: dict = field(default_factory=dict)
    explain: str = ""
    close: float | None = None
    blank: bool = False
    sketches: tuple = ()

    def __post_init__(self):
        if bool(self.options) == (self.low is not None and self.high is not None):
            refuse("options", self.options, "a prediction has either options or low and high.")

    @property
    def number(self):
        """True when the guess is a number."""
        return not self.options

    @property
    def span(self):
        """High minus low; None for options."""
        return self.high - self.low if self.number else None

    @property
    def range(self):
        """The range in words: "from 0 to 100%"."""
        return f"from {self.low:g} to {quantity(self.high, self.unit)}"

    def check(self, guess):
        """The guess as it is kept: an option's text, or a float within the range."""
        if not self.number:
            if isinstance(guess, int) and 0 <= guess < len(self.options):
                return self.options[guess]
            try:
                return one_of("guess", guess, self.options)
            except BonelabError:
                answers = ", ".join(map(str, self.options))
                words = (
                    f"Your guess, {shown(guess)}, is none of the answers. Choose from: {answers}."
                )
                raise BonelabError(words) from None
        if isinstance(guess, str) and not guess.strip():
            raise BonelabError(f"An empty box is no answer. Type a number {self.range}.")
        try:
            value = as_number(guess, self.unit or "1")
        except Unreadable as reason:
            raise BonelabError(self._no_number(guess, str(reason))) from None
        if not self.low <= value <= self.high:
            words = f"Your guess, {shown(guess)}, lies outside: the question asks for a number"
            raise BonelabError(f"{words} {self.range}.")
        return value

    def _no_number(self, guess, reason):
        because = f": {reason}" if reason else "."
        unreadable = f"Your guess, {shown(guess)}, cannot be read as a number{because}"
        return f"{unreadable} Give a number {self.range}."

    def verdict(self, guess, truth):
        """The guess beside the truth in one sentence, then the explanation. Without a mark."""
        said = compare(guess, truth, self.unit, span=self.span, close=self.close)
        return Words(" ".join(filter(None, [said, self.explain])))

    def in_words(self, answer):
        """An answer as it is shown back: "40%", "10 days", or the option."""
        return quantity(answer, self.unit, self.span) if self.number else str(answer)
