"""Compare an answer with what is expected, and find the words for what is wrong with it."""

import math

from bonelab.grading.answer_exchange import MISSING, Blank, Call
from bonelab.grading.fingerprints import words
from bonelab.grading.plain_data import Opaque

__all__ = ["Nudge", "close", "is_empty", "number", "show", "value_of", "when", "words"]


class when:
    """A nudge's condition: ``{marks.when(lambda x: x > 1): "An occupancy cannot pass 1."}``."""

    def __init__(self, condition):
        self.condition = condition

    def __call__(self, found):
        return self.condition(found)


class Nudge(str):
    """The words for a misconception, with a short name of it, by which the grader counts."""

    name = ""


def named(name, text):
    """``{2.0: marks.nudge("ratio turned over", "That is the ratio turned over.")}``."""
    nudge = Nudge(text)
    nudge.name = " ".join(str(name).split())[:60]
    return nudge


def value_of(expected):
    return expected() if callable(expected) else expected


def is_empty(value):
    nothing = value is MISSING or value is ... or value is None or isinstance(value, Blank)
    return nothing or getattr(value, "stub", False)


def number(value):
    """A float, or the words for what is there instead."""
    if value is None:
        return "gives nothing back; does it end in return?"
    if isinstance(value, str):
        return "is text; a bare number is asked for, with a point and without a unit."
    if isinstance(value, bool):
        return f"is {value}; a number is asked for."
    if hasattr(value, "size") and value.size == 1:
        value = value.item()
    if isinstance(value, (int, float)):
        return float(value) if math.isfinite(value) else f"is {value}, which is not a number."
    if isinstance(value, Opaque):
        return f"is a {value.type_name}; a number is asked for."
    return f"is a {type(value).__name__}; one number is asked for."


def close(found, target, rel, abs):
    return math.isclose(found, target, rel_tol=0, abs_tol=max(rel * math.fabs(target), abs))


def same(found, cases, wrong, rel, abs):
    if any(isinstance(value, str) for value in found):
        return False
    return all(close(v, wrong(*case), rel, abs) for v, case in zip(found, cases, strict=True))


def nudge(nudges, found, matches):
    """The words for this very misconception, else the general ones."""
    if nudges is None or isinstance(nudges, str):
        return nudges or "Not yet."
    for wrong, told in nudges.items():
        if wrong is None:
            continue
        try:
            if matches(wrong) if not isinstance(wrong, when) else wrong(found):
                return told if isinstance(told, Nudge) else named(_short(told), told)
        except Exception:
            continue  # a misconception that cannot be computed here is not this one
    return nudges.get(None, "Not yet.")


def _short(told):
    """A name for a nudge that has none: how its words begin."""
    text = " ".join(str(told).split())
    return text if len(text) <= 48 else text[:48].rsplit(" ", 1)[0] + " ..."


def after(found, hint):
    """``hint`` with what was found said first; it keeps its name."""
    return named(getattr(hint, "name", ""), f"{found} {hint}")


def off(rel):
    return f"more than {rel * 100:g} % off" if rel else "not the value asked for"


def own_words(names, values):
    """The learner's own answers, in short: ``taken = 0.51``."""
    shown = [
        f"{name} = {show(value)}"
        for name, value in zip(names, values, strict=False)
        if not isinstance(value, (Call, Opaque)) and not hasattr(value, "__dict__")
    ]
    return "; ".join(shown)[:300]


def show(value):
    if isinstance(value, float):
        return f"{value:.4g}"
    return repr(value) if len(repr(value)) <= 60 else repr(value)[:57] + "..."
