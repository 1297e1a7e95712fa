r"""Binding: who holds the RANKL in a mixture (the balance itself: ``balance.py``).

RANK, OPG and an antibody compete for the same RANKL. With free RANKL :math:`L`

.. math:: L_T = L + R_T\frac{L}{L+K_R} + O_T\frac{L}{L+K_O} + H

where an antibody that holds one RANKL with one arm reaches for a neighbour with the other
(:math:`H`, see ``balance.py``). What one holds is taken from what is free. This is the law of mass
action at rest; Nelson et al. (2012), doi:10.1016/j.str.2012.08.030, and Schneeweis et al. (2005),
doi:10.1074/jbc.M506366200, tell the affinities.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from bonelab.numerics import functions_for
from bonelab.parameters import ParameterSet, Quantity, door, refuse
from bonelab.parameters.argument_types import Amount, Amounts, Parameters

from .balance import crowding, free_rankl, grip
from .crosslinking import Crosslinking, crosslinking

__all__ = ["Competition", "Crosslinking", "competition", "crosslinking"]


@dataclass(frozen=True)
class Competition:
    """Who holds the RANKL (all in nM of RANKL trimers; arrays where the inputs were arrays)."""

    total: Any
    free: Any
    on_rank: Any
    on_opg: Any
    on_antibody: Any
    occupancy: Any  # share of RANK that holds RANKL
    free_opg: Any
    free_antibody: Any  # nM of antibody that holds no RANKL
    rank: Any  # all of it, as the next two
    opg: Any
    antibody: Any

    def shares(self) -> dict[str, Any]:
        """Share of all RANKL that is free, on RANK, on OPG and on antibody; they sum to 1."""
        whole = np.where(np.asarray(self.total) > 0, self.total, 1.0)
        return {
            "free": self.free / whole,
            "on RANK": self.on_rank / whole,
            "on OPG": self.on_opg / whole,
            "on antibody": self.on_antibody / whole,
        }

    def summary(self) -> str:
        """One sentence (for single values)."""
        if np.ndim(self.free):
            return f"Competition for RANKL computed for {np.size(self.free)} mixtures."
        if self.total == 0:
            return "There is no RANKL, so nothing is held and no RANK is occupied."
        shares = self.shares()
        parts = [f"{_percent(shares['on OPG'])} is held by OPG"] if self.opg else []
        if self.antibody:
            parts.append(f"{_percent(shares['on antibody'])} is held by the antibody")
        parts.append(f"{_percent(shares['free'])} is free")
        if self.rank:
            parts.append(f"{_percent(shares['on RANK'])} is bound to RANK")
        bound = f"{_percent(self.occupancy)} of RANK is occupied"
        none = "there is no RANK to occupy"
        return (
            f"Of the {self.total:.3g} nM RANKL, {_in_line(parts)}; {bound if self.rank else none}."
        )

    def __repr__(self):
        return f"<Competition: {self.summary()}>"

    def _repr_html_(self):
        return f"<p>{self.summary()}</p>"


def _percent(share):
    """A share of molecules in percent: whole numbers, and no 0 or 100 that is not quite one."""
    if 0 < share < 0.01:
        return "less than 1%"
    return "more than 99%" if 0.99 < share < 1 else f"{share:.0%}"


def _in_line(parts):
    """Parts of a sentence, joined as one reads them."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


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
    rankl: Amounts = "0.2 nM",
    rank: Amounts = "0.02 nM",
    opg: Amounts = "0.4 nM",
    antibody: Amounts = 0,
    *,
    Kd_antibody: Amount = None,
    parameters: Parameters = None,
) -> Competition:
    """Who holds the RANKL: free, on RANK, on OPG, on antibody. Shapes of arrays broadcast.

    Returns
    -------
    Competition, with free + on_rank + on_opg + on_antibody = total to 1 part in 1e12. All in nM
    and of the shape that the arguments have together; ``occupancy`` is a share, 0 to 1.

    Examples
    --------
    >>> held = bl.binding.competition(rankl="0.2 nM", rank="0.02 nM", opg="0.4 nM")
    >>> {name: round(float(share), 1) for name, share in held.shares().items()}
    {'free': 0.3, 'on RANK': 0.0, 'on OPG': 0.7, 'on antibody': 0.0}
    >>> more_opg = bl.binding.competition(rankl="0.2 nM", rank="0.02 nM", opg="0.8 nM")
    >>> bool(more_opg.occupancy < held.occupancy)
    True
    """
    amounts: Any = (rankl, rank, opg, antibody)
    if any(np.ndim(value) for value in amounts):
        try:
            amounts = np.broadcast_arrays(*amounts)
        except ValueError:
            shapes = [np.shape(value) for value in amounts]
            refuse("shapes", shapes, "arrays should have one shape, or shapes that broadcast.")
    else:
        amounts = map(float, amounts)
    rankl, rank, opg, antibody = amounts
    return compete(rankl, rank, opg, antibody, parameters, Kd_antibody)


def compete(L_T: Any, R_T: Any, O_T: Any, D_T: Any, p: Any, Kd_antibody: Any = None) -> Competition:
    """The competition itself, on plain numbers in nM (no checks: for use inside models).

    RANKL stands on cells, at the density of healthy bone, as far as an antibody's second arm goes.
    """
    K_D = p.Kd_denosumab if Kd_antibody is None else Kd_antibody
    crowd = crowding(1.0, p.RANKL_tissue, p)
    partners = [(R_T, p.Kd_RANK), (O_T, p.Kd_OPG)]
    arms = p.sites_per_antibody
    L = free_rankl(L_T, partners, [(D_T, arms, K_D)], crowd)
    L = L * (1.0 * (L_T > 0.0))  # not even a trace where there is none
    each, alone, _ = grip(L, arms, K_D, crowd, functions_for(L))
    occupancy = L / (L + p.Kd_RANK)
    return Competition(
        total=L_T,
        free=L,
        on_rank=R_T * occupancy,
        on_opg=O_T * L / (L + p.Kd_OPG),
        on_antibody=D_T * each,
        occupancy=occupancy,
        free_opg=O_T * (p.Kd_OPG / (L + p.Kd_OPG)),
        free_antibody=D_T * alone,
        rank=R_T,
        opg=O_T,
        antibody=D_T,
    )
