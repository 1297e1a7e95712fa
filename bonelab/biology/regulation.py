"""Who sets the ratio of RANKL to OPG: hormones, cytokines, transcription factors.

Each regulator multiplies RANKL, OPG and RANK by factors. Several at once multiply, and a fader
between 0 (absent) and 1 (full strength) works on the logarithm:

    factor = product over regulators of factor_i ** fader_i

so that half a regulator followed by the other half is the whole. The factors and the evidence
behind them, conflicts included, are data: ``bonelab/parameters/tables/regulators.toml``.

What is left out: doses and times, receptors, and that one regulator may change another's effect.
RANK is not the only receptor of RANKL: LGR4 on osteoclast precursors binds it too and brakes
what RANK does (Luo et al. 2016, doi:10.1038/nm.4076). Its amount and its affinity are not known
to us, and a weaker signal of RANK would look the same, so it is told here and not modelled.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from bonelab import parameters
from bonelab.parameters import (
    BonelabError,
    Checked,
    Choice,
    InBrackets,
    Quantity,
    amount,
    cite,
    door,
    listed,
    one_of,
    references,
    refuse,
)
from bonelab.parameters.argument_types import Amount, Anything
from bonelab.parameters.records import part, read_records, record
from bonelab.parameters.table import STATUSES

if TYPE_CHECKING:
    import pandas

TARGETS = ("RANKL", "OPG", "RANK")
SPECIES = ("human", "mouse", "rat")
DIRECTIONS = ("up", "down", "none")
KINDS = (
    "hormone", "cytokine", "growth factor", "morphogen", "lipid", "signal", "transcription factor",
)  # fmt: skip
_SPECIES = {"species": Choice("whose cells: human, mouse or rat", SPECIES, {"woman": "human"})}
_FADER = {"fader": Quantity("share", "strength, on a log scale: 0 is absent, 1 is full")}
_TABLE = Path(parameters.__file__).parent / "tables" / "regulators.toml"


@dataclass(frozen=True)
class Evidence:
    """One finding: what happened to one molecule, in which cells, told by whom."""

    target: str  # "RANKL", "OPG" or "RANK"
    direction: str  # "up", "down" or "none"
    species: str
    system: str  # cells, dose, time, what was measured
    seen: bool  # False: not read in the source, an illustrative value
    fold: float | None = None  # None where only a direction is known
    low: float | None = None
    high: float | None = None
    ref: str = ""

    def __post_init__(self):
        one_of("target", self.target, TARGETS)
        one_of("direction", self.direction, DIRECTIONS)
        one_of("species", self.species, SPECIES)
        if self.ref:
            one_of("ref", self.ref, references())
        elif self.seen:
            raise BonelabError("a finding that was read needs its ref.")
        moves = "" if self.fold is None else "up" if self.fold > 1 else "down"
        moves = "none" if self.fold == 1 else moves
        if moves not in ("", self.direction):
            raise BonelabError(f"fold = {self.fold:g} does not go {self.direction}.")

    @property
    def source(self) -> str:
        """The reference as one line."""
        return cite(self.ref) if self.ref else "illustrative; no source named"

    def __str__(self):
        size = "" if self.fold is None or self.direction == "none" else f" {self.fold:g}-fold"
        words = {"up": "up", "down": "down", "none": "unchanged"}[self.direction]
        key = (
            f"; {references()[self.ref].authors} {references()[self.ref].year}" if self.ref else ""
        )
        flag = "read" if self.seen else "illustrative value"
        return f"{self.target} {words}{size} ({self.species}: {self.system}{key}; {flag})"


@dataclass(frozen=True)
class Effect:
    """What a regulator does at full strength in one species: factors, and what they rest on."""

    status: str
    basis: str
    RANKL: float = 1.0
    OPG: float = 1.0
    RANK: float = 1.0

    def __post_init__(self):
        one_of("status", self.status, STATUSES)
        for target in TARGETS:
            amount(getattr(self, target), "1", argument=target, what="a factor", above=True)


@dataclass(frozen=True)
class Regulator:
    """One regulator: its effects by species and the evidence for them."""

    name: str
    words: str
    kind: str
    claim: str  # the claim of the founding text, or ""
    effects: Mapping  # species -> Effect
    evidence: tuple  # of Evidence
    conflict: str = ""  # in words, where findings disagree
    note: str = ""
    aliases: tuple = ()

    def __post_init__(self):
        one_of("kind", self.kind, KINDS)

    @property
    def species(self) -> tuple[str, ...]:
        """The species that the table has an effect for."""
        return tuple(self.effects)

    @door(**_SPECIES)
    def measured_in(self, species: str = "human") -> str:
        """The species whose effect is used for ``species``: its own, or the only one there is."""
        return species if species in self.effects else next(iter(self.effects))

    @door(**_SPECIES, **_FADER)
    def on(self, species: str = "human", fader: Amount = 1.0) -> dict[str, float]:
        """Factors on RANKL, OPG and RANK, as a dict.

        For a species without data of its own the other species' effect is taken over
        (``measured_in`` tells which).
        """
        effect = self.effects[self.measured_in(species)]
        return {target: getattr(effect, target) ** fader for target in TARGETS}

    @door(**_SPECIES, **_FADER)
    def ratio(self, species: str = "human", fader: Amount = 1.0) -> float:
        """Factor on the ratio of RANKL to OPG."""
        factors = self.on(species, fader)
        return factors["RANKL"] / factors["OPG"]

    @door(**_SPECIES)
    def summary(self, species: str = "human") -> str:
        """One sentence: what it does, in whom that was found, how sure it is."""
        more = f" Findings disagree: {self.conflict}" if self.conflict else ""
        return self._effect(species) + more + (f" {self.note}" if self.note else "")

    def _effect(self, species):
        factors = self.on(species)
        measured = self.measured_in(species)
        parts = [f"{t} x{f:g}" for t, f in factors.items() if f != 1.0] or ["no change"]
        ratio = self.ratio(species)
        turn = "unchanged" if ratio == 1 else f"{'up' if ratio > 1 else 'down'} (x{ratio:.3g})"
        origin = f"{measured} data" + ("" if measured == species else f", taken over for {species}")
        return (
            f"{self.name}: {', '.join(parts)}, so RANKL/OPG is {turn} "
            f"({origin}; {self.effects[measured].status})."
        )

    def __repr__(self):
        return f"<Regulator: {self._effect(self.species[0])}>"

    def _repr_html_(self):
        *others, last = self.species  # every species that the desk of lesson 3 offers
        paragraphs = "".join(
            f"<p>{text}</p>" for text in (*map(self._effect, others), self.summary(last))
        )
        return (
            paragraphs + f"<ul>{''.join(f'<li>{finding}</li>' for finding in self.evidence)}</ul>"
        )


def _several(argument, names):
    """Names of regulators as {name: fader} or a list."""
    if isinstance(names, Mapping):
        return names
    if not isinstance(names, Iterable) or isinstance(names, bytes):
        refuse(argument, names, "it should be one name, several, or {name: fader}.")
    several = [names] if isinstance(names, str) else names
    return [one_of(argument, name, regulators, regulators.spellings()) for name in several]


class Regulators(InBrackets, Mapping):
    """All regulators by name: ``bl.regulators["IL-1"]``, ``bl.regulators.table()``."""

    _called = "bl.regulators"

    @cached_property
    def _by_name(self):
        return read_records(_TABLE, _read)

    def spellings(self) -> dict[str, str]:
        """Other names: spelling -> name."""
        return {alias: name for name, each in self._by_name.items() for alias in each.aliases}

    def __getitem__(self, name):
        return self._by_name[one_of("regulator", name, self._by_name, self.spellings())]

    def __contains__(self, name):
        try:
            return bool(self[name])
        except BonelabError:
            return False

    def __iter__(self):
        return iter(self._by_name)

    def __len__(self):
        return len(self._by_name)

    @door(
        names=Checked("the regulators", _several, expects="one name, several, or {name: fader}"),
        **_SPECIES,
        **_FADER,
    )
    def combine(
        self, names: Anything, species: str = "human", fader: Amount = 1.0
    ) -> dict[str, float]:
        """Factors of several regulators together: the product."""
        faders = names if isinstance(names, Mapping) else dict.fromkeys(names, fader)
        logs = dict.fromkeys(TARGETS, 0.0)
        for name, share in faders.items():
            for target, factor in self[name].on(species, share).items():
                logs[target] += math.log(factor)
        return {target: math.exp(value) for target, value in logs.items()}

    @door(**_SPECIES)
    def table(self, species: str = "human") -> "pandas.DataFrame":
        """A pandas table, one row per regulator: factors, species measured, status, conflict."""
        import pandas as pd

        rows = []
        for regulator in self.values():
            measured = regulator.measured_in(species)
            effect = regulator.effects[measured]
            rows.append(
                {
                    "regulator": regulator.name,
                    "kind": regulator.kind,
                    **regulator.on(species),
                    "RANKL/OPG": regulator.ratio(species),
                    "measured in": measured,
                    "status": effect.status,
                    "basis": effect.basis,
                    "read in the source": any(e.seen for e in regulator.evidence),
                    "conflict": regulator.conflict,
                    "claim": regulator.claim,
                }
            )
        return pd.DataFrame(rows).set_index("regulator")

    def __repr__(self):
        return f"<Regulators: {listed(self)}>"

    def _repr_html_(self):
        return self.table().to_html()


def _read(name, entry):
    entry = dict(entry)
    effects, evidence = part(entry, "effect", dict), part(entry, "evidence", list)
    for species in effects:
        one_of("effect", species, SPECIES)
    return record(
        Regulator,
        entry,
        name=name,
        effects={species: record(Effect, effect) for species, effect in effects.items()},
        evidence=tuple(record(Evidence, finding) for finding in evidence),
    )


regulators = Regulators()
