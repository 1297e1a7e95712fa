"""Compare an answer with what is expected, and find the words for what is wrong with it."""

import ast
import math

from bonelab.grading.answer_exchange import MISSING, Blank, Call
from bonelab.grading.fingerprints import words
from bonelab.grading.number_reading import show
from bonelab.grading.plain_data import Opaque

__all__ = ["Nudge", "close", "is_empty", "value_of", "when", "words"]


QUOTED = "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"


class when:
    """A nudge's condition: ``{marks.when(lambda x: x > 1): "An occupancy cannot pass 1."}``."""

    def __init__(self, condition):
        self.condition = condition

    def __call__(self, answer):
        return self.condition(answer)


class Nudge(str):
    """The words for a misconception, with a short name of it, by which the grader counts."""

    name = ""


def named(name, text):
    """``{2.0: marks.nudge("ratio turned over", "That is the ratio turned over.")}``."""
    nudge = Nudge(text)
    nudge.name = " ".join(str(name).split())[:60]
    return nudge


def nudge_names(source):
    """The names by which the nudges of a check cell may be counted."""
    texts = {
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return {named(text, "").name for text in texts} | {
        named(_short(text), "").name for text in texts
    }


def value_of(expected, *arguments):
    return expected(*arguments) if callable(expected) else expected


def is_empty(value):
    nothing = value is MISSING or value is ... or value is None or isinstance(value, Blank)
    return nothing or getattr(value, "stub", False)


def close(answer, target, rel, abs):
    return math.isclose(answer, target, rel_tol=0, abs_tol=max(rel * math.fabs(target), abs))


def same(answers, cases, wrong, rel, abs):
    if any(isinstance(value, str) for value in answers):
        return False
    return all(close(v, wrong(*case), rel, abs) for v, case in zip(answers, cases, strict=True))


def nudge(nudges, answer, matches, slip=""):
    """The words for this very misconception, else those of the net of common slips, else those
    for its size, else the general ones."""
    if nudges is None or isinstance(nudges, str):
        return slip or nudges or "Not yet."
    by_size = None
    for wrong, hint in nudges.items():
        if wrong is None:
            continue
        try:
            is_condition = isinstance(wrong, when)
            if not (wrong(answer) if is_condition else matches(wrong)):
                continue
            if is_condition and _is_about_size(wrong, answer):
                by_size = by_size or _with_name(hint)
            else:
                return _with_name(hint)
        except Exception:
            continue  # a misconception that cannot be computed here is not this one
    return slip or by_size or nudges.get(None, "Not yet.")


def _is_about_size(condition, answer):
    """Does a condition hold for the neighbours of a number as well?"""
    try:
        return bool(condition(answer * 1.1) and condition(answer * 0.9))
    except Exception:
        return False


def _with_name(hint):
    return hint if isinstance(hint, Nudge) else named(_short(hint), hint)


def _short(hint):
    """What stands for a nudge that has no name: how its words begin, in quotation marks."""
    text = " ".join(str(hint).split()).rstrip(".")
    text = text if len(text) <= 48 else text[:48].rsplit(" ", 1)[0] + " ..."
    return f"{QUOTED[0]}{text}{QUOTED[1]}"


def after(sentence, hint):
    """``hint`` with a sentence on what was found before it; it keeps its name."""
    return named(getattr(hint, "name", ""), f"{sentence} {hint}")


def off(rel):
    return f"more than {rel * 100:g}% off" if rel else "not the value asked for"


def own_words(names, values):
    """The learner's own answers, in short: ``taken = 0.51``."""
    shown = [
        f"{name} = {show(value)}"
        for name, value in zip(names, values, strict=False)
        if not isinstance(value, (Call, Opaque, Blank)) and not hasattr(value, "__dict__")
    ]
    return "; ".join(shown)[:300]
