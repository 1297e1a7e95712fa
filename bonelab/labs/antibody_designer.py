"""Lab 7, the antibody designer: an antibody that stops removal and orders building."""

from bonelab.course.asking.prediction import Predict
from bonelab.figures.balance_map import MOMENT, BalanceMap
from bonelab.parameters import write

from .controls import Control
from .factory import Lab
from .lines import Code, call

AGE = 65
OSTEOBLASTS = {
    "normal": ({}, ()),
    "P29A: tail of RANKL cannot signal": ({"tail": 0.02}, ()),
    "treated with rapamycin": ({}, ("20 nM",)),
}


def _lines(valence, affinity, half_life, dose, osteoblasts):
    changes, rapamycin = OSTEOBLASTS[osteoblasts]
    woman = call("woman.with_", **changes) if changes else "woman"
    arms = {"valence": valence, "affinity": affinity, "half_life": half_life}
    drugs = [call("bl.reverse_agonist", f"{write(dose)} mg", doses=2, **arms)]
    drugs += [call("bl.rapamycin", level) for level in rapamycin]
    design = call("bl.simulate", Code(woman), [Code(drug) for drug in drugs], years=1)
    return (
        f"import bonelab as bl\n\nwoman = bl.woman({AGE})\n"
        f"design = {design}\n"
        'denosumab = bl.simulate(woman, bl.denosumab("60 mg", doses=2), years=1)\n'
        'decoy = bl.opg_fc("200 mg", every="6 weeks", doses=9)\n'
        "opg_fc = bl.simulate(woman, decoy, years=1)\n"
        'run = {"your antibody": design, "denosumab": denosumab, "OPG-Fc": opg_fc}'
    )


def _sentence(result, values):
    run = result["your antibody"]
    now = run.at(MOMENT)
    left = now["CTX"]
    if left < 80:
        held = "all but stopped" if left < 25 else "held down" if left < 60 else "somewhat lower"
        words = "formation goes on" if now["P1NP"] > 80 else "formation falls with it"
        words = f"resorption is {held} and {words}"
    elif now["P1NP"] > 110:
        words = "resorption goes on and formation is raised"
    elif now["P1NP"] < 80:
        words = "resorption is on its way back while formation is still low"
    else:
        words = "the antibody hardly acts"
    return (
        f"After {MOMENT} resorption (CTX) is at {now['CTX']:.0f}% and formation (P1NP) at "
        f"{now['P1NP']:.0f}% of the starting value, so {words}. After a year, the density of the "
        f"spine is at {run.final['BMD spine']:.1f}% of its starting value.{_standing(values)}"
    )


def _standing(values):
    """That nobody has seen what the model says of more than two arms."""
    if values["valence"] < 3:
        return ""
    return (
        " No woman has been given an antibody with more than two arms, so this is a prediction "
        "that no trial has tested."
    )


def antibody_designer():
    """Arms, grip, half-life and dose of an antibody against RANKL, on the map of bone."""
    return Lab(
        title="Antibody designer",
        question="Which antibody stops the removal of bone without stopping the building?",
        controls=[
            Control.choice(
                "osteoblasts", "Osteoblasts", options=tuple(OSTEOBLASTS),
                tooltip="To test whether building runs through RANKL's tail and mTORC1.",
            ),
            Control.from_parameter("protocol", "arms", name="valence", step=1),
            Control.from_parameter("protocol", "arm_Kd", name="affinity"),
            Control.from_parameter(
                "protocol", "half_life_in_blood", name="half_life", scale="linear", step=1
            ),
            Control.from_parameter("protocol", "twice_a_year", name="dose"),
        ],
        lines=_lines,
        picture=BalanceMap,
        sentence=_sentence,
        predict=Predict(
            "An ordinary antibody has two arms and leaves formation at less than half. Give it a "
            "third arm. Where is formation (P1NP) after three months, in percent of its start?",
            low=0, high=250, unit="%",
            values={"valence": 3},
            truth=lambda result: result["your antibody"].at(MOMENT, "P1NP"),
            explain="Three arms hold three RANKL together, and that is a signal inside the "
            "osteoblast. It makes up for the call to build that is lost with resorption, so that "
            "formation stays near its start; in this model it does not rise above it.",
        ),
    )  # fmt: skip
