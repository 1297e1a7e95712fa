"""RANKL on an osteoblast: crosslinkers touch as many heads as they hold."""

import numpy as np
import pytest
from pictures import drawn, whole, written

import bonelab as bl
from bonelab import BonelabError
from bonelab.figures import crosslinkers, molecules
from bonelab.figures.crosslinkers import KINDS, MOST, pose
from bonelab.figures.crosslinking_picture import CrosslinkingPicture

TOP = 150 + 1.5 * 20  # just inside the heads of RANKL on the membrane


def shown(**values):
    picture, _ = drawn(CrosslinkingPicture)
    picture.update(**values)
    return picture


def holding(picture, kind):
    """How many crosslinkers of a kind hold 0, 1, 2, 3 RANKL in the drawing."""
    stamps = picture.crosslinkers.stamps
    return {held: whole(stamp) for (name, held), stamp in stamps.items() if name == kind}


def heads(picture):
    """Places of the heads of all drawn RANKL, sideways."""
    outline = picture.rankl.moving[-1].get_path().vertices  # the middles of the trimers
    return np.unique(outline[:, 0].reshape(12, -1).mean(axis=1).round(1))


@pytest.mark.parametrize("kind", ["vesicle", "trimerised antibody"])
def test_groups_are_drawn_as_the_shares_say(kind):
    """Of 12 RANKL half in clusters are two groups of three, a sixth in pairs is one pair."""
    picture = shown(clustered=0.5, pairs=1 / 6, single=1 / 6, masked=1 / 12, kind=kind)
    held = holding(picture, kind)
    assert (held[3], held[2], held[1]) == (2, 1, 2)
    assert whole(picture.opg) == 1
    assert all(not sum(holding(picture, other).values()) for other in KINDS if other != kind)


def test_an_ordinary_antibody_holds_two_and_never_three():
    picture = shown(pairs=0.5, single=0.25, kind="antibody")
    assert holding(picture, "antibody")[2] == 3
    assert holding(picture, "antibody")[1] == 3
    assert MOST["antibody"] == 2
    assert whole(picture.kinases) == 0


def test_soluble_rank_holds_one():
    picture = shown(single=0.5, kind="soluble RANK")
    assert holding(picture, "soluble RANK")[1] == 6
    assert MOST["soluble RANK"] == 1


@pytest.mark.parametrize(("kind", "held"), [(k, n) for k in KINDS for n in range(1, MOST[k] + 1)])
def test_the_tips_touch_the_heads_of_the_rankl_that_is_held(kind, held):
    """Each head of the group, the middle one too, has a part of the crosslinker within it."""
    outline = np.vstack([layer.path.vertices for layer in pose(kind, held)])
    radius = 0.29 * 20  # of a lobe
    for x in crosslinkers.HELD[held]:
        away = np.hypot(outline[:, 0] - x, outline[:, 1])
        assert away.min() < radius, f"the head at {x} is not touched"


