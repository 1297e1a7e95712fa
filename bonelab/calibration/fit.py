r"""Least squares: find the parameters that come closest to all points at once.

SciPy's ``least_squares`` minimises what ``problem.py`` holds. Derivatives are differences over a
step that is a share of each belief's width. A step relative to the logarithm itself would vanish
for a parameter near 1, and what it gave would be noise.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.optimize import least_squares

from bonelab.parameters import BonelabError
from bonelab.simulation.processes import in_processes

from .problem import Problem, cost, softened

_STEP = 0.05  # for derivatives, of a belief's width: well above the noise of the solver
_KEPT = 6  # steps of a fit with one set of derivatives


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


def fit(problem, start=None, *, evaluations=400, tolerance=1e-3, report=None, workers=1):
    """Minimise from ``start`` (logarithms; the beliefs beforehand when left out).

    Where women differ (``problem.spread``), one typical woman is fitted first, which is faster,
    and the mean of women from there. ``evaluations`` is the largest number of steps of each, the
    fit ends where a round from fresh derivatives gains less than the share ``tolerance`` of the
    cost; ``report`` is a function called with each cost, ``workers`` the number of processes that
    share the derivatives. Raises BonelabError when SciPy fails.
    """
    first = problem.beliefs() if start is None else np.asarray(start, float)
    costs = []
    for spread in sorted({0.0, problem.spread}):
        stage = problem.with_(spread=spread)
        first, found = _minimise(stage, first, evaluations, tolerance, costs, report, workers)
    jacobian = derivatives(problem, first, workers)
    freedom = max(1, found.fun.size - found.x.size)
    covariance = np.linalg.pinv(jacobian.T @ jacobian) * max(1.0, 2.0 * found.cost / freedom)
    return Fit(
        problem=problem,
        logs=first,
        covariance=covariance,
        informed_by=_informed_by(problem, jacobian),
        cost=float(found.cost),
        start_cost=float(costs[0]),
        evaluations=len(costs),
        status=found.message,
    )


def _minimise(problem, start, evaluations, tolerance, costs, report, workers):
    """Rounds of SciPy's least squares, each from fresh derivatives, until one gains nothing.

    A round is told in widths of beliefs away from where it begins. There all is 0, so SciPy's first
    step is at most 1 long, where a longer one would end in a corner where little matters any more.
    """
    low, high = problem.bounds()
    sd = np.array([free.log_sd for free in problem.free])
    end = len(costs) + evaluations
    logs, before = np.clip(start, low, high), np.inf
    while True:
        slopes = _Slopes(problem, logs, workers)

        def residuals(away, begin=logs, slopes=slopes):
            r = problem.residuals(begin + sd * away)
            costs.append(cost(r))
            if report is not None:
                report(len(costs), costs[-1])
            slopes.last = away.copy(), softened(r)
            return slopes.last[1]

        found = least_squares(
            residuals,
            np.zeros(logs.size),
            slopes,
            bounds=((low - logs) / sd - 1e-9, (high - logs) / sd + 1e-9),
            ftol=tolerance,
            xtol=1e-4,
            max_nfev=max(1, end - len(costs)),
        )
        if found.status < 0:
            raise BonelabError(f"The fit failed: {found.message}")
        logs = np.clip(logs + sd * found.x, low, high)
        if len(costs) >= end or found.cost > before * (1.0 - tolerance):
            return logs, found
        before = found.cost


class _Slopes:
    """The Jacobian along a round: taken anew every few steps, and corrected in between by what each
    step has found (Broyden), for one Jacobian costs as much as fifty steps.
    """

    def __init__(self, problem, begin, workers):
        self._problem, self._begin, self._workers = problem, begin, workers
        self._sd = np.array([free.log_sd for free in problem.free])
        self._at, self._matrix, self._age = None, None, 0
        self.last = None  # where residuals were asked for, and what they were

    def __call__(self, away):
        """Residual x parameter at ``away``, where the residuals were asked for last."""
        where, here = self.last
        if not np.array_equal(where, away):
            here = softened(self._problem.residuals(self._begin + self._sd * away))
        if self._age % _KEPT == 0:
            logs = self._begin + self._sd * away
            self._matrix = derivatives(self._problem, logs, self._workers) * self._sd
        else:
            old, before = self._at
            step = away - old
            missed = here - before - self._matrix @ step
            self._matrix = self._matrix + np.outer(missed, step / (step @ step))
        self._at = away.copy(), here
        self._age += 1
        return self._matrix


def _at(problem, logs):
    return problem.residuals(logs)


def derivatives(problem, logs, workers=1):
    """How the softened residuals change with each logarithm: one column per parameter."""
    steps = _STEP * np.array([free.log_sd for free in problem.free])
    _, high = problem.bounds()
    steps = np.where(logs + steps > high, -steps, steps)
    # drugs' own first: a number of a drug moves few runs, and the others are still kept then
    order = np.argsort([free.room != "drugs" for free in problem.free], kind="stable")
    jobs = [(problem, logs), *((problem, logs + step) for step in np.diag(steps)[order])]
    together = workers > 1
    found = in_processes(_at, jobs, workers) if together else (_at(*job) for job in jobs)
    here, *moved = map(softened, found)
    jacobian = np.empty((here.size, logs.size))
    jacobian[:, order] = (np.array(moved) - here).T
    return jacobian / steps


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
