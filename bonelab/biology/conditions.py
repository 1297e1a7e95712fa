"""Diseases of people and genotypes of mice: named changes of a subject, as records with sources.

The entries are data (``bonelab/parameters/conditions/``); a misspelt key, an unknown factor or a
source that the bibliography does not have is told with file and entry when the file is read.
"""

from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path

from bonelab import parameters
from bonelab.numerics import smaller
from bonelab.parameters import BonelabError, amount, one_of, references
from bonelab.parameters.records import read_records, record

from .lesions import Hypercalcaemia, Metastasis
from .remodelling import Condition

_FOLDER = Path(parameters.__file__).parent / "conditions"
LESIONS = {"metastasis": Metastasis, "hypercalcaemia": Hypercalcaemia}
SITES = ("local", "whole body")
# what a factor or an amount of a condition may be: unit, words, largest value
_LIMITS = {
    "extra_RANKL": ("nM", "a RANKL concentration", 1e3),
    "tail": ("1", "signalling by RANKL's tail", 1.0),
    "RANK_gain": ("1", "RANK activity without ligand", 0.5),
    "estrogen_removed": ("1", "the share of estrogen that is taken away", 1.0),
    "shedding": ("1", "what is left of the shedding of RANKL", 1.0),
    "RANK_response": ("1", "the signal of an occupied RANK, relative to normal", 10.0),
}
_AMOUNTS = ("extra_RANKL", "RANK_gain")
_OF_THE_PERSON = ("years_after_menopause",)  # no disease's to change


def factors():
    """The names of what a condition may change."""
    return [f.name for f in fields(Condition) if f.name not in _OF_THE_PERSON]


def checked(name, value):
    """A factor or an amount of a condition, converted and held to its range."""
    unit, words, high = _LIMITS.get(name, ("1", f"a factor on {name}", 1e3))
    return amount(value, unit, argument=name, what=words, high=high)


def joined(condition, changes):
    """A condition under ``changes`` as well: factors multiply, amounts add up.

    So the second disease or regulator of a subject does not undo the first.
    """
    news = {}
    for name, value in changes.items():
        now = getattr(condition, name)
        if name in _AMOUNTS:
            news[name] = smaller(now + value, _LIMITS[name][2])
        elif name == "estrogen_removed":
            news[name] = 1.0 - (1.0 - now) * (1.0 - value)
        else:
            news[name] = now * value
    return replace(condition, **news)


def milder(changes, severity):
    """The changes of a disease at a part of its severity: so much of the way from health."""
    if severity == 1:
        return changes
    healthy = {f.name: f.default for f in fields(Condition)}
    return {
        name: healthy[name] + severity * (value - healthy[name]) for name, value in changes.items()
    }


def _checked_changes(changes):
    return {one_of("changes", name, factors()): checked(name, v) for name, v in changes.items()}


def _checked_sources(refs):
    for key in refs:
        one_of("refs", key, references())


@dataclass(frozen=True)
class Disease:
    """A disease: what it changes in whom it befalls, where, and who says so."""

    name: str
    words: str
    site: str  # "local": a place in bone whose markers no blood sample shows
    changes: dict  # factor -> value
    refs: tuple
    claim: str = ""
    lesion: str = ""
    gene: str = ""  # where a gene is known to cause it
    note: str = ""
    aliases: tuple = ()

    def __post_init__(self):
        one_of("site", self.site, SITES)
        if self.lesion:
            one_of("lesion", self.lesion, LESIONS)
        if not self.changes and not self.lesion:
            raise BonelabError("it changes nothing and has no lesion.")
        if not self.refs:
            raise BonelabError("refs is empty: a disease needs a source.")
        _checked_sources(self.refs)
        object.__setattr__(self, "changes", _checked_changes(self.changes))


@dataclass(frozen=True)
class Genotype:
    """A mouse by its genes: what they change, and who made it."""

    name: str
    words: str
    changes: dict
    refs: tuple
    claim: str = ""
    human_RANKL: bool = False
    note: str = ""
    aliases: tuple = ()

    def __post_init__(self):
        _checked_sources(self.refs)
        object.__setattr__(self, "changes", _checked_changes(self.changes))


_KINDS = {"diseases": Disease, "genotypes": Genotype}


@cache
def conditions(kind):
    """The records of ``"diseases"`` or ``"genotypes"`` by name.

    Raises BonelabError for another kind, and for what is wrong in the file.
    """
    make = _KINDS[one_of("kind", kind, _KINDS)]
    path = _FOLDER / f"{kind}.toml"
    return read_records(path, lambda name, entry: record(make, entry, name=name))


def spellings(kind):
    """Other names of the diseases or genotypes: spelling -> name."""
    return {also: name for name, entry in conditions(kind).items() for also in entry.aliases}
