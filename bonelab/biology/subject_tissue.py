"""A subject's tissue: its cells, how it differs from healthy, and what it is compared with.

The equations are in ``remodelling.py``; this file holds the words for them.
"""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from bonelab.numerics import log
from bonelab.parameters import load, refuse

from . import bone
from . import forward_signalling as forward
from . import reverse_signalling as reverse
from .balance import clustered_share, crowding, free_rankl

CELLS = (
    "precursors",
    "osteoclasts",
    "osteomorphs",
    "pre-osteoblasts",
    "osteoblasts",
    "osteocytes",
)
HEALTHY_CELLS = (1.0, 1.0, 0.0, 1.0, 1.0, 1.0)
STATES = CELLS + bone.STATES


@dataclass(frozen=True)
class Condition:
    """How a subject differs from a healthy woman before menopause (all factors 1, the rest 0)."""

    RANKL: object = 1.0  # factor on RANKL made per cell
    OPG: object = 1.0  # factor on OPG made
    RANK: object = 1.0  # factor on RANK per precursor
    extra_RANKL: object = 0.0  # nM, soluble, from T cells, a tumour or a syringe
    shedding: object = 1.0  # factor on the share of RANKL that is shed
    tail: object = 1.0  # RANKL's cytoplasmic tail: 1 wild type, 0.02 P29A
    RANK_gain: object = 0.0  # RANK activity without ligand
    RANK_response: object = 1.0  # factor on the signal of an occupied RANK
    years_after_menopause: object = -1000.0  # at the start of the run
    estrogen_removed: object = 0.0  # 1 after ovariectomy


@dataclass(slots=True)
class Inputs:
    """What drugs and lesions bring into bone at one moment."""

    crosslinkers: list = field(default_factory=list)  # antibodies: (nM, arms, Kd nM of one arm)
    opg_fc: object = 0.0  # nM
    teriparatide: object = 0.0  # effect after tolerance on formation, e_p (1 - z)
    teriparatide_RANKL: object = 0.0  # the same on RANKL, which comes later, e_2
    sclerostin_block: object = 0.0  # romosozumab's effect on OPG, y - a
    lining_cells: object = 0.0  # romosozumab's call on the reserve of lining cells, y q
    rapamycin: object = 0.0  # nM
    bisphosphonate: object = 0.0  # relative to full
    extra_RANKL: object = 0.0  # nM, from a lesion
    supplements: object = 0.0  # calcium and vitamin D, 0 to 1


class Fluxes(NamedTuple):
    """Everything that follows at once from the state: who holds RANKL, what it makes of it."""

    rankl: object
    opg: object
    free_rankl: object
    occupancy: object
    NFATc1: object  # relative to healthy
    loss: object  # of osteoclasts, 1/day
    parting: object  # into osteomorphs, share of osteoclasts a day
    resorption: object
    clustered: object  # share of RANKL
    reverse_signal: object  # relative to healthy
    matrix_signal: object  # relative to healthy
    recruitment: object  # of pre-osteoblasts
    formation: object
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
    def _healthy_binding(self):
        b = self.binding
        L, R, O = float(b.RANKL_tissue), float(b.RANK_tissue), float(b.OPG_tissue)
        partners = [(R, b.Kd_RANK), (O, b.Kd_OPG)]
        vesicles = [(self.p.vesicles, b.valence_vesicle, b.Kd_RANK_head)]
        crowd = crowding(1.0, L, b)
        return L, free_rankl(L, partners, vesicles, crowd), vesicles, crowd

    @cached_property
    def crowd(self):
        """How crowded RANKL stands (``crowding``) where all of it was made in bone."""
        b = self.binding
        on_cells = (1.0 - b.soluble_share * self.condition.shedding) / (1.0 - b.soluble_share)
        return crowding(on_cells, b.RANKL_tissue, b)

    @cached_property
    def healthy_free_opg(self):
        """OPG of healthy bone that holds no RANKL, nM."""
        b, (_, free, _, _) = self.binding, self._healthy_binding
        return b.OPG_tissue * b.Kd_OPG / (free + b.Kd_OPG)

    @cached_property
    def healthy(self):
        """Occupancy, NFATc1, activity, death rate and reverse signal of health; the power p."""
        b, (L, free, vesicles, crowd) = self.binding, self._healthy_binding
        occupancy = free / (free + b.Kd_RANK)
        N, activity, death = resting_cell(occupancy, self.forward, 1.0, 1.0)
        clustered = clustered_share(L, free, vesicles, crowd, b)
        signal = reverse.signal(clustered, 1.0, self.reverse, 0.0)
        # p, the power of the death rate with which osteoclasts without RANKL are lost as fast as
        # the parameter loss_without_RANKL says
        dying = forward.death_rate(0.0, self.forward) / death
        if dying < 1.0 + 1e-9:
            refuse("RANKL_tissue", L, "healthy bone needs some; a knock-out is the factor RANKL=0.")
        power = log(self.p.loss_without_RANKL / self.p.team_loss) / log(dying)
        return occupancy, N, activity, death, signal, power


def resting_cell(occupancy, p, rank, response):
    """NFATc1, activity and death rate of the resting forward pathway (floats or arrays)."""
    T = response * forward.receptor_signal(occupancy, p, rank)
    arms = forward.arm(T / (1.0 + p.brake * T), p)
    N = forward.resting_NFATc1(arms * arms, p)
    return N, forward.activity(N, p), forward.death_rate(arms, p)
