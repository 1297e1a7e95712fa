r"""The tissue: osteoclasts remove bone, osteoblasts replace it, both read the same RANKL.

All cells are relative to healthy bone before menopause (= 1); time is in days.

.. math::
    L_T &= L_0\,m_L\,(1+e_R\,e_2)\,\{[1+(r_E-1)(1-E)]\,(w_U U + w_B B) + w_Y Y\} + L_x\\
    O_T &= O_0\,m_O\,[1+r_O\,(y-a)]\,(o_B B + o_Y Y) + OPG_{Fc}, \quad R_T = R_0\,g_R\,P\\
    \dot P &= k_P\,[1 + r - P - r\,N P] \qquad\text{precursors}\\
    \dot C &= d_0 N P + k_M N M - \Big(\frac{d_0\,\delta^p}{life} + k_{bp}A_{bp}R_r\Big)\,C,
        \quad life = 1+(e_L-1)(1-E) \qquad\text{osteoclasts}\\
    \dot M &= s_M\,\frac{d_0\,(\delta^p-1)_+}{life}\,C - k_M N M - l_M M
        \qquad\text{osteomorphs}\\
    R_r &= C\,[a_0 + (1-a_0)\,act] \qquad\text{resorption}\\
    Q &= \frac{c_0 + (1-c_0)\,[(1-w)R_r^\gamma + w\,m]}{1+a_g\,t_a}
        \qquad\text{recruitment; } t_a \text{: years since it began to age}\\
    \dot U &= k_U(Q-U), \quad \dot B = k_B(U-B), \quad \dot Y = k_Y(B-R_r Y)\\
    F &= B\,[1+e_F\,e_p(1-z)] + r_F\,y\,q \qquad\text{formation}

The share of RANK that holds RANKL comes from the balance (``balance.py``); :math:`N`, :math:`act`
and :math:`\delta` are the resting cell of ``forward_signalling.py`` and :math:`m` the reverse
signal of ``reverse_signalling.py``, each divided by its healthy value. So healthy bone is at rest
by construction, for any parameter values. The share :math:`w` of coupling that runs through reverse
signalling is not identified by any trial: move it. Teriparatide (:math:`e_p`, :math:`z`) and
romosozumab (:math:`y`, :math:`a`, :math:`q`) wake lining cells that are there, so they act on
formation. Osteoclasts that lose RANKL do not all die: a share parts into osteomorphs, which fuse
again when RANKL returns (McDonald et al. 2021). Osteocytes are buried with formation and freed with
resorption.

The equations are bonelab's own, but for those that name their source.

What is left out: mechanics and geometry. One pool of RANKL serves cells and drugs.
"""

from copy import copy
from functools import partial

import numpy as np

from bonelab.numerics import functions_for, positive
from bonelab.parameters import DAYS_PER_YEAR

from . import bone
from . import reverse_signalling as reverse
from .balance import clustered_share, free_rankl, grip
from .subject_tissue import (
    CELLS,
    HEALTHY_CELLS,
    STATES,
    Condition,
    Fluxes,
    Inputs,
    Tissue,
    resting_cell,
)

__all__ = ["CELLS", "STATES", "Condition", "Inputs", "Memory", "MemoryOfMany", "Tissue"]

_CELLS = len(CELLS)
# the fluxes read these states only
_READ = ("precursors", "osteoclasts", "pre-osteoblasts", "osteoblasts", "osteocytes")
_MATRIX = STATES.index("maturing matrix")
_EXACT = 1e-13
_APART = 1e-6  # of states near 1, for derivatives
_AHEAD = 3.0  # steps that a course is trusted to go on
_as_fluxes = partial(tuple.__new__, Fluxes)  # a named tuple in half the time


def years_after_menopause(t, tissue):
    """Years since menopause t days into the run (negative before it)."""
    return tissue.condition.years_after_menopause + t / DAYS_PER_YEAR


def estrogen(years, tissue):
    """Estrogen relative to before menopause (form of Jörg et al. 2022)."""
    since = positive(years)
    return (1.0 - tissue.condition.estrogen_removed) / (1.0 + since / tissue.p.estrogen_decline)


def ageing(years, tissue):
    """What age leaves of osteoblast recruitment, relative to that of the young."""
    p = tissue.p
    return 1.0 / (1.0 + p.recruitment_aging * positive(years + p.ageing_before_menopause))


def life_at(t, tissue):
    """Estrogen t days into the run, and what age leaves of recruitment: what time alone changes."""
    years = years_after_menopause(t, tissue)
    return estrogen(years, tissue), ageing(years, tissue)


def total_rankl(U, B, Y, E, teriparatide, tissue):
    """RANKL made in bone, nM, from pre-osteoblasts, osteoblasts and osteocytes."""
    p, c = tissue.p, tissue.condition
    without_estrogen = 1.0 + (p.estrogen_effect - 1.0) * (1.0 - E)
    marrow = without_estrogen * (p.share_preosteoblasts * U + p.share_osteoblasts * B)
    hormone = 1.0 + tissue.drugs.teriparatide_RANKL * teriparatide
    return tissue.binding.RANKL_tissue * c.RANKL * hormone * (marrow + p.share_osteocytes * Y)


