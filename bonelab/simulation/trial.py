"""A virtual trial: arms of virtual women, measurement error, drop-out, and what statistics says."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from bonelab.parameters import amount, load, one_of, refuse

from .cohort import KEPT, cohort
from .tissue import length_in_days, treatment_list

_ALPHA = 0.05
_ARMS, _ARMS_KEPT = {}, 12


@dataclass(frozen=True, eq=False)
class Trial:
    """A finished virtual trial. Arms are compared with the first one; see ``bl.trial``.

    ``trial.table()`` is the endpoint table, ``trial.power([20, 50, 100])`` how often a trial of
    that size would find the difference, ``trial.arms["placebo"]`` the women of an arm.
    """

    arms: Mapping  # name -> CohortRun
    endpoint: str
    years: float
    dropout: float  # share of women who leave in a year
    seed: int

    @cached_property
    def stays(self):
        """Day on which each woman leaves, by arm (after the end for those who complete)."""
        return {name: self._leaves(k, len(run)) for k, (name, run) in enumerate(self.arms.items())}

    def measured(self, endpoint=None, time=None):
        """Endpoint as measured, in percent of each woman's start: ``{arm: array}``.

        Measurement error is in it; women who have left by then are NaN. ``time`` is the end of the
        trial when left out.
        """
        name = self._name(endpoint)
        found = {}
        for k, (arm, run) in enumerate(self.arms.items()):
            when = run.time[-1] if time is None else time
            values = run.at(when, name)
            day = run.time[-1] if time is None else length_in_days(None, time)
            random = np.random.default_rng([self.seed, k, 2, *name.encode()])
            found[arm] = np.where(self.stays[arm] < day, np.nan, _measure(values, name, random))
        return found

    def table(self, endpoint=None, time=None):
        """A pandas table, one row per arm.

        Columns: women at the start and measured, mean (% of start), its 95 % interval, the
        difference to the first arm with its 95 % interval and Welch's t-test.
        """
        import pandas as pd
        from scipy import stats

        values = {arm: v[~np.isnan(v)] for arm, v in self.measured(endpoint, time).items()}
        control = next(iter(values.values()))
        rows = []
        for arm, own in values.items():
            low, high = stats.ttest_1samp(own, 0.0).confidence_interval()
            row = {"arm": arm, "women": len(self.arms[arm]), "measured": own.size}
            row |= {"mean": own.mean(), "low": low, "high": high}
            if own is not control:
                test = stats.ttest_ind(own, control, equal_var=False)
                ends = test.confidence_interval()
                row |= {"difference": own.mean() - control.mean(), "difference low": ends.low}
                row |= {"difference high": ends.high, "p": float(test.pvalue)}
            rows.append(row)
        return pd.DataFrame(rows).set_index("arm")

    def bootstrap(self, arm=None, endpoint=None, time=None, resamples=2000):
        """95 % interval of an arm's difference to the first arm by resampling women."""
        from scipy import stats

        values = self.measured(endpoint, time)
        names = list(values)
        arm = names[-1] if arm is None else one_of("arm", arm, names)
        pair = [values[arm], values[names[0]]]
        result = stats.bootstrap(
            [v[~np.isnan(v)] for v in pair],
            lambda a, b, axis=-1: a.mean(axis) - b.mean(axis),
            n_resamples=resamples,
            vectorized=True,
            rng=np.random.default_rng([self.seed, 5]),
        )
        return float(result.confidence_interval.low), float(result.confidence_interval.high)

    def power(self, women=(10, 20, 50, 100, 200), arm=None, endpoint=None, repeats=1000):
        """How often a trial with so many women per arm would find p < 0.05: a pandas series.

        Women are drawn anew from the simulated arms (with replacement), measured anew, and leave
        anew. Rough when the simulated arms are small.
        """
        import pandas as pd
        from scipy import stats

        names = list(self.arms)
        arm = names[-1] if arm is None else one_of("arm", arm, names)
        name = self._name(endpoint)
        random = np.random.default_rng([self.seed, 7])
        completes = (1.0 - self.dropout) ** self.years
        found = {}
        for size in women:
            if size < 2:
                refuse("women", size, "each arm needs at least 2 women.")
            told = []  # mean, spread and number of the women measured, for both arms
            for run in (self.arms[arm], self.arms[names[0]]):
                true = run.at(run.time[-1], name)
                drawn = _measure(random.choice(true, (repeats, int(size))), name, random)
                stays = random.random(drawn.shape) < completes
                count = np.maximum(stays.sum(1), 2)
                mean = (drawn * stays).sum(1) / count
                squares = (stays * (drawn - mean[:, None]) ** 2).sum(1)
                told += [mean, np.sqrt(squares / (count - 1)), count]
            p = stats.ttest_ind_from_stats(*told, equal_var=False).pvalue
            found[int(size)] = float(np.mean(np.asarray(p) < _ALPHA))
        return pd.Series(found, name="power").rename_axis("women per arm")

    def smaller(self, women, *, years=None, dropout=None):
        """The same trial with the first ``women`` of each arm, ended earlier, or other drop-out.

        The women are the same ones, so that one sees what size and length alone do.
        Raises BonelabError for more women or years than there are.
        """
        most = min(len(run) for run in self.arms.values())
        if isinstance(women, bool | str) or women != int(women) or not 2 <= women <= most:
            refuse("women", women, f"it should be a whole number from 2 to {most}.")
        length = self.years if years is None else length_in_days(years, None) / 365.25
        if length > self.years * (1 + 1e-9):
            refuse("years", years, f"the trial lasted {self.years:g} years.")
        leaving = self.dropout if dropout is None else dropout
        leaving = amount(leaving, "1", argument="dropout", what="a share per year", high=0.9)
        arms = {name: run.first(int(women), length * 365.25) for name, run in self.arms.items()}
        return Trial(arms, self.endpoint, length, leaving, self.seed)

    def summary(self):
        """One sentence: the difference of the last arm to the first."""
        table = self.table()
        last, first = table.iloc[-1], table.index[0]
        who = f"{int(table['women'].sum())} women, {int(table['measured'].sum())} measured"
        if len(table) == 1:
            return f"{who} at the end: {self.endpoint} {last['mean']:.1f} % of the start."
        p = "p < 0.001" if last["p"] < 0.001 else f"p = {last['p']:.3f}"
        return (
            f"{who} after {12 * self.years:.3g} months: {self.endpoint} under {last.name} "
            f"differs from {first} by {last['difference']:+.1f} points "
            f"({last['difference low']:.1f} to {last['difference high']:.1f}; {p})."
        )

    def _name(self, endpoint):
        name = self.endpoint if endpoint is None else endpoint
        return one_of("endpoint", name, next(iter(self.arms.values())).names)

    def _leaves(self, arm, size):
        if self.dropout == 0:
            return np.full(size, np.inf)
        random = np.random.default_rng([self.seed, arm, 1])
        return random.exponential(-365.25 / np.log1p(-self.dropout), size)

    def __repr__(self):
        return f"<Trial: {self.summary()}>"

    def _repr_html_(self):
        return f"<p>{self.summary()}</p>{self.table().round(3).to_html()}"


