"""Lab 6, the clinic: a drug, a schedule, a missed dose, a stop, beside published trials."""

from bonelab.course.asking.prediction import Predict
from bonelab.figures.clinic_picture import ClinicPicture
from bonelab.parameters import load, write

from .controls import Control
from .factory import Lab
from .lines import Code, call

AGE, YEARS = 65, 4
SEQUENCE, SWITCH = "teriparatide, then denosumab", "24 months"
INJECTED = ("denosumab", "OPG-Fc", "zoledronate")
DAILY = ("teriparatide", "alendronate", "romosozumab")
FITTED = {"romosozumab": 12}  # months of the trial that the model was fitted to (FRAME)
DRUGS = (*INJECTED, *DAILY, SEQUENCE)


def _plan(drug, dose, interval, doses, missed):
    """The treatments of a setting, as a student would write them."""
    schedule = {"every": _months(interval), "doses": doses}
    schedule |= {"missed": (missed,)} if 0 < missed <= doses else {}
    amount = f"{write(dose)} mg"
    if drug == "denosumab":
        return [call("bl.denosumab", amount, **schedule)]
    if drug == "OPG-Fc":
        return [call("bl.opg_fc", amount, **schedule)]
    if drug == "zoledronate":
        return [call("bl.zoledronate", "5 mg", **schedule)]
    if drug == SEQUENCE:
        return [
            call("bl.teriparatide", stop=SWITCH),
            call("bl.denosumab", amount, start=SWITCH, **schedule),
        ]
    return [call(f"bl.{drug}", stop=_months(min(interval * doses, _longest(drug))))]


def _longest(drug):
    """Months that the trials of a daily drug lasted: no course here is longer."""
    followed = 12 * getattr(load("drugs"), f"{drug}_followed")
    return min(followed, FITTED.get(drug, followed))


def _months(number):
    return f"{number:g} month{'' if number == 1 else 's'}"


def _lines(drug, dose, interval, doses, missed):
    plan = [Code(each) for each in _plan(drug, dose, interval, doses, missed)]
    return f"run = {call('bl.simulate', Code(f'bl.woman({AGE})'), plan, years=YEARS)}"


def _sentence(run, values):
    return " ".join([run.summary(), *_limits(values)])


def _limits(values):
    """What a setting does not reach, a sentence each."""
    drug, doses, missed = (values[name] for name in ("drug", "doses", "missed"))
    if drug in DAILY and values["interval"] * doses > _longest(drug):
        yield (
            f"{drug.capitalize()} is given for {_months(_longest(drug))} and no longer, because "
            "the trial that the model was fitted to lasted no longer."
        )
    if drug == "romosozumab":
        yield (
            "How CTX overshoots after romosozumab was not fitted to any trial, and the model "
            "probably shows too much of it."
        )
    if drug in (*DAILY, "zoledronate") and values["dose"] != _usual_dose():
        yield f"The dose in mg does not apply to {drug}, which is given at its usual dose here."
    if drug in DAILY and missed:
        yield f"No dose of {drug} is missed, because it is taken or given all the time here."
    elif missed > doses:
        yield f"Dose {missed} cannot be missed, because the plan ends before it."


def _usual_dose():
    """Where the slider of the dose stands at first (mg)."""
    return load("protocol").injected


def clinic():
    """A woman of 65 after menopause; four years; one drug of your choice."""
    return Lab(
        title="Clinic",
        question="What does a drug do to removal, to building and to bone, and what when it stops?",
        controls=[
            Control.choice(
                "drug", "Drug", options=DRUGS,
                tooltip="Each drug was fitted to trials of its own; see the end of the lesson.",
            ),
            Control.from_parameter("protocol", "injected", name="dose"),
            Control.from_parameter("protocol", "between_doses", name="interval", step=1),
            Control.from_parameter("protocol", "doses", step=1),
            Control.from_parameter("protocol", "missed", step=1),
        ],
        lines=_lines,
        sentence=_sentence,
        picture=ClinicPicture,
        predict=Predict(
            "Denosumab 60 mg is given four times, every six months, and then no more. "
            "How high does CTX rise afterwards, in percent of its value before treatment?",
            low=0, high=250, unit="%",
            values={"doses": 4},
            truth=lambda run: float(run["CTX"].max()),
            explain="While RANKL is blocked, cells that could become osteoclasts wait. When the "
            "drug is gone, many of them do so at once. A height like this was reported in DEFEND, "
            "and the model was fitted to it.",
        ),
    )  # fmt: skip
