r"""Pivonka et al. 2008: osteoblast precursors, active osteoblasts, osteoclasts and bone.

Bone 43:249, doi:10.1016/j.bone.2008.03.025, the structure the authors prefer: RANKL on osteoblast
precursors, OPG from active osteoblasts. Concentrations in pM, bone in %, time in days.

.. math::
    \dot{OB_p} &= D_{OBu}\,\frac{T}{T+K_{D1}} - D_{OBp}\,\frac{K_{D2}}{T+K_{D2}}\,OB_p
        \qquad T = (\alpha k_{res} OC_a + P_{TGF\beta})/D_{TGF\beta}\\
    \dot{OB_a} &= D_{OBp}\,\frac{K_{D2}}{T+K_{D2}}\,OB_p - A_{OBa} OB_a\\
    \dot{OC_a} &= D_{OCp}\,\frac{L}{L+K_{D8}} - A_{OCa}\,\frac{T}{T+K_{D3}}\,OC_a\\
    \dot{BV} &= k_{form}(OB_a - OB_{a,0}) - k_{res}(OC_a - OC_{a,0})\\
    PTH &= (\beta_{PTH}+P_{PTH})/D_{PTH}, \quad
    O = \frac{(m + P_{OPG})\,O_{max}}{m + D_{OPG}O_{max}}, \quad
    m = \beta_{OPG}\,OB_a\,\frac{K_{D6}}{PTH+K_{D6}}\\
    L &= \frac{L_{eff}}{1+K_{A1}O+K_{A2}[RANK]}\;
         \frac{\beta_{RANKL}+P_{RANKL}}{\beta_{RANKL}+D_{RANKL}L_{eff}}, \quad
    L_{eff} = R_{RANKL}\,OB_p\,\frac{PTH}{PTH+K_{D4}}

Errata. Four printed numbers differ from those the authors' programs use: D_OBp 5.348 (should be
0.2674: a factor f_0 = 0.05, inherited from Lemaire 2004, is missing), beta_RANKL 1.684e4 (168.4),
beta_OPG 1.464e8 (1.625e8) and R_RANKL 3e6 (2.703e6). With the printed four the start state
(OB_p 6.196e-4, OB_a 5.584e-4, OC_a 8.070e-4 pM) is not at rest; with the programs' values it is,
to 12 digits. So the programs' values are the default; ``PRINTED`` holds the others, and K_D8 as it
was rounded for print.
What is left out: the states are concentrations of cells in pM, a scaling inherited from Lemaire.
"""

from functools import cache
from typing import NamedTuple

from bonelab.parameters import load

STATES = ("pre-osteoblasts", "osteoblasts", "osteoclasts", "bone")  # OBp, OBa, OCa, BV
PRINTED = {
    "D_OBp": 5.348,
    "beta_RANKL": 1.684e4,
    "beta_OPG": 1.464e8,
    "R_RANKL": 3e6,
    "K_D8": 13.06,
}


class Injection(NamedTuple):
    """What is added per day (or, of cells, taken away), in pM/day."""

    PTH: float = 0.0
    OPG: float = 0.0
    RANKL: float = 0.0
    osteoclasts: float = 0.0
    osteoblasts: float = 0.0
    preosteoblasts: float = 0.0
    TGFb: float = 0.0


NOTHING = Injection()
CARRIERS = ("pre-osteoblasts", "osteoblasts")


class Structure(NamedTuple):
    """Cells that carry RANKL and make OPG: weights of precursors and of active osteoblasts."""

    RANKL: tuple = (1.0, 0.0)
    OPG: tuple = (0.0, 1.0)


PREFERRED = Structure()


def structure(rankl_on, opg_from, p):
    """RANKL and OPG on other cells, as much of them as makes the same state rest."""
    OBp, OBa, _ = steady_state(p)
    return Structure(
        (1.0, 0.0) if rankl_on == CARRIERS[0] else (0.0, OBp / OBa),
        (0.0, 1.0) if opg_from == CARRIERS[1] else (OBa / OBp, 0.0),
    )


def PTH(I, p):
    """PTH in pM."""
    return (p.beta_PTH + I.PTH) / p.D_PTH


def OPG(OBp, OBa, I, p, structure=PREFERRED):
    """OPG in pM: made by active osteoblasts, less under PTH."""
    makers = structure.OPG[0] * OBp + structure.OPG[1] * OBa
    made = p.beta_OPG * makers * p.K_D6 / (PTH(I, p) + p.K_D6)
    return (made + I.OPG) * p.OPG_max / (made + p.D_OPG * p.OPG_max)


def RANKL(OBp, OBa, I, p, structure=PREFERRED):
    """Free RANKL in pM: carried by osteoblast precursors, more under PTH, held by OPG and RANK."""
    pth = PTH(I, p)
    carriers = structure.RANKL[0] * OBp + structure.RANKL[1] * OBa
    L_eff = p.R_RANKL * carriers * pth / (pth + p.K_D4)
    share_free = 1.0 / (1.0 + p.K_A1 * OPG(OBp, OBa, I, p, structure) + p.K_A2 * p.RANK)
    return L_eff * share_free * (p.beta_RANKL + I.RANKL) / (p.beta_RANKL + p.D_RANKL * L_eff)


def rhs(t, y, p, resting, I=NOTHING, structure=PREFERRED):
    """Rates of change per day; ``resting`` is (OBa, OCa) at which bone is in balance."""
    OBp, OBa, OCa, _BV = y
    OBa_0, OCa_0 = resting
    T = (p.alpha * p.k_res * OCa + I.TGFb) / p.D_TGFb
    L = RANKL(OBp, OBa, I, p, structure)
    maturing = p.D_OBp * p.K_D2 / (T + p.K_D2) * OBp
    dOBp = p.D_OBu * T / (T + p.K_D1) - maturing + I.preosteoblasts
    dOBa = maturing - p.A_OBa * OBa + I.osteoblasts
    dOCa = p.D_OCp * L / (L + p.K_D8) - p.A_OCa * T / (T + p.K_D3) * OCa + I.osteoclasts
    dBV = p.k_form * (OBa - OBa_0) - p.k_res * (OCa - OCa_0)
    return (dOBp, dOBa, dOCa, dBV)


@cache
def steady_state(p=None):
    """OBp, OBa, OCa (pM) at rest without injections."""
    from scipy.optimize import brentq

    p = p or load("published_pivonka2008")

    def resting_osteoblasts(OCa):
        T = p.alpha * p.k_res * OCa / p.D_TGFb
        entering = p.D_OBu * T / (T + p.K_D1)
        return entering * (T + p.K_D2) / (p.D_OBp * p.K_D2), entering / p.A_OBa

    def osteoclast_balance(OCa):
        OBp, OBa = resting_osteoblasts(OCa)
        return rhs(0.0, (OBp, OBa, OCa, 100.0), p, (OBa, OCa))[2]

    OCa = brentq(osteoclast_balance, 1e-9, 1.0, xtol=1e-300, rtol=1e-15)
    return (*resting_osteoblasts(OCa), OCa)
