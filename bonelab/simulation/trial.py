"""A virtual trial: arms of virtual women, measurement error, drop-out, and what statistics says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from bonelab.biology.population import range_of
from bonelab.biology.treatments import Treatments
from bonelab.parameters import (
    DAYS_PER_YEAR,
    Checked,
    Choice,
    Quantity,
    Whole,
    door,
    duration,
    load,
    one_of,
    refuse,
)  # fmt: skip
from bonelab.parameters.argument_types import Amount, Anything, TimeOfRun

from .cohort import KEPT, client_of, cohort, spread_of
from .progress import part
from .run import Moment
from .trial_repeats import drawn_anew, measure, p_values, share_found

if TYPE_CHECKING:
    import pandas

AGE = int(load("subjects").trial_age)
_ARMS: dict = {}
_ARMS_KEPT = 12
_MOST_DRAWN = 2 * 10**7  # women in all repeats of a trial, which have to fit into memory


def _arms(name, value):
    """{name of the arm: treatments}; the first is the control."""
    if not isinstance(value, Mapping) or not value:
        refuse(name, value, 'it should be a dict such as {"placebo": [], "drug": bl.denosumab()}.')
    return {arm: Treatments().read(f"{name}[{arm!r}]", plan) for arm, plan in value.items()}


_DROPOUT = Quantity("share", "share of women who leave in a year", high=0.9, what="a share")
_WOMEN = Whole("how many of each arm", 2, 100_000, "women")
_ENDPOINT = Choice("what is measured; the endpoint of the trial by default", KEPT)
_OF_TRIAL = {"endpoint": _ENDPOINT, "time": Moment("when; the end of the trial by default")}
_ARM = Checked("name of an arm; the last one by default", lambda _, value: value, "text")


def _sizes(name, value):
    """Numbers of women per arm: one, or several."""
    is_one = isinstance(value, str | bytes) or not isinstance(value, Iterable)
    several = [value] if is_one else value
    return [_WOMEN.read(name, size) for size in several]


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
    code: str = ""  # the line that runs it again

    variable = "trial"

    @cached_property
    def stays(self) -> dict[str, Any]:
        """Day on which each woman leaves, by arm (after the end for those who complete)."""
        return {name: self._leaves(k, len(run)) for k, (name, run) in enumerate(self.arms.items())}

    @door(**_OF_TRIAL)
    def measured(self, endpoint: str | None = None, time: TimeOfRun = None) -> dict[str, Any]:
        """Endpoint as measured, in percent of each woman's start: ``{arm: array}``.

        Measurement error is in it; women who have left by then are NaN. ``time`` is the end of the
        trial when left out.
        """
        name = self._name(endpoint)
        percents = {}
        for k, (arm, run) in enumerate(self.arms.items()):
            when = run.time[-1] if time is None else time
            values = run.at(when, name)
            day = run.time[-1] if time is None else duration(time, above=False)
            random = np.random.default_rng([self.seed, k, 2, *name.encode()])
            percents[arm] = np.where(self.stays[arm] < day, np.nan, measure(values, name, random))
        return percents

    @door(**_OF_TRIAL)
    def table(self, endpoint: str | None = None, time: TimeOfRun = None) -> "pandas.DataFrame":
        """A pandas table, one row per arm.

        Columns: women at the start and measured, mean (% of start), its 95 % interval, the
        difference to the first arm with its 95 % interval and Welch's t-test.
        """
        import pandas as pd
        from scipy import stats

        values = {arm: v[~np.isnan(v)] for arm, v in self.measured(endpoint, time).items()}
        control = next(iter(values.values()))
        rows = []
        for arm, sample in values.items():
            low, high = stats.ttest_1samp(sample, 0.0).confidence_interval()
            row = {"arm": arm, "women": len(self.arms[arm]), "measured": sample.size}
            row |= {"mean": sample.mean(), "low": low, "high": high}
            if sample is not control:
                test = stats.ttest_ind(sample, control, equal_var=False)
                ends = test.confidence_interval()
                row |= {"difference": sample.mean() - control.mean(), "difference low": ends.low}
                row |= {"difference high": ends.high, "p": float(test.pvalue)}
            rows.append(row)
        return pd.DataFrame(rows).set_index("arm")

    @door(**_OF_TRIAL, arm=_ARM, resamples=Whole("how often women are drawn", 10, 20_000, "times"))
    def bootstrap(
        self, arm: Anything = None, endpoint: str | None = None, time: TimeOfRun = None,
        resamples: int = 2000,
    ) -> Any:  # fmt: skip
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

    @door(
        women=Checked("how many of each arm, one or several sizes", _sizes, "whole numbers"),
        arm=_ARM,
        endpoint=_ENDPOINT,
        repeats=Whole("trials per size", 10, 100_000, "trials"),
    )
    def power(
        self, women: Anything = (10, 20, 50, 100, 200), arm: Anything = None,
        endpoint: str | None = None, repeats: int = 1000,
    ) -> "pandas.Series":  # fmt: skip
        """How often a trial with so many women per arm would find p < 0.05: a pandas series.

        Women are drawn anew from the simulated arms (with replacement), measured anew, and leave
        anew. Rough when the simulated arms are small.
        """
        import pandas as pd

        names = list(self.arms)
        arm = names[-1] if arm is None else one_of("arm", arm, names)
        pair = (self.arms[arm], self.arms[names[0]])
        random = np.random.default_rng([self.seed, 7])
        shares = {}
        for size in women:
            if size * repeats > _MOST_DRAWN:
                refuse("women", size, f"with {repeats} repeats, {_MOST_DRAWN // repeats} can be.")
            shares[size] = share_found(self, pair, self._name(endpoint), size, repeats, random)
        return pd.Series(shares, name="power").rename_axis("women per arm")

    @door(women=_WOMEN, repeat=Whole("which repeat", 1, 10**6), endpoint=_ENDPOINT)
    def again(self, women: int, repeat: int = 1, endpoint: str | None = None) -> dict[str, Any]:
        """The same trial with new women, drawn from its arms: what is measured, ``{arm: array}``.

        Women who have left by the end are not in it."""
        return drawn_anew(self, self._name(endpoint), women, repeat)

    @door(women=_WOMEN, repeats=Whole("how many", 1, 10_000, "trials"), endpoint=_ENDPOINT)
    def p_values(self, women: int, repeats: int = 20, endpoint: str | None = None) -> Any:
        """Welch's p of so many repeats (see ``again``), the last arm against the first.

        The first ones stay the same when more are asked for; 1 where nobody stays."""
        return p_values(self, self._name(endpoint), women, repeats)

    @door(
        women=_WOMEN,
        years=Quantity("follow-up", "length; that of the trial by default"),
        dropout=_DROPOUT,
    )
    def smaller(self, women: int, *, years: Amount = None, dropout: Amount = None) -> "Trial":
        """The same trial with the first ``women`` of each arm, ended earlier, or other drop-out.

        The women are the same ones, so that one sees what size and length alone do.
        Raises BonelabError for more women or years than there are.
        """
        most = min(len(run) for run in self.arms.values())
        if women > most:
            refuse("women", women, f"there are {most} in the smallest arm.")
        length = self.years if years is None else years
        if length > self.years * (1 + 1e-9):
            refuse("years", years, f"the trial lasted {self.years:g} years.")
        leaving = self.dropout if dropout is None else dropout
        arms = {name: run.first(women, length * DAYS_PER_YEAR) for name, run in self.arms.items()}
        return Trial(arms, self.endpoint, length, leaving, self.seed)

    def summary(self) -> str:
        """One sentence: the difference of the last arm to the first."""
        table = self.table()
        last, first = table.iloc[-1], table.index[0]
        start = (
            f"After {12 * self.years:.3g} months ({int(table['measured'].sum())} of "
            f"{int(table['women'].sum())} women measured), {self._measure_in_words()}"
        )
        if len(table) == 1:
            return f"{start} is {last['mean']:.1f}% of its starting value."
        p = "p < 0.001" if last["p"] < 0.001 else f"p = {last['p']:.3f}"
        difference = last["difference"]
        ends = sorted(np.sign(difference) * last[["difference low", "difference high"]])
        return (
            f"{start} is {abs(difference):.1f} percentage points "
            f"{'higher' if difference >= 0 else 'lower'} on {last.name} than on {first} "
            f"(95% interval {ends[0]:.1f} to {ends[1]:.1f}; {p})."
        )

    def _measure_in_words(self):
        """The endpoint as one says it: hip BMD for "BMD hip"."""
        name, _, site = self.endpoint.partition(" ")
        return f"{site} {name}" if name == "BMD" else self.endpoint

    def _name(self, endpoint):
        name = self.endpoint if endpoint is None else endpoint
        return one_of("endpoint", name, next(iter(self.arms.values())).names)

    def _leaves(self, arm, size):
        if self.dropout == 0:
            return np.full(size, np.inf)
        random = np.random.default_rng([self.seed, arm, 1])
        return random.exponential(-DAYS_PER_YEAR / np.log1p(-self.dropout), size)

    def __repr__(self):
        return f"<Trial: {self.summary()}>"

    def _repr_html_(self):
        return f"<p>{self.summary()}</p>{self.table().round(3).to_html()}"


@door(
    "bl.trial",
    arms=Checked("name of each arm and its treatments; the first is the control", _arms,
                 '{"placebo": [], "denosumab": bl.denosumab(doses=6)}'),
    n=Whole("how many in each arm", 2, 100_000, "women"),
    years=Quantity("follow-up", "length"),
    dropout=_DROPOUT,
    seed=Whole("draws women, measurement errors and drop-out; each arm has women of its own",
               0, 2**32),
    endpoint=Choice("what is measured at the end", KEPT),
    age=Quantity("age", "typical age at the start", **range_of("age")),
    spread=Checked("as for bl.cohort", spread_of, "0, or a parameter set", reads_none=True),
    workers=Whole("processes on this computer", 1, 64, "processes"),
    client=Checked("a dask.distributed client", client_of, "dask client"),
)  # fmt: skip
def trial(
    arms: Anything, n: int = 100, years: Amount = 3, *, dropout: Amount = 0.05, seed: int = 1,
    endpoint: str = "BMD spine", age: Amount = AGE, spread: Anything = None, workers: int = 1,
    client: Anything = None,
) -> Trial:  # fmt: skip
    """Run a virtual trial with ``n`` women in each arm.

    Returns
    -------
    Trial

    Examples
    --------
    >>> arms = {"placebo": [], "denosumab": bl.denosumab()}
    >>> result = bl.trial(arms, n=5, years=0.25)
    >>> list(result.arms)
    ['placebo', 'denosumab']
    """
    runs = {}
    for k, (name, plan) in enumerate(arms.items()):
        women = cohort(n, seed=(seed * 101 + k) % 2**32, age=age, spread=spread)
        with part(k, len(arms)):
            runs[name] = _arm(women, plan, years, workers, client)
    return Trial(runs, endpoint, years, dropout, seed)


def _arm(women, plan, years, workers, client):
    """One arm; the last few are kept, for a trial is often run again with one thing changed."""
    key = (women, plan, years)
    if key not in _ARMS:
        while len(_ARMS) >= _ARMS_KEPT:
            del _ARMS[next(iter(_ARMS))]
        _ARMS[key] = women.simulate(plan, years=years, workers=workers, client=client)
    return _ARMS[key]
