"""How long a protein drug stays: every term of the equations, by hand."""

from dataclasses import dataclass

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from bonelab.biology.pharmacokinetics import (
    antibody_rates,
    clearance_for_half_life,
    free_antibody,
    opgfc_rates,
)


@dataclass(frozen=True)
class Made:
    """Round numbers, so that the working can be followed."""

    antibody_absorption: float = 0.5  # 1/day
    antibody_volume: float = 2.0  # L
    antibody_slow_volume: float = 4.0
    antibody_clearance: float = 0.1  # L/day
    antibody_exchange: float = 0.8
    target_Kss: float = 100.0  # ng/ml
    target_removal: float = 0.2  # 1/day
    target_loss: float = 0.05
    target_start: float = 600.0
    opgfc_absorption: float = 0.5
    opgfc_volume: float = 2.0
    opgfc_volume_2: float = 0.5
    opgfc_volume_3: float = 0.25
    opgfc_clearance: float = 4.0
    opgfc_exchange_2: float = 0.4
    opgfc_exchange_3: float = 0.1
    opgfc_vmax: float = 300.0  # ug/day
    opgfc_Km: float = 10.0


D = Made()


@pytest.mark.parametrize("total", [0.0, 1e-6, 600.0, 900.0, 1e6])
@pytest.mark.parametrize("target", [1.0, 600.0])
def test_free_and_bound_drug_are_all_of_it(total, target):
    """What is bound is R C/(K + C)."""
    found = free_antibody(total, target, D)
    bound = target * found / (D.target_Kss + found)
    assert found + bound == pytest.approx(total, rel=1e-9, abs=1e-12)
    assert 0 <= found <= total


def test_free_drug_by_hand():
    """C_T = 600, R = 500, K = 100: b = 0, so C = sqrt(4 x 100 x 600)/2 = 244.949."""
    assert free_antibody(600.0, 500.0, D) == pytest.approx(244.9490, abs=1e-4)


def test_the_rates_of_an_antibody_term_by_term():
    """A = 1000 ug, C_T = 600, C2 = 50, R = 500 (C = 244.949).

    absorbed 500 ug/day; held R C/(K + C) = 355.051; exchange 0.8 x (244.949 - 50) = 155.959;
    dC_T = (500 - 24.495 - 155.959)/2 - 0.2 x 355.051 = 88.763; dC2 = 155.959/4 = 38.990;
    dR = 0.05 x (600 - 500) - 0.15 x 355.051 = -48.258.
    """
    dA, dC, dC2, dR = antibody_rates(1000.0, 600.0, 50.0, 500.0, D.antibody_clearance, D)
    assert dA == pytest.approx(-500)
    assert dC == pytest.approx(88.763, abs=1e-3)
    assert dC2 == pytest.approx(38.990, abs=1e-3)
    assert dR == pytest.approx(-48.258, abs=1e-3)


def test_without_drug_the_target_rests_and_turns_over():
    assert antibody_rates(0.0, 0.0, 0.0, 600.0, 0.1, D) == pytest.approx([0, 0, 0, 0])
    *_, dR = antibody_rates(0.0, 0.0, 0.0, 500.0, 0.1, D)
    assert dR == pytest.approx(5.0)  # 0.05 a day of what is missing


def test_the_clearance_that_is_given_is_used():
    slow, fast = (antibody_rates(0.0, 600.0, 0.0, 500.0, cl, D)[1] for cl in (0.1, 0.2))
    assert slow - fast == pytest.approx(0.1 * 244.949 / 2, abs=1e-3)


def test_the_half_life_at_flooding_concentrations():
    """k10 = 0.05, k12 = 0.4, k21 = 0.2: beta = (0.65 - sqrt(0.4225 - 0.04))/2 = 0.015767/day."""
    half_life = np.log(2) / 0.0157670
    assert clearance_for_half_life(half_life, D) == pytest.approx(0.1, rel=1e-4)
    flooded = solve_ivp(
        lambda t, y: antibody_rates(0.0, *y, 0.1, D)[1:], (0, 400), [1e9, 0, 0],
        t_eval=[300, 400], rtol=1e-9, atol=1e-3,
    )  # fmt: skip
    early, late = flooded.y[0]
    assert np.log(2) * 100 / np.log(early / late) == pytest.approx(half_life, rel=1e-3)


def test_the_rates_of_opg_fc_term_by_term():
    """A = 100 ug, C = 10, C2 = 5, C3 = 2 ng/ml.

    absorbed 50; cleared 40; saturable 300 x 10/20 = 150; to 2: 0.4 x 5 = 2; to 3: 0.1 x 8 = 0.8;
    dC = (50 - 40 - 150 - 2 - 0.8)/2 = -71.4; dC2 = 2/0.5 = 4; dC3 = 0.8/0.25 = 3.2.
    """
    assert opgfc_rates(100.0, 10.0, 5.0, 2.0, D) == pytest.approx([-50, -71.4, 4, 3.2])


def test_nothing_is_made_and_nothing_lost_but_by_clearance():
    """Without clearance the amounts in depot and compartments stay together."""
    closed = Made(opgfc_clearance=0.0, opgfc_vmax=0.0)
    dA, dC, dC2, dC3 = opgfc_rates(100.0, 10.0, 5.0, 2.0, closed)
    assert dA + 2.0 * dC + 0.5 * dC2 + 0.25 * dC3 == pytest.approx(0, abs=1e-12)
