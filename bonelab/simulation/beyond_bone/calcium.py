"""Artery, mammary gland, and the calcium between bone, milk and artery (claims A41 to A43)."""

import numpy as np

from bonelab.biology.beyond_bone import calcium
from bonelab.biology.binding import compete
from bonelab.parameters import amount, duration, load

from ..run import Run
from ..solver import Change, no_less_than_zero, solve
from .immune import concentration, resting_akt


def artery(opg=1.0, treat_from=None, treat_for="4 weeks", days="16 weeks"):
    """The artery wall of a mouse with normal, half or no OPG; OPG treatment from some day on.

    Parameters
    ----------
    opg : OPG of the mouse's own, relative to normal (0 = OPG-/-)
    treat_from, treat_for : when OPG treatment starts and how long it lasts ("0 days" with a
        length as long as the run is the transgene that is there from the beginning)
    days : length; day 0 is birth

    Returns
    -------
    Run in days: arterial calcium (arbitrary units), occupancy of RANK in the wall, OPG (nM).

    Raises
    ------
    BonelabError for negative, NaN or unreadable amounts and zero days.
    """
    p, b = load("beyond_bone"), load("binding")
    own = amount(opg, "1", argument="opg", what="OPG relative to normal") * b.OPG_tissue
    end = duration(days, "day", argument="days")
    begin = None
    if treat_from is not None:
        begin = duration(treat_from, "day", argument="treat_from", above=False)
        until = begin + duration(treat_for, "day", argument="treat_for")
    times = np.linspace(0.0, end, 225)

    def occupancy(O):
        return float(compete(b.RANKL_tissue, b.RANK_tissue, O, 0.0, b).occupancy)

    def rhs(t, y, x):
        return (calcium.artery_rate(x, p),)

    x, x_treated = occupancy(own), occupancy(own + p.artery_OPG)
    changes, treated = [], np.zeros_like(times, dtype=bool)
    if begin is not None:
        changes = [Change(begin, args=(x_treated,)), Change(until, args=(x,))]
        treated = (times >= begin) & (times < until)
    solution = solve(rhs, [0.0], times, (x,), changes, what="the artery")
    words = "no treatment" if begin is None else f"OPG from day {begin:g} to {until:g}"
    return Run(
        kind="artery",
        time=times,
        time_unit="day",
        series={
            "arterial calcium": no_less_than_zero(solution.states[:, 0], "the artery"),
            "occupancy": np.where(treated, x_treated, x),
            "OPG": own + np.where(treated, p.artery_OPG, 0.0),
        },
        units={"arterial calcium": "arbitrary units", "OPG": "nM"},
        subject=f"a mouse artery with {own / b.OPG_tissue:.0%} of normal OPG",
        treatment=words,
        parameters=p,
        status=solution.status,
        code=f"run = bl.beyond_bone.artery(opg={opg!r}, treat_from={treat_from!r}, "
        f"treat_for={treat_for!r}, days={days!r})",
    )


def mammary_gland(rankl=1.0, rank=1.0, injected=0, days=20):
    """Alveoli of the mammary gland in a mouse pregnancy.

    Parameters
    ----------
    rankl, rank : the mouse's own, relative to normal (0 = knock-out)
    injected : RANKL given from outside, nM or text

    Returns
    -------
    Run in days: alveoli (1 = a gland ready for milk), occupancy of RANK on the epithelium, Akt.

    Raises
    ------
    BonelabError for negative, NaN or unreadable amounts and zero days.
    """
    p, q, b = load("beyond_bone"), load("forward"), load("binding")
    own = amount(rankl, "1", argument="rankl", what="RANKL relative to normal")
    r = amount(rank, "1", argument="rank", what="RANK relative to normal")
    given = concentration(injected, "injected", "RANKL")
    times = np.linspace(0.0, duration(days, "day", argument="days"), 141)
    L = own * p.milk_RANKL + given
    held = compete(L, b.RANK_tissue * r, b.OPG_tissue, 0.0, b)
    x = float(held.occupancy) if r > 0 else 0.0
    akt = resting_akt(x, r, q)

    def rhs(t, y):
        return (calcium.alveoli_rate(y[0], akt, p),)

    solution = solve(rhs, [0.0], times, what="the mammary gland")
    return Run(
        kind="mammary gland",
        time=times,
        time_unit="day",
        series={
            "alveoli": no_less_than_zero(solution.states[:, 0], "the mammary gland"),
            "occupancy": np.full_like(times, x),
            "Akt": np.full_like(times, akt),
        },
        units={},
        subject=f"a pregnant mouse (RANKL {own:.0%}, RANK {r:.0%})",
        treatment=f"{given:.3g} nM RANKL injected" if given else "no injection",
        parameters=p,
        status=solution.status,
        code=f"run = bl.beyond_bone.mammary_gland(rankl={rankl!r}, rank={rank!r}, "
        f"injected={injected!r}, days={days!r})",
    )


def calcium_balance(lactating=True, rankl=1.0, rank=1.0, opg=1.0, days="6 months"):
    """Where a woman's calcium goes: bone, blood, milk, artery, urine.

    Parameters
    ----------
    lactating : True for full lactation from day 0 (bone RANKL rises and milk takes calcium)
    rankl, rank, opg : relative to normal (0 = none)

    Returns
    -------
    Run in days: bone, blood, milk, artery, urine and intake (mmol; the last four are running
    totals), occupancy. bone + blood + milk + artery + urine - intake does not change.

    Raises
    ------
    BonelabError for negative, NaN or unreadable amounts and zero days.
    """
    p, b = load("beyond_bone"), load("binding")
    L, R, O = (
        amount(value, "1", argument=name, what=f"{name.upper()} relative to normal")
        for name, value in (("rankl", rankl), ("rank", rank), ("opg", opg))
    )
    days_long = duration(days, "day", argument="days")
    times = np.linspace(0.0, days_long, 181)

    def occupancy(factor_L, factor_R, factor_O):
        held = compete(
            b.RANKL_tissue * factor_L, b.RANK_tissue * factor_R, b.OPG_tissue * factor_O, 0.0, b
        )
        return float(held.occupancy) if factor_R > 0 else 0.0

    x_healthy = occupancy(1.0, 1.0, 1.0)
    # a knock-out shows in the number of occupied receptors, not only in their share
    x = R * occupancy(L * (p.lactation_RANKL if lactating else 1.0), R, O)
    x_artery = R * occupancy(L, R, O)
    gland = mammary_gland(rankl=L, rank=R).final["alveoli"] if lactating else 0.0
    start = [p.bone_calcium, p.blood_calcium, 0.0, 0.0, 0.0, 0.0]
    solution = solve(
        calcium.calcium_rates, start, times, (p, x, x_healthy, x_artery, gland),
        rtol=1e-9, what="the calcium balance",
    )  # fmt: skip
    series = dict(
        zip(calcium.POOLS, no_less_than_zero(solution.states.T, "the calcium balance"), strict=True)
    )
    series["occupancy"] = np.full_like(times, x)
    return Run(
        kind="calcium balance",
        time=times,
        time_unit="day",
        series=series,
        units=dict.fromkeys(calcium.POOLS, "mmol"),
        subject="a woman in full lactation" if lactating else "a woman who does not lactate",
        treatment=f"RANKL {L:.0%}, RANK {R:.0%}, OPG {O:.0%} of normal",
        parameters=p,
        status=solution.status,
        code=f"run = bl.beyond_bone.calcium_balance(lactating={lactating!r}, rankl={rankl!r}, "
        f"rank={rank!r}, opg={opg!r}, days={days!r})",
        facts={"alveoli": gland},
    )
