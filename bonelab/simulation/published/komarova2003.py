"""Komarova 2003: one event and its remodelling cycle, oscillations, and growing oscillations.

Cell numbers fall to 3e-5 between two oscillations and far lower in the unstable regime, so the
solver works with their logarithms: its tolerance is then relative to each number, however small.
"""

from typing import Any

import numpy as np

from bonelab.biology.published import komarova2003_equations as model
from bonelab.parameters import Choice, ParameterSet, Quantity, door, refuse
from bonelab.parameters.argument_types import Amount, Anything, Parameters

from ..run import Run
from ..solver import Change, solve
from .schedule import ATOL, DAYS, RTOL, START, STOP, Changes, Injected, schedule

# Errors grow from cycle to cycle: so that rtol is what one gets after the 800 days of the figures,
# the solver goes finer, but not below what rounding allows.
_FINER, _FINEST = 1e-4, 1e-13


@door("bl.published.regimes")
def regimes() -> dict[str, Any]:
    """The three behaviours that the paper tells apart: name -> what differs from figure 2.

    Examples
    --------
    >>> list(bl.published.regimes())[:2]
    ['single event', 'oscillations']
    """
    return {name: dict(values) for name, values in model.REGIMES.items()}


@door(
    "bl.published.komarova2003",
    osteoclasts=Quantity("cells", "osteoclasts added at once at start"),
    osteoblasts=Quantity("cells", "osteoblasts added at once at start"),
    start=START,
    osteoclasts_per_day=Injected("osteoclasts added every day from start to stop", "1/day"),
    osteoblasts_per_day=Injected("osteoblasts, likewise", "1/day"),
    stop=STOP,
    days=DAYS,
    regime=Choice("the behaviour: see bl.published.regimes()", tuple(model.REGIMES)),
    changes=Changes(),
    rtol=RTOL,
    atol=ATOL,
    parameters=ParameterSet("published_komarova2003"),
)
def komarova2003(
    osteoclasts: Amount = 10,
    osteoblasts: Amount = 0,
    *,
    start: Amount = 0,
    osteoclasts_per_day: Amount = 0,
    osteoblasts_per_day: Amount = 0,
    stop: Amount = None,
    days: Amount = 800,
    regime: str = "single event",
    changes: Anything = None,
    rtol: Amount = 1e-9,
    atol: Amount = None,
    parameters: Parameters = None,
) -> Run:
    """Komarova 2003: one event adds cells at once (or by the day), and a remodelling cycle follows.

    What flows by the day stops after 20 days where no ``stop`` is given. After changes of
    parameters bone is in balance at the resting numbers of the new values. ``rtol`` is the error of
    each number of cells after the 800 days of the figures, at best 1e-9 (neutral oscillations lose
    about a digit in 4000 days); ``atol`` is that of bone in percent, as ``rtol`` if not given.

    Returns
    -------
    Run in days: osteoclasts and osteoblasts (cells), bone (% of the start). Equations, source and
    errata: :mod:`bonelab.biology.published.komarova2003_equations`.

    Raises
    ------
    BonelabError for times that do not fit, and parameters with which cells grow without bound.

    Examples
    --------
    >>> run = bl.published.komarova2003(osteoclasts=10)
    >>> run.names
    ['osteoclasts', 'osteoblasts', 'bone']
    """
    p = parameters.with_(**model.REGIMES[regime])
    at_once = [osteoclasts, osteoblasts]
    daily = {
        "osteoclasts_per_day": osteoclasts_per_day,
        "osteoblasts_per_day": osteoblasts_per_day,
    }
    begin = start
    until = begin + 20.0 if stop is None else stop
    plan = schedule(daily, begin, until, days, p, changes)
    resting = model.steady_state(p)
    event = np.array(at_once)

    def jump(y):
        return np.array([*np.log(np.exp(y[:2]) + event), y[2]])

    state = np.array([*np.log(resting), 100.0])
    moments = sorted({*plan.moments, begin})
    changed = [
        Change(day, jump if day == begin else None, _arguments(plan, day)) for day in moments if day
    ]
    fine = max(_FINEST, _FINER * rtol)
    try:
        solution = solve(
            model.log_rhs,
            jump(state) if begin == 0.0 else state,
            plan.times,
            _arguments(plan, 0.0),
            changed,
            rtol=fine,
            atol=np.array([fine, fine, 0.01 * (rtol if atol is None else atol)]),
            what="Komarova 2003",
        )
    except OverflowError:
        refuse("g_11", p.g_11, "with these parameters the number of cells grows beyond all bounds.")
    cells = np.exp(solution.states.T[:2])
    parts = [f"{n:g} extra {c}" for n, c in zip(at_once, model.STATES, strict=False) if n]
    more = plan.words("cells/day", {name: name.removesuffix("_per_day") for name in daily})
    parts += [more] * (more != "nothing added")
    return Run(
        kind="Komarova 2003",
        time=plan.times,
        time_unit="day",
        series=dict(zip(model.STATES, [*cells, solution.states.T[2]], strict=True)),
        units={"osteoclasts": "cells", "osteoblasts": "cells", "bone": "percent"},
        subject="Komarova 2003" + (f" ({regime})" if regime != "single event" else ""),
        treatment=" and ".join(parts) or "no event",
        parameters=p,
        status=solution.status,
    )


def _arguments(plan, day):
    p = plan.at(day)
    return (p, model.steady_state(p), *plan.rates(day).values())
