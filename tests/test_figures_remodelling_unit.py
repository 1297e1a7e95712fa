"""The drawn remodelling unit: cells, molecules, arrows and the key follow the values."""

import numpy as np
import pytest
from pictures import drawn, extent, whole, written

from bonelab import BonelabError
from bonelab.figures.remodelling_unit import RemodellingUnit


def shown(**values):
    picture, _ = drawn(RemodellingUnit)
    picture.update(**values)
    return picture


def width(flow):
    """Width of an arrow's shaft, in micrometres of the drawing, from its outline's area."""
    (arrow,) = flow.moving
    if not arrow.get_visible():
        return 0.0
    return np.sqrt(abs(area(arrow.get_path().vertices)))


def area(points):
    x, y = points.T
    return 0.5 * np.sum(x * np.roll(y, -1) - y * np.roll(x, -1))


def test_health_has_two_precursors_a_team_and_four_builders():
    picture = shown()
    assert whole(picture.precursors) == 2
    assert whole(picture.osteoclasts) == 1
    assert whole(picture.pre_osteoblasts) == 2
    assert whole(picture.osteoblasts) == 4
    assert whole(picture.osteocytes) == 3
    assert whole(picture.rankl) == 5
    assert whole(picture.vesicles) == 4
    assert whole(picture.free_opg) == 2
    assert whole(picture.on_opg) == pytest.approx(0.7 * 5)
    assert whole(picture.on_drug) == 0
    assert written(picture) >= {
        "×1.0", "precursors ×1.0", "osteoblasts ×1.0", "resorption ×1.0", "formation ×1.0",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("argument", "stamp", "healthy"),
    [("precursors", "precursors", 2), ("osteoclasts", "osteoclasts", 1),
     ("pre_osteoblasts", "pre_osteoblasts", 2), ("osteoblasts", "osteoblasts", 4),
     ("osteocytes", "osteocytes", 3), ("rankl", "rankl", 5), ("free_opg", "free_opg", 2),
     ("vesicles", "vesicles", 4)],
)  # fmt: skip
@pytest.mark.parametrize("times", [0, 0.5, 1])
def test_numbers_follow_the_values(argument, stamp, healthy, times):
    picture = shown(**{argument: times})
    assert whole(getattr(picture, stamp)) == pytest.approx(times * healthy)


def test_vesicles_follow_the_osteoclasts_unless_given():
    assert whole(shown(osteoclasts=0.5).vesicles) == pytest.approx(2)
    assert whole(shown(osteoclasts=0.5, vesicles=2).vesicles) == pytest.approx(8)


def test_rankl_sits_on_opg_and_on_the_drug_by_their_shares():
    picture = shown(rankl=2, on_opg=0.4, on_drug=0.3)
    assert whole(picture.rankl) == 10
    assert whole(picture.on_opg) == pytest.approx(4)
    assert whole(picture.on_drug) == pytest.approx(3)
    together = shown(rankl=2, on_opg=0.9, on_drug=0.3)  # no RANKL sits on both
    assert whole(together.on_drug) == pytest.approx(1)


def test_occupied_rank_carries_rankl():
    assert whole(shown(occupancy=0.5).on_rank) == pytest.approx(2 * 2)  # of four on each of two
    assert whole(shown(occupancy=0.5, precursors=1.5).on_rank) == pytest.approx(3 * 2)
    assert whole(shown(occupancy=0).on_rank) == 0


@pytest.mark.parametrize("w", [0.2, 0.5, 0.64, 0.8])
def test_both_routes_are_drawn_as_wide_as_their_parts(w):
    picture = shown(reverse_route=w, matrix_route=1 - w)
    assert picture.reverse.rate == pytest.approx(w)
    assert picture.matrix.rate == pytest.approx(1 - w)
    wider, narrower = (picture.reverse, picture.matrix) if w > 0.5 else (
        picture.matrix, picture.reverse
    )  # fmt: skip
    if w != 0.5:
        assert width(wider) > width(narrower)
    assert {"reverse", "matrix"} <= written(picture)
    words = picture.alt(reverse_route=w, matrix_route=1 - w)
    assert f"{w:.2f} through vesicles (reverse), {1 - w:.2f} through the matrix" in words


