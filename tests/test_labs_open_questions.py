"""Lab 8: percent of vesicles at a depth in micrometres, and one place beyond bone."""

import math

import pytest
from seen import Seen

import bonelab as bl


@pytest.fixture(scope="module")
def shown():
    return Seen("open_questions", half_life=10, vesicle=60, canaliculus=350, partition=0.1)


def decay_length(minutes, width):
    """By hand: the root of diffusivity times life, in micrometres."""
    p = bl.parameters.load("beyond_bone")
    diffusivity = p.vesicle_diffusivity * p.vesicle_mode / width
    return math.sqrt(diffusivity * 60 * minutes / math.log(2))


def test_the_share_falls_with_depth_by_the_law_worked_by_hand(shown):
    assert shown.axis(0) == ("depth in bone (µm)", "% of surface")
    length = decay_length(10, 60)
    for depth in (0, 20, 40, 100):
        share = 10 * math.exp(-depth / length)
        assert shown.at(0, "vesicle", depth) == pytest.approx(share, rel=1e-6)


def test_the_sentence_says_the_share_40_micrometres_deep(shown):
    share = 10 * math.exp(-40 / decay_length(10, 60))
    assert shown.numbers[0] == pytest.approx(share, rel=0.05)
    assert "40 µm deep" in shown.text


def test_a_vesicle_that_does_not_fit_does_not_enter():
    p = bl.parameters.load("beyond_bone")
    shown = Seen("open_questions", vesicle=150, canaliculus=250)
    gap = (250 - p.process) / 2
    assert gap < 150
    assert shown.says(150)
    assert shown.says(gap)
    assert shown.at(0, "vesicle", 40) == 0


def test_a_canaliculus_that_is_filled_is_told_as_what_no_bone_shows():
    p = bl.parameters.load("beyond_bone")
    filled = Seen("open_questions", canaliculus=p.process)
    assert "fills the canaliculus, as it does in no bone" in filled.text
    assert "gap of 0 nm" not in filled.text
    assert filled.at(0, "vesicle", 40) == 0


def test_minutes_are_not_hours():
    short, long = Seen("open_questions", half_life=2), Seen("open_questions", half_life="2 h")
    assert short.at(0, "vesicle", 40) < long.at(0, "vesicle", 40)
    width = bl.parameters.load("beyond_bone").vesicle_mode
    share = 100 * math.exp(-40 / decay_length(120, width))
    assert long.at(0, "vesicle", 40) == pytest.approx(share, rel=1e-6)


@pytest.mark.parametrize(
    ("place", "run", "name"),
    [
        ("immune: 20 nM OPG", lambda: bl.beyond_bone.immunity(opg="20 nM"), "T cells"),
        ("artery: no OPG", lambda: bl.beyond_bone.artery(opg=0), "arterial calcium"),
        ("breast: no RANKL", lambda: bl.beyond_bone.mammary_gland(rankl=0), "alveoli"),
        ("brain: 1 nM RANKL, no RANK", lambda: bl.beyond_bone.fever(rank=0), "temperature"),
    ],
)
def test_the_place_beyond_bone_is_its_own_run(place, run, name):
    shown, own = Seen("open_questions", elsewhere=place), run()
    _, heights = shown.picture.changed.get_data()
    assert heights == pytest.approx(own[name])
    assert own.summary() in shown.text
    assert shown.picture.axes.get_xlabel() in ("hours", "days", "weeks", "months")
