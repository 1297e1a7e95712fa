r"""Crosslinking: which RANKL on an osteoblast stands in clusters.

A vesicle with :math:`v` RANK heads (or an antibody with :math:`v` arms) holds :math:`i` surface
RANKL at a time. With :math:`l` free surface RANKL, :math:`X` free crosslinker and
:math:`z = l L_{eff}/K_x`

.. math:: \ell = l\,(1+mask) + \frac{X}{K_x}\,v\,l\,(1+z)^{v-1}

Only clusters of at least :math:`m` RANKL signal. The equilibrium of multivalent binding goes back
to Perelson & DeLisi (1980), doi:10.1016/0025-5564(80)90017-6.

What is left out: diffusion in the membrane, the shape of vesicle and antibody.
"""

from dataclasses import dataclass

import numpy as np

from bonelab.numerics import beta_share, converged, exp, larger, log, smaller
from bonelab.parameters import BonelabError, ParameterSet, Quantity, Whole, door

_MOST_STEPS = 200


def clustered_share(ell, mask, crosslinkers, p):
    """Share of surface RANKL in clusters of at least ``m``, for free crosslinkers.

    ``ell`` is surface RANKL relative to its reference density, ``mask`` the concentration of
    maskers over their Kd (free OPG, antibody), ``crosslinkers`` a list of (nM, valence, K_x).
    Used inside the tissue, where every call counts: Newton's method in log l, which from the
    right falls onto the root without stepping over it.
    """
    ell = larger(ell, 1e-300)
    unmasked = held_singly = 1.0 + mask
    kinds = []
    for X, v, K_x in crosslinkers:
        weight = v * X / K_x
        held_singly = held_singly + weight
        kinds.append((v - 1, p.effective_concentration / K_x, weight))
    l = ell / held_singly
    for _ in range(_MOST_STEPS):
        total = rise = l * unmasked
        for others, kappa, weight in kinds:
            crowd = 1.0 + kappa * l
            held = weight * l * crowd**others
            total = total + held
            rise = rise + held * (1.0 + others - others / crowd)  # d held / d log l
        step = log(total / ell) * total / rise
        l = l * exp(-step)
        if converged(step, 1.0, 1e-6):  # the next step would be of the order of 1e-12
            break
    clustered = 0.0
    for others, kappa, weight in kinds:
        held = weight * l * (1.0 + kappa * l) ** others
        large = share_of_large_clusters(kappa * l, others + 1, p.minimum_cluster)
        clustered = clustered + held * large
    return clustered / ell


def share_of_large_clusters(z, valence, minimum):
    """Of the RANKL that is held at all, the share held at least ``minimum`` at a time.

    A RANKL that is held has valence - 1 neighbours on its crosslinker, each bound with the odds
    z: a binomial tail, which is a regularised incomplete beta function.
    """
    above = larger(valence - minimum + 1.0, 1e-9)
    return (valence >= minimum) * beta_share(minimum - 1.0, above, z / (1.0 + z))


@dataclass(frozen=True)
class Crosslinking:
    """Which surface RANKL stands in clusters (arrays follow the dose)."""

    dose: object  # nM, total
    clustered: object  # share of surface RANKL in clusters of at least the minimum
    sizes: object  # (..., v + 1): share free, then share held 1, 2, ... v at a time
    masked: object  # share held by OPG (or another antibody)
    free: object  # free crosslinker, nM
    valence: int
    minimum: int

    def summary(self):
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
    kd=Quantity("affinity", "Kd of a single head; that of RANK (100 nM) by default"),
    minimum=Whole("smallest signalling cluster; 3 by default", 2, 100, of="RANKL"),
    opg=Quantity("OPG", "free OPG, which masks RANKL"),
    rankl=Quantity("factor", "surface RANKL relative to a normal osteoblast; 0 is a knock-out"),
    parameters=ParameterSet("binding"),
)
def crosslinking(
    dose="1 nM", valence=10, kd=None, minimum=None, *, opg=0, rankl=1.0, parameters=None
):
    """Which surface RANKL stands in clusters, at a total dose of a crosslinker.

    The crosslinker is conserved: bound and free add up to the dose.
    """
    p = parameters
    K_x = p.Kd_RANK_head if kd is None else kd
    m = int(p.minimum_cluster if minimum is None else minimum)
    mask = opg / p.Kd_OPG
    z, log_X = _crosslink_conserved(dose, valence, K_x, rankl, mask, p)
    return _describe_clusters(dose, log_X, z, valence, m, K_x, rankl, mask, p)


def _crosslink_conserved(X_T, v, K_x, ell, mask, p):
    """z = l L_eff / K_x, and log of free crosslinker; bracketed in log z, so nothing overflows."""
    from scipy.optimize import elementwise

    X_T, ell, mask = np.broadcast_arrays(
        np.asarray(X_T, float), np.maximum(ell, 1e-300), np.asarray(mask, float)
    )
    kappa = p.effective_concentration / K_x
    crowding = np.log(p.RANKL_well / p.effective_concentration)
    tiny = 1e-300

    def log_free(log_z, X_T):  # free crosslinker X = X_T / (1 + crowding ((1+z)^v - 1))
        grown = v * np.log1p(np.exp(log_z))
        log_bound = grown + np.log(np.maximum(-np.expm1(-grown), tiny))
        return np.log(X_T + tiny) - np.logaddexp(0.0, crowding + log_bound)

    def imbalance(log_z, X_T, ell, mask):
        log_l = log_z - np.log(kappa)
        log_held = np.log(v / K_x) + log_free(log_z, X_T) + log_l
        log_held = log_held + (v - 1) * np.log1p(np.exp(log_z))
        return np.logaddexp(log_l + np.log1p(mask), log_held) - np.log(ell)

    highest = np.log(kappa * ell / (1.0 + mask))
    lowest = highest - np.log1p(X_T * v / K_x) - (v - 1) * np.log1p(kappa * ell) - 1.0
    found = elementwise.find_root(imbalance, (lowest, highest + 1e-9), args=(X_T, ell, mask))
    if not np.all(found.success):
        raise BonelabError(
            f"crosslinking found no balance for dose = {X_T} nM, valence = {v}, kd = {K_x} nM"
        )
    return np.exp(found.x), log_free(found.x, X_T)


def _describe_clusters(X_T, log_X, z, v, m, K_x, ell, mask, p):
    from scipy.stats import binom

    l = z * K_x / p.effective_concentration
    share = 1.0 / np.maximum(ell, 1e-300)
    held = np.exp(log_X + np.log(v / K_x) + np.log(l) + (v - 1) * np.log1p(z)) * share
    partners = np.arange(v)  # other RANKL on the same crosslinker
    spread = np.exp(binom.logpmf(partners, v - 1, (z / (1.0 + z))[..., None]))
    sizes = np.concatenate([(l * share)[..., None], held[..., None] * spread], axis=-1)
    clustered = held * share_of_large_clusters(z, v, m)
    none = np.asarray(ell) <= 0
    clustered = np.where(none, 0.0, clustered)

    def plain(array):
        return float(array) if np.ndim(array) == 0 else array

    return Crosslinking(
        dose=plain(X_T),
        clustered=plain(smaller(clustered, np.ones_like(clustered))),
        sizes=sizes,
        masked=plain(l * mask * share),
        free=plain(np.exp(log_X)),
        valence=v,
        minimum=m,
    )