def holders(L_T, added, P, C, opg, inputs, tissue):
    """Who may hold RANKL: partners with one site, crosslinkers, and how crowded RANKL stands.

    ``added`` is soluble RANKL (nM). Crowding is relative to healthy bone, where a share is shed.
    """
    b = tissue.binding
    partners = ((b.RANK_tissue * tissue.condition.RANK * P, b.Kd_RANK), (opg, b.Kd_OPG))
    vesicles = (tissue.p.vesicles * C, b.valence_vesicle, b.Kd_RANK_head)
    made_here = (L_T - added) / (L_T + 1e-300 * b.RANKL_tissue)
    return partners, (vesicles, *inputs.crosslinkers), tissue.crowd * made_here


def fluxes(t, y, inputs, tissue, guess=None, tolerance=_EXACT, life=None):
    """Binding, signals, resorption, recruitment and formation at time t (days) for a state.

    ``guess`` is free RANKL a moment ago, where the search for its balance begins, ``tolerance``
    the Newton step that ends it (the error left is of the order of its square). ``life`` is what
    ``life_at`` gives, where it is known.
    """
    P, C, _, U, B, Y = y[:_CELLS]
    p, b, d, c = tissue.p, tissue.binding, tissue.drugs, tissue.condition
    _, N0, activity0, death0, signal0, power = tissue.healthy
    P, C = positive(P), positive(C)  # a solver may try a hair below zero

    E, aged = life_at(t, tissue) if life is None else life
    added = c.extra_RANKL + inputs.extra_RANKL
    L_T = total_rankl(U, B, Y, E, inputs.teriparatide_RANKL, tissue) + added
    O_T = b.OPG_tissue * c.OPG * (1.0 + d.romosozumab_OPG * inputs.sclerostin_block)
    O_T = O_T * (p.OPG_osteoblasts * B + p.OPG_osteocytes * Y) + inputs.opg_fc

    partners, crosslinkers, crowd = holders(L_T, added, P, C, O_T, inputs, tissue)
    L = free_rankl(L_T, partners, crosslinkers, crowd, tolerance, guess)
    x = L / (L + b.Kd_RANK)
    N, activity, death = resting_cell(x, tissue.forward_here, c.RANK, c.RANK_response)
    N, activity, death = N / N0, activity / activity0, death / death0

    resorption = C * (p.activity_floor + (1.0 - p.activity_floor) * activity)

    life = 1.0 + (p.estrogen_lifespan - 1.0) * (1.0 - E)
    usual = p.team_loss / life
    dying = usual * death**power
    parting = p.osteomorph_share * positive(dying - usual)
    # an osteoclast takes a bisphosphonate up with the bone that it resorbs
    loss = dying + d.bisphosphonate_kill * inputs.bisphosphonate * resorption

    S = clustered_share(L_T, L, crosslinkers, crowd, b)
    clustered = S * L_T / b.RANKL_tissue  # what counts is how much of it there is
    mTORC1 = reverse.mTORC1_left(inputs.rapamycin, tissue.reverse)
    m = reverse.tail_signal(clustered, c.tail, tissue.reverse) * mTORC1
    m = m / signal0 if signal0 else 1.0 + 0.0 * m  # vesicles of too few heads never signal
    matrix = resorption**p.coupling_exponent * (1.0 - p.matrix_mTOR * (1.0 - mTORC1))

    coupling = (1.0 - p.reverse_share) * matrix + p.reverse_share * m
    Q = p.formation_basal + (1.0 - p.formation_basal) * coupling
    Q = Q * aged
    F = B * (1.0 + d.teriparatide_formation * inputs.teriparatide)
    F = F + d.romosozumab_formation * inputs.lining_cells
    return _as_fluxes((L_T, O_T, L, x, N, loss, parting, resorption, S, m, matrix, Q, F, E))


def rates(y, f, tissue):
    """Rates of change per day of cells and bone, from the fluxes."""
    P, C, M, U, B, Y = y[:_CELLS]
    p, N = tissue.p, f.NFATc1
    fusing = p.osteomorph_return * N * M
    dP = p.precursor_rate * (1.0 + p.precursor_reserve - P - p.precursor_reserve * N * P)
    dC = p.team_loss * N * P + fusing - f.loss * C
    dM = f.parting * C - fusing - p.osteomorph_loss * M
    dU = p.preosteoblast_rate * (f.recruitment - U)
    dB = p.osteoblast_rate * (U - B)
    dY = p.osteocyte_rate * (B - f.resorption * Y)
    bone_now = y[_CELLS : len(STATES)]
    return [dP, dC, dM, dU, dB, dY, *bone.rates(bone_now, f.resorption, f.formation, p)]


