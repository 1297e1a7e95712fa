"""Fever after RANKL in the brain (claim B46)."""

import numpy as np

from bonelab.biology.beyond_bone import fever_equations as biology
from bonelab.parameters import Quantity, door, load
from bonelab.parameters.argument_types import Amount

from ..run import Run
from ..solver import no_less_than_zero, solve


@door(
    "bl.beyond_bone.fever",
    rankl=Quantity("RANKL", "RANKL injected into the brain at time 0"),
    rank=Quantity("share", "RANK on astrocytes relative to normal; 0 is none"),
    cox=Quantity("share", "what is left of COX2; 0 is blocked by an inhibitor"),
    hours=Quantity("culture", "length of the run", unit="hour", high=24_000),
)
def fever(rankl: Amount = "1 nM", rank: Amount = 1.0, cox: Amount = 1.0, hours: Amount = 24) -> Run:
    """Inject RANKL into the brain and take the temperature.

    Returns
    -------
    Run in hours: RANKL (nM), occupancy, PGE2 (share of most), temperature (°C).

    Examples
    --------
    >>> run = bl.beyond_bone.fever(rankl="1 nM")
    >>> blocked = bl.beyond_bone.fever(rankl="1 nM", cox=0)
    >>> bool(blocked["temperature"].max() < run["temperature"].max())
    True
    """
    p, b = load("beyond_bone"), load("binding")
    times = np.linspace(0.0, hours, 241)
    start = [rankl, 0.0, p.temperature_normal]
    solution = solve(biology.rhs, start, times, (p, b.Kd_RANK, rank, cox), what="fever")
    RANKL, PGE2, temperature = no_less_than_zero(solution.states.T, "fever")
    return Run(
        kind="fever",
        time=times,
        time_unit="hour",
        series={
            "temperature": temperature,
            "PGE2": PGE2,
            "RANKL": RANKL,
            "occupancy": rank * RANKL / (RANKL + b.Kd_RANK),
        },
        units={"temperature": "°C", "RANKL": "nM"},
        subject="a mouse brain",
        treatment=f"{rankl:.3g} nM RANKL with RANK at {rank:.0%} and COX2 at {cox:.0%} of normal",
        parameters=p,
        status=solution.status,
    )
