"""The words and the symbols of the course: ``bl.glossary("Kd")``.

Terms and variables stand in ``glossary.toml``; the numbers that have symbols stand in the
parameter tables. ``reference_pages.py`` makes two pages of the documentation from them.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bonelab.parameters import BonelabError, Checked, Whole, door, one_of
from bonelab.parameters.argument_types import Anything
from bonelab.parameters.records import read_rows

FILE = Path(__file__).with_name("glossary.toml")


@dataclass(frozen=True)
class Term:
    """A word of the course, what it means, and the lesson that explains it.

    ``forms`` are its other spellings; ``named_in`` are earlier lessons that name it in passing.
    """

    term: str
    definition: str
    lesson: int
    forms: tuple = ()
    named_in: tuple = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every way in which a lesson writes the term; a single word of it first."""
        whole = () if "," in self.term or " and " in self.term else (self.term,)
        return (*whole, *self.forms)

    def __repr__(self):
        return f"{self.term} (lesson {self.lesson}): {self.definition}"

    def _repr_markdown_(self):
        return f"**{self.term}** (lesson {self.lesson}): {self.definition}"


@dataclass(frozen=True)
class Variable:
    """A symbol that stands for a quantity which changes in a run."""

    symbol: str  # as in TeX
    meaning: str
    unit: str
    lesson: int


class Glossary(list):
    """A list of terms that a notebook shows as a list."""

    def __repr__(self):
        return "\n".join(map(repr, self))

    def _repr_markdown_(self):
        return "\n".join(f"- {term._repr_markdown_()}" for term in self)


@cache
def terms():
    """Every term of the course, in the order of the lessons."""
    return Glossary(read_rows(FILE, "term", Term))


@cache
def variables():
    """The symbols of quantities that change in a run, in the order of the lessons."""
    return tuple(read_rows(FILE, "variable", Variable))


@door(
    "bl.glossary",
    term=Checked("a word of the course", lambda _, value: value, "text"),
    lesson=Whole("number of a lesson", 0, 99),
)
def glossary(term: Anything = None, lesson: int | None = None) -> Any:
    """What a word of the course means; without a word all of them, or those of one lesson.

    Upper and lower case and a plural s do not matter. Raises BonelabError for an unknown word.

    Examples
    --------
    >>> bl.glossary("Kd")
    Kd (lesson 1): The concentration of a ligand at which half of its receptor...
    """
    if term is not None:
        known = {_key(name): entry for entry in terms() for name in (entry.term, *entry.forms)}
        wanted = _key(str(term))
        if wanted not in known:
            wanted = wanted.removesuffix("s")
        if wanted not in known:
            one_of("term", term, [name for entry in terms() for name in entry.spellings])
        return known[wanted]
    if lesson is None:
        return terms()
    chosen = Glossary(entry for entry in terms() if entry.lesson == lesson)
    if not chosen:
        last = max(entry.lesson for entry in terms())
        raise BonelabError(
            f"lesson = {lesson!r} explains no term; lessons are numbered 0 to {last}."
        )
    return chosen


def _key(name):
    return name.casefold().replace("κ", "k")
