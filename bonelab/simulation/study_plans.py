"""Study plans before a run: what begins too late is refused, the rest is told."""

import math

from bonelab.biology.dosing import FOR_GOOD, Schedule, clash, in_time, moment
from bonelab.parameters import refuse

from .run import Note

# drugs that call osteoblasts to build, under which nobody held calcium against a measurement
_BUILDING = {
    "romosozumab": "romosozumab",
    "teriparatide": "teriparatide",
    "reverse agonist": "an antibody that starts reverse signalling",
}
_WITH_EVERY_TRIAL = "calcium and vitamin D"
# of which each was fitted alone: no trial of two of them stands in the calibration
_FITTED_ALONE = ("denosumab", "alendronate", "zoledronate", "teriparatide", "romosozumab")


def check_plans(plans, end):
    """Refuse what begins after the end of the run, and two levels of one drug at once."""
    joined = {}
    for plan in plans:
        begins = plan.schedule.begins
        if end <= begins < FOR_GOOD:
            refuse(
                "treatments",
                plan,
                f"it begins in {moment(begins)}, but the run ends after {in_time(end)}. Start it "
                "earlier, or simulate for longer.",
            )
        joined[plan.key] = joined.get(plan.key, Schedule()) + plan.schedule
    for plan in plans:
        day = clash(joined[plan.key])
        if day is not None:
            refuse("treatments", plan, f"two levels of it are held at once from {moment(day)} on.")


def plans_in_words(plans, end):
    """Treatments as far as they fall into the run, as one would say them."""
    return " and ".join(dict.fromkeys(plan.within(end) for plan in plans))


def plan_notes(person, plans, end=FOR_GOOD):
    """What a reader of a run of ``end`` days should know about the subject and the drug."""
    if any(plan.kind == "denosumab" for plan in plans) and not person.human_RANKL:
        words = (
            "Denosumab does nothing here: it does not bind mouse RANKL; try bl.mouse('huRANKL')."
        )
        yield Note("not bound", words)
    if person.species == "human" and any(plan.kind == "reverse agonist" for plan in plans):
        words = (
            "No woman has ever had an antibody of this design: no trial holds what it does to her "
            "bone, and bl.prediction_bands(...) shows how far equally good models differ."
        )
        yield Note("untried", words)
    drugs = [kind for kind in _FITTED_ALONE if any(plan.kind == kind for plan in plans)]
    if person.species == "human" and len(drugs) > 1:
        words = (
            f"The model was fitted to {' and '.join(drugs)} each alone, and to no trial of one "
            "after the other or of both at once: what they do to each other is a guess here."
        )
        yield Note("beyond", words)
    stops = [stop for plan in plans if plan.kind == "romosozumab"
             for _, stop, _ in plan.schedule.windows]  # fmt: skip
    if person.species == "human" and stops and max(stops) < end:
        words = (
            "How CTX overshoots after romosozumab was not fitted to any trial, and the model "
            "probably shows too much of it."
        )
        yield Note("beyond", words)
    yield from _hormone_notes(person, plans)
    if person.local:
        yield Note("local", "This is a local site: no blood marker should be read from it.")
    for plan in plans:
        days = [day for other in plans if other.key == plan.key for day, _ in other.schedule.doses]
        twice = len(days) - len(set(days))
        if twice:
            when = f"On {twice} day{'s' * (twice > 1)}"
            words = f"{when} two doses of {plan.kind} are given, which add up."
            yield Note("two doses", words)
            break


def _hormone_notes(person, plans):
    """What to think of calcium and its hormone under a drug that makes osteoblasts build."""
    building = [_BUILDING[plan.kind] for plan in plans if plan.kind in _BUILDING]
    if person.species != "human" or person.local or not building:
        return
    words = (
        "Calcium and parathyroid hormone were set by a first dose of denosumab. Under "
        f"{' and '.join(dict.fromkeys(building))}, with which bone takes calcium to build, this "
        "model lets calcium fall and the hormone rise further than anybody should expect, so do "
        "not read these two curves."
    )
    for series in ("PTH", "blood calcium"):
        yield Note("unread", words, series)


def same_until(run, plans):
    """The day until which a run was given what ``plans`` give; infinite if it always was.

    Calcium and vitamin D, which every trial gives, do not count.
    """
    given = {(round(day), words) for day, words in run.events}
    meant = {(round(day), words) for day, words in plan_events(plans, run.time[-1])}
    apart = [day for day, words in given ^ meant if not words.startswith(_WITH_EVERY_TRIAL)]
    return min(apart, default=math.inf)


def plan_events(plans, end):
    """(day, words) of every dose, start and stop within the run."""
    events = []
    for plan in plans:
        events += [(day, f"{plan.name} {plan.size}") for day, _ in plan.schedule.doses]
        for start, stop, _ in plan.schedule.windows:
            events += [(start, f"{plan.name} starts"), (stop, f"{plan.name} stops")]
    return tuple(sorted({event for event in events if event[0] < end}))
