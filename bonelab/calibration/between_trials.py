r"""How far the means of a trial that nobody has seen lie from the model: three sizes.

For a point of a trial that was left out :math:`r = \ln(\text{published}/\text{predicted})`, and
:math:`L = \ln(\text{predicted}/100\,\%)` is the effect. Then :math:`r = (u + v)\,L + e`: in this
trial the whole effect is larger or smaller by the share u, at this point by v besides, and the
point lies off by e whatever the effect, which grows in within days. All are normal around 0; their
standard deviations are those under which what was left out is most probable. Markers share sizes
and density has others, for seven trials would not tell those of five series. They stand in
``parameters/tables/new_trial.toml``.
"""

import numpy as np
from scipy.optimize import brentq, minimize

from bonelab.parameters import load
from bonelab.simulation.ensemble import MEASURED, PARTS

from .trials import SERIES

_START = {"marker": np.log([0.2, 0.1, 0.2]), "density": np.log([0.2, 0.1, 0.01])}
_FARTHEST = 5.0  # logarithms from a size to the end of its interval


def sizes(points):
    """Sizes by name, as in ``new_trial.toml``, from a table with one row per left-out point.

    ``points`` has columns trial, endpoint, day, published and left out (what was predicted).
    """
    by_name = {}
    for kind, series in _kinds(points).items():
        best = np.exp(_best(series, _START[kind]).x)
        by_name |= {f"{kind}_{part}": float(v) for part, v in zip(PARTS, best, strict=True)}
    return by_name


def intervals(points):
    """68 % intervals of the sizes by name: where, the other sizes at their best, the logarithm of
    the likelihood has fallen by a half.
    """
    by_name = {}
    for kind, series in _kinds(points).items():
        best = _best(series, _START[kind])
        for k, part in enumerate(PARTS):
            by_name[f"{kind}_{part}"] = tuple(_edge(series, best, k, way) for way in (-1.0, 1.0))
    return by_name


def _kinds(points):
    """{"marker" or "density": (r, L, how far e has grown, where each series begins)}.

    The points of every series of every trial stand one after the other.
    """
    rise = load("new_trial").rise
    series_of = {}
    for (_, endpoint), mine in points.groupby(["trial", "endpoint"]):
        published, predicted, day = (
            mine[column].to_numpy(float) for column in ("published", "left out", "day")
        )
        row = np.log(published / predicted), np.log(predicted / 100.0), 1.0 - np.exp(-day / rise)
        series_of.setdefault(MEASURED[SERIES[endpoint]], []).append(row)
    return {kind: _in_a_row(series) for kind, series in series_of.items()}


def _in_a_row(series):
    lengths = [away.size for away, _, _ in series]
    away, effect, grown = (np.concatenate(column) for column in zip(*series, strict=True))
    return away, effect, grown, np.cumsum([0, *lengths[:-1]])


def _surprise(logs, series):
    """Minus the logarithm of the likelihood of some series, given logarithms of the sizes."""
    between, within, scatter = np.exp(logs)
    away, effect, grown, first = series
    noise, shared = np.hypot(within * effect, scatter * grown), between * effect
    a, b = away / noise, shared / noise
    pull = 1.0 + np.add.reduceat(b * b, first)
    along = np.add.reduceat(a * b, first)
    return np.log(noise).sum() + 0.5 * (np.log(pull).sum() + a @ a - (along**2 / pull).sum())


def _best(series, start, logs=lambda free: free):
    """The minimum of the surprise over numbers from which ``logs`` makes all logarithms."""
    return minimize(
        lambda free: _surprise(logs(free), series), start, method="Nelder-Mead", tol=1e-6
    )


def _edge(series, best, k, way):
    """The end of an interval of one size."""

    def fallen(step):
        others = np.delete(best.x, k)
        held = _best(series, others, lambda x: np.insert(x, k, best.x[k] + way * step))
        return held.fun - best.fun - 0.5

    step = _FARTHEST if fallen(_FARTHEST) < 0.0 else brentq(fallen, 0.0, _FARTHEST, xtol=1e-3)
    return float(np.exp(best.x[k] + way * step))
