"""Lab 6: four years in months of 30.4375 days; doses that are given, missed and stopped."""

import numpy as np
import pytest
from seen import Seen

import bonelab as bl

MONTH = 30.4375
SERIES = {"CTX": 0, "P1NP": 1, "BMD hip": 2, "BMD spine": 3}


@pytest.fixture(scope="module")
def woman():
    return bl.woman(65)


@pytest.fixture(scope="module")
def shown():
    return Seen("clinic", doses=4)


@pytest.fixture(scope="module")
def run(woman):
    return bl.simulate(woman, bl.denosumab("60 mg", every="6 months", doses=4), years=4)


def test_the_curves_are_drawn_against_months(shown, run):
    for name, panel in SERIES.items():
        assert shown.axis(panel)[0] in ("months", "")
        x, _ = shown.line(panel, name)
        assert x[-1] == pytest.approx(48)
        assert np.allclose(x, run.time / MONTH, atol=1e-6)
        for month in (3, 12, 27, 40):
            value = run.at(f"{month} months", name)
            assert shown.at(panel, name, month) == pytest.approx(value, rel=2e-3)


def test_a_dose_that_is_missed_is_missed(woman):
    shown = Seen("clinic", missed=3)
    plan = bl.denosumab("60 mg", every="6 months", doses=8, missed=(3,))
    run = bl.simulate(woman, plan, years=4)
    whole = bl.simulate(woman, bl.denosumab("60 mg", every="6 months", doses=8), years=4)
    for month in (17, 18, 20):
        assert shown.at(0, "CTX", month) == pytest.approx(
            run.at(f"{month} months", "CTX"), rel=0.02
        )
    assert run.at("17 months", "CTX") > 1.5 * whole.at("17 months", "CTX"), "month 12 was missed"
    assert run.at("11 months", "CTX") == pytest.approx(whole.at("11 months", "CTX"), rel=1e-3)


def test_dose_interval_and_number_reach_the_plan(woman):
    shown = Seen("clinic", dose=15, interval=3, doses=5)
    run = bl.simulate(woman, bl.denosumab("15 mg", every="3 months", doses=5), years=4)
    for month in (2, 13, 24):
        assert shown.at(0, "CTX", month) == pytest.approx(
            run.at(f"{month} months", "CTX"), rel=0.02
        )
    assert "5 doses of denosumab 15 mg every 3 months" in shown.text


def test_the_sentence_says_the_run(shown, run):
    low, day = run["CTX"].min(), run.time[run["CTX"].argmin()]
    assert shown.says(low)
    assert shown.text == run.summary()
    assert day < 183


def test_a_daily_drug_is_taken_for_doses_times_months(woman):
    shown = Seen("clinic", drug="teriparatide", interval=6, doses=3)
    run = bl.simulate(woman, bl.teriparatide(stop="18 months"), years=4)
    for month in (6, 17, 24):
        value = run.at(f"{month} months", "P1NP")
        assert shown.at(1, "P1NP", month) == pytest.approx(value, rel=0.02)
    assert run.at("24 months", "P1NP") < 0.8 * run.at("17 months", "P1NP")


def test_one_drug_after_another(woman):
    shown = Seen("clinic", drug="teriparatide, then denosumab", doses=4)
    plan = [
        bl.teriparatide(stop="2 years"),
        bl.denosumab("60 mg", every="6 months", doses=4, start="2 years"),
    ]
    run = bl.simulate(woman, plan, years=4)
    for month in (12, 30, 47):
        value = run.at(f"{month} months", "BMD spine")
        assert shown.at(3, "BMD spine", month) == pytest.approx(value, rel=2e-3)


@pytest.mark.parametrize(("drug", "months"), [("teriparatide", 24), ("romosozumab", 12)])
def test_a_course_ends_where_its_trial_ended_and_says_so(woman, drug, months):
    shown = Seen("clinic", drug=drug, interval=6, doses=8)
    run = bl.simulate(woman, getattr(bl, drug)(stop=f"{months} months"), years=4)
    for month in (12, 30, 40):
        value = run.at(f"{month} months", "P1NP")
        assert shown.at(1, "P1NP", month) == pytest.approx(value, rel=0.02)
    assert f"{drug.capitalize()} is given for {months} months and no longer" in shown.text
    assert "no longer" not in Seen("clinic", drug=drug, interval=3, doses=4).text


def test_a_control_that_does_nothing_says_so():
    told = Seen("clinic", drug="zoledronate", dose=5).text
    assert "The dose in mg does not apply to zoledronate" in told
    assert "does not apply" not in Seen("clinic", drug="OPG-Fc", dose=5).text
    told = Seen("clinic", drug="alendronate", missed=2).text
    assert "No dose of alendronate is missed" in told
    told = Seen("clinic", doses=2, missed=5).text
    assert "Dose 5 cannot be missed, because the plan ends before it" in told
    assert "cannot be missed" not in Seen("clinic", doses=5, missed=5).text


def test_what_follows_romosozumab_is_told_as_not_fitted():
    assert "was not fitted to any trial" in Seen("clinic", drug="romosozumab", doses=2).text
