"""A virtual trial: its table, its words and what it refuses, on arms whose numbers can be seen."""

import numpy as np
import pytest
from scipy import stats

import bonelab as bl
from bonelab.simulation.cohort import Cohort
from bonelab.simulation.cohort_result import CohortRun
from bonelab.simulation.trial import AGE, Trial

YEAR = 365.25


def arm(end, years=1.0, name="BMD spine"):
    """Women who start at 100 and end at these values, in a straight line."""
    end = np.array(end, float)
    time = np.array([0.0, YEAR * years / 2, YEAR * years])
    values = 100 + np.outer(end - 100, [0, 0.5, 1])
    return CohortRun(Cohort(end.size, 1, 72.0, 50.0, 0), (), "", time, {name: values}, {name: "%"})


@pytest.fixture
def exact(monkeypatch):
    """Scans without an error, so that means can be worked by hand."""
    monkeypatch.setattr("bonelab.simulation.trial.measure", lambda values, name, random: values)


def trial(dropout=0.0, **arms):
    return Trial(arms, "BMD spine", 1.0, dropout, 1)


def test_the_table_by_hand(exact):
    """Means 98 and 104, difference 6; intervals and p are Student's and Welch's."""
    control, drug = [97, 98, 99], [102, 104, 106]
    table = trial(placebo=arm(control), drug=arm(drug)).table()
    assert list(table["women"]) == list(table["measured"]) == [3, 3]
    assert list(table["mean"]) == pytest.approx([98, 104])
    half = 4.3027 * 1 / np.sqrt(3)  # t of two degrees of freedom
    assert table.loc["placebo", "low"] == pytest.approx(98 - half, abs=1e-3)
    assert table.loc["placebo", "high"] == pytest.approx(98 + half, abs=1e-3)
    row = table.loc["drug"]
    assert row["difference"] == pytest.approx(6)
    welch = stats.ttest_ind(drug, control, equal_var=False)
    assert row["p"] == pytest.approx(welch.pvalue)
    assert row["difference low"] == pytest.approx(welch.confidence_interval().low)
    assert np.isnan(table.loc["placebo", "difference"])


def test_an_earlier_time_and_the_end(exact):
    """Halfway the women are halfway; 'the end' is a year where nothing is said."""
    found = trial(placebo=arm([90, 110]), drug=arm([120, 140]))
    assert found.measured()["drug"].tolist() == [120, 140]
    assert found.measured(time="6 months")["drug"] == pytest.approx([110, 120])
    assert found.table(time=YEAR / 2)["mean"].tolist() == pytest.approx([100, 115])


def test_who_has_left_is_not_measured(exact):
    found = trial(placebo=arm([90, 110, 100]), drug=arm([120, 140, 130, 150]))
    found.__dict__["stays"] = {
        "placebo": np.array([np.inf, 100, np.inf]),
        "drug": np.array([200.0, 10, np.inf, np.inf]),
    }
    assert np.isnan(found.measured()["drug"]).tolist() == [True, True, False, False]
    assert np.isnan(found.measured(time=150)["drug"]).tolist() == [False, True, False, False]
    assert found.table()["measured"].tolist() == [2, 2]


def test_the_sentence_of_a_trial(exact):
    drug = arm([102, 104, 106])
    summary = trial(placebo=arm([97, 98, 99]), drug=drug).summary()
    assert summary.startswith(
        "After 12 months (6 of 6 women measured), spine BMD is 6.0 percentage points higher on "
        "drug than on placebo (95% interval "
    )
    assert "; p = 0.0" in summary
    lower = trial(drug=drug, placebo=arm([97, 98, 99])).summary()
    assert "is 6.0 percentage points lower on placebo than on drug (95% interval " in lower
    assert " 95% interval -" not in lower
    assert trial(drug=drug).summary() == (
        "After 12 months (3 of 3 women measured), spine BMD is 104.0% of its starting value."
    )
    clear = trial(placebo=arm(np.linspace(97, 99, 50)), drug=arm(np.linspace(105, 107, 50)))
    assert clear.summary().endswith("; p < 0.001).")
    marker = Trial({"a": arm([90, 95], name="CTX")}, "CTX", 1.0, 0.0, 1)
    assert "measured), CTX is 92.5%" in marker.summary()


