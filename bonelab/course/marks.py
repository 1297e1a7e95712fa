"""Marks for exercises: one check, three uses.

A check cell reads as follows, and its last value is the number of marks::

    check = marks.check("1.2", points=3)
    check.number("half", 0.5, nudge={2.0: "That is the ratio turned over."}, right="Kd is ...")
    check.function("occupancy", [(1, 2), (0, 1)], lambda rankl, kd: rankl / (rankl + kd), points=2)
    check.score()

In the learner's notebook it is an instant self-check; nbgrader reads the number; ``bonelab grade``
runs the same cell in a process where no learner's code ever runs. Each answer meets one of four
outcomes: not attempted, an error (with the learner's own line), wrong (with a nudge, never the
answer) or right (with why it matters).
"""

import hashlib
import math
import re
import sys
from dataclasses import dataclass

from bonelab.course.answers import (
    MISSING,
    Answers,
    Call,
    Expression,
    LearnerError,
    answers_in,
    quiet,
)
from bonelab.course.plain import Opaque

EMPTY, ERROR, WRONG, RIGHT = "not attempted", "error", "wrong", "right"
SIGNS = {EMPTY: "\N{EN DASH}", ERROR: "!", WRONG: "\N{BALLOT X}", RIGHT: "\N{CHECK MARK}"}

_grading = {"answers": None, "last": None, "student": "", "key": ""}


def check(question, points):
    """Start the check of ``question`` (such as "1.2"), which is worth ``points`` in all."""
    answers = _grading["answers"] or answers_in(sys._getframe(1).f_globals)
    return Check(question, points, answers)


def expr(code):
    """An argument made on the learner's side from library code: ``marks.expr("bl.woman(65)")``."""
    return Expression(code)


def seal(question, answer):
    """A fingerprint of a worded answer, so that a check need not spell the answer out."""
    return "sealed:" + hashlib.sha256(f"{question}|{_words(answer)}".encode()).hexdigest()[:12]


def seed(*words):
    """A whole number drawn from ``words``: the same words give the same number on any machine."""
    text = "|".join(map(str, words))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")


def exam_seed(question):
    """A number for hidden tests: differs per student and per class key, unknown outside grading."""
    return seed(_grading["key"], _grading["student"], question)


@dataclass(frozen=True)
class Result:
    """What one test of a check found."""

    what: str
    outcome: str
    text: str
    got: float
    points: float

    def __str__(self):
        marks = f"{_plain(self.got)} of {_plain(self.points)}"
        return f"{SIGNS[self.outcome]} {self.what} ({marks}): {self.text}"


