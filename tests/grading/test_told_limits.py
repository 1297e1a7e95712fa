"""How near an answer must be: the limit that a reply tells is the one that is used, and so is the
one that the words of a question tell."""

import os
import re
from functools import cache
from pathlib import Path

import numpy as np
import proofs
import pytest

from bonelab.course.subject_for_grading import BONE
from bonelab.grading.answer_exchange import answers_in
from bonelab.grading.cell_runner import Cells
from bonelab.grading.check_runner import Marker
from bonelab.grading.check_tests import RIGHT, WRONG, Check
from bonelab.grading.exercise_source import ANSWER, CHECK, GIVEN, TEXT, read_exercise

SOLUTIONS = sorted((Path(__file__).parents[2] / "solutions").glob("*.ipynb"))
TOLD = re.compile(r"more than ([\d.e-]+)\s?([^\s.]*)[^.]*? off\.")
USUAL = re.compile(r"accepted within (\d+)\s?%")
JUST = 0.06  # of the limit: an answer so far inside is right, and so far outside is wrong
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="each set is run in a fork")

# What the words of a question allow beside a value: item -> (answer, how far, in which words).
ALLOWED = {
    "0.5": ("opg_factor", 0.1, "0.9 to 1.1 times"),
    "1.5a": ("dose_for_cells", 0.03, "0.03 above or below"),
    "2.5a": ("opg_for_pits", 0.03, "0.03 above or below"),
    "5.3b": ("far_dose", 0.08, "0.08 above or below"),
    "6.4a": ("tail_apart", 0.5, "half a point is let pass"),
    "5.4b": ("rapamycin_nM", 0.03, "3 percentage points above or below"),
    "7.4a": ("reach", 7, "7 points more or fewer"),
}


SECOND = {"5.3b": 1, "6.4a": 1}  # where its test is the second of the check


def set_up(path):
    exercise, cells = read_exercise(path), Cells()
    for cell in exercise.of_kind(GIVEN, ANSWER):
        cells.run(cell.source, cell.id)
    return exercise, Marker(exercise, BONE), cells


def judged(marker, check, cells, name, value):
    """The result of the test of ``name``, if it were answered with ``value``."""
    answers = answers_in({**cells.namespace, name: value}, BONE)
    return next(r for r in marker.mark(check, answers, hidden=True).results if r.what == name)


def limits_of(path):
    """``[check, answer, told, faults]`` for all numbers of a set."""
    exercise, marker, cells = set_up(path)
    asked, number = [], Check.number

    def noted(self, name, *rest, **wanted):
        asked.append((self.question, name))
        return number(self, name, *rest, **wanted)

    Check.number = noted
    for check in exercise.of_kind(CHECK):
        marker.mark(check, answers_in(cells.namespace, BONE), hidden=True)
    Check.number = number
    found = []
    for item, name in asked:
        check = next(cell for cell in exercise.of_kind(CHECK) if cell.item == item)
        target = _target(marker, check, cells, name)
        if not target:
            continue
        far = judged(marker, check, cells, name, 1.5301 * target + 7.123)
        told = TOLD.search(far.text)
        if not told:
            found.append([item, name, 0, "", f"no limit is told: {far}"])
            continue
        limit = float(told[1]) * (abs(target) / 100 if told[2] == "%" else 1)
        faults = []
        for side in (-1, 1):
            inside = target + side * limit * (1 - JUST)
            outside = target + side * limit * (1 + JUST)
            for value, outcome in ((inside, RIGHT), (outside, WRONG)):
                got = judged(marker, check, cells, name, value * (1 + 1.3e-7))
                if got.outcome != outcome:
                    faults.append(f"{item} {name} = {value} beside {target}: {got}")
        found.append([item, name, float(told[1]), told[2], "; ".join(faults)])
    return found


def _target(marker, check, cells, name):
    """What the check expects: the solution's own answer, which may have been read or rounded, is
    near it; the middle of all that is right is it."""
    own = float(cells.namespace[name])
    if own == 0:
        return 0
    ends = []
    for side in (-1, 1):
        right, wrong = own, own + side * 0.25 * abs(own)
        if judged(marker, check, cells, name, wrong).outcome == RIGHT:
            wrong = own + side * 20 * abs(own)
        for _ in range(22):
            middle = (right + wrong) / 2
            is_right = judged(marker, check, cells, name, middle).outcome == RIGHT
            right, wrong = (middle, wrong) if is_right else (right, middle)
        ends.append(right)
    return sum(ends) / 2


