"""The pictures beyond bone: what each panel shows, in which unit, and how far its axes reach."""

import numpy as np
import pytest

import bonelab as bl
from bonelab.figures import elsewhere_picture as pictures

RUNS = {
    "Immune": lambda: bl.beyond_bone.immunity(),
    "Brain": lambda: bl.beyond_bone.fever(),
    "Artery": lambda: bl.beyond_bone.artery(),
    "Breast": lambda: bl.beyond_bone.mammary_gland(),
    "Calcium": lambda: bl.beyond_bone.calcium_balance(),
}
# picture -> inches, words and ends of the axis of time, what one of it has in days (a fever is run
# in hours), panels
SHOWN = {
    "Immune": ((8.6, 4.2), "days", (0, 30), 1, [
        ("T cells", ["T cells"], "1 = most", (0, 1.05)),
        ("Dendritic cells", ["dendritic cells"], "1 = without RANKL", (0, 14)),
    ]),
    "Brain": ((8.6, 3.6), "hours", (0, 24), 1, [
        ("Temperature", ["temperature"], "°C", (36.5, 39.8)),
        ("Prostaglandin E2", ["PGE2"], "share of most", (0, 1.05)),
    ]),
    "Artery": ((8.6, 3.6), "weeks", (0, 16), 7, [
        ("Calcium in the wall", ["arterial calcium"], "arbitrary units", (-0.06, 4.2)),
        ("OPG in the wall", ["OPG"], "nM", (-0.05, 3.3)),
    ]),
    "Breast": ((8.6, 3.6), "days", (0, 20), 1, [
        ("Alveoli in pregnancy", ["alveoli"], "1 = ready", (-0.03, 1.1)),
        ("RANK that is occupied", ["occupancy"], "share", (-0.03, 1.05)),
    ]),
    "Calcium": ((8.8, 3.8), "months", (0, 6), 30.4375, [
        ("What bone gives", ["given by bone"], "mmol", (-900, 1600)),
        ("Where it goes", ["milk", "urine"], "mmol", (0, 4000)),
    ]),
}  # fmt: skip


@pytest.fixture(scope="module", params=RUNS)
def shown(request):
    run = RUNS[request.param]()
    picture = getattr(pictures, f"{request.param}Curves")(run)
    picture.update(run)
    return request.param, picture, run


def test_panels_have_their_words_units_and_ends(shown):
    name, picture, _ = shown
    inches, along, ends, _, panels = SHOWN[name]
    assert tuple(picture.figure.get_size_inches()) == inches
    for drawn, (title, series, unit, height) in zip(picture.line_panels, panels, strict=True):
        axes = drawn.axes
        assert axes.get_title(loc="left") == title
        assert (axes.get_xlabel(), axes.get_ylabel()) == (along, unit)
        assert (axes.get_xlim(), axes.get_ylim()) == (ends, height)
        assert list(drawn.lines) == series


def test_curves_are_the_run_in_the_unit_of_the_axis(shown):
    name, picture, run = shown
    _, _, _, days, panels = SHOWN[name]
    for drawn, (_, series, _, height) in zip(picture.line_panels, panels, strict=True):
        for each in series:
            x, y = drawn.lines[each].get_data()
            assert x == pytest.approx(run.time / days)
            assert height[0] <= min(y) <= max(y) <= height[1]
            if each != "given by bone":
                assert np.array_equal(y, run[each])


def test_what_bone_has_given_starts_at_nothing():
    run = RUNS["Calcium"]()
    x, given = pictures.CalciumCurves.curve(pictures.CalciumCurves(run), run, "given by bone")
    assert given[0] == 0
    assert given[-1] == pytest.approx(run["bone"][0] - run["bone"][-1])
    assert given[-1] > 100, "milk costs bone"
    assert x[-1] == pytest.approx(run.time[-1] / 30.4375)


def test_an_immune_response_is_drawn_on_its_busiest_day():
    run = bl.beyond_bone.immunity(antigen_days=5, rank=0.6)
    values = pictures.ImmuneCurves(run).scene_values(run)
    peak = int(np.argmax(run["T cells"]))
    assert 0 < peak < len(run.time) - 1, "not the first day, not the last"
    assert values == {
        "t_cells": run["T cells"][peak],
        "dendritic": run["dendritic cells"][peak],
        "occupancy": run["occupancy"][peak],
        "rank": 0.6,
    }
