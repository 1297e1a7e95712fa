"""Dendritic cells under RANKL, and an immune response (claims A5, A13, B40 to B42)."""

from typing import Any

import numpy as np

from bonelab.biology.beyond_bone import immune_equations as immune
from bonelab.biology.binding import compete
from bonelab.biology.forward_signalling import arm, death_rate, receptor_signal
from bonelab.parameters import Quantity, door, load
from bonelab.parameters.argument_types import Amount

from ..run import Run
from ..solver import Change, no_less_than_zero, solve


def resting_akt(x: Any, rank: Any, p: Any) -> float:
    """Akt at rest at RANK occupancy x (a float), as in ``bonelab.biology.forward``."""
    T = receptor_signal(x, p, rank)
    return arm(T / (1.0 + p.brake * T), p)


RANK = Quantity("factor", "RANK relative to normal; 0 is a knock-out")


@door(
    "bl.beyond_bone.dendritic_cells",
    rankl=Quantity("RANKL", "RANKL from day 0 on"),
    rank=RANK,
    opg=Quantity("OPG", "OPG around the cells"),
    days=Quantity("culture", "length of the run"),
)
def dendritic_cells(
    rankl: Amount = "0.2 nM", rank: Amount = 1.0, opg: Amount = 0, days: Amount = 14
) -> Run:
    """Dendritic cells at a constant supply, under RANKL from day 0.

    Returns
    -------
    Run in days: dendritic cells (1 without RANKL), occupancy, Akt, half-life (days).

    Examples
    --------
    >>> bl.beyond_bone.dendritic_cells(rankl="0.2 nM").names
    ['dendritic cells', 'occupancy', 'Akt', 'half-life']
    """
    q, p = load("forward"), load("binding")
    L, O, r = rankl, opg, rank
    times = np.linspace(0.0, days, 141)
    x = float(compete(L, p.RANK_dish * r, O, 0.0, p).occupancy) if r > 0 else 0.0
    akt = resting_akt(x, r, q)

    def rhs(t, y):
        return (immune.dendritic_rate(y[0], akt, q),)

    solution = solve(rhs, [1.0], times, what="dendritic cells")
    steady = np.ones_like(times)
    return Run(
        kind="dendritic cells",
        time=times,
        time_unit="day",
        series={
            "dendritic cells": solution.states[:, 0],
            "occupancy": x * steady,
            "Akt": akt * steady,
            "half-life": np.log(2) / death_rate(akt, q) * steady,
        },
        units={"half-life": "day"},
        subject="dendritic cells",
        treatment=f"{L:.3g} nM RANKL, {O:.3g} nM OPG and RANK at {r:.0%} of normal",
        parameters=q,
        status=solution.status,
    )


@door(
    "bl.beyond_bone.immunity",
    antigen_days=Quantity("culture", "days with antigen, from day 0; 0 is no antigen", above=False),
    rank=RANK,
    opg=Quantity("OPG", "OPG or OPG-Fc around the cells"),
    days=Quantity("culture", "length of the run"),
)
def immunity(
    antigen_days: Amount = 10, rank: Amount = 1.0, opg: Amount = 0, days: Amount = 30
) -> Run:
    """An immune response: antigen for some days, T cells make RANKL, dendritic cells live on it.

    Returns
    -------
    Run in days: T cells (1 = the most there can be), dendritic cells (1 without RANKL), RANKL
    from T cells (nM), occupancy.

    Examples
    --------
    >>> bl.beyond_bone.immunity().names
    ['T cells', 'dendritic cells', 'RANKL', 'occupancy']
    """
    p, q, b = load("beyond_bone"), load("forward"), load("binding")
    stop, r, O = antigen_days, rank, opg
    times = np.linspace(0.0, days, 301)

    def occupancy(T):
        return compete(p.T_RANKL * T, b.RANK_dish * r, O, 0.0, b).occupancy if r > 0 else 0.0 * T

    def rhs(t, y, antigen):
        D, T = y
        akt = resting_akt(occupancy(max(T, 0.0)), r, q)
        return (immune.dendritic_rate(D, akt, q), immune.T_cell_rate(T, D, antigen, p))

    solution = solve(
        rhs, [1.0, 0.0], times, (1.0,), [Change(stop, args=(0.0,))], what="an immune response"
    )
    D, T = no_less_than_zero(solution.states.T, "an immune response")
    return Run(
        kind="immunity",
        time=times,
        time_unit="day",
        series={
            "T cells": T,
            "dendritic cells": D,
            "RANKL": p.T_RANKL * T,
            "occupancy": np.array([occupancy(float(value)) for value in T]),
        },
        units={"RANKL": "nM"},
        subject="dendritic cells and T cells",
        treatment=f"antigen for {stop:g} days, {O:.3g} nM OPG and RANK at {r:.0%} of normal",
        parameters=p,
        status=solution.status,
    )
