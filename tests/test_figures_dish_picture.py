"""The pictures of the culture dish and of the mixing desk: drawing and curves are the run's."""

import pytest
from pictures import ONCE, seen, written

import bonelab as bl
from bonelab.figures.desk_picture import YEARS, DeskPicture
from bonelab.figures.dish_picture import DishPicture, dish_values


@pytest.fixture(scope=ONCE)
def run():
    return bl.forward.culture(days=5)


def test_osteoclasts_are_counted_per_thousand_precursors_over_days(run):
    cells, switch = DishPicture(run).line_panels
    line = cells.lines["osteoclasts"]
    assert line.get_ydata() == pytest.approx(1000 * run["osteoclasts"])
    assert line.get_xdata() == pytest.approx(run.time / 24)
    assert line.get_xdata()[-1] == pytest.approx(5)
    assert (cells.axes.get_xlabel(), cells.axes.get_ylabel()) == ("days", "per 1,000\nprecursors")
    assert cells.axes.get_xlim() == (0, 7)
    assert switch.lines["NFATc1"].get_ydata() == pytest.approx(run["NFATc1"])
    assert switch.axes.get_ylabel() == "model units"


def test_the_field_is_that_of_the_last_day(run):
    final, values = run.final, dish_values(run)
    assert values == pytest.approx({
        "precursors": final["precursors"], "osteoclasts": final["osteoclasts"],
        "nuclei": final["nuclei per osteoclast"], "pits": 1000 * final["pits"],
    })  # fmt: skip
    picture = DishPicture(run)
    assert f"{150 * final['precursors']:.0f} precursors" in written(picture.drawing)
    assert f"{150 * final['osteoclasts']:.0f} osteoclasts" in picture.alt(run)
    assert run.summary() in picture.alt(run)


def test_a_shorter_dish_has_shorter_curves(run):
    picture = DishPicture(run)
    short = bl.forward.culture(days=2)
    picture.update(short)
    assert picture.line_panels[0].lines["osteoclasts"].get_xdata()[-1] == pytest.approx(2)
    assert f"{150 * short.final['precursors']:.0f} precursors" in written(picture.drawing)


# -- the desk ----------------------------------------------------------------------------------
@pytest.fixture(scope=ONCE)
def mix():
    return seen(bl.labs.mixing_desk(), strength=1)


def test_the_desk_shows_how_it_is_set_and_what_bone_makes_of_it(mix):
    picture = DeskPicture(mix)
    assert {"100%", "IL-1", "human cells"} <= written(picture.drawing)
    assert f"×{mix.desk['RANKL']:.3g}" in written(picture.drawing)
    rates, bone = picture.line_panels
    for name in ("resorption", "formation"):
        assert rates.lines[name].get_ydata() == pytest.approx(mix[name])
        assert rates.lines[name].get_xdata() == pytest.approx(mix.time / 365.25)
    assert bone.lines["bone volume spine"].get_ydata() == pytest.approx(mix["bone volume spine"])
    for panel in (rates, bone):
        assert (panel.axes.get_xlabel(), panel.axes.get_xlim()) == ("years", (0, YEARS))
        assert panel.axes.get_ylabel() == "healthy = 1"
    assert YEARS == 2
    words = picture.alt(mix)
    assert "mixing desk with IL-1 at 100%" in words
    assert mix.summary() in words
