"""Solve an ordinary differential equation piece by piece, between events.

SciPy does the work: LSODA, which changes between a stiff and a non-stiff method by itself, for one
subject and for many side by side over slow years, an explicit Runge-Kutta method for many subjects
under treatment. Doses, starts and stops are
events: the solver ends a piece at each of them and begins anew, so that it can never step over one.
"""

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.integrate import ODEintWarning, odeint, solve_ivp
from threadpoolctl import threadpool_limits

from bonelab.parameters import BonelabError

from .progress import tell

NOISE = 30.0  # absolute tolerances that a state may be off, at most
RTOL = 1e-6
ATOL = 1e-9
# Of solve_ivp, for many subjects side by side: where stability and not accuracy sets the step, the
# low order costs least; for tight tolerances the high order.
_EXPLICIT, _EXPLICIT_TIGHT, _TIGHT = "RK23", "DOP853", 5e-5
# Among many subjects some are always in a sharp turn, which keeps the steps short for all; fewer
# than that are held as strictly as a crowd, to the same error of each.
_MANY, _CROWD = 500, 8000


class SolverError(BonelabError):
    """The solver did not finish, or its result cannot be right; the message says for what."""


@dataclass(frozen=True)
class Change:
    """Something that happens at one moment: a jump of the state, or other arguments after it."""

    time: float
    jump: Callable | None = None  # state (array) -> state
    args: tuple | None = None  # the arguments of the right-hand side from here on


@dataclass(frozen=True)
class Solution:
    """Times, states (time x state, or time x state x subject) and how the solve ended."""

    time: np.ndarray
    states: np.ndarray
    status: str


def solve(
    rhs,
    start,
    times,
    args=(),
    changes=(),
    *,
    rtol=RTOL,
    atol=ATOL,
    what="this run",
    many=False,
    slow=False,
    jacobian=None,
):
    """Solve ``dy/dt = rhs(t, y, *args)`` and return the states at ``times``.

    Parameters
    ----------
    rhs : function of time, a list of floats and ``args`` that returns the derivatives
    start : the state at ``times[0]``
    times : rising times; a change at a listed time takes effect just after it
    rtol, atol : relative and absolute tolerance; ``atol`` may hold one number per state
    changes : ``Change`` events; those before ``times[0]`` or at its end are refused or ignored
    what : words for the error message, such as "the dish with 50 ng/ml RANKL"
    many : True when every state is an array with one value per subject
    slow : True where many subjects change over years and not over days
    jacobian : function with the arguments of ``rhs`` that returns rate x state (x subject), used
        for one subject and for many that are slow; without it the solver takes differences of
        ``rhs``, which then has to be exact

    Raises
    ------
    SolverError when the method gives up or a state is not finite.
    """
    times = np.asarray(times, float)
    state = np.asarray(start, float)
    apart = 1e-9 * max(1.0, abs(times[-1] - times[0]))  # moments closer than this are one moment
    ordered = sorted(
        (c for c in changes if times[0] <= c.time < times[-1] - apart), key=lambda c: c.time
    )
    states = np.empty((times.size, *state.shape))
    states[times <= times[0] + apart] = state
    edges = [times[0], *(c.time for c in ordered), times[-1]]
    length = times[-1] - times[0] or 1.0
    for index, (begin, end) in enumerate(pairwise(edges)):
        if index:
            change = ordered[index - 1]
            args = change.args if change.args is not None else args
            state = np.asarray(change.jump(state), float) if change.jump else state
        if end - begin <= apart:
            continue
        inside = (times > begin + apart) & (times <= end + apart)
        grid = np.concatenate([[begin], np.minimum(times[inside], end)])
        if grid[-1] < end:
            grid = np.append(grid, end)
        if many:
            piece = _side_by_side(
                rhs,
                state,
                grid,
                args,
                rtol,
                atol,
                what,
                lambda t: tell((t - times[0]) / length),
                slow,
                jacobian,
            )
        else:
            piece = integrate(rhs, state, grid, args, rtol, atol, what, jacobian)
        states[inside] = piece[1 : 1 + int(inside.sum())]
        state = piece[-1]
    status = f"Solved in {len(edges) - 1} piece(s) to a relative tolerance of {rtol:g}."
    return Solution(times, states, status)


