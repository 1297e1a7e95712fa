"""A drawing on the left and panels on the right: where each stands, and who is told what."""

import numpy as np
import pytest
from pictures import ONCE

import bonelab as bl
from bonelab.figures.immune_picture import ImmunePicture
from bonelab.figures.panels import Panel
from bonelab.figures.side_by_side import SideBySide

NAMES = ("T cells", "dendritic cells", "occupancy")


class Three(SideBySide):
    size = (8, 4)
    scene, scene_width, columns = ImmunePicture, 2.0, 2
    xlabel, xlim = "days", (0, 10)
    panels = tuple(Panel(name.upper(), (name,), "1", (0, 5)) for name in NAMES)

    def scene_values(self, result):
        return {"t_cells": float(result.final["T cells"])}


class Stacked(Three):
    columns, scene_width = SideBySide.columns, SideBySide.scene_width


@pytest.fixture(scope="module")
def run():
    return bl.beyond_bone.immunity(days=10)


@pytest.fixture(scope=ONCE)
def picture(run):
    picture = Three(run)
    picture.update(run)
    picture.figure.canvas.draw()
    return picture


def middle(axes):
    box = axes.get_subplotspec().get_position(axes.figure)
    return (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2


def rows_and_columns(picture):
    spots = [panel.axes.get_subplotspec() for panel in picture.line_panels]
    return [(spot.rowspan.start, spot.colspan.start) for spot in spots]


def test_panels_fill_rows_from_the_left_beside_the_drawing(picture):
    assert rows_and_columns(picture) == [(0, 1), (0, 2), (1, 1)]
    spot = picture.figure.axes[0].get_subplotspec()
    assert (list(spot.rowspan), list(spot.colspan)) == ([0, 1], [0])
    assert spot.get_gridspec().get_width_ratios() == [2.0, 1.0, 1.0]
    assert spot.get_gridspec().get_geometry() == (2, 3)


def test_without_columns_panels_stand_under_one_another(run):
    assert rows_and_columns(Stacked(run)) == [(0, 1), (1, 1), (2, 1)]
    grid = Stacked(run).figure.axes[0].get_subplotspec().get_gridspec()
    assert grid.get_width_ratios() == [1.0, 1.0]


def test_each_panel_shows_its_series_along_its_axis(picture, run):
    for panel, name in zip(picture.line_panels, NAMES, strict=True):
        x, y = panel.lines[name].get_data()
        assert np.array_equal(x, run.time)
        assert np.array_equal(y, run[name])
        assert panel.axes.get_title(loc="left") == name.upper()
        assert (panel.axes.get_xlim(), panel.axes.get_xlabel()) == ((0, 10), "days")


def test_the_drawing_takes_its_values_and_moves_with_the_curves(picture, run):
    share = run.final["T cells"]
    assert (picture.drawing.t_cells.scale**2).sum() == pytest.approx(30 * share)
    assert set(picture.drawing.moving) < set(picture.moving)
    for panel in picture.line_panels:
        assert set(panel.moving) < set(picture.moving)


def test_the_drawing_is_told_before_the_curves(picture, run):
    told = picture.alt(run)
    drawing = picture.drawing.alt(t_cells=float(run.final["T cells"]))
    assert told.startswith(f"{drawing} Curves against days: T CELLS (1); ")
    assert told.endswith(run.summary())


def test_a_picture_says_what_its_drawing_takes(run):
    with pytest.raises(NotImplementedError):
        SideBySide.scene_values(None, run)
