"""The learner's own number: every variant is solved by the same steps, with numbers as long, and
another learner's results do not pass."""

import itertools
import os
import re
from pathlib import Path

import proofs
import pytest

from bonelab.course.subject_for_grading import BONE
from bonelab.grading.answer_exchange import answers_in
from bonelab.grading.cell_runner import Cells
from bonelab.grading.check_runner import Marker
from bonelab.grading.exercise_source import ANSWER, CHECK, GIVEN, read_exercise
from bonelab.grading.names_in_code import names_bound, names_read

SOLUTIONS = sorted((Path(__file__).parents[2] / "solutions").glob("*.ipynb"))
OWN = re.compile(r"^my_number = (\d+)(?:  # blank: \d+)?$", re.M)
ALIKE = 0.2  # of all pairs of variants may have the same results
NUMBERS = range(200)  # that learners may choose: far more than there are variants
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="each set is run in a fork")


def own_parts(exercise):
    """``(answer cells, checks)`` of the question in which learners choose their number; the last
    is what depends on it."""
    asked = [
        cell
        for cell in exercise.of_kind(ANSWER)
        if OWN.search(cell.source) and any(map(is_own, names_read(cell.source)))
    ]
    if not asked:
        return [], []
    question = asked[0].question
    answers = [cell for cell in exercise.of_kind(ANSWER) if cell.question == question]
    checks = [cell for cell in exercise.of_kind(CHECK) if cell.question == question]
    return answers, checks


def digits(value):
    """How many digits of a number count: what makes work by hand long."""
    return len(f"{abs(float(value)):.10g}".replace(".", "").split("e")[0].strip("0")) or 1


def numbers_in(value):
    values = value if isinstance(value, (list, tuple)) else [value]
    return [one for one in values if isinstance(one, (int, float))]


def is_own(name):
    """Does a given function make the learner's own numbers?"""
    return name.startswith("my_") and name != "my_number"


def variants(cells, answers):
    """``{what is given: the first number that gives it}`` from the given functions of the set."""
    read = set().union(*(names_read(cell.source) for cell in answers))
    makers = [name for name in sorted(read) if callable(cells.namespace.get(name)) and is_own(name)]
    found = {}
    for number in NUMBERS:
        given = [cells.namespace[maker](number) for maker in makers]
        found.setdefault(repr(given), (number, given))
    return found


def examine(path):
    """What is unequal among the variants of a set, in words."""
    exercise = read_exercise(path)
    answers, checks = own_parts(exercise)
    marker, cells, faults = Marker(exercise, BONE), Cells(), []
    for cell in exercise.of_kind(GIVEN):
        cells.run(cell.source, cell.id)
    found = variants(cells, answers)
    if len(found) < 2:
        return [f"only {len(found)} variants"]
    lengths = {name: [digits(one) for g in given for one in numbers_in(g)]
               for name, (_, given) in found.items()}  # fmt: skip
    totals = [sum(length) for length in lengths.values()]
    if max(totals) - min(totals) > max(map(len, lengths.values()), default=1):
        faults.append(f"numbers of {min(totals)} to {max(totals)} digits: {sorted(found)}")
    results = {}
    for name, (number, _) in found.items():
        for cell in answers:
            cells.run(OWN.sub(f"my_number = {number}", cell.source), cell.id)
        for check in checks:
            got = marker.mark(check, answers_in(cells.namespace, BONE), hidden=True)
            if got.got < check.points:
                faults.append(f"{check.item} with {name}: {got}")
        bound = set().union(*(names_bound(cell.source) for cell in answers)) - {"my_number"}
        results[name] = {n: cells.namespace[n] for n in bound if n in cells.namespace}
    passing = []
    for mine, other in itertools.permutations(found, 2):
        cells.namespace.update(results[other], my_number=found[mine][0])
        answer = answers_in(cells.namespace, BONE)
        got = [marker.mark(check, answer, hidden=True).got for check in checks]
        if got == [check.points for check in checks]:
            passing.append([mine, other])
    if len(passing) > ALIKE * len(found) * (len(found) - 1):
        faults.append(f"results that pass with another number: {passing}")
    return faults


WITH_A_NUMBER = [path for path in SOLUTIONS if own_parts(read_exercise(path))[0]]


@needs_fork
@pytest.mark.parametrize("path", WITH_A_NUMBER, ids=lambda path: path.stem)
def test_variants_are_equally_hard(path):
    assert proofs._in_child(lambda: examine(path)) == []


def test_several_sets_have_a_number_of_the_learners_own():
    assert len(WITH_A_NUMBER) >= 4


@pytest.mark.parametrize(("value", "count"), [(30, 1), (25, 2), (0.25, 2), (1.125, 4), (1000, 1)])
def test_digits_that_count(value, count):
    assert digits(value) == count