@cache
def found_in(path):
    return proofs._in_child(lambda: limits_of(path))


@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.stem)
def test_the_limit_that_a_reply_tells_is_the_one_that_is_used(path):
    assert [faults for *_, faults in found_in(path) if faults] == []
    assert len(found_in(path)) >= 3


@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.stem)
def test_what_is_not_the_usual_limit_is_told_in_the_question(path):
    """The head of a set says "accepted within 2 % unless a question says otherwise"."""
    cells = list(read_exercise(path).cells)
    usual = USUAL.search(" ".join(cell.source for cell in cells if cell.kind == TEXT))
    silent = []
    for item, name, told, unit, _ in found_in(path) if usual else ():
        words = " ".join(" ".join(_words_of(item, cells)).split())
        known = unit == "%" and f"{told:g}" == usual[1]
        if not known and not re.search(rf"(?<![\d.]){re.escape(f'{told:g}')}\s?{unit}", words):
            silent.append(f"{item} {name}: {told:g} {unit}")
    assert silent == []


def _words_of(item, cells):
    """The words of a question, down to the check of ``item``."""
    question = item.rstrip("abcdefgh")
    inside = False
    for cell in cells:
        if cell.kind == TEXT and cell.source.startswith("## "):
            inside = cell.source.startswith(f"## {question} ")
        if cell.kind == CHECK and cell.item == item:
            return
        if inside and cell.kind == TEXT:
            yield cell.source


def reading(namespace, item, value):
    """What the check of ``item`` measures of an answer, worked out once more."""
    import bonelab as bl

    n = namespace["my_number"]
    own = {name: function(n) for name, function in namespace.items()
           if name in ("my_more", "my_share", "my_band", "my_bone")}  # fmt: skip
    if item == "0.5":
        woman = bl.woman(30).with_(RANKL=own["my_more"], OPG=value)
        return bl.simulate(woman, years=6).final["resorption"] - 1
    if item == "1.5a":
        made = namespace["dish"](value)["osteoclasts"] / namespace["dish"](200)["osteoclasts"]
        return made - own["my_share"]
    if item == "2.5a":
        left = namespace["dish"](value)["pits"] / namespace["dish"](0)["pits"]
        return left - own["my_share"]
    if item == "5.3b":
        bell = bl.reverse.dose_response([value, *np.geomspace(1e-4, 1e4, 401)], "antibody").Runx2
        return (bell[0] - 1) / (max(bell) - 1) - own["my_share"]
    if item == "6.4a":
        return value - np.ptp(namespace["P1NP_in_both_worlds"]("RANKL without its tail", n))
    if item == "5.4b":
        runs = [bl.reverse.culture(days=5, rapamycin=nM).at("1 h", "mTORC1") for nM in (value, 0)]
        return runs[0] / runs[1] - own["my_band"]
    at_zero, there = bl.reverse.at_distance([0, value]).Runx2
    return 100 * (there - 1) / (at_zero - 1) - own["my_bone"][0]


def border_faults(path, item, name, most):
    _, marker, cells = set_up(path)
    check = next(c for c in marker.exercise.of_kind(CHECK) if c.item == item)
    own, faults = float(cells.namespace[name]), []
    for towards in (0.5, 2):
        inside, outside = own, own * towards
        for _ in range(18):  # to where the words say that it ends
            middle = (inside + outside) / 2
            within = abs(reading(cells.namespace, item, middle)) <= most
            inside, outside = (middle, outside) if within else (inside, middle)
        for value, fair in ((inside, True), (outside, False)):
            away = own + (value - own) * (0.97 if fair else 1.03)
            answers = answers_in({**cells.namespace, name: away}, BONE)
            got = marker.mark(check, answers, hidden=True).results[SECOND.get(item, 0)]
            if (got.outcome == RIGHT) != fair:
                faults.append(f"{item} {name} = {away}: {got}")
    return faults


@pytest.mark.parametrize("item", ALLOWED)
def test_what_the_words_allow_beside_a_value_is_what_the_check_allows(item):
    name, most, words = ALLOWED[item]
    path = SOLUTIONS[int(item.partition(".")[0])]
    texts = " ".join(" ".join(c.source.split()) for c in read_exercise(path).of_kind(TEXT))
    assert words in texts
    assert proofs._in_child(lambda: border_faults(path, item, name, most)) == []
