"""The antibody designer: an antibody by its arms, on the map of resorption and formation."""

from bonelab.course.asking.prediction import Predict
from bonelab.figures.balance_map import MOMENT, BalanceMap
from bonelab.parameters import load, write

from .challenge import Challenge
from .controls import Control
from .factory import Lab
from .lines import Code, call

AGE, DESIGN = int(load("subjects").age), "your antibody"
OSTEOBLASTS = {
    "normal": ({}, ()),
    "P29A: tail of RANKL cannot signal": ({"tail": load("reverse").tail_P29A}, ()),
    "treated with rapamycin": ({}, ("20 nM",)),
}

WHY_LOW = {  # what lowers formation by itself
    "P29A: tail of RANKL cannot signal": "RANKL's tail cannot signal",
    "treated with rapamycin": "rapamycin stops mTORC1",
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
    run = result[DESIGN]
    now = run.at(MOMENT)
    return (
        f"After {MOMENT} resorption (CTX) is at {now['CTX']:.0f}% and formation (P1NP) at "
        f"{now['P1NP']:.0f}% of the starting value, so {_acts(run, values)}. After a year, the "
        f"density of the spine is at {run.final['BMD spine']:.1f}% of its starting value."
        f"{_standing(values)}"
    )


def _acts(run, values):
    """What the design does to both rates, in words."""
    CTX, P1NP = run.at(MOMENT, "CTX"), run.at(MOMENT, "P1NP")
    why = WHY_LOW.get(values["osteoblasts"])
    if P1NP <= 80 and run["CTX"].min() >= 60 and why:
        return f"the antibody hardly acts, and formation is low because {why}"
    if CTX < 80:
        held = "all but stopped" if CTX < 25 else "held down" if CTX < 60 else "somewhat lower"
        return f"resorption is {held} and formation {'goes on' if P1NP > 80 else 'falls with it'}"
    if P1NP > 110:
        return "resorption goes on and formation is raised"
    if P1NP < 80:
        return "resorption is on its way back while formation is still low"
    return "the antibody hardly acts"


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
        question="Which antibody stops resorption without stopping formation?",
        controls=[
            Control.choice(
                "osteoblasts", "Osteoblasts", options=tuple(OSTEOBLASTS),
                tooltip="To test whether formation runs through RANKL's tail and mTORC1.",
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
        challenges=[
            Challenge(
                f"Have P1NP above 102% while CTX is below 60%, after {MOMENT}.",
                reached=lambda result, values: _at(result, "P1NP") > 102
                and _at(result, "CTX") < 60,
            ),
            Challenge(
                "Have CTX below 15%, as under denosumab, and P1NP above 95%, with three arms.",
                reached=lambda result, values: values["valence"] == 3
                and _at(result, "CTX") < 15 and _at(result, "P1NP") > 95,
            ),
            Challenge(
                "By one change lose the building and keep the block of resorption (CTX below 20% "
                "before and after, P1NP from above 85% to below 50%).",
                reached=_building_lost, pair=True,
            ),
        ],
        predict=Predict(
            "With any number of arms, any grip and any dose on these sliders: how much above its "
            f"start can formation (P1NP) be after {MOMENT}, while resorption (CTX) stays above "
            "95%?",
            options=("not at all", "by less than a third", "it can double"),
            values={"valence": 4, "affinity": 30, "dose": 15}, blank=True,
            truth=lambda result: _rise_in_words(_at(result, "P1NP")),
            explain="RANKL that is held is hidden from RANK, however it is held. So few RANKL can "
            "be held while resorption goes on, and their signal is small.",
        ),
    )  # fmt: skip


def _at(result, marker):
    """A marker under the design at the moment of the arrow (% of start)."""
    return result[DESIGN].at(MOMENT, marker)


def _rise_in_words(percent):
    if percent < 102:
        return "not at all"
    return "by less than a third" if percent < 133 else "it can double"


def _building_lost(result, values, other, others):
    apart = [name for name in values if values[name] != others[name]]
    blocked = all(_at(each, "CTX") < 20 for each in (result, other))
    return len(apart) == 1 and blocked and _at(result, "P1NP") < 50 and _at(other, "P1NP") > 85