class Memory:
    """The last root of the balance, where the next search begins, and how near is near enough.

    ``tolerance`` is the Newton step that ends a search: the error left is of the order of its
    square. The first search of a run is exact, so that what is at rest stays at rest. What time
    alone changes is kept as well: the solver mostly asks twice for one moment.
    """

    def __init__(self, rtol):
        self.free_rankl = self._moment = self._life = None
        self.tolerance = 0.5 * rtol**0.5  # leaves an error of a tenth of rtol

    def exactly(self):
        """The same, near enough for differences between states that are close together."""
        exact = copy(self)
        exact.tolerance = _EXACT
        return exact

    def fluxes(self, t, y, inputs, tissue):
        """``fluxes`` from the last root."""
        if t != self._moment:
            self._moment, self._life = t, life_at(t, tissue)
        guess = self.free_rankl
        tolerance = _EXACT if guess is None else self.tolerance
        f = fluxes(t, y, inputs, tissue, guess, tolerance, self._life)
        self.free_rankl = f.free_rankl
        return f


class MemoryOfMany(Memory):
    """The same for many subjects, whose searches are dear: they begin where the last two roots
    point, as if the logarithm of each went on as it went between the last two moments.
    """

    def __init__(self, rtol):
        super().__init__(rtol)
        self._day = self._before = None

    def fluxes(self, t, y, inputs, tissue):
        """``fluxes`` from where the last two roots point."""
        now, last, day = np.max(t), self.free_rankl, self._day  # of each woman's days the longest
        if self._before is not None and now != day:
            day_before, free_before = self._before
            ahead = (now - day) / (day - day_before)
            if abs(ahead) < _AHEAD:
                self.free_rankl = last * (last / free_before) ** ahead
        guess = self.free_rankl
        tolerance = _EXACT if guess is None else self.tolerance
        f = fluxes(t, y, inputs, tissue, guess, tolerance)
        self.free_rankl = f.free_rankl
        if day is not None and now != day:
            self._before = day, last
        self._day = now
        return f


def rhs(t, y, tissue, memory=None):
    """Rates of change per day of cells and bone, without a drug and without a lesion."""
    f = (fluxes if memory is None else memory.fluxes)(t, y, Inputs(), tissue)
    return rates(y, f, tissue)


def rhs_supplied(t, y, tissue, supply, lesions=()):
    """The same with drugs, which were solved first (``supply.at(t)`` gives what they bring), and
    with the states of lesions behind those of bone.
    """
    inputs = supply.at(t)
    if not lesions:
        return rates(y, supply.fluxes(t, y, inputs, tissue), tissue)
    inputs, parts, begin = copy(inputs), [], len(STATES)
    for lesion in lesions:
        state = y[begin : begin + len(lesion.states)]
        lesion.act(state, inputs)
        parts.append((lesion, state))
        begin += len(lesion.states)
    f = supply.fluxes(t, y, inputs, tissue)
    change = rates(y, f, tissue)
    for lesion, state in parts:
        change += lesion.rates(state, f)
    return change


def on_drugs(f, C, inputs, tissue):
    """RANKL that antibodies hold, nM."""
    added = tissue.condition.extra_RANKL + inputs.extra_RANKL
    _, crosslinkers, crowd = holders(f.rankl, added, 0.0, C, f.opg, inputs, tissue)
    held = 0.0 * f.free_rankl
    for X, valence, Kd in crosslinkers[1:]:  # the first are vesicles
        held = held + X * grip(f.free_rankl, valence, Kd, crowd, functions_for(f.free_rankl))[0]
    return held


def healthy_start(tissue):
    """The healthy state: all cells 1, no osteomorphs, bone volume 1 at both sites."""
    return [*HEALTHY_CELLS, *bone.healthy_start(tissue.p)]


def jacobian_supplied(t, y, tissue, supply, lesions=()):
    """How each rate changes with each state (rate x state).

    The solver's own differences are too small for it: they would see the error that is left of the
    balance, and the method would step over the day on which the last antibody is used up.
    """
    exact = supply.exactly()
    moving = [k for k in range(len(y)) if k != _MATRIX]
    rows = [y] + [[*y[:k], y[k] + _APART, *y[k + 1 :]] for k in moving]
    here, *moved = (rhs_supplied(t, row, tissue, exact, lesions) for row in rows)
    slopes = np.zeros((len(y), len(y)))
    slopes[:, moving] = (np.array(moved) - here).T / _APART
    slopes[_MATRIX, _MATRIX] = -1.0 / tissue.p.BSAP_delay  # nothing else reads it
    return slopes


def jacobian(t, y, tissue, memory):
    """How each rate without a drug changes with each state (rate x state x subject), of many.

    Most states leave the fluxes as they are, and are differences of rates alone.
    """
    exact = memory.exactly()
    f = exact.fluxes(t, y, Inputs(), tissue)
    here, slopes = np.array(rates(y, f, tissue)), []
    for k, state in enumerate(STATES):
        moved = [*y[:k], y[k] + _APART, *y[k + 1 :]]
        changed = exact.fluxes(t, moved, Inputs(), tissue) if state in _READ else f
        slopes.append((np.array(rates(moved, changed, tissue)) - here) / _APART)
    return np.stack(slopes, axis=1)
