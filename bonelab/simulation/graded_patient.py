"""A patient for marks: her chart is printed; nobody can order, predict or reveal for her.

Which woman it is comes from a number and the class's key, so nobody without the key can simulate
her, and no number of ``bl.mystery_patient`` reaches her. A teacher prints the charts::

    from bonelab.simulation.graded_patient import graded_chart
    graded_chart(17, key="oak 2027").to_csv("patient-17.csv")

and grades with the same key. Without a key it is a practice patient, the same for everybody.
"""

import hashlib

import pandas as pd

from bonelab.parameters import Checked, Whole, door

from .mystery import MysteryPatient
from .mystery_menu import CASES, TESTS

CASE = "denosumab 60 mg, CTX at 6 months"
_BEYOND = 2**32  # the first number that bl.mystery_patient does not take
_NUMBER = Whole("the number of a learner", 0, 10**9, "number")
_KEY = Checked("the class's key", lambda _, key: str(key), "text")


def _patient(number, key):
    """The woman of this number and key, with points for every test."""
    digest = hashlib.sha256(f"graded patient|{key}|{number}".encode()).digest()
    return MysteryPatient(_BEYOND + int.from_bytes(digest[:6], "big"), budget=10_000)


@door("graded_chart", number=_NUMBER, key=_KEY)
def graded_chart(number, key=""):
    """Every test of a graded patient, measured once, as a pandas table; ``.attrs`` has her age."""
    patient = _patient(number, key)
    for test in TESTS:
        patient.order(test)
    chart = pd.DataFrame(patient.results)
    chart["points"] = [TESTS[test].cost for test in chart["test"]]
    chart.attrs = {"age": patient.age, "menopause": patient.menopause}
    return chart


@door("graded_truth", number=_NUMBER, key=_KEY)
def graded_truth(number, key=""):
    """For whoever grades: ``{"special": words, "truth": CTX at 6 months, "tolerance": ...}``."""
    patient = _patient(number, key)
    score = patient.predict(CASE, 50)
    return {"special": patient.reveal(), "truth": score.truth, "tolerance": CASES[CASE].tolerance}
