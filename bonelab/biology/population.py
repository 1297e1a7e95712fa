"""How women differ from each other: draws around the typical woman, repeatable one by one.

Every property is log-normal around the value of the parameter table (ages are normal), cut off at
three standard deviations; the spreads are in ``parameters/tables/cohort.toml``. Patient 17 of seed
1 is the same woman whatever the size of the cohort: draws come in batches of ``BATCH`` women, each
batch from a random stream of its own.
"""

from dataclasses import replace

import numpy as np

from bonelab.parameters import load

from .remodelling import Condition, Tissue
from .subjects import Subject, woman

BATCH = 2500  # few large batches keep numpy busy; two cores share 10,000 women evenly
# Spreads that move several parameters together; the others move the parameter of their own name.
_TOGETHER = {"turnover": ("turnover_hip", "turnover_spine")}
_NOT_OF_THE_BODY = ("marker_error", "BMD_error")
_CUT = 0.9973002039367398  # chance of lying within three standard deviations


def draw(batch, seed, age, menopause, spread):
    """Properties of one batch of women: ``{name: array of BATCH values}``.

    ``age``, ``menopause`` are typical values in years, ``spread`` a ``load("cohort")`` set.
    """
    from scipy.special import ndtri

    names = [name for name in spread.records() if name not in _NOT_OF_THE_BODY]
    random = np.random.default_rng([int(seed), int(batch)])
    z = ndtri(0.5 + _CUT * (random.random((BATCH, len(names))) - 0.5)).T
    women = {}
    for name, score in zip(names, z, strict=True):
        size = getattr(spread, name)
        if name == "age":
            women["age"] = _within("age", age + size * score)
        elif name == "menopause":
            women["menopause"] = _within("menopause", menopause + size * score)
        else:
            for parameter in _TOGETHER.get(name, (name,)):
                women[parameter] = _around(parameter, np.exp(size * score))
    return women


def range_of(name):
    """Between which years virtual women are in ``age`` or ``menopause``: ``{"low", "high"}``."""
    record = load("subjects").record(name)
    return {"low": record.low, "high": record.high}


def _within(name, years):
    return np.clip(years, *range_of(name).values())


def _around(parameter, factor):
    """The typical value times a factor, kept inside the range of the table."""
    room = _room(parameter)
    record = room.record(parameter)
    typical = getattr(room, parameter)
    if parameter == "estrogen_effect":  # the rise above 1 is what differs
        return np.clip(1.0 + (typical - 1.0) * factor, record.low, record.high)
    return np.clip(typical * factor, record.low, record.high)


def _room(parameter):
    tissue = load("tissue")
    return tissue if parameter in tissue.records() else load("drugs")


def side_by_side(women, shape=(-1,)):
    """One Subject that stands for many: each drawn property is an array of this shape."""
    arrays = {name: np.reshape(values, shape) for name, values in women.items()}
    years = arrays.pop("age") - arrays.pop("menopause")
    drawn = {"tissue": {}, "drugs": {}}
    for name, values in arrays.items():
        drawn[_room(name).room][name] = values
    tissue = Tissue(
        p=replace(load("tissue"), **drawn["tissue"]),
        drugs=replace(load("drugs"), **drawn["drugs"]),
        condition=Condition(years_after_menopause=years),
    )
    return Subject("a cohort of women", "human", tissue, tissue, human_RANKL=True)


def one_woman(women, index):
    """One woman of a batch as an ordinary Subject."""
    properties = {name: float(values[index]) for name, values in women.items()}
    return woman(properties.pop("age"), properties.pop("menopause")).with_(**properties)
