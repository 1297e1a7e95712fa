"""Dendritic cells and T cells: numbers follow the run."""

import pytest
from pictures import drawn, whole, written

from bonelab import BonelabError
from bonelab.figures.immune_picture import ImmunePicture


def shown(**values):
    picture, _ = drawn(ImmunePicture)
    picture.update(**values)
    return picture


def test_without_rankl_one_dendritic_cell_and_no_t_cell():
    picture = shown()
    assert whole(picture.dendritic) == 1
    assert whole(picture.t_cells) == whole(picture.seated) == 0
    assert {"dendritic cells ×1.0", "T cells 0% of most", "RANK 0% occupied"} <= written(picture)


def test_numbers_follow_the_values():
    picture = shown(dendritic=2.5, t_cells=0.4, occupancy=0.5)
    assert whole(picture.dendritic) == pytest.approx(2.5)
    assert whole(picture.t_cells) == pytest.approx(12)  # of thirty
    assert whole(picture.seated) == pytest.approx(2 * 2)  # two of four RANK on two whole cells
    assert {"dendritic cells ×2.5", "T cells 40% of most", "RANK 50% occupied"} <= written(picture)
    assert picture.alt(dendritic=2.5, t_cells=0.4, occupancy=0.5) == (
        "Drawing of dendritic cells with RANK among T cells with RANKL: 2.5 times as many "
        "dendritic cells as without RANKL, T cells at 40% of the most there can be, 50% of RANK "
        "occupied."
    )


def test_a_cell_without_rank_shows_none():
    picture = shown(dendritic=2, rank=0)
    assert whole(picture.receptors) == whole(picture.seated) == 0
    assert "no RANK" in written(picture)
    told = picture.alt(dendritic=2, rank=0)
    assert "dendritic cells without RANK among T cells" in told
    assert "occupied" not in told


@pytest.mark.parametrize(("rank", "each"), [(0.25, 1), (0.6, 2.4), (1, 4), (2, 8), (5, 8)])
def test_a_cell_shows_four_rank_for_the_usual_amount(rank, each):
    picture = shown(dendritic=3, occupancy=0.5, rank=rank)
    assert whole(picture.receptors) == pytest.approx(3 * each)
    assert whole(picture.seated) == pytest.approx(3 * each / 2)


def test_no_more_is_drawn_than_there_is_room_for():
    picture = shown(dendritic=40, t_cells=1, occupancy=1)
    assert whole(picture.dendritic) == 6
    assert whole(picture.t_cells) == 30
    assert whole(picture.receptors) == whole(picture.seated) == 24
    assert "dendritic cells ×40.0" in written(picture)


def test_t_cells_gather_around_dendritic_cells():
    picture = shown()
    for place in picture.t_cells.places:
        near = min(((place - cell) ** 2).sum() ** 0.5 for cell in picture.dendritic.places)
        assert near == pytest.approx(29)


@pytest.mark.parametrize(
    "wrong", [{"dendritic": -1}, {"t_cells": "many"}, {"occupancy": 1.1}, {"rank": -1}]
)
def test_what_cannot_be_is_refused_by_name(wrong):
    with pytest.raises(BonelabError, match=next(iter(wrong))):
        shown(**wrong)
