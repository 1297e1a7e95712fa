"""What one would measure of a tissue, and what lies behind: series by name from solved states."""

import numpy as np

from bonelab.biology import bone, mineral_balance
from bonelab.biology.remodelling import CELLS, STATES, Inputs, fluxes, on_drugs

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
    "blood calcium": "mmol/L",
}


def along(times, courses, schedules, lesions, states):
    """``Inputs`` over time, and the series of drugs and lesions.

    From the ``Course`` of each drug and the solved states, of which lesions have the last.
    """
    inputs, serum, begin = Inputs(), 0.0, len(STATES)
    for course, schedule in zip(courses, schedules, strict=True):
        seen = course.bring(times, inputs)
        if schedule.doses and course.drug.in_serum:
            serum = serum + seen[0]
    extra = _serum(serum)
    for lesion in lesions:
        own_states = states[begin : begin + len(lesion.states)]
        lesion.act(own_states, inputs)
        extra |= dict(zip(lesion.states, own_states, strict=True))
        begin += len(lesion.states)
    return inputs, extra


def _serum(total):
    return {} if np.ndim(total) == 0 else {"serum drug": np.maximum(total, 0.0)}


def observe(times, states, person, inputs=None, extra=None, start=None):
    """Series by name from states (state x time, or state x woman x time).

    ``extra`` are series of drugs and lesions; ``start`` is resorption before the run, which CTX is
    relative to (that of the first time when left out).
    """
    inputs = Inputs() if inputs is None else inputs
    f = fluxes(times, states, inputs, person.tissue)
    p, b = person.tissue.p, person.tissue.binding
    young_hip, old_hip, young_spine, old_spine, matrix = states[len(CELLS) : len(STATES)]
    hip, spine = bone.mineral(young_hip, old_hip, young_spine, old_spine, p)
    start = f.resorption[..., :1] if start is None else start
    free_opg = f.opg * b.Kd_OPG / (f.free_rankl + b.Kd_OPG)
    rankl = np.where(f.rankl > 0.0, f.rankl, np.inf)  # of nothing nobody holds a share
    series = dict(zip(CELLS, states, strict=False))
    series |= {
        "resorption": f.resorption,
        "formation": f.formation,
        "RANKL": f.rankl,
        "OPG": f.opg,
        "RANKL on OPG": f.opg * f.free_rankl / (f.free_rankl + b.Kd_OPG) / rankl,
        "RANKL on drug": on_drugs(f, series["osteoclasts"], inputs, person.tissue) / rankl,
        "free OPG": free_opg / person.tissue.healthy_free_opg,
        "occupancy": f.occupancy,
        "clustered RANKL": f.clustered,
        "reverse signal": f.reverse_signal,
        "reverse route": p.reverse_share * f.reverse_signal,
        "matrix route": (1.0 - p.reverse_share) * f.matrix_signal,
        "bone volume hip": young_hip + old_hip,
        "bone volume spine": young_spine + old_spine,
        "BMD hip": 100.0 * hip / hip[..., :1],
        "BMD spine": 100.0 * spine / spine[..., :1],
        "CTX": bone.marker(p.CTX_floor, f.resorption, start),
        "P1NP": bone.marker(p.P1NP_floor, f.formation, f.formation[..., :1]),
        "BSAP": bone.marker(p.BSAP_floor, matrix, matrix[..., :1]),
    }
    supplements = person.tissue.drugs.supplements_P1NP * inputs.supplements
    series["P1NP"] = series["P1NP"] * (1.0 - supplements)
    calcium_known = "serum calcium" in (extra or {})  # by a lesion of its own
    if person.species == "human" and not person.local and not calcium_known:
        released = f.resorption - f.formation
        calcium, hormone = mineral_balance.blood(times, released, inputs.supplements, p)
        series |= {"blood calcium": calcium, "PTH": hormone}
    return series | (extra or {})