def test_a_route_of_share_nothing_is_not_drawn_at_all():
    before = len(drawn(RemodellingUnit)[1].axes[0].patches)
    picture = shown(reverse_route=0, matrix_route=1)
    assert not picture.reverse.moving[0].get_visible()
    assert picture.matrix.moving[0].get_visible()
    assert "reverse" not in written(picture)
    assert "matrix" in written(picture)
    picture = shown(reverse_route=1, matrix_route=0)
    assert picture.reverse.moving[0].get_visible()
    assert not picture.matrix.moving[0].get_visible()
    assert "matrix" not in written(picture)
    assert len(drawn(RemodellingUnit)[1].axes[0].patches) == before


@pytest.mark.parametrize(
    ("argument", "flow"),
    [("resorption", "resorption"), ("formation", "formation"), ("forward", "forward"),
     ("rankl", "supply")],
)  # fmt: skip
def test_arrows_grow_with_the_rate_and_vanish_without_it(argument, flow):
    widths = [width(getattr(shown(**{argument: rate}), flow)) for rate in (0.0, 0.5, 1.0, 1.9)]
    assert widths[0] == 0
    assert widths == sorted(widths)
    assert getattr(shown(**{argument: 0.7}), flow).rate == pytest.approx(0.7)


def test_the_key_names_what_is_there_and_nothing_else():
    assert {"RANKL", "RANK", "OPG", "vesicle"} <= written(shown())
    assert "antibody" not in written(shown())
    assert not shown().entries["antibody"][0].moving[0].get_visible()
    assert "antibody" in written(shown(on_drug=0.2))
    nothing = written(shown(rankl=0, precursors=0, free_opg=0, on_opg=0, osteoclasts=0))
    assert not {"RANKL", "RANK", "OPG", "vesicle"} & nothing
    assert "OPG" in written(shown(free_opg=0, on_opg=0.1))


def test_new_bone_is_as_thick_as_formation_is_fast_and_carries_the_builders():
    thickness = []
    for formation in (0.0, 1.0, 2.0, 5.0):
        picture = shown(formation=formation)
        _, foot, _, top = extent(picture._osteoid)
        thickness.append(top - foot)
        builders = extent(picture.osteoblasts.moving[-1])
        assert builders[1] > top
    assert thickness == pytest.approx([1, 6, 11, 11])


def test_a_pit_is_as_deep_as_its_osteoclasts_work():
    def depth(**values):
        _, foot, _, top = extent(shown(**values).pits.moving[0])
        return top - foot

    assert depth(resorption=0.25) == pytest.approx(depth() / 2, rel=0.01)
    assert depth(resorption=3) == pytest.approx(depth())
    assert whole(shown(resorption=0).pits) == 0


def test_words_and_drawing_say_the_same_numbers():
    values = {"osteoclasts": 1.44, "resorption": 1.71, "osteoblasts": 1.26, "formation": 0.5,
              "rankl": 2.04, "precursors": 0.7}  # fmt: skip
    picture = shown(**values)
    assert {"×1.4", "resorption ×1.7", "osteoblasts ×1.3", "formation ×0.5",
            "precursors ×0.7"} <= written(picture)  # fmt: skip
    words = picture.alt(**values)
    for part in ("osteoclasts ×1.4", "resorption ×1.7", "osteoblasts ×1.3", "formation ×0.5",
                 "RANKL ×2.0"):  # fmt: skip
        assert part in words


@pytest.mark.parametrize(
    "wrong", [{"osteoclasts": np.nan}, {"on_opg": 1.2}, {"reverse_route": -0.1}, {"rankl": "two"}]
)
def test_what_cannot_be_is_refused_by_name(wrong):
    with pytest.raises(BonelabError, match=next(iter(wrong))):
        shown(**wrong)
