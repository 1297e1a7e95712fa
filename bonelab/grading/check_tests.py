"""The tests of one question: each says what it found in the learner's answers, in words.

Each answer meets one of four outcomes: not attempted, an error (with the learner's own line), wrong
(with a nudge, never the answer) or right (with why it matters).
"""

import textwrap
from dataclasses import dataclass

from bonelab.grading import comparison, drawing_checks
from bonelab.grading.answer_exchange import Answers, Blank, Call, LearnerError, quiet
from bonelab.grading.fingerprints import seal

EMPTY, ERROR, WRONG, RIGHT = "not attempted", "error", "wrong", "right"
SIGNS = {EMPTY: "\N{EN DASH}", ERROR: "!", WRONG: "\N{BALLOT X}", RIGHT: "\N{CHECK MARK}"}
WIDTH = 88  # of a message; a notebook on a projector would break longer lines within a word


@dataclass(frozen=True)
class Result:
    """What one test of a check found."""

    what: str
    outcome: str
    text: str
    got: float
    points: float
    nudge: str = ""  # the short name of the misconception that was met
    answer: str = ""  # the learner's own answer, in short
    drawing: object = None  # the learner's own figure, as plain data

    def __str__(self):
        marks = f" ({self.got:g} of {self.points:g})" if self.points else ""
        return f"{SIGNS[self.outcome]} {self.what}{marks}: {self.text}"


