"""Lesions: a tumour in bone and the calcium of a tumour that makes PTHrP, worked by hand."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

import bonelab as bl
from bonelab.biology.lesions import Hypercalcaemia, Metastasis, bounded_calcium
from bonelab.biology.remodelling import Inputs
from bonelab.parameters import load

P = load("lesions")


def fluxes(resorption, formation=1.0):
    return SimpleNamespace(resorption=resorption, formation=formation)


def test_a_tumour_grows_on_what_is_resorbed_and_makes_RANKL():
    """g T [1 + xi (Rr - 1)] (1 - T) = 0.06 x 0.5 x 1.5 x 0.5 = 0.0225/day; lambda T = 0.125 nM."""
    tumour = Metastasis(P)
    assert tumour.start() == [0.02]
    assert tumour.rates([0.5], fluxes(2.0)) == pytest.approx([0.0225])
    inputs = Inputs()
    tumour.act([0.5], inputs)
    assert inputs.extra_RANKL == pytest.approx(0.125)


def test_beside_healthy_bone_a_tumour_grows_by_the_logistic_law():
    """T(60) = 1/(1 + 49 exp(-0.06 x 60)) = 0.4276 where resorption stays 1."""
    tumour = Metastasis(P)
    grown = solve_ivp(
        lambda t, y: tumour.rates(y, fluxes(1.0)), (0, 60), [0.02], rtol=1e-9, atol=1e-12
    ).y[0, -1]
    assert grown == pytest.approx(1 / (1 + 49 * np.exp(-3.6)), rel=1e-6)
    beside = bl.simulate(bl.woman(45).with_disease("bone metastasis"), days=60)
    assert beside.final["tumour burden"] > grown  # resorption rises beside it, and feeds it


def test_calcium_settles_at_what_bone_and_kidney_set():
    """At rest the kidney's 0.2 alone: 0.5 + 5.5/(1 + 1.97297 exp(-0.81451 x 0.2)) = 2.5550."""
    blood = Hypercalcaemia(P)
    assert blood.start() == [2.35]
    assert blood.rates([2.35], fluxes(1.0)) == pytest.approx([0.2050], abs=1e-4)
    assert bounded_calcium(0.2, P) == pytest.approx(2.5550, abs=1e-4)


@pytest.mark.parametrize(("resorption", "rise"), [(2.0, 0.2 + 0.5), (0.0, 0.2 - 0.055)])
def test_bone_that_gives_calcium_raises_it_more_than_bone_that_takes_lowers_it(resorption, rise):
    """Formation 1: 0.5 for each unit given, 0.055 for each taken, beside the kidney's 0.2."""
    change = Hypercalcaemia(P).rates([2.35], fluxes(resorption))[0]
    assert change == pytest.approx(bounded_calcium(rise, P) - 2.35)


def test_what_bone_takes_counts_as_in_a_woman_without_a_tumour():
    assert P.calcium_taken == load("tissue").calcium_of_bone


@given(
    resorption=st.floats(0, 1e6), formation=st.floats(0, 1e6),
    per_turnover=st.floats(0, 2), kept=st.floats(0, 2), normal=st.floats(2.1, 2.6),
    low=st.floats(0.1, 1.5), high=st.floats(4, 6),
)  # fmt: skip
def test_no_parameter_leads_out_of_the_range(
    resorption, formation, per_turnover, kept, normal, low, high
):
    p = load(
        "lesions", calcium_per_turnover=per_turnover, calcium_kept=kept, calcium_normal=normal,
        calcium_lowest=low, calcium_highest=high,
    )  # fmt: skip
    rise = per_turnover * (resorption - formation) + kept
    assert low <= bounded_calcium(rise, p) <= high
    assert bounded_calcium(0.0, p) == pytest.approx(normal)
    if resorption > formation:
        assert bounded_calcium(rise, p) >= normal


@pytest.mark.parametrize(
    ("rise", "words"),
    [(6.0, "few live above 4.5"), (1.5, "above 3.5 is severe"), (-1.0, "below 1.9"), (0.05, "")],
)
def test_what_calcium_does_to_a_body_is_told(rise, words):
    from bonelab.simulation.summaries_tissue import _danger

    told = _danger(np.array([2.35, bounded_calcium(rise, P)]))
    assert words in told
    assert bool(told) == bool(words)
