"""Lab 9: means, intervals and power of two arms, in percent of the start."""

from dataclasses import replace

import pytest
from seen import Seen

import bonelab as bl

SETTING = {"women": 40, "months": 12, "dropout": 20}


@pytest.fixture(scope="module")
def shown():
    return Seen("virtual_trial", **SETTING)


@pytest.fixture(scope="module")
def trial():
    arms = {"no drug": [], "60 mg": bl.denosumab("60 mg", doses=4)}
    large = bl.trial(arms, n=200, years=1, endpoint="BMD hip")
    return large.smaller(200, years="1 year", dropout=0.2).smaller(40)


def test_the_sentence_says_women_months_difference_and_interval(shown, trial):
    row = trial.table().iloc[-1]
    assert shown.says(80)
    assert shown.says(trial.table()["measured"].sum())
    assert shown.says(12)
    for name in ("difference low", "difference high"):
        assert shown.says(row[name], 1)
    assert f"hip BMD is {row['difference']:.1f} percentage points higher on 60 mg" in shown.text


def test_a_fall_is_told_as_a_fall_with_its_interval(trial):
    turned = replace(trial, arms=dict(reversed(trial.arms.items())), seed=trial.seed)
    row = turned.table().iloc[-1]
    low, high = -row["difference high"], -row["difference low"]
    assert f"{-row['difference']:.1f} percentage points lower on no drug than on 60 mg" in (
        turned.summary()
    )
    assert f"(95% interval {low:.1f} to {high:.1f};" in turned.summary()


def test_a_gain_that_no_drug_comes_near_is_told_as_a_prediction(shown):
    three = Seen("virtual_trial", arms="denosumab or three-armed antibody", women=20, months=6)
    assert "is a prediction and not a finding" in three.text
    assert "prediction" not in shown.text


def test_the_means_are_drawn_where_the_arms_have_them(shown, trial):
    means = trial.table()["mean"]
    for arm, mean in means.items():
        assert f"{arm} {mean:.1f}%" in shown.lab.alt


def test_women_leave_at_the_rate_that_is_set(trial):
    nobody = Seen("virtual_trial", women=40, months=12, dropout=0)
    assert nobody.says(80)
    assert nobody.numbers.count(80) >= 1
    assert trial.table()["measured"].sum() < 80


def test_the_power_is_that_of_the_whole_trial(shown, trial):
    arms = {"no drug": [], "60 mg": bl.denosumab("60 mg", doses=4)}
    large = bl.trial(arms, n=200, years=1, endpoint="BMD hip")
    power = large.smaller(200, years=1, dropout=0.2).power((10, 20, 50, 100, 200), repeats=300)
    for women, share in power.items():
        assert f"{women} women {100 * share:.0f}%" in shown.lab.alt
    enough = power[power >= 0.8].index[0]
    assert f"With {enough} women per arm" in shown.text


def test_half_a_year_is_six_months(shown, trial):
    half = Seen("virtual_trial", women=40, months=6, dropout=20)
    assert half.says(6)
    assert half.text != shown.text
