"""One table of numbers with units, ranges, sources and status; units are converted here only."""

from .amounts import amount, as_number, duration
from .doors import door
from .errors import ArgumentError, BonelabError, listed, one_of, refuse
from .kinds import Checked, Choice, Flag, Kind, Made, ParameterSet, Quantity, Whole, uncalled
from .numerals import Unreadable, write
from .references import Reference, cite, references, sources
from .table import Parameter, load, records, rooms
from .units import DAYS_PER_MONTH, MOLAR_MASS

__all__ = [
    "DAYS_PER_MONTH",
    "MOLAR_MASS",
    "ArgumentError",
    "BonelabError",
    "Checked",
    "Choice",
    "Flag",
    "Kind",
    "Made",
    "Parameter",
    "ParameterSet",
    "Quantity",
    "Reference",
    "Unreadable",
    "Whole",
    "amount",
    "as_number",
    "cite",
    "door",
    "duration",
    "listed",
    "load",
    "one_of",
    "records",
    "references",
    "refuse",
    "rooms",
    "sources",
    "uncalled",
    "write",
]
