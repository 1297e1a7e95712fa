r"""Whether the prediction band holds what it should: published means inside it, series by series.

The band of a point is that of ``bl.prediction_bands``: every member of the ensemble predicts it,
times the member's factor for how published means scatter. A series is *left out* as follows: its
points leave the misfit, the derivatives :math:`J` of the other residuals give the parameters' step
:math:`(J^TJ)^{-1}J_o^Tg_o` (Gauss and Newton; o: what is left out), and the band moves with what
the step does to the prediction.
"""

import numpy as np
import pandas as pd

from bonelab.simulation.ensemble import GROWS_IN, SCATTER, ensemble

from .predict import arm_means
from .problem import slope_of_softened
from .trials import SERIES

SERIES_OF = {column: name for name, column in SCATTER.items()}  # column of the ensemble -> series


def coverage(fit, share=0.8):
    """Points inside the band, by arm and endpoint: a pandas table with one row per series."""
    problem = fit.problem
    tail = (1.0 - share) / 2.0
    predictions, _ = problem.predictions(fit.logs)
    residuals, rows, begin = problem.residuals(fit.logs), [], 0
    for name, arm in problem.arms.items():
        members = np.array([_member(arm, row) for row in ensemble()])
        low, high = np.quantile(members, (tail, 1.0 - tail), axis=0)
        for endpoint in dict.fromkeys(arm.endpoint):
            mine = arm.endpoint == endpoint
            out = np.flatnonzero(mine) + begin
            to_percent = (
                problem.sd[name][mine] / arm.weight**0.5 / slope_of_softened(residuals[out])
            )
            moved = _left_out(fit, out) * to_percent / predictions[name][mine]
            published = arm.percent[mine]
            rows.append(
                {
                    "arm": name,
                    "endpoint": endpoint,
                    "n": int(mine.sum()),
                    "inside": _inside(published, low[mine], high[mine]),
                    "left out": _inside(
                        published, low[mine] * (1.0 + moved), high[mine] * (1.0 + moved)
                    ),
                    "width": float(np.median(high[mine] - low[mine])),
                }
            )
        begin += arm.day.size
    return pd.DataFrame(rows)


def by_endpoint(table):
    """The same over all arms: points, shares inside in percent, and the median width of a band."""
    sums = table.groupby("endpoint")[["n", "inside", "left out"]].sum()
    return pd.DataFrame(
        {
            "n": sums["n"],
            "inside, %": 100.0 * sums["inside"] / sums["n"],
            "inside, series left out, %": 100.0 * sums["left out"] / sums["n"],
            "width": table.groupby("endpoint")["width"].median(),
        }
    )


def _member(arm, row):
    """What one member of the ensemble says of every point of an arm, its scatter with it."""
    factors = {SERIES_OF[column]: row[column] for column in SERIES_OF}
    values = {name: value for name, value in row.items() if name not in SERIES_OF}
    grown = 1.0 - np.exp(-arm.day / GROWS_IN)
    scatter = np.array([factors[SERIES[endpoint]] for endpoint in arm.endpoint])
    return arm_means(arm, values) * scatter**grown


def _left_out(fit, out):
    """How softened residuals of the points ``out`` move when these points leave the misfit.

    The fit is at its minimum, so what is left pulls as much as what has left, the other way.
    """
    gone, kept = fit.jacobian[out], np.delete(fit.jacobian, out, axis=0)
    return gone @ np.linalg.solve(kept.T @ kept, gone.T @ fit.softened[out])


def _inside(published, low, high):
    return int(((low <= published) & (published <= high)).sum())
