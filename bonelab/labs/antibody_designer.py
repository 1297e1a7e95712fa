"""Lab 7, the antibody designer: an antibody that stops removal and orders building."""

from functools import cache

import bonelab as bl
from bonelab.course.asking.predict import Predict
from bonelab.figures.balance_map import MOMENT, BalanceMap

from .controls import Control
from .factory import Lab

AGE = 65
OSTEOBLASTS = {
    "normal": ({}, ()),
    "P29A: tail of RANKL cannot signal": ({"tail": 0.02}, ()),
    "treated with rapamycin": ({}, ("20 nM",)),
}


@cache
def _comparators():
    woman = bl.woman(AGE)
    return {
        "denosumab": bl.simulate(woman, [bl.denosumab("60 mg", doses=2)], years=1),
        "OPG-Fc": bl.simulate(woman, [bl.opg_fc("200 mg", every="6 weeks", doses=9)], years=1),
    }


def _simulate(valence, affinity, half_life, dose, osteoblasts):
    changes, rapamycin = OSTEOBLASTS[osteoblasts]
    woman = bl.woman(AGE)
    plan = [
        bl.reverse_agonist(
            f"{dose:g} mg", doses=2, valence=int(valence), affinity=affinity, half_life=half_life
        ),
        *(bl.rapamycin(concentration) for concentration in rapamycin),
    ]
    design = bl.simulate(woman.with_(**changes) if changes else woman, plan, years=1)
    return {"your antibody": design, **_comparators()}


def _code(values):
    changes, rapamycin = OSTEOBLASTS[values["osteoblasts"]]
    subject = f"bl.woman({AGE})" + (f".with_(tail={changes['tail']})" if changes else "")
    drugs = (
        f'bl.reverse_agonist("{values["dose"]:g} mg", doses=2, valence={int(values["valence"])}, '
        f"affinity={values['affinity']!r}, half_life={values['half_life']!r})"
    )
    drugs += f', bl.rapamycin("{rapamycin[0]}")' if rapamycin else ""
    return (
        "import bonelab as bl\n\n"
        f"design = bl.simulate({subject}, [{drugs}], years=1)\n"
        f'denosumab = bl.simulate(bl.woman({AGE}), [bl.denosumab("60 mg", doses=2)], years=1)\n'
        f'decoy = bl.opg_fc("200 mg", every="6 weeks", doses=9)\n'
        f"opg_fc = bl.simulate(bl.woman({AGE}), [decoy], years=1)\n"
        'run = {"your antibody": design, "denosumab": denosumab, "OPG-Fc": opg_fc}'
    )


def _sentence(result, values):
    run = result["your antibody"]
    now = run.at(MOMENT)
    left = now["CTX"]
    if left < 80:
        held = "all but stopped" if left < 25 else "held down" if left < 60 else "somewhat lower"
        words = "building goes on" if now["P1NP"] > 80 else "building goes down with it"
        words = f"removal is {held}, and {words}"
    elif now["P1NP"] > 110:
        words = "removal goes on and building is up"
    elif now["P1NP"] < 80:
        words = "removal is on its way back, building is still low"
    else:
        words = "it hardly acts"
    return (
        f"After {MOMENT} removal (CTX) is at {now['CTX']:.0f} % and building (P1NP) at "
        f"{now['P1NP']:.0f} % of the start: {words}; after a year the density of the spine is at "
        f"{run.final['BMD spine']:.1f} %."
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
            Control.slider(
                "valence", "Arms that bind RANKL", low=1, high=6, default=2, step=1,
                tooltip="2: an ordinary antibody. 3: joined by a trimerising zipper.",
            ),
            Control.slider(
                "affinity", "Kd of one arm", unit="nM", low=0.001, high=1000, default=0.003,
                scale="log", tooltip="How tightly one arm grips RANKL; a small Kd is a tight grip.",
            ),
            Control.slider(
                "half_life", "Half-life in blood", unit="days", low=3, high=50, default=37,
                step=1, tooltip="When the target is flooded.",
            ),
            Control.slider(
                "dose", "Dose, twice a year", unit="mg", low=1, high=240, default=60, scale="log",
                tooltip="Under the skin, at the start and after six months.",
            ),
        ],
        simulate=_simulate,
        picture=BalanceMap,
        sentence=_sentence,
        code=_code,
        predict=Predict(
            "An ordinary antibody has two arms and leaves building at less than half. Give it a "
            "third arm. Where is building (P1NP) after three months, in per cent of the start?",
            low=0, high=250, unit="%",
            values={"valence": 3},
            truth=lambda result: result["your antibody"].at(MOMENT, "P1NP"),
            explain="Three arms hold three RANKL together, and that is a signal inside the "
            "osteoblast. Two arms are not enough in this model.",
        ),
    )  # fmt: skip
