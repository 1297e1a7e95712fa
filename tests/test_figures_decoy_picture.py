"""The picture of the decoy bench: every molecule, and one dose curve on two axes."""

import numpy as np
import pytest
from pictures import ONCE, seen, written

import bonelab as bl
from bonelab.figures.decoy_picture import LINEAR_AXIS, OPG_AXIS, DecoyPicture, mixture_values
from bonelab.figures.dose_pair import SCALES, DosePair
from bonelab.figures.panels import Panel
from bonelab.figures.paper import new_figure


@pytest.fixture(scope=ONCE)
def lab():
    return bl.labs.decoy_bench()


@pytest.fixture(scope=ONCE)
def picture(lab):
    return DecoyPicture(seen(lab))


@pytest.fixture
def shown(lab, picture):
    def show(**values):
        result = seen(lab, **values)
        picture.update(result)
        return result

    return show


def test_a_mixture_is_told_in_whole_amounts():
    held = bl.binding.competition(0.3, 0.02, 0.5, 0.1)
    values = mixture_values(held)
    assert values["rankl"] == pytest.approx(0.3)
    assert values["opg"] == pytest.approx(0.5)
    assert values["antibody"] == pytest.approx(0.1)
    assert values["rank"] == 0.02
    assert values["on_rank"] == pytest.approx(held.on_rank)
    assert values["on_opg"] == pytest.approx(held.on_opg)
    assert values["on_antibody"] == pytest.approx(held.on_antibody)


def test_the_same_curve_stands_on_a_linear_and_a_logarithmic_axis(shown, picture):
    result = shown(rankl=0.5)
    linear, log = picture.line_panels
    assert (linear.axes.get_xscale(), log.axes.get_xscale()) == ("linear", "log")
    assert linear.axes.get_title(loc="left") == "RANK occupied (linear axis)"
    assert log.axes.get_title(loc="left") == "RANK occupied (logarithmic axis)"
    assert (linear.axes.get_xlim(), log.axes.get_xlim()) == (LINEAR_AXIS, OPG_AXIS)
    dose = np.geomspace(*OPG_AXIS, 121)
    for panel in (linear, log):
        line = panel.lines["occupancy"]
        assert line.get_xdata() == pytest.approx(dose)
        assert line.get_ydata() == pytest.approx(100 * result["along OPG"].occupancy)
        assert panel.axes.get_ylabel() == "% of all RANK"
        assert panel.axes.get_xlabel() == "total OPG (nM)"


@pytest.mark.parametrize("opg", [0.4, 1.7])
def test_the_cursors_stand_at_the_dose_and_its_occupancy(shown, picture, opg):
    result = shown(opg=opg)
    for cursor in picture.pair.cursors:
        x, y = cursor.line.get_data()
        assert (x[0], y[1]) == pytest.approx((opg, 100 * result["now"].occupancy))
        assert cursor.line.get_visible()


def test_a_dose_beyond_the_linear_axis_has_no_cursor_there(shown, picture):
    shown(opg=10)
    linear, log = (cursor.line for cursor in picture.pair.cursors)
    assert not linear.get_visible()
    assert log.get_visible()
    shown(opg=0)  # a logarithmic axis has no 0: the cursor stands at its left end
    linear, log = (cursor.line for cursor in picture.pair.cursors)
    assert linear.get_xdata()[0] == 0
    assert log.get_xdata()[0] == OPG_AXIS[0]
    assert log.get_visible()


def test_the_drawing_shows_the_mixture_of_the_mouse(shown, picture):
    shown(genotype="RANKL-/-")
    assert "200 OPG, 200 empty" in written(picture.drawing)
    shown(genotype="OPG-/-")
    assert "0 OPG, 0 empty" in written(picture.drawing)
    shown(genotype="RANK-/-")
    assert "0 RANK, 0 empty" in written(picture.drawing)


def test_words_tell_the_molecules_and_the_occupancy(shown, picture):
    result = shown(opg=1.0)
    words = picture.alt(result)
    assert "100 RANKL, 500 OPG" in words
    assert f"at 1 nM {100 * result['now'].occupancy:.1f}% of RANK is occupied" in words


def test_a_blank_picture_hides_the_curve_and_the_molecules(lab, picture):
    words = picture.blank().words(seen(lab))
    assert "RANK occupied (linear axis): % of all RANK against total OPG (nM)" in words
    assert "500" not in words
    picture.reveal()


def test_titles_of_a_pair_say_which_axis_it_is():
    assert [scale.title("Dose") for scale in SCALES] == [
        "Dose (linear axis)", "Dose (logarithmic axis)",
    ]  # fmt: skip
    assert [scale.title("") for scale in SCALES] == ["Linear axis", "Logarithmic axis"]


def test_a_pair_holds_any_curve():
    figure = new_figure(6, 3)
    grid = figure.add_gridspec(1, 2)
    panel = Panel("Free", ("RANKL",), "%", (0, 1))
    pair = DosePair(figure, (grid[0], grid[1]), panel, "dose", linear=(0, 5), log=(0.1, 10))
    pair.update({"RANKL": ([0.1, 5], [1, 0])}, 3, 0.4)
    for drawn in pair.panels:
        assert list(drawn.lines["RANKL"].get_ydata()) == [1, 0]
    assert all(cursor.line in pair.moving for cursor in pair.cursors)
    assert all(drawn.lines["RANKL"] in pair.moving for drawn in pair.panels)
    pair.update({"RANKL": ([0.1, 5], [1, 0])}, 7, 0.4)
    assert [cursor.line.get_visible() for cursor in pair.cursors] == [False, True]
