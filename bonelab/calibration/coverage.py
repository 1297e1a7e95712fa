r"""How good the model is where it was not fitted: published means against fits without their trial.

Every trial is left out in turn, all its arms at once: its points leave the misfit, all else is
fitted again from where the fit stands (``fit.refitted``), and what was left out is predicted. Bands
and beliefs beyond the trials stay. How far trials lie apart is estimated *without the trial that is
judged*, and the band of ``bl.prediction_bands`` moves with what is predicted.
"""

import numpy as np
import pandas as pd

from bonelab.simulation.ensemble import ensemble, in_new_trials, middle

from .between_trials import sizes
from .fit import refitted
from .predict import arm_means
from .trials import SERIES


def trial_of(arm):
    """The trial of an arm: ``P2_60Q6M`` and ``P2_6Q3M`` are arms of ``P2``."""
    return arm.split("_")[0]


def left_out(fit):
    """Every published point: a pandas table with what the fit says, and a fit without its trial."""
    arms = fit.problem.arms
    points = pd.DataFrame(
        {
            "arm": np.repeat(list(arms), [arm.day.size for arm in arms.values()]),
            "endpoint": np.concatenate([arm.endpoint for arm in arms.values()]),
            "day": np.concatenate([arm.day for arm in arms.values()]),
            "published": np.concatenate([arm.percent for arm in arms.values()]),
        }
    )
    points["trial"] = points["arm"].map(trial_of)
    points["predicted"] = fit.predicted[: len(points)]
    points["left out"] = points["predicted"]
    for trial, mine in points.groupby("trial", sort=False):
        points.loc[mine.index, "left out"] = _without(fit, trial, mine.index)
    return points


def _without(fit, trial, out):
    """What a fit without a trial says of the points of that trial."""
    arms = fit.problem.arms
    others = {name: arm for name, arm in arms.items() if trial_of(name) != trial}
    kept = np.delete(np.arange(fit.predicted.size), out)
    logs = refitted(fit, fit.problem.with_(arms=others), kept)
    values = fit.problem.complete(logs)
    mine = [arm for name, arm in arms.items() if trial_of(name) == trial]
    return np.concatenate([arm_means(arm, values, fit.problem.spread) for arm in mine])


def coverage(fit, points, share=0.8):
    """``points`` of ``left_out`` with errors, and whether the band of new trials holds them.

    "inside": the band as shipped; "inside, left out": around the fit without the trial, as wide as
    the other trials say; "low" and "high": the ends of that.
    """
    arms = fit.problem.arms.values()
    rows = [np.concatenate([arm_means(arm, member) for arm in arms]) for member in ensemble()]
    moved = np.array(rows) * (points["left out"] / points["predicted"]).to_numpy()
    shipped = _ends(points, np.array(rows), None, share)
    table = points.assign(
        **{
            "error": points["predicted"] - points["published"],
            "error left out": points["left out"] - points["published"],
            "inside": _holds(*shipped, points["published"]),
            "low": 0.0,
            "high": 0.0,
        }
    )
    for trial, mine in points.groupby("trial", sort=False):
        others = sizes(points[points["trial"] != trial])
        table.loc[mine.index, ["low", "high"]] = _ends(mine, moved[:, mine.index], others, share).T
    table["inside, left out"] = _holds(table["low"], table["high"], points["published"])
    return table


def _ends(points, members, others, share):
    """Low and high of the band of every point: an array with two rows."""
    ends = np.empty((2, len(points)))
    for endpoint in points["endpoint"].unique():
        mine = (points["endpoint"] == endpoint).to_numpy()
        day = points["day"].to_numpy()[mine]
        values = in_new_trials(SERIES[endpoint], day, members[:, mine], others)
        ends[:, mine] = middle(values, share)[[0, 2]]
    return ends


def _holds(low, high, published):
    return (low <= published) & (published <= high)


def summed_up(table, by):
    """Of ``coverage``: median absolute errors, and what the bands hold, per group."""
    groups = table.groupby(by, sort=False)
    width = table["high"] - table["low"]
    return pd.DataFrame(
        {
            "n": groups.size(),
            "MedAE": groups["error"].apply(lambda e: np.median(np.abs(e))),
            "MedAE, trial left out": groups["error left out"].apply(lambda e: np.median(np.abs(e))),
            "inside, %": 100.0 * groups["inside"].mean(),
            "inside, trial left out, %": 100.0 * groups["inside, left out"].mean(),
            "width": width.groupby(
                [table[name] for name in np.atleast_1d(by)], sort=False
            ).median(),
        }
    )
