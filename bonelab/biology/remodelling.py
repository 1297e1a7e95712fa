r"""The tissue: osteoclasts remove bone, osteoblasts replace it, both read the same RANKL.

All cells are relative to healthy bone before menopause (= 1); time is in days.

.. math::
    L_T &= L_0\,\{reg\,(w_U U + w_B B) + m_L w_Y Y\} + L_x, \quad
    reg = m_L\,[1+(r_E-1)(1-E)]\,(1+e_R\,e_p(1-z))\\
    O_T &= O_0\,m_O\,(1+r_O\,romo)\,(o_B B + o_Y Y) + OPG_{Fc}, \quad R_T = R_0\,g_R\,P\\
    \dot P &= k_P\,[1 + r - P - r\,N P] \qquad\text{precursors}\\
    \dot C &= d_0 N P - d_0\,\delta^p\,C - k_{bp}A_{bp}\,C \qquad\text{osteoclasts}\\
    R_r &= C\,[a_0 + (1-a_0)\,act] \qquad\text{resorption}\\
    Q &= c_0 + (1-c_0)\,[(1-w)R_r^\gamma + w\,m]\,(1+e_F\,e_p(1-z)) + r_F\,romo\,q\\
    \dot U &= k_U(Q-U), \quad \dot B = k_B(U-B), \quad \dot Y = k_Y(B-Y)
    \qquad\text{formation} = B

The share of RANK that holds RANKL comes from the competition (``binding.py``); :math:`N`,
:math:`act` and :math:`\delta` are the resting cell of ``forward.py`` and :math:`m` the reverse
signal of ``reverse.py``, each divided by its healthy value. So healthy bone is at rest by
construction, for any parameter values. The share :math:`w` of coupling that runs through reverse
signalling is not identified by any trial: move it.

What is left out: mechanics, calcium and parathyroid feedback, geometry. Estrogen acts on RANKL of
the osteoblast lineage only. One pool of RANKL serves cells and drugs.
"""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from bonelab.numerics import larger, log
from bonelab.parameters import load, refuse

from . import bone, forward, reverse
from .binding import clustered_share, free_ligand

DAYS_PER_YEAR = 365.25
CELLS = ("precursors", "osteoclasts", "pre-osteoblasts", "osteoblasts", "osteocytes")
STATES = CELLS + bone.STATES
_QUICK = 1e-6  # a Newton step this small leaves an error of the order of its square


@dataclass(frozen=True)
class Condition:
    """How a subject differs from a healthy woman before menopause (all factors 1, the rest 0)."""

    RANKL: object = 1.0  # factor on RANKL made per cell
    OPG: object = 1.0  # factor on OPG made
    RANK: object = 1.0  # factor on RANK per precursor
    extra_RANKL: object = 0.0  # nM from T cells, a tumour or a syringe
    tail: object = 1.0  # RANKL's cytoplasmic tail: 1 wild type, 0.02 P29A
    RANK_gain: object = 0.0  # RANK activity without ligand
    years_after_menopause: object = -1000.0  # at the start of the run
    estrogen_removed: object = 0.0  # 1 after ovariectomy


@dataclass(slots=True)
class Inputs:
    """What drugs and lesions bring into bone at one moment."""

    antibodies: list = field(default_factory=list)  # (nM of sites, Kd nM): block and mask RANKL
    crosslinkers: list = field(default_factory=list)  # (nM, valence, Kd nM of one arm)
    opg_fc: object = 0.0  # nM
    teriparatide: object = 0.0  # effect after tolerance, e_p (1 - z)
    romosozumab: object = 0.0  # effect
    lining_cells: object = 0.0  # romosozumab's call on the reserve of lining cells
    rapamycin: object = 0.0  # nM
    bisphosphonate: object = 0.0  # relative to full
    extra_RANKL: object = 0.0  # nM, from a lesion


