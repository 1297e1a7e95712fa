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


def TGF_beta_effect(C, p):
    """Receptor occupancy by TGF-beta from osteoclasts (pi_C)."""
    return (C + p.f_0 * p.C_s) / (C + p.C_s)


def PTH_effect(I_P, p):
    """Receptor occupancy by PTH (pi_P)."""
    return (p.S_P + I_P) / p.k_P / (I_P / p.k_P + p.k_6 / p.k_5)


def OPG(R, I, p):
    """OPG in pM: made by responding osteoblasts, less under PTH."""
    return (p.K_O * R / PTH_effect(I.PTH, p) + I.OPG) / p.k_O


def RANK_occupancy(R, B, I, p):
    """Share of RANK that holds RANKL (pi_L)."""
    RANKL = p.K_L * PTH_effect(I.PTH, p) * B * (1.0 + I.RANKL / p.r_L)
    free = 1.0 + p.k_3 * p.K / p.k_4 + p.k_1 / p.k_2 * OPG(R, I, p)
    return p.k_3 / p.k_4 * RANKL / free


def rhs(t, y, p, I=NOTHING):
    """Rates of change per day of R, B and C."""
    R, B, C = y
    pi_C = TGF_beta_effect(C, p)
    maturing = p.f_0 * p.d_B / pi_C * R
    dR = p.D_R * pi_C - maturing + I.R
    dB = maturing - p.k_B * B + I.B
    dC = p.D_C * RANK_occupancy(R, B, I, p) - p.D_A * pi_C * C + I.C
    return (dR, dB, dC)


@cache
def steady_state(p=None):
    """R, B, C (pM) at rest without injections."""
    from scipy.optimize import brentq

    p = p or load("published_lemaire2004")

    def resting_osteoblasts(C):
        pi_C = TGF_beta_effect(C, p)
        return p.D_R * pi_C**2 / (p.f_0 * p.d_B), p.D_R * pi_C / p.k_B

    def osteoclast_balance(C):
        R, B = resting_osteoblasts(C)
        return rhs(0.0, (R, B, C), p)[2]

    C = brentq(osteoclast_balance, 1e-9, 1.0, xtol=1e-300, rtol=1e-15)
    return (*resting_osteoblasts(C), C)
