"""Compare runs of the same kind side by side: a table, a sentence, a plot."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from bonelab.parameters import DAYS_PER_MONTH, Names, door, one_of
from bonelab.parameters.argument_types import Anything, Strings, TimeOfRun

from .run import AXES, SERIES_NAMES, Moment, NamedRuns

if TYPE_CHECKING:
    import pandas

# What a reader wants to see first of each kind of run; any other run shows all its series.
_FIRST = {
    "forward dish": ("occupancy", "NFATc1", "osteoclasts", "nuclei per osteoclast", "pits"),
    "reverse dish": ("clustered RANKL", "Akt", "mTORC1", "Runx2", "Col1a1", "mineral"),
    "tissue": ("CTX", "P1NP", "BMD hip", "BMD spine"),
}
_SITE = ("resorption", "formation", "bone volume hip", "bone volume spine")  # mice, local sites


_WHEN = Moment("when; the end that all runs reach by default")
_NAMES = Names("series to show; those that matter by default")


@dataclass(frozen=True, eq=False)
class Comparison:
    """Named runs of one kind. ``.table()``, ``.summary()``, ``.plot("CTX")``."""

    runs: Mapping

    def __post_init__(self):
        object.__setattr__(self, "runs", MappingProxyType(dict(self.runs)))

    @property
    def names(self) -> list[str]:
        """The names that the runs were given."""
        return list(self.runs)

    @property
    def series(self) -> list[str]:
        """The series shown first, of those that all runs have."""
        runs = list(self.runs.values())
        shared = [name for name in runs[0].names if all(name in run for run in runs)]
        if runs[0].kind == "tissue" and not all(_blood(run) for run in runs):
            return [name for name in _SITE if name in shared]
        first = [name for name in _FIRST.get(runs[0].kind, ()) if name in shared]
        return first or shared

    @property
    def end(self) -> float:
        """The last time that all runs reach."""
        return min(float(run.time[-1]) for run in self.runs.values())

    @door(time=_WHEN, names=_NAMES)
    def table(self, time: TimeOfRun = None, names: Strings = None) -> "pandas.DataFrame":
        """A pandas table: one row per run, one column per series, at ``time`` (the end if None).

        Raises BonelabError for a time outside a run or a series that is not there.
        """
        import pandas as pd

        moment = self.end if time is None else time
        columns = self.series if names is None else names
        rows = {
            label: [run.at(moment, name) for name in columns] for label, run in self.runs.items()
        }
        units = next(iter(self.runs.values())).units
        heads = [n if units.get(n, "1") == "1" else f"{n} ({units[n]})" for n in columns]
        return pd.DataFrame.from_dict(rows, orient="index", columns=heads)

    @door(time=_WHEN)
    def summary(self, time: TimeOfRun = None) -> str:
        """One sentence: the first series of every run, side by side."""
        table = self.table(time)
        unit = next(iter(self.runs.values())).time_unit
        moment = self.end if time is None else time
        when = moment if isinstance(moment, str) else _span(moment, unit)
        parts = []
        for column in table:
            digits = ".1f" if column.endswith("(%)") else ".3g"
            values = [f"{label} {value:{digits}}" for label, value in table[column].items()]
            parts.append(f"{column}: {', '.join(values)}")
        return f"After {when}: {'; '.join(parts)}."

    @door(names=SERIES_NAMES, ax=AXES)
    def plot(self, *names: Anything, ax: Anything = None) -> Any:
        """Draw one series of every run on the same axes (by default the first); returns the axes.

        Raises BonelabError for a series that a run does not have.
        """
        from bonelab.figures.run_comparison import plot_comparison  # drawing is a room above

        return plot_comparison(self, *names, ax=ax)

    def __getitem__(self, label):
        return self.runs[one_of("run", label, self.runs)]

    def __repr__(self):
        return f"<Comparison: {self.summary()}>"

    def _repr_html_(self):
        return f"<p>{self.summary()}</p>{self.table().to_html(float_format='%.4g')}"


@door("bl.compare", runs=NamedRuns("the runs, all of one kind", fewest=2))
def compare(runs: Anything) -> Comparison:
    """Put runs side by side: ``bl.compare({"denosumab": run1, "reverse agonist": run2})``.

    Returns
    -------
    Comparison

    Examples
    --------
    >>> untreated, treated = bl.simulate(years=1), bl.simulate(None, bl.denosumab(), years=1)
    >>> list(bl.compare({"untreated": untreated, "treated": treated}).runs)
    ['untreated', 'treated']
    """
    return Comparison(runs)


def _blood(run):
    return run.species != "mouse" and not run.local


def _span(moment, unit):
    if unit != "day" or moment < 130:
        return f"{moment:.3g} {unit}s"
    months = moment / DAYS_PER_MONTH
    return f"{months:.3g} months" if months < 23.5 else f"{months / 12:.3g} years"
