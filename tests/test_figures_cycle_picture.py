"""The picture of the remodelling cycle: the unit at the end of the run, curves over years."""

import numpy as np
import pytest
from pictures import ONCE, written

import bonelab as bl
from bonelab.figures.cycle_picture import UNIT, CyclePicture, Moment, unit_values
from bonelab.figures.places import UNIT_PARTS
from bonelab.parameters import load
from bonelab.simulation.readings import bone_gone

YEAR = 365.25


@pytest.fixture(scope=ONCE)
def run():
    return bl.simulate(bl.woman(30).with_(RANKL=2), years=3)


@pytest.fixture(scope=ONCE)
def healthy():
    return bl.simulate(bl.woman(30), days=1)


@pytest.fixture(scope=ONCE)
def picture(run, healthy):
    return CyclePicture(Moment(run, healthy))


def test_the_drawn_unit_takes_the_runs_own_series(run):
    values = unit_values(run)
    for argument, series in UNIT.items():
        assert values[argument] == pytest.approx(run.final[series]), argument
    assert values["rankl"] == pytest.approx(run.final["RANKL"] / load("binding").RANKL_tissue)
    assert values["gone"] == pytest.approx(bone_gone(run, 3 * YEAR), rel=1e-6), "at its end"
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


def test_curves_are_the_runs_on_axes_of_years(run, healthy, picture):
    picture.update(Moment(run, healthy))
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


def test_drawing_and_words_say_the_runs_numbers(run, healthy, picture):
    moment = Moment(run, healthy)
    picture.update(moment)
    assert f"resorption ×{run.final['resorption']:.1f}" in written(picture.drawing)
    assert f"formation ×{run.final['formation']:.1f}" in written(picture.drawing)
    words = picture.alt(moment)
    assert f"resorption ×{run.final['resorption']:.1f}" in words
    assert run.summary() in words


def test_the_picture_of_another_run_shows_that_run(run, healthy, picture):
    other = bl.simulate(bl.woman(30).with_(OPG=3), years=2)
    picture.update(Moment(other, healthy))
    assert picture.line_panels[0].lines["resorption"].get_ydata() == pytest.approx(
        other["resorption"]
    )
    assert f"resorption ×{other.final['resorption']:.1f}" in written(picture.drawing)
    picture.update(Moment(run, healthy))


def test_the_drawing_shows_the_day_on_which_one_looks(run, healthy, picture):
    for day in (20, 200):
        moment = Moment(run, healthy, day=day)
        picture.update(moment)
        assert moment.values["osteoblasts"] == pytest.approx(run.at(day, "osteoblasts"))
        assert {f"day {day}", f"osteoblasts ×{run.at(day, 'osteoblasts'):.1f}"} <= (
            written(picture.drawing) | written(picture.today)
        )
        assert [line.get_xdata()[0] for line in picture.today.rules] == pytest.approx(
            [day / YEAR] * 2
        )
        assert f"This is day {day}." in picture.alt(moment)


def test_a_later_start_shifts_the_curves_and_leaves_health_before_it(run, healthy, picture):
    moment = Moment(run, healthy, start=100, day=60)
    picture.update(moment)
    x, y = picture.line_panels[0].lines["resorption"].get_data()
    assert np.interp([0, 90 / YEAR], x, y) == pytest.approx([1, 1], abs=1e-3)
    assert np.interp(150 / YEAR, x, y) == pytest.approx(run.at(50, "resorption"), rel=1e-3)
    assert moment.values["resorption"] == pytest.approx(1, abs=1e-6)
    after = Moment(run, healthy, start=100, day=150).values
    assert after["osteoclasts"] == pytest.approx(run.at(50, "osteoclasts"))
    assert Moment(run, healthy, start=100, day=9999).today == pytest.approx(100 + run.time[-1])


def test_the_pit_is_as_deep_as_resorption_is_ahead(run, healthy, picture):
    gone = Moment(run, healthy, day=200).values["gone"]
    fine = np.linspace(0, 200, 4001)
    ahead = [np.interp(fine, run.time, run[name]) for name in ("resorption", "formation")]
    assert gone == pytest.approx(np.mean(ahead[0] - ahead[1]) * 200, rel=5e-3)
    picture.update(Moment(run, healthy, day=200))
    assert f"pit: {gone:.0f} days" in written(picture.drawing)
    assert f"resorbs in {gone:.0f} days" in picture.alt(Moment(run, healthy, day=200))
    low = picture.drawing._floor.get_path().vertices[:, 1].min()
    assert low == pytest.approx(64 - 0.08 * gone)
    gained = bl.simulate(bl.woman(30).with_(OPG=3), years=1)
    picture.update(Moment(gained, healthy, day=200))
    assert picture.drawing._floor.get_path().vertices[:, 1].max() > 64
    assert any(words.startswith("floor: +") for words in written(picture.drawing))


def test_what_can_be_clicked_lies_over_what_is_drawn(run, healthy, picture):
    regions = picture.regions
    assert list(regions) == [*UNIT_PARTS, "today"]
    for name, (left, top, width, height) in regions.values():
        assert name
        assert 0 <= left < left + width <= 1
        assert 0 <= top < top + height <= 1
        assert width * 880 >= 24
        assert height * 400 >= 24
    picture.update(Moment(run, healthy))
    figure = picture.figure
    for part in ("osteoclasts", "osteoblasts"):
        _, (left, top, width, height) = regions[part]
        box = getattr(picture.drawing, part).moving[0].get_window_extent()
        x = (box.x0 + box.x1) / 2 / figure.bbox.width
        y = 1 - (box.y0 + box.y1) / 2 / figure.bbox.height
        if part == "osteoblasts":
            assert left < x < left + width
        assert top < y < top + height


def test_years_before_the_run_begin_on_the_first_day(run, healthy):
    x, y = Moment(run, healthy, start=2 * YEAR).years("resorption")
    assert x[:3] == pytest.approx([0.0, 2.0, 2.0])
    assert y[:2] == pytest.approx([healthy["resorption"][0]] * 2)
    assert (x[-1], y[-1]) == pytest.approx((5.0, run["resorption"][-1]))
    x, _ = Moment(run, healthy).years("resorption")
    assert x[0] == 0.0
    assert len(x) == len(run.time)
