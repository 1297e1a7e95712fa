"""What may be drawn: kinds of arguments of the functions in ``drawings.py``."""

import inspect
import math
from collections.abc import Iterable, Mapping

import numpy as np

from bonelab.biology.published_trials import Trial as Published
from bonelab.parameters import Names, Quantity, amount, one_of, refuse
from bonelab.simulation.run import Moment, Run, RunOf

DISH = RunOf("forward dish", "bl.forward.culture")
WELL = RunOf("reverse dish", "bl.reverse.culture")
TIME = Moment("when; at the end by default")
BLOCKED = Names("steps that are crossed out")
TAIL = Quantity("share", "share of the signalling that RANKL's tail can do")


def needs_run(time):
    """Refuse a time where there is no run that it could be in."""
    if time is not None:
        refuse("time", time, "without a run there is no moment to draw.")


def unit_amounts(_, values):
    """Amounts of the remodelling unit by name."""
    from .remodelling_unit import RemodellingUnit

    known = [
        name for name in inspect.signature(RemodellingUnit.update).parameters if name != "self"
    ]
    return {one_of("value", name, known): value for name, value in values.items()}


def bands_table(name, value):
    """A table of bands."""
    if not all(hasattr(value, part) for part in ("index", "columns", "to_numpy")):
        refuse(name, value, "it should come from bl.reverse.western_blot(...).")
    return value


def row_of_numbers(name, value):
    """One or several numbers as an array."""
    numbers = amount(value, "1", argument=name, what="numbers", low=-math.inf, many=True)
    numbers = np.atleast_1d(numbers)
    if numbers.ndim != 1 or not numbers.size:
        refuse(name, value, "it should be a row of numbers.")
    return numbers


def scales_of_x(name, value):
    """Whether the axis of x is logarithmic: False, True or "both"."""
    if isinstance(value, str) and value == "both":
        return value
    if not isinstance(value, bool | np.bool_):
        refuse(name, value, 'it should be True, False or "both".')
    return bool(value)


def published_trials(name, value):
    """One published trial or several."""
    several = [value] if isinstance(value, Published) else value
    if not isinstance(several, Iterable) or isinstance(several, str | bytes | Mapping):
        several = [value]
    several = list(several)
    for each in several:
        if not isinstance(each, Published):
            refuse(name, each, 'it should come from bl.trials, such as bl.trials["FREEDOM"].')
    return several


def model_runs(name, value):
    """Runs of several models under one injection, by the models' names."""
    runs = value if isinstance(value, Mapping) else {}
    if not runs or not all(
        isinstance(run, Run) and {"start", "stop"} <= set(run.arguments) for run in runs.values()
    ):
        refuse(name, value, "it should come from bl.peers.same_injection(...).")
    return dict(runs)
