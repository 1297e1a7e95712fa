"""Treatments: the drugs of ``drugs.py`` with a schedule, as one writes them in a study plan.

``bl.denosumab("60 mg", every="6 months", doses=4)``. Amounts and times are plain numbers in the
documented unit, or text.
"""

from collections.abc import Iterable
from functools import partial

from bonelab.parameters import Checked, Quantity, Whole, door, load, refuse, write

from .dosing import in_time, planned_days, repeated, window
from .drugs import (
    Antibody,
    Bisphosphonate,
    OPGFc,
    Rapamycin,
    Romosozumab,
    Supplements,
    Teriparatide,
    relative_effect,
)
from .pharmacokinetics import clearance_for_half_life
from .treatment import Treatment, Treatments

__all__ = [
    "Treatment",
    "Treatments",
    "alendronate",
    "calcium_and_vitamin_d",
    "denosumab",
    "opg_fc",
    "rapamycin",
    "reverse_agonist",
    "romosozumab",
    "teriparatide",
    "zoledronate",
]

_WEEK = 7.0  # days
NOT_BOUND = 1e15  # nM: a Kd so weak that nothing is bound


# Each drug as it acts in one subject; functions of the module, so that treatments travel between
# processes.


def _make_denosumab(subject):
    Kd = subject.tissue.binding.Kd_denosumab if subject.human_RANKL else NOT_BOUND
    return Antibody("denosumab", subject.tissue.drugs, Kd)


def _make_agonist(subject, arms, Kd, half_life):
    d = subject.tissue.drugs
    clearance = None if half_life is None else clearance_for_half_life(half_life, d)
    return Antibody("reverse agonist", d, Kd, arms, clearance=clearance)


def _make_bisphosphonate(name, subject):
    d = subject.tissue.drugs
    return Bisphosphonate(name, d, getattr(d, f"{name}_half_life"))


def _make_plain(kind, name, subject):
    return kind(name, subject.tissue.drugs)


def _missed(name, value):
    """Numbers of missed doses: one, or several."""
    if value is None:
        return ()
    one = isinstance(value, str | bytes) or not isinstance(value, Iterable)
    several = [value] if one else value
    return tuple(sorted({_NUMBER.read(name, number) for number in several}))


_NUMBER = Whole("number of a dose", 1, 1000, "doses")
_INJECTIONS = {
    "dose": Quantity("dose", "size of one dose; '1 mg/kg' for a woman of 65 kg",
                     body_weight=load("subjects").body_weight, shown=True),
    "every": Quantity("interval", "time between doses"),
    "doses": Whole("how many", 1, 1000, "doses"),
    "start": Quantity("moment", "time of the first dose or the first day, from the start"),
    "missed": Checked("number of a dose that is left out, or several; 3 is the third", _missed,
                      "whole numbers", reads_none=True),
}  # fmt: skip
_HELD = {
    "level": Quantity("antibody", "constant concentration in bone from start to stop, instead of "
                      "injections", what="a concentration in bone"),
    "stop": Quantity("moment", "last day of a constant level; to the end by default"),
}  # fmt: skip
_COURSE = {
    "start": Quantity("moment", "first day"),
    "stop": Quantity("moment", "last day; None is to the end of the run", or_none=True),
}


def _plan(dose, every, doses, start, missed, level=None, stop=None):
    """Injections, or a constant concentration in bone (``level``) from start to stop."""
    if level is not None:
        return {"schedule": window(start, stop, level), "size": f"{write(level)} nM"}
    if stop is not None:
        refuse("stop", stop, "it goes with level=; injections end after the last dose.")
    return {
        "schedule": repeated(dose, every, doses, start, missed),
        "size": f"{write(float(f'{dose:.6g}'))} mg",
        "every": every,
        "planned": planned_days(every, doses, start),
    }


@door("bl.denosumab", **_INJECTIONS, **_HELD)
def denosumab(
    dose="60 mg", every="6 months", doses=1, *, start=0, missed=(), level=None, stop=None
):
    """Denosumab under the skin, or held at a constant level.

    It does nothing in a mouse that has no human RANKL (Kostenuik et al. 2009,
    doi:10.1359/jbmr.081112).
    """
    return Treatment(
        kind="denosumab",
        name="denosumab",
        make=_make_denosumab,
        key=("denosumab",),
        **_plan(dose, every, doses, start, missed, level, stop),
    )