class Fluxes(NamedTuple):
    """Everything that follows at once from the state: who holds RANKL, what it makes of it."""

    rankl: object
    opg: object
    free_rankl: object
    occupancy: object
    NFATc1: object  # relative to healthy
    loss: object  # of osteoclasts, 1/day
    resorption: object
    clustered: object  # share of surface RANKL
    reverse_signal: object  # relative to healthy
    recruitment: object  # of pre-osteoblasts
    estrogen: object


@dataclass(frozen=True)
class Tissue:
    """A subject's tissue: parameters, and the healthy values that everything is relative to."""

    p: object = field(default_factory=lambda: load("tissue"))
    binding: object = field(default_factory=lambda: load("binding"))
    forward: object = field(default_factory=lambda: load("forward"))
    reverse: object = field(default_factory=lambda: load("reverse"))
    drugs: object = field(default_factory=lambda: load("drugs"))
    condition: Condition = field(default_factory=Condition)

    @cached_property
    def forward_here(self):
        """The forward pathway with this subject's RANK gain."""
        return replace(self.forward, RANK_gain=self.condition.RANK_gain)

    @cached_property
    def healthy(self):
        """Occupancy, NFATc1, activity, death rate, reverse signal of the healthy tissue."""
        b = self.binding
        L, R, O = float(b.RANKL_tissue), float(b.RANK_tissue), float(b.OPG_tissue)
        free = free_ligand(L, [(R, b.Kd_RANK), (O, b.Kd_OPG)])
        occupancy = free / (free + b.Kd_RANK)
        N, activity, death = _resting_cell(occupancy, self.forward, 1.0)
        mask = O / (free + b.Kd_OPG)
        vesicles = [(self.p.vesicles, float(b.valence_vesicle), b.Kd_RANK_head)]
        clustered = clustered_share(1.0, mask, vesicles, b)
        signal = reverse.signal(clustered, 1.0, self.reverse, 0.0)
        # the power of the death rate that makes the loss k_off where there is no RANKL
        dying = forward.death_rate(0.0, self.forward) / death
        if dying < 1.0 + 1e-9:
            refuse("RANKL_tissue", L, "healthy bone needs some; a knock-out is the factor RANKL=0.")
        power = log(self.p.loss_without_RANKL / self.p.team_loss) / log(dying)
        return occupancy, N, activity, death, signal, power


def _resting_cell(occupancy, p, rank):
    """NFATc1, activity and death rate of the resting forward pathway (floats or arrays)."""
    T = forward.receptor_signal(occupancy, p, rank)
    arms = forward.arm(T / (1.0 + p.brake * T), p)
    N = forward.resting_NFATc1(arms * arms, p)
    return N, forward.activity(N, p), forward.death_rate(arms, p)


def estrogen(t, tissue):
    """Estrogen relative to before menopause, t days into the run (form of Joerg et al. 2022)."""
    c, p = tissue.condition, tissue.p
    years = larger(0.0, c.years_after_menopause + t / DAYS_PER_YEAR)
    return (1.0 - c.estrogen_removed) / (1.0 + years / p.estrogen_decline)


def total_rankl(U, B, Y, E, teriparatide, tissue):
    """RANKL made in bone, nM, from pre-osteoblasts, osteoblasts and osteocytes."""
    p, c = tissue.p, tissue.condition
    regulated = 1.0 + (p.estrogen_effect - 1.0) * (1.0 - E)
    regulated = regulated * (1.0 + tissue.drugs.teriparatide_RANKL * teriparatide)
    marrow = regulated * (p.share_preosteoblasts * U + p.share_osteoblasts * B)
    return tissue.binding.RANKL_tissue * c.RANKL * (marrow + p.share_osteocytes * Y)


