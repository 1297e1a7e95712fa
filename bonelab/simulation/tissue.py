"""Simulate a subject over years, with or without treatment. The equations: biology/remodelling.py.

The history of a subject (bone since menopause) is solved once and kept; then the run goes from
event to event (doses, starts, stops, menopause), so that the solver never steps over one.
"""

from dataclasses import replace
from functools import lru_cache

import numpy as np

from bonelab.biology import remodelling
from bonelab.biology.dosing import edges
from bonelab.biology.horizon import refuse_beyond
from bonelab.biology.remodelling import STATES, Inputs, fluxes
from bonelab.biology.subjects import Subject, woman
from bonelab.biology.treatments import Treatments
from bonelab.parameters import DAYS_PER_YEAR, Made, Quantity, door, refuse
from bonelab.parameters.argument_types import Amount, Anything, SomeTreatments

from .drug_supply import Piece, courses, equations_with
from .observe import UNITS, along, observe
from .range_of_validity import limit_notes
from .run import POINTS, Run
from .solver import NOISE, Change, no_less_than_zero, solve
from .study_plans import check_plans, plan_events, plan_notes, plans_in_words

# Delivers 3e-3 of the range of any series, which is a pixel, and mostly 3e-4 (test_accuracy.py).
# A looser one would save a tenth at most: stability and not accuracy sets most steps.
RTOL = 1e-5
_SIZES = {"pre-osteoblasts": 0.5}  # formation begins here, and all that is built follows
_ATOL_PER_RTOL = 5.0  # absolute tolerance of a state, relative to its natural size
_AFTER_DOSE = np.array([0.25, 0.5, 1, 2, 3, 5, 7, 10, 14, 21, 30])


@door(
    "bl.simulate",
    subject=Made(Subject, "who; a woman of 65 by default", "bl.woman(...) or bl.mouse(...)"),
    treatments=Treatments(),
    years=Quantity("follow-up", "length of the run; 4 by default"),
    days=Quantity("follow-up", "length of the run, in place of years", unit="day", high=36525),
    points=POINTS,
    rtol=Quantity("tolerance", "relative tolerance of the solver"),
)
def simulate(
    subject: Anything = None,
    treatments: SomeTreatments = (),
    years: Amount = None,
    *,
    days: Amount = None,
    points: int = 401,
    rtol: Amount = RTOL,
) -> Run:
    """Simulate a subject over years. More times than ``points`` are added after each dose.

    Returns
    -------
    Run in days. Cells relative to healthy bone before menopause; bone volume likewise; BMD and the
    markers in percent of the start of the run; on a dosing day the value just before the dose.

    Examples
    --------
    >>> run = bl.simulate(bl.woman(65), bl.denosumab(doses=2), years=1)
    >>> run.code
    "run = bl.simulate(bl.woman(age=65), bl.denosumab(dose='60 mg', doses=2), years=1)"
    >>> bool(run.at("6 months", "CTX") < run.at(0, "CTX"))
    True
    """
    person = woman() if subject is None else subject
    end = length_in_days(years, days)
    check_plans(treatments, end)
    refuse_beyond(treatments, end)
    return _solved(person, treatments, end, points, rtol)


@lru_cache(maxsize=64)
def _solved(person, plans, end, points, rtol):
    """The run of a subject on its treatments up to day ``end``.

    The latest runs are kept: a lab and its code, an answer and its check ask for the same one.
    """
    drugs, schedules = drugs_of(person, plans)
    lesions = person.lesions
    times = _times(end, points, schedules, person)
    start = [*start_state(person, rtol), *(v for lesion in lesions for v in lesion.start())]
    treatment = plans_in_words(plans, end)
    words = f"{person.name}" + (f" on {treatment}" if plans else "")
    days = moments(person, schedules, end)
    drug_courses = courses(drugs, schedules, days, end, rtol)
    first, changes = equations_with(drug_courses, person.tissue, lesions, days, rtol)
    atol = tolerances(lesions, rtol)
    solution = solve(
        remodelling.rhs_supplied,
        start,
        times,
        first,
        changes,
        rtol=rtol,
        atol=atol,
        what=words,
        jacobian=remodelling.jacobian_supplied,
    )
    states = no_less_than_zero(solution.states.T, words, NOISE * atol[:, None])
    inputs, extra = along(times, drug_courses, schedules, lesions, states)
    series = observe(times, states, person, inputs, extra, _resorption_before(person, rtol))
    notes = (*plan_notes(person, plans, end), *limit_notes(series, person, end))
    return Run(
        kind="tissue",
        time=times,
        time_unit="day",
        series=series,
        units={name: UNITS[name] for name in series if name in UNITS},
        subject=person.called,
        treatment=treatment,
        parameters=person.tissue.p,
        status=" ".join([solution.status, *(note.text for note in notes)]),
        facts={"years": end / DAYS_PER_YEAR},
        species=person.species,
        local=person.local,
        events=plan_events(plans, end),
        notes=notes,
    )


