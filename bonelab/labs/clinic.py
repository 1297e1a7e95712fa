"""Lab 6, the clinic: a drug, a schedule, a missed dose, a stop, beside published trials."""

from bonelab.course.asking.predict import Predict
from bonelab.figures.clinic_picture import ClinicPicture
from bonelab.parameters import load, write

from .controls import Control
from .factory import Lab
from .lines import Code, call

AGE, YEARS = 65, 4
SEQUENCE, SWITCH = "teriparatide, then denosumab", "24 months"
INJECTED = ("denosumab", "OPG-Fc", "zoledronate")
DAILY = ("teriparatide", "alendronate", "romosozumab")
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
    """Months for which women have been followed on a daily drug: no course here is longer."""
    return 12 * getattr(load("drugs"), f"{drug}_followed")


def _months(number):
    return f"{number:g} month{'' if number == 1 else 's'}"


def _lines(drug, dose, interval, doses, missed):
    plan = [Code(each) for each in _plan(drug, dose, interval, doses, missed)]
    return f"run = {call('bl.simulate', Code(f'bl.woman({AGE})'), plan, years=YEARS)}"


def _sentence(run, values):
    drug, asked = values["drug"], values["interval"] * values["doses"]
    if drug in DAILY and asked > _longest(drug):
        most = _months(_longest(drug))
        return (
            f"{run.summary()} {drug.capitalize()} is given for {most} and no longer, because "
            "nobody has been followed on it for longer."
        )
    return run.summary()


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
