"""Schedules: when doses are given and for how long a daily drug is taken, in days."""

from dataclasses import dataclass

from bonelab.parameters import amount, duration, refuse


@dataclass(frozen=True)
class Schedule:
    """Doses as (day, amount) and windows as (start day, stop day, level)."""

    doses: tuple = ()
    windows: tuple = ()

    def __add__(self, other):
        return Schedule(
            tuple(sorted(self.doses + other.doses)), tuple(sorted(self.windows + other.windows))
        )


def repeated(dose, every, doses, start, missed, *, unit="mg"):
    """A schedule of repeated doses.

    Parameters
    ----------
    dose : amount in ``unit`` or text such as "60 mg"
    every : days or text between doses
    doses : how many, a whole number of at least 1
    start : days or text from the start of the run
    missed : numbers of the doses that are not given (1 is the first)

    Raises BonelabError for negative doses, a zero interval, fewer than one dose, or a missed dose
    that is not in the plan.
    """
    size = amount(dose, unit, argument="dose", what="a dose")
    gap = duration(every, argument="every")
    begin = duration(start, argument="start", above=False)
    if isinstance(doses, bool) or doses != int(doses) or doses < 1:
        refuse("doses", doses, "it should be a whole number of doses, at least 1.")
    for number in missed:
        if number not in range(1, int(doses) + 1):
            refuse("missed", number, f"the plan has doses 1 to {int(doses)}.")
    given = [n for n in range(int(doses)) if n + 1 not in missed]
    return Schedule(doses=tuple((begin + n * gap, size) for n in given))


def window(start, stop, level=1.0):
    """A drug taken from ``start`` to ``stop`` (days or text; None = to the end of the run).

    Raises BonelabError when the stop is not after the start.
    """
    begin = duration(start, argument="start", above=False)
    end = float("inf") if stop is None else duration(stop, argument="stop")
    if end <= begin:
        refuse("stop", stop, f"it should be later than the start, {begin:g} days.")
    return Schedule(windows=((begin, end, level),))


def level_at(schedule, t):
    """What the windows of a schedule add up to just after day t."""
    return sum(level for start, stop, level in schedule.windows if start <= t < stop)


def edges(schedule):
    """All days on which a window opens or closes."""
    days = {day for start, stop, _ in schedule.windows for day in (start, stop)}
    return sorted(day for day in days if day != float("inf"))
