r"""Reverse signalling: how clustered RANKL on an osteoblast builds bone.

The receptor becomes the ligand: RANK on osteoclast vesicles clusters RANKL, and the tail of RANKL
signals into the osteoblast. With the clustered RANKL :math:`S` (times are hours):

.. math::
    \dot K &= \Big(b_{SFK}\;tail\,\tfrac{S}{S+K_S} - K\Big)/\tau_K \qquad\text{Src-family kinase}\\
    \dot I &= (b_{PI3K}\,[b_0 + (1-b_0)K] - I)/\tau_I \qquad\text{PI3K}\\
    \dot A &= (b_{Akt}\,I - A)/\tau_A \qquad\text{Akt}\\
    \dot M &= \Big(b_{mTORC1}\,A\,\tfrac{IC_{50}}{IC_{50} + rapa} - M\Big)/\tau_M\;\text{mTORC1}\\
    \dot R &= \Big(b_{Runx2}\,\tfrac{1+gM}{1+g\,b_0} - R\Big)/\tau_R \qquad\text{Runx2}\\
    \dot G &= (R^a - G)/\tau_G \quad\text{Col1a1}, \qquad \dot O = (R - O)/\tau_G \quad\text{Sp7}\\
    \dot{Min} &= k_m R^c \qquad\text{mineral, after } t_{min}

Runx2, Col1a1 and Sp7 are folds over a dish without vesicles. Each :math:`b` is 1, or less under a
block; ``tail`` is 1 in the wild type. Rapamycin (*rapa*) acts below Akt.

Vesicles (:math:`v` RANK heads each), antibodies and OPG (one site) share the surface RANKL. With
free surface RANKL :math:`l`, :math:`z = l L_{eff}/K` and each of them conserved in the well

.. math:: \ell = l + \sum \frac{X}{K} v\,l\,(1+z)^{v-1}, \qquad
    X = X_T\Big/\Big(1 + \tfrac{L_{conc}}{L_{eff}}[(1+z)^v - 1]\Big)

What is left out: time of binding, shedding of RANKL, other cargo of vesicles (micro-RNA), RANK on
the osteoblast itself, and the OPG that rapamycin can raise.
"""

from dataclasses import dataclass

import numpy as np

from bonelab.parameters import BonelabError

from .binding import share_of_large_clusters
from .blocks import BlockedSteps

STATES = ("Src-family kinase", "PI3K", "Akt", "mTORC1", "Runx2", "Col1a1", "Sp7", "mineral")


@dataclass(frozen=True, slots=True)
class Blocks(BlockedSteps):
    """What is left of each step: 1 untouched, 0 blocked or knocked out."""

    SFK: float = 1.0
    PI3K: float = 1.0
    Akt: float = 1.0
    mTORC1: float = 1.0
    Runx2: float = 1.0


NO_BLOCK = Blocks()


def tail_signal(clustered, tail, p):
    """What the tail of clustered RANKL passes on, 0 to 1."""
    return tail * clustered / (clustered + p.K_cluster)


def mTORC1_left(rapamycin, p):
    """Share of mTORC1 that rapamycin (nM) leaves."""
    return p.IC50_rapamycin / (p.IC50_rapamycin + rapamycin)


def signal(clustered, tail, p, rapamycin=0.0):
    """Reverse signal at rest, as the slow tissue sees it: the tail's signal through mTORC1.

    ``clustered`` is RANKL in clusters, relative to all surface RANKL of a normal osteoblast.
    """
    return tail_signal(clustered, tail, p) * mTORC1_left(rapamycin, p)


def Runx2_target(mTORC1, p):
    """Runx2 made at this mTORC1 activity, as a fold over a dish without vesicles."""
    return (1.0 + p.Runx2_gain * mTORC1) / (1.0 + p.Runx2_gain * p.basal)


