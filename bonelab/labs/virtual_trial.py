"""Lab 9, the virtual trial: arms, size, length, drop-out, and what one would have seen."""

from bonelab.course.asking.prediction import Predict
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


def _lines(arms, endpoint, women, months, dropout):
    years = 1 if months <= 12 else MONTHS // 12  # the first card need not wait for two
    return (
        "import bonelab as bl\n\n"
        f"arms = {ARMS[arms]}\n"
        f'large = bl.trial(arms, n={MOST}, years={years}, endpoint="{endpoint}")\n'
        f'everybody = large.smaller({MOST}, years="{months:g} months", dropout={dropout} / 100)\n'
        f"trial = everybody.smaller({women})\n"
        f"power = everybody.power({SIZES}, repeats=300)\n"
        'run = {"trial": trial, "table": trial.table(), "power": power}'
    )


def _sentence(result, values):
    power = result["power"]
    enough = power[power >= 0.8]
    words = (
        f"With {enough.index[0]} women per arm, four trials out of five would detect a difference "
        "of this size."
        if len(enough)
        else f"Even {SIZES[-1]} women per arm would detect a difference of this size in fewer than "
        "four trials out of five."
    )
    return f"{result['trial'].summary()} {words}{_standing(values)}"


def _standing(values):
    """What a gain under the three-armed antibody rests on."""
    if "three-armed" not in values["arms"]:
        return ""
    return (
        " No woman has been given the three-armed antibody. In the model nothing tells osteoblasts "
        "to stop, so a gain that no drug in use comes near is a prediction and not a finding."
    )


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
            Control.from_parameter("protocol", "women", step=10),
            Control.from_parameter("protocol", "trial_months", name="months", step=6),
            Control.from_parameter("protocol", "dropout", step=5),
        ],
        lines=_lines,
        picture=TrialPicture,
        slow=True,
        sentence=_sentence,
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
