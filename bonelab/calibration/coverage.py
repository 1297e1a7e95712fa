r"""How good the model is where it was not fitted: published means against what is left of the fit.

The band of a point is that of ``bl.prediction_bands``: every member of the ensemble predicts it,
times the member's factor for how published means scatter. A series, or a whole trial, is *left out*
as follows: its points leave the misfit, the derivatives :math:`J` of the other residuals give the
parameters' step :math:`(J^TJ)^{-1}J_o^Tg_o` (Gauss and Newton; o: what is left out), and prediction
and band move with what the step does. Bands and beliefs beyond the trials stay.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from bonelab.simulation.ensemble import GROWS_IN, SCATTER, ensemble

from .predict import arm_means
from .problem import slope_of_softened
from .trials import SERIES

SERIES_OF = {column: name for name, column in SCATTER.items()}  # column of the ensemble -> series


@dataclass(frozen=True, eq=False)
class Points:
    """All published points, one after the other, with prediction and band: arrays."""

    arm: np.ndarray  # names
    endpoint: np.ndarray
    published: np.ndarray  # percent of the start
    predicted: np.ndarray
    low: np.ndarray
    high: np.ndarray
    to_percent: np.ndarray  # percent points for a unit of the softened residual


def points(fit, share=0.8):
    """``Points`` of a fit with the band that holds this share of the ensemble."""
    problem, tail = fit.problem, (1.0 - share) / 2.0
    predictions, _ = problem.predictions(fit.logs)
    arms = problem.arms
    members = [
        np.quantile([_member(arm, row) for row in ensemble()], (tail, 1.0 - tail), axis=0)
        for arm in arms.values()
    ]
    low, high = np.concatenate(members, axis=1)
    weights = [problem.sd[name] / arm.weight**0.5 for name, arm in arms.items()]
    slope = slope_of_softened(problem.residuals(fit.logs)[: low.size])
    return Points(
        arm=np.repeat(list(arms), [arm.day.size for arm in arms.values()]),
        endpoint=np.concatenate([arm.endpoint for arm in arms.values()]),
        published=np.concatenate([arm.percent for arm in arms.values()]),
        predicted=np.concatenate([predictions[name] for name in arms]),
        low=low,
        high=high,
        to_percent=np.concatenate(weights) / slope,
    )


def coverage(fit, share=0.8, found=None):
    """Points inside the band, by arm and endpoint: a pandas table with one row per series."""
    p = points(fit, share) if found is None else found
    rows = []
    for arm, endpoint in dict.fromkeys(zip(p.arm.tolist(), p.endpoint.tolist(), strict=True)):
        mine = np.flatnonzero((p.arm == arm) & (p.endpoint == endpoint))
        inside, left_out, _ = _without(fit, p, mine)
        rows.append(
            {
                "arm": arm,
                "endpoint": endpoint,
                "n": mine.size,
                "inside": int(inside.sum()),
                "left out": int(left_out.sum()),
                "width": float(np.median(p.high[mine] - p.low[mine])),
            }
        )
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


def trials_left_out(fit, share=0.8, found=None):
    """Whole trials left out, one after the other: a pandas table with one row per point."""
    p = points(fit, share) if found is None else found
    trial = np.array([trial_of(arm) for arm in p.arm])
    parts = []
    for name in dict.fromkeys(trial.tolist()):
        mine = np.flatnonzero(trial == name)
        inside, left_out, moved = _without(fit, p, mine)
        error = p.predicted[mine] - p.published[mine]
        parts.append(
            pd.DataFrame(
                {
                    "trial": name,
                    "endpoint": p.endpoint[mine],
                    "error": error,
                    "error left out": error + moved,
                    "inside": inside,
                    "inside left out": left_out,
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def summed_up(table, by):
    """Of ``trials_left_out``: median absolute errors and shares inside the band, per group."""
    groups = table.groupby(by, sort=False)
    return pd.DataFrame(
        {
            "n": groups.size(),
            "MedAE": groups["error"].apply(lambda e: np.median(np.abs(e))),
            "MedAE, trial left out": groups["error left out"].apply(lambda e: np.median(np.abs(e))),
            "inside, %": 100.0 * groups["inside"].mean(),
            "inside, trial left out, %": 100.0 * groups["inside left out"].mean(),
        }
    )


def trial_of(arm):
    """The trial of an arm: ``P2_60Q6M`` and ``P2_6Q3M`` are arms of ``P2``."""
    return arm.split("_")[0]


def _member(arm, row):
    """What one member of the ensemble says of every point of an arm, its scatter with it."""
    factors = {SERIES_OF[column]: row[column] for column in SERIES_OF}
    values = {name: value for name, value in row.items() if name not in SERIES_OF}
    grown = 1.0 - np.exp(-arm.day / GROWS_IN)
    scatter = np.array([factors[SERIES[endpoint]] for endpoint in arm.endpoint])
    return arm_means(arm, values) * scatter**grown


def _without(fit, p, out):
    """Of the points ``out``: inside the band, inside where the fit is without them, and how far
    their prediction moves (percent points).
    """
    moved = _left_out(fit, out) * p.to_percent[out]
    published, grown = p.published[out], 1.0 + moved / p.predicted[out]
    low, high = p.low[out], p.high[out]
    inside = (low <= published) & (published <= high)
    left_out = (low * grown <= published) & (published <= high * grown)
    return inside, left_out, moved


def _left_out(fit, out):
    """How softened residuals of the points ``out`` move when these points leave the misfit.

    The fit is at its minimum, so what is left pulls as much as what has left, the other way. A
    parameter that nothing else tells of stays.
    """
    gone, kept = fit.jacobian[out], np.delete(fit.jacobian, out, axis=0)
    return gone @ np.linalg.pinv(kept.T @ kept) @ (gone.T @ fit.softened[out])
