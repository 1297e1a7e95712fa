"""The course's one bibliography: key -> authors, year, title, journal, DOI."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote

from .errors import one_of

_FILE = Path(__file__).with_name("references.toml")


@dataclass(frozen=True)
class Reference:
    """One publication. ``seen`` is False when its number was recalled and not read in it."""

    key: str
    authors: str
    year: int
    title: str
    journal: str
    doi: str = ""
    seen: bool = True

    def __str__(self):
        doi = f" doi:{self.doi}" if self.doi else ""
        return f"{self.authors} ({self.year}). {self.title}. {self.journal}.{doi}"


@cache
def references():
    """All references of the course by key."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {key: Reference(key=key, **entry) for key, entry in data.items()}


def cite(key):
    """One reference as a line of text. Raises BonelabError for an unknown key."""
    return str(references()[one_of("key", key, references())])


class Sources(list):
    """A list of references that a notebook shows as a list."""

    def _repr_markdown_(self):
        return "\n".join(f"- {_linked(line)}" for line in self)

    def __repr__(self):
        return "\n".join(self)


def _linked(line):
    """The line with its DOI as a link."""
    return re.sub(r"doi:(\S+)", lambda doi: f"[{doi[0]}](https://doi.org/{quote(doi[1])})", line)


def sources(*keys):
    """The sources of a lesson, in the order given; those recalled and not read say so."""
    known = references()
    lines = []
    for key in keys:
        reference = known[one_of("key", key, known)]
        recalled = "" if reference.seen else " (recalled, not read for this course: illustrative)"
        lines.append(f"{reference}{recalled}")
    return Sources(lines)
