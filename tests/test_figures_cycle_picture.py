"""The picture of the remodelling cycle: the unit at the end of the run, curves over years."""

import pytest
from pictures import ONCE, written

import bonelab as bl
from bonelab.figures.cycle_picture import UNIT, CyclePicture, unit_values
from bonelab.parameters import load

YEAR = 365.25


@pytest.fixture(scope=ONCE)
def run():
    return bl.simulate(bl.woman(30).with_(RANKL=2), years=3)


@pytest.fixture(scope=ONCE)
def picture(run):
    return CyclePicture(run)


def test_the_drawn_unit_takes_the_runs_own_series(run):
    values = unit_values(run)
    for argument, series in UNIT.items():
        assert values[argument] == pytest.approx(run.final[series]), argument
    assert values["rankl"] == pytest.approx(run.final["RANKL"] / load("binding").RANKL_tissue)
    month = unit_values(run, "1 month")
    assert month["osteoclasts"] == pytest.approx(run.at("1 month", "osteoclasts"))


def test_in_health_the_routes_are_w_and_the_rest():
    healthy = unit_values(bl.simulate(bl.woman(30), days=10))
    w = load("tissue").reverse_share
    assert healthy["reverse_route"] == pytest.approx(w, abs=1e-6)
    assert healthy["matrix_route"] == pytest.approx(1 - w, abs=1e-6)
    assert healthy["free_opg"] == pytest.approx(1, abs=1e-6)
    assert healthy["rankl"] == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("w", [0.0, 1.0])
def test_a_share_of_nothing_leaves_one_route(w):
    values = unit_values(bl.simulate(bl.woman(30).with_(reverse_share=w), days=10))
    assert values["reverse_route"] == pytest.approx(w, abs=1e-6)
    assert values["matrix_route"] == pytest.approx(1 - w, abs=1e-6)


def test_curves_are_the_runs_on_axes_of_years(run, picture):
    rates, bone = picture.line_panels
    for name in ("resorption", "formation"):
        assert rates.lines[name].get_xdata() == pytest.approx(run.time / YEAR)
        assert rates.lines[name].get_ydata() == pytest.approx(run[name])
    assert bone.lines["bone volume spine"].get_ydata() == pytest.approx(run["bone volume spine"])
    for panel in (rates, bone):
        assert panel.axes.get_xlabel() == "years"
        assert panel.axes.get_ylabel() == "healthy = 1"
        assert panel.axes.get_xlim() == (0, 6)
    assert list(rates.names.names) == ["resorption", "formation"]


def test_drawing_and_words_say_the_runs_numbers(run, picture):
    picture.update(run)
    assert f"resorption ×{run.final['resorption']:.1f}" in written(picture.drawing)
    assert f"formation ×{run.final['formation']:.1f}" in written(picture.drawing)
    words = picture.alt(run)
    assert f"resorption ×{run.final['resorption']:.1f}" in words
    assert run.summary() in words


def test_the_picture_of_another_run_shows_that_run(run, picture):
    other = bl.simulate(bl.woman(30).with_(OPG=3), years=2)
    picture.update(other)
    assert picture.line_panels[0].lines["resorption"].get_ydata() == pytest.approx(
        other["resorption"]
    )
    assert f"resorption ×{other.final['resorption']:.1f}" in written(picture.drawing)
    picture.update(run)
