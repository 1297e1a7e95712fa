r"""The balance of RANKL: what RANK, OPG, vesicles and antibodies hold is taken from what is free.

Partners with one site (RANK, OPG) hold RANKL one at a time. Crosslinkers :math:`q` (vesicles with
:math:`v` RANK heads, antibodies with :math:`v` arms) hold one RANKL with the affinity :math:`K` of
a single arm, and then reach for its neighbours on the cell:

.. math::
    \varphi &= (L_T-L_x)/L_T, \quad z = \varphi\,\frac{c_{eff}}{L_0}\frac{L}{K}
        \qquad\text{(soluble RANKL } L_x \text{ offers no neighbour)}\\
    X_f &= X\Big/\Big(1 + \frac{L}{K}\,\frac{(1+z)^v-1}{z}\Big), \qquad
    H = X_f\,v\,\frac{L}{K}\,(1+z)^{v-1}\\
    L_T &= L + R_T\frac{L}{L+K_R} + O_T\frac{L}{L+K_O} + \sum_q H_q\\
    S &= \sum_q H_q\,I_{z/(1+z)}(m-1,\,v-m+1)\Big/L_T
        \qquad\text{share of RANKL in clusters of at least } m

Every term rises with free RANKL :math:`L`, so exactly one :math:`L` fits. :math:`L_0` is the
reference density of RANKL, :math:`c_{eff}` the concentration of neighbours that a tethered
crosslinker sees there. The equilibrium of multivalent binding goes back to Perelson & DeLisi
(1980), doi:10.1016/0025-5564(80)90017-6.

What is left out: time (binding takes minutes, bone takes weeks), diffusion in the membrane, the
shape of vesicle, antibody and OPG dimer. One unit of RANKL is one trimer.
"""

import math

import numpy as np

from bonelab.numerics import beta_share, functions_for, larger
from bonelab.parameters import BonelabError

_MOST_STEPS = 100
_LONGEST = 6.0  # largest step in log L
_NEAR = 0.5  # first steps this small from a guess are Newton's own
_TINY = 1e-300
_ROUNDING = 4e-15  # of the sum of what is held
_NOTHING = 1e-200  # of RANKL, beside a Kd
_PAIR = 2.0  # arms of an ordinary antibody, for which (1+z)^v needs no logarithm


def crowding(on_cells, reference, p):
    """z per L/K: how many neighbours a held RANKL offers, relative to free RANKL.

    ``on_cells`` is the share of RANKL that sits on cells, ``reference`` the RANKL (nM) at which
    neighbours stand at the effective concentration.
    """
    return on_cells * p.effective_concentration / larger(reference, 1e-9 * p.Kd_RANK)


def free_rankl(total, partners, crosslinkers, crowd, tolerance=1e-13, guess=None):
    """Free RANKL (nM): the root of the balance.

    Parameters
    ----------
    total : all RANKL, nM
    partners : list of (nM of sites, Kd in nM), at least one (0 nM will do)
    crosslinkers : list of (nM, valence, Kd of one arm in nM)
    crowd : from ``crowding``
    tolerance : a Newton step in log L this small is the last; its error is of the order of its
        square, down to rounding
    guess : where to begin, such as the root a moment ago

    Raises BonelabError when no balance is found.
    """
    least = _NOTHING * partners[0][1]
    if type(total) is float:
        total = total if total > least else least
        return _root_of_one(total, partners, crosslinkers, crowd, tolerance, guess)
    total = np.maximum(total, least)
    return _roots_of_many(total, partners, crosslinkers, crowd, tolerance, guess)


def _sum_and_rise(free, partners, crosslinkers, crowd, fn):
    """The right-hand side of the balance, and how it rises with log L."""
    bound = rise = free
    for sites, Kd in partners:
        near = free + Kd
        held = sites * free / near
        bound = bound + held
        rise = rise + held * Kd / near
    for X, valence, Kd in crosslinkers:  # as in ``grip``; a call for each would cost a fifth
        q = free / Kd
        z = crowd * q + _TINY
        beside = 1.0 + z
        if valence == _PAIR:
            each = 2.0 * q * beside / (1.0 + q * (1.0 + beside))
        else:
            log_alone = -valence * fn.log1p(z)
            each = valence * q / (beside * (fn.exp(log_alone) - q * fn.expm1(log_alone) / z))
        held = X * each
        bound = bound + held
        rise = rise + held * ((1.0 + valence * z) / beside - each)
    return bound, rise


