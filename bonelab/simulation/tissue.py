"""Simulate a subject over years, with or without treatment. The equations: biology/remodelling.py.

The history of a subject (bone since menopause) is solved once and kept; then the run goes from
event to event (doses, starts, stops, menopause), so that the solver never steps over one.
"""

from functools import lru_cache

import numpy as np

from bonelab.biology import bone, remodelling
from bonelab.biology.dosing import edges, level_at
from bonelab.biology.remodelling import CELLS, DAYS_PER_YEAR, STATES, Inputs, fluxes
from bonelab.biology.subjects import Subject, woman
from bonelab.biology.treatments import Treatments
from bonelab.parameters import Made, Quantity, door, refuse

from .limits import limit_notes
from .plans import check_plans, plan_events, plan_notes, plans_in_words
from .run import POINTS, Run
from .solver import Change, no_less_than_zero, solve

RTOL = 1e-6  # delivers 1e-4 of each series' range or better (tests/test_accuracy.py)
_ATOL_PER_RTOL = 5.0  # absolute tolerance of a state, relative to its natural size
_AFTER_DOSE = np.array([0.25, 0.5, 1, 2, 3, 5, 7, 10, 14, 21, 30])

UNITS = {
    "RANKL": "nM",
    "OPG": "nM",
    "BMD hip": "%",
    "BMD spine": "%",
    "CTX": "%",
    "P1NP": "%",
    "BSAP": "%",
    "serum drug": "ng/ml",
    "serum calcium": "mmol/L",
}


@door(
    "bl.simulate",
    subject=Made(Subject, "who; a woman of 65 by default", "bl.woman(...) or bl.mouse(...)"),
    treatments=Treatments(),
    years=Quantity("follow-up", "length of the run; 4 by default"),
    days=Quantity("follow-up", "length of the run, in place of years", unit="day", high=36525),
    points=POINTS,
    rtol=Quantity("tolerance", "relative tolerance of the solver"),
)
def simulate(subject=None, treatments=(), years=None, *, days=None, points=401, rtol=RTOL):
    """Simulate a subject over years. More times than ``points`` are added after each dose.

    Returns
    -------
    Run in days. Cells relative to healthy bone before menopause; bone volume likewise; BMD and the
    markers in percent of the start of the run; on a dosing day the value just before the dose.
    """
    person = woman(65) if subject is None else subject
    end = length_in_days(years, days)
    check_plans(treatments, end)
    return _solved(person, treatments, end, points, rtol)


