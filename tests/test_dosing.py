"""Schedules: on which day which dose is given, worked by hand."""

import pytest

import bonelab as bl
from bonelab import BonelabError
from bonelab.biology.dosing import (
    FOR_GOOD,
    Schedule,
    clash,
    edges,
    in_time,
    level_at,
    moment,
    planned_days,
    repeated,
    window,
)

MONTH = 30.4375


def test_repeated_doses_fall_on_every_day_of_the_plan():
    """Four doses every 100 days from day 5: days 5, 105, 205, 305."""
    assert planned_days(100, 4, 5) == (5, 105, 205, 305)
    assert repeated(60.0, 100, 4, 5).doses == ((5, 60.0), (105, 60.0), (205, 60.0), (305, 60.0))
    assert repeated(60.0, 100, 4, 5).windows == ()


@pytest.mark.parametrize(
    ("missed", "days"),
    [((3,), (5, 105, 305)), ((1,), (105, 205, 305)), ((4,), (5, 105, 205)), ((2, 3), (5, 305)),
     ((), (5, 105, 205, 305))],
)  # fmt: skip
def test_a_missed_third_dose_is_the_third(missed, days):
    assert tuple(day for day, _ in repeated(60.0, 100, 4, 5, missed).doses) == days


@pytest.mark.parametrize("number", [0, 5, -1])
def test_a_missed_dose_that_is_not_in_the_plan_is_refused(number):
    with pytest.raises(BonelabError, match="doses 1 to 4"):
        repeated(60.0, 100, 4, 5, (number,))


def test_missing_the_third_of_eight_half_yearly_doses_leaves_a_gap_of_a_year():
    plan = bl.denosumab("60 mg", every="6 months", doses=8, missed=3)
    days = [day / MONTH for day, _ in plan.schedule.doses]
    assert days == pytest.approx([0, 6, 18, 24, 30, 36, 42])


def test_a_course_is_on_from_its_first_day_to_before_its_last():
    course = window(10, 20, 2.5)
    assert [level_at(course, t) for t in (9.9, 10, 19.9, 20)] == [0.0, 2.5, 2.5, 0.0]
    assert level_at(window(10, None), 1e9) == 1.0
    assert edges(course) == [10, 20]
    assert edges(window(10, None)) == [10]


@pytest.mark.parametrize("stop", [10, 9])
def test_a_course_that_ends_before_it_begins_is_refused(stop):
    with pytest.raises(BonelabError, match="later than the start"):
        window(10, stop)


def test_two_courses_at_once_are_one_and_not_two():
    both = window(0, 20, 1.0) + window(10, 30, 1.0)
    assert [level_at(both, t) for t in (5, 15, 25)] == [1.0, 1.0, 1.0]
    assert level_at(window(0, 20, 1.0) + window(10, 30, 3.0), 15) == 3.0


def test_two_levels_at_once_clash_on_the_day_the_second_begins():
    assert clash(window(0, 20, 1.0) + window(10, 30, 3.0)) == 10
    assert clash(window(0, 20, 1.0) + window(10, 30, 1.0)) is None
    assert clash(window(0, 20, 1.0) + window(20, 30, 3.0)) is None


def test_joined_schedules_are_in_the_order_of_days():
    joined = repeated(1.0, 10, 2, 5) + repeated(2.0, 10, 2, 0) + window(3, 4)
    assert joined.doses == ((0, 2.0), (5, 1.0), (10, 2.0), (15, 1.0))
    assert joined.windows == ((3, 4, 1.0),)


def test_a_schedule_begins_with_its_first_dose_or_course():
    assert (repeated(1.0, 10, 2, 5) + window(3, 4)).begins == 3
    assert repeated(1.0, 10, 2, 5).begins == 5
    assert Schedule().begins == FOR_GOOD


@pytest.mark.parametrize(
    ("days", "words"),
    [(365.25, "1 year"), (730.5, "2 years"), (6 * MONTH, "6 months"), (MONTH, "1 month"),
     (14, "2 weeks"), (7, "1 week"), (10, "10 days"), (1, "1 day"), (0, "0 days"),
     (2.5, "2.5 days"), (6.5 * MONTH, "6.5 months"), (0.5 * MONTH, "15.2 days")],
)  # fmt: skip
def test_lengths_are_said_as_a_study_plan_says_them(days, words):
    assert in_time(days) == words


@pytest.mark.parametrize(
    ("days", "words"), [(6 * MONTH, "month 6"), (10, "day 10"), (365.25, "year 1"), (1, "day 1")]
)
def test_moments_are_said_as_a_study_plan_says_them(days, words):
    assert moment(days) == words


def test_doses_per_kg_are_for_a_woman_of_65_kg():
    """1 mg/kg is 65 mg in the woman who stands for a trial's mean."""
    (_, given), *_ = bl.denosumab("1 mg/kg", doses=1).schedule.doses
    (_, fixed), *_ = bl.denosumab("65 mg", doses=1).schedule.doses
    assert given == pytest.approx(fixed)
    assert bl.parameters.load("subjects").body_weight == 65
