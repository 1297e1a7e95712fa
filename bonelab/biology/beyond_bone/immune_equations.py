r"""Dendritic cells live on RANKL; T cells make it (claims A5, A13, B40 to B42).

The same survival curve as the osteoclast's, :math:`\delta(a)` with Akt :math:`a` at RANK occupancy
:math:`x` (``biology/forward_signalling.py``), at a constant supply of dendritic cells (days):

.. math::
    \dot D &= \delta(0) - \delta(a(x))\,D \qquad\text{so that D = 1 without RANKL}\\
    \dot T &= A\,[\,s_T + g_T\,D\,T\,(1-T)\,] - d_T\,T, \qquad L = L_T\,T

The equations are bonelab's own; that RANKL keeps dendritic cells alive was found by Wong et al.
(1997) and Anderson et al. (1997), doi:10.1038/36593. :math:`A` is 1 while antigen is there. T cells
raise L, L keeps dendritic cells alive, and these drive T cells.

What is left out: CD40 ligand and everything else that dendritic cells live on, lymph nodes, memory.
That patients on denosumab show no discernible immune effect is a fact that this model does not
explain.
"""

from bonelab.biology.forward_signalling import death_rate


def dendritic_rate(D, akt, p_forward):
    """Change of dendritic cells per day at this Akt activity."""
    return death_rate(0.0, p_forward) - death_rate(akt, p_forward) * D


def T_cell_rate(T, D, antigen, p):
    """Change of activated T cells per day (T = 1 is the most there can be)."""
    return antigen * (p.T_seed + p.T_growth * D * T * (1.0 - T)) - p.T_loss * T