@door(
    "bl.reverse_agonist",
    **_INJECTIONS,
    **_HELD,
    valence=Whole("arms; 2 is an ordinary IgG, from three on it clusters RANKL", 1, 12, "arms"),
    affinity=Quantity("affinity", "Kd of one arm"),
    half_life=Quantity(
        "interval", "half-life in serum; that of denosumab by default", low=2, high=60,
        above=False, what="a half-life",
    ),
)  # fmt: skip
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

    It binds the RANKL of every species. From three arms on it clusters RANKL, which signals in
    reverse.
    """
    return Treatment(
        kind="reverse agonist",
        name=f"{valence}-armed antibody",
        make=partial(_make_agonist, arms=valence, Kd=affinity, half_life=half_life),
        key=("reverse agonist", valence, affinity, half_life),
        **_plan(dose, every, doses, start, missed, level, stop),
    )


@door("bl.opg_fc", **_INJECTIONS, **_HELD)
def opg_fc(dose="3 mg/kg", every="6 weeks", doses=1, *, start=0, missed=(), level=None, stop=None):
    """OPG-Fc under the skin, or held at a constant level."""
    return Treatment(
        kind="OPG-Fc",
        name="OPG-Fc",
        make=partial(_make_plain, OPGFc, "OPG-Fc"),
        key=("OPG-Fc",),
        **_plan(dose, every, doses, start, missed, level, stop),
    )


def _daily(kind, start, stop, make, level=1.0, given=""):
    """A drug taken all the time; ``given`` is the dose, told where it is not the usual one."""
    return Treatment(
        kind=kind,
        name=f"{kind} {given}".rstrip(),
        schedule=window(start, stop, level),
        make=make,
        key=(kind,),
    )


def _dose(meaning, unit, high):
    return Quantity("dose", meaning, unit=unit, high=high)


def _told(dose, usual, unit, often):
    return "" if dose == usual else f"{write(float(f'{dose:.6g}'))} {unit} {often}"


@door("bl.teriparatide", dose=_dose("dose of a day", "ug", 1000), **_COURSE)
def teriparatide(dose="20 ug", *, start=0, stop="24 months"):
    """Teriparatide under the skin, every day.

    The effect rises with the dose and saturates: 40 ug do one and a half times what 20 ug do.
    """
    d = load("drugs")
    level = relative_effect(dose, d.teriparatide_dose, d.teriparatide_half_dose)
    make = partial(_make_plain, Teriparatide, "teriparatide")
    given = _told(dose, d.teriparatide_dose, "ug", "a day")
    return _daily("teriparatide", start, stop, make, level, given)


@door("bl.romosozumab", dose=_dose("dose of a month", "mg", 10_000), **_COURSE)
def romosozumab(dose="210 mg", *, start=0, stop="12 months"):
    """Romosozumab under the skin, every month.

    The effect rises with the dose and saturates: 70 mg do half of what 210 mg do.
    """
    d = load("drugs")
    level = relative_effect(dose, d.romosozumab_dose, d.romosozumab_half_dose)
    make = partial(_make_plain, Romosozumab, "romosozumab")
    given = _told(dose, d.romosozumab_dose, "mg", "a month")
    return _daily("romosozumab", start, stop, make, level, given)


@door(
    "bl.alendronate",
    dose=_dose("size of one dose", "mg", 10_000),
    every=Quantity("interval", "time between doses"),
    **_COURSE,
)
def alendronate(dose="70 mg", every="1 week", *, start=0, stop=None):
    """Alendronate tablets. What counts is mg a week: 10 mg a day are 70 mg a week.

    The drug held in bone is in proportion to it.
    """
    usual = load("drugs").alendronate_dose
    weekly = dose * _WEEK / every
    gap = in_time(every).removeprefix("1 ")
    given = "" if (dose, every) == (usual, _WEEK) else _told(dose, None, "mg", f"every {gap}")
    make = partial(_make_bisphosphonate, "alendronate")
    return _daily("alendronate", start, stop, make, weekly / usual, given)


@door("bl.calcium_and_vitamin_d", **_COURSE)
def calcium_and_vitamin_d(*, start=0, stop=None):
    """Calcium and vitamin D tablets, which every arm of a trial takes; a plain run has none.

    P1NP falls by a tenth, CTX does not; where the supply of calcium is short, it is made good.
    """
    make = partial(_make_plain, Supplements, "calcium and vitamin D")
    return _daily("calcium and vitamin D", start, stop, make)


@door("bl.zoledronate", **_INJECTIONS)
def zoledronate(dose="5 mg", every="1 year", doses=1, *, start=0, missed=()):
    """Zoledronate infusions; the drug held in bone is in proportion to the dose."""
    return Treatment(
        kind="zoledronate",
        name="zoledronate",
        make=partial(_make_bisphosphonate, "zoledronate"),
        key=("zoledronate",),
        **_plan(dose, every, doses, start, missed),
    )


@door(
    "bl.rapamycin",
    concentration=Quantity("rapamycin", "constant concentration"),
    **_COURSE,
)
def rapamycin(concentration="20 nM", *, start=0, stop=None):
    """Rapamycin at a constant concentration; it acts below Akt in the osteoblast."""
    make = partial(_make_plain, Rapamycin, "rapamycin")
    return _daily("rapamycin", start, stop, make, level=concentration)
