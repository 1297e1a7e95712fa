"""Pivonka 2008 under injections, with any of the places that RANKL and OPG may have."""

import numpy as np

from bonelab.biology.published import pivonka2008_equations as model
from bonelab.parameters import Choice, ParameterSet, door
from bonelab.parameters.argument_types import Amount, Anything, Parameters

from ..run import Run
from ..solver import Change, SolverError, solve
from .lemaire2004 import UNITS
from .schedule import ATOL, DAYS, MOST, RTOL, START, STOP, Changes, Injected, schedule

_SIZE = 1e-5  # pM, of a small number of cells
_CELLS = ("osteoclasts", "osteoblasts", "preosteoblasts")
_FIELDS = {"pth": "PTH", "opg": "OPG", "rankl": "RANKL", "tgf_beta": "TGFb"}
_WORDS = _FIELDS | {"tgf_beta": "TGF-beta", "preosteoblasts": "osteoblast precursors"}


@door(
    "bl.published.pivonka2008",
    pth=Injected("PTH added from start to stop", "pM/day"),
    opg=Injected("OPG added", "pM/day"),
    rankl=Injected("RANKL added", "pM/day"),
    osteoclasts=Injected("osteoclasts added, or taken away where negative", "pM/day", -MOST),
    osteoblasts=Injected("active osteoblasts, likewise", "pM/day", -MOST),
    preosteoblasts=Injected("osteoblast precursors, likewise", "pM/day", -MOST),
    tgf_beta=Injected("TGF-beta added", "pM/day"),
    start=START,
    stop=STOP,
    days=DAYS,
    values=Choice(
        '"code" for the constants of the authors\' programs, "printed" for those of table 3, with '
        "which the published start state is not at rest (see the errata)",
        ("code", "printed"),
    ),
    rankl_on=Choice("the cells that carry RANKL", model.CARRIERS),
    opg_from=Choice("the cells that make OPG", model.CARRIERS),
    changes=Changes(),
    rtol=RTOL,
    atol=ATOL,
    parameters=ParameterSet("published_pivonka2008"),
)
def pivonka2008(
    pth: Amount = 0,
    opg: Amount = 0,
    rankl: Amount = 0,
    osteoclasts: Amount = 0,
    osteoblasts: Amount = 0,
    preosteoblasts: Amount = 0,
    tgf_beta: Amount = 0,
    *,
    start: Amount = 0,
    stop: Amount = 100,
    days: Amount = 300,
    values: str = "code",
    rankl_on: str = "pre-osteoblasts",
    opg_from: str = "osteoblasts",
    changes: Anything = None,
    rtol: Amount = 1e-8,
    atol: Amount = None,
    parameters: Parameters = None,
) -> Run:
    """Pivonka 2008: add molecules or cells for a while (negative takes cells away).

    The authors compare structures in which RANKL and OPG sit on other cells; here the production
    per cell is scaled so that every structure rests in the same state. With the usual tolerances
    every value at every listed time is exact to 1e-6; ``atol`` is 1e-5 pM times ``rtol`` where it
    is not given.

    Returns
    -------
    Run in days: pre-osteoblasts, osteoblasts, osteoclasts (pM), bone (% of the start), RANKL and
    OPG (pM). Equations, source and errata: :mod:`bonelab.biology.published.pivonka2008_equations`.

    Raises
    ------
    BonelabError for times that do not fit, and a removal of more cells than the model makes.

    Examples
    --------
    >>> bl.published.pivonka2008(pth=100).names
    ['pre-osteoblasts', 'osteoblasts', 'osteoclasts', 'bone', 'RANKL', 'OPG']
    """
    usual = parameters
    p = usual.with_(**model.PRINTED) if values == "printed" else usual
    structure = model.structure(rankl_on, opg_from, usual)
    given = {"pth": pth, "opg": opg, "rankl": rankl, "osteoclasts": osteoclasts}
    given |= {"osteoblasts": osteoblasts, "preosteoblasts": preosteoblasts, "tgf_beta": tgf_beta}
    plan = schedule(given, start, stop, days, p, changes)
    treatment = plan.words("pM/day", _WORDS)
    resting = model.steady_state(usual)

    def arguments(day):
        return (plan.at(day), resting[1:], _injection(plan.rates(day)), structure)

    absolute = _SIZE * rtol if atol is None else atol
    try:
        solution = solve(
            model.rhs,
            [*resting, 100.0],
            plan.times,
            arguments(0.0),
            [Change(day, args=arguments(day)) for day in plan.moments],
            rtol=rtol,
            atol=absolute,
            what=f"Pivonka 2008 with {treatment}",
        )
    except SolverError:
        if plan.lowest(_CELLS)[1] >= 0:
            raise
        plan.refuse_removal(_CELLS)
    states = solution.states.T
    if states[:3].min() < -max(1e-10, 10.0 * absolute):
        plan.refuse_removal(_CELLS)
    states[:3] = np.maximum(states[:3], 0.0)
    series = dict(zip(model.STATES, states, strict=True))
    series |= {"RANKL": [], "OPG": []}
    for day, (OBp, OBa, *_) in zip(plan.times, solution.states, strict=True):
        then, now = _injection(plan.rates_seen(day)), plan.at(day)
        series["RANKL"].append(model.RANKL(OBp, OBa, then, now, structure))
        series["OPG"].append(model.OPG(OBp, OBa, then, now, structure))
    place = (rankl_on, opg_from) != ("pre-osteoblasts", "osteoblasts")
    return Run(
        kind="Pivonka 2008",
        time=plan.times,
        time_unit="day",
        series=series,
        units={**UNITS, "bone": "percent", "RANKL": "pM", "OPG": "pM"},
        subject="Pivonka 2008"
        + (" with the printed constants" if values == "printed" else "")
        + (f" with RANKL on {rankl_on} and OPG from {opg_from}" if place else ""),
        treatment=treatment,
        parameters=p,
        status=solution.status,
    )


def _injection(rates):
    return model.Injection(**{_FIELDS.get(name, name): rate for name, rate in rates.items()})
