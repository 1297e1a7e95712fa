"""Treatments that are taken all the time, from a day to a day: tablets, frequent injections.

They act by the level that they hold, not dose by dose; injections that do stand in
``treatments.py``, which shows all of them under one roof.
"""

from functools import partial

from bonelab.parameters import Quantity, door, load, write
from bonelab.parameters.argument_types import Amount

from .dosing import in_time, window
from .drugs import (
    Bisphosphonate,
    Rapamycin,
    Romosozumab,
    Supplements,
    Teriparatide,
    relative_effect,
)
from .treatment import Treatment

__all__ = ["alendronate", "calcium_and_vitamin_d", "rapamycin", "romosozumab", "teriparatide"]

_WEEK = 7.0  # days


def make_bisphosphonate(name, subject):
    d = subject.tissue.drugs
    return Bisphosphonate(name, d, getattr(d, f"{name}_half_life"))


def make_plain(kind, name, subject):
    return kind(name, subject.tissue.drugs)


_COURSE = {
    "start": Quantity("moment", "first day"),
    "stop": Quantity("moment", "last day; None is to the end of the run", or_none=True),
}


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
def teriparatide(
    dose: Amount = "20 ug", *, start: Amount = 0, stop: Amount = "24 months"
) -> Treatment:
    """Teriparatide under the skin, every day.

    The effect rises with the dose and saturates: 40 ug do one and a half times what 20 ug do.

    Examples
    --------
    >>> bl.teriparatide(stop="18 months")
    <Treatment: teriparatide until month 18>
    """
    d = load("drugs")
    level = relative_effect(dose, d.teriparatide_dose, d.teriparatide_half_dose)
    make = partial(make_plain, Teriparatide, "teriparatide")
    given = _told(dose, d.teriparatide_dose, "ug", "a day")
    return _daily("teriparatide", start, stop, make, level, given)


@door("bl.romosozumab", dose=_dose("dose of a month", "mg", 10_000), **_COURSE)
def romosozumab(
    dose: Amount = "210 mg", *, start: Amount = 0, stop: Amount = "12 months"
) -> Treatment:
    """Romosozumab under the skin, every month.

    The effect rises with the dose and saturates: 70 mg do half of what 210 mg do.

    Examples
    --------
    >>> bl.romosozumab()
    <Treatment: romosozumab until year 1>
    """
    d = load("drugs")
    level = relative_effect(dose, d.romosozumab_dose, d.romosozumab_half_dose)
    make = partial(make_plain, Romosozumab, "romosozumab")
    given = _told(dose, d.romosozumab_dose, "mg", "a month")
    return _daily("romosozumab", start, stop, make, level, given)


@door(
    "bl.alendronate",
    dose=_dose("size of one dose", "mg", 10_000),
    every=Quantity("interval", "time between doses"),
    **_COURSE,
)
def alendronate(
    dose: Amount = "70 mg", every: Amount = "1 week", *, start: Amount = 0, stop: Amount = None
) -> Treatment:
    """Alendronate tablets. What counts is mg a week: 10 mg a day are 70 mg a week.

    The drug held in bone is in proportion to it.

    Examples
    --------
    >>> bl.alendronate(stop="5 years")
    <Treatment: alendronate until year 5>
    """
    usual = load("drugs").alendronate_dose
    weekly = dose * _WEEK / every
    gap = in_time(every).removeprefix("1 ")
    given = "" if (dose, every) == (usual, _WEEK) else _told(dose, None, "mg", f"every {gap}")
    make = partial(make_bisphosphonate, "alendronate")
    return _daily("alendronate", start, stop, make, weekly / usual, given)


@door("bl.calcium_and_vitamin_d", **_COURSE)
def calcium_and_vitamin_d(*, start: Amount = 0, stop: Amount = None) -> Treatment:
    """Calcium and vitamin D tablets, which every arm of a trial takes; a plain run has none.

    P1NP falls by a tenth, CTX does not; where the supply of calcium is short, it is made good.

    Examples
    --------
    >>> bl.calcium_and_vitamin_d()
    <Treatment: calcium and vitamin D>
    """
    make = partial(make_plain, Supplements, "calcium and vitamin D")
    return _daily("calcium and vitamin D", start, stop, make)


@door(
    "bl.rapamycin",
    concentration=Quantity("rapamycin", "constant concentration"),
    **_COURSE,
)
def rapamycin(
    concentration: Amount = "20 nM", *, start: Amount = 0, stop: Amount = None
) -> Treatment:
    """Rapamycin at a constant concentration; it acts below Akt in the osteoblast.

    Examples
    --------
    >>> bl.rapamycin("20 nM")
    <Treatment: rapamycin>
    """
    make = partial(make_plain, Rapamycin, "rapamycin")
    return _daily("rapamycin", start, stop, make, level=concentration)
