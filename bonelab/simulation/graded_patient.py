"""A patient for marks: her chart is printed; nobody can order, predict or reveal for her.

Which woman it is comes from a number and the class's key, so nobody without the key can simulate
her, and no number of ``bl.mystery_patient`` reaches her. A teacher prints the charts::

    from bonelab.simulation.graded_patient import graded_chart
    graded_chart(17, key="oak 2027").to_csv("patient-17.csv")

and grades with the same key. Without a key it is a practice patient, the same for everybody.

Number and key deal one woman after the other until there is one whom a careful reader of the chart
can find out: of all suspects her own fits best, and a fit to the chart comes near the truth.
"""

import hashlib
from functools import lru_cache

import numpy as np
import pandas as pd

from bonelab.biology.subjects import woman
from bonelab.biology.treatments import denosumab
from bonelab.parameters import Checked, Whole, door, load

from .mystery import MysteryPatient
from .mystery_menu import CASES, TESTS, TODAY
from .tissue import simulate

CASE = "denosumab 60 mg, CTX at 6 months"
_BEYOND = 2**32  # the first number that bl.mystery_patient does not take
_NUMBER = Whole("the number of a learner", 0, 10**9, "number")
_KEY = Checked("the class's key", lambda _, key: str(key), "text")


_MONTH = 30.4375  # days
_DEALT = 60  # women at most; one in four cannot be found out
_NEAR = 0.8  # of the tolerance: how close to the truth a fit must come
_CLEAR = 1.25  # times as badly do all other answers fit
# Suspects that look alike in every test of the chart are one answer.
_ALIKE = (
    {"nothing but what differs": {}, "precursors renew slowly": {"precursor_rate": 0.00055}},
    {"makes less OPG": {"OPG": 0.5}},
    {"makes more RANKL": {"RANKL": 1.8}, "T cells": {"extra_RANKL": 0.15}},
    {"clears antibodies fast": {"antibody_clearance": 0.2}},
)
_CLEARANCES = np.linspace(0.5, 4, 15)  # times that of the typical woman


def _patient(number, key):
    """The woman of this number and key, with points for every test."""
    return MysteryPatient(_seed(int(number), key), budget=10_000)


@lru_cache(maxsize=4096)
def _seed(number, key):
    for again in range(_DEALT):
        deal = f"graded patient|{key}|{number}" + (f"|{again}" if again else "")
        seed = _BEYOND + int.from_bytes(hashlib.sha256(deal.encode()).digest()[:6], "big")
        if _can_be_found(seed):
            break
    return seed


def _can_be_found(seed):
    """Do the suspect that fits best, and a fitted clearance, tell what will happen to her?"""
    patient = MysteryPatient(seed, budget=10_000)
    chart = _chart(patient).set_index("what")["value"]
    measured = chart.drop(["now", "hip", "spine"]).iloc[:7].to_numpy()

    def misfit(shown):
        return float((np.log(np.maximum(shown[:7], 1e-3) / measured) ** 2).sum())

    score = patient.predict(CASE, 50)
    special = patient.reveal()
    fits = [
        min((misfit(_shows(patient, **changes)), str(changes), changes) for changes in one.values())
        for one in _ALIKE
    ]
    of_her_own = next(n for n, one in enumerate(_ALIKE) if any(words in special for words in one))
    others = [fit for n, (fit, *_) in enumerate(fits) if n != of_her_own]
    if min(others) < _CLEAR * fits[of_her_own][0]:
        return False
    usual = load("drugs").antibody_clearance
    fitted = [
        fits[of_her_own][2] | {"antibody_clearance": factor * usual} for factor in _CLEARANCES
    ]
    best = min((_shows(patient, **changes) for changes in fitted), key=misfit)
    return abs(best[-1] - score.truth) <= _NEAR * score.tolerance


def _shows(patient, **changes):
    """What a woman of her age with these changes would show in the tests of the chart, in their
    order, and CTX after six months, in percent of today's."""
    person = woman(patient.age - TODAY / 365.25, menopause=patient.menopause).with_(**changes)
    run = simulate(person, denosumab("60 mg", start=TODAY), days=TODAY + 200)
    shown = [run.at(TODAY, name) for name in ("RANKL", "OPG")]
    shown += [run.at(TODAY + month * _MONTH, "serum drug") for month in (1, 3)]
    ctx = [run.at(TODAY + month * _MONTH, "CTX") for month in (1, 3, 4, 6)]
    return np.array([*shown, *(100 * later / run.at(TODAY, "CTX") for later in ctx)])


def _chart(patient):
    for test in TESTS:
        patient.order(test)
    chart = pd.DataFrame(patient.results)
    chart["points"] = [TESTS[test].cost for test in chart["test"]]
    return chart


@door("graded_chart", number=_NUMBER, key=_KEY)
def graded_chart(number, key=""):
    """Every test of a graded patient, measured once, as a pandas table; ``.attrs`` has her age."""
    patient = _patient(number, key)
    chart = _chart(patient)
    chart.attrs = {"age": patient.age, "menopause": patient.menopause}
    return chart


@door("graded_truth", number=_NUMBER, key=_KEY)
def graded_truth(number, key=""):
    """For whoever grades: ``{"special": words, "truth": CTX at 6 months, "tolerance": ...}``."""
    patient = _patient(number, key)
    score = patient.predict(CASE, 50)
    return {"special": patient.reveal(), "truth": score.truth, "tolerance": CASES[CASE].tolerance}
