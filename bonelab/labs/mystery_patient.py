"""The mystery patient: a woman, tests that stay paid, and a suspect laid beside her chart."""

from dataclasses import dataclass
from textwrap import fill

import bonelab as bl
from bonelab.course.asking.prediction import Predict
from bonelab.figures.chart_picture import ChartPicture
from bonelab.simulation.mystery_menu import TESTS, TODAY
from bonelab.simulation.mystery_reference import (
    COURSE,
    POINTS,
    alike,
    expected,
    misfit,
    reference,
    six_months,
    suspect_changes,
)

from .challenge import Challenge
from .controls import Control
from .factory import Lab
from .lines import Code, call

HERS = ("CTX", "P1NP", "BMD")  # what she brings: 20 points are paid
SWITCHES = {
    "biopsy": ("Bone biopsy: RANKL and OPG (30)", "bone biopsy"),
    "challenge": ("Denosumab: CTX in months 1, 3, 4 (35)", "denosumab challenge"),
    "level": ("Denosumab: level in months 1, 3 (25)", "denosumab level"),
}
NOTHING = "nothing special"
SUSPECTS = {
    NOTHING: "nothing but what differs between all women",
    "less OPG": "her bone makes less OPG",
    "more RANKL": "her bone makes more RANKL",
    "T cells add RANKL": "T cells in her marrow add RANKL",
    "clears antibodies fast": "she clears antibodies fast",
    "slow precursors": "her osteoclast precursors renew slowly",
}
BELOW, WITHIN, ABOVE = "below it", "within it", "above it"
_JOBS = ("taught geography", "drove a bus", "ran a bakery", "kept the books of a harbour",
         "was a midwife", "repaired organs")  # fmt: skip
_LIVES = (
    "She still swims on Fridays. Last winter she slipped and broke a wrist.",
    "She grows beans on a balcony. A step that she did not see cost her a rib.",
    "She walks her neighbour's dog. She has lost three centimetres of height.",
)
_AGREE = 1.2  # standard deviations: a suspect that fits
_BETTER = 0.1  # standard deviations by which it fits better than nothing special, at least


@dataclass(frozen=True)
class Person:
    """Somebody who was invented: a face, an age, a job and three sentences."""

    number: int
    age: float

    @property
    def look(self):
        """Which of the drawn faces is hers."""
        return self.number

    @property
    def told(self):
        """Three sentences."""
        job, life = _JOBS[self.number % len(_JOBS)], _LIVES[self.number % len(_LIVES)]
        return f"She is {self.age:.0f} and {job}. {life}"

    @property
    def wrapped(self):
        """The same in lines, and that nobody is meant."""
        return fill(f"{self.told} (Invented, like all her numbers.)", 26)


@dataclass(frozen=True)
class Chart:
    """What the picture shows: the person, her results, what is usual, and a suspect."""

    person: Person
    results: list
    usual: dict
    suspect: dict
    left: float
    budget: float
    six_months: float  # CTX of the suspect half a year after a dose, % of today

    @property
    def misfit(self):
        """By how much the suspect misses her marks."""
        return misfit(self.results, self.suspect, self.usual)


def _ordered(values):
    """Tests in the order of the switches; the results depend on nothing else."""
    return [*HERS, *(test for name, (_, test) in SWITCHES.items() if values[name])]


def _lines(patient, suspect, strength, switches):
    changes = suspect_changes(SUSPECTS[suspect], strength)
    woman = Code("bl.woman(patient.age - 2, menopause=patient.menopause)")
    woman = Code(woman + (call(".with_", **changes) if changes else ""))
    dose = Code(call("bl.denosumab", "60 mg", start=TODAY))
    run = call("bl.simulate", woman, dose, days=round(COURSE), points=POINTS)
    return (
        "import bonelab as bl\n\n"
        f"patient = bl.mystery_patient({patient})\n"
        f"for test in {_ordered(switches)!r}:\n"
        "    patient.order(test)\n"
        "rows = [tuple(row) for row in patient.results.itertuples(index=False)]\n"
        f"suspect = {run}\n"
        'run = {"results": rows, "left": patient.left, "budget": patient.budget, '
        '"age": patient.age, "menopause": patient.menopause, "suspect": suspect}'
    )


