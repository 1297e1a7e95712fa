"""Panels of curves: what is drawn is the run, in the unit of the axis."""

import numpy as np
import pytest

from bonelab.figures import style
from bonelab.figures.panels import Curves, LinePanel, Panel
from bonelab.figures.paper import new_figure
from bonelab.simulation import Run

CELLS = Panel("Cells", ("osteoclasts", "osteoblasts"), "share", (0, 1))
DENSITY = Panel("Density", ("CTX",), "% of start", (1, 100), "log")


def run(height=1.0, n=50):
    time = np.linspace(0, 60.875, n)
    return Run(
        kind="test", time=time, time_unit="day", units={},
        series={"osteoclasts": height * time / 60.875, "osteoblasts": 1 - time / 100,
                "CTX": 100 - time},
    )  # fmt: skip


class Two(Curves):
    xlabel, xlim = "months", (0, 2)
    panels = (CELLS, DENSITY)


@pytest.fixture
def picture():
    return Two(run())


def test_lines_show_the_run_in_the_unit_of_the_axis(picture):
    picture.update(run(0.4))
    cells, density = picture.line_panels
    assert cells.lines["osteoclasts"].get_xdata()[-1] == pytest.approx(2)  # months of 30.4375 days
    assert cells.lines["osteoclasts"].get_ydata()[-1] == pytest.approx(0.4)
    assert density.lines["CTX"].get_ydata()[-1] == pytest.approx(39.125)
    assert [line.get_marker() for panel in (cells, density) for line in panel.lines.values()] == [
        "", "", "",
    ]  # fmt: skip


def test_axes_say_what_they_are(picture):
    cells, density = (panel.axes for panel in picture.line_panels)
    assert cells.get_title(loc="left") == "Cells"
    assert (cells.get_xlabel(), cells.get_ylabel()) == ("months", "share")
    assert (cells.get_xlim(), cells.get_ylim()) == ((0, 2), (0, 1))
    assert (density.get_yscale(), density.get_ylim()) == ("log", (1, 100))
    assert cells.get_yscale() == "linear"
    assert list(cells.get_xticks()) == [0, 1, 2]


def test_curves_differ_in_colour_and_dash(picture):
    one, other = picture.line_panels[0].lines.values()
    assert one.get_color() == style.COLOUR["osteoclast"]
    assert other.get_color() == style.COLOUR["osteoblast"]
    assert (one.get_linestyle(), other.get_linestyle()) == ("-", "--")


def test_names_stand_where_several_curves_end_and_not_beside_one(picture):
    cells, density = picture.line_panels
    picture.update(run(0.9))
    assert cells.names.names["osteoclasts"].height == pytest.approx(0.9)
    assert cells.names.names["osteoblasts"].height == pytest.approx(1 - 0.60875)
    assert density.names.names == {}


def test_a_series_may_be_called_by_other_words():
    axes = new_figure(4, 3).add_subplot()
    panel = LinePanel(axes, CELLS._replace(labels={"osteoclasts": "eaters"}), "days", (0, 1))
    said = {name: end.words for name, end in panel.names.names.items()}
    assert said == {"osteoclasts": "eaters", "osteoblasts": "osteoblasts"}


def test_the_baseline_stays_in_grey_while_curves_move(picture):
    picture.ghost(run(0.2))
    picture.update(run(0.7))
    greys = [line for line in picture.line_panels[0].axes.lines if line.get_gid() == "ghost"]
    assert {line.get_color() for line in greys} == {style.COLOUR["ghost"]}
    assert sorted(line.get_ydata()[-1] for line in greys) == pytest.approx([0.2, 0.39125])
    assert greys[0].get_xdata()[-1] == pytest.approx(2)
    assert all(line not in picture.moving for line in greys)


def test_the_guess_belongs_to_the_first_panel(picture):
    picture.guess(0.6)
    first, second = ({a.get_gid() for a in panel.moving if a.get_visible()}
                     for panel in picture.line_panels)  # fmt: skip
    assert "your guess: 0.6" in first
    assert not any("guess" in str(gid) for gid in second)
    picture.guess(None)
    assert not any("guess" in str(a.get_gid()) for a in picture.moving if a.get_visible())


def test_panels_fill_rows_and_leave_no_empty_axes():
    class Three(Two):
        panels, columns = (CELLS, DENSITY, CELLS), 2

    picture = Three(run())
    seen = [axes for axes in picture.figure.axes if axes.axison]
    assert len(picture.figure.axes) == 4
    assert len(seen) == 3
    tops = [axes.get_position().y1 for axes in seen]
    assert tops[0] == pytest.approx(tops[1])
    assert tops[2] < tops[0]


def test_the_words_of_a_picture_name_panels_axis_and_result(picture):
    result = run()
    assert picture.alt(result) == (
        "Curves against months: Cells (share); Density (% of start). " + result.summary()
    )
