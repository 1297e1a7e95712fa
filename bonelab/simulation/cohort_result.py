"""What comes out of a simulated cohort: quantile curves, a table of patients, single patients."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from bonelab.parameters import (
    DAYS_PER_MONTH,
    Checked,
    InBrackets,
    Quantity,
    Whole,
    door,
    duration,
    one_of,
    refuse,
    write,
)
from bonelab.parameters.argument_types import Amount, Amounts, Anything, TimeOfRun

from .run import AXES, FILE, POINTS, SERIES_NAME, SERIES_NAMES, Moment

if TYPE_CHECKING:
    import pandas

    from .run import Run

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True, eq=False)
class CohortRun(InBrackets):
    """Many women over time. ``run["CTX"]`` is an array, one row per woman, one column per time.

    ``run.quantiles("CTX")``, ``run.at("6 months", "CTX")``, ``run.table("2 years")``,
    ``run.run(17)`` (one woman with every series), ``run.summary()``, ``run.plot("CTX")``.
    """

    cohort: Any
    treatments: tuple
    treatment: str  # in words
    time: np.ndarray  # days
    series: Mapping
    units: Mapping
    code: str = ""  # the line that makes it again

    time_unit = "day"
    variable = _called = "run"
    kind = "cohort"

    def __getitem__(self, name):
        return self.series[one_of("series", name, self.series)]

    def _entries(self):
        return self.__dict__.get("series", ())

    def __contains__(self, name):
        return name in self.series

    def __len__(self):
        return self.cohort.n

    @property
    def names(self) -> list[str]:
        """The names of the series that were kept."""
        return list(self.series)

    @property
    def patients(self) -> "pandas.DataFrame":
        """The women: age, years and parameters (pandas)."""
        return self.cohort.patients

    @door(name=SERIES_NAME, levels=Quantity("share", "shares of the women", many=True))
    def quantiles(self, name: Anything, levels: Amounts = QUANTILES) -> "pandas.DataFrame":
        """A pandas table of quantiles over the women: one row per day, one column per level."""
        import pandas as pd

        levels = np.atleast_1d(levels)
        values = np.quantile(self[name], levels, axis=0).T
        index = pd.Index(self.time, name="day")
        return pd.DataFrame(values, index=index, columns=pd.Index(levels, name=name))

    @door(
        time=Checked("a moment of the run", lambda _, value: value, "number or text"),
        name=SERIES_NAME,
    )
    def at(self, time: Anything, name: Anything) -> Any:
        """The value of every woman at a time such as "6 months" (interpolated)."""
        moment = duration(time, "day", argument="time", above=False)
        if moment > self.time[-1] * (1 + 1e-12):
            span = f"days 0 to {write(self.time[-1])}"
            refuse("time", time, f"it covers {span}.", fault="is outside this run")
        right = min(int(np.searchsorted(self.time, moment)), self.time.size - 1)
        left = max(right - 1, 0)
        span = self.time[right] - self.time[left]
        share = (moment - self.time[left]) / span if span else 1.0
        values = self[name]
        return (1.0 - share) * values[:, left] + share * values[:, right]

    @door(time=Moment("when; at the end by default"))
    def table(self, time: TimeOfRun = None) -> "pandas.DataFrame":
        """A pandas table: each woman with her parameters and every series at one time (the end)."""
        when = self.time[-1] if time is None else time
        table = self.patients.copy()
        for name in self.series:
            unit = self.units.get(name, "1")
            table[name if unit == "1" else f"{name} ({unit})"] = self.at(when, name)
        return table

    @door(path=FILE, time=Moment("when; at the end by default"))
    def to_csv(self, path: Anything = None, time: TimeOfRun = None) -> str | None:
        """Write the table as CSV to ``path``, or return it as text."""
        return self.table(time).to_csv(path)

    @door(i=Whole("number of the patient, from 0", 0, 10**6), points=POINTS)
    def run(self, i: int, points: int = 401) -> "Run":
        """Patient ``i`` alone, with every series: an ordinary Run."""
        from .tissue import simulate

        person = self.cohort.subject(i)
        return simulate(person, self.treatments, days=float(self.time[-1]), points=points)

    @door(
        n=Whole("how many women", 1, 10**6, "women"),
        days=Quantity("moment", "up to which day; to the end by default"),
    )
    def first(self, n: int, days: Amount = None) -> "CohortRun":
        """The first ``n`` women alone, up to a day of the run."""
        if n > len(self):
            refuse("n", n, f"this cohort has {len(self)} women.")
        end = self.time[-1] if days is None else days
        kept = self.time <= end * (1 + 1e-9)
        return replace(
            self,
            cohort=replace(self.cohort, n=n),
            time=self.time[kept],
            series={name: values[:n, kept] for name, values in self.series.items()},
        )

    def summary(self) -> str:
        """One sentence with the numbers that matter."""
        months = self.time[-1] / DAYS_PER_MONTH
        treated = f" on {self.treatment}" if self.treatment else " without a drug"
        parts = []
        for name in self.series:
            low, middle, high = np.quantile(self[name][:, -1], (0.05, 0.5, 0.95))
            unit = self.units.get(name, "")
            unit = unit if unit in ("", "%") else f" {unit}"
            parts.append(f"{name} {middle:.0f}{unit} ({low:.0f} to {high:.0f})")
        return (
            f"{self.cohort.n:,} women{treated}, month {months:.0f}, median and middle 90%: "
            f"{', '.join(parts)}."
        )

    @door(names=SERIES_NAMES, ax=AXES)
    def plot(self, *names: Anything, ax: Anything = None) -> Any:
        """Draw quantile bands over time; returns the axes."""
        from bonelab.figures import plot_cohort  # drawing is a room above; loaded when asked for

        return plot_cohort(self, *names, ax=ax)

    def __repr__(self):
        return f"<CohortRun: {self.summary()}>"

    def _repr_html_(self):
        return f"<p>{self.summary()}</p>"
