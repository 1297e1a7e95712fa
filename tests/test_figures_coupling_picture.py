"""The picture of the coupling lab: the path, its end, both routes, and years."""

import pytest
from pictures import ONCE, seen, written

import bonelab as bl
from bonelab.figures.coupling_picture import CouplingPicture

YEAR = 365.25


@pytest.fixture(scope=ONCE)
def lab():
    return bl.labs.coupling()


@pytest.fixture(scope=ONCE)
def picture(lab):
    return CouplingPicture(seen(lab))


@pytest.fixture
def shown(lab, picture):
    def show(**values):
        result = seen(lab, **values)
        picture.update(result)
        return result

    return show


def panels(picture):
    return dict(zip(("bone", "path", "rates"), picture.line_panels, strict=True))


def test_the_path_leads_from_health_to_the_end_of_the_run(shown, picture):
    run = shown(extra_RANKL=0.1)["run"]
    line = panels(picture)["path"].lines["path"]
    assert (line.get_xdata()[0], line.get_ydata()[0]) == (1, 1)
    assert line.get_xdata()[1:] == pytest.approx(run["resorption"])
    assert line.get_ydata()[1:] == pytest.approx(run["formation"])
    axes = panels(picture)["path"].axes
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("resorption", "formation (healthy = 1)")


def test_the_cursor_stands_at_the_end_of_the_path(shown, picture):
    final = shown(extra_RANKL=0.1)["run"].final
    x, y = picture.cursor.line.get_data()
    assert (x[1], y[1]) == pytest.approx((final["resorption"], final["formation"]))


def test_the_slope_joins_the_ends_with_and_without_extra_rankl(shown, picture):
    result = shown(extra_RANKL=0.1)
    ends = [result[name].final for name in ("without", "run")]
    x, y = picture.slope.get_data()
    assert list(x) == pytest.approx([end["resorption"] for end in ends])
    assert list(y) == pytest.approx([end["formation"] for end in ends])


def test_the_line_of_equal_rates_runs_through_health(picture):
    (equal,) = [
        line for line in panels(picture)["path"].axes.lines
        if list(line.get_xdata()) == list(line.get_ydata()) == [0, 3]
    ]  # fmt: skip
    assert equal.get_linestyle() == "-"


def test_rates_and_bone_run_over_years(shown, picture):
    run = shown(extra_RANKL=0.12)["run"]
    for name in ("resorption", "formation"):
        line = panels(picture)["rates"].lines[name]
        assert line.get_xdata() == pytest.approx(run.time / YEAR)
        assert line.get_ydata() == pytest.approx(run[name])
    bone = panels(picture)["bone"].lines["bone volume spine"]
    assert bone.get_ydata() == pytest.approx(run["bone volume spine"])
    assert bone.get_xdata()[-1] == pytest.approx(3)
    assert panels(picture)["bone"].axes.get_xlabel() == "years"


def test_the_unit_is_drawn_on_the_day_that_one_looks_at(shown, picture):
    run = shown(extra_RANKL=0.1, day=30)["run"]
    assert f"osteoblasts ×{run.at(30, 'osteoblasts'):.1f}" in written(picture.drawing)
    assert [line.get_xdata()[0] for line in picture.today.rules] == pytest.approx([30 / YEAR] * 2)
    result = shown(extra_RANKL=0.1, day=800)
    assert f"osteoblasts ×{run.at(800, 'osteoblasts'):.1f}" in written(picture.drawing)
    assert "This is day 800." in picture.alt(result)
    assert "osteoclasts" in picture.regions


@pytest.mark.parametrize("w", [0.0, 0.35, 1.0])
def test_both_routes_are_drawn_by_their_share(shown, picture, w):
    shown(reverse_share=w, extra_RANKL=0)
    assert picture.drawing.reverse.rate == pytest.approx(w, abs=1e-6)
    assert picture.drawing.matrix.rate == pytest.approx(1 - w, abs=1e-6)
    assert ("reverse" in written(picture.drawing)) == (w > 0)
    assert ("matrix" in written(picture.drawing)) == (w < 1)


def test_the_legend_shows_no_antibody_where_there_is_none(shown, picture):
    shown()
    assert "antibody" not in written(picture.drawing)


def test_words_tell_where_the_path_ends(shown, picture):
    result = shown(extra_RANKL=0.1)
    final = result["run"].final
    assert (
        f"ends at resorption {final['resorption']:.2f} and formation {final['formation']:.2f} "
        "times healthy" in picture.alt(result)
    )
