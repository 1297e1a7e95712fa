"""Fever after RANKL in the brain (claim B46)."""

import numpy as np

from bonelab.biology.beyond_bone import fever as biology
from bonelab.parameters import amount, duration, load

from ..run import Run
from ..solver import no_less_than_zero, solve
from .immune import concentration


def fever(rankl="1 nM", rank=1.0, cox=1.0, hours=24):
    """Inject RANKL into the brain and take the temperature.

    Parameters
    ----------
    rankl : nM or text, at time 0
    rank : RANK on astrocytes relative to normal (0 = none)
    cox : what is left of COX2 (0 = blocked by an inhibitor)
    hours : length, hours or text

    Returns
    -------
    Run in hours: RANKL (nM), occupancy, PGE2 (share of most), temperature (°C).

    Raises
    ------
    BonelabError for negative, NaN or unreadable amounts and zero hours.
    """
    p, b = load("beyond_bone"), load("binding")
    L = concentration(rankl, "rankl", "RANKL")
    r = amount(rank, "1", argument="rank", what="RANK relative to normal", high=1.0)
    c = amount(cox, "1", argument="cox", what="the share of COX2 that is left", high=1.0)
    times = np.linspace(0.0, duration(hours, "hour", argument="hours"), 241)
    start = [L, 0.0, p.temperature_normal]
    solution = solve(biology.rhs, start, times, (p, b.Kd_RANK, r, c), what="fever")
    RANKL, PGE2, temperature = no_less_than_zero(solution.states.T, "fever")
    return Run(
        kind="fever",
        time=times,
        time_unit="hour",
        series={
            "temperature": temperature,
            "PGE2": PGE2,
            "RANKL": RANKL,
            "occupancy": r * RANKL / (RANKL + b.Kd_RANK),
        },
        units={"temperature": "°C", "RANKL": "nM"},
        subject="a mouse brain",
        treatment=f"{L:.3g} nM RANKL, RANK at {r:.0%} and COX2 at {c:.0%} of normal",
        parameters=p,
        status=solution.status,
        code=f"run = bl.beyond_bone.fever(rankl={rankl!r}, rank={rank!r}, cox={cox!r}, "
        f"hours={hours!r})",
    )
