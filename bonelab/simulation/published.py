"""Experiments on three published models of bone remodelling: add something, watch the cells.

The equations and their errata are in ``bonelab/biology/published/``. What is added by the day is
added between ``start`` and ``stop``; values at these two moments belong to the injection.
"""

import numpy as np

from bonelab.biology.published import komarova2003 as komarova
from bonelab.biology.published import lemaire2004 as lemaire
from bonelab.biology.published import pivonka2008 as pivonka
from bonelab.parameters import amount, duration, load, one_of, refuse

from .run import Run
from .solver import Change, SolverError, solve

__all__ = ["experiments", "komarova2003", "lemaire2004", "pivonka2008"]

_RTOL = 1e-8  # delivers 1e-6 of every value at every listed time (tests/test_published.py)
_PICOMOLAR = {"pre-osteoblasts": "pM", "osteoblasts": "pM", "osteoclasts": "pM"}


def experiments():
    """The experiments of Lemaire's figure 2 by name, as arguments of :func:`lemaire2004`.

    ``bl.published.lemaire2004(**bl.published.experiments()["add B"])``
    """
    return {
        name: {_argument(key): rate for key, rate in injection._asdict().items() if rate}
        for name, injection in lemaire.EXPERIMENTS.items()
    }


def _argument(field):
    """Molecules are lower case as arguments; R, B and C stay as in the equations."""
    return field.lower() if len(field) > 1 else field