def fluxes(t, y, inputs, tissue):
    """Binding, signals, resorption and recruitment at time t (days) for a state."""
    P, C, U, B, Y = y[:5]
    p, b, d, c = tissue.p, tissue.binding, tissue.drugs, tissue.condition
    _, N0, activity0, death0, signal0, power = tissue.healthy
    P, C = larger(P, 0.0 * P), larger(C, 0.0 * C)  # a solver may try a hair below zero

    E = estrogen(t, tissue)
    L_T = total_rankl(U, B, Y, E, inputs.teriparatide, tissue)
    L_T = L_T + c.extra_RANKL + inputs.extra_RANKL
    O_T = b.OPG_tissue * c.OPG * (1.0 + d.romosozumab_OPG * inputs.romosozumab)
    O_T = O_T * (p.OPG_osteoblasts * B + p.OPG_osteocytes * Y) + inputs.opg_fc
    R_T = b.RANK_tissue * c.RANK * P

    L = free_ligand(L_T, [(R_T, b.Kd_RANK), (O_T, b.Kd_OPG), *inputs.antibodies], _QUICK)
    x = L / (L + b.Kd_RANK)
    N, activity, death = _resting_cell(x, tissue.forward_here, c.RANK)
    N, activity, death = N / N0, activity / activity0, death / death0

    loss = p.team_loss * death**power + d.bisphosphonate_kill * inputs.bisphosphonate
    resorption = C * (p.activity_floor + (1.0 - p.activity_floor) * activity)

    mask = O_T / (L + b.Kd_OPG)  # free OPG over its Kd
    for sites, Kd in inputs.antibodies:
        mask = mask + sites / (L + Kd)
    crosslinkers = [(p.vesicles * C, b.valence_vesicle, b.Kd_RANK_head)]
    for X, valence, Kd in inputs.crosslinkers:  # an antibody masks or crosslinks, not both
        mask = mask - valence * X / (L + Kd)
        crosslinkers.append((X * Kd / (L + Kd), valence, Kd))
    S = clustered_share(c.RANKL * 1.0, larger(mask, 0.0 * mask), crosslinkers, b)
    m = reverse.signal(c.RANKL * S, c.tail, tissue.reverse, inputs.rapamycin)
    m = m / signal0 if signal0 else 1.0 + 0.0 * m  # vesicles of too few heads never signal

    coupling = (1.0 - p.reverse_share) * resorption**p.coupling_exponent + p.reverse_share * m
    Q = p.formation_basal + (1.0 - p.formation_basal) * coupling * (
        1.0 + d.teriparatide_formation * inputs.teriparatide
    )
    Q = Q + d.romosozumab_formation * inputs.lining_cells
    return Fluxes(L_T, O_T, L, x, N, loss, resorption, S, m, Q, E)


def rates(y, f, tissue):
    """Rates of change per day of cells and bone, from the fluxes."""
    P, C, U, B, Y = y[:5]
    p = tissue.p
    dP = p.precursor_rate * (1.0 + p.precursor_reserve - P - p.precursor_reserve * f.NFATc1 * P)
    dC = p.team_loss * f.NFATc1 * P - f.loss * C
    dU = p.preosteoblast_rate * (f.recruitment - U)
    dB = p.osteoblast_rate * (U - B)
    dY = p.osteocyte_rate * (B - Y)
    return [dP, dC, dU, dB, dY, *bone.rates(y[5:9], f.resorption, B, p)]


def rhs(t, y, tissue, blocks=(), levels=()):
    """Rates of change per day of the whole: cells, bone, then the states of each drug or lesion.

    ``blocks`` are drugs and lesions (``drugs.py``, ``lesions.py``), ``levels`` what is switched on.
    """
    inputs, own, begin = Inputs(), [], len(STATES)
    for block, level in zip(blocks, levels):  # noqa: B905 (as many levels as blocks)
        end = begin + len(block.states)
        own.append((block, y[begin:end], level))
        block.act(y[begin:end], level, inputs)
        begin = end
    f = fluxes(t, y, inputs, tissue)
    change = rates(y, f, tissue)
    for block, state, level in own:
        change += block.rates(state, level, f, y[3])
    return change


def healthy_start(tissue):
    """The healthy state: all cells 1, bone volume 1 at both sites."""
    return [1.0] * len(CELLS) + bone.healthy_start(tissue.p)