@pytest.mark.parametrize("kind", ["antibody", "trimerised antibody"])
@pytest.mark.parametrize("held", [1, 2])
def test_a_free_arm_reaches_up_and_touches_no_neighbour(kind, held):
    sites = pose(kind, held)[-1].path  # white dots at the ends of the arms
    dots = sites.vertices.reshape(-1, len(sites.vertices) // arms(kind), 2).mean(axis=1)
    assert len(dots) == arms(kind)
    low = dots[dots[:, 1] < 6]
    assert len(low) == held
    assert (dots[:, 1] > 20).sum() == arms(kind) - held


def arms(kind):
    return 2 if kind == "antibody" else 3


def test_a_trimerised_antibody_has_three_arms_and_no_more():
    sites = molecules.trimer_antibody()[-1].path
    assert int((sites.codes == 1).sum()) == 3


@pytest.mark.parametrize("number", [1, 2, 3, 10, 30])
@pytest.mark.parametrize("held", [0, 1, 2, 3])
def test_a_vesicle_has_as_many_heads_as_the_slider_says(number, held):
    studs = pose("vesicle", held, number)[0].path
    assert int((studs.codes == 1).sum()) == 2 * number  # a stalk and a cup each


def test_the_drawing_follows_the_slider_of_heads():
    picture, _ = drawn(CrosslinkingPicture)
    for number in (1, 10, 30, 10):
        picture.update(single=0.25, heads=number, loose=0.5)
        (studs, *_) = picture.crosslinkers.stamps["vesicle", 1].moving
        assert int((studs.get_path().codes == 1).sum()) == 3 * 2 * number
        assert f"vesicle with {number} RANK" in picture.alt(single=0.25, heads=number)


def test_what_a_lab_gives_is_what_is_drawn():
    """From the run of the dish to the drawing: shares of RANKL in twelfths."""
    linked = bl.binding.crosslinking(0.02, valence=3, kd="0.003 nM")
    drawing = bl.draw.clusters(linked, kind="trimerised antibody")
    assert f"{100 * linked.clustered:.0f}% in clusters of three or more" in drawing.alt
    assert "trimerised antibody:" in drawing.alt
    ten = bl.binding.crosslinking(0.01, valence=10)
    assert "vesicle with 10 RANK" in bl.draw.clusters(ten).alt


def test_rankl_of_a_cluster_stands_close_and_the_rest_keeps_its_place():
    apart = heads(shown())
    assert np.diff(apart) == pytest.approx([36.9] * 11, abs=0.2)
    close = np.sort(np.diff(heads(shown(clustered=0.25))))
    assert close[:2] == pytest.approx([17, 17], abs=0.2)


def test_a_kinase_docks_where_three_stand_together_and_nothing_is_phosphorylated():
    picture = shown(clustered=0.5, signal=0.6)
    assert whole(picture.kinases) == pytest.approx(6 * 0.6)
    assert "kinase at the tail" in written(picture)
    below = picture.kinases.moving[0].get_path().vertices[:, 1].max()
    assert below < 150, "inside the cell"
    assert not hasattr(molecules, "phosphate")
    picture = shown(pairs=1.0)
    assert whole(picture.kinases) == 0
    assert "kinase at the tail" not in written(picture)
    assert "P" not in written(picture)


def test_a_signal_too_small_to_see_draws_no_kinase():
    assert whole(shown(clustered=1.0, signal=0.019).kinases) == 0
    assert whole(shown(clustered=1.0, signal=0.02).kinases) == pytest.approx(0.24)


def test_a_mutant_tail_is_crossed_out_and_told():
    picture = shown(clustered=1.0, tail=0.02)
    assert picture.crosses.moving[0].get_visible()
    assert "(mutant tail)" in written(picture)
    assert "tail passes on 2.0%" in written(picture)
    picture = shown(clustered=1.0, tail=0.5)
    assert not picture.crosses.moving[0].get_visible()
    assert "(mutant tail)" not in written(picture)


def test_the_signal_follows_the_clusters_unless_it_is_given():
    assert shown(clustered=0.5).signal.rate == pytest.approx(0.5)
    assert shown(clustered=0.5, tail=0.6).signal.rate == pytest.approx(0.3)
    picture = shown(clustered=0.5, signal=0.8)
    assert picture.signal.rate == pytest.approx(0.8)
    assert "tail passes on 80%" in written(picture)


def test_without_rankl_nothing_stands_on_the_membrane():
    picture = shown(present=0.0)
    assert not picture.rankl.moving[0].get_visible()
    assert "(no RANKL here)" in written(picture)
    assert "free 0%" in written(picture)
    assert "missing RANKL" in picture.alt(present=0.0)


def test_what_is_stopped_further_down_is_told():
    picture = shown(clustered=1.0, stopped=1.0)
    assert "(stopped below)" in written(picture)
    assert "stopped further down" in picture.alt(clustered=1.0, stopped=1.0)
    assert "stopped" not in picture.alt(clustered=1.0)


def test_the_bar_tells_every_state():
    picture = shown(clustered=0.5, pairs=0.2, single=0.1, masked=0.05)
    assert {
        "in clusters 50%", "in pairs 20%", "held singly 10%", "on OPG 5.0%", "free 15%",
    } <= written(picture)  # fmt: skip
    assert picture.alt(clustered=0.5, pairs=0.2, single=0.1, masked=0.05) == (
        "Drawing of RANKL on an osteoblast, crosslinker vesicle with 10 RANK: 50% in clusters of "
        "three or more, 20% in pairs, 10% held singly, 5.0% covered by OPG; the tail of RANKL "
        "passes on 50%."
    )


@pytest.mark.parametrize(("loose", "number"), [(0, 0), (0.5, 3), (1, 6)])
def test_crosslinkers_in_the_fluid_follow_the_dose(loose, number):
    assert holding(shown(loose=loose), "vesicle")[0] == pytest.approx(number)


@pytest.mark.parametrize(
    "wrong",
    [{"clustered": 0.6, "pairs": 0.6}, {"kind": "zipper"}, {"heads": 0}, {"heads": 101},
     {"clustered": np.nan}, {"signal": 2}, {"tail": -1}],
)  # fmt: skip
def test_what_cannot_be_is_refused(wrong):
    with pytest.raises(BonelabError):
        shown(**wrong)


def test_heads_are_touched_where_the_membrane_has_them():
    """The anchor of a pose is set down at the top of the heads."""
    picture = shown(clustered=0.25)
    stamp = picture.crosslinkers.stamps["vesicle", 3]
    vertices = stamp.moving[0].get_path().vertices
    assert abs(vertices[:, 1].min() - TOP) < 6