class Check:
    """The tests of one question. Every test method adds a Result; ``score`` shows them.

    ``refusals`` are errors whose words are written for learners; ``finish`` is told at the end. The
    marks of a ``bonus`` count beyond the total of the set.
    """

    def __init__(
        self,
        question,
        points,
        answers: Answers,
        refusals=(),
        finish=lambda check: None,
        bonus=False,
    ):
        self.question, self.points, self.bonus = str(question), points, bonus
        self.results: list[Result] = []
        self.notes: list[str] = []  # what a learner should know besides, in words
        self._answers, self._refusals, self._finish = answers, refusals, finish

    # -- tests --

    def number(
        self, name, expected, *, points=1, rel=0.01, abs=1e-9, unit="", nudge=None, right=""
    ):
        """The answer ``name`` is the number ``expected`` (or what ``expected()`` returns)."""

        def judge(value):
            found = comparison.number(value)
            if isinstance(found, str):
                return f"{name} {found}"
            target = comparison.value_of(expected)
            if comparison.close(found, target, rel, abs):
                return True
            hint = comparison.nudge(
                nudge, found, lambda wrong: comparison.close(found, wrong, rel, abs)
            )
            shown = f"{comparison.show(found)} {unit}".strip()
            return comparison.after(f"you have {shown}, {comparison.off(rel)}.", hint)

        self._test(name, name, judge, points, right)

    def numbers(self, name, expected, *, points=1, rel=0.01, abs=1e-9, nudge=None, right=""):
        """The answer ``name`` is a list or array like ``expected``, element by element."""

        def judge(value):
            import numpy as np

            found = np.asarray(value)
            if found.dtype.kind not in "iuf":
                return "real numbers are asked for, without quotation marks."
            target = np.asarray(comparison.value_of(expected), float)
            if found.shape != target.shape:
                return f"has shape {found.shape}; {target.shape} is asked for."
            if np.allclose(found, target, rtol=rel, atol=abs):
                return True
            hint = comparison.nudge(nudge, found, lambda wrong: np.allclose(found, wrong, rel, abs))
            return comparison.after(f"some numbers are {comparison.off(rel)}.", hint)

        self._test(name, name, judge, points, right)

    def choice(self, name, expected, *, options, points=1, nudge=None, right=""):
        """The answer ``name`` is one of the worded ``options``: ``expected``, or its seal."""

        def judge(value):
            if not isinstance(value, str):
                return f"choose one of {', '.join(map(repr, options))}, in quotation marks."
            chosen = comparison.words(value)
            if chosen not in map(comparison.words, options):
                return f"{comparison.show(value)} is none of {', '.join(map(repr, options))}."
            if expected == seal(self.question, value) or comparison.words(expected) == chosen:
                return True
            return comparison.nudge(nudge, value, lambda wrong: comparison.words(wrong) == chosen)

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
            found = [comparison.number(function(*case)) for case in cases]
            hint = comparison.nudge(
                nudge, found, lambda wrong: comparison.same(found, cases, wrong, rel, abs)
            )
            for case, value in zip(cases, found, strict=True):
                call = f"{name}({', '.join(map(comparison.show, case))})"
                if isinstance(value, str):
                    return f"{call} {value}"
                target = expected(*case)
                if not comparison.close(value, target, rel, abs):
                    should = f"; it should be {comparison.show(target)}" if show else ""
                    shown = f"{call} is {comparison.show(value)}, {comparison.off(rel)}{should}."
                    return comparison.after(shown, hint)
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
            return bool(verdict) or comparison.nudge(nudge, values, lambda wrong: False)

        self._test(says, names, judge, points, right)

    def layout(self, name, *, xscale="", yscale="", xlabel="", ylabel="", legend=0, points=1):
        """The drawing ``name`` can be read: named axes, and the scale and legend asked for."""

        def judge(drawing):
            words = drawing_checks.unreadable(
                drawing.axes[0], xscale, yscale, xlabel, ylabel, legend
            )
            return words or True

        self._test(f"{name}: axes and legend", name, judge, points, "It can be read.")

    def curve(self, name, expected, says, *, points=1, rel=0.02, abs=1e-3, nudge="", right=""):
        """A line of the drawing ``name`` runs along ``expected``: a function of x, or points."""

        def judge(drawing):
            lines = drawing.axes[0].lines
            found = any(drawing_checks.follows(line, expected, rel, abs) for line in lines)
            return found or nudge or "No line of the drawing runs there."

        self._test(f"{name}: {says}", name, judge, points, right)

    def score(self):
        """Show what was found; return the marks so far as the number that nbgrader reads."""
        self._finish(self)
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
        named = f"Question {self.question}" + (" (bonus)" if self.bonus else "")
        lines = [f"{named}: {self.got:g} of {self.points:g} marks"]
        for result in self.results:
            lines += textwrap.wrap(
                str(result), WIDTH, initial_indent="  ", subsequent_indent="    "
            )
        lines += [f"  {note}" for note in self.notes]
        if self.undecided > 0:
            lines.append(f"  {self.undecided:g} more to be decided when your work is graded.")
        return "\n".join(lines)

    def _test(self, what, names, judge, points, right):
        names = (names,) if isinstance(names, str) else names
        values = []
        outcome, text = self._judge(names, judge, values)
        nudge = getattr(text, "name", "") if outcome == WRONG else ""
        if outcome == RIGHT:
            text = right or "right."
        got = points if outcome == RIGHT else 0
        own = comparison.own_words(names, values) if outcome == WRONG else ""
        drawing = next((v.axes for v in values if hasattr(v, "axes")), None)
        self.results.append(
            Result(what, outcome, str(text).strip(), got, points, nudge, own, drawing)
        )
        if self.undecided < 0:
            raise ValueError(
                f"the tests of question {self.question} are worth more than its points"
            )

    def _judge(self, names, judge, values):
        """Outcome and words; ``values`` takes the answers in."""
        try:
            values += [self._answers.get(name) for name in names]
            if any(comparison.is_empty(value) for value in values):
                blank = next((value for value in values if isinstance(value, Blank)), "")
                return EMPTY, f"not attempted yet. {blank}".strip()
            verdict = judge(*values)
        except LearnerError as error:
            return ERROR, f"your code stopped with {error}"
        except self._refusals as error:  # the library refused the answer, in words of its own
            return WRONG, f"the library says: {error}"
        except Exception as error:
            return WRONG, f"your answer is of another kind than asked for ({type(error).__name__})."
        return (RIGHT, "") if verdict is True else (WRONG, verdict)
