"""The sentences of the runs beyond bone."""

from bonelab.biology.dosing import moment


def _dendritic(run):
    x, life = run.final["occupancy"], run.final["half-life"]
    times = run.final["dendritic cells"]
    return (
        f"At {x:.0%} RANK occupancy dendritic cells live with a half-life of {life:.2g} days; "
        f"after {run.time[-1]:g} days their number is {times:.2g} times that without RANKL."
    )


def _immunity(run):
    peak = run["T cells"].argmax()
    if run["T cells"][peak] < 1e-9:
        return f"With {run.treatment}, no T cell is activated."
    times = run["dendritic cells"].max()
    dendritic = (
        f"reach {times:.2g} times their number without RANKL"
        if times > 1.05
        else "are as few as without RANKL"
    )
    return (
        f"With {run.treatment}, T cells peak on day {run.time[peak]:.0f} at "
        f"{run['T cells'][peak]:.0%} of their maximum number, and dendritic cells {dendritic}."
    )


def _artery(run):
    calcium = run.final["arterial calcium"]
    if calcium < 1e-12:
        return f"In {run.subject} ({run.treatment}), no calcium is laid down in the wall."
    return (
        f"In {run.subject} ({run.treatment}), arterial calcium reaches {calcium:.2g} arbitrary "
        f"units by {moment(float(run.time[-1]))}; in this model nothing takes it back."
    )


def _mammary(run):
    return (
        f"In {run.subject} with {run.treatment}, {run.final['alveoli']:.0%} of the alveoli have "
        f"grown after {run.time[-1]:g} days (RANK occupancy {run.final['occupancy']:.0%})."
    )


def _balance(run):
    change = run["bone"][-1] - run["bone"][0]
    share = change / run["bone"][0]
    verb = "gains" if change >= 0 else "gives"
    return (
        f"In {run.subject} ({run.treatment}), bone {verb} {abs(change):,.0f} mmol of calcium "
        f"({abs(share):.1%}) in {run.time[-1]:.0f} days, {run.final['milk']:,.0f} mmol go to milk, "
        f"{run.final['artery']:,.0f} to arteries and {run.final['urine']:,.0f} to urine, and "
        f"{run.final['intake']:,.0f} come from food."
    )


def _fever(run):
    rise = run["temperature"].max() - run["temperature"][0]
    if rise < 0.05:
        return f"After {run.treatment} in the brain there is no fever."
    hour = run.time[run["temperature"].argmax()]
    return (
        f"After {run.treatment} in the brain, temperature rises by {rise:.1f} °C, most after "
        f"{hour:.1f} hours, following prostaglandin E2."
    )


def _release(run):
    with_rank, several = run.final["RANK vesicles"], run.final["vesicles with 3 or more RANK"]
    rank = (
        f"{with_rank:,.0f} of them with RANK; were RANK scattered at random, {several:.2g} would "
        "carry three or more"
        if with_rank
        else "none of them with RANK"
    )
    return (
        f"{run.subject} keep {run.final['vesicles']:,.0f} vesicles around them after "
        f"{run.time[-1]:g} hours, {rank}."
    )


def _transport(run):
    facts = run.facts
    return (
        f"{facts['steady share']:.2g} of the surface concentration of vesicles reaches "
        f"{run.subject} ({run.treatment}; it falls to 37% every {facts['decay length (um)']:.0f} "
        f"µm). The gap beside the cell process is {facts['gap (nm)']:.0f} nm: whether a 90 nm "
        "vesicle gets in at all is not known."
    )


SENTENCES = {
    "dendritic cells": _dendritic,
    "immunity": _immunity,
    "artery": _artery,
    "mammary gland": _mammary,
    "calcium balance": _balance,
    "fever": _fever,
    "vesicle release": _release,
    "vesicle transport": _transport,
}
