"""The graded patient: the same on every machine for one key, another for another, closed to all."""

from pathlib import Path

import pandas as pd
import pytest

import bonelab as bl
from bonelab.course.subject_for_grading import BONE
from bonelab.grading.answer_exchange import answers_in
from bonelab.grading.check_runner import Marker
from bonelab.grading.exercise_source import ANSWER, CHECK, GIVEN, read_exercise
from bonelab.simulation import graded_patient
from bonelab.simulation.graded_patient import CASE, graded_chart, graded_truth
from bonelab.simulation.mystery_menu import TESTS

ROOT = Path(__file__).parents[1]


def test_a_chart_holds_every_test_and_is_the_same_each_time():
    chart = graded_chart(10)
    pd.testing.assert_frame_equal(chart, graded_chart(10))
    assert set(chart["test"]) == set(TESTS)
    assert dict(zip(chart["test"], chart["points"], strict=True))["bone biopsy"] == 30
    assert {"age", "menopause"} <= set(chart.attrs)


def test_ten_is_the_same_woman_in_every_edition():
    """Printed charts of earlier classes stay true."""
    assert {name: graded_chart(10).attrs[name] for name in ("age", "menopause")} == {
        "age": 68.2,
        "menopause": 50.7,
    }


def test_number_and_key_decide_who_she_is():
    ages = {
        graded_chart(number, key).attrs["age"] for number in (1, 2) for key in ("", "oak", "elm")
    }
    assert len(ages) == 6


def test_what_is_special_shows_in_the_chart():
    """The tests of the printed chart are those of the woman whose truth is graded."""
    told, chart = graded_truth(10), graded_chart(10).set_index("what")["value"]
    assert "clears antibodies fast" in told["special"]
    assert chart["antibody after 3 months"] < 200
    assert told["truth"] > chart["CTX after 3 months"]
    assert told["tolerance"] == bl.mystery_patient(1).cases.loc[CASE, "tolerance"]


def test_nobody_can_order_predict_or_reveal_for_her():
    chart = graded_chart(10)
    assert not any(hasattr(chart, name) for name in ("order", "predict", "reveal"))
    with pytest.raises(bl.BonelabError):
        bl.mystery_patient(2**32)  # her numbers begin here
    near = [graded_chart(number).attrs for number in range(3)]
    assert all(
        {"age": other.age, "menopause": other.menopause} not in near
        for other in map(bl.mystery_patient, range(20))
    )


def test_the_check_marks_with_the_class_key():
    """Set 12: the woman of the key that the grader was given, and of no other."""
    exercise = read_exercise(ROOT / "solutions" / "set_12_mystery_patient.ipynb")
    marker = Marker(exercise, BONE)
    (check,) = (cell for cell in exercise.of_kind(CHECK) if cell.item == "12.5c")
    told = {key: graded_truth(10, key)["truth"] for key in ("", "oak")}
    assert abs(told[""] - told["oak"]) > 18  # half of the marks are within so many points
    for key, truth in told.items():
        answers = answers_in({"my_number": 10, "prediction": truth}, BONE)
        for graded_with in told:
            got = marker.mark(check, answers, hidden=True, key=graded_with).got
            assert got == (4 if graded_with == key else 0)


def test_everybody_gets_a_woman_who_can_be_found_out():
    """Solve her as the set asks: the suspect that fits best, then a clearance that fits."""
    exercise = read_exercise(ROOT / "solutions" / "set_12_mystery_patient.ipynb")
    marker = Marker(exercise, BONE)
    checks = [cell for cell in exercise.of_kind(CHECK) if cell.item in ("12.5b", "12.5c")]
    names = {}
    for cell in exercise.of_kind(GIVEN):
        exec(cell.source, names)
    answers = [cell.source for cell in exercise.of_kind(ANSWER) if cell.question == "12.5"]
    dealt_again = (1, 21)  # whose first woman misleads whoever reads her chart well
    for number in (*dealt_again, 10):
        names["my_number"] = number
        for source in answers:
            exec(source, names)
        for check in checks:
            found = marker.mark(check, answers_in(names, BONE), hidden=True)
            assert found.got == check.points, (number, str(found))


def test_what_a_woman_with_these_changes_would_show():
    """RANKL and OPG today, the antibody after one and three months, CTX after 1, 3, 4 and 6 in
    percent of today."""
    patient = bl.mystery_patient(seed=3)
    shown = graded_patient._shows(patient, OPG=0.5)
    assert shown.shape == (8,)
    today, month = graded_patient.TODAY, 30.4375
    person = bl.woman(patient.age - today / 365.25, menopause=patient.menopause).with_(OPG=0.5)
    run = bl.simulate(person, bl.denosumab("60 mg", start=today), days=today + 200)
    level = [run.at(today + month * k, "serum drug") for k in (1, 3)]
    ctx = [100 * run.at(today + month * k, "CTX") / run.at(today, "CTX") for k in (1, 3, 4, 6)]
    expected = [run.at(today, "RANKL"), run.at(today, "OPG"), *level, *ctx]
    assert shown == pytest.approx(expected, rel=1e-9)
    assert level[0] > 2 * level[1] > 0
