"""The virtual trial: arms, size, length, drop-out, and the same trial again with new women."""

from bonelab.course.asking.prediction import Predict
from bonelab.figures.trial_picture import TrialPicture
from bonelab.simulation.trial_repeats import mean_and_half

from .challenge import Challenge
from .controls import Control
from .factory import Lab

MOST, MONTHS, SIZES = 200, 24, (4, 7, 10, 20, 50, 100, 200)
NO_DRUG, TWO_DOSES = "no drug or denosumab 60 mg", "denosumab 14 mg or 60 mg"
EQUAL = "denosumab 60 mg in both arms"
_60 = 'bl.denosumab("60 mg", doses=4)'
ARMS = {
    NO_DRUG: f'{{"no drug": [], "60 mg": {_60}}}',
    TWO_DOSES: f'{{"14 mg": bl.denosumab("14 mg", doses=4), "60 mg": {_60}}}',
    "denosumab or three-armed antibody": (
        f'{{"denosumab": {_60}, "three arms": bl.reverse_agonist("60 mg", doses=4)}}'
    ),
    EQUAL: f'{{"60 mg": {_60}, "also 60 mg": {_60}}}',
}
EVERY, HALF, HARDLY = "nearly every time", "about half of the times", "never or once"


def _lines(arms, women, months, dropout, again):
    years = 1 if months <= 12 else MONTHS // 12  # the first card need not wait for two
    sizes = tuple(sorted({*SIZES, women}))
    return (
        "import bonelab as bl\n\n"
        f"arms = {ARMS[arms]}\n"
        f'large = bl.trial(arms, n={MOST}, years={years}, endpoint="BMD hip")\n'
        f'everybody = large.smaller({MOST}, years="{months:g} months", dropout={dropout} / 100)\n'
        f"power = everybody.power({sizes}, repeats=300)\n"
        f"women = everybody.again({women}, repeat={again})\n"
        f"p = everybody.p_values({women}, repeats={again})\n"
        f'run = {{"size": {women}, "women": women, "p": p, "power": power}}'
    )


SPOKEN = {"three arms": "the three-armed antibody"}  # an arm where "arms" would say two things


def power_here(result, values):
    """How often a trial of the size that is set would find the difference."""
    return float(result["power"].loc[values["women"]])


def times_found(result):
    """In how many of the trials so far p is below 0.05."""
    return int((result["p"] < 0.05).sum())


def _sentence(result, values):
    (first, control), (last, drug) = result["women"].items()
    measured, women = control.size + drug.size, 2 * values["women"]
    difference = mean_and_half(drug)[0] - mean_and_half(control)[0]
    p, power = float(result["p"][-1]), power_here(result, values)
    again = values["again"]
    trials = f"{again} trials" if again > 1 else "1 trial"
    expected = f", which is {again * power:.0f} of {again} on average" if again > 1 else ""
    words = "p < 0.001" if p < 0.001 else f"p = {p:.3f}"
    arms = f"on {SPOKEN.get(last, last)} than on {first}"
    if values["arms"] == EQUAL:
        arms = "in the second arm than in the first"
    expects = "chance alone finds" if values["arms"] == EQUAL else "power says"
    return (
        f"In this trial {measured} of {women} women were measured after {values['months']:g} "
        f"months, and hip BMD is {abs(difference):.1f} percentage points "
        f"{'higher' if difference >= 0 else 'lower'} {arms} ({words}). "
        f"The difference was found in {times_found(result)} of {trials}, and {expects} "
        f"{power:.0%}{expected}.{_standing(values)}"
    )


def _standing(values):
    """What a difference rests on that is not one of women."""
    if values["arms"] == EQUAL:
        return " Both arms get the same, so whatever is found is chance."
    if "three-armed" not in values["arms"]:
        return ""
    return (
        " No woman has been given the three-armed antibody. In the model nothing tells osteoblasts "
        "to stop, so a gain that no drug in use comes near is a prediction and not a finding."
    )


def _few_women(result, values):
    as_asked = values["arms"] == NO_DRUG and values["months"] == 12
    return as_asked and values["women"] <= 10 and power_here(result, values) >= 0.8


def _lost(result, values, other, others):
    """A difference that was found is not, with more drop-out and nothing else changed."""
    apart = {name for name in values if values[name] != others[name]}
    more = values["dropout"] > others["dropout"]
    real = values["arms"] != EQUAL
    return real and more and apart == {"dropout"} and other["p"][-1] < 0.05 <= result["p"][-1]


def virtual_trial():
    """Two arms of virtual women: how many, how long, how many leave, and all of it again."""

    def clicked(values, where):
        return {"again": min(values["again"] + 1, 40)} if where == "again" else ""

    return Lab(
        title="Virtual trial",
        question="How many women does it take to see what a drug does, and how sure is one trial?",
        controls=[
            Control.choice("arms", "The two arms", options=tuple(ARMS),
                           tooltip="Every arm has women of its own, drawn from stated spreads. "
                           "Bone mineral density of the hip is measured, with the error of two "
                           "scans."),
            Control.from_parameter("protocol", "women", scale="linear", step=1),
            Control.from_parameter("protocol", "trial_months", name="months", step=6),
            Control.from_parameter("protocol", "dropout", step=5),
            Control.from_parameter("protocol", "trials", name="again", step=1, play=8),
        ],
        lines=_lines,
        picture=TrialPicture,
        slow="Simulating the women of the trial",
        clicked=clicked,
        soon=lambda values: values | {"months": MONTHS},  # the second year is another simulation
        sentence=_sentence,
        challenges=[
            Challenge(
                "For denosumab against no drug, reach a power of 80% at 12 months with at most "
                "ten women in each arm.",
                reached=_few_women,
            ),
            Challenge(
                "Find p < 0.05 although both arms get the same. Every trial on the axis of p "
                "counts.",
                reached=lambda result, values: values["arms"] == EQUAL and times_found(result) > 0,
            ),
            Challenge(
                "Lose a difference that was found by drop-out alone.",
                reached=_lost, pair=True,
            ),
        ],
        predict=Predict(
            "Denosumab 60 mg does more for the hip than 14 mg. A trial with 70 women in each arm "
            "looks for that difference after 12 months, and it is done 20 times, each time with "
            "new women. How often is p < 0.05?",
            options=(HARDLY, EVERY, HALF),
            values={"arms": TWO_DOSES, "women": 70, "again": 20}, blank=True,
            truth=lambda result: _often(times_found(result), len(result["p"])),
            explain="Drug, size and length are the same each time, and still chance decides "
            "whether one of these trials finds the difference. So one trial that finds nothing "
            "shows little.",
        ),
    )  # fmt: skip


def _often(times, trials):
    if times <= 1:
        return HARDLY
    return EVERY if times >= 0.85 * trials else HALF
