"""One batch of a cohort: its women side by side, the equations of one run on arrays.

First what each has lived through, then the drugs, on which bone never acts back, then the bone.
"""

from dataclasses import replace
from typing import Any

import numpy as np

from bonelab.biology import remodelling
from bonelab.biology.population import BATCH, side_by_side
from bonelab.biology.remodelling import Inputs, fluxes

from . import tissue as one_subject
from .drug_supply import PieceOfMany, between_of_many, courses, equations_with
from .histories import STRICTER, history
from .observe import along, observe
from .progress import part
from .solver import NOISE, no_less_than_zero, solve


def simulate_batch(
    batch: Any, cohort: Any, plans: Any, end: Any, times: Any, keep: Any, rtol: Any
) -> dict[str, Any]:
    """Series of one batch of women: ``{name: array women x times}``."""
    women = cohort.women(batch)
    people = side_by_side(women)
    columns = side_by_side(women, (-1, 1))  # women down, times across
    if cohort.disease:
        people, columns = (each.with_disease(cohort.disease) for each in (people, columns))
    drugs, schedules = one_subject.drugs_of(people, plans)
    with part(0, 3):
        before = history(people.before, rtol, (cohort, batch))
    size = before.shape[1]
    days = one_subject.moments(people, schedules, end)
    with part(1, 3):
        drug_courses = courses(drugs, schedules, days, end, rtol, between_of_many(size, STRICTER))
    lesions = people.lesions
    first, changes = equations_with(drug_courses, people.tissue, lesions, days, rtol, PieceOfMany)
    lesion_states = [np.broadcast_to(v, (size,)) for lesion in lesions for v in lesion.start()]
    atol = one_subject.tolerances(lesions, STRICTER * rtol)
    words = f"women {batch * BATCH} to {batch * BATCH + size - 1} of the cohort"
    with part(2, 3):
        solution = solve(
            remodelling.rhs_supplied,
            np.vstack([before, *lesion_states]),
            times,
            first,
            changes,
            rtol=rtol,
            atol=atol,
            what=words,
            many=True,
        )
    states = np.moveaxis(solution.states, 0, -1)  # state x woman x time
    states = no_less_than_zero(states, words, NOISE * atol[:, None, None])
    start = fluxes(0.0, before, Inputs(), people.before).resorption[:, None]
    drugs, _ = one_subject.drugs_of(columns, plans)
    drug_courses = [
        replace(course, drug=drug) for course, drug in zip(drug_courses, drugs, strict=True)
    ]
    inputs, extra = along(times, drug_courses, schedules, columns.lesions, states)
    series = observe(times, states, columns, inputs, extra, start)
    return {name: np.broadcast_to(series[name], (size, times.size)) for name in keep}
