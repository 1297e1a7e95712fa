r"""What a calibration minimises: points of trials, numbers that bodies keep to, and beliefs.

Every residual is (model - published)/sd, with sd of a marker
:math:`\sqrt{4^2+(0.12\,y)^2}` percent points and of BMD 0.6 (hip) and 0.8 (spine): what digitised
group means scatter by. Beside the points stand numbers and bands that bodies keep to
(``wanted.toml``): inside a band nothing is counted. Parameters are fitted as logarithms; each has
a belief beforehand (``free.toml``), without which much would not be determined. The loss is soft
L1 (Huber's idea, smooth), so that single odd points do not rule: each residual r goes in as
:math:`g = r\,\sqrt{2/(1+\sqrt{1+r^2})}`, for which :math:`g^2/2 = \sqrt{1+r^2}-1`, and
SciPy's ``least_squares`` minimises the squares of g (``fit.py``).
"""

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np

from bonelab.parameters import BonelabError, load, records
from bonelab.parameters.records import read_records, record

from .experiments import numbers
from .predict import arm_means, wanted

_FREE = Path(__file__).with_name("free.toml")
_ROOMS = ("tissue", "drugs", "forward", "reverse", "binding")
SHARES = ("share_preosteoblasts", "share_osteoblasts")  # of RANKL; osteocytes make the rest
_SD_BMD = {"BMD_TH": 0.6, "BMD_LS": 0.8}


@dataclass(frozen=True)
class Free:
    """One parameter to be fitted."""

    name: str
    room: str
    median: float
    log_sd: float
    why: str

    @property
    def record(self):
        """Its record in the parameter table."""
        return records(self.room)[self.name]


@cache
def free_parameters():
    """The parameters of ``free.toml``."""
    return tuple(read_records(_FREE, _free).values())


def _free(name, entry):
    room = next((room for room in _ROOMS if name in records(room)), None)
    if room is None:
        raise BonelabError(f"none of the tables {', '.join(_ROOMS)} has a parameter of this name.")
    return record(Free, entry, name=name, room=room)


def point_sd(endpoint, percent):
    """Standard deviation in percent points that a published mean is taken to have."""
    marker = np.sqrt(4.0**2 + (0.12 * percent) ** 2)
    bmd = np.array([_SD_BMD.get(name, 0.0) for name in endpoint])
    return np.where(bmd > 0.0, bmd, marker)


class Problem:
    """The arms, the parameters that are fitted, and the residuals at given logarithms."""

    def __init__(
        self, arms, names=None, beyond=True, spread=0.0, believing=True, fixed=None, weight=1.0
    ):
        chosen = {free.name: free for free in free_parameters()}
        names = list(chosen) if names is None else list(names)
        unknown = [name for name in names if name not in chosen]
        if unknown:
            raise BonelabError(f"names = {unknown!r} are not in free.toml: {', '.join(chosen)}.")
        self.arms = dict(arms)
        self.free = tuple(chosen[name] for name in names)
        self.beyond = beyond
        self.spread = spread  # of antibody clearance between women: see predict.py
        self.believing = believing  # False: the points alone
        self.fixed = dict(fixed or {})  # values of other parameters, where not those of the tables
        self.weight = weight  # of what is wanted beyond the points
        self.sd = {name: point_sd(arm.endpoint, arm.percent) for name, arm in self.arms.items()}

    def with_(self, *, spread=None, fixed=None, arms=None, weight=None):
        """The same problem with another spread of clearance, other values held, other arms, or
        another weight of what is wanted beyond the points.
        """
        return Problem(
            self.arms if arms is None else arms,
            self.names,
            self.beyond,
            self.spread if spread is None else spread,
            self.believing,
            self.fixed if fixed is None else fixed,
            self.weight if weight is None else weight,
        )

    def aiming(self, low, high, weight):
        """The same problem with other ``aims``."""
        other = self.with_()
        other.aims = np.array([low, high, weight])
        return other

    @property
    def names(self):
        """Names of the fitted parameters, in the order of every vector here."""
        return [free.name for free in self.free]

    def values(self, logs):
        """Parameter values by name."""
        return {name: float(v) for name, v in zip(self.names, np.exp(logs), strict=True)}

    def complete(self, logs):
        """Values by name, those held in the place of fitted ones, and what follows from them."""
        return following(self.values(logs) | self.fixed)

    def beliefs(self):
        """Logarithms of the medians believed beforehand."""
        return np.log([free.median for free in self.free])

    def table_values(self):
        """Logarithms of the values that stand in the parameter tables."""
        return np.log([getattr(load(free.room), free.name) for free in self.free])

    def bounds(self):
        """Lowest and highest logarithms: the ranges of the parameter tables, just inside."""
        low = np.log([max(free.record.low, 1e-3 * free.median) for free in self.free])
        high = np.log([free.record.high for free in self.free])
        return low + 1e-9, high - 1e-9

    def predictions(self, logs):
        """Percent of the start for every point, by arm, and the numbers beyond the trials."""
        values = self.complete(logs)
        arms = {name: arm_means(arm, values, self.spread) for name, arm in self.arms.items()}
        return arms, numbers(values) if self.beyond else {}

    def predicted(self, logs):
        """Everything that is held against something, as one vector: points, numbers, logarithms."""
        arms, others = self.predictions(logs)
        numbers = [others[want.name] for want in wanted()] if self.beyond else []
        believed = logs if self.believing else []
        return np.concatenate([*(arms[name] for name in self.arms), numbers, believed])

    @cached_property
    def aims(self):
        """What all that should be: lowest, highest, and the weight of a unit beyond them."""
        rows = []
        for name, arm in self.arms.items():
            weights = arm.weight**0.5 / self.sd[name]
            rows += zip(arm.percent, arm.percent, weights, strict=True)
        if self.beyond:
            rows += [(want.low, want.high, self.weight / want.sd) for want in wanted()]
        if self.believing:
            medians = self.beliefs()
            widths = [1.0 / free.log_sd for free in self.free]
            rows += zip(medians, medians, widths, strict=True)
        return np.array(rows).T

    def misfits(self, predicted):
        """How far off all that is: points, what is known beyond the trials, beliefs."""
        low, high, weight = self.aims
        return weight * (predicted - np.clip(predicted, low, high))

    def misfits_rise(self, predicted):
        """How each misfit rises with what is predicted: not at all inside a band."""
        low, high, weight = self.aims
        return np.where((low < predicted) & (predicted < high), 0.0, weight)

    def residuals(self, logs):
        """All misfits at these logarithms."""
        return self.misfits(self.predicted(logs))


def following(values):
    """Values with those that follow from others: osteocytes make the RANKL that others do not."""
    if not any(name in values for name in SHARES):
        return values
    rest = 1.0 - sum(values.get(name, getattr(load("tissue"), name)) for name in SHARES)
    return values | {"share_osteocytes": rest}


def softened(residuals):
    """Residuals whose squares are twice the soft L1 loss, so that odd points weigh less."""
    return residuals * np.sqrt(2.0 / (1.0 + np.sqrt(1.0 + residuals**2)))


def slope_of_softened(residuals):
    """How a softened residual rises with the residual."""
    root = np.sqrt(1.0 + residuals**2)
    return np.sqrt((1.0 + root) / 2.0) / root


def cost(residuals):
    """The soft L1 cost."""
    return float(np.sum(np.sqrt(1.0 + residuals**2) - 1.0))
