"""Reverse signalling: every term of the equations at round numbers, by hand."""

from dataclasses import dataclass

import pytest

from bonelab.biology import reverse_signalling as reverse
from bonelab.biology.reverse_signalling import Blocks


@dataclass(frozen=True)
class Made:
    """Round numbers, so that the working can be followed."""

    K_cluster: float = 0.2
    basal: float = 0.05
    tau_SFK: float = 0.1  # hours
    tau_PI3K: float = 0.2
    tau_Akt: float = 0.25
    tau_mTORC1: float = 0.5
    IC50_rapamycin: float = 2.0  # nM
    Runx2_gain: float = 1.6
    tau_Runx2: float = 24.0
    tau_genes: float = 12.0
    Col1a1_power: float = 1.5
    mineral_power: float = 2.0
    mineral_rate: float = 0.002


P = Made()
Y = (0.3, 0.2, 0.4, 0.1, 4.0, 2.0, 1.5, 0.7)  # SFK, PI3K, Akt, mTORC1, Runx2, Col1a1, Sp7, mineral


def test_the_tail_passes_on_half_at_its_constant():
    """0.2/(0.2 + 0.2) = 0.5; a tail of 2 % passes on a fiftieth of it."""
    assert reverse.tail_signal(0.2, 1.0, P) == pytest.approx(0.5)
    assert reverse.tail_signal(0.6, 1.0, P) == pytest.approx(0.75)
    assert reverse.tail_signal(0.2, 0.02, P) == pytest.approx(0.01)


def test_rapamycin_halves_mtorc1_at_its_ic50():
    assert reverse.mTORC1_left(0.0, P) == 1
    assert reverse.mTORC1_left(2.0, P) == pytest.approx(0.5)
    assert reverse.mTORC1_left(6.0, P) == pytest.approx(0.25)
    assert reverse.signal(0.2, 1.0, P, 2.0) == pytest.approx(0.25)


def test_runx2_is_a_fold_over_untreated_cells():
    """(1 + 1.6 x 0.55)/(1 + 1.6 x 0.05) = 1.88/1.08."""
    assert reverse.Runx2_target(0.05, P) == pytest.approx(1.0)
    assert reverse.Runx2_target(0.55, P) == pytest.approx(1.88 / 1.08)


def test_the_rates_term_by_term():
    """tail 0.5; PI3K 0.05 + 0.95 x 0.3 = 0.335; mTORC1 0.4 x 0.5 = 0.2; Runx2 1.16/1.08;
    Col1a1 4^1.5 = 8; Sp7 4; mineral 0.002 x 16."""
    assert reverse.rhs(0.0, Y, P, 0.2, rapamycin=2.0) == pytest.approx(
        (
            (0.5 - 0.3) / 0.1,
            (0.335 - 0.2) / 0.2,
            (0.2 - 0.4) / 0.25,
            (0.2 - 0.1) / 0.5,
            (1.16 / 1.08 - 4.0) / 24.0,
            (8.0 - 2.0) / 12.0,
            (4.0 - 1.5) / 12.0,
            0.032,
        )
    )
    *_, mineral = reverse.rhs(0.0, Y, P, 0.2, mineralising=0.0)
    assert mineral == 0


@pytest.mark.parametrize(
    ("block", "state", "rate"),
    [(Blocks(SFK=0.0), 0, -3.0), (Blocks(PI3K=0.0), 1, -1.0), (Blocks(Akt=0.0), 2, -1.6),
     (Blocks(mTORC1=0.0), 3, -0.2), (Blocks(Runx2=0.0), 4, -4.0 / 24)],
)  # fmt: skip
def test_a_blocked_step_runs_down(block, state, rate):
    assert reverse.rhs(0.0, Y, P, 0.2, b=block)[state] == pytest.approx(rate)


@pytest.mark.parametrize("clustered", [0.0, 0.1, 0.8])
@pytest.mark.parametrize("rapamycin", [0.0, 2.0])
def test_at_rest_nothing_changes(clustered, rapamycin):
    rest = reverse.resting_state(clustered, 1.0, P, rapamycin)
    rates = reverse.rhs(0.0, (*rest, 0.0), P, clustered, rapamycin=rapamycin)
    assert rates[:7] == pytest.approx([0.0] * 7, abs=1e-12)
    assert rest[5] == pytest.approx(rest[4] ** 1.5)
    assert rest[6] == rest[4]
