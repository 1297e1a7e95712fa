r"""Least squares: find the parameters that come closest to all points at once.

Most of what is wanted is a band, inside which nothing is counted: a wall that derivatives do not
see. So what the model tells is taken as linear, and SciPy's ``least_squares`` finds the best step
with all walls in place. Derivatives are differences over a share of each belief's width, well
above the noise of the solver; a step relative to a logarithm would vanish for a parameter near 1.

From scratch the bands are held loosely at first and then tightened: between walls that are narrow
from the start a fit can only crawl along a bent valley, and stops far from its end.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.optimize import least_squares

from bonelab.simulation.processes import in_processes

from .problem import Problem, cost, slope_of_softened, softened

_STEP = 0.05  # for derivatives, of a belief's width: well above the noise of the solver
_KEPT = 5  # steps of a fit with one set of derivatives
_FIRST_BOX, _USUAL_BOX, _SMALLEST_BOX = 1.0, 0.25, 1e-3  # of a step, in widths of beliefs
_LOOSELY = (0.1, 0.3)  # weights of what is wanted beyond the points, before it has its own
_ROUGHLY = 1e-2  # tolerance meanwhile


@dataclass(frozen=True)
class Fit:
    """The result: values, 68 % intervals, correlations, and how the minimum was reached."""

    problem: Problem
    logs: np.ndarray
    covariance: np.ndarray  # of the logarithms
    softened: np.ndarray  # residuals at the end
    jacobian: np.ndarray  # of these, residual x logarithm
    predicted: np.ndarray  # all that is held against something, at the end
    slopes: np.ndarray  # of these, prediction x logarithm
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
    """Minimise from ``start`` (logarithms), or from scratch: from the beliefs beforehand, with the
    bands held loosely at first.

    Where women differ (``problem.spread``), one typical woman is fitted first, which is faster,
    and the mean of women from there. ``evaluations`` is the largest number of steps of each; the
    fit ends where fresh derivatives promise less than the share ``tolerance`` of the cost.
    ``report`` is a function called with each cost, ``workers`` the number of processes that share
    the derivatives.
    """
    logs = problem.beliefs() if start is None else np.asarray(start, float)
    start_cost, costs = cost(problem.residuals(logs)), []
    for stage, enough in _stages(problem, start is None, tolerance):
        slopes = _Slopes(stage, workers)
        logs, status = _descend(stage, logs, slopes, evaluations, enough, costs, report)
    if not slopes.fresh:
        slopes.take(logs)
    residuals = problem.misfits(slopes.here)
    freedom = max(1, residuals.size - logs.size)
    jacobian = slopes.of_softened
    covariance = np.linalg.pinv(jacobian.T @ jacobian) * max(1.0, 2.0 * cost(residuals) / freedom)
    return Fit(
        problem=problem,
        logs=logs,
        covariance=covariance,
        softened=softened(residuals),
        jacobian=jacobian,
        predicted=slopes.here,
        slopes=slopes.matrix,
        informed_by=_informed_by(problem, jacobian),
        cost=cost(residuals),
        start_cost=start_cost,
        evaluations=len(costs),
        status=status,
    )


def refitted(fit, problem, rows, evaluations=14, tolerance=1e-3):
    """Logarithms that fit another problem best: ``fit`` again, with other aims or without points.

    ``problem`` has the parameters of the fit, and predicts these ``rows`` of all that the fit
    predicts. The derivatives are those of the fit, corrected by what each step shows: a few runs of
    the model in the place of some fifty.
    """
    slopes = _Slopes(problem, 1)
    slopes.keep(fit.predicted[rows], fit.slopes[rows])
    return _descend(problem, fit.logs, slopes, evaluations, tolerance, [], None)[0]


def _stages(problem, scratch, tolerance):
    """The problems to be solved one after the other, each with its tolerance."""
    if scratch and problem.beyond:
        for weight in _LOOSELY:
            yield problem.with_(spread=0.0, weight=weight * problem.weight), _ROUGHLY
    for spread in sorted({0.0, problem.spread}):
        yield problem.with_(spread=spread), tolerance


def _descend(problem, start, slopes, evaluations, tolerance, costs, report):
    """Step by step to the minimum: logarithms, and how it ended. ``slopes`` end where it does.

    All that is predicted is taken as linear, the misfit as it is, with its bands and its soft loss;
    the step is where that is least inside a box, which grows and shrinks with what steps have kept.
    """
    low, high = problem.bounds()

    def evaluate(logs):
        predicted = problem.predicted(logs)
        costs.append(cost(problem.misfits(predicted)))
        if report is not None:
            report(len(costs), costs[-1])
        return predicted, costs[-1]

    logs, box = np.clip(start, low, high), _FIRST_BOX
    predicted, now = evaluate(logs)
    if not slopes.kept:
        slopes.take(logs)
    taken = logs  # where derivatives were taken: at the same place they would be the same
    for _ in range(evaluations):
        step = _best_step(problem, predicted, slopes, np.maximum(low - logs, -box * slopes.sd),
                          np.minimum(high - logs, box * slopes.sd))  # fmt: skip
        promised = now - cost(problem.misfits(predicted + slopes.matrix @ step))
        enough = tolerance * now * (1.0 if slopes.kept else min(1.0, box / _USUAL_BOX))
        if promised < enough or box < _SMALLEST_BOX:
            if slopes.kept:
                return logs, "derivatives were kept."
            if slopes.fresh:
                return logs, f"fresh derivatives promise less than {tolerance:g} of it."
            if logs is taken:
                return logs, "no step along fresh derivatives keeps what they promise."
            slopes.take(logs)
            taken, box = logs, max(box, _USUAL_BOX)
            continue
        after, cost_after = evaluate(logs + step)
        slopes.learn(step, after - predicted)
        kept = (now - cost_after) / promised
        box = (
            2.0 * box if kept > 0.7 else box if kept > 0.3 else 0.4 * np.max(abs(step / slopes.sd))
        )
        if cost_after < now:
            logs, predicted, now = logs + step, after, cost_after
        if slopes.age >= _KEPT and not slopes.kept and logs is not taken:
            slopes.take(logs)
            taken = logs
    words = "the largest number of steps was reached." if evaluations else "no step was asked for."
    return logs, words


def _best_step(problem, predicted, slopes, lowest, highest):
    """The step of logarithms, inside the box, that is best if all that is predicted were linear."""

    def residuals(step):
        return softened(problem.misfits(predicted + slopes.matrix @ step))

    def rise(step):
        then = predicted + slopes.matrix @ step
        each = slope_of_softened(problem.misfits(then)) * problem.misfits_rise(then)
        return each[:, None] * slopes.matrix

    def best_step(method):
        bounds = (lowest - 1e-12, highest + 1e-12)
        start = np.zeros(lowest.size)
        step = least_squares(
            residuals, start, rise, bounds, method, x_scale=slopes.sd, max_nfev=50
        ).x
        return np.clip(step, lowest, highest)

    # where a wall and the edge of the box meet, now one of them stops at once and now the other
    steps = [best_step(method) for method in ("dogbox", "trf")]
    return min(steps, key=lambda step: np.sum(residuals(step) ** 2))


class _Slopes:
    """How all that is predicted moves with each logarithm: taken anew every few steps, and
    corrected in between by what each step has shown (Broyden), for one matrix costs as much as
    forty steps.
    """

    def __init__(self, problem, workers):
        self._problem, self._workers = problem, workers
        self.kept = False  # whether they are somebody else's, and none are to be taken
        self.sd = np.array([free.log_sd for free in problem.free])

    @property
    def fresh(self):
        """Whether no step was taken since the derivatives were."""
        return self.age == 0

    def keep(self, here, matrix):
        """Derivatives that were taken elsewhere, and are to do."""
        self.here, self.matrix, self.age, self.kept = here, matrix.copy(), 0, True

    def take(self, logs):
        """Differences over a share of each belief's width."""
        steps = _STEP * self.sd
        steps = np.where(logs + steps > self._problem.bounds()[1], -steps, steps)
        # drugs' own first: a number of a drug moves few runs, and the others are still kept then
        order = np.argsort([free.room != "drugs" for free in self._problem.free], kind="stable")
        jobs = [(self._problem, logs + step) for step in [0.0 * steps, *np.diag(steps)[order]]]
        together = self._workers > 1
        answers = (
            in_processes(_predicted, jobs, self._workers)
            if together
            else (_predicted(*j) for j in jobs)
        )
        self.here, *moved = answers
        before = softened(self._problem.misfits(self.here))
        self.matrix = np.empty((self.here.size, logs.size))
        self.of_softened = np.empty((before.size, logs.size))
        for k, predicted in zip(order, moved, strict=True):
            self.matrix[:, k] = (predicted - self.here) / steps[k]
            change = softened(self._problem.misfits(predicted)) - before
            self.of_softened[:, k] = change / steps[k]
        self.age = 0

    def learn(self, step, change):
        """Let the matrix agree with what a step has changed."""
        away = step / self.sd
        missed = change - self.matrix @ step
        self.matrix = self.matrix + np.outer(missed, away / self.sd / (away @ away))
        self.age += 1


def _predicted(problem, logs):
    return problem.predicted(logs)


def _informed_by(problem, jacobian):
    """For each parameter the arms whose residuals change with it."""
    arms = {name: [] for name in problem.names}
    begin = 0
    for arm_name, arm in problem.arms.items():
        end = begin + arm.day.size
        effect = np.abs(jacobian[begin:end]).max(axis=0)
        for name, size in zip(problem.names, effect, strict=True):
            if size > 0.05:  # a twentieth of a residual for a change by e
                arms[name].append(arm_name)
        begin = end
    return arms
