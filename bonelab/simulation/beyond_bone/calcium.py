"""Artery, mammary gland, and the calcium between bone, milk and artery (claims A41 to A43)."""

import numpy as np

from bonelab.biology.beyond_bone import calcium_equations as calcium
from bonelab.biology.binding import compete
from bonelab.biology.dosing import moment
from bonelab.biology.forward_signalling import receptor_signal
from bonelab.parameters import Flag, Quantity, door, load
from bonelab.parameters.argument_types import Amount

from ..run import Run
from ..solver import Change, no_less_than_zero, solve
from .immune import resting_akt

LONGEST = 730.5  # days: no pregnancy and no nursing lasts longer


NO_MILK = 0.01  # of a gland ready for milk: with less, none is told of


@door(
    "bl.beyond_bone.artery",
    opg=Quantity("factor", "OPG of the mouse's own, relative to normal; 0 is OPG-/-"),
    treat_from=Quantity("moment", "when OPG treatment starts; day 0 is birth"),
    treat_for=Quantity("culture", "how long it lasts; as long as the run is the transgene"),
    days=Quantity("culture", "length of the run"),
)
def artery(
    opg: Amount = 1.0,
    treat_from: Amount = None,
    treat_for: Amount = "4 weeks",
    days: Amount = "16 weeks",
) -> Run:
    """The artery wall of a mouse with normal, half or no OPG; OPG treatment from some day on.

    Returns
    -------
    Run in days: arterial calcium (arbitrary units), occupancy of RANK in the wall, OPG (nM).

    Examples
    --------
    >>> bl.beyond_bone.artery(opg=0).names
    ['arterial calcium', 'occupancy', 'OPG']
    """
    p, b = load("beyond_bone"), load("binding")
    OPG = opg * b.OPG_tissue
    begin = treat_from
    until = 0.0 if begin is None else begin + treat_for
    times = np.linspace(0.0, days, 225)

    def occupancy(O):
        return float(compete(b.RANKL_tissue, b.RANK_tissue, O, 0.0, b).occupancy)

    def rhs(t, y, x):
        return (calcium.artery_rate(x, p),)

    x, x_treated = occupancy(OPG), occupancy(OPG + p.artery_OPG)
    changes, treated = [], np.zeros_like(times, dtype=bool)
    if begin is not None:
        changes = [Change(begin, args=(x_treated,)), Change(until, args=(x,))]
        treated = (times >= begin) & ((times < until) | (until >= times[-1]))
    solution = solve(rhs, [0.0], times, (x,), changes, what="the artery")
    words = "no treatment" if begin is None else f"OPG from {moment(begin)} to {moment(until)}"
    return Run(
        kind="artery",
        time=times,
        time_unit="day",
        series={
            "arterial calcium": no_less_than_zero(solution.states[:, 0], "the artery"),
            "occupancy": np.where(treated, x_treated, x),
            "OPG": OPG + np.where(treated, p.artery_OPG, 0.0),
        },
        units={"arterial calcium": "arbitrary units", "OPG": "nM"},
        subject=f"a mouse artery with {OPG / b.OPG_tissue:.0%} of normal OPG",
        treatment=words,
        parameters=p,
        status=solution.status,
    )


@door(
    "bl.beyond_bone.mammary_gland",
    rankl=Quantity("factor", "the mouse's own RANKL, relative to normal; 0 is a knock-out"),
    rank=Quantity("factor", "the mouse's own RANK, relative to normal; 0 is a knock-out"),
    injected=Quantity("RANKL", "RANKL given from outside"),
    days=Quantity("culture", "length of the run", high=LONGEST),
)
def mammary_gland(
    rankl: Amount = 1.0, rank: Amount = 1.0, injected: Amount = 0, days: Amount = 20
) -> Run:
    """Alveoli of the mammary gland in a mouse pregnancy.

    Returns
    -------
    Run in days: alveoli (1 = a gland ready for milk), occupancy of RANK on the epithelium, Akt.

    Examples
    --------
    >>> bl.beyond_bone.mammary_gland(rank=0).names
    ['alveoli', 'occupancy', 'Akt']
    """
    p, q, b = load("beyond_bone"), load("forward"), load("binding")
    L_own, r, given = rankl, rank, injected
    times = np.linspace(0.0, days, 141)
    L = L_own * p.milk_RANKL + given
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
        subject=f"a pregnant mouse (RANKL {L_own:.0%}, RANK {r:.0%})",
        treatment=f"{given:.3g} nM RANKL injected" if given else "no injection",
        parameters=p,
        status=solution.status,
    )


@door(
    "bl.beyond_bone.calcium_balance",
    lactating=Flag("full lactation from day 0: bone RANKL rises and milk takes calcium"),
    rankl=Quantity("factor", "RANKL relative to normal; 0 is none"),
    rank=Quantity("factor", "RANK relative to normal; 0 is none"),
    opg=Quantity("factor", "OPG relative to normal; 0 is none"),
    days=Quantity("culture", "length of the run", high=LONGEST),
    absorption=Quantity("absorption", "what her gut takes up; 5 if nothing is said"),
)
def calcium_balance(
    lactating: bool = True,
    rankl: Amount = 1.0,
    rank: Amount = 1.0,
    opg: Amount = 1.0,
    days: Amount = "6 months",
    absorption: Amount = None,
) -> Run:
    """Where a woman's calcium goes: bone, blood, milk, artery, urine.

    Returns
    -------
    Run in days: bone, blood, milk, artery, urine and intake (mmol; the last four are running
    totals), occupancy. bone + blood + milk + artery + urine - intake does not change.

    Examples
    --------
    >>> run = bl.beyond_bone.calcium_balance(lactating=True)
    >>> run.names
    ['bone', 'blood', 'milk', 'artery', 'urine', 'intake', 'occupancy']
    """
    p, q, b = load("beyond_bone"), load("forward"), load("binding")
    p = p if absorption is None else p.with_(intake=absorption)
    L, R, O = rankl, rank, opg
    times = np.linspace(0.0, days, 181)

    def occupancy(factor_L, factor_R, factor_O):
        held = compete(
            b.RANKL_tissue * factor_L, b.RANK_tissue * factor_R, b.OPG_tissue * factor_O, 0.0, b
        )
        return float(held.occupancy) if factor_R > 0 else 0.0

    x_healthy = occupancy(1.0, 1.0, 1.0)
    # a knock-out shows in what the receptors signal, not only in their share; most are spare
    x = receptor_signal(occupancy(L * (p.lactation_RANKL if lactating else 1.0), R, O), q, R)
    x_artery = receptor_signal(occupancy(L, R, O), q, R)
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
        subject=_subject(lactating, gland),
        treatment=f"RANKL {L:.0%}, RANK {R:.0%}, OPG {O:.0%} of normal",
        parameters=p,
        status=solution.status,
        facts={"alveoli": gland},
    )


def _subject(lactating, gland):
    """Who it is, in words; nobody is in full lactation whose glands have hardly formed."""
    if not lactating:
        return "a woman who does not lactate"
    if gland < NO_MILK:
        return "a woman after a birth whose milk glands have not formed"
    return "a woman in full lactation"
