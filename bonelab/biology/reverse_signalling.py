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

Vesicles (:math:`v` RANK heads each), antibodies and OPG share the RANKL of the well by the balance
of ``balance.py``, each of them conserved.

The equations are bonelab's own; the chain is that of Ikebuchi et al. (2018),
doi:10.1038/s41586-018-0482-7.

What is left out: time of binding, shedding of RANKL, other cargo of vesicles (micro-RNA), RANK on
the osteoblast itself, and the OPG that rapamycin can raise.
"""

from dataclasses import dataclass

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


def signal(clustered, tail, p, rapamycin):
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
