"""Lab 9, the virtual trial: arms, size, length, drop-out, and what one would have seen."""

from bonelab.course.asking.predict import Predict
from bonelab.figures.trial_picture import TrialPicture

from .controls import Control
from .factory import Lab

MOST, MONTHS, SIZES = 200, 24, (10, 20, 50, 100, 200)
ARMS = {
    "no drug or denosumab 60 mg": '{"no drug": [], "60 mg": bl.denosumab("60 mg", doses=4)}',
    "denosumab 14 mg or 60 mg": (
        '{"14 mg": bl.denosumab("14 mg", doses=4), "60 mg": bl.denosumab("60 mg", doses=4)}'
    ),
    "denosumab or three-armed antibody": (
        '{"denosumab": bl.denosumab("60 mg", doses=4), '
        '"three arms": bl.reverse_agonist("60 mg", doses=4)}'
    ),
}


def _code(values):
    months = f'"{values["months"]:g} months"'
    years = 1 if values["months"] <= 12 else MONTHS // 12  # the first card need not wait for two
    return (
        "import bonelab as bl\n\n"
        f"arms = {ARMS[values['arms']]}\n"
        f'large = bl.trial(arms, n={MOST}, years={years}, endpoint="{values["endpoint"]}")\n'
        f"everybody = large.smaller({MOST}, years={months}, dropout={values['dropout'] / 100:g})\n"
        f"trial = everybody.smaller({int(values['women'])})\n"
        f"power = everybody.power({SIZES}, repeats=300)\n"
        'run = {"trial": trial, "table": trial.table(), "power": power}'
    )


def _simulate(**values):
    names = {}
    exec(_code(values), names)  # the lines a learner is shown are the lines that run
    return names["run"]


def _sentence(result, values):
    power = result["power"]
    enough = power[power >= 0.8]
    words = f"{enough.index[0]} women an arm would do" if len(enough) else "200 would not do"
    return f"{result['trial'].summary()} To see it in four trials of five, {words}."


def virtual_trial():
    """Two arms of virtual women: how many, how long, how many leave, what is measured."""
    return Lab(
        title="Virtual trial",
        question="How many women does it take to see what a drug does?",
        controls=[
            Control.choice("arms", "The two arms", options=tuple(ARMS),
                           tooltip="Every arm has women of its own, drawn from stated spreads."),
            Control.choice("endpoint", "What is measured", options=("BMD hip", "BMD spine"),
                           tooltip="Bone mineral density, with the error of two scans."),
            Control.slider("women", "Women in each arm", low=20, high=MOST, default=50, step=10,
                           tooltip="At the start; the first so many of 200 simulated women."),
            Control.slider("months", "Months", low=6, high=MONTHS, default=12, step=6,
                           tooltip="Length of the trial; density is measured at the end."),
            Control.slider("dropout", "Drop-out", unit="% a year", low=0, high=30,
                           default=5, step=5,
                           tooltip="Women who leave, by chance: they are like those who stay."),
        ],
        simulate=_simulate,
        picture=TrialPicture,
        sentence=_sentence,
        code=_code,
        predict=Predict(
            "Denosumab 60 mg against no drug, density of the hip after 12 months. How many women "
            "in each arm does it take to see the difference in four trials of five?",
            options=("about 10", "about 50", "200 or more"),
            truth=lambda result: _size_in_words(result["power"]),
            explain="It depends on three things: how large the difference is, how much women "
            "differ, and how precise a scan is.",
        ),
    )  # fmt: skip


def _size_in_words(power):
    enough = power[power >= 0.8]
    first = enough.index[0] if len(enough) else 1000
    if first <= 10:
        return "about 10"
    return "about 50" if first <= 100 else "200 or more"
