"""The one table of numbers: each has value, unit, range, meaning, source and status.

From a record come the default, the slider with its range and tooltip, the validation message,
the parameter table in a lesson and the reference list.
"""

from dataclasses import dataclass, field, make_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from .amounts import amount
from .errors import BonelabError, one_of
from .records import read_records, record
from .references import cite

_FOLDER = Path(__file__).with_name("tables")
STATUSES = ("measured", "fitted", "assumed")


@dataclass(frozen=True)
class Parameter:
    """One number of the model and everything a reader may ask about it."""

    name: str
    symbol: str
    value: float
    unit: str
    low: float
    high: float
    meaning: str
    source: str
    status: str
    refs: tuple = ()
    interval: tuple = ()  # 68 % interval of a fitted value
    note: str = ""
    slider: str = ""  # short words on the control of a lab

    @property
    def label(self) -> str:
        """Words for an axis or a slider, with the unit."""
        return self.meaning if self.unit == "1" else f"{self.meaning} ({self.unit})"

    def describe(self) -> str:
        """One sentence for a tooltip."""
        unit = "" if self.unit == "1" else f" {self.unit}"
        return (
            f"{self.meaning}: {self.value:g}{unit}, sensible range {self.low:g} to "
            f"{self.high:g}{unit} ({self.status}). {self.source}"
        )

    def check(self, value: Any) -> float:
        """Convert ``value`` to this parameter's unit and refuse what lies outside its range."""
        return amount(
            value, self.unit, argument=self.name, what=self.meaning, low=self.low, high=self.high
        )


def _read_parameter(name, entry):
    parameter = record(Parameter, entry, name=name)
    one_of("status", parameter.status, STATUSES)
    value, low, high = parameter.value, parameter.low, parameter.high
    if not low < high:
        raise BonelabError(f"low = {low:g} should be less than high = {high:g}.")
    if not low <= value <= high:
        raise BonelabError(f"value = {value:g} lies outside its own range, {low:g} to {high:g}.")
    return parameter


def records(room: str) -> dict[str, Parameter]:
    """All records of one room of the table (``"binding"``, ``"forward"``, ...) by name.

    Examples
    --------
    >>> record = bl.parameters.records("forward")["tau_TRAF6"]
    >>> record.unit, record.status
    ('hour', 'assumed')
    """
    return _records(one_of("room", room, rooms()))


@cache
def _records(room):
    return read_records(_FOLDER / f"{room}.toml", _read_parameter)


@cache
def rooms() -> list[str]:
    """The rooms that have a parameter table.

    Examples
    --------
    >>> "forward" in bl.parameters.rooms()
    True
    """
    return sorted(path.stem for path in _FOLDER.glob("*.toml") if path.stem != "regulators")


class _ParameterMethods:
    """What every parameter set can do; the numbers are plain slotted attributes."""

    __slots__ = ()

    def with_(self, **changes):
        """A copy with other values, converted and checked against the table's ranges."""
        table = self.records()
        named = {one_of("parameter", name, table): value for name, value in changes.items()}
        return replace(self, **{name: table[name].check(value) for name, value in named.items()})

    def record(self, name):
        """The table's record of one parameter."""
        return self.records()[one_of("parameter", name, self.records())]

    @classmethod
    def records(cls):
        """All records by name, in the order of the table."""
        return records(cls.room)

    def __reduce__(self):
        return _rebuilt, (self.room, self.as_dict())  # travels between processes

    @property
    def code(self):
        """The line that makes this set."""
        usual = _container(self.room)()
        changed = [
            f", {name}={float(value)!r}"
            for name, value in self.as_dict().items()
            if value != getattr(usual, name)
        ]
        return f"bl.parameters.load({self.room!r}{''.join(changed)})"

    def as_dict(self):
        """Name -> value."""
        return {name: getattr(self, name) for name in self.records()}

    def table(self):
        """A pandas table: symbol, value, unit, range, status, meaning, source."""
        import pandas as pd

        rows = [
            {
                "name": record.name,
                "symbol": record.symbol,
                "value": getattr(self, record.name),
                "unit": record.unit,
                "range": f"{record.low:g} to {record.high:g}",
                "status": record.status,
                "meaning": record.meaning,
                "source": "; ".join([record.source, *map(cite, record.refs)]),
            }
            for record in self.records().values()
        ]
        return pd.DataFrame(rows).set_index("name")

    def __repr__(self):
        return f"<Parameters: {self.code}>"

    def _repr_html_(self):
        import pandas as pd

        with pd.option_context("display.max_colwidth", None):  # meanings are whole sentences
            return self.table().to_html()


@cache
def _container(room):
    """A frozen, slotted class with one float per parameter: the fastest container to read."""
    fields = [(name, float, field(default=r.value)) for name, r in records(room).items()]
    made = make_dataclass(
        f"{room.title().replace('_', '')}Parameters",
        fields,
        bases=(_ParameterMethods,),
        frozen=True,
        slots=True,
        kw_only=True,
        repr=False,
        namespace={"room": room},
    )
    made.__module__ = __name__
    return made


def _rebuilt(room, values):
    return _container(room)(**values)


def load(room: str, **changes: Any) -> Any:
    """The parameters of one room at their table values, or with ``changes``.

    Raises BonelabError for an unknown room or parameter and for values outside the range.

    Examples
    --------
    >>> p = bl.parameters.load("forward", tau_TRAF6="6 min")
    >>> p.tau_TRAF6
    0.1
    """
    parameters = _container(one_of("room", room, rooms()))()
    return parameters.with_(**changes) if changes else parameters
