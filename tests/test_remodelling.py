"""The equations of the tissue term by term: each turned off or made round, the rest by hand."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from bonelab.biology import remodelling
from bonelab.biology.remodelling import (
    CELLS,
    STATES,
    Condition,
    Inputs,
    Memory,
    MemoryOfMany,
    Tissue,
    ageing,
    estrogen,
    fluxes,
    healthy_start,
    jacobian,
    on_drugs,
    rates,
    rhs,
    total_rankl,
    years_after_menopause,
)
from bonelab.parameters import load

HEALTHY = Tissue()
P, B, D = HEALTHY.p, HEALTHY.binding, HEALTHY.drugs


def changed(inputs=None, y=None, **condition):
    """The fluxes of healthy bone with something changed."""
    tissue = replace(HEALTHY, condition=replace(HEALTHY.condition, **condition))
    state = healthy_start(tissue) if y is None else y
    return fluxes(0.0, state, Inputs() if inputs is None else inputs, tissue)


def test_healthy_bone_is_at_rest():
    assert rhs(0.0, healthy_start(HEALTHY), HEALTHY) == pytest.approx([0.0] * 11, abs=1e-12)


@pytest.mark.parametrize(("day", "years"), [(0.0, 15.0), (365.25, 16.0), (-730.5, 13.0)])
def test_years_after_menopause(day, years):
    tissue = replace(HEALTHY, condition=Condition(years_after_menopause=15.0))
    assert years_after_menopause(day, tissue) == pytest.approx(years)


def test_estrogen_falls_by_half_after_its_own_time():
    """E = 1/(1 + years/decline): a half after ``decline`` years, 1 before menopause."""
    assert estrogen(-3.0, HEALTHY) == 1
    assert estrogen(P.estrogen_decline, HEALTHY) == pytest.approx(0.5)
    removed = replace(HEALTHY, condition=Condition(estrogen_removed=1.0))
    assert estrogen(-3.0, removed) == 0


def test_recruitment_ages_from_its_own_moment():
    """The lead before menopause is where it begins; 10 years later 1/(1 + 10 a)."""
    lead = P.ageing_before_menopause
    assert ageing(-lead - 5.0, HEALTHY) == 1
    assert ageing(10.0 - lead, HEALTHY) == pytest.approx(1 / (1 + 10 * P.recruitment_aging))


def test_who_makes_rankl():
    """Three shares that sum to 1 in health; estrogen acts on the marrow's makers only."""
    whole = P.share_preosteoblasts + P.share_osteoblasts + P.share_osteocytes
    assert whole == pytest.approx(1.0)
    L0 = B.RANKL_tissue
    assert total_rankl(1, 1, 1, 1.0, 0.0, HEALTHY) == pytest.approx(L0)
    assert total_rankl(2, 1, 1, 1.0, 0.0, HEALTHY) == pytest.approx(
        L0 * (1 + P.share_preosteoblasts)
    )
    assert total_rankl(0, 0, 3, 0.0, 0.0, HEALTHY) == pytest.approx(3 * L0 * P.share_osteocytes)
    marrow = P.share_preosteoblasts + P.share_osteoblasts
    assert total_rankl(1, 1, 0, 0.0, 0.0, HEALTHY) == pytest.approx(L0 * P.estrogen_effect * marrow)
    assert total_rankl(1, 1, 1, 1.0, 0.5, HEALTHY) == pytest.approx(
        L0 * (1 + 0.5 * D.teriparatide_RANKL)
    )
    doubled = replace(HEALTHY, condition=Condition(RANKL=2.0))
    assert total_rankl(1, 1, 1, 1.0, 0.0, doubled) == pytest.approx(2 * L0)


def test_rankl_and_opg_that_come_from_elsewhere_are_added():
    assert changed(extra_RANKL=0.1).rankl == pytest.approx(B.RANKL_tissue + 0.1)
    assert changed(Inputs(extra_RANKL=0.2)).rankl == pytest.approx(B.RANKL_tissue + 0.2)
    assert changed(Inputs(opg_fc=3.0)).opg == pytest.approx(B.OPG_tissue + 3.0)
    assert changed(OPG=0.5).opg == pytest.approx(0.5 * B.OPG_tissue)
    blocked = changed(Inputs(sclerostin_block=0.5))
    assert blocked.opg == pytest.approx(B.OPG_tissue * (1 + 0.5 * D.romosozumab_OPG))


def test_resorption_is_cells_times_what_each_does():
    """Twice the osteoclasts in the same fluid resorb twice as much; the floor is what remains
    without activity."""
    f = changed()
    assert f.resorption == pytest.approx(1.0)
    none = changed(RANKL=0.0)
    assert none.occupancy == pytest.approx(0, abs=1e-100)
    assert none.resorption == pytest.approx(P.activity_floor)
    twice = healthy_start(HEALTHY)
    twice[CELLS.index("osteoclasts")] = 2.0
    more = changed(y=twice)
    assert more.resorption == pytest.approx(2.0, rel=0.05)


def test_a_bisphosphonate_kills_what_resorbs():
    """Loss rises by k A R_r, and nothing else changes at once."""
    plain, dosed = changed(), changed(Inputs(bisphosphonate=2.0))
    assert dosed.loss - plain.loss == pytest.approx(2 * D.bisphosphonate_kill * plain.resorption)
    assert dosed.resorption == plain.resorption


def test_lining_cells_add_to_formation():
    assert changed(Inputs(teriparatide=0.4)).formation == pytest.approx(
        1 + 0.4 * D.teriparatide_formation
    )
    assert changed(Inputs(lining_cells=0.3)).formation == pytest.approx(
        1 + 0.3 * D.romosozumab_formation
    )


