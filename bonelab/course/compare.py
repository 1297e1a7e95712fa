"""Compare an answer with what is expected, and find the words for what is wrong with it."""

import math
import re

from bonelab.course.answers import MISSING
from bonelab.course.plain import Opaque


class when:
    """A nudge's condition: ``{marks.when(lambda x: x > 1): "An occupancy cannot pass 1."}``."""

    def __init__(self, condition):
        self.condition = condition

    def __call__(self, found):
        return self.condition(found)


def value_of(expected):
    return expected() if callable(expected) else expected


def is_empty(value):
    return value is MISSING or value is ... or value is None or getattr(value, "stub", False)


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
    for wrong, words in nudges.items():
        if wrong is None:
            continue
        try:
            if matches(wrong) if not isinstance(wrong, when) else wrong(found):
                return words
        except Exception:
            continue  # a misconception that cannot be computed here is not this one
    return nudges.get(None, "Not yet.")


def within(rel):
    return f"accepted within {rel * 100:g} %"


def words(text):
    return " ".join(re.sub(r"[^\w\s+\-/.]", " ", str(text)).lower().split()).strip(".")


def show(value):
    if isinstance(value, float):
        return f"{value:.4g}"
    return repr(value) if len(repr(value)) <= 60 else repr(value)[:57] + "..."
