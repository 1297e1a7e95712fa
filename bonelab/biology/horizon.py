"""How far a course of a drug may go: a little further than what has been seen of it.

How long women have been followed on a drug is ``<drug>_followed`` in ``drugs.toml``; a course is
simulated for at most ``beyond_followed`` times that. An antibody of one's own design has no record
at all, and ends after ``designed_most``. What no trial of bone has given has no bound.
"""

from bonelab.parameters import DAYS_PER_YEAR, load, refuse


def refuse_beyond(plans, end):
    """Raise BonelabError for a course that goes much further than anybody has been followed.

    ``plans`` are treatments, ``end`` is the length of the run in days.
    """
    d = load("drugs")
    for kind in dict.fromkeys(plan.kind for plan in plans):
        followed = getattr(d, f"{kind}_followed", None)
        if followed is not None:
            most = d.beyond_followed * followed
            why = f"nobody has been followed on {kind} for more than {followed:g} years"
        elif kind == "reverse agonist":
            most, why = d.designed_most, "no woman has ever had such an antibody"
        else:
            continue
        days = _course([plan.schedule for plan in plans if plan.kind == kind], end)
        if days > most * DAYS_PER_YEAR + 1.0:
            refuse(
                kind,
                f"a course of {days / DAYS_PER_YEAR:.3g} years",
                f"{why}; this model goes to {most:g} years of it, so stop it before, or make the "
                "run shorter.",
            )


def _course(schedules, end):
    """Days from the first to the last day on a drug, within the run."""
    days = [day for schedule in schedules for day, _ in schedule.doses if day < end]
    for schedule in schedules:
        for start, stop, level in schedule.windows:
            if start < end and level > 0:
                days += [start, min(stop, end)]
    return max(days) - min(days) if days else 0.0
