"""The three published models against trajectories that other simulators computed from them."""

import csv
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import bonelab as bl
from bonelab.biology.published import komarova2003, lemaire2004, pivonka2008
from bonelab.parameters import load
from bonelab.parameters.units import registry

SHARED = Path(os.environ.get("BONELAB_SHARED", Path(__file__).parents[2] / "shared"))
REFERENCE = SHARED / "data" / "reference"
LEMAIRE = {"R_pM": "pre-osteoblasts", "B_pM": "osteoblasts", "C_pM": "osteoclasts"}
KOMAROVA = {
    "osteoclasts_x1_cells": "osteoclasts",
    "osteoblasts_x2_cells": "osteoblasts",
    "bone_mass_z_percent": "bone",
}
PIVONKA = {
    "OBp_pM": "pre-osteoblasts",
    "OBa_pM": "osteoblasts",
    "OCa_pM": "osteoclasts",
    "BV_percent": "bone",
    "RANKL_pM": "RANKL",
    "OPG_pM": "OPG",
}
CASES = {
    "lemaire2004_baseline": (lambda: bl.published.lemaire2004(), LEMAIRE),
    "lemaire2004_fig2a_add_B": (lambda: bl.published.lemaire2004(B=1e-4), LEMAIRE),
    "lemaire2004_fig2c_PTH": (lambda: bl.published.lemaire2004(pth=1000), LEMAIRE),
    "lemaire2004_fig2c_OPG": (lambda: bl.published.lemaire2004(opg=2e5), LEMAIRE),
    "komarova2003_fig2_single_event": (lambda: bl.published.komarova2003(), KOMAROVA),
    "pivonka2008_PTH_plus1000pM_per_day__code_values": (
        lambda: bl.published.pivonka2008(pth=1000),
        PIVONKA,
    ),
}


def reference(name):
    """Columns of one reference trajectory."""
    path = REFERENCE / f"{name}.csv"
    if not path.exists():
        pytest.skip(f"reference trajectories are not here ({REFERENCE}); set BONELAB_SHARED")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {key: np.array([float(row[key]) for row in rows]) for key in rows[0]}


@pytest.mark.parametrize("name", CASES)
def test_every_listed_time_to_one_part_in_a_million(name):
    simulate, columns = CASES[name]
    expected, run = reference(name), simulate()
    for column, series in columns.items():
        computed = np.interp(expected["time_day"], run.time, run[series])
        np.testing.assert_allclose(computed, expected[column], rtol=1e-6)


def test_printed_values_of_pivonka_are_not_at_rest_and_those_of_the_programs_are():
    rest = bl.published.pivonka2008()
    for series in pivonka2008.STATES:
        np.testing.assert_allclose(rest[series], rest[series][0], rtol=1e-9)
    printed = bl.published.pivonka2008(values="printed")
    assert printed.final["pre-osteoblasts"] < 0.1 * printed["pre-osteoblasts"][0]
    np.testing.assert_allclose(
        pivonka2008.steady_state(), (6.196390628e-4, 5.583931900e-4, 8.069635263e-4), rtol=1e-9
    )


def test_printed_steady_state_of_lemaire_is_the_root_to_four_digits():
    np.testing.assert_allclose(
        lemaire2004.steady_state(), (7.734e-4, 7.282e-4, 9.127e-4), rtol=2e-4
    )


def test_an_event_of_komarova_runs_through_one_cycle():
    run = bl.published.komarova2003()
    assert run["bone"].min() < 92
    assert run["osteoclasts"].argmax() == 0 < run["osteoblasts"].argmax() < run["bone"].size
    assert run.final["bone"] == pytest.approx(99.9806, abs=1e-3)
    later = bl.published.komarova2003(start=100)
    for series in later.names:
        assert later.at(350, series) == pytest.approx(run.at(250, series), rel=1e-6)


@pytest.mark.parametrize(
    ("experiment", "sign"),
    [
        *((name, 1) for name in ("add B", "add C", "add R", "continuous PTH", "RANKL")),
        *((name, -1) for name in ("remove B", "remove C", "remove R", "OPG")),
    ],
)
def test_peers_signs_of_lemaire_figure_2(experiment, sign):
    run = bl.published.lemaire2004(**bl.published.experiments()[experiment])
    for series in ("osteoblasts", "osteoclasts"):
        change = run.at(80, series) - run[series][0]  # day 60 of the injection
        assert np.sign(change) == sign, f"{experiment}: {series} changes by {change}"
        assert np.all(run[series] > 0)
    assert run.at(19, "osteoclasts") == pytest.approx(run["osteoclasts"][0], rel=1e-9)


def test_more_pth_makes_more_osteoclasts_in_both_models():
    for model in (bl.published.lemaire2004, bl.published.pivonka2008):
        peaks = [model(pth=dose)["osteoclasts"].max() for dose in (0, 250, 1000, 4000)]
        assert peaks == sorted(peaks)
        assert peaks[-1] > 1.2 * peaks[0]


