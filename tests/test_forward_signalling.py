"""Forward signalling: every term of the equations at round numbers, by hand."""

from dataclasses import dataclass

import pytest

from bonelab.biology import forward_signalling as forward
from bonelab.biology.forward_signalling import Blocks
from bonelab.parameters import load


@dataclass(frozen=True)
class Made:
    """Round numbers, so that the working can be followed."""

    tau_TRAF6: float = 0.5  # hours
    tau_brake: float = 2.0
    brake: float = 3.0
    tau_NFkB: float = 0.25
    tau_JNK: float = 0.2
    tau_Akt: float = 0.1
    tau_AP1: float = 5.0
    tau_NFATc1: float = 10.0
    K_signal: float = 0.5
    NFATc1_basal: float = 40.0
    NFATc1_auto: float = 60.0
    NFATc1_half: float = 3.0
    founding_rate: float = 0.0004
    fusion_rate: float = 0.02
    N_fusion: float = 3.0
    N_activation: float = 5.0
    loss_max: float = 1.0  # 1/day
    loss_min: float = 0.1
    K_survival: float = 0.1
    survival_power: float = 3.0
    RANK_gain: float = 0.0
    RANK_half: float = 0.25


P = Made()
# T, brake, NF-kB, JNK, Akt, AP-1, NFATc1, precursors, osteoclasts, nuclei, pits
Y = (0.4, 0.5, 0.1, 0.2, 0.1, 0.3, 6.0, 0.5, 0.1, 0.4, 0.0)


def test_spare_receptors_make_half_as_much_rank_signal_nearly_as_well():
    """rank (1 + h)/(rank + h): 1 at 1, 0.5 x 1.25/0.75 = 0.8333 at a half, 0 at none."""
    assert forward.receptor_signal(0.6, P) == pytest.approx(0.6)
    assert forward.receptor_signal(0.6, P, 0.5) == pytest.approx(0.5)
    assert forward.receptor_signal(0.6, P, 0.0) == 0


def test_rank_that_is_on_by_itself_signals_without_rankl():
    """gain + (1 - gain) x: 0.1 + 0.9 x 0.5 = 0.55."""
    gained = Made(RANK_gain=0.1)
    assert forward.receptor_signal(0.0, gained) == pytest.approx(0.1)
    assert forward.receptor_signal(0.5, gained) == pytest.approx(0.55)


def test_an_arm_is_half_active_at_its_constant():
    assert forward.arm(0.5, P) == pytest.approx(0.5)
    assert forward.arm(1.5, P) == pytest.approx(0.75)


def test_nfatc1_amplifies_itself():
    """drive (b + a N2/(th2 + N2)): at N = 3, 0.1 x (40 + 30) = 7; at N = 0, 4."""
    assert forward.NFATc1_target(0.1, 3.0, P) == pytest.approx(7.0)
    assert forward.NFATc1_target(0.1, 0.0, P) == pytest.approx(4.0)


def test_akt_keeps_osteoclasts_alive():
    """At Akt = K half of the range: 0.1 + 0.9/2 = 0.55 a day; at twice K 0.1 + 0.9/9 = 0.2."""
    assert forward.death_rate(0.0, P) == pytest.approx(1.0)
    assert forward.death_rate(0.1, P) == pytest.approx(0.55)
    assert forward.death_rate(0.2, P) == pytest.approx(0.2)


def test_activity_saturates_with_nfatc1():
    assert forward.activity(5.0, P) == pytest.approx(0.5)
    assert forward.activity(15.0, P) == pytest.approx(0.75)


def test_the_rates_term_by_term():
    """u = 0.4/(1 + 3 x 0.5) = 0.16; arm 0.16/0.66 = 0.242424; drive 0.1 x 0.3 = 0.03;
    NFATc1 0.03 x (40 + 60 x 36/45) = 2.64; founding 0.0004 x 6 x 0.25 = 0.0006;
    joining 0.02 x 36/9 x 0.5 x 0.1 = 0.004; loss 0.55/24 = 0.0229167 an hour."""
    rates = forward.rhs(0.0, Y, P, 0.8)
    loss = 0.55 / 24
    assert rates == pytest.approx(
        (
            (0.8 - 0.4) / 0.5,
            (0.4 - 0.5) / 2.0,
            (0.2424242 - 0.1) / 0.25,
            (0.2424242 - 0.2) / 0.2,
            (0.2424242 - 0.1) / 0.1,
            (0.2 - 0.3) / 5.0,
            (2.64 - 6.0) / 10.0,
            -2 * 0.0006 - 0.004,
            0.0006 - loss * 0.1,
            2 * 0.0006 + 0.004 - loss * 0.4,
            0.1 * (6 / 11) / 24,
        ),
        rel=1e-5,
    )


def test_founding_takes_two_cells_and_joining_one():
    """Nuclei are conserved: what leaves the precursors is in the osteoclasts, but for death."""
    immortal = Made(loss_max=0.0, loss_min=0.0)
    rates = forward.rhs(0.0, Y, immortal, 0.8)
    assert rates[7] + rates[9] == pytest.approx(0, abs=1e-15)


@pytest.mark.parametrize(
    ("block", "state", "target"),
    [(Blocks(IKK=0.0), 2, 0.1 / 0.25), (Blocks(JNK=0.0), 3, 0.2 / 0.2),
     (Blocks(Akt=0.0), 4, 0.1 / 0.1), (Blocks(Src=0.0), 4, 0.1 / 0.1),
     (Blocks(NFATc1=0.0), 6, 6.0 / 10.0)],
)  # fmt: skip
def test_a_blocked_step_runs_down(block, state, target):
    assert forward.rhs(0.0, Y, P, 0.8, b=block)[state] == pytest.approx(-target)


def test_without_src_no_pit_is_dug_though_cells_are_there():
    assert forward.rhs(0.0, Y, P, 0.8, b=Blocks(Src=0.0))[10] == 0
    assert forward.rhs(0.0, Y, P, 0.8, b=Blocks(Src=0.0))[8] == pytest.approx(
        0.0006 - 0.1 * 0.55 / 24
    )


@pytest.mark.parametrize("drive", [0.0, 0.001, 0.02, 0.1, 0.4, 1.0])
def test_at_rest_nfatc1_is_what_is_made_of_it(drive):
    N = forward.resting_NFATc1(drive, P)
    assert forward.NFATc1_target(drive, N, P) == pytest.approx(N, rel=1e-9, abs=1e-9)


def test_survival_has_the_exponent_of_the_table():
    """(1 + 2^3)^-1 of the range at twice K in the table, (1 + 2^2)^-1 with an exponent of 2; a
    solver that tries a hair less than no Akt finds none."""
    for n, share in ((3.0, 1 / 9), (2.0, 1 / 5), (2.5, 1 / (1 + 2**2.5))):
        p = load("forward", survival_power=n)
        rate = forward.death_rate(2 * p.K_survival, p)
        assert (rate - p.loss_min) / (p.loss_max - p.loss_min) == pytest.approx(share)
        assert forward.death_rate(-1e-12, p) == pytest.approx(p.loss_max)
    assert load("forward").survival_power == 3
