"""What is measured of a tissue: each series against the equations, worked out beside them."""

import numpy as np
import pytest

import bonelab as bl
from bonelab.biology import remodelling
from bonelab.biology.remodelling import CELLS, STATES, Inputs, fluxes
from bonelab.simulation.observe import UNITS, along, observe

WOMAN = bl.woman(30)
TISSUE = WOMAN.tissue
TIMES = np.array([0.0, 100.0])


@pytest.fixture(scope="module")
def states():
    """Healthy at the start; then more osteoclasts, less bone and more matrix."""
    start = np.array(remodelling.healthy_start(TISSUE))
    factors = dict.fromkeys(STATES, 1.0)
    factors |= {"osteoclasts": 1.5, "old bone hip": 0.9, "maturing matrix": 1.2}
    changed = start * np.array([factors[name] for name in STATES])
    return np.array([start, changed]).T


@pytest.fixture(scope="module")
def series(states):
    return observe(TIMES, states, WOMAN)


@pytest.fixture(scope="module")
def flux(states):
    return fluxes(TIMES, states, Inputs(), TISSUE)


def test_opg_that_is_free_and_rankl_that_it_holds(series, flux):
    """Free OPG is OPG Kd/(free RANKL + Kd); the rest holds RANKL, one each."""
    Kd = TISSUE.binding.Kd_OPG
    free = flux.opg * Kd / (flux.free_rankl + Kd)
    assert series["RANKL on OPG"] == pytest.approx((flux.opg - free) / flux.rankl, rel=1e-12)
    assert series["free OPG"][0] == pytest.approx(1, rel=1e-9)
    assert series["free OPG"] == pytest.approx(free / free[0], rel=1e-9)
    assert np.all(series["RANKL on drug"] == 0)


def test_shares_of_RANKL_are_shares_even_where_there_is_none():
    """Not a difference of equals over nothing: it was -1e185 without RANKL."""
    for name in ("osteopetrosis without RANKL", "juvenile Paget's disease"):
        run = bl.simulate(bl.woman(30).with_disease(name), bl.denosumab(), years=1)
        for series in ("RANKL on OPG", "RANKL on drug", "clustered RANKL", "occupancy"):
            assert np.all((run[series] >= 0) & (run[series] <= 1)), (name, series)
            if name == "osteopetrosis without RANKL":
                assert run[series].max() < 1e-100, series


def test_bone_is_young_and_old_together(series, states):
    by_name = dict(zip(STATES, states, strict=True))
    for site in ("hip", "spine"):
        whole = by_name[f"young bone {site}"] + by_name[f"old bone {site}"]
        assert series[f"bone volume {site}"] == pytest.approx(whole)
    p = TISSUE.p
    hip = p.young_mineral * by_name["young bone hip"] + by_name["old bone hip"]
    spine = p.young_mineral_spine * by_name["young bone spine"] + by_name["old bone spine"]
    assert series["BMD hip"] == pytest.approx(100 * hip / hip[0])
    assert series["BMD spine"] == pytest.approx(100 * spine / spine[0])
    for name in CELLS:
        assert np.array_equal(series[name], by_name[name])


def test_markers_have_a_floor_and_are_percent_of_the_start(series, flux, states):
    p = TISSUE.p
    ratio = flux.resorption / flux.resorption[0]
    assert series["CTX"] == pytest.approx(100 * (p.CTX_floor + (1 - p.CTX_floor) * ratio))
    ratio = flux.formation / flux.formation[0]
    assert series["P1NP"] == pytest.approx(100 * (p.P1NP_floor + (1 - p.P1NP_floor) * ratio))
    assert series["BSAP"] == pytest.approx(
        100 * (p.BSAP_floor + (1 - p.BSAP_floor) * np.array([1, 1.2]))
    )


def test_ctx_may_start_from_what_was_before_the_run(states, flux):
    twice = observe(TIMES, states, WOMAN, start=flux.resorption[:1] / 2)["CTX"]
    floor = TISSUE.p.CTX_floor
    assert twice[0] == pytest.approx(100 * (floor + 2 * (1 - floor)))


def test_both_routes_share_the_call_for_builders(series, flux):
    share = TISSUE.p.reverse_share
    assert series["reverse route"] == pytest.approx(share * flux.reverse_signal)
    assert series["matrix route"] == pytest.approx((1 - share) * flux.matrix_signal)


def test_supplements_lower_p1np_alone(states, series):
    given = observe(TIMES, states, WOMAN, Inputs(supplements=0.5))
    lowered = 1 - 0.5 * TISSUE.drugs.supplements_P1NP
    assert given["P1NP"] == pytest.approx(lowered * series["P1NP"])
    assert given["CTX"] == pytest.approx(series["CTX"])


def test_calcium_of_the_blood_is_a_womans_and_only_where_no_lesion_tells_it(states):
    assert {"blood calcium", "PTH"} <= set(observe(TIMES, states, WOMAN))
    told = observe(TIMES, states, WOMAN, extra={"serum calcium": np.array([2.4, 2.6])})
    assert "blood calcium" not in told
    assert told["serum calcium"].tolist() == [2.4, 2.6]
    assert "blood calcium" not in observe(TIMES, states, bl.mouse())


def test_a_level_in_serum_is_told_of_drugs_that_are_injected():
    """Of an antibody; not of tablets, and not of one that is held in bone without an injection."""
    names = {
        plan.name: set(bl.simulate(bl.woman(65), plan, days=20, points=3).names)
        for plan in (bl.denosumab(), bl.opg_fc(), bl.zoledronate(), bl.teriparatide())
    }
    assert [("serum drug" in series) for series in names.values()] == [True, True, False, False]
    both = bl.simulate(bl.woman(65), [bl.denosumab(), bl.opg_fc()], days=20)
    alone = [
        bl.simulate(bl.woman(65), plan, days=20).at(10, "serum drug")
        for plan in (bl.denosumab(), bl.opg_fc())
    ]
    assert both.at(10, "serum drug") == pytest.approx(sum(alone), rel=1e-3)


def test_a_lesion_has_series_of_its_own_and_feeds_back():
    sick = bl.woman(65).with_disease("bone metastasis")
    states = np.array([*remodelling.healthy_start(sick.tissue), 0.5])[:, None] * np.ones(2)
    inputs, extra = along(TIMES, (), (), sick.lesions, states)
    assert extra["tumour burden"].tolist() == [0.5, 0.5]
    p = bl.parameters.load("lesions")
    assert inputs.extra_RANKL == pytest.approx([0.5 * p.tumour_RANKL] * 2)
    assert "serum drug" not in extra


def test_units_are_those_of_the_measurement():
    assert UNITS == {
        "RANKL": "nM", "OPG": "nM", "BMD hip": "%", "BMD spine": "%", "CTX": "%", "P1NP": "%",
        "BSAP": "%", "serum drug": "ng/ml", "serum calcium": "mmol/L", "blood calcium": "mmol/L",
    }  # fmt: skip