@given(
    pth=st.floats(0, 1e4), opg=st.floats(0, 1e6), rankl=st.floats(0, 1e5), cells=st.floats(0, 1e-2)
)
def test_lemaire_stays_finite_and_not_negative(pth, opg, rankl, cells):
    run = bl.published.lemaire2004(pth=pth, opg=opg, rankl=rankl, R=cells, B=cells, C=cells)
    for series in run.names:
        assert np.all(np.isfinite(run[series]))
        assert np.all(run[series] >= 0)


@given(
    pth=st.floats(0, 1e4), opg=st.floats(0, 1e6), rankl=st.floats(0, 1e5), cells=st.floats(0, 1e-2)
)
def test_pivonka_stays_finite_and_its_cells_not_negative(pth, opg, rankl, cells):
    run = bl.published.pivonka2008(pth=pth, opg=opg, rankl=rankl, osteoclasts=cells)
    for series in run.names:
        assert np.all(np.isfinite(run[series]))
        assert series == "bone" or np.all(run[series] >= 0)


@given(osteoclasts=st.floats(0, 50), osteoblasts=st.floats(0, 1e3), daily=st.floats(0, 2))
def test_komarova_stays_finite_and_not_negative(osteoclasts, osteoblasts, daily):
    run = bl.published.komarova2003(osteoclasts, osteoblasts, osteoclasts_per_day=daily)
    for series in run.names:
        assert np.all(np.isfinite(run[series]))
    assert np.all(run["osteoclasts"] >= 0)
    assert np.all(run["osteoblasts"] >= 0)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: bl.published.lemaire2004(R=-1.2e-3), "R = -0.0012"),
        (lambda: bl.published.lemaire2004(C=-1), "C = -1"),
        (lambda: bl.published.lemaire2004(pth=-1), "pth = -1"),
        (lambda: bl.published.lemaire2004(stop=10), "stop = 10"),
        (lambda: bl.published.lemaire2004(days=0), "days = 0"),
        (lambda: bl.published.lemaire2004(opg="much"), "opg = 'much'"),
        (lambda: bl.published.lemaire2004(rankl=float("nan")), "rankl = nan"),
        (lambda: bl.published.komarova2003(osteoclasts=-1), "osteoclasts = -1"),
        (lambda: bl.published.komarova2003(start=900), "start = 900"),
        (lambda: bl.published.pivonka2008(values="guess"), "values = 'guess'"),
        (lambda: bl.published.pivonka2008(osteoclasts=-1e-5), "osteoclasts = -1e-05"),
    ],
)
def test_errors_name_the_argument_and_the_value(call, words):
    with pytest.raises(bl.BonelabError, match=words.replace("(", r"\(")):
        call()


def with_units(room):
    """The parameters of a model as quantities with their units."""
    unit = registry()
    table = load(room).records()
    return type(
        "WithUnits",
        (),
        {
            name: unit.Quantity(r.value, "" if r.unit == "1" else r.unit)
            for name, r in table.items()
        },
    )


def test_every_term_of_lemaire_and_pivonka_has_the_unit_of_its_left_side():
    pM, day = registry()("pM"), registry()("day")
    cells = [value * pM for value in lemaire2004.steady_state()]
    some = lemaire2004.Injection(*(1e-4 * pM / day for _ in lemaire2004.Injection._fields))
    k = lemaire2004.constants(with_units("published_lemaire2004"), some)
    for rate in lemaire2004.rhs(0 * day, cells, k):
        assert rate.check(cells[0] / day)
    OBp, OBa, OCa = (value * pM for value in pivonka2008.steady_state())
    some = pivonka2008.Injection(*(1e-4 * pM / day for _ in pivonka2008.Injection._fields))
    p = with_units("published_pivonka2008")
    state = (OBp, OBa, OCa, 100 * registry()("percent"))
    rates = pivonka2008.rhs(0 * day, state, p, (OBa, OCa), some)
    for rate, value in zip(rates, state, strict=True):
        assert rate.check(value / day)


def test_komarovas_steady_numbers_are_at_rest():
    p = load("published_komarova2003")
    resting = komarova2003.steady_state(p)
    np.testing.assert_allclose(resting, (1.060660172, 212.1320344), rtol=1e-9)
    assert np.allclose(komarova2003.rhs(0.0, (*resting, 100.0), p, resting), 0, atol=1e-13)


def test_runs_tell_their_story_and_can_be_repeated():
    for run in (
        bl.published.lemaire2004(pth=1000),
        bl.published.komarova2003(),
        bl.published.pivonka2008(pth=1000),
    ):
        assert run.subject in run.summary()
        names = {"bl": bl}
        exec(run.code, names)
        for series in run.names:
            np.testing.assert_array_equal(names["run"][series], run[series])
    assert "stay where they are" in bl.published.lemaire2004().summary()
    assert "nothing happens" in bl.published.komarova2003(osteoclasts=0).summary()
