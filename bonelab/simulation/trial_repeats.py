"""The same trial again, with new women: drawn from the arms that were simulated, measured anew."""

import numpy as np

from bonelab.parameters import load

ALPHA = 0.05
_TINY = 1e-300  # a p-value that no computer can tell from 0


def measure(values, name, random):
    """True values in percent of the start, with the error of two measurements (start and now)."""
    errors = load("cohort")
    size = errors.BMD_error if name.startswith("BMD") else errors.marker_error
    return values * np.exp(size * np.sqrt(2.0) * random.standard_normal(np.shape(values)))


def drawn_anew(trial, name, women, repeat):
    """``{arm: array}`` of one repeat: new women, those of them who were there at the end."""
    stays = (1.0 - trial.dropout) ** trial.years
    measured = {}
    for k, (arm, run) in enumerate(trial.arms.items()):
        random = np.random.default_rng([trial.seed, 11, k, women, repeat])
        true = random.choice(run.at(run.time[-1], name), women)
        seen = measure(true, name, random)
        measured[arm] = seen[random.random(women) < stays]
    return measured


def p_value(values):
    """Welch's t-test of the last arm against the first; 1 where too few women are left."""
    from scipy import stats

    pair = list(values.values())[-1], next(iter(values.values()))
    if min(v.size for v in pair) < 2:
        return 1.0
    return max(float(stats.ttest_ind(*pair, equal_var=False).pvalue), _TINY)


def p_values(trial, name, women, repeats):
    """The p-value of each of so many repeats; the first ones stay when more are added."""
    return np.array([
        p_value(drawn_anew(trial, name, women, repeat)) for repeat in range(1, repeats + 1)
    ])  # fmt: skip


def share_found(trial, pair, name, women, repeats, random):
    """The share of many repeats of a pair of arms, all at once, in which p < 0.05."""
    from scipy import stats

    completes = (1.0 - trial.dropout) ** trial.years
    statistics = []  # mean, spread and number of the women measured, for both arms
    for run in pair:
        true = run.at(run.time[-1], name)
        drawn = measure(random.choice(true, (repeats, women)), name, random)
        stays = random.random(drawn.shape) < completes
        count = np.maximum(stays.sum(1), 2)
        mean = (drawn * stays).sum(1) / count
        squares = (stays * (drawn - mean[:, None]) ** 2).sum(1)
        statistics += [mean, np.sqrt(squares / (count - 1)), count]
    p = stats.ttest_ind_from_stats(*statistics, equal_var=False).pvalue
    return float(np.mean(np.asarray(p) < ALPHA))


def mean_and_half(values):
    """Mean of those who were measured, and half of its 95 % interval."""
    from scipy import stats

    if values.size < 2:
        return float(values.sum()) if values.size else 100.0, 0.0
    half = stats.t.ppf(0.975, values.size - 1) * values.std(ddof=1) / np.sqrt(values.size)
    return float(values.mean()), float(half)
