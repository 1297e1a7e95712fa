"""The mystery patient: hidden properties, a budget of tests, and a prediction that is scored.

A woman is drawn from the ranges of the cohort, then changed in one hidden way two years before
today. Tests cost points and carry measurement error. The first prediction closes the chart.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from bonelab.biology.population import BATCH, draw, one_woman
from bonelab.parameters import DAYS_PER_YEAR, BonelabError, Choice, Quantity, Whole, door, load
from bonelab.parameters.argument_types import Amount

from .mystery_menu import CASES, CHANGES, TESTS, TODAY
from .tissue import simulate

if TYPE_CHECKING:
    import pandas

_CHARTS: WeakKeyDictionary = (
    WeakKeyDictionary()
)  # patient -> her chart, out of reach of dir() and the tab key


@dataclass(frozen=True)
class Score:
    """How good a prediction was: 1 within the tolerance, falling to 0 at twice the tolerance."""

    case: str
    predicted: float
    truth: float
    tolerance: float
    unit: str

    @property
    def points(self) -> float:
        """Between 0 and 1."""
        error = abs(self.predicted - self.truth)
        return float(np.clip(2.0 - error / self.tolerance, 0.0, 1.0))

    def summary(self) -> str:
        """One sentence."""
        return (
            f"{self.case}: predicted {self.predicted:.4g} {self.unit}, happened {self.truth:.4g}, "
            f"tolerance {self.tolerance:g}: score {self.points:.0%}."
        )

    def __repr__(self):
        return f"<Score: {self.summary()}>"


@dataclass
class _Chart:
    """What is known about a patient, and what is not to be known."""

    subject: object
    special: str
    changes: dict
    seed: int
    budget: float
    spent: int = 0
    results: list = field(default_factory=list)
    scores: dict = field(default_factory=dict)


class MysteryPatient:
    """A woman with something to find out; see ``bl.mystery_patient``."""

    __slots__ = ("__weakref__",)

    def __init__(self, seed, budget):
        random, usual = np.random.default_rng([int(seed), 9]), load("subjects")
        women = draw(0, int(seed), usual.patient_age, usual.menopause, load("cohort"))
        person = one_woman(women, int(random.integers(BATCH)))
        words = list(CHANGES)[int(random.integers(len(CHANGES)))]
        changes = {name: float(random.uniform(*ends)) for name, ends in CHANGES[words].items()}
        changes["reverse_share"] = float(random.uniform(0.1, 0.9))
        _CHARTS[self] = _Chart(person.with_(**changes), words, changes, int(seed), budget)

    @property
    def age(self) -> float:
        """Her age today, years."""
        return round(_CHARTS[self].subject.age + TODAY / DAYS_PER_YEAR, 1)

    @property
    def menopause(self) -> float:
        """Her age at menopause, years."""
        subject = _CHARTS[self].subject
        return round(subject.age - subject.tissue.condition.years_after_menopause, 1)

    @property
    def budget(self) -> int:
        """Points for tests, at the beginning."""
        return _CHARTS[self].budget

    @property
    def tests(self) -> "pandas.DataFrame":
        """The menu of tests (pandas): cost in points and what each tells."""
        import pandas as pd

        rows = {name: {"cost": test.cost, "tells": test.tells} for name, test in TESTS.items()}
        return pd.DataFrame.from_dict(rows, orient="index").rename_axis("test")

    @property
    def cases(self) -> "pandas.DataFrame":
        """What can be predicted (pandas): question, unit and tolerance."""
        import pandas as pd

        rows = {
            name: {"question": c.question, "unit": c.unit, "tolerance": c.tolerance}
            for name, c in CASES.items()
        }
        return pd.DataFrame.from_dict(rows, orient="index").rename_axis("case")

    @property
    def left(self) -> int:
        """Points that are left for tests."""
        return self.budget - _CHARTS[self].spent

    @property
    def results(self) -> "pandas.DataFrame":
        """Everything measured so far (pandas)."""
        from .plain_table import PlainTable

        return PlainTable(_CHARTS[self].results, columns=["test", "what", "value", "unit", "error"])

    @door(test=Choice("a test from patient.tests", TESTS))
    def order(self, test: str) -> dict[str, float]:
        """Order a test: pays its cost and returns ``{what: value}``, measurement error included.

        No test can be ordered that costs more than is left, or after the first prediction.
        """
        chosen = TESTS[test]
        chart = _CHARTS[self]
        if chart.scores:
            raise BonelabError(
                f"You cannot order {test!r} now: a prediction has been scored, which closes the "
                "chart."
            )
        if chosen.cost > self.left:
            raise BonelabError(
                f"You cannot order {test!r} now: it costs {chosen.cost} points and you have "
                f"{self.left:g} left. Choose a cheaper test, or make your prediction."
            )
        run = self._simulate(0.5, chosen.treatment)
        before = sum(row[0] == test for row in chart.results)  # other tests do not change this one
        random = np.random.default_rng([chart.seed, before, *test.encode()])
        values = {}
        for what, (value, unit, error) in chosen.read(run).items():
            values[what] = float(f"{value * np.exp(error * random.standard_normal()):.4g}")
            chart.results.append((test, what, values[what], unit, f"±{error:.0%}"))
        chart.spent += chosen.cost
        return values

    @door(
        case=Choice("a case from patient.cases", CASES),
        value=Quantity("percentage", "what will happen, in percent of today: 35, or '35 %'"),
    )
    def predict(self, case: str, value: Amount) -> Score:
        """Score a prediction for one of ``cases``; each case counts once, and closes the chart."""
        chosen = CASES[case]
        scores = _CHARTS[self].scores
        if case in scores:
            raise BonelabError(f"You have predicted {case!r} already; each case counts once.")
        truth = float(chosen.read(self._simulate(chosen.years, chosen.treatment)))
        scores[case] = Score(case, value, truth, chosen.tolerance, chosen.unit)
        return scores[case]

    @property
    def score(self) -> float:
        """Mean score of the predictions made so far, 0 to 1 (0 before the first)."""
        scores = [score.points for score in _CHARTS[self].scores.values()]
        return float(np.mean(scores)) if scores else 0.0

    def reveal(self) -> str:
        """What was special about her, in words; only after a prediction."""
        chart = _CHARTS[self]
        if not chart.scores:
            raise BonelabError(
                "Make a prediction first; then reveal() shows what was special about her."
            )
        numbers = ", ".join(f"{name} {value:.3g}" for name, value in chart.changes.items())
        return f"Special about her: {chart.special} ({numbers})."

    def summary(self) -> str:
        """One sentence."""
        number = len(_CHARTS[self].results)
        return (
            f"A woman of {self.age:g}, menopause at {self.menopause:g}; "
            f"{number} {'result' if number == 1 else 'results'} so far, "
            f"{self.left:g} of {self.budget:g} points left."
        )

    def _simulate(self, years, treatment):
        plan = [treatment()] if treatment else []
        return simulate(_CHARTS[self].subject, plan, days=TODAY + DAYS_PER_YEAR * years, points=801)

    def __repr__(self):
        return f"<MysteryPatient: {self.summary()}>"

    def _repr_html_(self):
        return f"<p>{self.summary()}</p>"


@door(
    "bl.mystery_patient",
    seed=Whole("another seed is another patient", 0, 2**32 - 1),
    budget=Whole("points for tests", 0, 1000, "points"),
)
def mystery_patient(seed: int = 7, budget: int = 100) -> MysteryPatient:
    """A patient with hidden properties to find out by tests.

    ``patient.tests`` is the menu, ``patient.order("CTX")`` orders, ``patient.cases`` lists what to
    predict, ``patient.predict(case, value)`` scores.

    Returns
    -------
    MysteryPatient

    Examples
    --------
    >>> patient = bl.mystery_patient(seed=7, budget=100)
    >>> patient.left
    100
    """
    return MysteryPatient(seed, budget)
