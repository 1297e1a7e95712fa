"""Schedules: when doses are given and for how long a daily drug is taken, in days."""

from dataclasses import dataclass
from itertools import combinations

from bonelab.parameters import DAYS_PER_MONTH, DAYS_PER_YEAR, refuse, write

FOR_GOOD = float("inf")  # a course that goes on to the end of the run


@dataclass(frozen=True)
class Schedule:
    """Doses as (day, amount) and windows as (start day, stop day, level)."""

    doses: tuple = ()
    windows: tuple = ()

    def __add__(self, other):
        return Schedule(
            tuple(sorted(self.doses + other.doses)), tuple(sorted(self.windows + other.windows))
        )

    @property
    def begins(self):
        """The day of the first dose or the first day of a course; endless where there is none."""
        days = [day for day, _ in self.doses] + [start for start, _, _ in self.windows]
        return min(days, default=FOR_GOOD)


def planned_days(every, doses, start):
    """The days of a plan of repeated doses."""
    return tuple(start + n * every for n in range(doses))


def repeated(dose, every, doses, start, missed=()):
    """A schedule of repeated doses; ``missed`` are the numbers of those not given (1 is the first).

    Raises BonelabError for a missed dose that is not in the plan.
    """
    for number in missed:
        if not 1 <= number <= doses:
            refuse("missed", number, f"the plan has doses 1 to {doses}.")
    days = enumerate(planned_days(every, doses, start), 1)
    return Schedule(doses=tuple((day, dose) for number, day in days if number not in missed))


def window(start, stop, level=1.0):
    """A drug taken from day ``start`` to day ``stop`` (None = to the end of the run).

    Raises BonelabError when the stop is not after the start.
    """
    end = FOR_GOOD if stop is None else stop
    if end <= start:
        refuse("stop", stop, f"it should be later than the start, {in_time(start)}.")
    return Schedule(windows=((start, end, level),))


def level_at(schedule, t):
    """What the windows of a schedule give just after day t. On is on: two courses are not two."""
    return max((level for start, stop, level in schedule.windows if start <= t < stop), default=0.0)


def clash(schedule):
    """The day on which two different levels of one drug are held at once, or None."""
    for (_, stop, level), (start, _, other) in combinations(sorted(schedule.windows), 2):
        if start < stop and level != other:
            return start
    return None


def edges(schedule):
    """All days on which a window opens or closes."""
    days = {day for start, stop, _ in schedule.windows for day in (start, stop)}
    return sorted(day for day in days if day != FOR_GOOD)


def in_time(days):
    """A length of time as a study plan says it: '6 months', '1 year', '10 days'."""
    for unit, size in (("year", DAYS_PER_YEAR), ("month", DAYS_PER_MONTH), ("week", 7.0)):
        number = days / size
        if days and abs(number - round(number)) < 1e-9 and (unit != "week" or number < 53):
            return f"{round(number)} {unit}{'s' * (round(number) != 1)}"
    months = days / DAYS_PER_MONTH
    if months > 1 and abs(2 * months - round(2 * months)) < 1e-9:
        return f"{round(2 * months) / 2:g} months"
    days = round(days, 1) if days > 10 else float(f"{days:.4g}")
    return f"{write(days)} day{'s' * (days != 1)}"


def moment(days):
    """A moment of the run as a study plan says it: 'month 6', 'day 10'."""
    number, _, unit = in_time(days).partition(" ")
    return f"{unit.removesuffix('s')} {number}"
