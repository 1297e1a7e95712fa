"""Calcium and parathyroid hormone in the blood: each term with round numbers, worked by hand."""

from types import SimpleNamespace

import numpy as np
import pytest

from bonelab.biology.mineral_balance import blood

P = SimpleNamespace(
    calcium_blood=2.0,  # mmol/L
    calcium_of_bone=0.5,  # mmol/L for each unit of net flow
    calcium_rate=0.1,  # 1/day
    calcium_supply=0.5,
    PTH_highest=4.0,
    PTH_steepness=3.0,
)
LONG = np.linspace(0.0, 1000.0, 2001)


def step(to):
    """Net flow that jumps within a hair and stays."""
    return np.where(LONG > 0, to, 0.0)


def test_at_the_start_calcium_is_usual_and_the_hormone_is_its_start():
    calcium, hormone = blood(LONG, 5.0 + step(0.0), 0.0, P)
    assert calcium == pytest.approx(2.0)
    assert hormone == pytest.approx(1.0)


def test_what_bone_gives_raises_calcium_and_lowers_the_hormone():
    """J = 1: Ca = 2 + 0.5 x 1 = 2.5; PTH = 4/(1 + 3 x 1.25^3) = 4/6.859375 = 0.5831."""
    calcium, hormone = blood(LONG, step(1.0), 0.0, P)
    assert calcium[-1] == pytest.approx(2.5)
    assert hormone[-1] == pytest.approx(0.58314, abs=1e-5)


@pytest.mark.parametrize(("supplements", "level"), [(0.0, 1.6), (0.5, 2 - 0.2 / 0.75), (1.0, 1.8)])
def test_what_bone_takes_lowers_calcium_more_where_supply_is_short(supplements, level):
    """J = -0.4 with half the supply: 2 - 0.5 x 0.4/0.5 = 1.6; tablets bring the supply to 1."""
    calcium, _ = blood(LONG, step(-0.4), supplements, P)
    assert calcium[-1] == pytest.approx(level)


def test_calcium_follows_with_its_time_constant():
    """tau = 10 days: after 10 days 1 - 1/e = 63.21 % of the way."""
    calcium, _ = blood(LONG, step(1.0), 0.0, P)
    assert calcium[20] == pytest.approx(2.0 + 0.5 * 0.63212, abs=0.01)


def test_a_straight_line_is_followed_exactly():
    """J = t/10 for 20 days: what follows is J - J'tau (1 - e^(-t/tau)) = 2 - 1 + e^-2 = 1.1353."""
    time = np.array([0.0, 20.0])
    calcium, _ = blood(time, time / 10.0, 1.0, P)
    assert calcium[-1] == pytest.approx(2.0 + 0.5 * 1.135335, abs=1e-6)


def test_several_women_at_once_are_each_as_alone():
    flows = np.stack([step(1.0), step(-0.4)])
    both, _ = blood(LONG, flows, 0.0, P)
    for row, flow in zip(both, flows, strict=True):
        assert row == pytest.approx(blood(LONG, flow, 0.0, P)[0])


def test_without_any_calcium_the_hormone_is_at_its_highest():
    _, hormone = blood(LONG, step(-100.0), 0.0, P)
    assert hormone[-1] == pytest.approx(4.0)
