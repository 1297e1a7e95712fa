"""Lab 6, the clinic: a drug, a schedule, a missed dose, a stop, beside published trials."""

import bonelab as bl
from bonelab.course.asking.predict import Predict
from bonelab.figures.clinic_picture import ClinicPicture

from .controls import Control
from .factory import Lab

AGE, YEARS = 65, 4
SEQUENCE, SWITCH = "teriparatide, then denosumab", "24 months"
INJECTED = ("denosumab", "OPG-Fc", "zoledronate")
DRUGS = (*INJECTED, "teriparatide", "alendronate", "romosozumab", SEQUENCE)


def _plan(drug, dose, interval, doses, missed):
    """The treatments of a setting, as a student would write them."""
    every = f"{interval:g} month{'' if interval == 1 else 's'}"
    length = f"{interval * doses:g} months"
    left_out = (missed,) if 0 < missed <= doses else ()
    injected = {"every": every, "doses": int(doses), "missed": left_out}
    if drug == "denosumab":
        return [bl.denosumab(f"{dose:g} mg", **injected)]
    if drug == "OPG-Fc":
        return [bl.opg_fc(f"{dose:g} mg", **injected)]
    if drug == "zoledronate":
        return [bl.zoledronate("5 mg", **injected)]
    if drug == SEQUENCE:
        return [
            bl.teriparatide(stop=SWITCH),
            bl.denosumab(f"{dose:g} mg", start=SWITCH, **injected),
        ]
    daily = {"teriparatide": bl.teriparatide, "alendronate": bl.alendronate}
    return [daily.get(drug, bl.romosozumab)(stop=length)]


def _simulate(drug, dose, interval, doses, missed):
    plan = _plan(drug, dose, interval, int(doses), int(missed))
    return bl.simulate(bl.woman(AGE), plan, years=YEARS)


def clinic():
    """A woman of 65 after menopause; four years; one drug of your choice."""
    return Lab(
        title="Clinic",
        question="What does a drug do to removal, to building and to bone, and what when it stops?",
        controls=[
            Control.choice(
                "drug", "Drug", options=DRUGS,
                tooltip="Romosozumab and the bisphosphonates are toys: see the end of the lesson.",
            ),
            Control.slider(
                "dose", "Dose", unit="mg", low=1, high=210, default=60, scale="log",
                tooltip="Of denosumab or OPG-Fc, under the skin; the others have a fixed dose.",
            ),
            Control.slider(
                "interval", "Months between doses", low=1, high=12, default=6, step=1,
                tooltip="A daily drug is taken for doses times months.",
            ),
            Control.slider(
                "doses", "Doses, then stop", low=1, high=8, default=8, step=1,
                tooltip="How many doses are planned; after the last one the drug wears off.",
            ),
            Control.slider(
                "missed", "Dose that is missed", low=0, high=8, default=0, step=1,
                tooltip="0: none. 3: the third dose is not given.",
            ),
        ],
        simulate=_simulate,
        picture=ClinicPicture,
        predict=Predict(
            "Denosumab 60 mg is given four times, every six months, and then no more. "
            "How high does CTX rise afterwards, in per cent of its value before treatment?",
            low=0, high=250, unit="%",
            values={"doses": 4},
            truth=lambda run: float(run["CTX"].max()),
            explain="While RANKL is blocked, precursors wait. When the drug is gone they all "
            "become osteoclasts at once.",
        ),
    )  # fmt: skip
