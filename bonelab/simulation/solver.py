"""Solve an ordinary differential equation piece by piece, between events.

SciPy's LSODA does the work (it changes between a stiff and a non-stiff method by itself). Doses,
starts and stops are events: the solver ends a piece at each of them and begins anew, so that it
can never step over one.
"""

import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.integrate import ODEintWarning, odeint

from bonelab.parameters import BonelabError

RTOL = 1e-6
ATOL = 1e-9


class SolverError(BonelabError):
    """The solver did not finish, or its result cannot be right; the message says for what."""


@dataclass(frozen=True)
class Change:
    """Something that happens at one moment: a jump of the state, or other arguments from then on."""

    time: float
    jump: Callable | None = None  # state (array) -> state
    args: tuple | None = None  # the arguments of the right-hand side from here on


@dataclass(frozen=True)
class Solution:
    """Times, states (time x state) and a sentence on how the solve ended."""

    time: np.ndarray
    states: np.ndarray
    status: str


def solve(rhs, start, times, args=(), changes=(), *, rtol=RTOL, atol=ATOL, what="this run"):
    """Solve ``dy/dt = rhs(t, y, *args)`` and return the states at ``times``.

    Parameters
    ----------
    rhs : function of time, a list of floats and ``args`` that returns the derivatives
    start : the state at ``times[0]``
    times : rising times; a change at a listed time takes effect just after it
    changes : ``Change`` events; those before ``times[0]`` or at its end are refused or ignored
    what : words for the error message, such as "the dish with 50 ng/ml RANKL"

    Raises
    ------
    SolverError when LSODA gives up or a state is not finite.
    """
    times = np.asarray(times, float)
    state = np.asarray(start, float)
    ordered = sorted((c for c in changes if times[0] <= c.time < times[-1]), key=lambda c: c.time)
    states = np.empty((times.size, state.size))
    states[0] = state
    edges = [times[0], *(c.time for c in ordered), times[-1]]
    pieces = 0
    for index, (begin, end) in enumerate(zip(edges, edges[1:], strict=False)):
        if index:
            change = ordered[index - 1]
            args = change.args if change.args is not None else args
            state = np.asarray(change.jump(state), float) if change.jump else state
        if end <= begin:
            continue
        inside = (times > begin) & (times <= end)
        grid = np.concatenate([[begin], times[inside]])
        if grid[-1] < end:
            grid = np.append(grid, end)
        piece = _piece(rhs, state, grid, args, rtol, atol, what)
        states[inside] = piece[1 : 1 + int(inside.sum())]
        state = piece[-1]
        pieces += 1
    return Solution(times, states, f"Solved in {pieces} piece(s) to a tolerance of {rtol:g}.")


def _piece(rhs, state, grid, args, rtol, atol, what):
    def derivatives(y, t):
        return rhs(t, y.tolist(), *args)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ODEintWarning)  # its message is read below
        result, report = odeint(
            derivatives, state, grid, rtol=rtol, atol=atol, mxstep=20_000, full_output=True
        )
    if report["message"] != "Integration successful.":
        raise SolverError(
            f"The solver did not finish {what} between t = {grid[0]:g} and {grid[-1]:g}: "
            f"{report['message']} State at the start: {np.array2string(state, precision=4)}."
        )
    if not np.all(np.isfinite(result)):
        raise SolverError(f"{what} led to a value that is not a number, after t = {grid[0]:g}.")
    return result
