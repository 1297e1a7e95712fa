r"""Binding: who holds the RANKL, and which RANKL stands in clusters.

**Competition.** RANK, OPG and a drug compete for the same RANKL. With free RANKL :math:`L`

.. math:: L_T = L + R_T\frac{L}{L+K_R} + O_T\frac{L}{L+K_O} + nD_T\frac{L}{L+K_D}

The right side rises with :math:`L`, so exactly one :math:`L` between 0 and :math:`L_T` fits.

**Crosslinking.** A vesicle with :math:`v` RANK heads (or an antibody with :math:`v` arms) holds
:math:`i` surface RANKL at a time. With :math:`l` free surface RANKL and :math:`z = l L_{eff}/K_x`

.. math:: \ell = l\,(1+mask) + \frac{X}{K_x}\,v\,l\,(1+z)^{v-1}

Only clusters of at least :math:`m` RANKL signal. The equilibrium of multivalent binding goes back
to Perelson & DeLisi (1980), doi:10.1016/0025-5564(80)90017-6.

One unit of RANKL is one trimer. What is left out: the geometry of the OPG dimer, diffusion in the
membrane, time (binding takes minutes, bone takes weeks).
"""

from dataclasses import dataclass

import numpy as np

from bonelab.numerics import beta_share, converged, exp, larger, log, smaller
from bonelab.parameters import MOLAR_MASS, BonelabError, amount, load, refuse

_TOLERANCE = 1e-14
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
        parts = ", ".join(f"{share:.1%} {where}" for where, share in self.shares().items())
        return f"Of {self.total:.3g} nM RANKL: {parts}; {self.occupancy:.1%} of RANK is occupied."

    def _repr_html_(self):
        return f"<p>{self.summary()}</p>"


def competition(
    rankl="0.2 nM",
    rank="0.02 nM",
    opg="0.4 nM",
    antibody=0,
    *,
    Kd_antibody=None,
    parameters=None,
):
    """Who holds the RANKL: free, on RANK, on OPG, on antibody.

    Parameters
    ----------
    rankl, rank, opg, antibody : nM, or text such as "50 ng/ml"; any of them may be an array
        (shapes broadcast). Total concentrations.
    Kd_antibody : nM; denosumab's by default. ``numpy.inf`` means: does not bind.
    parameters : a ``load("binding")`` set with other affinities.

    Returns
    -------
    Competition, with free + on_rank + on_opg + on_antibody = total to 1 part in 1e12.

    Raises
    ------
    BonelabError for negative, NaN or unreadable concentrations.
    """
    p = parameters or load("binding")
    L = amount(rankl, "nM", argument="rankl", what="a RANKL concentration", molar_mass=60_000)
    R = amount(rank, "nM", argument="rank", what="a RANK concentration")
    O = amount(opg, "nM", argument="opg", what="an OPG concentration", molar_mass=MOLAR_MASS["OPG"])
    D = amount(
        antibody,
        "nM",
        argument="antibody",
        what="an antibody concentration",
        molar_mass=MOLAR_MASS["antibody"],
    )
    if any(np.ndim(value) for value in (L, R, O, D)):
        L, R, O, D = np.broadcast_arrays(*(np.asarray(value, float) for value in (L, R, O, D)))
    return compete(L, R, O, D, p, Kd_antibody)


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

    def _repr_html_(self):
        return f"<p>{self.summary()}</p>"


def crosslinking(
    dose="1 nM", valence=10, kd=None, minimum=None, *, opg=0, rankl=1.0, parameters=None
):
    """Which surface RANKL stands in clusters, at a total dose of a crosslinker.

    Parameters
    ----------
    dose : nM of crosslinker (vesicles or antibodies) per well, may be an array
    valence : RANKL-binding heads or arms per crosslinker, a whole number 1 to 100
    kd : nM, of a single head; RANK's by default (100 nM)
    minimum : smallest signalling cluster; 3 by default
    opg : nM of free OPG, which masks RANKL
    rankl : surface RANKL relative to a normal osteoblast (0 = RANKL knock-out)

    The crosslinker is conserved: bound and free add up to the dose.

    Raises
    ------
    BonelabError for negative doses, a valence that is not a whole number from 1 to 100, a Kd of 0.
    """
    p = parameters or load("binding")
    X_T = amount(dose, "nM", argument="dose", what="a dose of crosslinker")
    K_x = amount(p.Kd_RANK_head if kd is None else kd, "nM", argument="kd", what="a Kd", above=True)
    O = amount(opg, "nM", argument="opg", what="an OPG concentration")
    ell = amount(rankl, "1", argument="rankl", what="surface RANKL relative to normal")
    m = p.minimum_cluster if minimum is None else minimum
    for name, value, low in (("valence", valence, 1), ("minimum", m, 2)):
        if value != int(value) or not low <= value <= 100:
            refuse(name, value, f"it should be a whole number from {low} to 100.")
    v, m = int(valence), int(m)
    mask = O / p.Kd_OPG
    z, log_X = _crosslink_conserved(X_T, v, K_x, ell, mask, p)
    return _describe_clusters(X_T, log_X, z, v, m, K_x, ell, mask, p)


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
