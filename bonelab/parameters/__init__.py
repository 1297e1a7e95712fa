"""One table of numbers with units, ranges, sources and status; units are converted here only."""

from .amounts import amount, as_number, duration
from .brackets import InBrackets
from .doors import door
from .errors import ArgumentError, BonelabError, listed, no_name, one_of, refuse
from .kinds import (
    Checked,
    Choice,
    Flag,
    Kind,
    Made,
    Names,
    ParameterSet,
    Quantity,
    Text,
    Whole,
    uncalled,
)
from .numerals import Unreadable, write
from .references import Reference, cite, references
from .references import sources as _sources
from .table import Parameter, load, records, rooms
from .units import DAYS_PER_MONTH, DAYS_PER_YEAR, HOURS_PER_DAY, MOLAR_MASS

sources = door(
    "bl.sources",
    keys=Checked("keys of the bibliography", lambda _, keys: keys, "text"),
)(_sources)

__all__ = [
    "DAYS_PER_MONTH",
    "DAYS_PER_YEAR",
    "HOURS_PER_DAY",
    "MOLAR_MASS",
    "ArgumentError",
    "BonelabError",
    "Checked",
    "Choice",
    "Flag",
    "InBrackets",
    "Kind",
    "Made",
    "Names",
    "Parameter",
    "ParameterSet",
    "Quantity",
    "Reference",
    "Text",
    "Unreadable",
    "Whole",
    "amount",
    "as_number",
    "cite",
    "door",
    "duration",
    "listed",
    "load",
    "no_name",
    "one_of",
    "records",
    "references",
    "refuse",
    "rooms",
    "sources",
    "uncalled",
    "write",
]
