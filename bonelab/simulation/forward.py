"""The forward dish: precursors, RANKL and OPG in a culture dish, for hours to days.

The equations are in ``bonelab/biology/forward_signalling.py``; this file is the experiment.
"""

from functools import lru_cache
from typing import Any

import numpy as np

from bonelab.biology import forward_signalling as biology
from bonelab.biology.binding import competition
from bonelab.biology.blocks import Steps
from bonelab.biology.forward_signalling import Blocks, death_rate, half_life, rhs, steady_state
from bonelab.parameters import HOURS_PER_DAY, MOLAR_MASS, ParameterSet, Quantity, door
from bonelab.parameters.argument_types import Amount, Inhibition, Parameters

from .run import POINTS, Run
from .solver import no_less_than_zero, solve

__all__ = ["Blocks", "culture", "half_life", "steady_state"]

_UNITS = {
    "nuclei per osteoclast": "nuclei",
    "NFATc1": "model units",
    "pits": "osteoclast days",
    "half-life": "day",
}


@door(
    "bl.forward.culture",
    rankl=Quantity("RANKL", "total RANKL (a trimer weighs 60 kDa)", shown=True),
    opg=Quantity("OPG", "total OPG"),
    days=Quantity("culture", "length of the culture", shown=True),
    block=Steps(Blocks, "steps that an inhibitor or a knock-out takes away"),
    rank=Quantity("factor", "RANK per precursor relative to normal; 0 is a knock-out"),
    parameters=ParameterSet("forward"),
    binding=ParameterSet("binding"),
    points=POINTS,
)
def culture(
    rankl: Amount = "50 ng/ml",
    opg: Amount = 0,
    days: Amount = 5,
    block: Inhibition = (),
    rank: Amount = 1.0,
    *,
    parameters: Parameters = None,
    binding: Parameters = None,
    points: int = 241,
) -> Run:
    """Culture osteoclast precursors with RANKL (M-CSF is taken as plenty).

    Returns
    -------
    Run in hours: occupancy, TRAF6, NF-kB, JNK, Akt, NFATc1 (model units), precursors (start = 1),
    osteoclasts (per starting precursor), nuclei per osteoclast, pits (full-activity osteoclast
    days), resorption per osteoclast (share of the most it can do) and its half-life (days).

    Examples
    --------
    >>> run = bl.forward.culture(rankl="50 ng/ml", days=5)
    >>> run.time_unit, run.names[:3]
    ('hour', ['occupancy', 'TRAF6', 'NF-kB'])
    >>> bl.forward.culture(rankl=0, days=5).final["osteoclasts"]
    0.0
    """
    p, blocks = parameters, block
    bound = competition(rankl, binding.RANK_dish * rank, opg, parameters=binding)
    x = float(bound.occupancy) if rank > 0 else 0.0

    hours = dish_hours(days * HOURS_PER_DAY, points)
    treatment = f"{_in_ng(rankl)} RANKL" + (f" and {opg:.3g} nM OPG" if opg else "")
    names = blocks.reduced()
    if names:
        treatment += " and " + ", ".join(names) + " blocked"
    if rank != 1:
        treatment += f" and {rank:.0%} of the usual RANK"
    solution = _solved(tuple(hours.tolist()), (p, x, rank, blocks), f"the dish with {treatment}")
    return Run(
        kind="forward dish",
        time=hours,
        time_unit="hour",
        series=_series(
            no_less_than_zero(solution.states.T, f"the dish with {treatment}"), x, p, blocks
        ),
        units=_UNITS,
        subject="osteoclast precursors in a dish",
        treatment=treatment,
        parameters=p,
        status=solution.status,
    )


@lru_cache(maxsize=64)
def _solved(hours, args, what):
    """The latest dishes are kept: a lab and its code, an answer and its check ask for the same."""
    start = [0.0] * len(biology.STATES)
    start[biology.STATES.index("precursors")] = 1.0
    return solve(rhs, start, hours, args, what=what)


def dish_hours(end: Any, points: Any) -> Any:
    """Times dense in the first minutes, when the early signals peak, and even later."""
    early = np.array([0, 2, 4, 6, 8, 10, 15, 20, 25, 30, 40, 50, 60, 75, 90, 120, 150, 180]) / 60
    return np.unique(np.concatenate([early[early < end], np.linspace(0, end, points)]))


def _series(states, x, p, blocks):
    by_name = dict(zip(biology.STATES, states, strict=True))
    cells, nuclei = by_name["osteoclasts"], by_name["nuclei"]
    by_name["nuclei per osteoclast"] = np.where(cells > 1e-9, nuclei / np.maximum(cells, 1e-9), 0)
    by_name["occupancy"] = np.full_like(cells, x)
    by_name["resorption per osteoclast"] = blocks.Src * biology.activity(by_name["NFATc1"], p)
    by_name["half-life"] = np.log(2) / death_rate(by_name["Akt"], p)
    wanted = (
        "occupancy",
        "TRAF6",
        "NF-kB",
        "JNK",
        "Akt",
        "NFATc1",
        "precursors",
        "osteoclasts",
        "nuclei per osteoclast",
        "pits",
        "resorption per osteoclast",
        "half-life",
    )
    return {name: by_name[name] for name in wanted}


def _in_ng(rankl):
    """nM of trimers as the ng/ml a culture protocol would say."""
    dose = f"{rankl * MOLAR_MASS['RANKL'] / 1000:.3g}"
    return f"{float(dose):g} ng/ml"
