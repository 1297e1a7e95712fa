"""Numbers with units and with other marks; for those of every set see ``test_exercises.py``."""

import pytest

from bonelab.course.subject_for_grading import BONE
from bonelab.grading.answer_exchange import answers_in
from bonelab.grading.check_tests import Check
from bonelab.parameters import as_number


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
