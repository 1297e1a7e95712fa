"""The learner's own numbers: every variant is solved by the same steps, with numbers as long, and
another learner's results do not pass. Parts that have none are named, each with why."""

import ast
import itertools
import os
import re
from collections import Counter
from functools import cache
from pathlib import Path

import proofs
import pytest

from bonelab.course.subject_for_grading import BONE
from bonelab.grading.answer_exchange import answers_in
from bonelab.grading.cell_runner import Cells
from bonelab.grading.check_runner import Marker
from bonelab.grading.exercise_source import ANSWER, CHECK, GIVEN, read_exercise
from bonelab.grading.names_in_code import names_bound, names_read

ROOT = Path(__file__).parents[2]
SOLUTIONS = sorted((ROOT / "solutions").glob("*.ipynb"))
OWN = re.compile(r"^my_number = (\d+)(?:  # blank: \d+)?$", re.M)
ALIKE = 0.2  # of all pairs of variants may have the same results
NUMBERS = range(200)  # that learners may choose: far more than there are variants
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="each set is run in a fork")

# Why a part has no numbers of the learner's own (docs/writing-exercises.md says the same).
FILLED, PUBLISHED, ALL, SAME = (
    "what is filled in is a name, a sign or a place; the number is the computer's",
    "numbers of a published trial or experiment, which are what they are",
    "a function or a law: it is tested with many numbers, so that it deals them already",
    "the answer is one for all numbers, and that is what is asked",
)
WITHOUT = {
    FILLED: "1.2b 1.3a 1.3b",
    SAME: "5.3c",
    PUBLISHED: "3.3a 8.6a 10.8",
    ALL: "1.8 3.9 5.8 6.2a 6.9 7.2a 7.6 8.9 9.10 10.3 11.2",
}


def own_questions(exercise):
    """``{question: (its answer cells, its checks, what deals its numbers)}`` where learners have
    numbers of their own. One number, chosen in the first of them, deals those of a whole set."""
    found = {}
    for check in exercise.of_kind(CHECK):
        makers = {name for name in names_read(check.source) if is_own(name)}
        if makers:
            found.setdefault(check.question, set()).update(makers)
    return {
        question: (
            [cell for cell in exercise.of_kind(ANSWER) if cell.question == question],
            [cell for cell in exercise.of_kind(CHECK) if cell.question == question],
            sorted(makers),
        )
        for question, makers in found.items()
    }


def needed_before(exercise, answers):
    """The answer cells above that make what these need: the number, a function, a name."""
    cells = exercise.of_kind(ANSWER)
    given = set().union(*(names_bound(cell.source) for cell in exercise.of_kind(GIVEN)))
    needed, found = set().union(*(names_read(cell.source) for cell in answers)) - given, []
    for cell in reversed(cells[: cells.index(answers[0])]):
        if names_bound(cell.source) & needed:
            needed |= names_read(cell.source) - given
            found.insert(0, cell)
    return found


def alone(source):
    """Does a part ask for the learner's own number and nothing else? A right method on an earlier
    value passes."""
    return any(map(is_own, names_read(source))) and "follows" not in source


def digits(value):
    """How many digits of a number count: what makes work by hand long."""
    return len(f"{abs(float(value)):.10g}".replace(".", "").split("e")[0].strip("0")) or 1


def numbers_in(value):
    values = value if isinstance(value, (list, tuple)) else [value]
    return [one for one in values if isinstance(one, (int, float))]


def is_own(name):
    """Does a given function make the learner's own numbers?"""
    return name.startswith("my_") and name != "my_number"


def variants(cells, makers):
    """``{what is given: the first number that gives it}`` from the given functions of the set."""
    makers = [name for name in makers if callable(cells.namespace.get(name))]
    found = {}
    for number in NUMBERS:
        given = [cells.namespace[maker](number) for maker in makers]
        found.setdefault(repr(given), (number, given))
    return found


@cache
def faults_of(path):
    """``{question: what is unequal among its variants}``; what the set gives runs once for all."""
    return proofs._in_child(lambda: _faults_of(path))


def _faults_of(path):
    exercise, cells = read_exercise(path), Cells()
    for cell in exercise.of_kind(GIVEN):
        cells.run(cell.source, cell.id)
    return {
        question: proofs._in_child(lambda question=question: examine(exercise, question, cells))
        for question in own_questions(exercise)
    }


