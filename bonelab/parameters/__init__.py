"""One table of numbers with units, ranges, sources and status; units are converted here only."""

from .errors import BonelabError, one_of, refuse
from .references import Reference, cite, references, sources
from .table import Parameter, load, records, rooms
from .units import DAYS_PER_MONTH, MOLAR_MASS, amount, duration

__all__ = [
    "DAYS_PER_MONTH",
    "MOLAR_MASS",
    "BonelabError",
    "Parameter",
    "Reference",
    "amount",
    "cite",
    "duration",
    "load",
    "one_of",
    "records",
    "references",
    "refuse",
    "rooms",
    "sources",
]