def test_the_last_arm_is_compared_where_none_is_named(exact):
    """Resampled differences of 6 to the last arm and of 20 to the one that is named."""
    arms = {"placebo": arm([97, 98, 99] * 9), "far": arm([118.0] * 27), "drug": arm([104.0] * 27)}
    found = Trial(arms, "BMD spine", 1.0, 0.0, 1)
    low, high = found.bootstrap(resamples=200)
    assert low < 6 < high
    assert high - low < 1
    low, high = found.bootstrap("far", resamples=200)
    assert low < 20 < high
    with pytest.raises(bl.BonelabError, match="arm = 'none'"):
        found.bootstrap("none")


def test_fewer_women_and_a_shorter_trial(exact):
    found = trial(placebo=arm([90, 92, 94]), drug=arm([110, 112, 114, 116]))
    two = found.smaller(2, years=0.5, dropout=0.2)
    assert (two.years, two.dropout, two.seed, two.endpoint) == (0.5, 0.2, 1, "BMD spine")
    assert [len(run) for run in two.arms.values()] == [2, 2]
    assert two.arms["drug"].time[-1] == YEAR / 2
    same = found.smaller(3)
    assert (same.years, same.dropout) == (1, 0)
    with pytest.raises(bl.BonelabError, match=r"women = 4.*there are 3 in the smallest arm"):
        found.smaller(4)
    with pytest.raises(bl.BonelabError, match=r"years.*the trial lasted 1 years"):
        found.smaller(2, years=1.1)


def test_women_of_an_arm_leave_at_the_rate_of_a_year():
    """Half of them within a year: half-times of a year, and each arm has leavers of its own."""
    found = trial(dropout=0.5, placebo=arm(np.full(4000, 99.0)), drug=arm(np.full(4000, 99.0)))
    for days in found.stays.values():
        assert np.median(days) == pytest.approx(YEAR, rel=0.06)
    assert found.stays["placebo"][0] != found.stays["drug"][0]
    assert np.isinf(trial(placebo=arm([99, 98])).stays["placebo"]).all()


def test_too_many_women_to_draw_are_refused(exact):
    found = trial(placebo=arm([90, 92]), drug=arm([110, 112]))
    with pytest.raises(bl.BonelabError, match="with 10000 repeats, 2000 can be"):
        found.power((2001,), repeats=10_000)


def test_arms_are_named_and_have_women_of_their_own():
    with pytest.raises(bl.BonelabError, match=r'such as \{"placebo": \[\], "drug": bl.denosumab'):
        bl.trial({})
    with pytest.raises(bl.BonelabError, match=r"arms\['drug'\] = 3"):
        bl.trial({"drug": 3})
    found = bl.trial({"a": [], "b": []}, n=2, years=0.1, seed=2, dropout=0)
    assert AGE == 72
    assert found.endpoint == "BMD spine"
    seeds = [run.cohort.seed for run in found.arms.values()]
    assert seeds == [202, 203], "101 times the seed of the trial, and the number of the arm"
    assert [len(run) for run in found.arms.values()] == [2, 2]


class Women:
    """Stands for a cohort, and counts how often it is simulated."""

    def __init__(self):
        self.plans = []

    def simulate(self, plan, **options):
        self.plans.append(plan)
        return plan


def test_an_arm_is_simulated_once(monkeypatch):
    from bonelab.simulation import trial as module

    monkeypatch.setattr(module, "_ARMS", {})
    monkeypatch.setattr(module, "_ARMS_KEPT", 2)
    women = Women()
    for plan in ("a", "a", "b", "c", "b", "a"):
        assert module._arm(women, plan, 1.0, 1, None) == plan
    assert women.plans == ["a", "b", "c", "a"], "there was room for two"
    module._arm(women, "a", 2.0, 1, None)
    assert len(women.plans) == 5
