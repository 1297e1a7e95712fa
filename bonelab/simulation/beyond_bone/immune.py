"""Dendritic cells under RANKL, and an immune response (claims A5, A13, B40 to B42)."""

import numpy as np

from bonelab.biology.beyond_bone import immune
from bonelab.biology.binding import compete
from bonelab.biology.forward import arm, death_rate, receptor_signal
from bonelab.parameters import MOLAR_MASS, amount, duration, load

from ..run import Run
from ..solver import Change, no_less_than_zero, solve


def concentration(value, argument, molecule):
    """nM from a number or text."""
    words = f"{'an' if molecule == 'OPG' else 'a'} {molecule} concentration"
    return amount(value, "nM", argument=argument, what=words, molar_mass=MOLAR_MASS[molecule])


def resting_akt(x, rank, p):
    """Akt at rest at RANK occupancy x (a float), as in ``bonelab.biology.forward``."""
    T = receptor_signal(x, p, rank)
    return arm(T / (1.0 + p.brake * T), p)


def dendritic_cells(rankl="0.2 nM", rank=1.0, opg=0, days=14):
    """Dendritic cells at a constant supply, under RANKL from day 0.

    Parameters
    ----------
    rankl, opg : nM or text such as "50 ng/ml"
    rank : RANK relative to normal (0 = knock-out)
    days : length, days or text

    Returns
    -------
    Run in days: dendritic cells (1 without RANKL), occupancy, Akt, half-life (days).

    Raises
    ------
    BonelabError for negative, NaN or unreadable amounts and zero days.
    """
    q, p = load("forward"), load("binding")
    L, O = concentration(rankl, "rankl", "RANKL"), concentration(opg, "opg", "OPG")
    r = amount(rank, "1", argument="rank", what="RANK relative to normal")
    times = np.linspace(0.0, duration(days, "day", argument="days"), 141)
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
        treatment=f"{L:.3g} nM RANKL, {O:.3g} nM OPG, RANK at {r:.0%} of normal",
        parameters=q,
        status=solution.status,
        code=f"run = bl.beyond_bone.dendritic_cells(rankl={rankl!r}, rank={rank!r}, "
        f"opg={opg!r}, days={days!r})",
    )


def immunity(antigen_days=10, rank=1.0, opg=0, days=30):
    """An immune response: antigen for some days, T cells make RANKL, dendritic cells live on it.

    Parameters
    ----------
    antigen_days : days with antigen, from day 0 (0 = no antigen)
    rank : RANK on dendritic cells relative to normal
    opg : OPG (or OPG-Fc) around them, nM or text

    Returns
    -------
    Run in days: T cells (1 = the most there can be), dendritic cells (1 without RANKL), RANKL
    from T cells (nM), occupancy.

    Raises
    ------
    BonelabError for negative, NaN or unreadable amounts and zero days.
    """
    p, q, b = load("beyond_bone"), load("forward"), load("binding")
    stop = duration(antigen_days, "day", argument="antigen_days", above=False)
    r = amount(rank, "1", argument="rank", what="RANK relative to normal")
    O = concentration(opg, "opg", "OPG")
    times = np.linspace(0.0, duration(days, "day", argument="days"), 301)

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
        treatment=f"antigen for {stop:g} days, {O:.3g} nM OPG, RANK at {r:.0%} of normal",
        parameters=p,
        status=solution.status,
        code=f"run = bl.beyond_bone.immunity(antigen_days={antigen_days!r}, rank={rank!r}, "
        f"opg={opg!r}, days={days!r})",
    )
