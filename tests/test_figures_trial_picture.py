"""The picture of a virtual trial: women, means with intervals, power, and the dance of p."""

import numpy as np
import pytest
from pictures import ONCE, seen, written
from scipy import stats

import bonelab as bl
from bonelab.figures import trial_picture
from bonelab.figures.trial_picture import TrialPicture
from bonelab.simulation.trial_repeats import mean_and_half


@pytest.fixture(scope=ONCE)
def lab():
    return bl.labs.virtual_trial()


@pytest.fixture(scope=ONCE)
def result(lab):
    return seen(lab, arms="denosumab 14 mg or 60 mg", again=6)


@pytest.fixture(scope=ONCE)
def picture(result):
    return TrialPicture(result)


def test_every_woman_is_a_mark_at_her_density(result, picture):
    for k, (arm, values) in enumerate(result["women"].items()):
        x, y = picture.women[k].get_data()
        assert np.array_equal(y, values)  # who left is not there
        assert (np.abs(np.asarray(x) - k) <= 0.22).all(), arm
        assert picture.women[k].get_linestyle() == "None"
    assert {look.get_marker() for look in picture.women} == {"o", ">"}
    assert set(result["women"]) <= written(picture)


def test_means_and_intervals_are_those_of_the_women(result, picture):
    for k, values in enumerate(result["women"].values()):
        there = values
        ends = stats.ttest_1samp(there, 0).confidence_interval()
        assert list(picture.means[k].get_ydata()) == pytest.approx([there.mean()] * 2)
        assert np.mean(picture.means[k].get_xdata()) == pytest.approx(k)
        assert list(picture.bars[k].get_xdata()) == [k, k]
        assert list(picture.bars[k].get_ydata()) == pytest.approx([ends.low, ends.high])
    assert mean_and_half(np.array([3.0])) == (3, 0)


def test_power_is_a_line_with_a_cursor_at_the_size_of_the_trial(result, picture):
    power = result["power"]
    assert list(picture.power.get_xdata()) == list(power.index)
    assert list(picture.power.get_ydata()) == list(power.values)
    assert picture.power.get_marker() == ""
    women = result["size"]
    x, y = picture.cursor.line.get_data()
    assert x[0] == women
    assert y[1] == pytest.approx(power.loc[women])
    ticks = [label.get_text() for label in picture.right.get_xticklabels()]
    assert ticks == ["5", "10", "20", "50", "100", "200"]
    levels = [list(line.get_ydata()) for line in picture.right.lines]
    assert [0.8, 0.8] in levels


def test_a_dot_falls_for_each_trial_and_stays(lab, picture):
    four = seen(lab, arms="denosumab 14 mg or 60 mg", again=4)
    picture.update(four)
    x, y = (np.r_[part, last] for part, last in
            zip(picture.trials.get_data(), picture.latest.get_data(), strict=True))  # fmt: skip
    assert x == pytest.approx(np.clip(four["p"], 3e-4, 1))
    six = seen(lab, arms="denosumab 14 mg or 60 mg", again=6)
    picture.update(six)
    later = picture.trials.get_data()
    assert later[0][:4] == pytest.approx(x)
    assert later[1][:4] == pytest.approx(y)
    assert picture.latest.get_xdata() == pytest.approx(np.clip(six["p"][-1:], 3e-4, 1))
    found = int((six["p"] < 0.05).sum())
    assert f"found in {found} of 6" in {a.get_gid() for a in picture.count.moving}
    assert [0.05, 0.05] in [list(line.get_xdata()) for line in picture.dance.lines]


def test_the_axis_of_p_is_the_button_that_brings_new_women(picture):
    ((id, (name, (left, top, width, height))),) = picture.regions.items()
    assert (id, name) == ("again", "Again, with new women")
    box = picture.dance.get_position()
    assert (left, width, height) == pytest.approx((box.x0, box.width, box.height))
    assert top == pytest.approx(1 - box.y1)


def test_the_axis_holds_every_woman(lab, picture):
    for months in (6, 24):
        shown = seen(lab, months=months)
        picture.update(shown)
        low, high = picture.left.get_ylim()
        highest = max(v.max() for v in shown["women"].values())
        assert highest < high
        assert low < 100 < high


def test_the_power_of_the_start_stays_in_grey(lab, result, picture):
    picture.ghost(result)
    (grey,) = [line for line in picture.right.lines if line.get_gid() == "ghost"]
    picture.update(seen(lab, women=20))
    assert list(grey.get_ydata()) == list(result["power"].values)


def test_no_more_than_a_hundred_women_of_an_arm_are_drawn(lab, picture):
    picture.update(seen(lab, women=200))
    assert [len(women.get_xdata()) for women in picture.women] == [100, 100]
    assert picture.cursor.line.get_xdata()[0] == 200


def test_words_tell_means_power_and_the_trials(result, picture):
    words = picture.alt(result)
    for arm, values in result["women"].items():
        assert f"{arm} {values.mean():.1f}%" in words
    for women, share in result["power"].items():
        assert f"{women} women {share:.0%}" in words
    p = result["p"]
    assert f"6 trials: {(p < 0.05).sum()} lie below 0.05, and the latest p is" in words
    assert (f"is {p[-1]:.2g}." if p[-1] >= 0.001 else "is less than 0.001.") in words


def test_no_line_dot_or_axis_lies_under_the_words_beside_p(lab, picture):
    picture.update(seen(lab, arms="denosumab 14 mg or 60 mg", again=40))
    picture.figure.canvas.draw()
    axes = picture.dance.get_window_extent()
    (count,) = picture.count.moving
    assert count.get_window_extent().y0 > axes.y1, "the count stands above the axes"
    (button,) = [text for text in picture.dance.texts if "again" in text.get_text()]
    box = button.get_bbox_patch().get_window_extent()
    assert box.y0 > axes.y0
    assert box.x1 < picture.dance.transData.transform((0.05, 0))[0], "left of the line at 0.05"
    dots = picture.dance.transData.transform(picture.trials.get_xydata())
    assert dots[:, 1].min() > box.y1


def test_an_axis_of_a_trial_has_one_of_three_lengths():
    """In percent of the start; the first that holds every woman is shown."""
    assert trial_picture._SCALES == ((92, 116), (90, 146), (85, 210))
