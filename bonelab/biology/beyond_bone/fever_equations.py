r"""Fever: RANKL in the brain, RANK on astrocytes, prostaglandin E2, temperature (claim B46).

After what Hanada et al. (2009), doi:10.1038/nature08596, found in mice and rats; the equations are
bonelab's own (hours):

.. math::
    \dot L &= -\frac{\ln 2}{t_L} L, \quad x = r\,\frac{L}{L+K_R}, \quad
    \dot P = (b\,x - P)/\tau_P\\
    \dot T &= \Big(T_0 + \Delta T\,\frac{P\,(1+K_P)}{P+K_P} - T\Big)/\tau_T

r is RANK relative to normal, b what is left of COX2. What is left out: cytokines that raise RANKL
in an infection, the hypothalamus, every other way to a fever.
"""

import math


def rhs(t, y, p, K_R, rank, cox):
    """Rates per hour of RANKL (nM), PGE2 (share of most) and temperature (°C)."""
    L, P, T = y
    occupancy = rank * L / (L + K_R)
    warming = p.fever_most * P * (1.0 + p.PGE2_half) / (P + p.PGE2_half)
    dL = -math.log(2.0) / p.brain_half_life * L
    dP = (cox * occupancy - P) / p.PGE2_time
    dT = (p.temperature_normal + warming - T) / p.temperature_time
    return (dL, dP, dT)
