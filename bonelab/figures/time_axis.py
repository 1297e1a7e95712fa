"""The axis of time: one unit for a length, the same wherever that length is drawn.

Hours up to three days, days up to 200, months up to five years, years beyond. A month has 30.4375
days, a year 365.25.
"""

import numpy as np

from bonelab.parameters import DAYS_PER_MONTH, DAYS_PER_YEAR

from .paper import figures

DAYS = {
    "hours": 1 / 24,
    "days": 1.0,
    "weeks": 7.0,
    "months": DAYS_PER_MONTH,
    "years": DAYS_PER_YEAR,
}
_LONGEST = {"hours": 3.0, "days": 200.0, "months": 5.01 * DAYS_PER_YEAR}  # days on such an axis
_STEPS = {  # between two ticks
    "hours": (1, 2, 3, 6, 12, 24),
    "days": (1, 2, 5, 7, 14, 28, 50),
    "weeks": (1, 2, 4, 8),
    "months": (1, 2, 3, 6, 12),
    "years": (1, 2, 5, 10, 20),
}
_MOST_TICKS = 8


def unit_for(run):
    """The unit of the axis for a run as long as this one."""
    days = float(run.time[-1] - run.time[0]) * DAYS[f"{run.time_unit}s"]
    return next((unit for unit, longest in _LONGEST.items() if days <= longest), "years")


def in_unit(run, unit):
    """The times of a Run in hours, days, months or years (any other ``unit``: as they are)."""
    return converted(run.time, run.time_unit, unit) if unit in DAYS else run.time


def converted(times, time_unit, unit):
    """Times given in hours, days, months or years (``time_unit``, singular) in another ``unit``."""
    return np.asarray(times, float) * (DAYS[f"{time_unit}s"] / DAYS[unit])


def mark_times(axes, unit, end, start=0.0):
    """Ticks at round numbers of ``unit`` from ``start`` to ``end``, if it can be."""
    span = end - start
    step = next((s for s in _STEPS.get(unit, ()) if span / s <= _MOST_TICKS), None)
    axes.set_xlim(start, end)
    if step is None or span < 2 * step:
        return  # matplotlib's own choice
    first = -(-start // step)
    ticks = [step * (first + k) for k in range(int((end - step * first) / step + 1e-9) + 1)]
    axes.set_xticks(ticks, [figures(tick) for tick in ticks])
