r"""Binding: who holds the RANKL (which RANKL stands in clusters: ``crosslinking.py``).

RANK, OPG and a drug compete for the same RANKL. With free RANKL :math:`L`

.. math:: L_T = L + R_T\frac{L}{L+K_R} + O_T\frac{L}{L+K_O} + nD_T\frac{L}{L+K_D}

The right side rises with :math:`L`, so exactly one :math:`L` between 0 and :math:`L_T` fits.

One unit of RANKL is one trimer. What is left out: the geometry of the OPG dimer, time (binding
takes minutes, bone takes weeks).
"""

from dataclasses import dataclass

import numpy as np

from bonelab.numerics import converged, larger
from bonelab.parameters import BonelabError, ParameterSet, Quantity, door, refuse

from .crosslinking import Crosslinking, clustered_share, crosslinking, share_of_large_clusters

__all__ = [
    "Competition",
    "Crosslinking",
    "clustered_share",
    "compete",
    "competition",
    "crosslinking",
    "free_ligand",
    "share_of_large_clusters",
]

_MOST_STEPS = 200


def free_ligand(total, partners, tolerance=1e-14):
    """Free ligand among competing partners: the root of the competition equation.

    ``partners`` is a list of (sites, Kd). Every partner's share is concave in the free ligand, so
    Newton's method that starts left of the root climbs to it and can never step over it. A step
    below ``tolerance`` (relative) ends it; the error then is of the order of its square.
    """
    capacity = affinity = 0.0
    for sites, Kd in partners:
        capacity = capacity + sites
        affinity = affinity + sites / Kd
    free = larger(total / (1.0 + affinity), total - capacity)
    for _ in range(_MOST_STEPS):
        bound, slope = 0.0 * free, 1.0
        for sites, Kd in partners:
            near = free + Kd
            held = sites / near
            bound = bound + held * free
            slope = slope + held * (1.0 - free / near)  # an infinite Kd does no harm
        step = (total - free - bound) / slope
        free = free + step
        if converged(step, free, tolerance):
            return free
    # rounding can keep a hair's breadth of motion; what counts is that RANKL is conserved
    if converged(total - free - bound, total, 1e-12):
        return free
    span = f"{np.min(total):.4g} to {np.max(total):.4g}"
    raise BonelabError(f"the binding equation found no balance for total RANKL = {span} nM")


@dataclass(frozen=True)
class Competition:
    """Who holds the RANKL (all in nM of RANKL trimers; arrays where the inputs were arrays)."""

    total: object
    free: object
    on_rank: object
    on_opg: object
    on_antibody: object
    occupancy: object  # share of RANK that holds RANKL
    free_opg: object
    free_antibody: object  # nM of antibody with both sites free, as if sites were independent

    def shares(self):
        """Share of all RANKL that is free, on RANK, on OPG and on antibody; they sum to 1."""
        whole = np.where(np.asarray(self.total) > 0, self.total, 1.0)
        return {
            "free": self.free / whole,
            "on RANK": self.on_rank / whole,
            "on OPG": self.on_opg / whole,
            "on antibody": self.on_antibody / whole,
        }

    def summary(self):
        """One sentence (for single values)."""
        if np.ndim(self.free):
            return f"Competition for RANKL computed for {np.size(self.free)} mixtures."
        if self.total == 0:
            return "There is no RANKL, so nothing is held and no RANK is occupied."
        held = {name: share for name, share in self.shares().items() if share or "anti" not in name}
        parts = ", ".join(f"{share:.1%} {where}" for where, share in held.items())
        bound = f"{self.occupancy:.1%} of RANK is occupied"
        none = "there is no RANK to occupy"
        return f"Of {self.total:.3g} nM RANKL: {parts}; {bound if self.on_rank else none}."

    def __repr__(self):
        return f"<Competition: {self.summary()}>"

    def _repr_html_(self):
        return f"<p>{self.summary()}</p>"


@door(
    "bl.binding.competition",
    rankl=Quantity("RANKL", "total RANKL", many=True),
    rank=Quantity("RANK", "total RANK", many=True),
    opg=Quantity("OPG", "total OPG", many=True),
    antibody=Quantity("antibody", "total antibody", many=True),
    Kd_antibody=Quantity(
        "affinity", "Kd of the antibody; denosumab's by default, float('inf') does not bind",
        high=np.inf, finite=False,
    ),
    parameters=ParameterSet("binding"),
)  # fmt: skip
def competition(
    rankl="0.2 nM",
    rank="0.02 nM",
    opg="0.4 nM",
    antibody=0,
    *,
    Kd_antibody=None,
    parameters=None,
):
    """Who holds the RANKL: free, on RANK, on OPG, on antibody. Shapes of arrays broadcast.

    Returns
    -------
    Competition, with free + on_rank + on_opg + on_antibody = total to 1 part in 1e12.
    """
    amounts = (rankl, rank, opg, antibody)
    if any(np.ndim(value) for value in amounts):
        try:
            amounts = np.broadcast_arrays(*amounts)
        except ValueError:
            shapes = [np.shape(value) for value in amounts]
            refuse("shapes", shapes, "arrays should have one shape, or shapes that broadcast.")
    return compete(*amounts, parameters, Kd_antibody)


def compete(L_T, R_T, O_T, D_T, p, Kd_antibody=None):
    """The competition itself, on plain numbers in nM (no checks: for use inside models)."""
    K_D = p.Kd_denosumab if Kd_antibody is None else Kd_antibody
    sites = p.sites_per_antibody * D_T
    L = free_ligand(L_T, [(R_T, p.Kd_RANK), (O_T, p.Kd_OPG), (sites, K_D)])
    occupancy = L / (L + p.Kd_RANK)
    free_opg = O_T - O_T * L / (L + p.Kd_OPG)
    return Competition(
        total=L_T,
        free=L,
        on_rank=R_T * occupancy,
        on_opg=O_T * L / (L + p.Kd_OPG),
        on_antibody=sites * L / (L + K_D),
        occupancy=occupancy,
        free_opg=free_opg,
        free_antibody=D_T - D_T * L / (L + K_D),
    )
