"""Honest but odd submissions get the marks of their answers, or a word to the teacher."""

import classroom
import pytest
from classroom import LIMITS, ROOMY, grade_class
from odd import ODD as WHOLE
from parts import ODD as PARTS

pytestmark = pytest.mark.skipif(bool(classroom.no_sandbox()), reason=str(classroom.no_sandbox()))

ODD = WHOLE | PARTS
ENDLESS = {"a loop in another question"}  # the others end by themselves: no clock strikes


def test_every_oddity_gets_its_fair_marks():
    """One test for the whole class: it is graded once, several side by side."""
    assert len(ODD) >= 12
    graded = grade_odd({name: handed for name, handed in ODD.items() if name not in ENDLESS}, ROOMY)
    assert graded.book["students"]["untouched"]["marks"]["0.5"] == 0
    grade_odd({name: ODD[name] for name in ENDLESS}, LIMITS)


def grade_odd(odd, limits):
    graded = grade_class(odd, limits=limits)
    unfair = {
        name: (graded.marks(name), graded.words(name))
        for name, handed in odd.items()
        if graded.marks(name) != handed.fair or handed.told not in graded.words(name)
    }
    assert unfair == {}
    for name, handed in odd.items():
        if handed.answers:  # the words were found too
            assert "OPG holds RANKL" in graded.book["students"][name]["essays"]["0.5"], name
    return graded


def test_grading_twice_gives_the_same_bytes():
    chosen = ["just right", "a deleted setup", "a shell line", "handed in twice", "an empty file"]
    chosen += ["a syntax error in another question", "a crash in another question"]
    graded = grade_class({name: ODD[name] for name in chosen}, limits=ROOMY, again=True)
    assert graded.files("out") == graded.files("out2")
    assert len(graded.files("out")) == classroom.FILES + 2 * len(chosen)
