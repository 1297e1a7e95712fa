"""How far a run can be trusted: states that nobody could live in, times that nothing was fitted to.

The bounds: ``bonelab/parameters/limits.toml``.
"""

import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bonelab import parameters
from bonelab.biology.dosing import in_time
from bonelab.parameters import DAYS_PER_YEAR, write
from bonelab.parameters.records import read_groups

from .run import Note

_TABLE = Path(parameters.__file__).with_name("limits.toml")


@dataclass(frozen=True)
class Livable:
    """What a body can live with, of one series of a run."""

    unit: str
    low: float
    high: float
    why: str


@dataclass(frozen=True)
class Fitted:
    """What the model was fitted to, in one species: years of a run, and age at its end."""

    years: float = math.inf
    why_years: str = ""
    age: float = math.inf
    why_age: str = ""


@cache
def limits():
    """The table: ``livable`` bounds by series, ``fitted`` bounds by species."""
    return read_groups(_TABLE, {"livable": Livable, "fitted": Fitted})


def limit_notes(series, person, end):
    """Notes on the states and the time span of a run of this subject up to day ``end``."""
    yield from livable_notes(series)
    fitted = limits()["fitted"].get(person.species, Fitted())
    years = end / DAYS_PER_YEAR
    if years > fitted.years:
        most = in_time(fitted.years * DAYS_PER_YEAR)
        yield Note("beyond", f"{fitted.why_years} ends after {most}: beyond that this is a guess.")
    if person.age is not None and person.age + years > fitted.age:
        words = f"She would be {person.age + years:.0f} at the end; {fitted.why_age}."
        yield Note("beyond", words)


def livable_notes(series):
    """One note for every series that leaves what a body can live with."""
    for name, bound in limits()["livable"].items():
        if name not in series:
            continue
        values = series[name]
        for worst, beyond in ((values.max(), values.max() > bound.high),
                              (values.min(), values.min() < bound.low)):  # fmt: skip
            if beyond:
                unit = f" {bound.unit}" if bound.unit != "1" else ""
                size = write(float(f"{worst:.3g}"))
                words = (
                    f"{name[:1].upper()}{name[1:]} reaches {size}{unit}, which nobody could live "
                    f"with ({bound.low:g} to {bound.high:g}): the model has left life."
                )
                yield Note("unlivable", words, name)
