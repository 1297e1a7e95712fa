r"""Least squares: find the parameters that come closest to all points at once.

Every residual is (model - published)/sd, with sd of a marker
:math:`\sqrt{4^2+(0.12\,y)^2}` percent points and of BMD 0.6 (hip) and 0.8 (spine): what digitised
group means scatter by. Beside the points stand numbers and bands that bodies keep to
(``wanted.toml``): inside a band nothing is counted. Parameters are fitted as logarithms; each has
a belief beforehand (``free.toml``), without which much would not be determined. The loss is soft
L1 (Huber's idea, smooth), so that single odd points do not rule: each residual r goes in as
:math:`g = r\,\sqrt{2/(1+\sqrt{1+r^2})}`, for which :math:`g^2/2 = \sqrt{1+r^2}-1`. SciPy's
``least_squares`` minimises the squares of g.

Derivatives are differences over a step that is a share of each belief's width. A step relative to
the logarithm itself would vanish for a parameter near 1, and what it gave would be noise.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from scipy.optimize import least_squares

from bonelab.parameters import BonelabError, load, records
from bonelab.simulation.processes import in_processes

from .experiments import numbers
from .predict import arm_means, wanted

_FREE = Path(__file__).with_name("free.toml")
_ROOMS = ("tissue", "drugs", "forward", "reverse", "binding")
SHARES = ("share_preosteoblasts", "share_osteoblasts")  # of RANKL; osteocytes make the rest
_STEP = 0.05  # for derivatives, of a belief's width: well above the noise of the solver
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
    data = tomllib.loads(_FREE.read_text(encoding="utf-8"))
    found = []
    for name, entry in data.items():
        room = next(room for room in _ROOMS if name in records(room))
        found.append(Free(name=name, room=room, **entry))
    return tuple(found)


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

    def with_(self, *, spread=None, fixed=None, arms=None):
        """The same problem with another spread of clearance, other values held, or other arms."""
        return Problem(
            self.arms if arms is None else arms,
            self.names,
            self.beyond,
            self.spread if spread is None else spread,
            self.believing,
            self.fixed if fixed is None else fixed,
            self.weight,
        )

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

    def residuals(self, logs):
        """All residuals: points, what is known beyond the trials, beliefs."""
        arms, others = self.predictions(logs)
        parts = [
            arm.weight**0.5 * (arms[name] - arm.percent) / self.sd[name]
            for name, arm in self.arms.items()
        ]
        if self.beyond:
            misfits = [self.weight * want.misfit(others[want.name]) for want in wanted()]
            parts.append(np.array(misfits))
        if self.believing:
            parts.append((logs - self.beliefs()) / [free.log_sd for free in self.free])
        return np.concatenate(parts)


def following(values):
    """Values with those that follow from others: osteocytes make the RANKL that others do not."""
    if not any(name in values for name in SHARES):
        return values
    rest = 1.0 - sum(values.get(name, getattr(load("tissue"), name)) for name in SHARES)
    return values | {"share_osteocytes": rest}


@dataclass(frozen=True)
class Fit:
    """The result: values, 68 % intervals, correlations, and how the minimum was reached."""

    problem: Problem
    logs: np.ndarray
    covariance: np.ndarray  # of the logarithms
    informed_by: Mapping  # parameter -> names of the arms that depend on it
    cost: float
    start_cost: float
    evaluations: int
    status: str

    @property
    def values(self):
        """Fitted values by name."""
        return self.problem.values(self.logs)

    @property
    def factors(self):
        """Half-widths of the 68 % intervals, as factors, by name."""
        widths = np.exp(np.sqrt(np.diag(self.covariance)))
        return dict(zip(self.problem.names, map(float, widths), strict=True))

    @property
    def intervals(self) -> Mapping:
        """68 % intervals (local, from the Jacobian) by name."""
        return {
            name: (value / self.factors[name], value * self.factors[name])
            for name, value in self.values.items()
        }

    @property
    def correlations(self):
        """Correlation matrix of the logarithms."""
        sd = np.sqrt(np.diag(self.covariance))
        return self.covariance / np.outer(sd, sd)


def fit(problem, start=None, *, evaluations=60, tolerance=1e-4, report=None, workers=1):
    """Minimise from ``start`` (logarithms; the beliefs beforehand when left out).

    Where women differ (``problem.spread``), one typical woman is fitted first, which is faster,
    and the mean of women from there. ``evaluations`` is the largest number of steps of each,
    ``report`` a function called with each cost, ``workers`` the number of processes that share the
    derivatives. Raises BonelabError when SciPy fails.
    """
    first = problem.beliefs() if start is None else np.asarray(start, float)
    costs = []
    found = None
    for spread in sorted({0.0, problem.spread}):
        stage = problem.with_(spread=spread)
        begin = first if found is None else found.x
        found = _minimise(stage, begin, evaluations, tolerance, costs, report, workers)
    freedom = max(1, found.fun.size - found.x.size)
    covariance = np.linalg.pinv(found.jac.T @ found.jac) * max(1.0, 2.0 * found.cost / freedom)
    return Fit(
        problem=problem,
        logs=found.x,
        covariance=covariance,
        informed_by=_informed_by(problem, found.jac),
        cost=float(found.cost),
        start_cost=float(costs[0]),
        evaluations=len(costs),
        status=found.message,
    )


def _minimise(problem, start, evaluations, tolerance, costs, report, workers):
    """SciPy's least squares for one stage; ``costs`` collects the cost of every evaluation."""
    low, high = problem.bounds()

    def residuals(logs):
        r = problem.residuals(logs)
        costs.append(cost(r))
        if report is not None:
            report(len(costs), costs[-1])
        return softened(r)

    found = least_squares(
        residuals,
        np.clip(start, low, high),
        lambda logs: derivatives(problem, logs, workers),
        bounds=(low, high),
        x_scale=[free.log_sd for free in problem.free],
        ftol=tolerance,
        xtol=1e-4,
        max_nfev=evaluations,
    )
    if found.status < 0:
        raise BonelabError(f"The fit failed: {found.message}")
    return found


def _at(problem, logs):
    return problem.residuals(logs)


def derivatives(problem, logs, workers=1):
    """How the softened residuals change with each logarithm: one column per parameter."""
    steps = _STEP * np.array([free.log_sd for free in problem.free])
    _, high = problem.bounds()
    steps = np.where(logs + steps > high, -steps, steps)
    jobs = [(problem, logs), *((problem, logs + step) for step in np.diag(steps))]
    together = workers > 1
    found = in_processes(_at, jobs, workers) if together else (_at(*job) for job in jobs)
    here, *moved = map(softened, found)
    return (np.array(moved) - here).T / steps


def _informed_by(problem, jacobian):
    """For each parameter the arms whose residuals change with it."""
    found = {name: [] for name in problem.names}
    begin = 0
    for arm_name, arm in problem.arms.items():
        end = begin + arm.day.size
        effect = np.abs(jacobian[begin:end]).max(axis=0)
        for name, size in zip(problem.names, effect, strict=True):
            if size > 0.05:  # a twentieth of a residual for a change by e
                found[name].append(arm_name)
        begin = end
    return found


def softened(residuals):
    """Residuals whose squares are twice the soft L1 loss, so that odd points weigh less."""
    return residuals * np.sqrt(2.0 / (1.0 + np.sqrt(1.0 + residuals**2)))


def cost(residuals):
    """The soft L1 cost."""
    return float(np.sum(np.sqrt(1.0 + residuals**2) - 1.0))
