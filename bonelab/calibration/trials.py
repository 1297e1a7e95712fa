"""Read trial means from a table (``trial_means.toml``): one entry per arm, with citation.

An entry has ``words``, ``age`` (mean, years), ``refs`` (keys of the bibliography), perhaps a
``weight`` (of its squared residuals, 1 if nothing is said), what was given
(``denosumab`` as [day, mg] pairs, ``daily`` = { drug, start, stop } in months) and its series: CTX,
P1NP, BSAP, BMD_TH (hip), BMD_LS (spine), each a list of [month, percent of the start].
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from bonelab.biology import treatments
from bonelab.biology.subjects import woman
from bonelab.parameters import DAYS_PER_MONTH, one_of, refuse

TABLE = Path(__file__).with_name("trial_means.toml")
SERIES = {
    "CTX": "CTX",
    "P1NP": "P1NP",
    "BSAP": "BSAP",
    "BMD_TH": "BMD hip",
    "BMD_LS": "BMD spine",
}
_ABOUT = ("words", "age", "weight", "refs", "denosumab", "daily")
_DAILY = ("teriparatide", "romosozumab", "alendronate")
_NEAR_DOSE = 0.6  # days: a sample on a dosing day is taken just before the dose


@dataclass(frozen=True, eq=False)
class Arm:
    """One arm: age, treatment and its published points."""

    name: str
    age: float
    plans: tuple  # treatments ready to simulate
    endpoint: np.ndarray  # of each point
    day: np.ndarray
    percent: np.ndarray  # of the start
    refs: tuple  # keys of the bibliography
    weight: float = 1.0  # of its squared residuals

    @property
    def days(self):
        """How long the arm has to be simulated."""
        return float(self.day.max()) + 1.0

    @property
    def subject(self):
        """The woman who stands for the arm's mean."""
        return woman(self.age)

    def without(self, endpoints):
        """The same arm without some of its series."""
        kept = ~np.isin(self.endpoint, list(endpoints))
        return Arm(
            self.name,
            self.age,
            self.plans,
            self.endpoint[kept],
            self.day[kept],
            self.percent[kept],
            self.refs,
            self.weight,
        )


@cache
def _entries(path):
    return tomllib.loads(Path(path).read_text(encoding="utf-8"))


def read_arms(path=TABLE):
    """Arms of a table, by name. Raises BonelabError for unknown words and impossible numbers."""
    return {name: _arm(name, entry) for name, entry in _entries(path).items()}


def _arm(name, entry):
    for key in entry:
        one_of(f"{name}: key", key, (*_ABOUT, *SERIES))
    if "age" not in entry:
        refuse(name, sorted(entry), "every arm needs its age in years.")
    series = {key: np.array(entry[key], float) for key in SERIES if key in entry}
    points = np.concatenate([*series.values(), np.empty((0, 2))])
    if not (points.size and np.all(np.isfinite(points)) and np.all(points[:, 1] > 0)):
        refuse(name, list(series), "every point should have a month and a percentage above zero.")
    day = points[:, 0] * DAYS_PER_MONTH
    given = entry.get("denosumab", [])
    for dosing_day, _ in given:
        day = np.where(np.abs(day - dosing_day) < _NEAR_DOSE, dosing_day, day)
    plans = [treatments.calcium_and_vitamin_d()]
    plans += [treatments.denosumab(mg, start=start) for start, mg in given]
    if "daily" in entry:
        plans.append(_daily(**entry["daily"]))
    return Arm(
        name=name,
        age=float(entry["age"]),
        plans=tuple(plans),
        endpoint=np.repeat(list(series), [len(values) for values in series.values()]),
        day=day,
        percent=points[:, 1],
        refs=tuple(entry.get("refs", ())),
        weight=float(entry.get("weight", 1.0)),
    )


def _daily(drug, start, stop):
    one_of("daily drug", drug, _DAILY)
    make = getattr(treatments, drug)
    return make(start=start * DAYS_PER_MONTH, stop=stop * DAYS_PER_MONTH)
