r"""Lemaire et al. 2004: responding osteoblasts R, active osteoblasts B, active osteoclasts C.

J Theor Biol 229:293, doi:10.1016/j.jtbi.2004.03.023. Concentrations in pM, time in days.

.. math::
    \dot R &= D_R\,\pi_C - \frac{D_B}{\pi_C} R + I_R, \qquad D_B = f_0 d_B\\
    \dot B &= \frac{D_B}{\pi_C} R - k_B B + I_B\\
    \dot C &= D_C\,\pi_L - D_A\,\pi_C\,C + I_C\\
    \pi_C &= \frac{C + f_0 C_s}{C + C_s} \quad\text{(TGF-beta)}, \qquad
    \pi_P = \frac{(S_P + I_P)/k_P}{I_P/k_P + k_6/k_5} \quad\text{(PTH)}\\
    \pi_L &= \frac{k_3}{k_4}\,
        \frac{K_L\,\pi_P\,B\,(1 + I_L/r_L)}
             {1 + \frac{k_3 K}{k_4} + \frac{k_1}{k_2 k_O}\left(K_O R/\pi_P + I_O\right)}
        \quad\text{(RANK that holds RANKL)}

Errata and oddities. In :math:`\pi_P` the PTH of the body stands above the fraction bar only, as
printed: without an injection PTH acts as if it were linear. The printed steady state (R 7.734e-4,
B 7.282e-4, C 9.127e-4 pM) is rounded to four digits and so drifts a little; here the steady state
is the root of the equations. A removal of R by 1.2e-3 pM/day, as one public transcription of
figure 2b has it, is ten times what the model makes and would give a negative number of cells.
What is left out: RANKL takes time to appear nowhere (all binding is at rest), no bone volume.
"""

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from bonelab.parameters import load

STATES = ("pre-osteoblasts", "osteoblasts", "osteoclasts")  # R, B, C


class Injection(NamedTuple):
    """What is added (or, negative, taken away) per day, in pM/day."""

    R: float = 0.0
    B: float = 0.0
    C: float = 0.0
    PTH: float = 0.0
    OPG: float = 0.0
    RANKL: float = 0.0


NOTHING = Injection()

# The experiments of figure 2, days 20 to 80, in pM/day. The removals are as large as the model
# bears with every cell number staying above zero.
EXPERIMENTS = {
    "add B": Injection(B=1e-4),
    "add C": Injection(C=1e-4),
    "add R": Injection(R=1e-4),
    "continuous PTH": Injection(PTH=1e3),
    "RANKL": Injection(RANKL=1e4),
    "remove B": Injection(B=-8.3e-5),
    "remove C": Injection(C=-2.9e-4),
    "remove R": Injection(R=-1.2e-4),
    "OPG": Injection(OPG=2e5),
}
# The last panel of figure 2: pM/day, and the day from which it flows (curated model
# BIOMD0000000278).
RANKL_THEN_OPG = {"RANKL": (1e4, 20), "OPG": (9e4, 80)}


@dataclass(frozen=True, slots=True)
class Constants:
    """What the equations need while an injection lasts (its rates and lumped parameters)."""

    D_R: float
    D_B: float
    D_C: float
    D_A: float
    k_B: float
    C_s: float
    C_0: float  # f_0 C_s
    ligand: float  # pi_L = ligand B / (unbound + decoy R)
    unbound: float
    decoy: float
    I_R: float
    I_B: float
    I_C: float


def constants(p, I=NOTHING):
    """Lump the parameters ``p`` under an injection ``I``."""
    pi_P = (p.S_P + I.PTH) / p.k_P / (I.PTH / p.k_P + p.k_6 / p.k_5)
    RANK, OPG = p.k_3 / p.k_4, p.k_1 / p.k_2  # association constants with RANKL, 1/pM
    return Constants(
        D_R=p.D_R,
        D_B=p.f_0 * p.d_B,
        D_C=p.D_C,
        D_A=p.D_A,
        k_B=p.k_B,
        C_s=p.C_s,
        C_0=p.f_0 * p.C_s,
        ligand=RANK * p.K_L * pi_P * (1.0 + I.RANKL / p.r_L),
        unbound=1.0 + RANK * p.K + OPG * I.OPG / p.k_O,
        decoy=OPG * p.K_O / pi_P / p.k_O,
        I_R=I.R,
        I_B=I.B,
        I_C=I.C,
    )


def rhs(t, y, k):
    """Rates of change per day of R, B and C."""
    R, B, C = y
    pi_C = (C + k.C_0) / (C + k.C_s)
    pi_L = k.ligand * B / (k.unbound + k.decoy * R)
    maturing = k.D_B / pi_C * R
    dR = k.D_R * pi_C - maturing + k.I_R
    dB = maturing - k.k_B * B + k.I_B
    dC = k.D_C * pi_L - k.D_A * pi_C * C + k.I_C
    return (dR, dB, dC)


@cache
def steady_state(p=None):
    """R, B, C (pM) at rest without injections."""
    from scipy.optimize import brentq

    k = constants(p or load("published_lemaire2004"))

    def resting_osteoblasts(C):  # at a given C the equations of R and B are straight lines
        entering = rhs(0.0, (0.0, 0.0, C), k)[0]
        R = entering / (entering - rhs(0.0, (1.0, 0.0, C), k)[0])
        return R, entering / k.k_B

    def osteoclast_balance(C):
        R, B = resting_osteoblasts(C)
        return rhs(0.0, (R, B, C), k)[2]

    C = brentq(osteoclast_balance, 1e-9, 1.0, xtol=1e-300, rtol=1e-15)
    return (*resting_osteoblasts(C), C)
