"""When something is added to a published model, and when one of its parameters changes.

Between two moments of a schedule every rate and every parameter is constant; the solver goes from
moment to moment.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from bonelab.parameters import amount, duration, refuse

TIGHTEST = 1e-13  # below this the rounding of numbers is larger than the tolerance


class Pulse(NamedTuple):
    """Something added by the day, from ``start`` to ``stop`` (None: to the end of the run)."""

    rate: object
    start: object = 0
    stop: object = None

    def __repr__(self):
        times = [f"start={self.start!r}"] * bool(self.start)
        times += [f"stop={self.stop!r}"] * (self.stop is not None)
        return f"bl.published.pulse({', '.join([repr(self.rate), *times])})"


def pulse(rate, start=0, stop=None):
    """An injection with times of its own, for any argument that adds something by the day.

    Parameters
    ----------
    rate : what is added per day, in the unit of the argument it is given to
    start, stop : days, or text such as "3 weeks"; without ``stop`` it lasts to the end of the run

    Several one after the other are a list: ``pth=[pulse(1000, 20, 50), pulse(500, 80)]``.
    """
    return Pulse(rate, start, stop)


@dataclass(frozen=True)
class Schedule:
    """Checked injections and parameter changes of one run."""

    days: float
    pulses: Mapping  # name -> pulses with checked numbers
    parameters: tuple  # of (day from which they hold, parameter set), the first at day 0
    times: np.ndarray = field(compare=False, default=None)  # every day, and every moment

    @property
    def moments(self):
        """Days at which a rate or a parameter changes, after day 0."""
        edges = {edge for p in self.each() for edge in (p.start, p.stop)}
        edges |= {day for day, _ in self.parameters}
        return sorted(edge for edge in edges if 0.0 < edge < self.days)

    def each(self):
        """All pulses."""
        return [p for several in self.pulses.values() for p in several]

    def rates(self, day):
        """What is added per day just after ``day``, by name."""
        return {
            name: sum(p.rate for p in several if p.start <= day < p.stop)
            for name, several in self.pulses.items()
        }

    def rates_seen(self, day):
        """What is added on ``day`` itself: both ends of an injection belong to it."""
        seen = {}
        for name, several in self.pulses.items():
            began = any(p.start == day for p in several)
            seen[name] = sum(
                p.rate for p in several if p.start <= day < p.stop or (p.stop == day and not began)
            )
        return seen

    def at(self, day):
        """The parameter set that holds from ``day`` on."""
        return next(p for since, p in reversed(self.parameters) if since <= day)

    def words(self, unit, names=None):
        """What is added and changed, as one would say it."""
        names = names or {}
        parts = []
        for name, several in self.pulses.items():
            for p in several:
                if p.rate:
                    what = f"{abs(p.rate):.3g} {unit} {names.get(name, name)}"
                    verb = "added" if p.rate > 0 else "removed"
                    parts.append((f"{what} {verb}", f"from day {p.start:g} to {p.stop:g}"))
        spans = {span for _, span in parts}
        told = [what if len(spans) == 1 else f"{what} {span}" for what, span in parts]
        text = " and ".join(told) + (f" {spans.pop()}" if len(spans) == 1 else "")
        for (_, before), (day, after) in zip(self.parameters, self.parameters[1:], strict=False):
            news = [
                f"{name} {getattr(after, name):g}"
                for name in after.as_dict()
                if getattr(after, name) != getattr(before, name)
            ]
            text += f"{' and ' if text else ''}{', '.join(news)} from day {day:g}" if news else ""
        return text or "nothing added"


def schedule(given, unit, start, stop, days, parameters, changes=None, low=None):
    """Check everything that a run is asked for and put it in order.

    Parameters
    ----------
    given : name of an argument -> a rate, a pulse, or a list of pulses
    unit : of the rates
    start, stop : the times of a plain rate
    parameters : the parameter set at day 0; changes : {day: {name: value}}
    low : smallest rate by name (0 where nothing is said; -inf where cells may be taken away)

    Raises
    ------
    BonelabError for unreadable numbers, bad times, unknown parameters.
    """
    low = low or {}
    begin = duration(start, "day", argument="start", above=False)
    end = duration(days, "day", argument="days")
    until = end if stop is None else duration(stop, "day", argument="stop", above=False)
    if until < begin:
        refuse("stop", stop, f"the injection cannot stop before it starts (day {begin:g}).")
    if begin >= end:
        refuse("start", start, f"it should lie before the end of the run (day {end:g}).")
    pulses = {
        name: tuple(
            _checked(p, name, unit, begin, until, end, low.get(name, 0.0)) for p in _several(value)
        )
        for name, value in given.items()
    }
    plan = Schedule(end, pulses, _parameters(parameters, changes, end))
    edges = {edge for p in plan.each() for edge in (p.start, p.stop)} | {begin, until, end}
    edges |= set(plan.moments)
    listed = [edge for edge in edges if edge <= end]
    times = np.unique(np.concatenate([np.arange(0.0, end, 1.0), listed]))
    return Schedule(end, pulses, plan.parameters, times)


def _several(value):
    if isinstance(value, list | tuple) and not isinstance(value, Pulse):
        return value
    return [value]


def _checked(value, name, unit, start, stop, days, low):
    what = "what is added per day"
    if not isinstance(value, Pulse):
        return Pulse(amount(value, unit, argument=name, what=what, low=low), start, stop)
    begin = duration(value.start, "day", argument=f"start of {name}", above=False)
    end = days
    if value.stop is not None:
        end = duration(value.stop, "day", argument=f"stop of {name}", above=False)
    if end < begin:
        refuse(f"stop of {name}", value.stop, f"it starts on day {begin:g}; it cannot stop before.")
    return Pulse(amount(value.rate, unit, argument=name, what=what, low=low), begin, end)


def _parameters(first, changes, days):
    if changes is not None and not isinstance(changes, Mapping):
        refuse("changes", changes, "it should be {day: {parameter: value}}.")
    by_day = {}
    for day, values in (changes or {}).items():
        moment = duration(day, "day", argument="day of changes", above=False)
        if not isinstance(values, Mapping):
            refuse("changes", changes, "it should be {day: {parameter: value}}.")
        if moment >= days:
            refuse("changes", day, f"it should lie before the end of the run (day {days:g}).")
        by_day[moment] = by_day.get(moment, {}) | dict(values)
    held = [(0.0, first)]
    for moment in sorted(by_day):
        held.append((moment, held[-1][1].with_(**by_day[moment])))
    return tuple(held)


def tolerance(rtol, atol, size):
    """Checked relative and absolute tolerance; ``size`` is that of a state that matters."""
    relative = amount(
        rtol, "1", argument="rtol", what="a relative tolerance", low=TIGHTEST, high=0.01
    )
    if atol is None:
        return relative, relative * size
    return relative, amount(
        atol,
        "1",
        argument="atol",
        what="an absolute tolerance in the unit of the states",
        above=True,
    )


def call(name, defaults, **arguments):
    """The line that reproduces a run: what differs from the defaults."""
    words = [f"{key}={value!r}" for key, value in arguments.items() if value != defaults.get(key)]
    return f"run = bl.published.{name}({', '.join(words)})"
