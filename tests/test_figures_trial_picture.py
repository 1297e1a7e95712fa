"""The picture of a virtual trial: women, means with intervals, and power."""

import numpy as np
import pytest
from pictures import ONCE, seen, written

import bonelab as bl
from bonelab.figures.trial_picture import TrialPicture


@pytest.fixture(scope=ONCE)
def lab():
    return bl.labs.virtual_trial()


@pytest.fixture(scope=ONCE)
def result(lab):
    return seen(lab)


@pytest.fixture(scope=ONCE)
def picture(result):
    return TrialPicture(result)


def test_every_woman_is_a_mark_at_her_density(result, picture):
    for k, (arm, values) in enumerate(result["trial"].measured().items()):
        x, y = picture.women[k].get_data()
        assert np.array_equal(y, values, equal_nan=True)  # who left was not measured
        assert (np.abs(np.asarray(x) - k) <= 0.22).all(), arm
        assert picture.women[k].get_linestyle() == "None"
    assert {look.get_marker() for look in picture.women} == {"o", ">"}
    assert set(result["trial"].measured()) <= written(picture)


def test_means_and_intervals_are_those_of_the_table(result, picture):
    for k, arm in enumerate(result["trial"].measured()):
        row = result["table"].loc[arm]
        assert set(picture.means[k].get_ydata()) == {row["mean"]}
        assert np.mean(picture.means[k].get_xdata()) == pytest.approx(k)
        assert list(picture.bars[k].get_xdata()) == [k, k]
        assert list(picture.bars[k].get_ydata()) == [row["low"], row["high"]]


def test_power_is_a_line_with_a_cursor_at_the_size_of_the_trial(result, picture):
    power = result["power"]
    assert list(picture.power.get_xdata()) == list(power.index)
    assert list(picture.power.get_ydata()) == list(power.values)
    assert picture.power.get_marker() == ""
    women = int(result["table"]["women"].iloc[0])
    x, y = picture.cursor.line.get_data()
    assert x[0] == women
    assert y[1] == pytest.approx(power.loc[women])
    ticks = [label.get_text() for label in picture.right.get_xticklabels()]
    assert ticks == ["10", "20", "50", "100", "200"]
    assert [label.get_text() for label in picture.right.get_yticklabels()] == [
        "0%", "20%", "40%", "60%", "80%", "100%",
    ]  # fmt: skip
    levels = [list(line.get_ydata()) for line in picture.right.lines]
    assert [0.8, 0.8] in levels


def test_the_axis_holds_every_woman(lab, picture):
    for months in (6, 24):
        shown = seen(lab, months=months)
        picture.update(shown)
        low, high = picture.left.get_ylim()
        highest = max(np.nanmax(v) for v in shown["trial"].measured().values())
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


def test_words_tell_means_power_and_the_trial(result, picture):
    words = picture.alt(result)
    for arm, mean in result["table"]["mean"].items():
        assert f"{arm} {mean:.1f}%" in words
    for women, share in result["power"].items():
        assert f"{women} women {share:.0%}" in words
    assert result["trial"].summary() in words
