"""Treatments: the drugs of ``drugs.py`` with a schedule, as one writes them in a study plan.

``bl.denosumab("60 mg", every="6 months", doses=4)``. Every function takes amounts and times as
plain numbers in the documented unit or as text, and refuses what cannot be.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from bonelab.parameters import amount, load, refuse

from .dosing import Schedule, repeated, window
from .drugs import Antibody, Bisphosphonate, OPGFc, Rapamycin, Romosozumab, Teriparatide
from .pharmacokinetics import clearance_for_half_life

NOT_BOUND = 1e15  # nM: a Kd so weak that nothing is bound


@dataclass(frozen=True)
class Treatment:
    """A drug and its schedule. ``make(subject)`` gives the drug as it acts in that subject.

    Two treatments are equal when drug, schedule and words are: ``make`` follows from ``key``.
    """

    kind: str
    label: str
    schedule: Schedule
    make: Callable = field(compare=False)
    key: tuple  # treatments with the same key are one drug with a longer schedule
    code: str

    def __repr__(self):
        return f"<{self.label}>"


# Each drug as it acts in one subject; functions of the module, so that treatments travel between
# processes.


def _make_denosumab(subject):
    Kd = subject.tissue.binding.Kd_denosumab if subject.human_RANKL else NOT_BOUND
    return Antibody("denosumab", subject.tissue.drugs, Kd)


def _make_agonist(subject, arms, Kd, half_life):
    d = subject.tissue.drugs
    clearance = None if half_life is None else clearance_for_half_life(half_life, d)
    return Antibody("reverse agonist", d, Kd, arms, clusters=True, clearance=clearance)


def _make_bisphosphonate(name, subject):
    d = subject.tissue.drugs
    return Bisphosphonate(name, d, getattr(d, f"{name}_half_life"))


def _make_plain(kind, name, subject):
    return kind(name, subject.tissue.drugs)


def _per_kg(dose, argument="dose"):
    """'3 mg/kg' as mg for a woman of 65 kg; anything else unchanged."""
    if isinstance(dose, str) and dose.strip().endswith("/kg"):
        return load("subjects").body_weight * amount(
            dose.strip()[:-3], "mg", argument=argument, what="a dose per kg of body weight"
        )
    return dose


def _plan(dose, every, doses, start, missed, level, stop):
    """Injections, or a constant concentration in bone (``level``) from start to stop."""
    if level is None:
        if stop is not None:
            refuse("stop", stop, "it goes with level=; injections end after the last dose.")
        return repeated(_per_kg(dose), every, doses, start, missed)
    held = amount(level, "nM", argument="level", what="a concentration in bone")
    return window(start, stop, held)


def _words(name, dose, every, doses, start, missed, level):
    if level is not None:
        return f"{name} held at {level} nM" if not isinstance(level, str) else f"{name} at {level}"
    size = dose if isinstance(dose, str) else f"{dose:g} mg"
    if doses == 1:
        text = f"one dose of {name} {size}"
    else:
        gap = every if isinstance(every, str) else f"{every:g} days"
        text = f"{doses} doses of {name} {size} every {gap.removeprefix('1 ')}"
    if start not in (0, "0 days"):
        text += f" from {start if isinstance(start, str) else f'day {start:g}'}"
    return text + (f" (dose {', '.join(map(str, missed))} missed)" if missed else "")


def _code(name, **arguments):
    defaults = {"start": 0, "missed": (), "level": None, "stop": None, "doses": 1}
    words = [f"{k}={v!r}" for k, v in arguments.items() if defaults.get(k, ...) != v]
    return f"bl.{name}({', '.join(words)})"


def denosumab(
    dose="60 mg", every="6 months", doses=1, *, start=0, missed=(), level=None, stop=None
):
    """Denosumab under the skin: ``dose`` in mg (or "1 mg/kg"), ``every`` in days or text.

    ``missed=(3,)`` leaves out the third dose. ``level`` (nM in bone) instead of injections holds a
    constant concentration from ``start`` to ``stop``. It does nothing in a mouse that has no human
    RANKL (Kostenuik et al. 2009, doi:10.1359/jbmr.081112).
    """
    schedule = _plan(dose, every, doses, start, missed, level, stop)
    plan = {"dose": dose, "every": every, "doses": doses, "start": start, "missed": missed}
    return Treatment(
        kind="denosumab",
        label=_words("denosumab", dose, every, doses, start, missed, level),
        schedule=schedule,
        make=_make_denosumab,
        key=("denosumab",),
        code=_code("denosumab", **plan, level=level, stop=stop),
    )


def reverse_agonist(
    dose="60 mg",
    every="6 months",
    doses=1,
    *,
    valence=3,
    affinity="0.003 nM",
    half_life=None,
    start=0,
    missed=(),
    level=None,
    stop=None,
):
    """An antibody of one's own design against RANKL, after the trimerised one of Ikebuchi 2018.

    ``valence`` arms (1 to 12; 2 is an ordinary IgG), ``affinity`` (Kd of one arm, nM),
    ``half_life`` in serum (days or text, 2 to 60; denosumab's when left out). It binds the RANKL
    of every species. From three arms on it clusters RANKL, which signals in reverse.
    """
    schedule = _plan(dose, every, doses, start, missed, level, stop)
    if isinstance(valence, bool) or valence != int(valence) or not 1 <= valence <= 12:
        refuse("valence", valence, "it should be a whole number of arms from 1 to 12.")
    Kd = amount(affinity, "nM", argument="affinity", what="a Kd", above=True, high=1e6)
    days = None
    if half_life is not None:
        days = amount(half_life, "day", argument="half_life", what="a half-life", low=2, high=60)
    plan = {"dose": dose, "every": every, "doses": doses, "start": start, "missed": missed}
    design = {"valence": valence, "affinity": affinity}
    if half_life is not None:
        design["half_life"] = half_life
    return Treatment(
        kind="reverse agonist",
        label=_words(f"{valence}-armed antibody", dose, every, doses, start, missed, level),
        schedule=schedule,
        make=partial(_make_agonist, arms=int(valence), Kd=Kd, half_life=days),
        key=("reverse agonist", int(valence), Kd, days),
        code=_code("reverse_agonist", **plan, **design, level=level, stop=stop),
    )


def opg_fc(dose="3 mg/kg", every="6 weeks", doses=1, *, start=0, missed=(), level=None, stop=None):
    """OPG-Fc under the skin (mg or mg/kg), or held at a constant ``level`` (nM in bone)."""
    schedule = _plan(dose, every, doses, start, missed, level, stop)
    plan = {"dose": dose, "every": every, "doses": doses, "start": start, "missed": missed}
    return Treatment(
        kind="OPG-Fc",
        label=_words("OPG-Fc", dose, every, doses, start, missed, level),
        schedule=schedule,
        make=partial(_make_plain, OPGFc, "OPG-Fc"),
        key=("OPG-Fc",),
        code=_code("opg_fc", **plan, level=level, stop=stop),
    )


def _daily(kind, name, start, stop, make, level=1.0, extra=None):
    span = "" if stop is None else f" until {stop if isinstance(stop, str) else f'day {stop:g}'}"
    begin = "" if start == 0 else f" from {start if isinstance(start, str) else f'day {start:g}'}"
    return Treatment(
        kind=kind,
        label=f"{kind}{begin}{span}",
        schedule=window(start, stop, level),
        make=make,
        key=(kind,),
        code=_code(name, **(extra or {}), start=start, stop=stop),
    )


def teriparatide(*, start=0, stop="24 months"):
    """Teriparatide 20 ug a day from ``start`` to ``stop`` (days or text)."""
    return _daily(
        "teriparatide",
        "teriparatide",
        start,
        stop,
        partial(_make_plain, Teriparatide, "teriparatide"),
    )


def romosozumab(*, start=0, stop="12 months"):
    """Romosozumab 210 mg a month from ``start`` to ``stop`` (a toy: see drugs.toml)."""
    return _daily(
        "romosozumab",
        "romosozumab",
        start,
        stop,
        partial(_make_plain, Romosozumab, "romosozumab"),
    )


def alendronate(*, start=0, stop=None):
    """Alendronate 70 mg a week from ``start`` to ``stop`` (a toy: see drugs.toml)."""
    make = partial(_make_bisphosphonate, "alendronate")
    return _daily("alendronate", "alendronate", start, stop, make)


def zoledronate(dose="5 mg", every="1 year", doses=1, *, start=0, missed=()):
    """Zoledronate infusions (a toy: see drugs.toml)."""
    return Treatment(
        kind="zoledronate",
        label=_words("zoledronate", dose, every, doses, start, missed, None),
        schedule=repeated(dose, every, doses, start, missed),
        make=partial(_make_bisphosphonate, "zoledronate"),
        key=("zoledronate",),
        code=_code("zoledronate", dose=dose, every=every, doses=doses, start=start, missed=missed),
    )


def rapamycin(concentration="20 nM", *, start=0, stop=None):
    """Rapamycin at a constant concentration (nM); it acts below Akt in the osteoblast."""
    nM = amount(concentration, "nM", argument="concentration", what="a concentration")
    return _daily(
        "rapamycin",
        "rapamycin",
        start,
        stop,
        partial(_make_plain, Rapamycin, "rapamycin"),
        level=nM,
        extra={"concentration": concentration},
    )
