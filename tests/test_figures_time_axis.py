"""The axis of time: its unit follows the length, and a month has 30.4375 days on every axis."""

import numpy as np
import pytest

from bonelab.figures import time_axis
from bonelab.figures.paper import dress, new_figure
from bonelab.figures.time_axis import converted, in_unit, mark_times, unit_for
from bonelab.simulation import Run


def run(end, unit="day", begin=0.0):
    time = np.linspace(begin, end, 5)
    return Run(kind="test", time=time, time_unit=unit, units={}, series={"x": time})


@pytest.mark.parametrize(
    ("end", "unit", "axis"),
    [
        (24, "hour", "hours"),
        (72, "hour", "hours"),
        (73, "hour", "days"),
        (21 * 24, "hour", "days"),
        (3, "day", "hours"),
        (4, "day", "days"),
        (200, "day", "days"),
        (201, "day", "months"),
        (4 * 365.25, "day", "months"),
        (5 * 365.25, "day", "months"),
        (6 * 365.25, "day", "years"),
        (3650, "day", "years"),  # ten years stand on an axis of years
    ],
)
def test_the_unit_follows_the_length(end, unit, axis):
    assert unit_for(run(end, unit)) == axis


def test_the_unit_follows_the_length_and_not_the_last_day():
    assert unit_for(run(1003, begin=1000)) == "hours"


@pytest.mark.parametrize(
    ("value", "unit", "axis", "expected"),
    [
        (96, "hour", "days", 4),
        (96, "hour", "hours", 96),
        (1, "day", "hours", 24),
        (30.4375, "day", "months", 1),
        (365.25, "day", "years", 1),
        (365.25, "day", "months", 12),
        (12, "month", "years", 1),
        (2, "month", "days", 60.875),
        (1, "year", "hours", 8766),
    ],
)
def test_times_are_converted(value, unit, axis, expected):
    assert converted([value], unit, axis) == pytest.approx([expected])
    assert in_unit(run(value, unit), axis)[-1] == pytest.approx(expected)


def test_an_axis_that_is_no_time_takes_the_numbers_as_they_are():
    assert in_unit(run(96, "hour"), "dose")[-1] == 96


@pytest.mark.parametrize(
    ("unit", "end", "ticks"),
    [
        ("hours", 24, ["0", "3", "6", "9", "12", "15", "18", "21", "24"]),
        ("hours", 72, ["0", "12", "24", "36", "48", "60", "72"]),
        ("days", 7, ["0", "1", "2", "3", "4", "5", "6", "7"]),
        ("days", 21, ["0", "5", "10", "15", "20"]),
        ("days", 140, ["0", "28", "56", "84", "112", "140"]),
        ("months", 12, ["0", "2", "4", "6", "8", "10", "12"]),
        ("months", 36, ["0", "6", "12", "18", "24", "30", "36"]),
        ("months", 48, ["0", "6", "12", "18", "24", "30", "36", "42", "48"]),
        ("years", 10, ["0", "2", "4", "6", "8", "10"]),
        ("years", 30, ["0", "5", "10", "15", "20", "25", "30"]),
    ],
)
def test_ticks_are_round_numbers_of_the_unit(unit, end, ticks):
    axes = dress(new_figure(5, 3).add_subplot())
    mark_times(axes, unit, end)
    assert [label.get_text() for label in axes.get_xticklabels()] == ticks
    assert list(axes.get_xticks()) == [float(tick) for tick in ticks]
    assert axes.get_xlim() == (0, end)


def test_ticks_begin_at_the_first_round_number_of_a_part():
    axes = dress(new_figure(5, 3).add_subplot())
    mark_times(axes, "months", 30, 5)
    assert list(axes.get_xticks()) == [6, 12, 18, 24, 30]
    assert axes.get_xlim() == (5, 30)


@pytest.mark.parametrize(("unit", "end"), [("dose", 10), ("hours", 1.5), ("years", 1000)])
def test_where_no_round_step_fits_matplotlib_chooses(unit, end):
    axes = dress(new_figure(5, 3).add_subplot())
    mark_times(axes, unit, end)
    assert axes.get_xlim() == (0, end)
    assert len(axes.get_xticks()) > 2


def test_a_year_is_twelve_months():
    assert time_axis.DAYS["months"] == 30.4375
    assert time_axis.DAYS["years"] == 365.25
    assert time_axis.DAYS["hours"] * 24 == 1
