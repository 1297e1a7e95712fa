"""Every number that has a unit is taken with it, as its answer cell names it: "3 nM"."""

import os
import re
from pathlib import Path

import proofs
import pytest

from bonelab.course.subject_for_grading import BONE
from bonelab.grading.answer_exchange import answers_in
from bonelab.grading.cell_runner import Cells
from bonelab.grading.check_runner import Marker
from bonelab.grading.check_tests import Check
from bonelab.grading.exercise_source import ANSWER, CHECK, GIVEN, read_exercise
from bonelab.parameters import as_number

SOLUTIONS = sorted((Path(__file__).parents[2] / "solutions").glob("*.ipynb"))
UNITS = "nM|ng/ml|% a year|%|days|years|µm|nm|mg|percentage points|points|women|months|mmol/L"
ASKED = re.compile(rf"^(\w+) = \.\.\.\s+# ({UNITS})(?![\w/])", re.M)
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="each set is run in a fork")


def not_taken(path):
    """Answers that lose marks when they are text with their unit."""
    exercise, cells, faults = read_exercise(path), Cells(), []
    marker, units = Marker(exercise, BONE), {}
    for cell in exercise.of_kind(GIVEN, ANSWER):
        cells.run(cell.source, cell.id)
        units |= dict(ASKED.findall(cell.source)) if cell.kind == ANSWER else {}
    for check in exercise.of_kind(CHECK):
        for name, unit in units.items():
            right = cells.namespace[name]
            if f'"{name}"' in check.source:
                for text in (
                    f"{float(right):.6f} {unit}",
                    f"{float(right):.6f} {unit}".replace(".", ","),
                ):
                    cells.namespace[name] = text
                    got = marker.mark(check, answers_in(cells.namespace, BONE), hidden=True)
                    faults += [f"{check.item}: {text}: {got}"] * (got.got < check.points)
                cells.namespace[name] = right
    return [len(units), faults]


@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.stem)
def test_a_number_is_taken_with_the_unit_that_its_cell_names(path):
    asked, faults = proofs._in_child(lambda: not_taken(path))
    assert faults == []
    assert asked or path.stem.startswith("set_03")  # where all answers are factors


@pytest.mark.parametrize("text", ["5.775", " 5.775 %", "5.775%", "+5.7750 %", "5,7750"])
def test_a_point_begins_the_decimals_however_many_there_are(text):
    """As the primer teaches it: elsewhere 5.775 could be read as thousands."""
    assert BONE.quantity(text, "%", "") == 5.775


@pytest.mark.parametrize("text", ["1.234.567", "1.234,5 %", "12.3456"])
def test_other_marks_in_a_number_are_read_as_everywhere(text):
    try:
        everywhere = as_number(text, "%")
    except ValueError:
        everywhere = None
    try:
        here = BONE.quantity(text, "%", "")
    except ValueError:
        here = None
    assert here == everywhere


def test_a_text_that_is_no_number_is_told_as_one_where_a_property_is_asked_for():
    checked = Check("1.2", 9, answers_in({"x": "5,775"}, BONE), BONE)
    checked.holds("x", lambda x: x > 4, "above 4", unit="%")
    assert "a bare number is asked for, in %" in checked.results[0].text
