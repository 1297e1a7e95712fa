r"""Crosslinking: which RANKL on an osteoblast stands in clusters, over the dose of a crosslinker.

The balance of ``balance.py`` for one kind of crosslinker in a well, where RANKL at the density of
normal cells is :math:`L_{conc}` per volume. A crosslinker with :math:`v` arms holds
:math:`i` RANKL at a time in the amount

.. math:: X_i = X_f\,\binom{v}{i}\,\frac{L}{K}\,z^{i-1}, \qquad X_f + \sum_i X_i = X

Only clusters of at least :math:`m` RANKL signal. Too little crosslinker holds little RANKL; too
much of it leaves every RANKL an antibody of its own (the prozone). After Perelson and DeLisi
(1980), doi:10.1016/0025-5564(80)90017-6.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from bonelab.numerics import smaller
from bonelab.parameters import ParameterSet, Quantity, Whole, door
from bonelab.parameters.argument_types import Amount, Amounts, Parameters

from .balance import crowding, free_rankl, grip, large_share


@dataclass(frozen=True)
class Crosslinking:
    """Which surface RANKL stands in clusters (arrays follow the dose)."""

    dose: Any  # nM, total
    clustered: Any  # share of surface RANKL in clusters of at least the minimum
    sizes: Any  # (..., v + 1): share free, then share held 1, 2, ... v at a time
    masked: Any  # share held by OPG
    free: Any  # crosslinker that holds no RANKL, nM
    valence: int
    minimum: int

    def summary(self) -> str:
        """One sentence: the best dose and what it clusters."""
        clustered = np.atleast_1d(self.clustered)
        best = int(np.argmax(clustered))
        if clustered[best] < 1e-12:
            return (
                f"A crosslinker with {self.valence} arm(s) forms no cluster of {self.minimum} "
                "RANKL at any of these doses, so nothing is signalled."
            )
        dose = np.atleast_1d(self.dose)[best]
        return (
            f"At {dose:.3g} nM a crosslinker with {self.valence} arms holds "
            f"{clustered[best]:.0%} of surface RANKL in clusters of {self.minimum} or more."
        )

    def __repr__(self):
        return f"<Crosslinking: {self.summary()}>"

    def _repr_html_(self):
        return f"<p>{self.summary()}</p>"


@door(
    "bl.binding.crosslinking",
    dose=Quantity("antibody", "crosslinker (vesicles or antibodies) per well", many=True),
    valence=Whole("RANKL-binding heads or arms per crosslinker", 1, 100, of="arms"),
    kd=Quantity("affinity", "Kd of a single head; that of RANK by default"),
    minimum=Whole("smallest signalling cluster; 3 by default", 2, 100, of="RANKL"),
    opg=Quantity("OPG", "OPG in the well, which holds RANKL too"),
    rankl=Quantity("factor", "surface RANKL relative to a normal osteoblast; 0 is a knock-out"),
    parameters=ParameterSet("binding"),
)
def crosslinking(
    dose: Amounts = "1 nM",
    valence: int = 10,
    kd: Amount = None,
    minimum: int | None = None,
    *,
    opg: Amount = 0,
    rankl: Amount = 1.0,
    parameters: Parameters = None,
) -> Crosslinking:
    """Which surface RANKL stands in clusters, at a total dose of a crosslinker.

    RANKL, OPG and crosslinker are conserved: bound and free add up to what was given.

    Returns
    -------
    Crosslinking, of the shape of ``dose``: dose and free (nM), clustered and masked (shares of
    surface RANKL); ``sizes`` has one axis more, the shares held 0, 1, 2 ... ``valence`` at a time.

    Examples
    --------
    >>> one, ten = (bl.binding.crosslinking("0.1 nM", valence=heads) for heads in (1, 10))
    >>> bool(ten.clustered > one.clustered)
    True
    """
    p = parameters
    K_x = p.Kd_RANK_head if kd is None else kd
    m = int(p.minimum_cluster if minimum is None else minimum)
    return _describe(dose, valence, m, K_x, rankl, opg, p)


def _describe(X_T, v, m, K_x, ell, opg, p):
    from scipy.stats import binom

    X_T, ell, opg = np.broadcast_arrays(*(np.asarray(value, float) for value in (X_T, ell, opg)))
    total = np.maximum(ell * p.RANKL_well, 1e-200)
    crowd = crowding(1.0, p.RANKL_well, p)
    L = free_rankl(total, [(opg, p.Kd_OPG)], [(X_T, v, K_x)], crowd)
    each, alone, z = grip(L, v, K_x, crowd, np)
    held = X_T * each / total
    partners = np.arange(v)  # other RANKL on the same crosslinker
    spread = np.exp(binom.logpmf(partners, v - 1, (z / (1.0 + z))[..., None]))
    sizes = np.concatenate([(L / total)[..., None], held[..., None] * spread], axis=-1)
    clustered = np.where(ell > 0, smaller(held * large_share(z, v, m), np.ones_like(held)), 0.0)
    masked = opg * L / (L + p.Kd_OPG) / total

    def plain(array):
        return float(array) if np.ndim(array) == 0 else array

    return Crosslinking(
        dose=plain(X_T),
        clustered=plain(clustered),
        sizes=sizes,
        masked=plain(masked),
        free=plain(X_T * alone),
        valence=v,
        minimum=m,
    )
