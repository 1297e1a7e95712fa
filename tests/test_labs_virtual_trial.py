"""The virtual trial: women, means, p and power of two arms, and the same trial again."""

import numpy as np
import pytest
from scipy import stats
from seen import Seen, reached

import bonelab as bl
from bonelab.labs.virtual_trial import EVERY, HALF, HARDLY, _often

SETTING = {"women": 40, "months": 12, "dropout": 20, "again": 3}
ARMS = {"no drug": [], "60 mg": bl.denosumab("60 mg", doses=4)}


@pytest.fixture(scope="module")
def shown():
    return Seen("virtual_trial", **SETTING)


@pytest.fixture(scope="module")
def trial():
    return bl.trial(ARMS, n=200, years=1, endpoint="BMD hip").smaller(200, dropout=0.2)


def test_the_sentence_says_women_months_difference_and_p(shown, trial):
    women = trial.again(40, repeat=3)
    control, drug = women.values()
    assert shown.says(control.size + drug.size)
    assert shown.says(80)
    assert shown.says(12)
    difference = drug.mean() - control.mean()
    assert f"hip BMD is {difference:.1f} percentage points higher on 60 mg" in shown.text
    assert stats.ttest_ind(drug, control, equal_var=False).pvalue < 0.001
    assert "(p < 0.001)" in shown.text


def test_the_sentence_counts_the_trials_and_says_the_power(trial):
    small = Seen("virtual_trial", arms="denosumab 14 mg or 60 mg", women=50, again=12)
    p = small.lab.run["p"]
    assert len(p) == 12
    assert f"was found in {(p < 0.05).sum()} of 12 trials" in small.text
    power = small.lab.run["power"].loc[50]
    assert f"power says {power:.0%}, which is {12 * power:.0f} of 12 on average." in small.text
    assert "of 1 trial," in small.move(again=1).text


def test_a_fall_is_told_as_a_fall(trial):
    turned = Seen("virtual_trial", arms="denosumab 60 mg in both arms", women=30, again=1)
    for repeat in range(1, 8):
        control, drug = turned.move(again=repeat).lab.run["women"].values()
        word = "higher" if drug.mean() >= control.mean() else "lower"
        assert f"points {word} in the second arm than in the first" in turned.text
    assert "whatever is found is chance" in turned.text


def test_a_gain_that_no_drug_comes_near_is_told_as_a_prediction(shown):
    three = Seen("virtual_trial", arms="denosumab or three-armed antibody", women=20, months=6)
    assert "is a prediction and not a finding" in three.text
    assert "higher on the three-armed antibody than on denosumab" in three.text
    assert "prediction" not in shown.text


def test_women_leave_at_the_rate_that_is_set(shown):
    nobody = Seen("virtual_trial", women=200, months=12, dropout=0, again=1)
    assert nobody.numbers[:2] == [400, 400]
    leave = nobody.move(dropout=30).numbers
    assert leave[0] == pytest.approx(400 * 0.7, abs=30)
    assert nobody.move(months=24).numbers[0] == pytest.approx(400 * 0.49, abs=30)


def test_the_power_is_that_of_the_whole_trial(shown, trial):
    power = trial.power((4, 7, 10, 20, 40, 50, 100, 200), repeats=300)
    for women, share in power.items():
        assert f"{women} women {100 * share:.0f}%" in shown.lab.alt


def test_again_brings_new_women_and_keeps_the_earlier_trials():
    shown = Seen("virtual_trial", arms="denosumab 14 mg or 60 mg", women=30, again=4)
    before, women = shown.lab.run["p"], shown.lab.run["women"]
    assert shown.lab.touch("again") == ""
    after = shown.lab.run
    assert shown.lab.values["again"] == 5
    assert list(after["p"][:4]) == list(before)
    assert not np.array_equal(after["women"]["60 mg"], women["60 mg"])
    assert shown.lab.controls["again"].play


def test_eighty_percent_with_few_women():
    lab = bl.labs.virtual_trial()
    year = {"months": 12, "dropout": 0}
    assert reached(lab, "80%", year | {"women": 5}, {"women": 9})
    assert not reached(lab, "80%", {"women": 9, "months": 24}), "at 12 months"
    assert not reached(lab, "80%", {"arms": "denosumab 14 mg or 60 mg", "women": 9})


def test_a_difference_between_equal_arms_needs_tries():
    lab = bl.labs.virtual_trial()
    equal = {"arms": "denosumab 60 mg in both arms", "women": 50}
    p = lab.set(**equal, again=40).run["p"]
    found = int(np.flatnonzero(p < 0.05)[0]) + 1
    tries = equal | {"again": found - 1}
    assert reached(lab, "both arms get the same", tries, {"again": found})
    last = next(k for k in range(found, 40) if p[k - 1] >= 0.05)
    assert reached(lab, "both arms get the same", tries, {"again": last}), "any of them counts"
    assert not reached(lab, "both arms get the same", {"arms": "no drug or denosumab 60 mg"})


def test_drop_out_can_lose_what_was_found():
    lab = bl.labs.virtual_trial()
    doses = {"arms": "denosumab 14 mg or 60 mg", "women": 100}
    whole, less = (lab.set(**doses, dropout=d, again=40).run["p"] for d in (0, 30))
    (lost, *_) = np.flatnonzero((whole < 0.05) & (less >= 0.05)) + 1
    start = doses | {"dropout": 0, "again": int(lost)}
    assert reached(lab, "drop-out alone", start, {"dropout": 30})
    assert not reached(lab, "drop-out alone", start | {"dropout": 30}, {"dropout": 0})


def test_about_half_of_the_trials_find_it_and_nothing_tells_before():
    lab = bl.labs.virtual_trial()
    lab.predict_again()
    assert lab.blank
    assert "lie below" not in lab.alt
    assert "and that is what the run shows" in lab.guess("about half of the times")
    assert 0.4 < lab.run["power"].loc[70] < 0.6
    assert 5 <= (lab.run["p"] < 0.05).sum() <= 15


@pytest.mark.parametrize(
    ("times", "words"), [(0, HARDLY), (1, HARDLY), (2, HALF), (16, HALF), (17, EVERY), (20, EVERY)]
)
def test_how_often_has_the_words_of_twenty_trials(times, words):
    assert _often(times, 20) == words


def test_the_picture_shows_the_trial_that_the_sentence_tells():
    shown = Seen("virtual_trial", women=30, months=12, dropout=20, again=4)
    run, picture = shown.lab.run, shown.picture
    dots = [len(women.get_xdata()) for women in picture.women]
    assert dots == [women.size for women in run["women"].values()]
    assert shown.says(sum(dots))
    means = [float(mean.get_ydata()[0]) for mean in picture.means]
    assert shown.says(abs(means[1] - means[0]), 1)
    x, y = picture.cursor.line.get_data()
    assert (x[0], f"power says {max(y):.0%}" in shown.text) == (30, True)
    assert len(picture.trials.get_xdata()) == 3, "and the latest, filled"
    assert float(picture.latest.get_xdata()[0]) == pytest.approx(max(run["p"][-1], 3e-4))
    early = shown.move(months=6)
    assert "measured after 6 months" in early.text
    assert [float(mean.get_ydata()[0]) for mean in picture.means][1] < means[1]