def lemaire2004(
    pth=0, opg=0, rankl=0, R=0, B=0, C=0, *, start=20, stop=80, days=140, parameters=None
):
    """Lemaire 2004: add PTH, OPG, RANKL or cells for a while (negative takes cells away).

    Parameters
    ----------
    pth, opg, rankl : pM/day added from ``start`` to ``stop``
    R, B, C : pM/day of responding osteoblasts, active osteoblasts, osteoclasts; may be negative
    start, stop, days : days, or text such as "3 weeks"

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
    molecules = {"PTH": ("pth", pth), "OPG": ("opg", opg), "RANKL": ("rankl", rankl)}
    cells = {"R": R, "B": B, "C": C}
    given = lemaire.Injection(
        **{key: _rate(value, name) for key, (name, value) in molecules.items()},
        **{key: _rate(value, key, low=-np.inf) for key, value in cells.items()},
    )
    times, _, changes = _schedule(
        start, stop, days, (lemaire.constants(p),), (lemaire.constants(p, given),)
    )
    treatment = _added(given._asdict(), "pM/day", changes)
    try:
        solution = solve(
            lemaire.rhs,
            lemaire.steady_state(p),
            times,
            (lemaire.constants(p),),
            changes,
            rtol=_RTOL,
            atol=1e-12,
            what=f"Lemaire 2004 with {treatment}",
        )
    except SolverError:
        if min(cells.values()) >= 0:
            raise
        _refuse_removal(cells)
    if solution.states.min() < -1e-10:
        _refuse_removal(cells)
    states = np.maximum(solution.states.T, 0.0)
    words = _code({**{name: v for name, v in molecules.values()}, **cells}, start, stop, days)
    return Run(
        kind="Lemaire 2004",
        time=times,
        time_unit="day",
        series=dict(zip(lemaire.STATES, states, strict=True)),
        units=_PICOMOLAR,
        subject="Lemaire 2004",
        treatment=treatment,
        parameters=p,
        status=solution.status,
        code=f"run = bl.published.lemaire2004({words})",
    )


def komarova2003(
    osteoclasts=10,
    osteoblasts=0,
    *,
    start=0,
    osteoclasts_per_day=0,
    osteoblasts_per_day=0,
    stop=None,
    days=800,
    parameters=None,
):
    """Komarova 2003: one event adds cells at once (or by the day), and a remodelling cycle follows.

    Parameters
    ----------
    osteoclasts, osteoblasts : cells added at once at ``start``
    osteoclasts_per_day, osteoblasts_per_day : cells added every day from ``start`` to ``stop``
        (20 days later if no ``stop`` is given)

    Returns
    -------
    Run in days: osteoclasts and osteoblasts (cells), bone (% of the start). Equations, source and
    errata: :mod:`bonelab.biology.published.komarova2003`.

    Raises
    ------
    BonelabError for negative or unreadable numbers and bad times.
    """
    p = parameters or load("published_komarova2003")
    at_once = [
        amount(value, "1", argument=name, what="a number of cells")
        for name, value in (("osteoclasts", osteoclasts), ("osteoblasts", osteoblasts))
    ]
    daily = [
        amount(value, "1/day", argument=name, what="cells per day")
        for name, value in (
            ("osteoclasts_per_day", osteoclasts_per_day),
            ("osteoblasts_per_day", osteoblasts_per_day),
        )
    ]
    resting = komarova.steady_state(p)
    state = np.array([*resting, 100.0])
    begin = duration(start, "day", argument="start", above=False)
    end = begin + 20 if stop is None else stop
    times, _, changes = _schedule(begin, end, days, (p, resting), (p, resting, *daily))
    event = np.array([*at_once, 0.0])
    if changes[0].time == 0.0:
        state = state + event
    else:
        changes[0] = Change(changes[0].time, lambda y: y + event, changes[0].args)
    solution = solve(
        komarova.rhs, state, times, (p, resting), changes, rtol=_RTOL, atol=1e-9,
        what="Komarova 2003",
    )  # fmt: skip
    parts = [f"{n:g} extra {c}" for n, c in zip(at_once, komarova.STATES, strict=False) if n]
    parts += [
        f"{n:g} {c} per day from day {changes[0].time:g} to {changes[1].time:g}"
        for n, c in zip(daily, komarova.STATES, strict=False)
        if n
    ]
    return Run(
        kind="Komarova 2003",
        time=times,
        time_unit="day",
        series=dict(zip(komarova.STATES, solution.states.T, strict=True)),
        units={"osteoclasts": "cells", "osteoblasts": "cells", "bone": "percent"},
        subject="Komarova 2003",
        treatment=" and ".join(parts) or "no event",
        parameters=p,
        status=solution.status,
        code=f"run = bl.published.komarova2003(osteoclasts={osteoclasts!r}, "
        f"osteoblasts={osteoblasts!r}, start={start!r}, "
        f"osteoclasts_per_day={osteoclasts_per_day!r}, "
        f"osteoblasts_per_day={osteoblasts_per_day!r}, stop={stop!r}, days={days!r})",
    )


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
    parameters=None,
):
    """Pivonka 2008: add PTH, OPG, RANKL or osteoclasts for a while (all in pM/day).

    Parameters
    ----------
    values : "code" for the constants of the authors' programs, "printed" for those of table 3,
        with which the published start state is not at rest (see the errata)

    Returns
    -------
    Run in days: pre-osteoblasts, osteoblasts, osteoclasts (pM), bone (% of the start), RANKL and
    OPG (pM). Equations, source and errata: :mod:`bonelab.biology.published.pivonka2008`.

    Raises
    ------
    BonelabError for negative injections, bad times, unknown ``values``.
    """
    one_of("values", values, ("code", "printed"))
    changed = pivonka.PRINTED if values == "printed" else {}
    p = parameters or load("published_pivonka2008", **changed)
    rates = {"pth": pth, "opg": opg, "rankl": rankl, "osteoclasts": osteoclasts}
    given = pivonka.Injection(*(_rate(rate, name) for name, rate in rates.items()))
    own = load("published_pivonka2008") if values == "printed" else p
    resting = pivonka.steady_state(own)
    bone_rest = resting[1:]
    times, during, changes = _schedule(start, stop, days, (p, bone_rest), (p, bone_rest, given))
    treatment = _added(given._asdict(), "pM/day", changes)
    solution = solve(
        pivonka.rhs,
        [*resting, 100.0],
        times,
        (p, bone_rest),
        changes,
        rtol=_RTOL,
        atol=1e-13,
        what=f"Pivonka 2008 with {treatment}",
    )
    states = solution.states.T
    then = pivonka.Injection(*(during * rate for rate in given))
    series = dict(zip(pivonka.STATES, states, strict=True))
    series["RANKL"] = pivonka.RANKL(states[0], states[1], then, p)
    series["OPG"] = pivonka.OPG(states[1], then, p)
    words = _code(rates, start, stop, days)
    words += f", values={values!r}" if values != "code" else ""
    return Run(
        kind="Pivonka 2008",
        time=times,
        time_unit="day",
        series=series,
        units={**_PICOMOLAR, "bone": "percent", "RANKL": "pM", "OPG": "pM"},
        subject="Pivonka 2008" + (" with the printed constants" if values == "printed" else ""),
        treatment=treatment,
        parameters=p,
        status=solution.status,
        code=f"run = bl.published.pivonka2008({words})",
    )


def _refuse_removal(cells):
    name = min(cells, key=cells.get)
    refuse(name, cells[name], "more cells would be removed than there are; remove less.")


def _rate(value, name, low=0.0):
    return amount(value, "pM/day", argument=name, what="what is added per day", low=low)


def _schedule(start, stop, days, before, during):
    """Times (every day and both edges), 1 while the injection runs, and the changes."""
    start = duration(start, "day", argument="start", above=False)
    stop = duration(stop, "day", argument="stop", above=False)
    days = duration(days, "day", argument="days")
    if stop < start:
        refuse("stop", stop, f"the injection cannot stop before it starts (day {start:g}).")
    if start >= days:
        refuse("start", start, f"it should lie before the end of the run (day {days:g}).")
    edges = [edge for edge in (start, stop, days) if edge <= days]
    times = np.unique(np.concatenate([np.arange(0.0, days, 1.0), edges]))
    inside = ((times >= start) & (times <= stop)).astype(float)
    return times, inside, [Change(start, args=during), Change(stop, args=before)]


def _added(rates, unit, changes):
    words = {"R": "responding osteoblasts", "B": "active osteoblasts", "C": "osteoclasts"}
    parts = [
        f"{abs(rate):.3g} {unit} {words.get(name, name)} {'added' if rate > 0 else 'removed'}"
        for name, rate in rates.items()
        if rate
    ]
    start, stop = (change.time for change in changes)
    return f"{' and '.join(parts)} from day {start:g} to {stop:g}" if parts else "nothing added"


def _code(rates, start, stop, days):
    words = [f"{name}={rate!r}" for name, rate in rates.items() if rate]
    return ", ".join([*words, f"start={start!r}", f"stop={stop!r}", f"days={days!r}"])
