r"""Komarova et al. 2003: osteoclasts x1 and osteoblasts x2 at one site, by power laws.

Bone 33:206. Numbers of cells, bone in % of the start, time in days.

.. math::
    \dot x_1 &= \alpha_1 x_1^{g_{11}} x_2^{g_{21}} - \beta_1 x_1\\
    \dot x_2 &= \alpha_2 x_1^{g_{12}} x_2^{g_{22}} - \beta_2 x_2\\
    \dot z &= k_2\,\max(0, x_2-\bar x_2) - k_1\,\max(0, x_1-\bar x_1)

The exponents are who acts on whom: :math:`g_{11}` osteoclasts on themselves, :math:`g_{12}`
osteoclasts on osteoblasts, :math:`g_{21}` osteoblasts on osteoclasts (RANKL and OPG together).
Only cells above the steady number :math:`\bar x` remove or form bone.

How strongly osteoclasts act on themselves decides what follows an event. At rest the Jacobian has
the trace :math:`\beta_1(g_{11}-1)+\beta_2(g_{22}-1)`: below zero one cycle dies out, at zero
(:math:`g_{11}` = 1.1 with the values of figure 2) cycles go on for ever, above zero they grow.

Errata. The printed formula of :math:`\bar x_2` has a misprint (told by the curators of
BIOMD0000000148); here both steady numbers follow from the equations. The curators also found that
the axis of figure 2 puts the resting osteoblasts at 0; they are 212. The printed k1 and k2 are
rounded, so that after one event bone ends at 99.98 % and not at 100.
What is left out: RANKL, RANK and OPG have no names here; powers of cell numbers carry no unit.
"""

from bonelab.numerics import exp, larger
from bonelab.parameters import load

STATES = ("osteoclasts", "osteoblasts", "bone")  # x1, x2, z
# What differs from figure 2. In the oscillations g_11 makes the trace zero. Their k_1 and k_2 are
# illustrative values: with a ratio of 117.4, and not 116.25, bone would come back after each cycle.
# The g_11 of the unstable regime is ours: swings grow until no osteoclast is left.
REGIMES = {
    "single event": {},
    "oscillations": {"g_11": 1.1, "k_1": 0.093, "k_2": 0.0008},
    "unstable": {"g_11": 1.11, "k_1": 0.093, "k_2": 0.0008},
}


def steady_state(p=None):
    """Resting osteoclasts and osteoblasts (cells)."""
    p = p or load("published_komarova2003")
    gamma = p.g_12 * p.g_21 - (1.0 - p.g_11) * (1.0 - p.g_22)
    loss_1, loss_2 = p.beta_1 / p.alpha_1, p.beta_2 / p.alpha_2
    x1 = loss_1 ** ((1.0 - p.g_22) / gamma) * loss_2 ** (p.g_21 / gamma)
    x2 = loss_1 ** (p.g_12 / gamma) * loss_2 ** ((1.0 - p.g_11) / gamma)
    return x1, x2


def rhs(t, y, p, resting, add_osteoclasts=0.0, add_osteoblasts=0.0):
    """Rates of change per day; ``resting`` is the steady state, what is added is in cells/day."""
    x1, x2, _z = y
    x1_bar, x2_bar = resting
    dx1 = p.alpha_1 * x1**p.g_11 * x2**p.g_21 - p.beta_1 * x1 + add_osteoclasts
    dx2 = p.alpha_2 * x1**p.g_12 * x2**p.g_22 - p.beta_2 * x2 + add_osteoblasts
    dz = p.k_2 * larger(0.0, x2 - x2_bar) - p.k_1 * larger(0.0, x1 - x1_bar)
    return (dx1, dx2, dz)


def log_rhs(t, y, p, resting, add_osteoclasts=0.0, add_osteoblasts=0.0):
    """The same for the logarithms of the cell numbers, which may become as small as they like."""
    u1, u2, _z = y
    x1, x2 = exp(u1), exp(u2)
    x1_bar, x2_bar = resting
    du1 = p.alpha_1 * exp((p.g_11 - 1.0) * u1 + p.g_21 * u2) - p.beta_1
    du2 = p.alpha_2 * exp(p.g_12 * u1 + (p.g_22 - 1.0) * u2) - p.beta_2
    if add_osteoclasts:
        du1 = du1 + add_osteoclasts / x1
    if add_osteoblasts:
        du2 = du2 + add_osteoblasts / x2
    dz = p.k_2 * larger(0.0, x2 - x2_bar) - p.k_1 * larger(0.0, x1 - x1_bar)
    return (du1, du2, dz)
