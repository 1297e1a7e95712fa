"""A treatment: a drug with its schedule, and what it is called."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from bonelab.parameters import Kind, refuse, uncalled

from .dosing import FOR_GOOD, Schedule, in_time, moment


@dataclass(frozen=True)
class Treatment:
    """A drug and its schedule. ``make(subject)`` gives the drug as it acts in that subject.

    Two treatments are equal when drug and schedule are: ``make`` follows from ``key``.
    """

    kind: str
    name: str  # as the label calls it
    schedule: Schedule
    make: Callable = field(compare=False)
    key: tuple  # treatments with the same key are one drug with a longer schedule
    size: str = ""  # of one dose: '60 mg', or of what is held: '5 nM'
    every: float = 0.0  # days between doses
    planned: tuple = ()  # days of all doses of the plan, those that are missed among them
    code: str = field(default="", compare=False)

    @property
    def label(self) -> str:
        """The treatment as one would say it."""
        return self.within(FOR_GOOD)

    def within(self, end: Any) -> str:
        """The treatment as far as it falls into a run that ends on day ``end``, in words."""
        if not self.planned:
            ((start, stop, _),) = self.schedule.windows
            held = f" held at {self.size}" if self.size else ""
            until = f" until {moment(stop)}" if stop < end else ""
            return f"{self.name}{held}{_from(start)}{until}"
        number, inside = len(self.planned), sum(day < end for day in self.planned)
        given = {day for day, _ in self.schedule.doses}
        missed = [str(n) for n, day in enumerate(self.planned[:inside], 1) if day not in given]
        if number == 1:
            text = f"one dose of {self.name} {self.size}"
        else:
            count = number if inside == number else f"{inside} of {number}"
            gap = in_time(self.every).removeprefix("1 ")
            text = f"{count} doses of {self.name} {self.size} every {gap}"
        text += _from(self.planned[0])
        return text + (f" (dose {', '.join(missed)} missed)" if missed else "")

    def __repr__(self):
        return f"<Treatment: {self.label}>"

    def _repr_html_(self):
        return f"<p>Treatment: {self.label}</p>"


def _from(start):
    return f" from {moment(start)}" if start else ""


@dataclass(frozen=True)
class Treatments(Kind):
    """One treatment or several; None is no treatment."""

    meaning: str = "one treatment, or several in a list; none by default"
    reads_none = True
    unnamed = True
    expects = "from bl.denosumab(...) and its kin"

    def read(self, name: str, value: Any) -> tuple:
        """A tuple of treatments."""
        if value is None:
            return ()
        if isinstance(value, Treatment):
            return (value,)
        if not isinstance(value, Iterable) or isinstance(value, str | bytes | dict):
            value = [value]
        plans = tuple(value)
        for plan in plans:
            if not isinstance(plan, Treatment):
                words = f"a treatment comes from bl.denosumab(...) or its kin.{uncalled(plan)}"
                refuse(name, plan, words)
        return plans
