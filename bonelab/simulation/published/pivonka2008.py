"""Pivonka 2008 under injections, with any of the places that RANKL and OPG may have."""

from bonelab.biology.published import pivonka2008 as model
from bonelab.parameters import load, one_of

from ..run import Run
from ..solver import Change, solve
from .lemaire2004 import UNITS
from .schedule import call, schedule, tolerance

RTOL = 1e-8  # delivers 1e-6 of every value at every listed time (tests/test_published.py)
_SIZE = 1e-5  # pM, of a small number of cells
_DEFAULTS = {"pth": 0, "opg": 0, "rankl": 0, "osteoclasts": 0, "values": "code", "changes": None}
_DEFAULTS |= {"rankl_on": "pre-osteoblasts", "opg_from": "osteoblasts", "rtol": RTOL, "atol": None}


def pivonka2008(
    pth=0,
    opg=0,
    rankl=0,
    osteoclasts=0,
    *,
    start=0,
    stop=100,
    days=300,
    values="code",
    rankl_on="pre-osteoblasts",
    opg_from="osteoblasts",
    changes=None,
    rtol=RTOL,
    atol=None,
    parameters=None,
):
    """Pivonka 2008: add PTH, OPG, RANKL or osteoclasts for a while (all in pM/day).

    Parameters
    ----------
    pth, opg, rankl, osteoclasts : pM/day added from ``start`` to ``stop``, or a
        ``bl.published.pulse`` with times of its own, or a list of them
    values : "code" for the constants of the authors' programs, "printed" for those of table 3,
        with which the published start state is not at rest (see the errata)
    rankl_on, opg_from : "pre-osteoblasts" or "osteoblasts": the cells that carry RANKL and make
        OPG. The authors compare such structures; here the production per cell is scaled so that
        every structure rests in the same state.
    changes : {day: {parameter: value}}, parameters that take another value from a day on
    rtol, atol : relative tolerance of the solver, and absolute in pM (1e-5 pM times ``rtol``)

    Returns
    -------
    Run in days: pre-osteoblasts, osteoblasts, osteoclasts (pM), bone (% of the start), RANKL and
    OPG (pM). Equations, source and errata: :mod:`bonelab.biology.published.pivonka2008`.

    Raises
    ------
    BonelabError for negative injections, bad times, unknown ``values`` or cells.
    """
    one_of("values", values, ("code", "printed"))
    changed = model.PRINTED if values == "printed" else {}
    p = parameters or load("published_pivonka2008", **changed)
    own = load("published_pivonka2008") if values == "printed" else p
    structure = model.structure(
        one_of("rankl_on", rankl_on, model.CARRIERS),
        one_of("opg_from", opg_from, model.CARRIERS),
        own,
    )
    given = {"pth": pth, "opg": opg, "rankl": rankl, "osteoclasts": osteoclasts}
    plan = schedule(given, "pM/day", start, stop, days, p, changes)
    treatment = plan.words("pM/day", {"pth": "PTH", "opg": "OPG", "rankl": "RANKL"})
    relative, absolute = tolerance(rtol, atol, _SIZE)
    resting = model.steady_state(own)

    def arguments(day):
        return (plan.at(day), resting[1:], _injection(plan.rates(day)), structure)

    solution = solve(
        model.rhs,
        [*resting, 100.0],
        plan.times,
        arguments(0.0),
        [Change(day, args=arguments(day)) for day in plan.moments],
        rtol=relative,
        atol=absolute,
        what=f"Pivonka 2008 with {treatment}",
    )
    states = solution.states.T
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
        code=call(
            "pivonka2008", _DEFAULTS, **given, start=start, stop=stop, days=days, values=values,
            rankl_on=rankl_on, opg_from=opg_from, changes=changes, rtol=rtol, atol=atol,
        ),
    )  # fmt: skip


def _injection(rates):
    names = {"pth": "PTH", "opg": "OPG", "rankl": "RANKL", "osteoclasts": "osteoclasts"}
    return model.Injection(**{names[name]: rate for name, rate in rates.items()})
