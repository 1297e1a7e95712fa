"""What is read from finished runs, on runs whose numbers can be worked out by hand."""

import pytest

from bonelab.parameters import BonelabError
from bonelab.simulation import Run
from bonelab.simulation.readings import (
    bone_gone,
    coupling_gain,
    first_moved,
    first_reached,
    has_RANKL,
    held_singly,
    most_within,
    over_untreated,
    percent_of_start,
    share_come_back,
    share_made_good,
    stopped_below_the_tail,
)


def run_of(**series):
    """A run of four times, 10 days apart."""
    return Run("tissue", [0, 10, 20, 30], "day", series, {})


def test_percent_of_the_start():
    assert percent_of_start(run_of(bone=[2, 3, 1, 2]), "bone") == pytest.approx([100, 150, 50, 100])


def test_a_last_value_is_found_under_other_capitals_and_a_wrong_name_is_told():
    final = run_of(CTX=[1, 2, 3, 4], resorption=[1, 1, 1, 5]).final
    assert (final["ctx"], final["Resorption"]) == (4, 5)
    with pytest.raises(BonelabError, match=r"'resorbtion'.*'resorption'"):
        final["resorbtion"]


@pytest.mark.parametrize(
    ("level", "day"),
    [(0.5, 17.5), (0.2, 10), (0.1, 0), (0.05, 0), (0.7, 30), (0.71, None)],
)
def test_the_day_a_level_is_first_reached(level, day):
    # from 0.2 on day 10 to 0.6 on day 20 in a straight line: 0.5 after three quarters of the way
    assert first_reached(run_of(burden=[0.1, 0.2, 0.6, 0.7]), "burden", level) == (
        None if day is None else pytest.approx(day)
    )


def test_what_falls_again_was_reached_at_its_first_time():
    assert first_reached(run_of(CTX=[0, 100, 0, 100]), "CTX", 50) == pytest.approx(5)


def test_coupling_gain_is_what_formation_gained_over_what_resorption_gained():
    usual = run_of(resorption=[1, 1, 1, 1.0], formation=[1, 1, 1, 1.0])
    more = run_of(resorption=[1, 2, 2, 1.5], formation=[1, 1, 1, 1.3])
    assert coupling_gain(more, usual) == pytest.approx(0.6)
    assert coupling_gain(usual, usual) is None


def test_what_a_drug_makes_good_of_a_loss():
    untreated = run_of(bone=[1.0, 0.96, 0.92, 0.90])
    treated = run_of(bone=[1.0, 0.96, 0.95, 0.96])
    assert share_made_good(treated, untreated, "bone") == pytest.approx(0.6)
    assert share_made_good(treated, run_of(bone=[1.0, 1.0, 1.0, 0.998]), "bone") is None
    assert share_come_back(treated, 20, "bone") == pytest.approx(0.2)


def test_when_a_rate_moves_and_its_most_in_a_span():
    rates = run_of(rate=[1.0, 1.04, 0.94, 1.5])
    assert first_moved(rates, "rate", 0.05) == 20
    assert first_moved(rates, "rate", 0.6) == float("inf")
    assert most_within(rates, "rate", 0, 0.7) == 1.04
    assert most_within(rates, "rate", 0.5, 1) == 1.5


def test_bone_that_is_gone_is_resorption_ahead_of_formation():
    rates = run_of(resorption=[1, 2, 2, 1], formation=[1, 1, 1, 2])
    assert bone_gone(rates, 10) == pytest.approx(5)
    assert bone_gone(rates, 20) == pytest.approx(15)
    assert bone_gone(rates, 30) == pytest.approx(15)
    assert bone_gone(rates, 0) == 0


HELD = {"on vesicles": 0.5, "on antibody": 0.2, "on OPG": 0.1, "free": 0.2}


def test_who_holds_the_rankl_of_a_dish():
    assert has_RANKL(HELD)
    assert not has_RANKL(dict.fromkeys(HELD, 0.0))
    held = HELD | {"clustered": 0.4, "in pairs": 0.25}
    assert held_singly(held) == pytest.approx(0.05)
    assert held_singly(held | {"clustered": 0.7}) == 0


def dish(runx2, kinase):
    """A reverse dish of 21 days with one time at 5 days (120 hours)."""
    series = {"Runx2": [1, runx2, 9], "Col1a1": [1, 3, 9], "Sp7": [1, 4, 9]}
    series |= {"mineral": [0, 0.2, 1.7], "Src-family kinase": [0, 0, kinase]}
    return Run("reverse", [0, 120, 504], "hour", series, {})


def test_genes_are_read_on_day_5_and_mineral_on_day_21():
    made = {"Runx2": 2, "Col1a1": 3, "Sp7": 4, "mineral": 1.7}
    assert over_untreated(dish(2, 0)) == pytest.approx(made)


@pytest.mark.parametrize(
    ("runx2", "kinase", "stopped"),
    [(1.04, 0.11, True), (1.06, 0.11, False), (1.04, 0.09, False)],
)
def test_a_signal_that_is_stopped_below_the_tail(runx2, kinase, stopped):
    assert stopped_below_the_tail(dish(runx2, kinase)) == stopped
