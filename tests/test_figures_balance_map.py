"""The map of resorption against formation: every path is its run's."""

import numpy as np
import pytest
from pictures import ONCE

import bonelab as bl
from bonelab.figures import style
from bonelab.figures.balance_map import MOMENT, BalanceMap

MONTH = 30.4375


@pytest.fixture(scope=ONCE)
def runs():
    woman = bl.woman(65)
    return {
        "your antibody": bl.simulate(woman, [bl.reverse_agonist("60 mg", doses=2)], years=1),
        "denosumab": bl.simulate(woman, [bl.denosumab("60 mg", doses=2)], years=1),
        "OPG-Fc": bl.simulate(woman, [bl.opg_fc("200 mg")], years=1),
    }


@pytest.fixture
def picture(runs):
    return BalanceMap(runs)


def paths(picture):
    return {line.get_color(): line for line in picture.map.lines if len(line.get_xdata()) > 20}


def test_resorption_runs_to_the_right_and_formation_up(runs, picture):
    assert picture.map.get_xlabel() == "resorption, CTX (% of start)"
    assert picture.map.get_ylabel() == "formation, P1NP (% of start)"
    found = paths(picture)
    for name, look in (("your antibody", "drug"), ("denosumab", "antibody"), ("OPG-Fc", "OPG")):
        line = found[style.COLOUR[look]]
        assert line.get_xdata() == pytest.approx(runs[name]["CTX"])
        assert line.get_ydata() == pytest.approx(np.minimum(runs[name]["P1NP"], 180))
        assert line.get_marker() == ""


def test_the_name_of_the_antibody_points_at_its_place_after_three_months(runs, picture):
    run = runs["your antibody"]
    assert MOMENT == "3 months"
    place = run.at(3 * MONTH, "CTX"), min(run.at(3 * MONTH, "P1NP"), 180)
    assert picture.at_the_mark(run) == pytest.approx(place)
    tip = picture.pointer._posA_posB[1]
    assert tuple(tip) == pytest.approx(place)
    assert picture.name.moving[0].get_gid() == "your antibody"


def test_the_others_are_named_at_their_places(runs, picture):
    words = {text.get_text(): text for text in picture.map.texts}
    for name in ("denosumab", "OPG-Fc"):
        assert words[name].xy == pytest.approx(picture.at_the_mark(runs[name]))
    assert words["start"].xy == (100, 100)


def test_density_is_drawn_over_months(runs, picture):
    line = picture.bone.lines["BMD spine"]
    assert line.get_xdata() == pytest.approx(runs["your antibody"].time / MONTH)
    assert line.get_ydata() == pytest.approx(runs["your antibody"]["BMD spine"])
    assert picture.bone.axes.get_xlabel() == "months"
    assert picture.bone.axes.get_ylabel() == "% of start"
    assert picture.bone.axes.get_xlim() == (0, 12)


def test_another_design_moves_its_path_alone(runs, picture):
    picture.ghost(runs)
    picture.update(runs | {"your antibody": runs["denosumab"]})
    found = paths(picture)
    assert found[style.COLOUR["drug"]].get_xdata() == pytest.approx(runs["denosumab"]["CTX"])
    assert found[style.COLOUR["OPG"]].get_xdata() == pytest.approx(runs["OPG-Fc"]["CTX"])
    greys = [line for line in picture.bone.axes.lines if line.get_gid() == "ghost"]
    assert greys[0].get_ydata() == pytest.approx(runs["your antibody"]["BMD spine"])
    assert picture.bone.lines["BMD spine"].get_ydata() == pytest.approx(
        runs["denosumab"]["BMD spine"]
    )


def test_the_words_of_the_antibody_stand_where_there_is_room(runs, picture):
    renderer = picture.figure.canvas.get_renderer()
    around = picture.map.get_window_extent(renderer)
    for name in runs:
        picture.update(runs | {"your antibody": runs[name]})
        box = picture.name.moving[0].get_window_extent(renderer)
        assert around.x0 <= box.x0
        assert box.x1 <= around.x1
        assert around.y0 <= box.y0
        assert box.y1 <= around.y1


def test_the_guess_is_of_formation(runs, picture):
    picture.guess(120)
    (level,) = [
        line for line in picture.moving
        if hasattr(line, "get_ydata") and list(line.get_ydata()) == [120, 120]
    ]  # fmt: skip
    assert level.get_visible()
    assert level.axes is picture.map
    picture.guess(None)
    assert not level.get_visible()


def test_words_tell_where_everybody_stands(runs, picture):
    words = picture.alt(runs)
    assert words.startswith("Map of resorption against formation after 3 months.")
    for name, run in runs.items():
        assert (
            f"{name[0].upper()}{name[1:]}: resorption {run.at('3 months', 'CTX'):.0f}%, formation "
            f"{run.at('3 months', 'P1NP'):.0f}%" in words
        )
