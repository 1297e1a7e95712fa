r"""How sure: many parameter sets that fit about equally well, and the bands that they span.

Two questions, two bands. *How sure is the model of its parameters?* Each member is one set of
numbers that the calibration might as well have found (``parameters/ensemble.csv``, written by
``python3 -m bonelab.calibration ensemble``). Its parameters stand to the table's as in that line,
so that what a subject has of her own is kept. This is the band with ``scatter=False``.

*Where would the means of a new trial lie?* Further away, for trials differ in ways that no
parameter tells: assay, tablets before the start, who took part, means or medians. So every member
is laid beside new trials, whose measured series y in percent of the start lie off:

.. math::
    y' = y\,e^{z s},\qquad
    s^2 = (b^2 + w^2)\left(\ln\frac{y}{100}\right)^2 + \left(e\,(1-e^{-t/\tau})\right)^2

In one trial the whole effect is larger or smaller than in another, by a share b of it; single
points lie off by a share w of it besides, and by e whatever the effect. At the start there is no
effect, and everything is 100 %. z are evenly spaced quantiles of a normal distribution. b, w and e
were fitted to trials that were left out of the calibration (``parameters/tables/new_trial.toml``).
The form is bonelab's own.
"""

import csv
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import numpy as np

from bonelab import parameters
from bonelab.biology.subjects import Subject, woman
from bonelab.biology.treatments import Treatments
from bonelab.parameters import (
    Checked,
    Flag,
    Made,
    Quantity,
    door,
    duration,
    load,
    one_of,
    records,
    refuse,
)  # fmt: skip
from bonelab.parameters.argument_types import Amount, Anything, SomeTreatments

from .run import AXES, SERIES_NAMES, Run
from .tissue import length_in_days, simulate

if TYPE_CHECKING:
    import pandas

_TABLE = Path(parameters.__file__).with_name("ensemble.csv")
_ROOMS = {"p": "tissue", "binding": "binding", "forward": "forward", "reverse": "reverse",
          "drugs": "drugs"}  # fmt: skip
MEASURED = {"CTX": "marker", "P1NP": "marker", "BSAP": "marker",
            "BMD hip": "density", "BMD spine": "density"}  # fmt: skip
PARTS = ("between", "within", "scatter")  # of how far new trials lie off, in new_trial.toml
_TRIALS_EACH = 15  # new trials beside each member
_TRIALS = Checked("published trials to lay beside the run", lambda _, v: v, "from bl.trials")


@dataclass(frozen=True)
class Band:
    """Median and both ends of a band of one series, at the times of the run."""

    time: np.ndarray  # days
    low: np.ndarray
    median: np.ndarray
    high: np.ndarray


@dataclass(frozen=True, eq=False)
class Bands:
    """A run with the bands around it: ``bands.plot("CTX")``, ``bands.of("CTX")``."""

    run: Run  # with the values of the tables
    members: tuple  # one Run per parameter set
    scatter: bool  # whether the band is of the means of new trials, or of the members alone
    share: float  # of these, inside the band

    def of(self, name: str) -> Band:
        """The band of one series. Raises BonelabError for a series that the run does not have."""
        one_of("series", name, self.run.names)
        time = self.run.time
        values = np.array([member[name] for member in self.members])
        if self.scatter and name in MEASURED:
            values = in_new_trials(name, time, values)
        return Band(time, *middle(values, self.share))

    def at(self, time: Any, name: str) -> tuple[float, float, float]:
        """(low, median, high) of one series at a time such as "6 months"."""
        day = duration(time, "day", argument="time", above=False)
        if not 0.0 <= day <= self.run.time[-1] * (1.0 + 1e-12):
            refuse("time", time, f"this run goes from day 0 to {self.run.time[-1]:g}.")
        band = self.of(name)
        curves = (band.low, band.median, band.high)
        low, median, high = (float(np.interp(day, band.time, curve)) for curve in curves)
        return low, median, high

    def table(self, name: str) -> "pandas.DataFrame":
        """A pandas table: low, median and high of one series over time."""
        import pandas as pd

        band = self.of(name)
        columns = {"low": band.low, "median": band.median, "high": band.high}
        return pd.DataFrame(columns, index=pd.Index(band.time, name="time (day)"))

    @property
    def words(self) -> str:
        """What the band is of: "80% of 40 models", or of the means of new trials."""
        return (
            f"{self.share:.0%} of {'new trials' if self.scatter else f'{len(self.members)} models'}"
        )

    @door(names=SERIES_NAMES, trials=_TRIALS, ax=AXES)
    def plot(self, *names: Anything, trials: Anything = (), ax: Anything = None) -> Any:
        """Draw the run in its bands, and published means of ``trials`` as marks beside it.

        Examples
        --------
        >>> bands = bl.prediction_bands(bl.woman(65), bl.denosumab(doses=6), years=3)
        >>> drawing = bands.plot("CTX", trials=bl.trials["FREEDOM"])
        """
        from bonelab.figures import plot_bands  # drawing is a room above; loaded when asked for

        return plot_bands(self, *names, trials=trials, ax=ax)

    def summary(self) -> str:
        """One sentence: the widest of what is measured, at the end."""
        end = self.run.time[-1]
        parts = []
        for name in ("CTX", "BMD hip"):
            band = self.of(name)
            parts.append(f"{name} between {band.low[-1]:.0f} and {band.high[-1]:.0f}%")
        which = (
            f"{self.share:.0%} of new trials are expected to find"
            if self.scatter
            else f"{self.share:.0%} of {len(self.members)} models that fit about equally well have"
        )
        return f"{which} {' and '.join(parts)} of the start on day {end:.0f}."

    def __repr__(self):
        return f"<Bands: {self.summary()}>"

    def _repr_html_(self):
        return f"<p>{self.summary()}</p>"