def no_less_than_zero(states, what, tolerance=1e-6):
    """States with the solver's noise below zero set to zero.

    ``tolerance`` broadcasts against ``states``. Raises SolverError when a state is further below
    zero than noise can explain.
    """
    if np.any(states < -tolerance):
        lowest = float(np.min(states / tolerance * np.min(tolerance)))
        raise SolverError(f"{what} led to a negative amount ({lowest:.3g}), which cannot be.")
    return np.maximum(states, 0.0)


def _as_odeint_calls(rhs, args):
    """``rhs`` with its arguments; unpacking a star at every call would cost a short one a tenth."""
    match args:
        case (one,):
            return lambda y, t: rhs(t, y.tolist(), one)
        case (one, two):
            return lambda y, t: rhs(t, y.tolist(), one, two)
        case (one, two, three):
            return lambda y, t: rhs(t, y.tolist(), one, two, three)
    return lambda y, t: rhs(t, y.tolist(), *args)


def integrate(rhs, state, grid, args, rtol, atol, what, jacobian=None):
    """States at the times ``grid``, of one subject, where nothing happens in between."""
    derivatives = _as_odeint_calls(rhs, args)
    slopes = None if jacobian is None else _as_odeint_calls(jacobian, args)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ODEintWarning)  # its message is read below
        result, report = odeint(
            derivatives,
            state,
            grid,
            Dfun=slopes,
            rtol=rtol,
            atol=atol,
            tcrit=grid[-1:],  # beyond its end a piece does not hold
            mxstep=20_000,
            full_output=True,
        )
    stuck = report["tcur"][-1] < grid[-1] - 1e-6 * (grid[-1] - grid[0])
    if stuck or report["message"] != "Integration successful.":
        why = "It came to a standstill." if stuck else report["message"]
        state = np.array2string(state, precision=4)
        raise SolverError(
            f"The solver did not finish {what} between t = {grid[0]:g} and {grid[-1]:g}: "
            f"{why} State at the start: {state}."
        )
    return _finite(result, grid, what)


def _side_by_side(rhs, state, grid, args, rtol, atol, what, done, slow, jacobian):
    """Many subjects as one system; the equations see arrays with one value per subject.

    Subjects stand one after the other. An explicit method looks at the mean error of the whole
    system; so that no subject's error hides among the others, the tolerance is what would stop the
    step if only one subject had any error. Where the course is ``slow``, long steps pay: none acts
    on another, so LSODA works with a narrow band.
    """

    def amounts(flat):
        several = np.maximum(flat, 0.0)  # a trial step may reach below zero
        return np.ascontiguousarray(several.reshape(state.shape, order="F"))

    def derivatives(t, flat):
        done(t)
        change = np.empty(state.shape)
        for row, values in zip(change, rhs(t, amounts(flat), *args), strict=True):
            row[:] = values
        return change.ravel(order="F")

    def slopes(t, flat):
        return in_bands(jacobian(t, amounts(flat), *args))

    band = state.shape[0] - 1
    banded = {"lband": band, "uband": band, "jac": None if jacobian is None else slopes}
    explicit = _EXPLICIT_TIGHT if rtol < _TIGHT else _EXPLICIT
    method, options = ("LSODA", banded) if slow else (explicit, {})
    size = state.shape[1]
    strict = (size if size >= _MANY else _CROWD) ** -0.5
    each = np.broadcast_to(np.reshape(atol * strict, (-1, 1)), state.shape).ravel(order="F")
    with threadpool_limits(1):  # such short products are slower on several threads
        result = solve_ivp(
            derivatives,
            (grid[0], grid[-1]),
            state.ravel(order="F"),
            method,
            t_eval=grid,
            rtol=rtol * strict,
            atol=each,
            **options,
        )
    if not result.success:
        raise SolverError(
            f"The solver did not finish {what} between t = {grid[0]:g} and {grid[-1]:g}: "
            f"{result.message}"
        )
    states = result.y.reshape(*state.shape, -1, order="F")
    return _finite(np.moveaxis(states, -1, 0), grid, what)


def in_bands(slopes):
    """The slopes of many subjects (rate x state x subject) as LAPACK wants its diagonals."""
    states, _, subjects = slopes.shape
    packed = np.zeros((2 * states - 1, subjects, states))
    for state in range(states):
        packed[states - 1 - state : 2 * states - 1 - state, :, state] = slopes[:, state]
    return packed.reshape(2 * states - 1, -1)


def _finite(result, grid, what):
    if not np.all(np.isfinite(result)):
        raise SolverError(f"{what} led to a value that is not a number, after t = {grid[0]:g}.")
    return result
