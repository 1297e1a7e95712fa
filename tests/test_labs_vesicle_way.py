"""The way of a vesicle: percent at a depth in micrometres, and which unknown matters most."""

import math

import pytest
from seen import Seen, reached

import bonelab as bl


@pytest.fixture(scope="module")
def shown():
    return Seen("vesicle_way", half_life=10, vesicle=60, canaliculus=350, partition=0.1)


def decay_length(minutes, width):
    """By hand: the root of diffusivity times life, in micrometres."""
    p = bl.parameters.load("beyond_bone")
    diffusivity = p.vesicle_diffusivity * p.vesicle_mode / width
    return math.sqrt(diffusivity * 60 * minutes / math.log(2))


def bar(shown, row):
    """Both ends of a bar, from the top."""
    x = shown.picture.bars.get_paths()[row].vertices[:, 0]
    return min(x), max(x)


def test_the_share_falls_with_depth_by_the_law_worked_by_hand(shown):
    assert shown.axis(0) == ("depth in bone (µm)", "% of surface")
    length = decay_length(10, 60)
    for depth in (0, 20, 40, 100):
        share = 10 * math.exp(-depth / length)
        assert shown.at(0, "vesicle", depth) == pytest.approx(share, rel=1e-6)


def test_the_sentence_says_the_share_as_deep_as_one_follows(shown):
    share = 10 * math.exp(-40 / decay_length(10, 60))
    assert shown.numbers[0] == pytest.approx(share, rel=0.05)
    assert "40 µm deep" in shown.text
    deep = Seen("vesicle_way", follow=80)
    share = 100 * math.exp(-80 / decay_length(30, bl.parameters.load("beyond_bone").vesicle_mode))
    assert deep.numbers[0] == pytest.approx(share, rel=0.03)
    assert "80 µm deep" in deep.text
    assert "pass the door" in deep.move(follow=0).text


def test_the_followed_vesicle_stands_at_its_depth():
    shown = Seen("vesicle_way", follow=60)
    assert shown.cursor(0)[0] == 60
    scene = shown.picture.drawing
    assert {a.get_gid() for a in scene._told.moving} == {"one at 60 µm: 55% get here"}
    near, far = (shown.move(follow=f).picture.drawing.one.moving[0] for f in (20, 80))
    assert near is far
    (right, _), (left, _) = [
        shown.move(follow=f).picture.drawing.one.moving[0].get_path().vertices.mean(0)
        for f in (80, 20)
    ]
    assert right - left == pytest.approx(60 * 3.1, rel=0.02)


def test_a_vesicle_that_does_not_fit_does_not_enter():
    p = bl.parameters.load("beyond_bone")
    shown = Seen("vesicle_way", vesicle=150, canaliculus=250)
    gap = (250 - p.process) / 2
    assert gap < 150
    assert shown.says(150)
    assert shown.says(gap)
    assert shown.at(0, "vesicle", 40) == 0


def test_a_canaliculus_that_is_filled_is_told_as_what_no_bone_shows():
    p = bl.parameters.load("beyond_bone")
    filled = Seen("vesicle_way", canaliculus=p.process)
    assert "fills the canaliculus, as it does in no bone" in filled.text
    assert "gap of 0 nm" not in filled.text
    assert filled.at(0, "vesicle", 40) == 0


def test_minutes_are_not_hours():
    short, long = Seen("vesicle_way", half_life=2), Seen("vesicle_way", half_life="2 h")
    assert short.at(0, "vesicle", 40) < long.at(0, "vesicle", 40)
    width = bl.parameters.load("beyond_bone").vesicle_mode
    share = 100 * math.exp(-40 / decay_length(120, width))
    assert long.at(0, "vesicle", 40) == pytest.approx(share, rel=1e-6)


def test_the_bars_reach_over_what_each_unknown_may_be():
    shown = Seen("vesicle_way")
    width = bl.parameters.load("beyond_bone").vesicle_mode
    assert bar(shown, 0) == pytest.approx(
        [math.exp(-40 / decay_length(m, width)) for m in (2, 360)], rel=1e-6
    )
    assert bar(shown, 1) == pytest.approx(
        [math.exp(-40 / decay_length(30, w)) for w in (100, 30)], rel=1e-6
    )
    now = math.exp(-40 / decay_length(30, width))
    assert bar(shown, 2) == pytest.approx([1e-9, now], rel=1e-6)
    assert shown.picture.here.get_xdata() == pytest.approx([now, now])


def test_the_most_open_number_is_the_door():
    lab = bl.labs.vesicle_way()
    lab.predict_again()
    assert lab.blank
    assert "%" not in lab.alt.replace("% of surface", "")
    assert "and that is what the run shows" in lab.guess("which share passes the door")


def test_more_than_ten_in_a_thousand_through_a_narrow_door():
    lab = bl.labs.vesicle_way()
    narrow = {"partition": 0.012}
    assert reached(lab, "12 in 1,000", narrow, {"half_life": 360})
    assert not reached(lab, "12 in 1,000", {"half_life": 360}), "the door is open"


def test_door_and_way_may_cost_the_same():
    lab, way = bl.labs.vesicle_way(), math.exp(-40 / decay_length(30, 90))
    assert reached(lab, "door and the way", {"partition": 0.9 * way}, {"partition": way})
    assert not reached(lab, "door and the way", {"follow": 0}), "both cost nothing"


def test_what_fits_may_still_not_get_there():
    lab = bl.labs.vesicle_way()
    assert reached(lab, "widest vesicle", {"vesicle": 100}, {"partition": 1e-7})
    assert not reached(lab, "widest vesicle", {"vesicle": 90, "partition": 1e-7})
    assert not reached(lab, "widest vesicle", {"vesicle": 105, "partition": 1e-7}), "too wide"


def test_at_the_door_of_an_open_way_all_of_them_pass():
    shown = Seen("vesicle_way", follow=0)
    assert "In this run 100% of the vesicles at the surface pass the door." in shown.text
    assert shown.end(0, "vesicle")[0] == 100  # µm
    assert shown.at(0, "vesicle", 0) == pytest.approx(100)  # %
    assert "99% of the vesicles" in shown.move(follow=5, half_life=360).text