def in_new_trials(name: str, day: Any, percent: Any, sizes: Any = None) -> Any:
    """What new trials would measure of a series where models (first axis) say ``percent``.

    ``day`` is the time (second axis); ``sizes`` are {name: value} of other sizes than the table's.
    """
    s = load("new_trial").as_dict() | (sizes or {})
    between, within, scatter = (s[f"{MEASURED[name]}_{part}"] for part in PARTS)
    effect = np.log(np.maximum(percent, 1e-3) / 100.0)
    grown = 1.0 - np.exp(-np.asarray(day, float) / s["rise"])
    apart = np.hypot(np.hypot(between, within) * effect, scatter * grown)
    ranks = (np.arange(_TRIALS_EACH) + 0.5) / _TRIALS_EACH
    away = [NormalDist().inv_cdf(rank) for rank in ranks]
    return (percent * np.exp(np.multiply.outer(away, apart))).reshape(-1, np.shape(percent)[1])


def middle(values: Any, share: float) -> Any:
    """Lower end, median and upper end of the band that holds this share of the first axis."""
    tail = (1.0 - share) / 2.0
    return np.quantile(values, (tail, 0.5, 1.0 - tail), axis=0)


@cache
def ensemble():
    """The parameter sets: a tuple of {name: value}."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        lines = [line for line in file if not line.startswith("#")]
    rows = csv.DictReader(lines)
    return tuple({name: float(value) for name, value in row.items()} for row in rows)


def member(subject: Any, row: Any) -> Subject:
    """The subject with the parameters of one line of the ensemble."""

    def changed(tissue):
        parts = {}
        for part, room in _ROOMS.items():
            values, usual, known = getattr(tissue, part), load(room), records(room)
            mine = {}
            for name in known.keys() & row.keys():
                value = getattr(values, name) * row[name] / getattr(usual, name)
                mine[name] = min(max(value, known[name].low), known[name].high)
            parts[part] = replace(values, **mine) if mine else values
        return replace(tissue, **parts)

    return replace(subject, tissue=changed(subject.tissue), before=changed(subject.before))


@door(
    "bl.prediction_bands",
    subject=Made(Subject, "who; a woman of 65 by default", "bl.woman(...)"),
    treatments=Treatments(),
    years=Quantity("follow-up", "length of the run; 4 by default"),
    days=Quantity("follow-up", "length of the run, in place of years", unit="day", high=36525),
    share=Quantity(
        "share", "share of new trials, or of the models, in the band", low=0.1, high=0.99
    ),
    scatter=Flag("where the means of a new trial would lie; without, how sure the parameters are"),
)
def prediction_bands(
    subject: Anything = None,
    treatments: SomeTreatments = (),
    years: Amount = None,
    *,
    days: Amount = None,
    share: Amount = 0.8,
    scatter: bool = True,
) -> Bands:
    """How sure the model is of a run: forty models that fit the trials about equally well.

    The band holds the means of four in five new trials; with ``scatter=False`` it is narrower and
    holds four in five of the models alone.

    Returns
    -------
    Bands: ``bands.run`` is the run of ``bl.simulate``, ``bands.plot("CTX")`` draws it in its
    band, ``bands.of("CTX")`` is median and band, ``bands.table("CTX")`` the same as a table.

    Examples
    --------
    >>> bands = bl.prediction_bands(bl.woman(65), bl.denosumab(), years=1)
    >>> low, median, high = bands.at("6 months", "CTX")
    >>> low < median < high
    True
    """
    person = woman() if subject is None else subject
    if person.species != "human":
        refuse("subject", subject, "no mouse number was fitted: bands are for women only.")
    run, members = _runs(person, treatments, length_in_days(years, days))
    return Bands(run, members, scatter, share)


@lru_cache(maxsize=8)  # of 41 runs each, some 5 MB
def _runs(person, plans, end):
    """The run, and those of the models: the same for every share, with scatter and without."""
    members = tuple(simulate(member(person, row), plans, days=end) for row in ensemble())
    return simulate(person, plans, days=end), members
