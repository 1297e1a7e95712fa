"""Controls: what they accept, how it is tidied, and where their numbers come from."""

import numpy as np
import pytest
from small_lab import controls, make

from bonelab.labs.controls import Control
from bonelab.parameters import BonelabError


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"dose": -1}, ["dose", "-1", "0 nM or more"]),
        ({"dose": 11}, ["dose", "11", "10 nM or less"]),
        ({"dose": 0.001}, ["dose", "0.001", "0 or at least 0.01"]),
        ({"dose": float("nan")}, ["dose", "nan", "finite"]),
        ({"dose": "50 apples"}, ["dose", "50 apples", "number in nM"]),
        ({"dose": [1, 2]}, ["dose", "[1, 2]", "one number"]),
        ({"dose": True}, ["dose", "True", "number in nM"]),
        ({"loss": 2}, ["loss", "2", "1/day or less"]),
        ({"blocked": "grwth"}, ["blocked", "grwth", "Did you mean 'growth'"]),
        ({"doze": 1}, ["doze", "Did you mean 'dose'"]),
    ],
)
def test_wrong_values_are_named(wrong, words):
    lab = make()
    before = lab.values
    with pytest.raises(BonelabError) as problem:
        lab.set(**({"loss": 0.5} | wrong))
    assert all(word in str(problem.value) for word in words), str(problem.value)
    assert lab.values == before, "nothing moves when one value is wrong"


def test_values_with_units_and_texts_of_choices_work():
    lab = make().set(dose="2000 pM", blocked="growth")
    assert lab.values == {"dose": pytest.approx(2.0), "loss": 0.1, "blocked": True}


def test_a_control_from_the_parameter_table_has_its_words_range_and_source():
    from bonelab.parameters import load

    control = Control.from_parameter("forward", "tau_NFATc1")
    record = load("forward").record("tau_NFATc1")
    assert (control.default, control.low, control.high) == (record.value, record.low, record.high)
    assert record.meaning in control.words
    assert record.unit in control.words
    assert record.source in control.tooltip


@pytest.mark.parametrize("control", controls(), ids=lambda control: control.name)
def test_samples_are_allowed_and_reach_both_ends(control):
    values = [control.check(value) for value in control.samples(np.random.default_rng(1))]
    if control.kind == "slider":
        assert {min(values), max(values)} == {0 if control.zero else control.low, control.high}


def test_slider_positions_are_tidied():
    dose, loss = controls()[:2]
    assert dose.tidy(3.16227766) == 3.16
    assert dose.tidy(dose.position(0)) == 0
    assert dose.tidy(0.01) == 0.01
    assert loss.tidy(0.15000000000000002) == 0.15


def test_whole_numbers_stay_whole_where_a_slider_counts():
    days = Control.slider("days", "Days", unit="day", low=1, high=7, default=5, step=1)
    assert repr(days.default) == repr(days.check(5.0)) == repr(days.tidy(5.0)) == "5"
    assert days.check(2.5) == 2.5
    doses = Control.slider("doses", "Doses", low=1, high=8, default=4, step=1)
    with pytest.raises(BonelabError, match=r"doses = 2.5.*whole numbers only"):
        doses.check(2.5)


@pytest.mark.parametrize("typed", ["30", "30 %", "30%", "30,0 % a year"])
def test_a_percentage_a_year_may_be_typed_as_a_percentage(typed):
    assert Control.from_parameter("protocol", "dropout").read(typed) == (30, "")


def test_the_stop_after_the_next_move_is_known_whichever_way_a_slider_goes():
    log = Control.slider(
        "dose", "Dose", unit="mg", low=1, high=100, default=60, scale="log", zero=True
    )
    stops = [log.tidy(10**place) for place, _ in log.stops]
    for here, (before, after) in zip(
        stops[1:-1], zip(stops, stops[2:], strict=False), strict=False
    ):
        assert log.further(before, here) == after
        assert log.further(after, here) == before
    assert log.further(stops[-2], stops[-1]) is None
    assert log.further(stops[1], stops[0]) is None
    assert log.further(50, 60) == 70.8, "the handle of 60 stands on the stop at 63.1"
    days = Control.slider("days", "Days", low=0, high=7, default=5, step=2)
    assert [days.further(before, now) for before, now in ((0, 2), (4, 2), (4, 6), (6, 7))] == [
        4, 0, 7, None,
    ]  # fmt: skip
