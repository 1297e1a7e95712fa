"""What a lab says of its runs: the words of its sentence at many settings, with # for each number.

The numbers follow the run and are held by the file of each lab. The words were read and found good,
and they are kept in ``lab_sentences.json``. After a change that is meant, read them and write them
anew::

    PYTHONPATH=.:tests python -c "import test_labs_sentences as t; t.write()"
"""

import json
import re
from pathlib import Path

import pytest
from test_labs_words import LABS

KEPT = Path(__file__).with_name("lab_sentences.json")
SLOW = {"virtual_trial", "mystery_patient"}  # these are shown as they begin, and no more
NUMBER = re.compile(r"[-\u2212]?\d[\d,]*(\.\d+)?([·⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?")


def settings(lab):
    """One control at a time: every entry of a list, a switch, both ends of a slider."""
    yield {}
    for name, control in lab.controls.items():
        if control.kind == "slider":
            yield from ({name: end} for end in (control.lowest, control.high))
        else:
            offered = list(control.options.values()) if control.kind == "choice" else [True]
            yield from ({name: value} for value in offered[:9])


def said(name):
    """{setting: what is said there, and what the picture shows in words}."""
    lab = LABS[name]()
    lab.skip()
    told = {}
    for setting in [{}] if name in SLOW else settings(lab):
        lab.reset()
        lab.set(**setting)
        words = " ".join(f"{control} = {value}" for control, value in setting.items())
        told[NUMBER.sub("#", words) + f" ({len(told)})"] = NUMBER.sub("#", lab.text)
    lab.reset()
    return told


def write():
    """Keep what the labs say now."""
    kept = {name: said(name) for name in sorted(LABS)}
    KEPT.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


@pytest.mark.parametrize("name", LABS)
def test_a_lab_says_what_it_said(name):
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    assert name in kept, "new, or not yet kept: read it, then write it anew (head of this file)"
    assert said(name) == kept[name]
