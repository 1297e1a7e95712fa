"""Cohorts: many virtual women side by side, with the equations of a single run.

The right-hand side of ``biology/remodelling.py`` is evaluated on arrays with one value per woman.
Women are simulated in batches of fixed members, so that neither the number of processes nor the
machine they run on can change a number, and memory stays bounded.
"""

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from bonelab.biology.conditions import conditions, spellings
from bonelab.biology.horizon import refuse_beyond
from bonelab.biology.population import BATCH, draw, one_woman, range_of
from bonelab.biology.subjects import AGE, MENOPAUSE
from bonelab.biology.treatments import Treatments
from bonelab.parameters import (
    DAYS_PER_MONTH,
    DAYS_PER_YEAR,
    Checked,
    Choice,
    Flag,
    Names,
    Quantity,
    Whole,
    door,
    load,
    one_of,
    refuse,
)  # fmt: skip
from bonelab.parameters.argument_types import Amount, Anything, SomeTreatments, Strings

from . import tissue as one_subject
from .cohort_batch import simulate_batch
from .cohort_result import CohortRun
from .observe import UNITS
from .processes import in_processes
from .progress import part, tell, watched, watching
from .study_plans import check_plans, plans_in_words

if TYPE_CHECKING:
    import pandas

    from bonelab.biology.subjects import Subject

RTOL = 1e-3  # delivers 1e-4 of each series' range or better (tests/test_cohort.py)
KEPT = ("CTX", "P1NP", "BSAP", "BMD hip", "BMD spine")
_AFTER_DOSE = (3.0, 14.0)
PATIENCE = 2.0  # seconds after which a progress bar is shown


_PATIENT = Whole("number of a patient, from 0", 0, 10**6)


def client_of(name: str, value: Any) -> Any:
    """A dask client, or anything else that takes jobs as one does."""
    if not callable(getattr(value, "submit", None)) or isinstance(value, type):
        refuse(name, value, "it should be a dask.distributed client.")
    return value