def _root_of_one(total, partners, crosslinkers, crowd, tolerance, guess):
    """The root for one subject, in floats."""
    free = _first_guess(total, partners, crosslinkers) if guess is None else guess
    lowest, highest = 0.0, total
    for count in range(_MOST_STEPS):
        bound, rise = _sum_and_rise(free, partners, crosslinkers, crowd, math)
        excess = math.log(bound / total)
        step = excess * bound / rise
        # before the bracket is looked at: at the root it is shut
        if abs(step) <= tolerance or abs(excess) <= _ROUNDING:
            return free * math.exp(-step)
        if not count and guess is not None and abs(step) < _NEAR:
            free = free * math.exp(-step)  # near the root: no bracket is needed yet
            continue
        if step > 0.0:
            highest = free
        else:
            lowest = free
        free = free * math.exp(-max(-_LONGEST, min(_LONGEST, step)))
        if lowest > 0.0 and (not lowest < free < highest or count % 8 == 7):
            free = (lowest * highest) ** 0.5
        free = min(free, highest)
    raise _not_found()


def _roots_of_many(total, partners, crosslinkers, crowd, tolerance, guess):
    """The roots for many subjects side by side, in arrays."""
    free = _first_guess(total, partners, crosslinkers) if guess is None else guess
    lowest, highest = 0.0 * total, total
    for count in range(_MOST_STEPS):
        bound, rise = _sum_and_rise(free, partners, crosslinkers, crowd, np)
        excess = np.log(bound / total)
        step = excess * bound / rise
        done = (abs(step) <= tolerance) | (abs(excess) <= _ROUNDING)
        if done.all():
            return free * np.exp(-step)
        if count and 2 * done.sum() > done.size:  # go on with the others
            free_now = free * np.exp(-step)
            free_now[~done] = _roots_of_many(
                *_some((total, partners, crosslinkers, crowd), ~done), tolerance, free[~done]
            )
            return free_now
        if not count and guess is not None and np.abs(step).max() < _NEAR:
            free = free * np.exp(-step)  # all near their root
            continue
        highest = np.where(step > 0.0, free, highest)
        lowest = np.where(step > 0.0, lowest, free)
        new = free * np.exp(-np.clip(step, -_LONGEST, _LONGEST))
        outside = (new <= lowest) | (new >= highest) | (count % 8 == 7)
        outside &= (lowest > 0.0) & ~done  # a root that is found is not left again
        middle = np.sqrt(lowest) * np.sqrt(highest)
        free = np.minimum(np.where(outside, middle, new), highest)
    raise _not_found()


def _not_found():
    return BonelabError("the balance of RANKL was not found; please report the amounts you gave.")


def grip(free, valence, Kd, crowd, fn):
    """What one crosslinker holds on average, the share of them that is free, and z.

    Written with (1+z)^-v (``alone``), which cannot overflow.
    """
    q = free / Kd
    z = crowd * q + _TINY
    log_alone = -valence * fn.log1p(z)
    alone = fn.exp(log_alone)
    all_states = alone - q * fn.expm1(log_alone) / z
    return valence * q / ((1.0 + z) * all_states), alone / all_states, z


def clustered_share(total, free, crosslinkers, crowd, p):
    """Share of all RANKL that stands in clusters of at least the minimum (S)."""
    fn = functions_for(free)
    clustered = 0.0
    for X, valence, Kd in crosslinkers:
        if valence >= p.minimum_cluster:
            each, _, z = grip(free, valence, Kd, crowd, fn)
            clustered = clustered + X * each * large_share(z, valence, p.minimum_cluster)
    return clustered / (total + _NOTHING * p.Kd_RANK)


def large_share(z, valence, minimum):
    """Of the RANKL that is held at all, the share held at least ``minimum`` at a time.

    A RANKL that is held has valence - 1 neighbours on its crosslinker, each bound with the odds
    z: a binomial tail, which is a regularised incomplete beta function.
    """
    if valence < minimum:
        return 0.0 * z
    return beta_share(minimum - 1.0, valence - minimum + 1.0, z / (1.0 + z))


def _first_guess(total, partners, crosslinkers):
    """Where a search begins: partners far from full, crosslinkers full while there is RANKL."""
    affinity = 1.0
    for sites, Kd in partners:
        affinity = affinity + sites / Kd
    left = total
    for X, valence, _ in crosslinkers:
        left = left - valence * X
    return larger(left, 1e-3 * total) / affinity


def _some(given, which):
    """The same arguments for some of the subjects."""
    if type(given) is list or type(given) is tuple:
        return [_some(each, which) for each in given]
    if type(given) is not np.ndarray:
        return given  # a number of all
    if given.shape != which.shape:
        given = np.broadcast_to(given, which.shape)
    return given[which]
