"""Lemaire 2004 under injections: one call for each experiment of its figure 2."""

import numpy as np

from bonelab.biology.published import lemaire2004 as model
from bonelab.parameters import load, refuse

from ..run import Run
from ..solver import Change, SolverError, solve
from .schedule import call, pulse, schedule, tolerance

RTOL = 1e-8  # delivers 1e-6 of every value at every listed time (tests/test_published.py)
UNITS = {"pre-osteoblasts": "pM", "osteoblasts": "pM", "osteoclasts": "pM"}
_SIZE = 1e-4  # pM, of a small number of cells
_CELLS = {"R": "responding osteoblasts", "B": "active osteoblasts", "C": "osteoclasts"}
_DEFAULTS = {"pth": 0, "opg": 0, "rankl": 0, "R": 0, "B": 0, "C": 0, "changes": None}
_DEFAULTS |= {"rtol": RTOL, "atol": None}


def experiments():
    """The experiments of Lemaire's figure 2 by name, as arguments of :func:`lemaire2004`.

    ``bl.published.lemaire2004(**bl.published.experiments()["add B"])``. In the last one RANKL
    flows from day 20 to the end and OPG joins it on day 80.
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


def lemaire2004(
    pth=0,
    opg=0,
    rankl=0,
    R=0,
    B=0,
    C=0,
    *,
    start=20,
    stop=80,
    days=140,
    changes=None,
    rtol=RTOL,
    atol=None,
    parameters=None,
):
    """Lemaire 2004: add PTH, OPG, RANKL or cells for a while (negative takes cells away).

    Parameters
    ----------
    pth, opg, rankl : pM/day added from ``start`` to ``stop``, or a ``bl.published.pulse`` with
        times of its own, or a list of them
    R, B, C : likewise, of responding osteoblasts, active osteoblasts, osteoclasts; may be negative
    start, stop, days : days, or text such as "3 weeks"
    changes : {day: {parameter: value}}, parameters that take another value from a day on
    rtol, atol : relative tolerance of the solver, and absolute in pM (1e-4 pM times ``rtol``)

    Returns
    -------
    Run in days: pre-osteoblasts (R), osteoblasts (B), osteoclasts (C), all in pM.
    Equations, source and errata: :mod:`bonelab.biology.published.lemaire2004`.

    Raises
    ------
    BonelabError for negative injections of molecules, bad times, or a removal of more cells than
    the model makes (their number would turn negative).
    """
    p = parameters or load("published_lemaire2004")
    given = {"pth": pth, "opg": opg, "rankl": rankl, "R": R, "B": B, "C": C}
    plan = schedule(
        given, "pM/day", start, stop, days, p, changes, low=dict.fromkeys(_CELLS, -np.inf)
    )
    names = {"pth": "PTH", "opg": "OPG", "rankl": "RANKL"} | _CELLS
    treatment = plan.words("pM/day", names)
    relative, absolute = tolerance(rtol, atol, _SIZE)
    try:
        solution = solve(
            model.rhs,
            model.steady_state(p),
            plan.times,
            _arguments(plan, 0.0),
            [Change(day, args=_arguments(plan, day)) for day in plan.moments],
            rtol=relative,
            atol=absolute,
            what=f"Lemaire 2004 with {treatment}",
        )
    except SolverError:
        if _lowest(plan)[1] >= 0:
            raise
        _refuse_removal(plan)
    if solution.states.min() < -max(1e-10, 10.0 * absolute):
        _refuse_removal(plan)
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
        code=call(
            "lemaire2004", _DEFAULTS, **given, start=start, stop=stop, days=days, changes=changes,
            rtol=rtol, atol=atol,
        ),
    )  # fmt: skip


def _arguments(plan, day):
    rates = {(k.upper() if len(k) > 1 else k): v for k, v in plan.rates(day).items()}
    return (model.constants(plan.at(day), model.Injection(**rates)),)


def _lowest(plan):
    """The cells of which most are taken away, and how many per day."""
    rates = {name: min((p.rate for p in plan.pulses[name]), default=0.0) for name in _CELLS}
    return min(rates.items(), key=lambda pair: pair[1])


def _refuse_removal(plan):
    refuse(*_lowest(plan), "more cells would be removed than there are; remove less.")