@dataclass(frozen=True)
class Cohort:
    """Virtual women drawn from the spreads of ``cohort.toml``; see ``bl.cohort``."""

    n: int
    seed: int
    age: float
    menopause: float
    spread: object
    disease: str | None = None
    code: str = field(default="", compare=False)

    @cached_property
    def patients(self) -> "pandas.DataFrame":
        """A pandas table: one row per woman, her age and the parameters that differ."""
        import pandas as pd

        batches = [pd.DataFrame(self.women(k)) for k in range(self.batches)]
        return pd.concat(batches, ignore_index=True)[: self.n].rename_axis("patient")

    @property
    def batches(self) -> int:
        """How many batches of women there are."""
        return -(-self.n // BATCH)

    def women(self, batch: Any) -> dict[str, Any]:
        """Properties of the women of one batch, by name (the last batch may be shorter)."""
        size = min(BATCH, self.n - batch * BATCH)
        drawn = _draw(batch, self.seed, self.age, self.menopause, self.spread)
        return {name: values[:size] for name, values in drawn.items()}

    @door(i=_PATIENT)
    def subject(self, i: int) -> "Subject":
        """One patient as an ordinary subject for ``bl.simulate``."""
        if i >= self.n:
            refuse("i", i, f"the patients of this cohort have the numbers 0 to {self.n - 1}.")
        person = one_woman(self.women(i // BATCH), i % BATCH)
        person = person.with_disease(self.disease) if self.disease else person
        return replace(person, name=f"patient {i}, {person.name}")

    @door(
        treatments=Treatments(),
        years=Quantity("follow-up", "length of the run", shown=True),
        points=Whole("evenly spaced times; one a month by default", 2, 10_000, "points"),
        keep=Names("the series to keep"),
        client=Checked(
            "a dask.distributed client; batches are then sent to it", client_of, "dask client"
        ),
        workers=Whole("processes on this computer; 2 use two cores", 1, 64, "processes"),
        progress=Flag("shows or hides a progress bar; by default it appears after two seconds"),
        rtol=Quantity("tolerance", "relative tolerance of the solver"),
    )
    def simulate(
        self,
        treatments: SomeTreatments = (),
        years: Amount = 3,
        *,
        points: int | None = None,
        keep: Strings = KEPT,
        client: Anything = None,
        workers: int = 1,
        progress: bool | None = None,
        rtol: Amount = RTOL,
    ) -> CohortRun:
        """Simulate every woman under the same treatment.

        Returns
        -------
        CohortRun. The numbers do not depend on client, workers or the machine's load.
        """
        plans = treatments
        end = years * DAYS_PER_YEAR
        check_plans(plans, end)
        refuse_beyond(plans, end)
        known = one_subject.short_run(self.subject(0), plans).names
        keep = tuple(dict.fromkeys(one_of("keep", name, known) for name in keep))
        times = self._times(plans, end, points)
        jobs = range(self.batches)
        shared = (self, plans, end, times, keep, rtol)
        with _bar(progress):
            parts = _collect(jobs, shared, client, workers)
        series = {name: np.concatenate([part[name] for part in parts]) for name in keep}
        return CohortRun(
            cohort=self,
            treatments=plans,
            treatment=plans_in_words(plans, end),
            time=times,
            series=series,
            units={name: UNITS[name] for name in series if name in UNITS},
        )

    def _times(self, plans, end, points):
        count = max(round(end / DAYS_PER_MONTH) + 1, 2) if points is None else points
        times = [np.linspace(0.0, end, count)]
        for plan in plans:
            times += [
                [day, *(day + later for later in _AFTER_DOSE)] for day, _ in plan.schedule.doses
            ]
        every = np.round(np.concatenate(times), 6)
        return np.unique(np.minimum(every[every < end + 1e-6], end))

    def __repr__(self):
        return f"<Cohort of {self.n:,} women, seed {self.seed}>"

    def _repr_html_(self):
        return self.patients.describe()._repr_html_()


def spread_of(name: str, value: Any) -> Any:
    """Spreads of the cohort: the table's, none at all, or a changed set."""
    table = load("cohort")
    if value is None:
        return table
    if isinstance(value, int | float) and not isinstance(value, bool) and value == 0:
        return replace(table, **dict.fromkeys(table.records(), 0.0))
    if type(value) is not type(table):
        refuse(name, value, 'it should be 0 or come from bl.parameters.load("cohort", ...).')
    return value


@door(
    "bl.cohort",
    n=Whole("how many", 1, 10**6, "women", shown=True),
    seed=Whole("the same seed gives the same women, whatever n", 0, 2**32, shown=True),
    age=Quantity("age", "typical age (the spread is in the table cohort)",
                 **range_of("age")),
    menopause=Quantity("menopause", "typical age at menopause", **range_of("menopause")),
    spread=Checked("0 for women who are all typical", spread_of,
                   'bl.parameters.load("cohort", ...) or 0', reads_none=True),
    disease=Choice("a disease from the start of the run; see bl.diseases()",
                   lambda: conditions("diseases"), lambda: spellings("diseases")),
)  # fmt: skip
def cohort(
    n: int = 1000, seed: int = 1, *, age: Amount = AGE, menopause: Amount = MENOPAUSE,
    spread: Anything = None, disease: str | None = None,
) -> Cohort:  # fmt: skip
    """Draw ``n`` virtual women.

    Returns
    -------
    Cohort

    Examples
    --------
    >>> women = bl.cohort(n=20, seed=1)
    >>> women.n
    20
    """
    return Cohort(n, seed, age, menopause, spread, disease)


@lru_cache(maxsize=32)
def _draw(batch, seed, age, menopause, spread):
    return draw(batch, seed, age, menopause, spread)


@contextmanager
def _bar(wanted):
    """A progress bar: always, never, or (None) where it takes so long that one wonders."""
    if wanted is False or (wanted is None and watched()):
        yield
        return
    from tqdm.auto import tqdm

    with tqdm(total=100, unit="%", delay=0 if wanted else PATIENCE, leave=bool(wanted)) as bar:
        with watching(lambda share: bar.update(int(100 * share) - bar.n)):
            yield
        bar.update(100 - bar.n)


def _collect(jobs, shared, client, workers):
    """Simulate the batches here, in other processes, or on a dask client; in order."""
    if client is not None:
        futures = [client.submit(simulate_batch, k, *shared, pure=False) for k in jobs]
        return _awaited((future.result() for future in futures), len(futures))
    if workers == 1 or len(jobs) == 1:
        return [_simulated_here(k, len(jobs), shared) for k in jobs]
    answers = in_processes(simulate_batch, [(k, *shared) for k in jobs], workers)
    return _awaited(answers, len(jobs))


def _simulated_here(batch, batches, shared):
    with part(batch, batches):
        return simulate_batch(batch, *shared)


def _awaited(answers, number):
    """What other processes work out, one after the other."""
    results = []
    for answer in answers:
        results.append(answer)
        tell(len(results) / number)
    return results
