"""The tests of one question: each says what it found in the learner's answers, in words.

Each answer meets one of four outcomes: not attempted, an error (with the learner's own line), wrong
(with a nudge, never the answer) or right (with why it matters).
"""

import contextlib
import textwrap
from dataclasses import dataclass

from bonelab.grading import comparison, drawing_checks, number_checks, usual_slips
from bonelab.grading.answer_exchange import OWN_NUMBER, Answers, CellStopped, LearnerError, quiet
from bonelab.grading.fingerprints import seal
from bonelab.grading.missing_names import judged_with, stopped_for_a_name, what_is_missing
from bonelab.grading.number_reading import Asked, show, what
from bonelab.grading.subject import NOTHING

EMPTY, ERROR, WRONG, RIGHT = "not attempted", "error", "wrong", "right"
SIGNS = {EMPTY: "\N{EN DASH}", ERROR: "!", WRONG: "\N{BALLOT X}", RIGHT: "\N{CHECK MARK}"}
WIDTH = 76  # of a message; a notebook on a projector would break longer lines within a word


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
    waits: tuple = ()  # names that were never made, though the answer itself is there

    def __str__(self):
        marks = f" ({self.got:g} of {self.points:g})" if self.points else ""
        return f"{SIGNS[self.outcome]} {self.what}{marks}: {self.text}"


