"""The nudges of every set: each misconception that a check knows can be worked out, and whoever
answers with it reads its words."""

import contextlib
import os
from pathlib import Path

import proofs
import pytest

from bonelab.course.subject_for_grading import BONE
from bonelab.grading import number_checks
from bonelab.grading.answer_exchange import answers_in
from bonelab.grading.cell_runner import Cells
from bonelab.grading.check_runner import Marker
from bonelab.grading.check_tests import RIGHT, Check
from bonelab.grading.comparison import value_of, when
from bonelab.grading.exercise_source import ANSWER, CHECK, GIVEN, read_exercise

SOLUTIONS = sorted((Path(__file__).parents[2] / "solutions").glob("*.ipynb"))
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="each set is run in a fork")


def faults_of(path):
    """``[how many misconceptions were tried, faults]``."""
    exercise, cells, asked, number = read_exercise(path), Cells(), [], Check.number
    marker = Marker(exercise, BONE)
    for cell in exercise.of_kind(GIVEN, ANSWER):
        cells.run(cell.source, cell.id)

    def noted(self, name, expected, *, given=(), follows=None, nudge=None, **more):
        if isinstance(nudge, dict):
            asked.append((self.question, name, given, follows or {}, nudge))
        return number(self, name, expected, given=given, follows=follows, nudge=nudge, **more)

    Check.number = noted
    for check in exercise.of_kind(CHECK):
        marker.mark(check, answers_in(cells.namespace, BONE), hidden=True)
    Check.number = number
    tried, faults = 0, []
    for item, name, given, follows, nudge in asked:
        check = next(one for one in exercise.of_kind(CHECK) if one.item == item)
        base = [cells.namespace[one] for one in ((given,) if isinstance(given, str) else given)]
        base = [number_checks.as_it_stands(one, number_checks.Asked("", "", None)) for one in base]
        right = [value_of(one, *base) for one in follows.values()]
        for wrong, words in nudge.items():
            if wrong is None or isinstance(wrong, when):
                continue
            try:
                value = float(number_checks.slip(wrong, base, right))
            except Exception as error:
                faults.append(f"{item} {name}: {words!r} cannot be worked out: {error!r}")
                continue
            answers = answers_in({**cells.namespace, name: value}, BONE)
            with contextlib.suppress(StopIteration):
                got = next(r for r in marker.mark(check, answers, hidden=True).results
                           if r.what == name)  # fmt: skip
                tried += 1
                if value == value and got.outcome != RIGHT and str(words) not in got.text:
                    faults.append(f"{item} {name} = {value}: {got} instead of {words!r}")
    return [tried, faults]


@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.stem)
def test_whoever_slips_as_a_check_expects_reads_its_words(path):
    tried, faults = proofs._in_child(lambda: faults_of(path))
    assert faults == []
    assert tried >= 3
