r"""Write the ensemble anew: ``python3 -m bonelab.calibration ensemble --write``.

A member is what the calibration would have found had the points scattered otherwise: every point,
target and belief is shifted at random by its own standard deviation, and everything is fitted again
(``fit.refitted``). Points of one trial share their errors, so a point tells less than it would
alone: their variance counts threefold. Bands stay where they are. The same seed gives the same
members, to the tolerance of the solver.

The command also writes how far the means of new trials lie from the model
(``between_trials.py``), which needs every trial left out in turn.
"""

from pathlib import Path

import numpy as np

from bonelab import parameters

from .between_trials import intervals, sizes
from .coverage import left_out
from .fit import refitted

SEED, MEMBERS = 2026, 40
_TEMPER = 3.0  # how many points of a trial tell as much as one that stands alone
_STEPS = 4  # of a fit with the derivatives that the calibration has taken
TABLE = Path(parameters.__file__).with_name("ensemble.csv")
SIZES = Path(parameters.__file__).parent / "tables" / "new_trial.toml"
_HEAD = """\
# Parameter sets that fit the published means about equally well, one a line. Written by
# python3 -m bonelab.calibration ensemble --write; read by bonelab/simulation/ensemble.py.
"""


def members(fit, count=MEMBERS, seed=SEED, report=None):
    """Parameter sets {name: value}: fits to points, targets and beliefs that scatter anew."""
    rng = np.random.default_rng(seed)
    low, high, weight = fit.problem.aims
    points = np.arange(low.size) < sum(arm.day.size for arm in fit.problem.arms.values())
    weight = np.where(points, weight / _TEMPER**0.5, weight)
    rows = np.arange(low.size)
    members = []
    for k in range(count):
        shift = np.where(low == high, rng.normal(size=low.size) / weight, 0.0)
        problem = fit.problem.aiming(low + shift, high + shift, weight)
        members.append(fit.problem.complete(refitted(fit, problem, rows, evaluations=_STEPS)))
        if report is not None:
            report(k + 1)
    return members


def write_members(members, path=TABLE):
    """Write the table; returns its path."""
    names = list(members[0])
    lines = [",".join(names), *(",".join(f"{row[name]:.5g}" for name in names) for row in members)]
    path.write_text(_HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def write_sizes(fit, path=SIZES):
    """Write value, 68 % interval and publications of how far trials lie apart; returns the path."""
    import tomlkit  # needed only where tables are written

    points = left_out(fit)
    ends = intervals(points)
    keys = [key for arm in fit.problem.arms.values() for key in arm.refs]
    table = tomlkit.parse(path.read_text(encoding="utf-8"))
    for name, value in sizes(points).items():
        table[name]["value"] = float(f"{value:.3g}")
        table[name]["interval"] = [float(f"{end:.3g}") for end in ends[name]]
        table[name]["refs"] = list(dict.fromkeys(keys))
    path.write_text(tomlkit.dumps(table), encoding="utf-8")
    return path