def test_coupling_has_a_basal_part_and_two_routes():
    """Without the tail the reverse route is closed: c0 + (1 - c0)(1 - w) of the matrix route."""
    deaf = changed(tail=0.0)
    assert deaf.reverse_signal == 0
    assert deaf.matrix_signal == pytest.approx(1.0)
    expected = P.formation_basal + (1 - P.formation_basal) * (1 - P.reverse_share)
    assert deaf.recruitment == pytest.approx(expected)


def test_rapamycin_stops_a_share_of_both_routes():
    """At its IC50 half of mTORC1 is left: m = 1/2; the matrix route loses half its mTOR part."""
    half = changed(Inputs(rapamycin=HEALTHY.reverse.IC50_rapamycin))
    assert half.reverse_signal == pytest.approx(0.5)
    assert half.matrix_signal == pytest.approx(1 - 0.5 * P.matrix_mTOR)


def test_the_rates_of_the_cells_by_hand():
    """P = 2, C = 3, M = 0.5, U = 1.5, B = 2, Y = 0.8 with N = 2 and round parameters."""
    p = SimpleNamespace(
        precursor_rate=0.1, precursor_reserve=4.0, team_loss=0.05, osteomorph_return=0.02,
        osteomorph_loss=0.01, preosteoblast_rate=0.2, osteoblast_rate=0.03, osteocyte_rate=0.001,
    )  # fmt: skip
    f = SimpleNamespace(
        NFATc1=2.0, loss=0.07, parting=0.004, recruitment=1.2, resorption=1.5, formation=1.0
    )
    for name in (
        "marrow_limit",
        "mineralisation_rate",
        "turnover_hip",
        "turnover_spine",
        "BSAP_delay",
    ):
        setattr(p, name, getattr(load("tissue"), name))
    found = rates((2, 3, 0.5, 1.5, 2, 0.8, 0.1, 0.9, 0.1, 0.9, 1.0), f, SimpleNamespace(p=p))
    assert found[: len(CELLS)] == pytest.approx(
        [
            0.1 * (1 + 4 - 2 - 4 * 2 * 2),  # -1.3
            0.05 * 2 * 2 + 0.02 * 2 * 0.5 - 0.07 * 3,  # 0.01
            0.004 * 3 - 0.02 * 2 * 0.5 - 0.01 * 0.5,  # -0.013
            0.2 * (1.2 - 1.5),
            0.03 * (1.5 - 2),
            0.001 * (2 - 1.5 * 0.8),
        ]
    )


def test_what_an_antibody_holds_is_taken_from_what_is_free():
    """10 nM of an antibody without limits holds nearly all RANKL, and RANK loses it."""
    inputs = Inputs(crosslinkers=[(10.0, 2, 0.003)])
    f = changed(inputs)
    held = on_drugs(f, 1.0, inputs, HEALTHY)
    assert 0.9 * f.rankl < held < f.rankl
    assert f.occupancy < 0.05 * changed().occupancy
    assert on_drugs(changed(), 1.0, Inputs(), HEALTHY) == 0


def ill(n):
    """States of ``n`` subjects far from rest, no two of them alike."""
    factors = np.linspace(0.6, 1.7, n)
    start = np.array(healthy_start(HEALTHY))[:, None] * factors
    start[2] = 0.1 * factors  # osteomorphs
    return start * np.linspace(0.8, 1.3, len(STATES))[:, None]


def test_the_jacobian_of_many_is_that_of_differences_in_every_state():
    y, exact = ill(3), MemoryOfMany(1e-3).exactly()
    found = jacobian(900.0, y, HEALTHY, MemoryOfMany(1e-3))
    assert found.shape == (11, 11, 3)
    for k in range(11):
        for step in (1e-5, -1e-5):
            moved = y.copy()
            moved[k] += step
            change = np.array(rhs(900.0, moved, HEALTHY, exact)) - rhs(900.0, y, HEALTHY, exact)
            assert change / step == pytest.approx(found[:, k], rel=2e-3, abs=2e-5), STATES[k]


def test_a_search_of_many_begins_where_the_last_two_roots_point(monkeypatch):
    """Roots 2 and 3 on days 1 and 3 point to 3 x (3/2)^(1/2) on day 4. A second look at the same
    day begins at its own last root, and is no step of its own; what is far ahead is not trusted.
    """
    roots, begun = iter([2.0, 3.0, 3.6, 3.75, 4.0, 5.0]), []

    def told(t, y, inputs, tissue, guess, tolerance):
        begun.append(guess)
        return SimpleNamespace(free_rankl=next(roots))

    monkeypatch.setattr(remodelling, "fluxes", told)
    memory = MemoryOfMany(1e-3)
    for day in (1.0, 3.0, 4.0, 4.0, 5.0, 9.0):
        memory.fluxes(np.array([0.5 * day, day]), None, None, None)
    pointed = [3.0 * 1.5**0.5, 3.75 * 3.75 / 3.0]
    assert begun[:2] == [None, 2.0]
    assert begun[2] == pytest.approx(pointed[0])
    assert begun[3] == 3.6
    assert begun[4] == pytest.approx(pointed[1])
    assert begun[5] == 4.0, "four steps ahead"


def test_what_time_alone_changes_is_kept_for_its_own_moment_only():
    tissue = replace(HEALTHY, condition=Condition(years_after_menopause=3.0))
    y, memory = healthy_start(tissue), Memory(1e-6)
    for day in (10.0, 10.0, 4000.0, 10.0):
        kept, anew = (each(day, y, Inputs(), tissue) for each in (memory.fluxes, fluxes))
        assert kept.estrogen == anew.estrogen
        assert kept.recruitment == pytest.approx(anew.recruitment, rel=1e-6)
