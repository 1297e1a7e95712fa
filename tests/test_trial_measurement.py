"""What a virtual trial measures: the error of two scans, drop-out, and the statistics by hand."""

import numpy as np
import pytest

import bonelab as bl
from bonelab.parameters import load

ARMS = {"no drug": [], "denosumab": bl.denosumab("60 mg", doses=2)}


@pytest.fixture(scope="module")
def trial():
    return bl.trial(ARMS, n=400, years=1, seed=3, endpoint="BMD hip", dropout=0.1)


@pytest.mark.parametrize(("endpoint", "one"), [("BMD hip", "BMD_error"), ("CTX", "marker_error")])
def test_percent_of_the_start_has_the_error_of_two_measurements(trial, endpoint, one):
    """Both start and end are measured: the errors of two scans add as squares, sqrt(2) of one."""
    size = getattr(load("cohort"), one)
    for arm, run in trial.arms.items():
        true = run.at(run.time[-1], endpoint)
        ratio = np.log(trial.measured(endpoint)[arm] / true)
        spread = np.nanstd(ratio)
        assert spread == pytest.approx(np.sqrt(2) * size, rel=0.12)
        assert abs(np.nanmean(ratio)) < 0.15 * size


def test_a_tenth_of_the_women_leaves_within_a_year(trial):
    left = np.mean([np.isnan(values).mean() for values in trial.measured().values()])
    assert left == pytest.approx(0.1, abs=0.03)
    early = trial.measured(time="6 months")
    half = np.mean([np.isnan(values).mean() for values in early.values()])
    assert half == pytest.approx(1 - np.sqrt(0.9), abs=0.02)


def test_the_table_is_students_arithmetic(trial):
    table, values = trial.table(), trial.measured()
    for arm, row in table.iterrows():
        own = values[arm][~np.isnan(values[arm])]
        assert row["measured"] == own.size
        assert row["mean"] == pytest.approx(own.mean())
        half = 1.966 * own.std(ddof=1) / np.sqrt(own.size)  # t for about 360 women
        assert row["high"] - row["mean"] == pytest.approx(half, rel=0.01)
    difference = table["mean"].iloc[1] - table["mean"].iloc[0]
    assert table["difference"].iloc[1] == pytest.approx(difference)


def test_a_larger_trial_has_more_power(trial):
    power = trial.power((5, 20, 100), repeats=200)
    assert list(power) == sorted(power)
    none = bl.trial({"a": [], "b": []}, n=200, years=1, seed=4).power((50,), repeats=400)
    assert none.iloc[0] == pytest.approx(0.05, abs=0.035), "one in twenty, by chance alone"


def test_women_of_a_trial_are_72_where_nothing_is_said():
    """As those of FREEDOM: the mean of 200 lies within three of its errors."""
    ages = bl.trial({"no drug": []}, n=200, years=0.1).arms["no drug"].patients["age"]
    assert ages.mean() == pytest.approx(72, abs=3 * load("cohort").age / np.sqrt(200))


def test_power_knows_who_leaves(trial):
    """Of twenty women who leave at 80 % a year four are measured: as good as a trial of four."""
    whole, left = (trial.smaller(400, dropout=share) for share in (0, 0.8))
    power = {n: whole.power((n,), repeats=1000).iloc[0] for n in (4, 20)}
    assert power[4] < power[20] - 0.2
    assert left.power((20,), repeats=1000).iloc[0] == pytest.approx(power[4], abs=0.12)


def test_a_repeat_draws_new_women_at_the_end_of_the_trial(trial):
    """300 of each arm, of whom a tenth has left: their mean is that of the arm at its end."""
    again, other = trial.again(300, repeat=1), trial.again(300, repeat=2)
    for arm, run in trial.arms.items():
        assert again[arm].size == pytest.approx(270, abs=20)
        assert again[arm].mean() == pytest.approx(run.at(run.time[-1], "BMD hip").mean(), abs=0.4)
        assert again[arm].mean() != other[arm].mean()
    assert again["denosumab"].mean() > again["no drug"].mean() + 2
    assert (trial.p_values(300, 3) > 0).all()
