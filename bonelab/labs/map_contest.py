"""The map as a contest: which antibodies of a class keep formation going, for how many milligrams.

An antibody of lesson 9 counts only if it stops resorption and its control does what it should: in
osteoblasts whose RANKL has a tail that cannot signal, formation must fall back. So nobody wins by
what the model gives away in some other manner than through RANKL.
"""

from dataclasses import dataclass

import bonelab as bl
from bonelab.figures.balance_map import MOMENT
from bonelab.parameters import BonelabError, load, write

from .antibody_designer import AGE, antibody_designer

DESIGN = ("valence", "affinity", "half_life", "dose")
STOPPED = 20  # % of the start, the most CTX that an antibody may leave
FALLS_BACK = 20  # points of P1NP that the control must lie below the design, at least
PLACES = 10  # on the map


@dataclass(frozen=True)
class Entry:
    """An antibody and what it does after three months, in % of the start."""

    valence: int
    affinity: float  # nM, of one arm
    half_life: float  # days
    dose: float  # mg, twice a year
    CTX: float
    P1NP: float
    control: float  # P1NP where the tail of RANKL cannot signal

    @property
    def counts(self):
        """True when resorption is stopped and formation runs through RANKL's tail."""
        return self.CTX <= STOPPED and self.P1NP - self.control >= FALLS_BACK

    @property
    def words(self):
        """The antibody and its results in one line."""
        arms = f"{self.valence} arm{'s' * (self.valence != 1)}"
        return (
            f"{arms}, Kd {write(self.affinity)} nM, half-life {write(self.half_life)} days, twice "
            f"{write(self.dose)} mg: P1NP {self.P1NP:.0f}% (control {self.control:.0f}%), CTX "
            f"{self.CTX:.0f}%"
        )


def designs_of(settings):
    """The antibodies among kept settings of the lab, each once; what is no setting is left out."""
    controls = antibody_designer().controls
    designs = {}
    for each in settings:
        try:
            values = tuple(controls[name].check(each[name]) for name in DESIGN)
        except (BonelabError, KeyError, TypeError):
            continue
        designs[values] = dict(zip(DESIGN, values, strict=True))
    return list(designs.values())


def judged(design):
    """The entry of one antibody: a run, and its control."""
    arms = {name: design[name] for name in ("valence", "affinity", "half_life")}
    drug = bl.reverse_agonist(f"{write(design['dose'])} mg", doses=2, **arms)
    woman = bl.woman(AGE)
    mutant = woman.with_(tail=load("reverse").tail_P29A)
    run, control = (bl.simulate(subject, drug, years=1) for subject in (woman, mutant))
    return Entry(
        **design, CTX=run.at(MOMENT, "CTX"), P1NP=run.at(MOMENT, "P1NP"),
        control=control.at(MOMENT, "P1NP"),
    )  # fmt: skip


def best(entries):
    """The entries that count, most formation first; of equal ones that with fewer milligrams."""
    counting = [entry for entry in entries if entry.counts]
    return sorted(counting, key=lambda entry: (-round(entry.P1NP), entry.dose))[:PLACES]
