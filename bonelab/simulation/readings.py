"""Numbers that are read from finished runs: what a lab says of them and what a picture shows."""

from typing import Any

import numpy as np

from bonelab.parameters import DAYS_PER_MONTH


def percent_of_start(run: Any, name: str) -> Any:
    """A series in percent of its first value."""
    return 100.0 * run[name] / run[name][0]


def first_reached(run: Any, name: str, level: float) -> float | None:
    """The first time at which a series is at ``level`` or above, in the run's unit; None if never.

    Between computed times the series is taken as a straight line.
    """
    time, values = run.time, run[name]
    above = np.flatnonzero(values >= level)
    if above.size == 0:
        return None
    at = above[0]
    if at == 0:
        return float(time[0])
    share = (level - values[at - 1]) / (values[at] - values[at - 1])
    return float(time[at - 1] + share * (time[at] - time[at - 1]))


def coupling_gain(run: Any, without: Any) -> float | None:
    """Formation gained for each unit of resorption gained, at the end of two tissue runs.

    ``without`` is the same subject without the cause. None where resorption did not change.
    """
    more, usual = run.final, without.final
    extra = more["resorption"] - usual["resorption"]
    return (more["formation"] - usual["formation"]) / extra if abs(extra) > 1e-6 else None


def share_made_good(run: Any, untreated: Any, name: str = "bone volume spine") -> Any:
    """Share of what is lost without a drug (from 1, healthy) that is there at the end with it.

    None where next to nothing is lost.
    """
    lost = 1.0 - untreated.final[name]
    return (run.final[name] - untreated.final[name]) / lost if lost > 0.005 else None


def share_come_back(run: Any, time: Any, name: str = "bone volume spine") -> Any:
    """Share of what was lost (from 1, healthy) at a time that has come back at the end."""
    low = run.at(time, name)
    return (run.final[name] - low) / (1.0 - low)


def first_moved(run, name, share):
    """The first time at which a series is ``share`` away from 1 (healthy); infinite if never."""
    away = np.flatnonzero(np.abs(run[name] - 1.0) >= share)
    return float(run.time[away[0]]) if away.size else float("inf")


def most_within(run, name, first, last):
    """The most of a series from ``first`` to ``last`` (months)."""
    months = run.time / DAYS_PER_MONTH
    return float(run[name][(months >= first) & (months <= last)].max())


def bone_gone(run, day):
    """Resorption minus formation from day 0 to a day, in days of the healthy rate."""
    missing = run["resorption"] - run["formation"]
    steps = np.r_[0.0, np.cumsum((missing[1:] + missing[:-1]) / 2 * np.diff(run.time))]
    return float(np.interp(day, run.time, steps))


GENES = ("Runx2", "Col1a1", "Sp7")
DAY_OF_GENES = 5  # of a dish, whose mineral is read at its end


def over_untreated(dish: Any) -> dict[str, float]:
    """Genes after 5 days and mineral after 21, over untreated cells, of a reverse dish."""
    early = dish.at(24 * DAY_OF_GENES)
    return {name: early[name] for name in GENES} | {"mineral": dish.final["mineral"]}


def held_singly(facts: Any) -> float:
    """Share of the RANKL that is held by a vesicle or an antibody, and by it alone."""
    held = facts["on vesicles"] + facts["on antibody"]
    return max(held - facts["clustered"] - facts["in pairs"], 0.0)


def has_RANKL(facts: Any) -> bool:
    """Whether the cells have RANKL on them: all of it is held by something, or free."""
    return sum(facts[who] for who in ("on vesicles", "on antibody", "on OPG", "free")) > 0


def stopped_below_the_tail(dish: Any) -> bool:
    """Whether the tail signals and Runx2 does not follow: something is blocked in between."""
    return dish.final["Src-family kinase"] > 0.1 and over_untreated(dish)["Runx2"] < 1.05
