"""Bars of genes: how many times what untreated cells make, in order and in colour."""

import pytest
from matplotlib.colors import to_rgb
from pictures import ONCE

from bonelab import BonelabError
from bonelab.figures import style
from bonelab.figures.gene_bars import GeneBars
from bonelab.figures.paper import new_figure

FOLDS = {"Runx2": 2.5, "mineral": 0.3}


@pytest.fixture(scope=ONCE)
def bars():
    return GeneBars(new_figure(4, 3).add_subplot(), FOLDS, 4, "times as much")


def test_a_bar_is_as_long_as_its_fold_and_no_longer_than_the_axis(bars):
    bars.update(FOLDS)
    assert [bar.get_width() for bar in bars.bars] == [2.5, 0.3]
    bars.update(FOLDS | {"Runx2": 9})
    assert [bar.get_width() for bar in bars.bars] == [4, 0.3]
    assert [bar.get_x() for bar in bars.bars] == [0, 0]
    assert bars.moving == list(bars.bars)


def test_the_first_gene_stands_on_top_in_its_colour(bars):
    axes = bars.bars[0].axes
    assert [label.get_text() for label in axes.get_yticklabels()] == list(FOLDS)
    assert axes.get_ylim() == pytest.approx((1.6, -0.6))
    assert (axes.get_xlim(), axes.get_xlabel()) == ((0, 4), "times as much")
    for row, (bar, name) in enumerate(zip(bars.bars, FOLDS, strict=True)):
        assert bar.get_y() + bar.get_height() / 2 == pytest.approx(row)
        assert bar.get_height() == pytest.approx(0.62)
        assert to_rgb(bar.get_facecolor()) == to_rgb(style.COLOUR[name])


def test_untreated_cells_are_a_line_at_one(bars):
    axes = bars.bars[0].axes
    assert any(list(line.get_xdata()) == [1, 1] for line in axes.lines)


def test_where_the_bars_stood_stays_in_grey(bars):
    bars.ghost({"Runx2": 1.5, "mineral": 0.7})
    bars.update(FOLDS)
    grey = [line for line in bars.bars[0].axes.lines if line.get_gid() == "ghost"]
    assert [list(line.get_xdata()) for line in grey] == [[1.5, 1.5], [0.7, 0.7]]
    assert [tuple(line.get_ydata()) for line in grey] == [(-0.45, 0.45), (0.55, 1.45)]


def test_bars_are_told_with_one_decimal(bars):
    assert bars.alt({"Runx2": 2.54, "mineral": 0.3}) == "Bars: Runx2 2.5, mineral 0.3."


@pytest.mark.parametrize("wrong", [-0.1, float("nan")])
def test_what_no_gene_can_make_is_refused(bars, wrong):
    with pytest.raises(BonelabError, match="mineral"):
        bars.update(FOLDS | {"mineral": wrong})
