"""When something is added to a published model, and when one of its parameters changes.

Between two moments of a schedule every rate and every parameter is constant; the solver goes from
moment to moment.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from bonelab.parameters import (
    Checked,
    Kind,
    Quantity,
    Unreadable,
    amount,
    as_number,
    door,
    duration,
    refuse,
)
from bonelab.parameters.argument_types import Amount, Anything

MOST = 1e9  # of a rate per day, in any unit: the models are made for far less
START = Quantity("moment", "day on which what is added begins to flow")
STOP = Quantity("moment", "day on which it ends")
DAYS = Quantity("interval", "length of the run", above=True)
RTOL = Quantity("tolerance", "relative tolerance of the solver", low=1e-13)
ATOL = Quantity(
    "tolerance", "absolute tolerance of the solver, in the unit of the states",
    low=0, above=True, high=1e3, what="an absolute tolerance",
)  # fmt: skip


class Pulse(NamedTuple):
    """Something added by the day, from ``start`` to ``stop`` (None: to the end of the run)."""

    rate: object
    start: object = 0  # None: when the other injections of the run begin and end
    stop: object = None

    @property
    def code(self):
        """How one writes it."""
        times = [f"start={self.start!r}"] * bool(self.start)
        times += [f"stop={self.stop!r}"] * (self.stop is not None)
        return f"bl.published.pulse({', '.join([repr(self.rate), *times])})"

    def __repr__(self):
        return self.code


def _number_or_text(name, value):
    """A rate whose unit is that of the argument it is given to."""
    if not isinstance(value, str):
        return amount(value, "1", argument=name, what="what is added per day", low=-MOST, high=MOST)
    for unit in ("pM/day", "1/day"):
        try:
            as_number(value, unit)
            return value
        except Unreadable:
            continue
    refuse(name, value, "it should be a rate: a number, or text such as '20 pM/day'.")


@door(
    "bl.published.pulse",
    rate=Checked(
        "what is added per day, in the unit of the argument it is given to",
        _number_or_text, "number or text",
    ),
    start=Quantity("moment", "day on which it begins"),
    stop=Quantity("moment", "day on which it ends; the end of the run by default"),
)  # fmt: skip
def pulse(rate: Anything, start: Amount = 0, stop: Amount = None) -> Pulse:
    """An injection with times of its own, for any argument that adds something by the day.

    Several one after the other are a list: ``pth=[pulse(1000, 20, 50), pulse(500, 80)]``.

    Returns
    -------
    Pulse

    Examples
    --------
    >>> bl.published.pulse(5, start=10, stop="30 days")
    bl.published.pulse(5.0, start=10.0, stop=30.0)
    """
    return Pulse(rate, start, stop)


@dataclass(frozen=True)
class Injected(Kind):
    """Something added by the day: a rate, a pulse with times of its own, or a list of pulses."""

    meaning: str
    unit: str
    low: float = 0.0

    @property
    def expects(self):
        """For the docstring."""
        return f"{self.unit} or text, a bl.published.pulse, or a list of pulses"

    def read(self, name, value):
        """A tuple of pulses; the times of a plain rate are None, those of the run."""
        several = isinstance(value, list | tuple) and not isinstance(value, Pulse)
        return tuple(self._one(name, each) for each in (value if several else [value]))

    def _one(self, name, value):
        given = value if isinstance(value, Pulse) else Pulse(value, None)
        rate = amount(
            given.rate, self.unit, argument=name, what="what is added per day",
            low=self.low, high=MOST,
        )  # fmt: skip
        start, stop = (
            None if t is None else duration(t, argument=f"{end} of {name}", above=False)
            for end, t in (("start", given.start), ("stop", given.stop))
        )
        if None not in (start, stop) and stop < start:
            refuse(
                f"stop of {name}", given.stop, f"it starts on day {start:g} and cannot stop before."
            )
        return Pulse(rate, start, stop)


class Changes(Kind):
    """Parameters that take another value from some day on."""

    meaning = "{day: {parameter: value}}: parameters that take another value from a day on"
    expects = "dict"
    reads_none = True

    def read(self, name, value):
        """Day -> changes, in the order of time."""
        if value is None:
            return {}
        wish = "it should be {day: {parameter: value}}, such as {30: {'k_B': 0.4}}."
        if not isinstance(value, Mapping) or not all(
            isinstance(each, Mapping) for each in value.values()
        ):
            refuse(name, value, wish)
        by_day = {}
        for day, values in value.items():
            moment = duration(day, argument=f"day of {name}", above=False)
            by_day[moment] = by_day.get(moment, {}) | dict(values)
        return dict(sorted(by_day.items()))


@dataclass(frozen=True)
class Schedule:
    """Checked injections and parameter changes of one run."""

    days: float
    pulses: Mapping  # name -> pulses with checked numbers
    parameters: tuple  # of (day from which they hold, parameter set), the first at day 0
    times: np.ndarray | None = field(compare=False, default=None)  # every day, and every moment

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

    def lowest(self, cells):
        """The one of ``cells`` of which most are taken away, and how many per day."""
        rates = {name: min((p.rate for p in self.pulses[name]), default=0.0) for name in cells}
        return min(rates.items(), key=lambda pair: pair[1])

    def refuse_removal(self, cells):
        """Refuse that more cells are taken away than there are."""
        refuse(*self.lowest(cells), "more cells would be removed than there are; remove less.")

    def words(self, unit, names=None):
        """What is added and changed, as one would say it."""
        names = names or {}
        parts = []
        for name, several in self.pulses.items():
            for p in several:
                if p.rate:
                    what = f"{float(f'{abs(p.rate):.3g}'):g} {unit} {names.get(name, name)}"
                    verb = "added" if p.rate > 0 else "removed"
                    parts.append((f"{what} {verb}", f"from day {p.start:g} to {p.stop:g}"))
        spans = {span for _, span in parts}
        sentences = [what if len(spans) == 1 else f"{what} {span}" for what, span in parts]
        text = " and ".join(sentences) + (f" {spans.pop()}" if len(spans) == 1 else "")
        for (_, before), (day, after) in zip(self.parameters, self.parameters[1:], strict=False):
            news = [
                f"{name} {getattr(after, name):g}"
                for name in after.as_dict()
                if getattr(after, name) != getattr(before, name)
            ]
            text += f"{' and ' if text else ''}{', '.join(news)} from day {day:g}" if news else ""
        return text or "nothing added"


def schedule(given, start, stop, days, parameters, changes):
    """Put everything that a run is asked for in order.

    Parameters
    ----------
    given : name of an argument -> pulses, as ``Injected`` reads them
    start, stop, days : of the run, in days
    parameters : the parameter set at day 0; changes : {day: {name: value}}

    Raises
    ------
    BonelabError for times that do not fit, and unknown parameters.
    """
    if stop < start:
        refuse("stop", stop, f"the injection cannot stop before it starts (day {start:g}).")
    if start >= days:
        refuse("start", start, f"it should lie before the end of the run (day {days:g}).")
    pulses = {
        name: tuple(_timed(each, start, stop, days) for each in several)
        for name, several in given.items()
    }
    held = [(0.0, parameters)]
    for moment, values in changes.items():
        if moment >= days:
            refuse("changes", moment, f"it should lie before the end of the run (day {days:g}).")
        held.append((moment, held[-1][1].with_(**values)))
    plan = Schedule(days, pulses, tuple(held))
    edges = {edge for p in plan.each() for edge in (p.start, p.stop)} | {start, stop, days}
    listed = [edge for edge in {*edges, *plan.moments} if edge <= days]
    times = np.unique(np.concatenate([np.arange(0.0, days, 1.0), listed]))
    return Schedule(days, pulses, plan.parameters, times)


def _timed(pulse, start, stop, days):
    """A pulse whose times are numbers."""
    if pulse.start is None:
        return Pulse(pulse.rate, start, stop)
    return Pulse(pulse.rate, pulse.start, days if pulse.stop is None else pulse.stop)
