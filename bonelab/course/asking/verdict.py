"""A guess beside what the run gives, in words. Nothing is graded.

A guess is *close* when it is within a tenth of the truth, or within a hundredth of the range that
was asked for: beside a truth of 0 only the second can be. A question may state its own ``close``.
"""

import math

RELATIVE, OF_RANGE = 0.1, 0.01


class Words(str):
    """A sentence that a notebook shows without quotation marks."""

    __slots__ = ()

    def __repr__(self):
        return str(self)


def compare(guess, truth, unit="", *, span=None, close=None):
    """One sentence. ``span`` is high minus low of the question, ``close`` its own tolerance."""
    if isinstance(guess, str):
        if guess == truth:
            return f"You predicted “{guess}”, and that is what the run shows."
        return f"You predicted “{guess}”, but the run shows “{truth}”."
    guess, gap, truth = float(guess), guess - truth, float(truth)
    said = f"You predicted {quantity(guess, unit, span)}, and the run gives "
    said += quantity(truth, unit, span)
    if is_close(gap, truth, span, close):
        return f"{said}, so you were close."
    if unit == "%" and is_close(100 * guess - truth, truth, span, close):
        meant = quantity(100 * guess, unit, span)
        return f"{said}. If you meant a share, then {guess:g} is {meant}, and you were close."
    return f"{said}, so your guess was too {'high' if gap > 0 else 'low'}."


def is_close(gap, truth, span=None, close=None):
    """True when a guess that is off by ``gap`` counts as close."""
    if close is None:
        close = OF_RANGE * span if span else 0.0
        close = max(close, RELATIVE * abs(truth))
    return abs(gap) <= close * (1 + 1e-9)


def quantity(value, unit="", span=None):
    """A number with its unit as a reader writes it: three digits, no exponent, a true zero.

    What is below a hundred-thousandth of the ``span`` that was asked for is nothing.
    """
    value = float(value)
    if value == 0 or (span and abs(value) < 1e-5 * span):
        text = "0"
    elif not math.isfinite(value):
        text = str(value)
    else:
        digits = max(0, 2 - math.floor(math.log10(abs(value))))
        text = f"{value:,.{digits}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        if abs(value) >= 1000:
            text = f"{value:,.0f}"
    return f"{text}%" if unit == "%" else f"{text} {unit}".strip()