@lru_cache(maxsize=64)
def _solved(person, plans, end, points, rtol):
    """The run of a subject on its treatments up to day ``end``.

    The latest runs are kept: a lab and its code, an answer and its check ask for the same one.
    """
    blocks, schedules = blocks_of(person, plans)
    times = _times(end, points, schedules, person)
    start = [*start_state(person, rtol), *(v for block in blocks for v in block.start())]
    treatment = plans_in_words(plans, end)
    words = f"{person.name}" + (f" on {treatment}" if plans else "")
    atol = tolerances(blocks, rtol)
    solution = solve(
        remodelling.rhs,
        start,
        times,
        (person.tissue, blocks, levels(schedules, 0.0)),
        changes(person, blocks, schedules, end),
        rtol=rtol,
        atol=atol,
        what=words,
    )
    states = no_less_than_zero(solution.states.T, words, 10.0 * atol[:, None])
    series = observe(times, states, person, blocks, schedules)
    notes = (*plan_notes(person, plans), *limit_notes(series, person, end))
    return Run(
        kind="tissue",
        time=times,
        time_unit="day",
        series=series,
        units={name: UNITS[name] for name in series if name in UNITS},
        subject=person.name,
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


def blocks_of(person, plans):
    """One block per drug (schedules of the same drug are joined), then the subject's lesions."""
    joined = {}
    for plan in plans:
        block, schedule = joined.get(plan.key, (None, None))
        if block is None:
            joined[plan.key] = (plan.make(person), plan.schedule)
        else:
            joined[plan.key] = (block, schedule + plan.schedule)
    blocks = [block for block, _ in joined.values()] + list(person.lesions)
    schedules = [schedule for _, schedule in joined.values()] + [None] * len(person.lesions)
    return tuple(blocks), schedules


def levels(schedules, t):
    """What is switched on just after day t, drug by drug."""
    return tuple(0.0 if s is None else float(level_at(s, t)) for s in schedules)


def tolerances(blocks, rtol):
    """Absolute tolerance of every state: cells and bone are near 1, drugs have their own sizes."""
    sizes = [1.0] * len(STATES)
    for block in blocks:
        sizes += block.sizes
    return _ATOL_PER_RTOL * rtol * np.array(sizes)


def _times(end, points, schedules, person):
    times = [np.linspace(0.0, end, points)]
    for schedule in filter(None, schedules):
        for day, _ in schedule.doses:
            times.append(day + np.concatenate([[0.0], _AFTER_DOSE]))
        times += [[day, *(day + _AFTER_DOSE)] for day in edges(schedule)]
    every = np.unique(np.concatenate(times))
    return every[(every >= 0.0) & (every <= end)]


def changes(person, blocks, schedules, end):
    """Doses, switches and menopause as events of the solver."""
    moments, doses = set(), {}
    begin = len(STATES)
    for block, schedule in zip(blocks, schedules, strict=True):
        if schedule is not None:
            for day, size in schedule.doses:
                doses.setdefault(day, []).append((block, begin, size))
            moments.update(day for day in edges(schedule) if day > 0)
        begin += len(block.states)
    years = person.tissue.condition.years_after_menopause
    menopause = -years * DAYS_PER_YEAR
    if np.ndim(menopause) == 0 and 0 < menopause < end:  # of many women each has her own
        moments.add(menopause)  # estrogen's course has a kink here
    events = []
    for day in sorted(moments | set(doses)):
        given = doses.get(day)
        args = (person.tissue, blocks, levels(schedules, day))
        events.append(Change(day, jump=_dose_all(given) if given else None, args=args))
    return events


def _dose_all(given):
    def jump(y):
        y = list(y)
        for block, begin, size in given:
            end = begin + len(block.states)
            y[begin:end] = block.dose(y[begin:end], size)
        return y

    return jump


def start_state(person, rtol=RTOL):
    """Cells and bone at the start of a run: healthy, or what menopause has left."""
    return _history(person.before, 0.1 * rtol)  # its error is in every run that starts from it


@lru_cache(maxsize=256)
def _history(tissue, rtol):
    """Solve from menopause to the start of the run (healthy bone is at rest before that)."""
    from dataclasses import replace

    years = tissue.condition.years_after_menopause
    start = remodelling.healthy_start(tissue)
    if years <= 0:
        return tuple(start)
    at_menopause = replace(tissue, condition=replace(tissue.condition, years_after_menopause=0.0))
    solution = solve(
        remodelling.rhs,
        start,
        [0.0, years * DAYS_PER_YEAR],
        (at_menopause,),
        rtol=rtol,
        atol=tolerances((), rtol),
        what=f"the {years:g} years since menopause",
    )
    return tuple(solution.states[-1].tolist())


def observe(times, states, person, blocks, schedules, start=None):
    """Series by name from states (state x time): what one would measure and what lies behind.

    ``start`` is resorption before the run, which CTX is relative to (computed when left out).
    """
    inputs = Inputs()
    begin, serum = len(STATES), None
    own = {}
    for block, schedule in zip(blocks, schedules, strict=True):
        y = states[begin : begin + len(block.states)]
        level = 0.0
        if schedule is not None and schedule.windows:
            level = np.array([level_at(schedule, t) for t in times])
        block.act(y, level, inputs)
        if hasattr(block, "serum") and schedule.doses:
            serum = block.serum(y) if serum is None else serum + block.serum(y)
        if schedule is None:
            own |= dict(zip(block.states, y, strict=True))
        begin += len(block.states)
    f = fluxes(times, states, inputs, person.tissue)
    p = person.tissue.p
    formation = states[3]
    young_hip, old_hip, young_spine, old_spine = states[5:9]
    hip, spine = bone.mineral(young_hip, old_hip, p), bone.mineral(young_spine, old_spine, p)
    start = _resorption_before(person) if start is None else start
    series = dict(zip(CELLS, states, strict=False))
    series |= {
        "resorption": f.resorption,
        "formation": formation,
        "RANKL": f.rankl,
        "OPG": f.opg,
        "occupancy": f.occupancy,
        "clustered RANKL": f.clustered,
        "reverse signal": f.reverse_signal,
        "bone volume hip": young_hip + old_hip,
        "bone volume spine": young_spine + old_spine,
        "BMD hip": 100.0 * hip / hip[..., :1],
        "BMD spine": 100.0 * spine / spine[..., :1],
        "CTX": bone.marker(p.CTX_floor, f.resorption, start),
        "P1NP": bone.marker(p.P1NP_floor, formation, formation[..., :1]),
        "BSAP": bone.marker(p.BSAP_floor, formation, formation[..., :1]),
    }
    if serum is not None:
        series["serum drug"] = np.maximum(serum, 0.0)
    return series | own


def _resorption_before(person):
    """Resorption at the start, before any disease or drug: what markers are relative to."""
    state = start_state(person)
    return fluxes(0.0, state, Inputs(), person.before).resorption