class Check:
    """The tests of one question. Every test method adds a Result; ``score`` shows them."""

    def __init__(self, question, points, answers: Answers):
        self.question, self.points, self.results = str(question), points, []
        self._answers = answers

    # -- tests --

    def number(
        self, name, expected, *, points=1, rel=0.01, abs=1e-9, unit="", nudge=None, right=""
    ):
        """The answer ``name`` is the number ``expected`` (or what ``expected()`` returns)."""

        def judge(value):
            target, found = _value_of(expected), _number(value)
            if isinstance(found, str):
                return f"{name} {found}"
            if _close(found, target, rel, abs):
                return True
            hint = _nudge(nudge, found, lambda wrong: _close(found, wrong, rel, abs))
            return f"you have {_show(found)}{' ' + unit if unit else ''}, {_within(rel)}. {hint}"

        self._test(name, name, judge, points, right)

    def numbers(self, name, expected, *, points=1, rel=0.01, abs=1e-9, nudge=None, right=""):
        """The answer ``name`` is a list or array like ``expected``, element by element."""

        def judge(value):
            import numpy as np

            target, found = np.asarray(_value_of(expected), float), np.asarray(value, float)
            if found.shape != target.shape:
                return f"has shape {found.shape}; {target.shape} is asked for."
            if np.allclose(found, target, rtol=rel, atol=abs):
                return True
            hint = _nudge(nudge, found, lambda wrong: np.allclose(found, wrong, rel, abs))
            return f"some elements are off, {_within(rel)}. {hint}"

        self._test(name, name, judge, points, right)

    def choice(self, name, expected, *, options, points=1, nudge=None, right=""):
        """The answer ``name`` is one of the worded ``options``: ``expected``, or its seal."""

        def judge(value):
            if not isinstance(value, str):
                return f"choose one of {', '.join(map(repr, options))}, in quotation marks."
            if _words(value) not in map(_words, options):
                return f"{_show(value)} is none of {', '.join(map(repr, options))}."
            if expected in (seal(self.question, value), value) or _words(expected) == _words(value):
                return True
            return _nudge(nudge, value, lambda wrong: _words(wrong) == _words(value))

        self._test(name, name, judge, points, right)

    def function(
        self,
        name,
        cases,
        expected,
        *,
        points=1,
        rel=0.01,
        abs=1e-9,
        nudge=None,
        right="",
        show=False,
    ):
        """``name(*case)`` equals ``expected(*case)`` for every case.

        ``nudge`` maps a wrong function to the words for whoever wrote it. ``show`` tells the
        expected value of a failing case, for worked examples only.
        """
        cases = [case if isinstance(case, tuple) else (case,) for case in cases]

        def judge(function):
            if not isinstance(function, Call):
                return f"{name} should be a function; write def {name}(...)."
            found = [_number(function(*case)) for case in cases]
            hint = _nudge(nudge, found, lambda wrong: _same(found, cases, wrong, rel, abs))
            for case, value in zip(cases, found, strict=True):
                call = f"{name}({', '.join(map(_show, case))})"
                if isinstance(value, str):
                    return f"{call} {value}"
                target = expected(*case)
                if not _close(value, target, rel, abs):
                    should = f", it should be {_show(target)}" if show else ""
                    return f"{call} is {_show(value)}{should}, {_within(rel)}. {hint}"
            return True

        self._test(name, name, judge, points, right)

    def holds(self, names, test, says, *, points=1, nudge=None, right=""):
        """``test(*answers)`` is True. It may return words instead of False: the nudge."""
        names = (names,) if isinstance(names, str) else tuple(names)

        def judge(*values):
            with quiet():
                verdict = test(*values)
            if isinstance(verdict, str):
                return verdict
            return bool(verdict) or _nudge(nudge, values, lambda wrong: False)

        self._test(says, names, judge, points, right)

    def score(self):
        """Show what was found; return the marks so far as the number that nbgrader reads."""
        _grading["last"] = self
        print(self)
        return float(self.got)

    # -- what was found --

    @property
    def got(self):
        return round(sum(result.got for result in self.results), 6)

    @property
    def undecided(self):
        """Marks that only hidden tests decide."""
        return round(self.points - sum(result.points for result in self.results), 6)

    def __str__(self):
        lines = [f"Question {self.question}: {_plain(self.got)} of {_plain(self.points)} marks"]
        lines += [f"  {result}" for result in self.results]
        if self.undecided > 0:
            lines.append(f"  {_plain(self.undecided)} more to be decided when your work is graded.")
        return "\n".join(lines)

    def _test(self, what, names, judge, points, right):
        names = (names,) if isinstance(names, str) else names
        outcome, text = self._judge(names, judge)
        if outcome == RIGHT:
            text = right or "right."
        got = points if outcome == RIGHT else 0
        self.results.append(Result(what, outcome, text.strip(), got, points))
        if self.undecided < 0:
            raise ValueError(
                f"the tests of question {self.question} are worth more than its points"
            )

    def _judge(self, names, judge):
        try:
            values = [self._answers.get(name) for name in names]
            if any(_is_empty(value) for value in values):
                return EMPTY, "not attempted yet."
            verdict = judge(*values)
        except LearnerError as error:
            return ERROR, f"your code stopped with {error}"
        except Exception as error:
            return WRONG, f"your answer is of another kind than asked for ({type(error).__name__})."
        return (RIGHT, "") if verdict is True else (WRONG, verdict)


# ---- comparing and showing ------------------------------------------------------------------


def _value_of(expected):
    return expected() if callable(expected) else expected


def _is_empty(value):
    return value is MISSING or value is ... or value is None or getattr(value, "stub", False)


def _number(value):
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


def _close(found, target, rel, abs):
    return math.isclose(found, target, rel_tol=0, abs_tol=max(rel * math.fabs(target), abs))


def _same(found, cases, wrong, rel, abs):
    if any(isinstance(value, str) for value in found):
        return False
    return all(_close(v, wrong(*case), rel, abs) for v, case in zip(found, cases, strict=True))


def _nudge(nudge, found, matches):
    """The words for this very misconception, else the general ones."""
    if nudge is None or isinstance(nudge, str):
        return nudge or "Not yet."
    for wrong, words in nudge.items():
        if wrong is None:
            continue
        try:
            if matches(wrong) if not _is_predicate(wrong) else wrong(found):
                return words
        except Exception:
            continue  # a misconception that cannot be computed here is not this one
    return nudge.get(None, "Not yet.")


class when:
    """A nudge's condition: ``{marks.when(lambda x: x > 1): "An occupancy cannot pass 1."}``."""

    def __init__(self, condition):
        self.condition = condition

    def __call__(self, found):
        return self.condition(found)


def _is_predicate(wrong):
    return isinstance(wrong, when)


def _within(rel):
    return f"accepted within {_plain(rel * 100)} %"


def _words(text):
    return " ".join(re.sub(r"[^\w\s+\-/.]", " ", str(text)).lower().split()).strip(".")


def _plain(number):
    return f"{number:g}"


def _show(value):
    if isinstance(value, float):
        return f"{value:.4g}"
    return repr(value) if len(repr(value)) <= 60 else repr(value)[:57] + "..."
