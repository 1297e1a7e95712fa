"""One dose curve on two axes: both titles, both ranges, and a cursor that stays on its axis."""

import math

import numpy as np
import pytest
from pictures import ONCE

from bonelab.figures.dose_pair import SCALES, DosePair
from bonelab.figures.panels import Panel
from bonelab.figures.paper import new_figure

PANEL = Panel("RANK occupied", ("occupancy",), "%", (0, 100))
DOSE = np.array([0.01, 1, 100])


@pytest.fixture(scope=ONCE)
def pair():
    figure = new_figure(6, 4)
    cells = figure.add_gridspec(1, 2)
    return DosePair(figure, cells, PANEL, "OPG (nM)", linear=(0, 2), log=(0.01, 100))


def show(pair, dose, value=40):
    pair.update({"occupancy": (DOSE, np.array([90, 40, 1]))}, dose, value)
    shown = []
    for cursor in pair.cursors:
        x, y = cursor.line.get_data()
        shown.append((max(x), max(y)) if cursor.line.get_visible() else None)
    return shown


def test_the_same_curve_stands_on_both_axes(pair):
    show(pair, 1)
    assert [panel.axes.get_xscale() for panel in pair.panels] == ["linear", "log"]
    assert [panel.axes.get_xlim() for panel in pair.panels] == [(0, 2), (0.01, 100)]
    assert [panel.axes.get_title(loc="left") for panel in pair.panels] == [
        "RANK occupied (linear axis)", "RANK occupied (logarithmic axis)",
    ]  # fmt: skip
    for panel in pair.panels:
        x, y = panel.lines["occupancy"].get_data()
        assert (list(x), list(y)) == (list(DOSE), [90, 40, 1])
        assert (panel.axes.get_xlabel(), panel.axes.get_ylabel()) == ("OPG (nM)", "%")
        assert panel.axes.get_ylim() == (0, 100)


def test_without_a_title_the_axis_is_the_title():
    assert [scale.title("") for scale in SCALES] == ["Linear axis", "Logarithmic axis"]


def test_a_dose_is_marked_where_an_axis_has_it(pair):
    assert show(pair, 1) == [(1, 40), (1, 40)]
    assert show(pair, 2) == [(2, 40), (2, 40)]  # the last of the linear axis
    assert show(pair, 2.1) == [None, (2.1, 40)]
    assert show(pair, 101) == [None, None]
    assert show(pair, 0) == [(0, 40), (0.01, 40)]  # no logarithmic axis has nothing
    assert show(pair, 1, math.nan) == [None, None]


def test_everything_that_moves_is_listed(pair):
    parts = [artist for part in (*pair.panels, *pair.cursors) for artist in part.moving]
    assert pair.moving == parts