def examine(exercise, question, cells):
    """What is unequal among the variants of a question, in words."""
    answers, checks, makers = own_questions(exercise)[question]
    marker, faults = Marker(exercise, BONE), []
    found = variants(cells, makers)
    if len(found) < 2:
        return [f"only {len(found)} variants"]
    lengths = {name: [digits(one) for g in given for one in numbers_in(g)]
               for name, (_, given) in found.items()}  # fmt: skip
    totals = [sum(length) for length in lengths.values()]
    if max(totals) - min(totals) > max(map(len, lengths.values()), default=1):
        faults.append(f"numbers of {min(totals)} to {max(totals)} digits: {sorted(found)}")
    before = needed_before(exercise, answers)
    results = {}
    for name, (number, _) in found.items():
        for cell in [*before, *answers]:
            cells.run(OWN.sub(f"my_number = {number}", cell.source), cell.id)
        for check in checks:
            got = marker.mark(check, answers_in(cells.namespace, BONE), hidden=True)
            if got.got < check.points:
                faults.append(f"{check.item} with {name}: {got}")
        bound = set().union(*(names_bound(cell.source) for cell in answers)) - {"my_number"}
        results[name] = {n: cells.namespace[n] for n in bound if n in cells.namespace}
    parts = {question: checks} | {check.item: [check] for check in checks if alone(check.source)}
    passing, pairs = Counter(), list(itertools.permutations(found, 2))[:: 1 + len(found) // 12]
    for mine, other in pairs:
        cells.namespace.update(results[other], my_number=found[mine][0])
        answer = answers_in(cells.namespace, BONE)
        full = {c.id for c in checks if marker.mark(c, answer, hidden=True).got == c.points}
        passing.update(name for name, part in parts.items() if full >= {c.id for c in part})
    faults += [
        f"{name} passes with the results of {times} of {len(pairs)} neighbours"
        for name, times in passing.items()
        if times > ALIKE * len(pairs)
    ]
    return faults


WITH_A_NUMBER = {
    question: path for path in SOLUTIONS for question in own_questions(read_exercise(path))
}


@needs_fork
@pytest.mark.parametrize("question", WITH_A_NUMBER)
def test_variants_are_equally_hard(question):
    assert faults_of(WITH_A_NUMBER[question])[question] == []


def test_every_numeric_part_has_numbers_of_ones_own_or_a_reason_why_not():
    numeric, own = set(), set()
    for path in SOLUTIONS:
        for check in read_exercise(path).of_kind(CHECK):
            if asks_for_numbers(check.source):
                numeric.add(check.item)
            if deals_numbers(check.source):
                own.add(check.item)
    without = [item for items in WITHOUT.values() for item in items.split()]
    assert len(without) == len(set(without))
    assert not own & set(without), "these have numbers of one's own"
    assert numeric - own - set(without) == set(), "these have neither numbers nor a reason"
    assert len(own & numeric) >= 58


def deals_numbers(source):
    """Is a check made with the learner's own numbers, or with a patient dealt by the number?"""
    return any(map(is_own, names_read(source))) or '"my_number"' in source


def asks_for_numbers(source):
    """Does a check judge numbers that a learner types or works out? A test of ``holds`` with a
    unit does: any value is right there that does what is asked."""
    return any(
        node.func.attr in {"number", "numbers", "function"}
        or (node.func.attr == "holds" and any(more.arg == "unit" for more in node.keywords))
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and getattr(node.func.value, "id", "") == "check"
    )


@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.stem)
def test_numbers_of_ones_own_are_dealt_by_the_key(path):
    """By ``marks.seed``, whose words an exam changes, or from numbers that are."""
    given = [cell.source for cell in read_exercise(path).of_kind(GIVEN)]
    makers = {
        node.name: ast.unparse(node)
        for source in given
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef) and is_own(node.name)
    }
    bare = [
        name
        for name, source in makers.items()
        if "marks.seed(" not in source
        and not re.search(r"\b(my_\w+|\w+_of)\(number\)", _inside(source))
    ]
    assert bare == []
    keys = [key for source in given for key in re.findall(r"marks\.seed\(\"([^\"]+)\"", source)]
    assert len(keys) == len(set(keys)), "two that share their key are dealt alike"


def _inside(source):
    return source.partition("\n")[2]


def test_the_docs_say_why_a_part_has_no_numbers_of_its_own():
    told = " ".join((ROOT / "docs" / "writing-exercises.md").read_text("utf-8").split())
    for reason in WITHOUT:
        assert reason in told


@pytest.mark.parametrize(("value", "count"), [(30, 1), (25, 2), (0.25, 2), (1.125, 4), (1000, 1)])
def test_digits_that_count(value, count):
    assert digits(value) == count
