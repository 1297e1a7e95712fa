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
import sys
import textwrap
from dataclasses import dataclass

from bonelab.course import compare, drawn
from bonelab.course.answers import (
    Answers,
    Call,
    Expression,
    LearnerError,
    answers_in,
    quiet,
)
from bonelab.course.compare import when
from bonelab.parameters import BonelabError

__all__ = ["check", "exam_seed", "expr", "seal", "seed", "when"]

EMPTY, ERROR, WRONG, RIGHT = "not attempted", "error", "wrong", "right"
SIGNS = {EMPTY: "\N{EN DASH}", ERROR: "!", WRONG: "\N{BALLOT X}", RIGHT: "\N{CHECK MARK}"}
WIDTH = 88  # of a message; a notebook on a projector would break longer lines within a word

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
    text = f"{question}|{compare.words(answer)}"
    return "sealed:" + hashlib.sha256(text.encode()).hexdigest()[:12]


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
        marks = f" ({self.got:g} of {self.points:g})" if self.points else ""
        return f"{SIGNS[self.outcome]} {self.what}{marks}: {self.text}"


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
            found = compare.number(value)
            if isinstance(found, str):
                return f"{name} {found}"
            target = compare.value_of(expected)
            if compare.close(found, target, rel, abs):
                return True
            hint = compare.nudge(nudge, found, lambda wrong: compare.close(found, wrong, rel, abs))
            shown = f"{compare.show(found)} {unit}".strip()
            return f"you have {shown}, {compare.within(rel)}. {hint}"

        self._test(name, name, judge, points, right)

    def numbers(self, name, expected, *, points=1, rel=0.01, abs=1e-9, nudge=None, right=""):
        """The answer ``name`` is a list or array like ``expected``, element by element."""

        def judge(value):
            import numpy as np

            found = np.asarray(value)
            if found.dtype.kind not in "iuf":
                return "real numbers are asked for, without quotation marks."
            target = np.asarray(compare.value_of(expected), float)
            if found.shape != target.shape:
                return f"has shape {found.shape}; {target.shape} is asked for."
            if np.allclose(found, target, rtol=rel, atol=abs):
                return True
            hint = compare.nudge(nudge, found, lambda wrong: np.allclose(found, wrong, rel, abs))
            return f"some elements are off, {compare.within(rel)}. {hint}"

        self._test(name, name, judge, points, right)

    def choice(self, name, expected, *, options, points=1, nudge=None, right=""):
        """The answer ``name`` is one of the worded ``options``: ``expected``, or its seal."""

        def judge(value):
            if not isinstance(value, str):
                return f"choose one of {', '.join(map(repr, options))}, in quotation marks."
            chosen = compare.words(value)
            if chosen not in map(compare.words, options):
                return f"{compare.show(value)} is none of {', '.join(map(repr, options))}."
            if expected == seal(self.question, value) or compare.words(expected) == chosen:
                return True
            return compare.nudge(nudge, value, lambda wrong: compare.words(wrong) == chosen)

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
            found = [compare.number(function(*case)) for case in cases]
            hint = compare.nudge(
                nudge, found, lambda wrong: compare.same(found, cases, wrong, rel, abs)
            )
            for case, value in zip(cases, found, strict=True):
                call = f"{name}({', '.join(map(compare.show, case))})"
                if isinstance(value, str):
                    return f"{call} {value}"
                target = expected(*case)
                if not compare.close(value, target, rel, abs):
                    should = f", it should be {compare.show(target)}" if show else ""
                    return f"{call} is {compare.show(value)}{should}, {compare.within(rel)}. {hint}"
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
            return bool(verdict) or compare.nudge(nudge, values, lambda wrong: False)

        self._test(says, names, judge, points, right)

    def layout(self, name, *, xscale="", yscale="", xlabel="", ylabel="", legend=0, points=1):
        """The drawing ``name`` can be read: named axes, and the scale and legend asked for."""

        def judge(drawing):
            words = drawn.unreadable(drawing.axes[0], xscale, yscale, xlabel, ylabel, legend)
            return words or True

        self._test(f"{name}: axes and legend", name, judge, points, "It can be read.")

    def curve(self, name, expected, says, *, points=1, rel=0.02, abs=1e-3, nudge="", right=""):
        """A line of the drawing ``name`` runs along ``expected``: a function of x, or points."""

        def judge(drawing):
            lines = drawing.axes[0].lines
            found = any(drawn.follows(line, expected, rel, abs) for line in lines)
            return found or nudge or "No line of the drawing runs there."

        self._test(f"{name}: {says}", name, judge, points, right)

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
        lines = [f"Question {self.question}: {self.got:g} of {self.points:g} marks"]
        for result in self.results:
            lines += textwrap.wrap(
                str(result), WIDTH, initial_indent="  ", subsequent_indent="    "
            )
        if self.undecided > 0:
            lines.append(f"  {self.undecided:g} more to be decided when your work is graded.")
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
            if any(compare.is_empty(value) for value in values):
                return EMPTY, "not attempted yet."
            verdict = judge(*values)
        except LearnerError as error:
            return ERROR, f"your code stopped with {error}"
        except BonelabError as error:  # the library refused the answer, in words of its own
            return WRONG, f"the library says: {error}"
        except Exception as error:
            return WRONG, f"your answer is of another kind than asked for ({type(error).__name__})."
        return (RIGHT, "") if verdict is True else (WRONG, verdict)
