"""Published trials: means to lay over a simulation, with citation and standing.

``bl.trials["FREEDOM"].points("CTX")`` gives months and percent of baseline. A series is either
published (read in the source, or digitised from its figure) or an illustrative value.
A trial also brings its mean woman and its drugs, ready to simulate:

    trial = bl.trials["FREEDOM"]
    run = bl.simulate(trial.subject, trial.treatments, years=3)

The numbers: ``bonelab/parameters/trials.toml``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bonelab import parameters
from bonelab.parameters import (
    DAYS_PER_MONTH,
    BonelabError,
    Checked,
    InBrackets,
    cite,
    door,
    one_of,
    references,
)
from bonelab.parameters.argument_types import Anything
from bonelab.parameters.records import part, read_records, record

from . import treatments
from .subjects import woman

if TYPE_CHECKING:
    import pandas

_TABLE = Path(parameters.__file__).with_name("trials.toml")
DRUGS = tuple(name for name in treatments.__all__ if name.islower())  # the others are classes
_ENDPOINT = Checked("what was measured", lambda _, name: name, "text")
_SHOWN_WITH = {"NTX": "CTX"}  # measured marker -> the simulated one that it belongs beside


@dataclass(frozen=True)
class Series:
    """The published means of one endpoint."""

    endpoint: str
    months: tuple
    percent: tuple  # of baseline
    refs: tuple
    seen: bool  # False: not read there, to be shown as an illustrative value
    source: str

    def __post_init__(self):
        if not self.months or len(self.months) != len(self.percent):
            raise BonelabError(
                f"{len(self.months)} times do not go with {len(self.percent)} values of percent."
            )
        if list(self.months) != sorted(set(self.months)):
            raise BonelabError("the times do not rise.")
        for key in self.refs:
            one_of("refs", key, references())

    @property
    def standing(self) -> str:
        """ "published" or "illustrative"."""
        return "published" if self.seen else "illustrative"

    @property
    def citation(self) -> str:
        """The publications; illustrative values say so instead of leaning on them."""
        words = "; ".join(map(cite, self.refs))
        return words if self.seen else f"illustrative value, after {words}"

    @property
    def shown_with(self) -> str:
        """The series of a run that these points belong beside."""
        return _SHOWN_WITH.get(self.endpoint, self.endpoint)


@dataclass(frozen=True, eq=False)
class Trial:
    """One arm of a published trial: who, which drug, what was measured."""

    name: str
    words: str
    age: float  # years, mean at the start
    plan: tuple  # of drug and arguments, as in the table
    series: Mapping

    @property
    def subject(self) -> Any:
        """The woman who stands for the arm's mean: ``bl.woman(age)``."""
        return woman(self.age)

    @property
    def treatments(self) -> Any:
        """The arm's drugs and schedules, with calcium and vitamin D, ready for ``bl.simulate``."""
        return [treatments.calcium_and_vitamin_d(), *map(_treatment, self.plan)]

    @property
    def endpoints(self) -> list[str]:
        """What was measured, by name."""
        return list(self.series)

    @property
    def months(self) -> float:
        """The last month that has a point."""
        return max(max(series.months) for series in self.series.values())

    @door(endpoint=_ENDPOINT)
    def points(self, endpoint: Anything = "CTX") -> tuple:
        """Months and percent of baseline, two arrays. Raises BonelabError where none are kept."""
        series = self._found(endpoint)
        return np.array(series.months, float), np.array(series.percent, float)

    @door(endpoint=_ENDPOINT)
    def standing(self, endpoint: Anything = "CTX") -> str:
        """ "published" or "illustrative": how far the points of an endpoint can be relied on."""
        return self._found(endpoint).standing

    @property
    def citation(self) -> str:
        """All publications of this arm as one line."""
        return "; ".join(dict.fromkeys(series.citation for series in self.series.values()))

    def table(self) -> "pandas.DataFrame":
        """A pandas table: one row per point."""
        import pandas as pd

        rows = [
            {
                "endpoint": series.endpoint,
                "month": month,
                "% of baseline": value,
                "standing": series.standing,
                "how": series.source,
                "citation": series.citation,
            }
            for series in self.series.values()
            for month, value in zip(series.months, series.percent, strict=True)
        ]
        return pd.DataFrame(rows)

    def summary(self) -> str:
        """One sentence: who was treated, what is kept."""
        kept = ", ".join(
            name if series.seen else f"{name} (illustrative)"
            for name, series in self.series.items()
        )
        return f"{self.name}: {self.words}; means of {kept}."

    def _found(self, endpoint):
        return self.series[one_of("endpoint", endpoint, self.series)]

    def __repr__(self):
        return f"<Trial {self.summary()}>"

    def _repr_html_(self):
        return f"<p>{self.summary()}</p>{self.table().to_html(index=False)}"


class Trials(InBrackets, Mapping):
    """All trials by name: ``bl.trials["FREEDOM"]``, ``bl.trials.table()``."""

    _called = "bl.trials"

    @cached_property
    def _by_name(self):
        return read_records(_TABLE, _read)

    def __getitem__(self, name):
        return self._by_name[one_of("trial", name, self._by_name)]

    def __contains__(self, name):
        return name in self._by_name

    def __iter__(self):
        return iter(self._by_name)

    def __len__(self):
        return len(self._by_name)

    def table(self) -> "pandas.DataFrame":
        """A pandas table: one row per arm."""
        import pandas as pd

        rows = [
            {
                "trial": trial.name,
                "arm": trial.words,
                "mean age": trial.age,
                "measured": ", ".join(trial.endpoints),
                "citation": trial.citation,
            }
            for trial in self.values()
        ]
        return pd.DataFrame(rows).set_index("trial")

    def __repr__(self):
        return f"<Trials: {', '.join(self)}>"

    def _repr_html_(self):
        return self.table().to_html()


def _read(name, entry):
    entry = dict(entry)
    plan, series = part(entry, "treatments", list), part(entry, "series", dict)
    made = {endpoint: _series(endpoint, points) for endpoint, points in series.items()}
    trial = record(Trial, entry, name=name, plan=tuple(plan), series=made)
    woman(trial.age)  # what cannot be simulated is told here, with file and entry
    for drug in plan:
        _treatment(drug)
    return trial


def _treatment(entry):
    """A treatment as the table has it: a drug and the arguments of its function."""
    drug = one_of("drug", entry.get("drug"), DRUGS)
    return getattr(treatments, drug)(**{n: v for n, v in entry.items() if n != "drug"})


def _series(endpoint, points):
    points = dict(points)
    if "days" in points:
        points["months"] = [day / DAYS_PER_MONTH for day in points.pop("days")]
    for key in ("months", "percent"):
        points[key] = [_number(key, value) for value in points.get(key, ())]
    return record(Series, points, endpoint=endpoint)


def _number(key, value):
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise BonelabError(f"{key} holds {value!r}, which is no number.")
    return float(value)


trials = Trials()