def mystery_patient(patient=12):
    """Order tests for the patient with this number, and lay a suspect beside her chart."""
    woman = bl.mystery_patient(patient)
    person, usual = Person(patient, woman.age), reference(round(woman.age))
    CTX = woman.order("CTX")["now"]
    truth = bl.mystery_patient(patient)

    def lines(suspect, strength, **switches):
        return _lines(patient, suspect, strength, switches)

    def seen(names, values):
        run = names["run"]
        return Chart(person, run["results"], usual, expected(run["suspect"]), run["left"],
                     run["budget"], six_months(run["suspect"]))  # fmt: skip

    def of(run):
        return misfit(run["results"], expected(run["suspect"]), usual)

    def plain(values):
        """The run of nothing special, with the tests that are paid now."""
        return lab.run_at(values | {"suspect": NOTHING})

    def fits(run, values):
        """A suspect that misses her marks by little, and by less than nothing special does."""
        return of(run) <= min(_AGREE, of(plain(values)) - _BETTER)

    def told_from_nothing(run, values):
        """True where some test parts the suspect from nothing special."""
        return not alike(expected(run["suspect"]), expected(plain(values)["suspect"]))

    def near(run, values):
        """Two tests, and a suspect whose CTX at six months is hers, within the tolerance."""
        return paid(values) == 2 and abs(six_months(run["suspect"]) - hers()) <= 12

    kept = []

    def hers():
        if not kept:
            kept.append(truth.predict("denosumab 60 mg, CTX at 6 months", 50).truth)
        return kept[0]

    lab = Lab(
        title="Mystery patient",
        name="mystery_patient" if patient == 12 else f"mystery_patient_{patient}",
        question="What is special about her, and how sure can you be?",
        controls=[
            *(
                Control.switch(name, words, tooltip="A test costs its points, carries an error of "
                               "measurement, and stays paid.")
                for name, (words, _) in SWITCHES.items()
            ),
            Control.choice("suspect", "My suspect", options=list(SUSPECTS),
                           tooltip="A typical woman of her age of whom this alone is true, as a "
                           "dashed curve."),
            Control.from_parameter("protocol", "suspect_strength", name="strength", step=0.05),
        ],
        lines=lines,
        seen=seen,
        sticky=tuple(SWITCHES),
        idle=lambda values: not_to_be_had(values, woman.budget)
        | ({"strength"} if values["suspect"] == NOTHING else set()),
        picture=ChartPicture,
        sentence=_sentence,
        challenges=[
            Challenge(
                "For at most 60 points in all, find a suspect that misses her marks by no more "
                f"than {_AGREE} standard deviations on average and by less than “{NOTHING}” does, "
                "a biopsy or a dose among them.",
                reached=lambda run, values: paid(values) > 0 and fits(run, values)
                and run["budget"] - run["left"] <= 60,
            ),
            Challenge(
                "With two tests paid, find a suspect whose CTX six months after a dose is within "
                "12 points of what hers will be.",
                reached=near,
            ),
            Challenge(
                "Find two suspects that no test here separates from each other, although a test "
                f"tells each of them from “{NOTHING}”.",
                reached=lambda run, values, other, others: values["suspect"] != others["suspect"]
                and alike(expected(run["suspect"]), expected(other["suspect"]))
                and told_from_nothing(run, values) and told_from_nothing(other, others),
                pair=True,
            ),
        ],
        predict=Predict(
            f"Her CTX is {CTX:.0f}% of that of a healthy woman of 40. Where does it lie, compared "
            f"with the middle nine of ten virtual women of {round(woman.age)}?",
            options=(BELOW, WITHIN, ABOVE), blank=True,
            truth=lambda run: _where(CTX, usual["CTX", "now"]),
            explain="After menopause CTX is higher in nearly everybody, so the woman of 40 is the "
            "wrong ruler. The grey band holds nine of ten women of her age.",
        ),
    )  # fmt: skip
    return lab


def paid(values):
    """How many tests were ordered beside those that she brought."""
    return sum(bool(values[name]) for name in SWITCHES)


def not_to_be_had(values, budget):
    """The tests that are paid already, and those that cost more points than are left."""
    left = budget - sum(TESTS[test].cost for test in _ordered(values))
    return {name for name, (_, test) in SWITCHES.items() if values[name] or TESTS[test].cost > left}


def _where(value, usual):
    return BELOW if value < usual.low else ABOVE if value > usual.high else WITHIN


def _sentence(chart, values):
    suspect = values["suspect"]
    odd = [
        (test, what) for test, what, value, *_ in chart.results
        if (test, what) in chart.usual and _where(value, chart.usual[test, what]) != WITHIN
    ]  # fmt: skip
    words = (
        f"{len(odd)} of her {len(chart.results)} values lie"
        if len(odd) != 1
        else (f"One of her {len(chart.results)} values lies")
    )
    return (
        f"{words} outside the grey bands. The suspect “{suspect}” misses her marks by "
        f"{chart.misfit:.1f} standard deviations on average, and would have CTX at "
        f"{chart.six_months:.0f}% of today six months after a dose. "
        f"{chart.left:.0f} of {chart.budget:.0f} points are left."
    )
