"""The graded patient: the same on every machine for one key, another for another, closed to all."""

import pandas as pd
import pytest

import bonelab as bl
from bonelab.simulation.graded_patient import CASE, graded_chart, graded_truth
from bonelab.simulation.mystery_menu import TESTS


def test_a_chart_holds_every_test_and_is_the_same_each_time():
    chart = graded_chart(10)
    pd.testing.assert_frame_equal(chart, graded_chart(10))
    assert set(chart["test"]) == set(TESTS)
    assert dict(zip(chart["test"], chart["points"], strict=True))["bone biopsy"] == 30
    assert {"age", "menopause"} <= set(chart.attrs)


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