def rhs(t, y, p, clustered, tail=1.0, rapamycin=0.0, b=NO_BLOCK, mineralising=1.0):
    """Rates of change per hour of the eight states, at this much clustered RANKL."""
    K, I, A, M, R, G, O, _mineral = y

    dK = (b.SFK * tail_signal(clustered, tail, p) - K) / p.tau_SFK
    dI = (b.PI3K * (p.basal + (1.0 - p.basal) * K) - I) / p.tau_PI3K
    dA = (b.Akt * I - A) / p.tau_Akt
    dM = (b.mTORC1 * A * mTORC1_left(rapamycin, p) - M) / p.tau_mTORC1

    dR = (b.Runx2 * Runx2_target(M, p) - R) / p.tau_Runx2
    dG = (R**p.Col1a1_power - G) / p.tau_genes
    dO = (R - O) / p.tau_genes
    dmineral = mineralising * p.mineral_rate * R**p.mineral_power
    return (dK, dI, dA, dM, dR, dG, dO, dmineral)


def resting_state(clustered, tail, p, rapamycin=0.0, b=NO_BLOCK):
    """The seven activities at rest, in the order of ``STATES`` (mineral never rests)."""
    K = b.SFK * tail_signal(clustered, tail, p)
    I = b.PI3K * (p.basal + (1.0 - p.basal) * K)
    A = b.Akt * I
    M = b.mTORC1 * A * mTORC1_left(rapamycin, p)
    R = b.Runx2 * Runx2_target(M, p)
    return (K, I, A, M, R, R**p.Col1a1_power, R)


@dataclass(frozen=True)
class Surface:
    """Who holds the RANKL on the surface of osteoblasts (shares of that RANKL; arrays allowed)."""

    free: object
    clustered: object  # held in clusters that signal
    held: tuple  # by each crosslinker, in clusters of any size


def share_surface(ell, crosslinkers, p):
    """Share surface RANKL among crosslinkers that are conserved in the well.

    Parameters
    ----------
    ell : surface RANKL relative to a normal osteoblast (above 0)
    crosslinkers : list of (total nM, valence, Kd of one site in nM); OPG has valence 1
    p : a ``load("binding")`` set

    Raises
    ------
    BonelabError when no balance is found.
    """
    from scipy.optimize import elementwise

    valences = [v for _, v, _ in crosslinkers]
    numbers = [np.asarray(x, float) for X, _, Kd in crosslinkers for x in (X, Kd)]
    ell, *numbers = np.broadcast_arrays(np.asarray(ell, float), *numbers)
    crowding = np.log(p.RANKL_well / p.effective_concentration)

    def holders(log_l, numbers):
        """z of each crosslinker, and what it holds per free surface RANKL."""
        for v, X_T, Kd in zip(valences, numbers[::2], numbers[1::2], strict=True):
            z = p.effective_concentration / Kd * np.exp(log_l)
            grown = np.log1p(z)
            log_bound = v * grown + np.log(-np.expm1(-v * grown))  # log((1 + z)^v - 1)
            log_free = -np.logaddexp(0.0, crowding + log_bound)  # of X / X_T
            yield z, X_T * v / Kd * np.exp(log_free + (v - 1) * grown)

    def imbalance(log_l, ell, *numbers):
        held = sum(ratio for _, ratio in holders(log_l, numbers))
        return log_l + np.log1p(held) - np.log(ell)

    # no crosslinker can hold more than v X_T L_eff / (Kd L_conc) per free surface RANKL
    most = sum(X_T / Kd for X_T, Kd in zip(numbers[::2], numbers[1::2], strict=True))
    highest = np.log(ell)
    lowest = highest - np.log1p(max(valences) * most * np.exp(-crowding)) - 1.0
    found = elementwise.find_root(imbalance, (lowest, highest + 1e-9), args=(ell, *numbers))
    if not np.all(found.success):
        raise BonelabError(f"surface RANKL found no balance among {crosslinkers}")
    free = np.exp(found.x) / ell
    clustered, held = 0.0 * free, []
    for v, (z, ratio) in zip(valences, holders(found.x, numbers), strict=True):
        held.append(free * ratio)
        clustered = clustered + held[-1] * share_of_large_clusters(z, v, p.minimum_cluster)
    return Surface(free, np.minimum(clustered, 1.0), tuple(held))
