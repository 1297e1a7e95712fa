"""What is usual at a patient's age, and what her tests would find if a suspect were true."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from bonelab.biology.subjects import MENOPAUSE, woman
from bonelab.biology.treatments import denosumab
from bonelab.parameters import DAYS_PER_MONTH, DAYS_PER_YEAR, load, one_of

from .cohort import cohort
from .mystery_menu import CASES, CHANGES, TESTS, TODAY
from .tissue import simulate

WOMEN = 500  # virtual women of her age
READ = ("CTX", "P1NP", "BMD", "bone biopsy", "denosumab challenge", "denosumab level")
_NOW = {"CTX": "resorption", "P1NP": "formation"}
_KEPT = ("resorption", "formation", "bone volume hip", "bone volume spine", "RANKL", "OPG", "CTX",
         "serum drug")  # fmt: skip
_AFTER = 8  # months of a suspect's course after the dose: two more than the longest question asks
COURSE = TODAY + _AFTER * DAYS_PER_MONTH  # days from the hidden change to its end: 974
POINTS = 801  # of that course, one about every 29 hours
_NINE_TENTHS = 3.2897  # standard deviations between 5 and 95 % of a normal distribution


def suspect_changes(suspect, strength):
    """The one change of a suspect (see ``CHANGES``), from weak (0) to strong (1)."""
    ends = CHANGES[one_of("suspect", suspect, CHANGES)]
    return {name: low + strength * (high - low) for name, (low, high) in ends.items()}


def suspect_run(age, menopause, suspect, strength):
    """A typical woman of her age with a suspect, today and after one dose of denosumab 60 mg."""
    person = woman(age - TODAY / DAYS_PER_YEAR, menopause=menopause)
    changes = suspect_changes(suspect, strength)
    person = person.with_(**changes) if changes else person
    return simulate(person, denosumab("60 mg", start=TODAY), days=COURSE, points=POINTS)


def expected(run):
    """What each test would find in a run, without error: ``{(test, what): (value, error)}``."""
    return {
        (test, what): (float(value), error)
        for test in READ
        for what, (value, unit, error) in TESTS[test].read(run).items()
    }


def six_months(run):
    """CTX six months after the dose, in percent of today."""
    return float(CASES["denosumab 60 mg, CTX at 6 months"].read(run))


class Usual(NamedTuple):
    """What virtual women of an age have, as a test would find it (errors of measurement in it)."""

    low: float  # 5 %
    middle: float
    high: float  # 95 %
    mean: float
    SD: float

    @property
    def spread(self):
        """Standard deviation of the natural logarithm, from the middle nine tenths."""
        return float(np.log(self.high / self.low) / _NINE_TENTHS)

    def place(self, value):
        """How many standard deviations a value lies above the middle."""
        return float(np.log(value / self.middle) / self.spread)


@lru_cache(maxsize=8)
def reference(age):
    """``{(test, what): Usual}`` of 500 virtual women of an age, after one dose where asked."""
    women = cohort(WOMEN, seed=2018, age=age, spread=load("cohort", age=0))
    run = women.simulate(denosumab("60 mg"), years=0.42, keep=_KEPT)
    random = np.random.default_rng(2018)
    ranges = {}
    for key, (_, error) in expected(suspect_run(age, MENOPAUSE, next(iter(CHANGES)), 0.0)).items():
        seen = _of_women(run, *key) * np.exp(error * random.standard_normal(WOMEN))
        low, middle, high = np.quantile(seen, [0.05, 0.5, 0.95])
        usual = (low, middle, high, seen.mean(), seen.std(ddof=1))
        ranges[key] = Usual(*map(float, usual))
    return ranges


def _of_women(run, test, what):
    """The true values of all women that a test looks at."""
    if test in _NOW:
        floor = getattr(load("tissue"), f"{test}_floor")
        return 100.0 * (floor + (1.0 - floor) * run.at(0, _NOW[test]))
    if test == "BMD":
        return 100.0 * run.at(0, f"bone volume {what}")
    if test == "bone biopsy":
        return run.at(0, what)
    months = int(what.split()[-2])
    series = "CTX" if test == "denosumab challenge" else "serum drug"
    return run.at(months * DAYS_PER_MONTH, series)


def misfit(results, expected_values, usual):
    """By how many standard deviations a suspect misses what was found, on average; 0 without.

    ``results`` are rows (test, what, value, unit, error in words), as ``patient.results``. A
    suspect is a typical woman, so a patient may miss her by as much as women differ: 1 is good.
    Bone itself is left out, because it tells of all her years and not of what changed.
    """
    missed = [
        np.log(value / expected_values[test, what][0]) / usual[test, what].spread
        for test, what, value, *_ in results
        if (test, what) in expected_values and test != "BMD"
    ]
    return float(np.sqrt(np.mean(np.square(missed)))) if missed else 0.0


def alike(one, other):
    """True where no test would part two suspects by more than the error of one measurement."""
    return all(abs(np.log(one[key][0] / other[key][0])) < one[key][1] for key in one)
