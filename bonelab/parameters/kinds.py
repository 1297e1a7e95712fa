"""Kinds of arguments: a quantity, a whole number, a choice ... Each reads a value or refuses it."""

import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path

from .amounts import PURE, amount, as_number, plural
from .errors import one_of, refuse
from .names import plain_name
from .numerals import Unreadable, write
from .records import read_records, record
from .table import load
from .units import MOLAR_MASS

_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
)  # fmt: skip


@dataclass(frozen=True)
class ArgumentRecord:
    """What may be given in one sense, such as a dose: its unit, its range and words for it."""

    unit: str
    low: float
    high: float
    what: str
    source: str
    molecule: str = ""  # whose weight turns ng/ml into nM
    above: bool = False  # True where the lower end itself is not allowed
    or_none: bool = False  # True where None means something, and is passed on


@cache
def argument_records():
    """The table ``arguments.toml``: unit, range and words of what may be given, by name."""
    path = Path(__file__).with_name("arguments.toml")
    return read_records(path, lambda name, entry: asdict(record(ArgumentRecord, entry)))


class Kind:
    """What an argument may be: ``meaning`` and ``expects`` tell it, ``read`` converts a value."""

    reads_none = False  # True where ``read`` knows what None stands for
    shown = False  # True where the code of a run names it even if it was left out
    unnamed = False  # True where the code of a run gives it by its place

    @property
    def explained(self):
        """Lines of the docstring."""
        return textwrap.wrap(self.meaning, 90)

    def read(self, name, value):
        """Convert ``value``; raises BonelabError in words for what cannot be."""
        return value


class Quantity(Kind):
    """A number in a unit, or text: unit, range and words come from a record of arguments.toml."""

    def __init__(self, name, meaning, **changes):
        r = argument_records()[one_of("record", name, argument_records())] | changes
        self.meaning, self.unit, self.what = meaning, r["unit"], r["what"]
        self.low, self.high, self.above = float(r["low"]), float(r["high"]), r["above"]
        self.molecule, self.many = r["molecule"], r.get("many", False)
        self.reads_none = r["or_none"]
        self.shown = r.get("shown", False)
        self.body_weight, self.finite = r.get("body_weight"), r.get("finite", True)

    def read(self, name, value):
        """The float in the unit of the record."""
        if value is None and self.reads_none:
            return None
        return amount(
            value,
            self.unit,
            argument=name,
            what=self.what,
            low=self.low,
            high=self.high,
            above=self.above,
            many=self.many,
            molar_mass=MOLAR_MASS.get(self.molecule),
            body_weight=self.body_weight,
            finite=self.finite,
        )

    @property
    def expects(self):
        """For the docstring."""
        number = "number" if self.unit in PURE else f"{plural(self.unit)} or text"
        return f"{number}, or an array" if self.many else number

    @property
    def explained(self):
        """Meaning and range."""
        unit = "" if self.unit in PURE else f" {plural(self.unit)}"
        above = "above " if self.above else ""
        return textwrap.wrap(
            f"{self.meaning} ({above}{write(self.low)} to {write(self.high)}{unit})", 90
        )


@dataclass(frozen=True)
class Whole(Kind):
    """A whole number; 2.0, '2' and 'two' are 2."""

    meaning: str
    low: int = 0
    high: int = 10**6
    of: str = ""  # what is counted: 'doses'
    shown: bool = False

    @property
    def expects(self):
        """For the docstring."""
        return f"whole number, {self.low} to {self.high}"

    def read(self, name, value):
        """The int."""
        if isinstance(value, str) and plain_name(value) in _WORDS:
            number = _WORDS.index(plain_name(value))
        else:
            try:
                number = as_number(value, self.of or "number")
            except Unreadable as reason:
                wish = self._wish()
                refuse(name, value, f"{reason} I{wish[1:]}" if reason.enough else wish)
        if not self.low <= number <= self.high or number != int(number):
            refuse(name, value, self._wish())
        return int(number)

    def _wish(self):
        of = f" of {self.of}" if self.of else ""
        return f"it should be a whole number{of} from {self.low} to {self.high}."


@dataclass(frozen=True)
class Flag(Kind):
    """True or False."""

    meaning: str
    expects = "True or False"

    def read(self, name, value):
        """The bool."""
        if type(value).__name__ not in ("bool", "bool_"):  # Python's own or numpy's
            refuse(name, value, "it should be True or False.")
        return bool(value)


@dataclass(frozen=True)
class Choice(Kind):
    """One of several names, which may be given as a function that lists them."""

    meaning: str
    options: object
    also: object = field(default_factory=dict)  # other spelling -> name, or a function
    shown: bool = False
    expects = "text"

    @property
    def names(self):
        """The names."""
        return list(self.options() if callable(self.options) else self.options)

    def read(self, name, value):
        """The name as it is written in the table."""
        return one_of(name, value, self.names, self.also() if callable(self.also) else self.also)


@dataclass(frozen=True)
class Text(Kind):
    """Words that are shown as they are."""

    meaning: str
    expects = "text"

    def read(self, name, value):
        """The text."""
        if not isinstance(value, str):
            refuse(name, value, "it should be text.")
        return value


@dataclass(frozen=True)
class Names(Kind):
    """Several names, or one; which there are is looked up later."""

    meaning: str
    expects = "text, or several"

    def read(self, name, value):
        """A list without doubles."""
        several = [value] if isinstance(value, str) else value
        if not isinstance(several, Iterable) or isinstance(several, Mapping | bytes):
            refuse(name, value, "it should be a name, or several in a list.")
        return list(dict.fromkeys(map(str, several)))


@dataclass(frozen=True)
class ParameterSet(Kind):
    """A set of numbers from ``bl.parameters.load(room)``; left out, those of the table."""

    room: str
    reads_none = True
    expects = "parameter set"

    @property
    def meaning(self):
        """For the docstring."""
        return f'other numbers: bl.parameters.load("{self.room}", name=value)'

    def read(self, name, value):
        """The set."""
        if value is None:
            return load(self.room)
        if getattr(value, "room", None) != self.room or isinstance(value, type):
            refuse(name, value, f'it should come from bl.parameters.load("{self.room}", ...).')
        return value


@dataclass(frozen=True)
class Made(Kind):
    """Something that another function of the course makes, such as a subject."""

    type: type
    meaning: str
    makers: str  # "bl.woman(...) or bl.mouse(...)"
    unnamed = True

    @property
    def expects(self):
        """For the docstring."""
        return f"from {self.makers}"

    def read(self, name, value):
        """The thing itself."""
        if not isinstance(value, self.type):
            refuse(name, value, f"it should come from {self.makers}.{uncalled(value)}")
        return value


def uncalled(value):
    """A hint for a function that was given instead of what it makes, or ''."""
    called = getattr(value, "path", "")
    return f" Write {called}() with its brackets." if called and callable(value) else ""


@dataclass(frozen=True)
class Checked(Kind):
    """An argument that a function of its own reads: ``reader(name, value)``."""

    meaning: str
    reader: object
    expects: str
    reads_none: bool = False

    def read(self, name, value):
        """What the reader gives."""
        return self.reader(name, value)
