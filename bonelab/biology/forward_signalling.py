r"""Forward signalling: how RANKL on RANK makes, activates and keeps an osteoclast.

The share :math:`x` of RANK that holds RANKL is all that enters (times are hours):

.. math::
    T^* &= r\,\tfrac{1+r_{1/2}}{r+r_{1/2}}\,[g + (1-g)\,x] \qquad\text{(r: RANK, g: no ligand)}\\
    \dot T &= (T^*-T)/\tau_T, \quad \dot h = (T-h)/\tau_h, \quad u = T/(1+\alpha h)\\
    \dot n &= (b_{IKK}\,\tfrac{u}{u+K_s} - n)/\tau_n \qquad\text{NF-kB}\\
    \dot j &= (b_{JNK}\,\tfrac{u}{u+K_s} - j)/\tau_j \qquad\text{JNK and c-Jun}\\
    \dot a &= (b_{Akt}b_{Src}\,\tfrac{u}{u+K_s} - a)/\tau_a \qquad\text{Akt}\\
    \dot A &= (j-A)/\tau_A \qquad\text{AP-1}\\
    \dot N &= \Big(b_{NFAT}\,n A\,\big[b_N + a_N\tfrac{N^2}{\theta^2+N^2}\big]-N\Big)/\tau_N
        \qquad\text{NFATc1}\\
    \dot M &= -2k_fNM^2 - k_a\tfrac{N^2}{N+N_{fus}}MC \qquad\text{precursors}\\
    \dot C &= k_fNM^2 - \delta(a)\,C \qquad\text{osteoclasts}\\
    \dot Z &= 2k_fNM^2 + k_a\tfrac{N^2}{N+N_{fus}}MC - \delta(a)\,Z \qquad\text{their nuclei}\\
    \dot{Pit} &= b_{Src}\,C\,\tfrac{N}{N+N_{act}}, \qquad
    \delta(a) = \delta_{min} + \frac{\delta_{max}-\delta_{min}}{1+(a/K_{surv})^{n_{surv}}}

The equations are bonelab's own; the order of the steps is that of Kuroda and Matsuo (2012),
doi:10.5312/wjo.v3.i11.167. NFATc1 needs NF-kB *and* AP-1, and amplifies itself. Each :math:`b` is
1, or less under a block.
What is left out: p38, calcium oscillations, M-CSF (taken as plenty), new precursors.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from bonelab.numerics import cube_root, positive
from bonelab.parameters import HOURS_PER_DAY, ParameterSet, Quantity, door
from bonelab.parameters.argument_types import Amount, Amounts, Inhibition, Parameters

from .blocks import BlockedSteps, Steps

STATES = (
    "TRAF6",
    "brake",
    "NF-kB",
    "JNK",
    "Akt",
    "AP-1",
    "NFATc1",
    "precursors",
    "osteoclasts",
    "nuclei",
    "pits",
)


@dataclass(frozen=True, slots=True)
class Blocks(BlockedSteps):
    """What is left of each step: 1 untouched, 0 blocked or knocked out."""

    IKK: float = 1.0
    JNK: float = 1.0
    Akt: float = 1.0
    Src: float = 1.0
    NFATc1: float = 1.0


NO_BLOCK = Blocks()


def receptor_signal(occupancy, p, rank=1.0):
    """Active RANK relative to a normal cell with every receptor occupied (T*).

    Most receptors are spare: half of the normal number signals almost as well, none not at all.
    """
    spare = rank * (1.0 + p.RANK_half) / (rank + p.RANK_half)
    return spare * (p.RANK_gain + (1.0 - p.RANK_gain) * occupancy)


def arm(u, p):
    """Activity of one arm at TRAF6 signal u (0 to 1)."""
    return u / (u + p.K_signal)


def NFATc1_target(drive, N, p):
    """NFATc1 made at this drive (NF-kB times AP-1), with its self-amplification."""
    return drive * (p.NFATc1_basal + p.NFATc1_auto * N**2 / (p.NFATc1_half**2 + N**2))


def death_rate(akt, p):
    """Death rate of osteoclasts, 1/day: Akt keeps them alive."""
    kept_alive = positive(akt / p.K_survival) ** p.survival_power
    return p.loss_min + (p.loss_max - p.loss_min) / (1.0 + kept_alive)


def activity(N, p):
    """Resorption of one osteoclast relative to the most it can do (before the Src block)."""
    return N / (N + p.N_activation)


def rhs(t, y, p, x, rank=1.0, b=NO_BLOCK):
    """Rates of change per hour of the eleven states, at RANK occupancy x."""
    T, h, n, j, a, A, N, M, C, Z, _pits = y

    signal = receptor_signal(x, p, rank)
    u = T / (1.0 + p.brake * h)
    dT = (signal - T) / p.tau_TRAF6
    dh = (T - h) / p.tau_brake

    dn = (b.IKK * arm(u, p) - n) / p.tau_NFkB
    dj = (b.JNK * arm(u, p) - j) / p.tau_JNK
    da = (b.Akt * b.Src * arm(u, p) - a) / p.tau_Akt
    dA = (j - A) / p.tau_AP1
    dN = (b.NFATc1 * NFATc1_target(n * A, N, p) - N) / p.tau_NFATc1

    founding = p.founding_rate * N * M**2
    joining = p.fusion_rate * N**2 / (N + p.N_fusion) * M * C
    loss = death_rate(a, p) / HOURS_PER_DAY
    dM = -2.0 * founding - joining
    dC = founding - loss * C
    dZ = 2.0 * founding + joining - loss * Z
    dPit = b.Src * C * activity(N, p) / HOURS_PER_DAY
    return (dT, dh, dn, dj, da, dA, dN, dM, dC, dZ, dPit)


@dataclass(frozen=True)
class Steady:
    """The pathway at rest at one occupancy: what the slow tissue sees of the fast cell."""

    NFkB: Any
    JNK: Any
    Akt: Any
    NFATc1: Any  # in units of the model
    activity: Any  # resorption per osteoclast, 0 to 1
    death_rate: Any  # 1/day


_AT_REST = {
    "occupancy": Quantity("share", "share of RANK that holds RANKL", many=True),
    "parameters": ParameterSet("forward"),
    "block": Steps(Blocks, "steps that an inhibitor or a knock-out takes away"),
    "rank": Quantity("factor", "RANK per cell relative to normal; 0 is a knock-out"),
}


@door("bl.forward.steady_state", **_AT_REST)
def steady_state(
    occupancy: Amounts, parameters: Parameters = None, block: Inhibition = (), rank: Amount = 1.0
) -> Steady:  # fmt: skip
    """Steady state of the pathway at a RANK occupancy (number or array).

    Returns
    -------
    Steady, each field of the shape of ``occupancy``: NFkB, JNK, Akt and activity (0 to 1), NFATc1
    (model units), death_rate (1/day).

    Examples
    --------
    >>> at_rest, driven = bl.forward.steady_state(0), bl.forward.steady_state(0.5)
    >>> bool(driven.NFATc1 > at_rest.NFATc1)
    True
    """
    p, b, x = parameters, block, occupancy
    T = receptor_signal(np.asarray(x), p, rank)
    arms = arm(T / (1.0 + p.brake * T), p)
    n, j, a = b.IKK * arms, b.JNK * arms, b.Akt * b.Src * arms
    N = resting_NFATc1(b.NFATc1 * n * j, p)
    values: Any = (n, j, a, N, b.Src * activity(N, p), death_rate(a, p))
    if np.ndim(arms) == 0:
        values = tuple(float(value) for value in values)
    return Steady(*values)


@door("bl.forward.half_life", **_AT_REST)
def half_life(
    occupancy: Amounts, parameters: Parameters = None, block: Inhibition = (), rank: Amount = 1.0
) -> Any:  # fmt: skip
    """Half-life of osteoclasts in days at a steady RANK occupancy (number or array).

    Returns
    -------
    Days, of the shape of ``occupancy``.

    Examples
    --------
    >>> alone, with_rankl = bl.forward.half_life(0), bl.forward.half_life(0.5)
    >>> bool(with_rankl > alone)
    True
    """
    return np.log(2) / steady_state(occupancy, parameters, block, rank).death_rate


def resting_NFATc1(drive, p):
    """NFATc1 (model units) at rest for a drive, float or array: where NFATc1_target equals it.

    That is a cubic, N^3 - q (b_N + a_N) N^2 + theta^2 N - q b_N theta^2 = 0 for the drive q. As
    long as a_N is at most 8 b_N it has one real root only, which Cardano's formula gives.
    """
    shift = drive * (p.NFATc1_basal + p.NFATc1_auto) / 3.0
    theta2 = p.NFATc1_half * p.NFATc1_half
    square = shift * shift  # products, for a power of an array costs twenty of them
    third = theta2 / 3.0 - square
    half = shift * square + (drive * p.NFATc1_basal - shift) * theta2 / 2.0
    root = positive(half * half + third * third * third) ** 0.5
    return positive(shift + cube_root(half + root) + cube_root(half - root))
