"""Who sets the ratio of RANKL to OPG: hormones, cytokines, transcription factors.

Each regulator multiplies RANKL, OPG and RANK by factors. Several at once multiply, and a fader
between 0 (absent) and 1 (full strength) works on the logarithm:

    factor = product over regulators of factor_i ** fader_i

so that half a regulator followed by the other half is the whole. The factors and the evidence
behind them, conflicts included, are data: ``bonelab/parameters/tables/regulators.toml``.

What is left out: doses and times, receptors, and that one regulator may change another's effect.
"""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bonelab.parameters import amount, cite, one_of, references

TARGETS = ("RANKL", "OPG", "RANK")
SPECIES = ("human", "mouse", "rat")
_TABLE = Path(__file__).parents[1] / "parameters" / "tables" / "regulators.toml"


@dataclass(frozen=True)
class Evidence:
    """One finding: what happened to one molecule, in which cells, told by whom."""

    target: str  # "RANKL", "OPG" or "RANK"
    direction: str  # "up", "down" or "none"
    species: str
    system: str  # cells, dose, time, what was measured
    seen: bool  # False: recalled, not read in the source; show it as illustrative
    fold: float | None = None  # None where only a direction is known
    low: float | None = None
    high: float | None = None
    ref: str = ""

    @property
    def source(self):
        """The reference as one line."""
        return cite(self.ref) if self.ref else "recalled; no source named"

    def __str__(self):
        size = "" if self.fold is None or self.direction == "none" else f" {self.fold:g}-fold"
        words = {"up": "up", "down": "down", "none": "unchanged"}[self.direction]
        key = (
            f"; {references()[self.ref].authors} {references()[self.ref].year}" if self.ref else ""
        )
        flag = "read" if self.seen else "recalled, illustrative"
        return f"{self.target} {words}{size} ({self.species}: {self.system}{key}; {flag})"


@dataclass(frozen=True)
class Regulator:
    """One regulator: its effects by species and the evidence for them."""

    name: str
    words: str
    kind: str
    claim: str  # the claim of the founding text, or ""
    effects: Mapping  # species -> {"RANKL": factor, ..., "status", "basis"}
    evidence: tuple  # of Evidence
    conflict: str = ""  # in words, where findings disagree
    note: str = ""
    aliases: tuple = ()

    @property
    def species(self):
        """The species that the table has an effect for."""
        return tuple(self.effects)

    def measured_in(self, species="human"):
        """The species whose effect is used for ``species``: its own, or the only one there is."""
        species = one_of("species", species, SPECIES)
        return species if species in self.effects else next(iter(self.effects))

    def on(self, species="human", fader=1.0):
        """Factors on RANKL, OPG and RANK, as a dict.

        For a species without data of its own the other species' effect is taken over
        (``measured_in`` tells which). Raises BonelabError for an unknown species or a fader
        outside 0 to 1.
        """
        effect = self.effects[self.measured_in(species)]
        share = amount(fader, "1", argument="fader", what="the strength, 0 to 1", high=1.0)
        return {target: effect.get(target, 1.0) ** share for target in TARGETS}

    def ratio(self, species="human", fader=1.0):
        """Factor on the ratio of RANKL to OPG."""
        factors = self.on(species, fader)
        return factors["RANKL"] / factors["OPG"]

    def summary(self, species="human"):
        """One sentence: what it does, in whom that was found, how sure it is."""
        more = f" Findings disagree: {self.conflict}" if self.conflict else ""
        return self._effect(species) + more + (f" {self.note}" if self.note else "")

    def _effect(self, species):
        factors = self.on(species)
        own = self.measured_in(species)
        parts = [f"{t} x{f:g}" for t, f in factors.items() if f != 1.0] or ["no change"]
        ratio = self.ratio(species)
        turn = "unchanged" if ratio == 1 else f"{'up' if ratio > 1 else 'down'} (x{ratio:.3g})"
        origin = f"{own} data" + ("" if own == species else f", taken over for {species}")
        return (
            f"{self.name}: {', '.join(parts)}, so RANKL/OPG is {turn} "
            f"({origin}; {self.effects[own]['status']})."
        )

    def _repr_html_(self):
        *others, last = self.species  # every species that the desk of lesson 3 offers
        told = "".join(
            f"<p>{text}</p>" for text in (*map(self._effect, others), self.summary(last))
        )
        return told + f"<ul>{''.join(f'<li>{finding}</li>' for finding in self.evidence)}</ul>"


class Regulators(Mapping):
    """All regulators by name: ``bl.regulators["IL-1"]``, ``bl.regulators.table()``."""

    @cached_property
    def _by_name(self):
        data = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
        return {name: _read(name, entry) for name, entry in data.items()}

    @cached_property
    def _aliases(self):
        names = {}
        for name, regulator in self._by_name.items():
            names |= {key.casefold(): name for key in (name, *regulator.aliases)}
        return names

    def __getitem__(self, name):
        found = self._aliases.get(str(name).casefold())
        return self._by_name[found or one_of("regulator", name, self._by_name)]

    def __contains__(self, name):
        return str(name).casefold() in self._aliases

    def __iter__(self):
        return iter(self._by_name)

    def __len__(self):
        return len(self._by_name)

    def combine(self, names, species="human", fader=1.0):
        """Factors of several regulators together: the product.

        ``names`` is one name, several, or {name: fader}. Raises BonelabError as ``on`` does.
        """
        names = [names] if isinstance(names, str) else names
        faders = dict(names) if isinstance(names, Mapping) else dict.fromkeys(names, fader)
        logs = dict.fromkeys(TARGETS, 0.0)
        for name, share in faders.items():
            for target, factor in self[name].on(species, share).items():
                logs[target] += math.log(factor)
        return {target: math.exp(value) for target, value in logs.items()}

    def table(self, species="human"):
        """A pandas table, one row per regulator: factors, species measured, status, conflict."""
        import pandas as pd

        rows = []
        for regulator in self.values():
            own = regulator.measured_in(species)
            effect = regulator.effects[own]
            rows.append(
                {
                    "regulator": regulator.name,
                    "kind": regulator.kind,
                    **regulator.on(species),
                    "RANKL/OPG": regulator.ratio(species),
                    "measured in": own,
                    "status": effect["status"],
                    "basis": effect["basis"],
                    "read in the source": any(e.seen for e in regulator.evidence),
                    "conflict": regulator.conflict,
                    "claim": regulator.claim,
                }
            )
        return pd.DataFrame(rows).set_index("regulator")

    def _repr_html_(self):
        return self.table().to_html()


def _read(name, entry):
    return Regulator(
        name=name,
        words=entry["words"],
        kind=entry["kind"],
        claim=entry["claim"],
        effects=entry["effect"],
        evidence=tuple(Evidence(**finding) for finding in entry["evidence"]),
        conflict=entry.get("conflict", ""),
        note=entry.get("note", ""),
        aliases=tuple(entry["aliases"]),
    )


regulators = Regulators()
