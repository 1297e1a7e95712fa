"""Predict first: a question answered before the run is seen, kept beside the truth.

    Predict(
        "OPG doubles. What happens to the number of osteoclasts?",
        options=("it halves", "it stays", "it falls by more than half"),
        values={"opg": 0.4},                                # where the lab goes to show the truth
        truth=lambda run: "it halves" if ... else ...,      # read from the run, never typed in
        explain="OPG takes RANKL away in proportion to what is free.",
    )
    Predict("How many per cent of osteoclasts are left?", low=0, high=100, unit="%",
            values={"opg": 0.4}, truth=lambda run: run.final["osteoclasts"])

Nothing is graded. Guesses live as long as the Python session, so running a cell again shows them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from bonelab.parameters import amount, one_of, refuse

_GUESSES = {}  # (where, question) -> guess, while the kernel lives


class Words(str):
    """A sentence that a notebook shows without quotation marks."""

    __slots__ = ()

    def __repr__(self):
        return str(self)


@dataclass(frozen=True)
class Predict:
    """A question with ``options``, or with a number from ``low`` to ``high`` in ``unit``."""

    question: str
    truth: Callable  # run -> option text, or number
    options: tuple = ()
    low: float | None = None
    high: float | None = None
    unit: str = ""
    values: dict = field(default_factory=dict)
    explain: str = ""

    def __post_init__(self):
        if bool(self.options) == (self.low is not None and self.high is not None):
            refuse("options", self.options, "a prediction has either options or low and high.")

    @property
    def number(self):
        """True when the guess is a number."""
        return not self.options

    def check(self, guess):
        """The guess as it is kept: an option's text, or a float within the range."""
        if self.number:
            return amount(guess, self.unit or "1", argument="guess", what="your prediction",
                          low=self.low, high=self.high)  # fmt: skip
        if isinstance(guess, int) and 0 <= guess < len(self.options):
            return self.options[guess]
        return one_of("guess", guess, self.options)

    def verdict(self, guess, run):
        """One sentence that sets the guess beside the truth, without a mark."""
        truth = self.truth(run)
        return Words(" ".join(filter(None, [compare(guess, truth, self.unit), self.explain])))


def compare(guess, truth, unit=""):
    """``guess`` beside ``truth`` in words; numbers within a tenth of each other count as close."""
    if isinstance(guess, str):
        agree = "as you predicted" if guess == truth else "not as you predicted"
        return f"You predicted: {guess}. The run shows: {truth}, {agree}."
    unit = f" {unit}" if unit else ""
    gap = guess - truth
    if abs(gap) <= 0.1 * abs(truth) or gap == 0:
        words = "that is close"
    else:
        words = f"your guess was too {'high' if gap > 0 else 'low'}"
    return f"You predicted {guess:.3g}{unit}. The run gives {truth:.3g}{unit}: {words}."


def keep(where, question, guess):
    """Remember a guess while the kernel lives; None forgets it."""
    if guess is None:
        _GUESSES.pop((where, question), None)
    else:
        _GUESSES[where, question] = guess


def kept(where, question):
    """The guess kept for a question, or None."""
    return _GUESSES.get((where, question))


def all_kept(where):
    """Every guess kept at one place: question -> guess."""
    return {q: guess for (place, q), guess in _GUESSES.items() if place == where}
