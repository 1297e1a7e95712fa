"""Treatments: the drugs of ``drugs.py`` with a schedule, as one writes them in a study plan.

``bl.denosumab("60 mg", every="6 months", doses=4)``. Amounts and times are plain numbers in the
documented unit, or text.
"""

from collections.abc import Iterable
from functools import partial

from bonelab.parameters import Checked, Quantity, Whole, door, load, refuse, write
from bonelab.parameters.argument_types import Amount, Anything

from .daily_treatments import (
    alendronate,
    calcium_and_vitamin_d,
    make_bisphosphonate,
    make_plain,
    rapamycin,
    romosozumab,
    teriparatide,
)
from .dosing import planned_days, repeated, window
from .drugs import Antibody, OPGFc
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


def _missed(name, value):
    """Numbers of missed doses: one, or several."""
    if value is None:
        return ()
    is_one = isinstance(value, str | bytes) or not isinstance(value, Iterable)
    several = [value] if is_one else value
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
    dose: Amount = "60 mg",
    every: Amount = "6 months",
    doses: int = 1,
    *,
    start: Amount = 0,
    missed: Anything = (),
    level: Amount = None,
    stop: Amount = None,
) -> Treatment:
    """Denosumab under the skin, or held at a constant level.

    It does nothing in a mouse that has no human RANKL (Kostenuik et al. 2009,
    doi:10.1359/jbmr.081112).

    Examples
    --------
    >>> bl.denosumab("60 mg", every="6 months", doses=4)
    <Treatment: 4 doses of denosumab 60 mg every 6 months>
    >>> bl.denosumab(doses=4, missed=3)
    <Treatment: 4 doses of denosumab 60 mg every 6 months (dose 3 missed)>
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
    dose: Amount = "60 mg",
    every: Amount = "6 months",
    doses: int = 1,
    *,
    valence: int = 3,
    affinity: Amount = "0.003 nM",
    half_life: Amount = None,
    start: Amount = 0,
    missed: Anything = (),
    level: Amount = None,
    stop: Amount = None,
) -> Treatment:
    """An antibody of one's own design against RANKL, after the trimerised one of Ikebuchi 2018.

    It binds the RANKL of every species. From three arms on it clusters RANKL, which signals in
    reverse.

    Examples
    --------
    >>> bl.reverse_agonist(valence=3)
    <Treatment: one dose of 3-armed antibody 60 mg>
    """
    return Treatment(
        kind="reverse agonist",
        name=f"{valence}-armed antibody",
        make=partial(_make_agonist, arms=valence, Kd=affinity, half_life=half_life),
        key=("reverse agonist", valence, affinity, half_life),
        **_plan(dose, every, doses, start, missed, level, stop),
    )


@door("bl.opg_fc", **_INJECTIONS, **_HELD)
def opg_fc(
    dose: Amount = "3 mg/kg",
    every: Amount = "6 weeks",
    doses: int = 1,
    *,
    start: Amount = 0,
    missed: Anything = (),
    level: Amount = None,
    stop: Amount = None,
) -> Treatment:
    """OPG-Fc under the skin, or held at a constant level.

    Examples
    --------
    >>> bl.opg_fc("3 mg/kg")
    <Treatment: one dose of OPG-Fc 195 mg>
    """
    return Treatment(
        kind="OPG-Fc",
        name="OPG-Fc",
        make=partial(make_plain, OPGFc, "OPG-Fc"),
        key=("OPG-Fc",),
        **_plan(dose, every, doses, start, missed, level, stop),
    )


@door("bl.zoledronate", **_INJECTIONS)
def zoledronate(
    dose: Amount = "5 mg",
    every: Amount = "1 year",
    doses: int = 1,
    *,
    start: Amount = 0,
    missed: Anything = (),
) -> Treatment:
    """Zoledronate infusions; the drug held in bone is in proportion to the dose.

    Examples
    --------
    >>> bl.zoledronate(doses=3)
    <Treatment: 3 doses of zoledronate 5 mg every year>
    """
    return Treatment(
        kind="zoledronate",
        name="zoledronate",
        make=partial(make_bisphosphonate, "zoledronate"),
        key=("zoledronate",),
        **_plan(dose, every, doses, start, missed),
    )
