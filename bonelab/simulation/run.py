"""Run: the frozen result of one simulation, which can tell its own story in one sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from os import PathLike
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from bonelab.parameters import (
    Checked,
    InBrackets,
    Kind,
    Whole,
    door,
    duration,
    one_of,
    refuse,
    uncalled,
    write,
)
from bonelab.parameters.argument_types import Anything

from .summaries import summarise

if TYPE_CHECKING:
    import pandas


def _file(name, value):
    """A path, an open file, or None."""
    if value is None or isinstance(value, str | PathLike) or hasattr(value, "write"):
        return value
    refuse(name, value, "it should be the name of a file.")


SERIES_NAME = Checked("name of a series; all of them by default", lambda _, name: name, "text")
SERIES_NAMES = Checked("names of series; those that matter by default", lambda _, v: v, "text")
AXES = Checked("matplotlib Axes to draw into", lambda _, value: value, "Axes")
FILE = Checked("where to write it; None returns the text", _file, "path", reads_none=True)


class _Readings(dict):
    """Values by the name of their series, which may be written with other capitals."""

    def __missing__(self, name):
        return self[one_of("series", name, self)]


_MAPPINGS = ("series", "units", "facts", "arguments")
_COMPARED = (
    "kind", "time_unit", "names", "units", "facts", "subject", "treatment", "species", "local",
    "parameters", "events", "notes",
)  # fmt: skip
# More than a picture can show; fewer than two would be no course in time.
POINTS = Whole("evenly spaced times of the result", 2, 100_000, of="points")


@dataclass(frozen=True)
class Note:
    """Something that a reader of a run should know; ``kind`` is what code asks for."""

    kind: str  # "not bound", "untried", "local", "two doses", "unlivable", "beyond", "unread"
    text: str
    about: str = ""  # the series that it is about


@dataclass(frozen=True, eq=False)
class Run(InBrackets):
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
    arguments: Mapping = field(default_factory=dict)  # what the experiment was given, converted
    species: str = ""  # "human", "mouse"; empty for a dish
    local: bool = False  # a single site: its markers are not those of the blood
    events: tuple = ()  # (time, words) of doses, starts and stops
    notes: tuple = ()  # of Note: what a reader should know about this run

    variable = _called = "run"  # what its code calls it

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
        for name in _MAPPINGS:
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))

    def __eq__(self, other):
        """The same experiment on the same subject with the same result, number for number."""
        if not isinstance(other, Run):
            return NotImplemented
        same = all(getattr(self, name) == getattr(other, name) for name in _COMPARED)
        arrays = [(self.time, other.time), *((v, other.series.get(n)) for n, v in self.items())]
        return same and all(np.array_equal(mine, yours) for mine, yours in arrays)

    def __hash__(self):
        return hash((self.kind, self.subject, self.treatment, self.time.size))

    def __getstate__(self):
        state = dict(self.__dict__)
        return state | {name: dict(state[name]) for name in _MAPPINGS}

    def __setstate__(self, state):
        self.__dict__.update(state)
        self.__post_init__()

    def _entries(self):
        return self.__dict__.get("series", ())  # a run that is being read back has none yet

    def items(self) -> Any:
        """Pairs of name and series."""
        return self.series.items()

    def noted(self, kind: str) -> bool:
        """Whether there is a note of this kind."""
        return any(note.kind == kind for note in self.notes)

    def notes_on(self, *names: str) -> list[str]:
        """What a reader of these series should know, a text each."""
        return list(dict.fromkeys(note.text for note in self.notes if note.about in names))

    def __getitem__(self, name):
        return self.series[one_of("series", name, self.series)]

    def __contains__(self, name):
        return name in self.series

    @property
    def names(self) -> list[str]:
        """The names of all series."""
        return list(self.series)

    @property
    def final(self) -> dict[str, float]:
        """The last value of every series."""
        return _Readings({name: float(values[-1]) for name, values in self.series.items()})

    @door(
        time=Checked("a moment of the run", lambda _, value: value, "number or text"),
        name=SERIES_NAME,
    )
    def at(self, time: Anything, name: Anything = None) -> Any:
        """All series (a dict), or one (a float), at a time such as "6 months" or a plain number.

        Between computed times the value is interpolated. Raises BonelabError outside the run.
        """
        moment = duration(time, self.time_unit, argument="time", above=False)
        if not self.time[0] <= moment <= self.time[-1] * (1 + 1e-12):
            span = f"{self.time_unit}s {write(self.time[0])} to {write(self.time[-1])}"
            refuse(
                "time",
                time,
                f"it covers {span}. Choose a time within it, or simulate for longer.",
                fault="is outside this run",
            )
        if name is not None:
            return float(np.interp(moment, self.time, self[name]))
        return {key: float(np.interp(moment, self.time, v)) for key, v in self.series.items()}

    @door()
    def table(self) -> "pandas.DataFrame":
        """A pandas table: one row per time, one column per series, units in the header."""
        import pandas as pd

        columns = {f"time ({self.time_unit})": self.time}
        for name, values in self.series.items():
            unit = self.units.get(name, "1")
            columns[name if unit == "1" else f"{name} ({unit})"] = values
        return pd.DataFrame(columns)

    @door(path=FILE)
    def to_csv(self, path: Anything = None) -> str | None:
        """Write the table as CSV to ``path``, or return it as text."""
        return self.table().to_csv(path, index=False)

    @door(path=FILE)
    def save(self, path: Anything) -> Any:
        """Write the run to a file (JSON) that ``bl.Run.load(path)`` reads; returns its path."""
        from .run_files import save

        return save(self, path)

    @classmethod
    def load(cls, path: str | PathLike[str]) -> "Run":
        """The run in a file that ``run.save(path)`` has written, equal to what was saved."""
        from .run_files import read

        content = read(_file("path", path))
        notes = tuple(Note(**note) for note in content.pop("notes"))
        return cls(**content, notes=notes)

    def summary(self) -> str:
        """One sentence of plain English with the numbers that matter."""
        return summarise(self)

    @door(names=SERIES_NAMES, ax=AXES)
    def plot(self, *names: Anything, ax: Anything = None) -> Any:
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
            + "".join(f"<tr><td colspan='3'>{words}</td></tr>" for words in self.notes_on(name))
            for name in self.series
        )
        head = f"<caption style='text-align:left'>{self.summary()}</caption>"
        columns = "<tr><th></th><th>at the end</th><th>unit</th></tr>"
        return f"<table>{head}{columns}{rows}</table>"


@dataclass(frozen=True)
class Moment(Kind):
    """A time within runs, a number in their unit or text; each run checks its own span."""

    meaning: str
    expects = "number in the unit of the run, or text"

    def read(self, name: str, value: Any) -> Any:
        """The time as it was given."""
        duration(value, argument=name, above=False)
        return value


@dataclass(frozen=True)
class NamedRuns(Kind):
    """Runs by name, all of one kind."""

    meaning: str
    kind: str = ""  # of the runs; any, but the same for all, where it is empty
    fewest: int = 1
    expects = "{name: Run, ...}"

    def read(self, name: str, value: Any) -> dict[str, Run]:
        """A dict."""
        several = "two or more runs" if self.fewest > 1 else "one or more runs"
        if not isinstance(value, Mapping) or len(value) < self.fewest:
            refuse(name, value, f"it should be {several} by name: {{'a': run1, 'b': run2}}.")
        for label, run in value.items():
            if not isinstance(run, Run):
                refuse(f"{name}[{label!r}]", run, "it should be a Run, as bl.simulate(...) gives.")
        kinds = {run.kind for run in value.values()}
        if len(kinds) > 1 or (self.kind and kinds != {self.kind}):
            wanted = f"of a {self.kind}" if self.kind else "of one kind"
            refuse(name, sorted(kinds), f"the runs should be {wanted}.")
        return dict(value)


@dataclass(frozen=True)
class RunOf(Kind):
    """A run of one kind of experiment."""

    kind: str
    maker: str  # "bl.forward.culture"
    unnamed = True

    @property
    def meaning(self) -> str:
        """For the docstring."""
        return f"the run that is drawn, from {self.maker}(...)"

    expects = "Run"

    def read(self, name: str, value: Any) -> Run:
        """The run."""
        if not isinstance(value, Run):
            refuse(name, value, f"it should come from {self.maker}(...).{uncalled(value)}")
        if value.kind != self.kind:
            refuse(name, value.kind, f"the run should come from {self.maker}(...).")
        return value
