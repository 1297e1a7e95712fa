"""The same trial again: who stays, how they are measured, and what p compares, by hand."""

import numpy as np
import pytest
from scipy import stats

from bonelab.parameters import load
from bonelab.simulation import trial_repeats as repeats
from bonelab.simulation.cohort import Cohort
from bonelab.simulation.cohort_result import CohortRun
from bonelab.simulation.trial import Trial


def arm(end, days):
    """Women who end at these values, after a start of 100."""
    end = np.array(end, float)
    series = {"BMD hip": np.column_stack([np.full(end.size, 100.0), end])}
    women = Cohort(end.size, 1, 72.0, 50.0, 0)
    return CohortRun(women, (), "", np.array([0.0, days]), series, {"BMD hip": "%"})


def trial(years=1.0, dropout=0.0, **arms):
    return Trial({name: arm(v, 365.25 * years) for name, v in arms.items()}, "BMD hip", years,
                 dropout, 1)  # fmt: skip


@pytest.fixture
def exact(monkeypatch):
    monkeypatch.setattr(repeats, "measure", lambda values, name, random: values)


def test_two_scans_err_by_the_root_of_two():
    random = np.random.default_rng(1)
    for name, error in (("BMD hip", "BMD_error"), ("CTX", "marker_error")):
        seen = repeats.measure(np.full(200_000, 100.0), name, random)
        size = getattr(load("cohort"), error)
        assert np.log(seen / 100).std() == pytest.approx(size * np.sqrt(2), rel=0.01)
        assert np.log(seen / 100).mean() == pytest.approx(0, abs=0.01 * size)


@pytest.mark.parametrize(("years", "left"), [(1, 0.8), (2, 0.64), (0.5, 0.8**0.5)])
def test_a_fifth_of_the_women_leaves_every_year(years, left):
    """0.8 stay for one year and 0.8 x 0.8 for two, in each arm."""
    found = repeats.drawn_anew(trial(years, 0.2, a=[99, 101], b=[100, 102]), "BMD hip", 20_000, 1)
    for values in found.values():
        assert values.size / 20_000 == pytest.approx(left, abs=0.01)


def test_women_are_drawn_at_the_end_and_differ_between_arms_and_repeats(exact):
    both = trial(a=[90, 91], b=[110, 111])
    found = repeats.drawn_anew(both, "BMD hip", 400, 1)
    assert set(found["a"]) == {90, 91}
    assert set(found["b"]) == {110, 111}
    assert np.any(found["a"] - 90 != found["b"] - 110), "each arm has draws of its own"
    again = repeats.drawn_anew(both, "BMD hip", 400, 1)
    assert all(np.array_equal(found[name], again[name]) for name in found)
    other = repeats.drawn_anew(both, "BMD hip", 400, 2)
    assert not np.array_equal(found["a"], other["a"])


def test_p_compares_the_last_arm_with_the_first():
    first, last = np.array([98.0, 99, 100]), np.array([103.0, 104, 106])
    expected = stats.ttest_ind(last, first, equal_var=False).pvalue
    middle = np.array([0.0, 500, 1000])
    assert repeats.p_value({"a": first, "b": middle, "c": last}) == pytest.approx(expected)
    assert repeats.p_value({"a": first, "b": last[:1]}) == 1
    assert repeats.p_value({"a": first[:1], "b": last}) == 1
    assert repeats.p_value({"a": first[:2], "b": last[:2]}) < 1


def test_the_first_repeats_stay_when_more_are_asked_for():
    both = trial(a=[98, 100, 99], b=[99, 101, 100])
    few, many = (repeats.p_values(both, "BMD hip", 12, number) for number in (2, 4))
    assert few.tolist() == many[:2].tolist()
    own = repeats.p_value(repeats.drawn_anew(both, "BMD hip", 12, 3))
    assert many[2] == own


def test_power_is_the_share_of_trials_that_find_the_difference():
    """Equal arms: one in twenty; arms far apart: all; halfway, what the two-sample formula says."""

    def share(shift, women=20, **more):
        values = np.linspace(97, 103, 400)
        both = trial(a=values, b=values + shift, **more)
        pair = (both.arms["b"], both.arms["a"])
        random = np.random.default_rng(1)
        return repeats.share_found(both, pair, "BMD hip", women, 2000, random)

    assert share(0) == pytest.approx(0.05, abs=0.015)
    assert share(20) == 1
    spread = np.hypot(np.linspace(97, 103, 400).std(), 100 * np.sqrt(2) * load("cohort").BMD_error)
    apart = 2 / (spread * np.sqrt(2 / 20))
    assert share(2) == pytest.approx(stats.norm.cdf(apart - 1.96), abs=0.06)
    assert share(2, 40, dropout=0.75, years=0.5) == pytest.approx(share(2), abs=0.05)


def test_mean_and_half_of_its_interval():
    """Of 1, 2 and 3: mean 2, t of two degrees of freedom 4.3027 times 1/sqrt(3)."""
    mean, half = repeats.mean_and_half(np.array([1.0, 2, 3]))
    assert (mean, half) == (2, pytest.approx(4.3027 / np.sqrt(3), abs=1e-4))
    assert repeats.mean_and_half(np.array([97.0])) == (97, 0)
    assert repeats.mean_and_half(np.array([])) == (100, 0)
