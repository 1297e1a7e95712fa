"""What the model says for every point of every arm.

A trial reports the mean of women who clear an antibody at different speeds. In some of them the
drug is gone weeks before the next dose, so the mean rises gradually where one woman's curve turns
sharply. Each denosumab arm can therefore be simulated as a few women whose clearance stands at
evenly spaced quantiles of a log-normal distribution, and averaged.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from scipy.stats import norm

from bonelab.parameters import load
from bonelab.parameters.records import read_records, record
from bonelab.simulation.tissue import simulate

from .trials import SERIES

_WANTED = Path(__file__).with_name("wanted.toml")
_DAYS_PER_POINT = 2.0  # spacing of the simulated points that the trial's times fall between
_RTOL = 3e-6


# Parameters that matter only where their drug is given, by the beginning of their names.
_OF_DRUGS = {
    "teriparatide_": {"teriparatide"},
    "romosozumab_": {"romosozumab"},
    "lining_": {"romosozumab"},
    "bisphosphonate_": {"alendronate", "zoledronate"},
    "alendronate_": {"alendronate"},
    "zoledronate_": {"zoledronate"},
    "bone_to_serum": {"denosumab", "reverse agonist"},
}


def that_matter(values, plans):
    """Values of parameters {name: value} without those of drugs that are not given.

    So a run without a drug is the same one when a number of that drug moves, and need not be solved
    again for a derivative.
    """
    given = {plan.kind for plan in plans}
    idle = tuple(begin for begin, drugs in _OF_DRUGS.items() if not drugs & given)
    return {name: value for name, value in values.items() if not name.startswith(idle)}


kept_run = lru_cache(maxsize=256)(simulate)


def arm_means(arm, values, spread=0.0, women=5):
    """Percent of the start at each point of an arm, with parameter ``values`` {name: value}.

    ``spread`` is the standard deviation of the logarithm of antibody clearance between women,
    ``women`` how many quantiles of it are averaged. With spread 0, one typical woman.
    """
    if spread == 0.0 or not any(plan.kind == "denosumab" for plan in arm.plans):
        return _one_woman(arm, values)
    typical = values.get("antibody_clearance", load("drugs").antibody_clearance)
    total = 0.0
    for quantile in (np.arange(women) + 0.5) / women:
        clearance = typical * float(np.exp(spread * norm.ppf(quantile)))
        total = total + _one_woman(arm, values | {"antibody_clearance": clearance})
    return total / women


def _one_woman(arm, values):
    points = max(8, int(arm.days / _DAYS_PER_POINT))
    given = tuple(plan for plan in arm.plans if plan.schedule.begins < arm.days)
    person = arm.subject.with_(**that_matter(values, given))
    run = kept_run(person, given, days=arm.days, points=points, rtol=_RTOL)
    out = np.empty(arm.day.size)
    for endpoint in np.unique(arm.endpoint):
        mine = arm.endpoint == endpoint
        out[mine] = np.interp(arm.day[mine], run.time, run[SERIES[endpoint]])
    return out


@dataclass(frozen=True)
class Target:
    """An entry of ``wanted.toml`` that asks for a value."""

    value: float
    sd: float
    source: str


@dataclass(frozen=True)
class Band:
    """An entry of ``wanted.toml`` that asks for anything between two values."""

    low: float
    high: float
    sd: float
    source: str
    asked: tuple = ()


@dataclass(frozen=True)
class Wanted:
    """What a number of ``experiments.py`` should be: a value, or anything within a band."""

    name: str
    sd: float
    source: str
    low: float
    high: float
    asked: tuple = ()  # between which values a test asks for it; infinite where it does not

    @classmethod
    def read(cls, name, entry):
        """From an entry with ``value``, or with ``low`` and ``high``."""
        if "value" in entry:
            target = record(Target, entry)
            return cls(name, target.sd, target.source, target.value, target.value)
        band = record(Band, entry)
        asked = tuple(map(float, band.asked))
        return cls(name, band.sd, band.source, band.low, band.high, asked)

    def misfit(self, number):
        """How far off a number is, in standard deviations; 0 inside a band."""
        if self.low <= number <= self.high:
            return 0.0
        return (number - (self.low if number < self.low else self.high)) / self.sd

    def words(self):
        """The value, or the band."""
        return f"{self.low:g}" if self.low == self.high else f"{self.low:g} to {self.high:g}"


@cache
def wanted():
    """The entries of ``wanted.toml``: targets and bands."""
    found = read_records(
        _WANTED, lambda name, kinds: [Wanted.read(name, e) for e in kinds.values()]
    )
    return tuple(wish for several in found.values() for wish in several)