def short_run(person, plans):
    """A day in the life of a subject, to see which series there are."""
    return _solved(person, tuple(plans), 1.0, 2, 1e-3)


def length_in_days(years, days):
    """Length of a run in days; four years if nothing is said."""
    if years is not None and days is not None:
        refuse("days", days, "give years= or days=, not both.")
    if days is not None:
        return days
    return (4.0 if years is None else years) * DAYS_PER_YEAR


def drugs_of(person, plans):
    """One Drug for each that is given, and its schedule (those of the same drug are joined)."""
    joined = {}
    for plan in plans:
        drug, schedule = joined.get(plan.key, (None, None))
        if drug is None:
            joined[plan.key] = (plan.make(person), plan.schedule)
        else:
            joined[plan.key] = (drug, schedule + plan.schedule)
    return [drug for drug, _ in joined.values()], [schedule for _, schedule in joined.values()]


def tolerances(lesions, rtol):
    """Absolute tolerance of every state: cells and bone are near 1, lesions have own sizes."""
    sizes = [_SIZES.get(name, 1.0) for name in STATES]
    for lesion in lesions:
        sizes += lesion.sizes
    return _ATOL_PER_RTOL * rtol * np.array(sizes)


def _times(end, points, schedules, person):
    times = [np.linspace(0.0, end, points)]
    for schedule in filter(None, schedules):
        for day, _ in schedule.doses:
            times.append(day + np.concatenate([[0.0], _AFTER_DOSE]))
        times += [[day, *(day + _AFTER_DOSE)] for day in edges(schedule)]
    every = np.unique(np.concatenate(times))
    return every[(every >= 0.0) & (every <= end)]


def moments(person, schedules, end):
    """Days after the start on which something changes: doses, switches and menopause."""
    days = set()
    for schedule in filter(None, schedules):
        days.update(day for day, _ in schedule.doses)
        days.update(edges(schedule))
    menopause = -person.tissue.condition.years_after_menopause
    if np.ndim(menopause) == 0:  # of many women each has her own
        lead = person.tissue.p.ageing_before_menopause
        # the courses of estrogen and of recruitment have a kink here
        days.update(year * DAYS_PER_YEAR for year in (menopause - lead, menopause))
    return sorted(day for day in days if 0.0 < day < end * (1.0 - 1e-9))


def start_state(person, rtol=RTOL):
    """Cells and bone at the start of a run: healthy, or what menopause has left."""
    return _history(person.before, 0.1 * rtol)  # its error is in every run that starts from it


@lru_cache(maxsize=256)
def _history(tissue, rtol):
    """Solve from the first sign of age to the start of the run (bone is at rest before that)."""
    lead = tissue.p.ageing_before_menopause
    years = tissue.condition.years_after_menopause + lead
    start = remodelling.healthy_start(tissue)
    if years <= 0:
        return tuple(start)
    young = replace(tissue, condition=replace(tissue.condition, years_after_menopause=-lead))
    days = years * DAYS_PER_YEAR
    menopause = [Change(lead * DAYS_PER_YEAR)] if 0 < lead < years else []
    solution = solve(
        remodelling.rhs_supplied,
        start,
        [0.0, days],
        (young, Piece((), 0, rtol)),
        menopause,
        rtol=rtol,
        atol=tolerances((), rtol),
        what=f"the {years:g} years before the run",
        jacobian=remodelling.jacobian_supplied,
    )
    return tuple(solution.states[-1].tolist())


def _resorption_before(person, rtol):
    """Resorption at the start, before any disease or drug: what markers are relative to."""
    state = start_state(person, rtol)
    return fluxes(0.0, state, Inputs(), person.before).resorption
