"""Treatments: the drugs of ``drugs.py`` with a schedule, as one writes them in a study plan.

``bl.denosumab("60 mg", every="6 months", doses=4)``. Amounts and times are plain numbers in the
documented unit, or text.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

from bonelab.parameters import Checked, Kind, Quantity, Whole, door, load, refuse, uncalled, write

from .dosing import FOR_GOOD, Schedule, in_time, moment, planned_days, repeated, window
from .drugs import Antibody, Bisphosphonate, OPGFc, Rapamycin, Romosozumab, Teriparatide
from .pharmacokinetics import clearance_for_half_life

NOT_BOUND = 1e15  # nM: a Kd so weak that nothing is bound


@dataclass(frozen=True)
class Treatment:
    """A drug and its schedule. ``make(subject)`` gives the drug as it acts in that subject.

    Two treatments are equal when drug and schedule are: ``make`` follows from ``key``.
    """

    kind: str
    name: str  # as the label calls it
    schedule: Schedule
    make: Callable = field(compare=False)
    key: tuple  # treatments with the same key are one drug with a longer schedule
    size: str = ""  # of one dose: '60 mg', or of what is held: '5 nM'
    every: float = 0.0  # days between doses
    planned: tuple = ()  # days of all doses of the plan, those that are missed among them
    code: str = field(default="", compare=False)

    @property
    def label(self):
        """The treatment as one would say it."""
        return self.within(FOR_GOOD)

    def within(self, end):
        """The treatment as far as it falls into a run that ends on day ``end``, in words."""
        if not self.planned:
            ((start, stop, _),) = self.schedule.windows
            held = f" held at {self.size}" if self.size else ""
            until = f" until {moment(stop)}" if stop < end else ""
            return f"{self.name}{held}{_from(start)}{until}"
        number, inside = len(self.planned), sum(day < end for day in self.planned)
        given = {day for day, _ in self.schedule.doses}
        missed = [str(n) for n, day in enumerate(self.planned[:inside], 1) if day not in given]
        if number == 1:
            text = f"one dose of {self.name} {self.size}"
        else:
            count = number if inside == number else f"{inside} of {number}"
            gap = in_time(self.every).removeprefix("1 ")
            text = f"{count} doses of {self.name} {self.size} every {gap}"
        text += _from(self.planned[0])
        return text + (f" (dose {', '.join(missed)} missed)" if missed else "")

    def __repr__(self):
        return f"<Treatment: {self.label}>"

    def _repr_html_(self):
        return f"<p>Treatment: {self.label}</p>"


def _from(start):
    return f" from {moment(start)}" if start else ""


@dataclass(frozen=True)
class Treatments(Kind):
    """One treatment or several; None is no treatment."""

    meaning: str = "one treatment, or several in a list; none by default"
    reads_none = True
    unnamed = True
    expects = "from bl.denosumab(...) and its kin"

    def read(self, name, value):
        """A tuple of treatments."""
        if value is None:
            return ()
        if isinstance(value, Treatment):
            return (value,)
        if not isinstance(value, Iterable) or isinstance(value, str | bytes | dict):
            value = [value]
        plans = tuple(value)
        for plan in plans:
            if not isinstance(plan, Treatment):
                words = f"a treatment comes from bl.denosumab(...) or its kin.{uncalled(plan)}"
                refuse(name, plan, words)
        return plans


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


def _daily(kind, start, stop, make, level=1.0):
    return Treatment(
        kind=kind,
        name=kind,
        schedule=window(start, stop, level),
        make=make,
        key=(kind,),
    )


@door("bl.teriparatide", **_COURSE)
def teriparatide(*, start=0, stop="24 months"):
    """Teriparatide 20 ug a day."""
    make = partial(_make_plain, Teriparatide, "teriparatide")
    return _daily("teriparatide", start, stop, make)


@door("bl.romosozumab", **_COURSE)
def romosozumab(*, start=0, stop="12 months"):
    """Romosozumab 210 mg a month (a toy: see drugs.toml)."""
    make = partial(_make_plain, Romosozumab, "romosozumab")
    return _daily("romosozumab", start, stop, make)


@door("bl.alendronate", **_COURSE)
def alendronate(*, start=0, stop=None):
    """Alendronate 70 mg a week (a toy: see drugs.toml)."""
    return _daily("alendronate", start, stop, partial(_make_bisphosphonate, "alendronate"))


@door("bl.zoledronate", **_INJECTIONS)
def zoledronate(dose="5 mg", every="1 year", doses=1, *, start=0, missed=()):
    """Zoledronate infusions (a toy: see drugs.toml)."""
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
