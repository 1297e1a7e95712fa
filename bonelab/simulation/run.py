"""Run: the frozen result of one simulation, which can tell its own story in one sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from bonelab.parameters import duration, one_of

from .summaries import summarise


@dataclass(frozen=True, eq=False)
class Run:
    """One simulation: time, named series with units, and how it was made.

    ``run["CTX"]`` is a series, ``run.at("6 months", "CTX")`` a value, ``run.summary()`` a sentence.
    """

    kind: str  # "forward dish", "reverse dish", "tissue", ...
    time: np.ndarray
    time_unit: str  # "hour" or "day"
    series: Mapping
    units: Mapping
    subject: str = ""
    treatment: str = ""
    parameters: object = None
    status: str = ""
    code: str = ""  # the lines that reproduce this run
    facts: Mapping = field(default_factory=dict)  # single numbers of this run, by name

    def __post_init__(self):
        for name, values in [("time", self.time), *self.series.items()]:
            array = np.array(values, dtype=float)
            if array.shape != np.shape(self.time):
                raise ValueError(f"series {name!r} has shape {array.shape}, not that of time")
            array.flags.writeable = False
            if name == "time":
                object.__setattr__(self, "time", array)
            else:
                self.series[name] = array
        for name in ("series", "units", "facts"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))

    def __getitem__(self, name):
        return self.series[one_of("series", name, self.series)]

    def __contains__(self, name):
        return name in self.series

    @property
    def names(self):
        """The names of all series."""
        return list(self.series)

    @property
    def final(self):
        """The last value of every series."""
        return {name: float(values[-1]) for name, values in self.series.items()}

    def at(self, time, name=None):
        """All series (a dict), or one (a float), at a time such as "6 months" or a plain number.

        Between computed times the value is interpolated. Raises BonelabError outside the run.
        """
        moment = duration(time, self.time_unit, argument="time", above=False)
        if not self.time[0] <= moment <= self.time[-1] * (1 + 1e-12):
            from bonelab.parameters import refuse

            span = f"{self.time[0]:g} to {self.time[-1]:g} {self.time_unit}s"
            refuse("time", time, f"this run goes from {span}.")
        if name is not None:
            return float(np.interp(moment, self.time, self[name]))
        return {key: float(np.interp(moment, self.time, v)) for key, v in self.series.items()}

    def table(self):
        """A pandas table: one row per time, one column per series, units in the header."""
        import pandas as pd

        columns = {f"time ({self.time_unit})": self.time}
        for name, values in self.series.items():
            unit = self.units.get(name, "1")
            columns[name if unit == "1" else f"{name} ({unit})"] = values
        return pd.DataFrame(columns)

    def to_csv(self, path=None):
        """Write the table as CSV to ``path``, or return it as text."""
        return self.table().to_csv(path, index=False)

    def summary(self):
        """One sentence of plain English with the numbers that matter."""
        return summarise(self)

    def plot(self, *names, ax=None):
        """Draw the named series (those that matter by default) over time, or into Axes ``ax``."""
        from bonelab.figures import plot_run  # drawing is a room above; loaded when asked for

        return plot_run(self, *names, ax=ax)

    def __repr__(self):
        return f"<Run: {self.summary()}>"

    def _repr_html_(self):
        final = self.final
        rows = "".join(
            f"<tr><th style='text-align:left'>{name}</th><td>{final[name]:.4g}</td>"
            f"<td>{'' if self.units.get(name, '1') == '1' else self.units[name]}</td></tr>"
            for name in self.series
        )
        head = f"<caption style='text-align:left'>{self.summary()}</caption>"
        columns = "<tr><th></th><th>at the end</th><th>unit</th></tr>"
        return f"<table>{head}{columns}{rows}</table>"