class Check:
    """The tests of one question. Every test method adds a Result; ``score`` shows them.

    ``subject`` reads texts with units and names the errors whose words are written for learners;
    ``finish`` is told at the end. The marks of a ``bonus`` count beyond the total of the set.
    """

    def __init__(
        self,
        question,
        points,
        answers: Answers,
        subject=NOTHING,
        finish=lambda check: None,
        bonus=False,
    ):
        self.question, self.points, self.bonus = str(question), points, bonus
        self.results: list[Result] = []
        self.notes: list[str] = []  # what a learner should know besides, in words
        self._answers, self._subject, self._finish = answers, subject, finish

    # -- tests --

    def number(
        self,
        name,
        expected,
        *,
        points=1,
        given=(),
        follows=None,
        nudge=None,
        right="",
        **wanted,
    ):
        """The answer ``name`` is the number ``expected`` (or what ``expected()`` returns).

        ``given`` names answers that the learner may choose, and ``follows={"a": value}`` earlier
        answers with their right values: ``expected`` is then called with the former and the latter,
        and so are callable keys of ``nudge``. Whoever worked on with an ``a`` of his own has the
        marks. ``wanted`` may be ``rel``, ``abs``, ``unit``, ``kind="share"``, ``molecule`` and
        ``digits``: how many digits count where the part asks for a rounded number.
        """
        given = (given,) if isinstance(given, str) else tuple(given)
        judge = number_checks.judge_number(
            name, expected, self._wanted(**wanted), nudge, given, follows or {}, self._answers.get
        )
        self._test(name, (name, *given), judge, points, right, given)

    def numbers(self, name, expected, *, points=1, given=(), nudge=None, right="", **wanted):
        """The answer ``name`` is a list or array like ``expected``, element by element. ``given``
        names answers that the learner may choose, as for :meth:`number`."""
        given = (given,) if isinstance(given, str) else tuple(given)
        judge = number_checks.judge_numbers(name, expected, self._wanted(**wanted), nudge, given)
        self._test(name, (name, *given), judge, points, right, given)

    def choice(self, name, expected, *, options, points=1, nudge=None, right="", follows=None):
        """The answer ``name`` is one of the worded ``options``: ``expected``, or its seal.
        ``follows={"run": shown}`` names an earlier answer: whoever chose the option that
        ``shown(run)`` reads from his own has the marks as well."""

        def judge(value):
            value = value[0] if isinstance(value, list) and len(value) == 1 else value
            among = ", ".join(map(repr, options))
            if not isinstance(value, str):
                return f"{name} is {what(value)}; choose one of {among}, in quotation marks."
            option = usual_slips.meant(value, options)
            if option is None:
                return f"{show(value)} is none of {among}."
            chosen = comparison.words(option)
            if expected == seal(self.question, option) or comparison.words(expected) == chosen:
                return True
            if earlier := self._reads_from(follows or {}, chosen):
                return earlier
            return comparison.nudge(nudge, option, lambda wrong: comparison.words(wrong) == chosen)

        self._test(name, name, judge, points, right)

    def function(
        self, name, cases, expected, *, points=1, nudge=None, right="", show=False, **wanted
    ):
        """``name(*case)`` equals ``expected(*case)`` for every case.

        ``nudge`` maps a wrong function to the words for whoever wrote it. ``show`` tells the
        expected value of a failing case, for worked examples only.
        """
        wanted = self._wanted(**wanted)
        judge = number_checks.judge_function(name, cases, expected, wanted, nudge, show)
        self._test(name, name, judge, points, right)

    def holds(self, names, test, says, *, points=1, nudge=None, right="", unit="", follows=None):
        """``test(*answers)`` is True. It may return words instead of False: the nudge. Where the
        test cannot use the answers as they are, numbers in other clothing (in a list, as text with
        the ``unit``) are handed to it as numbers. ``follows`` is that of :meth:`number`: the test
        is called with these values after the answers."""
        names = (names,) if isinstance(names, str) else tuple(names)

        def judge(*values):
            return number_checks.judge_followed(
                judge_one, values, names, follows or {}, self._earlier
            )

        def judge_one(*values):
            with quiet():
                try:
                    verdict = test(*values)
                except LearnerError:
                    raise
                except Exception:
                    asked = Asked(unit, "", self._subject.quantity)
                    plain = number_checks.as_numbers(values, asked)
                    if plain is None and (words := number_checks.unread(names, values, asked)):
                        return words
                    if plain is None:
                        raise
                    verdict = test(*plain)
            if isinstance(verdict, str):
                return verdict
            return bool(verdict) or comparison.nudge(nudge, values, lambda wrong: False)

        own_number = (OWN_NUMBER,) if OWN_NUMBER in names else ()
        self._test(says, names, judge, points, right, own_number)

    def layout(self, name, *, xscale="", yscale="", xlabel="", ylabel="", legend=0, points=1):
        """The drawing ``name`` can be read: named axes, and the scale and legend asked for."""

        def judge(drawing):
            if words := drawing_checks.no_figure(name, drawing):
                return words
            asked = (xscale, yscale, xlabel, ylabel, legend)
            return drawing_checks.unreadable(drawing.axes[0], *asked) or True

        self._test(f"{name}: axes and legend", name, judge, points, "It can be read.")

    def curve(self, name, expected, says, *, points=1, rel=0.02, abs=1e-3, nudge="", right=""):
        """A line of the drawing ``name`` runs along ``expected``: a function of x, or points."""

        def judge(drawing):
            if words := drawing_checks.no_figure(name, drawing):
                return words
            lines = drawing_checks.curves(drawing)
            runs_there = any(drawing_checks.follows(line, expected, rel, abs) for line in lines)
            return runs_there or nudge or "No line of the drawing runs there."

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
    def tried(self):
        """Was anything of it attempted?"""
        return any(result.outcome != EMPTY for result in self.results)

    @property
    def nudges(self):
        """The short names of the misconceptions that were met."""
        return sorted({result.nudge for result in self.results if result.nudge})

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

    def _earlier(self, name):
        """An earlier answer, as a number where it is one in other clothing."""
        value = self._answers.get(name)
        plain = number_checks.as_it_stands(value, Asked("", "", self._subject.quantity))
        return value if isinstance(plain, str) else plain

    def _reads_from(self, follows, chosen):
        """Is it what the learner's own earlier answer shows?"""
        for name, shown in follows.items():
            with contextlib.suppress(Exception), quiet():
                if comparison.words(shown(self._answers.get(name))) == chosen:
                    return number_checks.Accepted(
                        f"that is what your own {name} shows; it earns its marks."
                    )
        return None

    def _wanted(self, *, rel=0.01, abs=1e-9, unit="", kind="", molecule="", digits=0):
        subject = self._subject
        alike = subject.units_alike(unit, molecule) if unit and subject.units_alike else {}
        asked = Asked("share" if kind == "share" and not unit else unit, molecule, subject.quantity)
        return number_checks.Wanted(asked, kind, rel, abs, digits, alike)

    def _test(self, says, names, judge, points, right, given=()):
        names = (names,) if isinstance(names, str) else names
        values = []
        outcome, text = self._judge(names, judge, values, given)
        nudge = getattr(text, "name", "") if outcome == WRONG else ""
        waits = getattr(text, "waits", ())
        if outcome == WRONG:
            text = f"{text}{judged_with(given, dict(zip(names, values, strict=False)), text)}"
        if outcome == RIGHT:
            text = f"{text} {right}".strip() or "right."
        got = points if outcome == RIGHT else 0
        words = comparison.own_words(names, values) if outcome == WRONG else ""
        drawing = next((v.axes for v in values if hasattr(v, "axes")), None)
        self.results.append(
            Result(says, outcome, str(text).strip(), got, points, nudge, words, drawing, waits)
        )
        if self.undecided < 0:
            raise ValueError(
                f"the tests of question {self.question} are worth more than its points"
            )

    def _judge(self, names, judge, values, given):
        """Outcome and words; ``values`` takes the answers in."""
        try:
            values += [self._answers.get(name) for name in names]
            if any(comparison.is_empty(value) for value in values):
                return EMPTY, what_is_missing(names, values, given)
            verdict = judge(*values)
        except CellStopped as error:
            words = f"not made, because your cell stopped with {error}."
            return ERROR, stopped_for_a_name(words, error)
        except LearnerError as error:
            return ERROR, stopped_for_a_name(f"your code stopped with {error}", error)
        except (
            self._subject.refusals
        ) as error:  # the library refused the answer, in words of its own
            return WRONG, f"the library says: {error}"
        except Exception:  # of whatever kind it is: the question asks for another
            pairs = [
                f"{name} is {what(v)}"
                for name, v in zip(names, values, strict=False)
                if name != OWN_NUMBER or not isinstance(v, int)
            ]
            in_words = "; ".join(pairs)[:400] or "it could not be read"
            point = "".join(map(usual_slips.in_decimals, values))
            return (
                WRONG,
                f"your answer is of another kind than asked for: {in_words}.{point}",
            )
        if isinstance(verdict, number_checks.Accepted):
            return RIGHT, verdict
        return (RIGHT, "") if verdict is True else (WRONG, verdict)