def trial(
    arms,
    n=100,
    years=3,
    *,
    dropout=0.05,
    seed=1,
    endpoint="BMD spine",
    age=72,
    spread=None,
    workers=1,
    client=None,
):
    """Run a virtual trial with ``n`` women in each arm.

    Parameters
    ----------
    arms : ``{"placebo": [], "denosumab": bl.denosumab(doses=6)}``; the first is the control
    n : women per arm, 2 to 100,000
    years : length, a number or text
    dropout : share of women who leave in a year, 0 to 0.9
    seed : draws women, measurement errors and drop-out; each arm has women of its own
    endpoint : "BMD spine", "BMD hip", "CTX", "P1NP" or "BSAP", measured at the end
    age : typical age at the start (years)
    spread, workers, client : as for ``bl.cohort`` and its ``simulate``

    Raises BonelabError for arguments that make no sense.
    """
    if not isinstance(arms, Mapping) or not arms:
        refuse("arms", arms, 'it should be a dict such as {"placebo": [], "drug": bl.denosumab()}.')
    if isinstance(n, bool | str) or n != int(n) or not 2 <= n <= 100_000:
        refuse("n", n, "it should be a whole number of women per arm from 2 to 100,000.")
    leaving = amount(dropout, "1", argument="dropout", what="a share per year", high=0.9)
    one_of("endpoint", endpoint, KEPT)
    days = length_in_days(years, None)
    runs = {}
    for k, (name, plan) in enumerate(arms.items()):
        women = cohort(int(n), seed=(int(seed) * 101 + k) % 2**32, age=age, spread=spread)
        runs[name] = _arm(women, plan, days / 365.25, workers, client)
    return Trial(runs, endpoint, days / 365.25, leaving, int(seed))


def _arm(women, plan, years, workers, client):
    """One arm; the last few are kept, for a trial is often run again with one thing changed."""
    plans = treatment_list(plan)
    key = (women, tuple(plan.code for plan in plans), years)
    if key not in _ARMS:
        while len(_ARMS) >= _ARMS_KEPT:
            del _ARMS[next(iter(_ARMS))]
        _ARMS[key] = women.simulate(plans, years=years, workers=workers, client=client)
    return _ARMS[key]


def _measure(values, name, random):
    """True values in percent of the start, with the error of two measurements (start and now)."""
    errors = load("cohort")
    size = errors.BMD_error if name.startswith("BMD") else errors.marker_error
    return values * np.exp(size * np.sqrt(2.0) * random.standard_normal(np.shape(values)))
