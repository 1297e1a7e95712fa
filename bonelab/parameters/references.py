"""The course's one bibliography: key -> authors, year, title, journal, DOI."""

import re
from dataclasses import dataclass
from functools import cache
from html import escape, unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from .errors import BonelabError, one_of
from .records import read_records, record

_FILE = Path(__file__).with_name("references.toml")


@dataclass(frozen=True)
class Reference:
    """One publication. Where ``seen`` is False its title was not looked up: it is illustrative."""

    key: str
    authors: str
    year: int
    title: str
    journal: str
    doi: str = ""
    seen: bool = True

    def __post_init__(self):
        if not 1800 < self.year < 2100:
            raise BonelabError(f"year = {self.year} is no year of a publication.")
        if self.doi and not self.doi.startswith("10."):
            raise BonelabError(f"doi = {self.doi!r} should begin with 10., without an address.")

    def __str__(self):
        doi = f" doi:{self.doi}" if self.doi else ""
        return f"{self.authors} ({self.year}). {self.title}. {self.journal}.{doi}"


@cache
def references() -> dict[str, Any]:
    """All references of the course by key.

    Examples
    --------
    >>> bl.parameters.references()["kong1999"].year
    1999
    """
    return read_records(_FILE, lambda key, entry: record(Reference, entry, key=key))


def cite(key: str) -> str:
    """One reference as a line of text. Raises BonelabError for an unknown key.

    Examples
    --------
    >>> print(bl.parameters.cite("kong1999"))
    Kong YY, et al. (1999). OPGL is a key regulator of osteoclastogenesis...
    """
    return str(references()[one_of("key", key, references())])


class Sources(list):
    """A list of references that a notebook shows as a list."""

    def _repr_html_(self):
        rows = "".join(f"<li>{_anchored(line)}</li>" for line in self)
        return f"<ul style='overflow-wrap: anywhere'>{rows}</ul>"

    def _repr_markdown_(self):
        return "\n".join(f"- {_linked(line)}" for line in self)

    def __repr__(self):
        return "\n".join(self)


def _linked(line):
    """The line with its DOI as a link."""
    return re.sub(r"doi:(\S+)", lambda doi: f"[{doi[0]}](https://doi.org/{quote(doi[1])})", line)


def _anchored(line):
    """The same as HTML; underlined, for colour alone does not tell a link within text."""
    look = 'target="_blank" rel="noopener" style="text-decoration: underline"'
    return re.sub(
        r"doi:(\S+)",
        lambda doi: f'<a href="https://doi.org/{quote(unescape(doi[1]))}" {look}>{doi[0]}</a>',
        escape(line),
    )


def sources(*keys: Any) -> Any:
    """The sources of a lesson, in the order given; values from some of them are illustrative.

    Examples
    --------
    >>> bl.sources("kong1999")
    Kong YY, et al. (1999). OPGL is a key regulator of osteoclastogenesis...
    """
    known = references()
    chosen = [known[one_of("key", key, known)] for key in keys]
    return Sources(
        f"{reference}{'' if reference.seen else ' (illustrative value)'}" for reference in chosen
    )
