"""The two pathways: boxes fill with activity, blocks and drugs are marked."""

import numpy as np
import pytest
from pictures import drawn, outlines, whole, written

from bonelab import BonelabError
from bonelab.figures.pathways import ForwardPathway, ReversePathway

BOTH = pytest.mark.parametrize("kind", [ForwardPathway, ReversePathway])


def shown(kind, *args, **values):
    picture, _ = drawn(kind)
    picture.update(*args, **values)
    return picture


def filled(picture):
    """How far every box is filled, 0 to 1, from the drawing."""
    heights = {}
    for name, path in zip(picture.names, picture.diagram.gauges.get_paths(), strict=True):
        heights[name] = np.ptp(path.vertices[:, 1]) / picture.diagram.height
    return heights


@BOTH
def test_a_box_is_filled_as_far_as_its_activity(kind):
    activity = {name: k / 10 for k, name in enumerate(kind.names)}
    assert filled(shown(kind, activity)) == pytest.approx(activity)
    assert filled(shown(kind, dict.fromkeys(kind.names, 1.0))) == pytest.approx(
        dict.fromkeys(kind.names, 1.0)
    )
    assert set(filled(shown(kind)).values()) == {0.0}  # what is not given is nothing


@BOTH
def test_an_arrow_is_the_darker_the_more_its_source_does(kind):
    name = kind.names[0]
    faint = shown(kind, {name: 0.1}).diagram.links.get_facecolor().copy()
    dark = shown(kind, {name: 0.9}).diagram.links.get_facecolor()
    assert (dark.sum(axis=1) <= faint.sum(axis=1) + 1e-9).all()
    assert (dark.sum(axis=1) < faint.sum(axis=1) - 0.3).any()


@BOTH
def test_blocked_steps_are_crossed_out(kind):
    some = kind.names[1:3]
    picture = shown(kind, blocked=some)
    assert whole(picture.diagram.blocks) == 2
    crossed = picture.diagram.blocks.places[picture.diagram.blocks.scale > 0]
    boxes = [picture.diagram.nodes[name] for name in some]
    for cross, box in zip(crossed, boxes, strict=True):
        assert tuple(cross) == (box.x + box.width / 2, box.y + picture.diagram.height / 2)
    assert f"Blocked: {', '.join(some)}." in picture.alt(blocked=some)
    assert "Blocked" not in picture.alt()


@BOTH
def test_words_tell_every_box(kind):
    activity = {name: 0.125 + k / 10 for k, name in enumerate(kind.names)}
    words = drawn(kind)[0].alt(activity)
    for name, share in activity.items():
        assert f"{name} {100 * share:.0f}%" in words
    assert set(kind.names) - {"NF-kB", "JNK", "Akt", "Sp7"} <= written(shown(kind))


@pytest.mark.parametrize(
    ("occupancy", "seats"), [(0, 0), (0.09, 0), (0.21, 1), (0.5, 2), (0.8, 4), (1, 5)]
)
def test_rankl_sits_on_rank_by_the_occupancy(occupancy, seats):
    picture = shown(ForwardPathway, occupancy=occupancy)
    assert whole(picture.rank) == 5
    assert whole(picture.rankl) == seats
    assert any(words.endswith("occupied") for words in written(picture))
    assert "RANK is" in picture.alt(occupancy=occupancy)


def test_occupancy_is_told():
    assert "80% occupied" in written(shown(ForwardPathway, occupancy=0.8))
    assert "RANK is 80% occupied" in drawn(ForwardPathway)[0].alt(occupancy=0.8)


def test_without_rank_no_receptor_stands_there():
    picture = shown(ForwardPathway, occupancy=0.9, blocked=("RANK",))
    assert whole(picture.rank) == whole(picture.rankl) == 0
    assert "no RANK" in written(picture)


def test_a_vesicle_and_its_neighbours_are_drawn_where_there_are_clusters():
    for clustered, seen in ((0.0, False), (0.019, False), (0.02, True), (1.0, True)):
        picture = shown(ReversePathway, clustered=clustered)
        assert picture.vesicle.moving[0].get_visible() == seen
        assert picture.partners.moving[0].get_visible() == seen
    assert "46% of RANKL in clusters" in drawn(ReversePathway)[0].alt(clustered=0.46)


def test_rapamycin_stops_mtorc1():
    picture = shown(ReversePathway, rapamycin=20.0)
    assert picture.tablet.moving[0].get_visible()
    assert picture.block.moving[0].get_visible()
    assert "rapamycin" in written(picture)
    assert " with rapamycin on mTORC1" in picture.alt(rapamycin=20.0)
    node = picture.diagram.nodes["mTORC1"]
    assert picture.tablet.places[0][1] == node.y
    picture = shown(ReversePathway)
    assert not picture.tablet.moving[0].get_visible()
    assert not picture.block.moving[0].get_visible()
    assert "rapamycin" not in written(picture)


def test_a_tail_that_cannot_signal_is_cut():
    picture = shown(ReversePathway, tail=0.02)
    assert picture.cut.moving[0].get_visible()
    assert "P29A: tail cannot signal" in written(picture)
    assert " with a P29A tail" in picture.alt(tail=0.02)
    picture = shown(ReversePathway, tail=0.5)
    assert outlines(picture.cut.moving[0]) == 0
    assert "proline-rich tail" in written(picture)


@BOTH
def test_steps_it_does_not_have_are_refused(kind):
    with pytest.raises(BonelabError, match="p38"):
        shown(kind, {"p38": 0.5})
    with pytest.raises(BonelabError, match="p38"):
        shown(kind, blocked=("p38",))
    with pytest.raises(BonelabError, match=kind.names[0]):
        shown(kind, {kind.names[0]: 1.5})
