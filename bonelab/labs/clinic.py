"""The clinic: a drug, a schedule, a missed dose, a stop, beside published trials."""

import math

from bonelab.course.asking.prediction import Predict
from bonelab.figures.clinic_picture import ClinicPicture, Course
from bonelab.parameters import load, write
from bonelab.simulation.readings import most_within

from .challenge import Challenge
from .controls import Control
from .factory import Lab
from .how_sure import HowSure
from .lines import Code, call

AGE, YEARS = int(load("subjects").age), 4
SEQUENCE, SWITCH = "teriparatide, then denosumab", 24  # months
INJECTED = ("denosumab", "zoledronate")
DAILY = ("teriparatide", "alendronate", "romosozumab")
YEARLY = 12  # months between doses of zoledronate in use
FITTED = {"romosozumab": 12}  # months of the trial that the model was fitted to (FRAME)
DRUGS = (*INJECTED, *DAILY, SEQUENCE)
HIGHER, BACK, LOWER = (
    "it passes its start, and comes back later",
    "it comes back to its start and stays there",
    "it stays below its start",
)


def _plan(drug, dose, interval, doses, missed):
    """The treatments of a setting, as a student would write them."""
    schedule = {"every": _months(interval), "doses": doses}
    schedule |= {"missed": (missed,)} if 0 < missed <= doses else {}
    amount = f"{write(dose)} mg"
    if drug == "denosumab":
        return [call("bl.denosumab", amount, **schedule)]
    if drug == "zoledronate":
        return [call("bl.zoledronate", "5 mg", **schedule)]
    if drug == SEQUENCE:
        return [
            call("bl.teriparatide", stop=_months(SWITCH)),
            call("bl.denosumab", amount, start=_months(SWITCH), **schedule),
        ]
    return [call(f"bl.{drug}", stop=_months(min(interval * doses, _longest(drug))))]


def _longest(drug):
    """Months that the trials of a daily drug lasted: no course here is longer."""
    followed = 12 * getattr(load("drugs"), f"{drug}_followed")
    return min(followed, FITTED.get(drug, followed))


def planned(values):
    """Months for which a drug is planned: the last dose lasts as long as every other."""
    drug, months = values["drug"], values["interval"] * values["doses"]
    if drug in DAILY:
        return min(months, _longest(drug))
    return months + (SWITCH if drug == SEQUENCE else 0)


def _years(values):
    """Length of the run: four years, or as long as the plan."""
    return max(YEARS, math.ceil(planned(values) / 12))


def _months(number):
    return f"{number:g} month{'' if number == 1 else 's'}"


def _lines(**values):
    plan = [Code(each) for each in _plan(**values)]
    run = call("bl.simulate", Code(f"bl.woman({AGE})"), plan, years=_years(values))
    return f"run = {run}"


def _bands(**values):
    """The lines that make the band around a run."""
    plan = [Code(each) for each in _plan(**values)]
    years = _years(values)
    bands = call("bl.prediction_bands", Code(f"bl.woman({AGE})"), plan, years=years)
    return f"import bonelab as bl\n\nbands = {bands}"


def _sentence(course, values):
    bands = course.sure()
    sure = [bands.summary()] if bands else []
    return " ".join([course.run.summary(), *_limits(values), *sure])


def _limits(values):
    """What a setting does not reach, a sentence each."""
    drug, doses, missed = (values[name] for name in ("drug", "doses", "missed"))
    if drug in DAILY and values["interval"] * doses > _longest(drug):
        yield (
            f"{drug.capitalize()} is given for {_months(_longest(drug))} and no longer, because "
            "the trial that the model was fitted to lasted no longer."
        )
    if drug == "zoledronate" and values["interval"] < YEARLY:
        yield (
            "Against osteoporosis zoledronate 5 mg is given once a year (an interval of "
            f"{_months(YEARLY)}); no trial behind this model gave it more often."
        )
    if drug not in DAILY and missed > doses:
        yield f"Dose {missed} cannot be missed, because the plan ends before it."


def idle(values):
    """The controls that change nothing with this drug."""
    drug = values["drug"]
    names = {"dose"} if drug in (*DAILY, "zoledronate") else set()
    return names | ({"missed"} if drug in DAILY else set())


def _low_for_four_years(run, values):
    milligrams = values["dose"] * values["doses"]
    if values["drug"] != "denosumab" or values["missed"] or milligrams > 720:
        return False
    return most_within(run, "CTX", 2, 12 * YEARS) < 40


def _kept_after_the_stop(run, values):
    end = planned(values)
    if end > 24:
        return False
    gained, kept = (run.at(_months(m), "BMD hip") for m in (end, end + 24))
    return gained >= 102 and kept >= gained - 1


def _longest_gap(run, values):
    as_asked = (values["drug"], values["dose"], values["doses"]) == ("denosumab", 60, 8)
    if not as_asked or values["missed"]:
        return False
    return 90 < most_within(run, "CTX", 1, planned(values)) <= 100


def clinic():
    """A woman of 65 after menopause; four years or more; one drug of your choice."""
    sure = HowSure(_bands)

    def clicked(values, where):
        sure.clicked(lab, values, where)
        return ""

    lab = Lab(
        title="Clinic",
        question="What does a drug do to resorption, formation and bone, and when it stops?",
        controls=[
            Control.choice(
                "drug", "Drug", options=DRUGS,
                tooltip="Drugs whose runs stay within the bands of their trials; the sources "
                "stand at the end of the lesson.",
            ),
            Control.from_parameter("protocol", "injected", name="dose"),
            Control.from_parameter("protocol", "between_doses", name="interval", step=1),
            Control.from_parameter("protocol", "doses", step=1),
            Control.from_parameter("protocol", "missed", step=1),
        ],
        lines=_lines,
        seen=lambda names, values: Course(
            names["run"], values["drug"], lambda: sure.of(values)
        ),
        clicked=clicked,
        sentence=_sentence,
        idle=idle,
        picture=ClinicPicture,
        challenges=[
            Challenge(
                "Keep CTX below 40% of its start from the second month to the end of four years, "
                "with at most 720 mg of denosumab in all.",
                reached=_low_for_four_years,
            ),
            Challenge(
                "Treat for at most two years, gain two points at the hip, and lose no more than "
                "one of them in the two years after.",
                reached=_kept_after_the_stop,
            ),
            Challenge(
                "With eight doses of denosumab 60 mg, find the longest time between doses at "
                "which CTX never passes its start while the plan lasts.",
                reached=_longest_gap,
            ),
        ],
        predict=Predict(
            "Denosumab 60 mg is given four times, every six months, and then no more. What does "
            "CTX do after the last dose has worn off?",
            options=(BACK, LOWER, HIGHER),
            values={"doses": 4}, blank=True,
            truth=_after,
            explain="In this model cells that could become osteoclasts wait while RANKL is "
            "blocked. When the drug is gone, many of them do so at once. A height like this was "
            "reported in DEFEND, and the model was fitted to it.",
        ),
    )  # fmt: skip
    return lab


def _after(run):
    """Where CTX goes in the two years after four doses."""
    most = most_within(run, "CTX", 24, 48)
    return HIGHER if most > 110 else BACK if most > 90 else LOWER
