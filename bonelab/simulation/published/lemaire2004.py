"""Lemaire 2004 under injections: one call for each experiment of its figure 2."""

from typing import Any

import numpy as np

from bonelab.biology.published import lemaire2004_equations as model
from bonelab.parameters import ParameterSet, door
from bonelab.parameters.argument_types import Amount, Anything, Parameters

from ..run import Run
from ..solver import Change, SolverError, solve
from .schedule import ATOL, DAYS, MOST, RTOL, START, STOP, Changes, Injected, pulse, schedule

UNITS = {"pre-osteoblasts": "pM", "osteoblasts": "pM", "osteoclasts": "pM"}
_SIZE = 1e-4  # pM, of a small number of cells
_CELLS = {"R": "responding osteoblasts", "B": "active osteoblasts", "C": "osteoclasts"}


@door("bl.published.experiments")
def experiments() -> dict[str, Any]:
    """The experiments of Lemaire's figure 2 by name, as arguments of :func:`lemaire2004`.

    ``bl.published.lemaire2004(**bl.published.experiments()["add B"])``. In the last one RANKL
    flows from day 20 to the end and OPG joins it on day 80.

    Examples
    --------
    >>> list(bl.published.experiments())[:2]
    ['add B', 'add C']
    """
    same_times = {
        name: {_argument(key): rate for key, rate in injection._asdict().items() if rate}
        for name, injection in model.EXPERIMENTS.items()
    }
    return same_times | {
        "RANKL, then OPG": {
            _argument(key): pulse(rate, start=day)
            for key, (rate, day) in model.RANKL_THEN_OPG.items()
        }
    }


def _argument(field):
    """Molecules are lower case as arguments; R, B and C stay as in the equations."""
    return field.lower() if len(field) > 1 else field


@door(
    "bl.published.lemaire2004",
    pth=Injected("PTH added from start to stop", "pM/day"),
    opg=Injected("OPG added", "pM/day"),
    rankl=Injected("RANKL added", "pM/day"),
    R=Injected("responding osteoblasts added, or taken away where negative", "pM/day", -MOST),
    B=Injected("active osteoblasts, likewise", "pM/day", -MOST),
    C=Injected("osteoclasts, likewise", "pM/day", -MOST),
    start=START,
    stop=STOP,
    days=DAYS,
    changes=Changes(),
    rtol=RTOL,
    atol=ATOL,
    parameters=ParameterSet("published_lemaire2004"),
)
def lemaire2004(
    pth: Amount = 0,
    opg: Amount = 0,
    rankl: Amount = 0,
    R: Amount = 0,
    B: Amount = 0,
    C: Amount = 0,
    *,
    start: Amount = 20,
    stop: Amount = 80,
    days: Amount = 140,
    changes: Anything = None,
    rtol: Amount = 1e-8,
    atol: Amount = None,
    parameters: Parameters = None,
) -> Run:
    """Lemaire 2004: add PTH, OPG, RANKL or cells for a while (negative takes cells away).

    With the usual tolerances every value at every listed time is exact to 1e-6; ``atol`` is
    1e-4 pM times ``rtol`` where it is not given.

    Returns
    -------
    Run in days: pre-osteoblasts (R), osteoblasts (B), osteoclasts (C), all in pM.
    Equations, source and errata: :mod:`bonelab.biology.published.lemaire2004_equations`.

    Raises
    ------
    BonelabError for a removal of more cells than the model makes (their number would be negative).

    Examples
    --------
    >>> run = bl.published.lemaire2004(pth=1000, start=20, stop=80)
    >>> run.names
    ['pre-osteoblasts', 'osteoblasts', 'osteoclasts']
    """
    p = parameters
    given = {"pth": pth, "opg": opg, "rankl": rankl, "R": R, "B": B, "C": C}
    plan = schedule(given, start, stop, days, p, changes)
    treatment = plan.words("pM/day", {"pth": "PTH", "opg": "OPG", "rankl": "RANKL"} | _CELLS)
    absolute = _SIZE * rtol if atol is None else atol
    try:
        solution = solve(
            model.rhs,
            model.steady_state(p),
            plan.times,
            _arguments(plan, 0.0),
            [Change(day, args=_arguments(plan, day)) for day in plan.moments],
            rtol=rtol,
            atol=absolute,
            what=f"Lemaire 2004 with {treatment}",
        )
    except (SolverError, ZeroDivisionError):
        if plan.lowest(_CELLS)[1] >= 0:
            raise
        plan.refuse_removal(_CELLS)
    if solution.states.min() < -max(1e-10, 10.0 * absolute):
        plan.refuse_removal(_CELLS)
    states = np.maximum(solution.states.T, 0.0)
    return Run(
        kind="Lemaire 2004",
        time=plan.times,
        time_unit="day",
        series=dict(zip(model.STATES, states, strict=True)),
        units=UNITS,
        subject="Lemaire 2004",
        treatment=treatment,
        parameters=p,
        status=solution.status,
    )


def _arguments(plan, day):
    rates = {(k.upper() if len(k) > 1 else k): v for k, v in plan.rates(day).items()}
    return (model.constants(plan.at(day), model.Injection(**rates)),)
