"""Everybody can start: the rungs of each set, its shares of marks, and its minutes, counted.

A check or essay says in its metadata what its marks are for, ``"rungs": "N2 C1"``: C choose, N a
number by hand, L from the lab or a printed table, F fill blanks, S two to four lines of one's own,
E own words, B a bonus beyond the total. Whoever has done the lessons can earn all but the bonus.
"""

import json
import re
from collections import Counter
from pathlib import Path

import half_filled
import pytest

from bonelab.grading.exercise_source import CHECK, ESSAY, TEXT, read_exercise

SOLUTIONS = sorted((Path(__file__).parents[2] / "solutions").glob("*.ipynb"))
# The numbers of the sets that have no rungs yet. Whoever writes the rungs of a set takes it out.
WITHOUT_RUNGS = set()
NO_CODE, TAUGHT_CODE, BONUS = "CNLE", "FS", "B"
MINUTES = {"N": 2, "L": 2, "F": 2, "C": 1, "S": 3}  # for each mark
ESSAY_MINUTES, READING = 15, 8


def marks_by_rung(exercise):
    total = Counter()
    for cell in exercise.items:
        total.update(cell.rungs)
    return total


def per_cent(part, whole):
    return round(100 * part / whole)


def counted_minutes(exercise):
    rungs = marks_by_rung(exercise)
    minutes = sum(rungs[letter] * each for letter, each in MINUTES.items())
    return minutes + ESSAY_MINUTES * len(exercise.of_kind(ESSAY)) + READING


def minutes_told(path):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return notebook["metadata"]["bonelab"]["minutes"]


def faults(path):
    """What of the ladder a set does not keep to, in words."""
    exercise, found = read_exercise(path), []
    bare = [cell.id for cell in exercise.items if not cell.rungs]
    if bare:
        return [f"no rungs in {', '.join(bare)}"]
    rungs = marks_by_rung(exercise)
    no_code, taught, bonus = (sum(rungs[r] for r in some) for some in (NO_CODE, TAUGHT_CODE, BONUS))
    if no_code + taught != exercise.points:
        found.append(f"{no_code + taught:g} marks on rungs, {exercise.points:g} in the set")
    shares = [
        ("without code (C N L E)", per_cent(no_code, exercise.points), 74, 88),
        ("blanks and taught lines (F S)", per_cent(taught, exercise.points), 12, 26),
    ]
    if bonus or not path.stem.startswith("set_00"):  # the first set has no bonus
        shares.append(("bonus, of all", per_cent(bonus, exercise.points + bonus), 8, 11))
    for what, share, low, high in shares:
        if not low <= share <= high:
            found.append(f"{what}: {share} %, not {low} to {high} %")
    counted, told = counted_minutes(exercise), minutes_told(path)
    if abs(counted - told) > 3:
        found.append(f"{counted:g} minutes counted, {told} told")
    return found + list(unfit_cells(exercise))


def unfit_cells(exercise):
    """Cells whose rungs are not those of their kind."""
    for cell in exercise.items:
        if (cell.kind == ESSAY) != ("E" in cell.rungs):
            yield f"{cell.id}: E is for own words, and for nothing else"
        if cell.kind == CHECK and ("bonus=True" in cell.source) != cell.is_bonus:
            yield f"{cell.id}: marks.check(..., bonus=True) is for rung B alone"
        if cell.is_bonus and not _called_bonus(exercise, cell):
            yield f"{cell.id}: the words above it do not call it a bonus"
        if "F" in cell.rungs and not _half_filled(exercise, cell):
            yield f"{cell.id}: blanks (F) are asked for, and its answer has none"


def _called_bonus(exercise, item):
    above = exercise.cells[: exercise.cells.index(item)]
    words = [cell.source for cell in above if cell.kind == TEXT]
    return bool(words) and re.search(r"\bbonus\b", words[-1], re.IGNORECASE) is not None


def _half_filled(exercise, item):
    own = [
        cell
        for cell in exercise.cells[: exercise.cells.index(item)]
        if cell.question == item.question and cell.part in ("", item.part)
    ]
    return any(cell.is_half_filled for cell in own)


@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.stem)
def test_a_set_keeps_to_the_ladder(path):
    number = re.search(r"\d\d", path.stem)[0]
    if number in WITHOUT_RUNGS:
        rungs = marks_by_rung(read_exercise(path))
        assert not rungs, f"{path.stem} has rungs: take {number} out of WITHOUT_RUNGS"
        pytest.skip(f"{path.stem} has no rungs yet")
    assert faults(path) == []


QUESTIONS = ["Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"]


def said_at_the_top(path):
    """What the first cell of a set promises, and what the set holds."""
    exercise = read_exercise(path)
    words = next(cell.source for cell in exercise.cells if cell.kind == TEXT)
    bonus = re.search(r"bonus of (\d+)|(\d+) beyond them", words)
    said = {
        "questions": 4 + QUESTIONS.index(re.search(r"(\w+) questions", words)[1]),
        "marks": int(re.search(r"(\d+) marks", words)[1]),
        "minutes": int(re.search(r"about (\d+) minutes", words)[1]),
        "bonus": int(bonus[1] or bonus[2]) if bonus else 0,
    }
    asked = {cell.question for cell in exercise.items if not cell.is_bonus}
    apart = re.search(r"and a letter|short essay", words) is not None
    held = {
        "questions": len(asked) - apart,
        "marks": sum(cell.points for cell in exercise.items if not cell.is_bonus),
        "minutes": minutes_told(path),
        "bonus": sum(cell.points for cell in exercise.items if cell.is_bonus),
    }
    return said, held


@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.stem)
def test_the_first_cell_says_how_much_there_is(path):
    said, held = said_at_the_top(path)
    assert said == held


def changed(tmp_path, *changes):
    """The faults of the small set after some texts were replaced."""
    path = half_filled.write(tmp_path)
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return faults(path)


SHARES = [
    "without code (C N L E): 33 %, not 74 to 88 %",
    "blanks and taught lines (F S): 67 %, not 12 to 26 %",
    "bonus, of all: 40 %, not 8 to 11 %",
]


@pytest.mark.parametrize(
    ("changes", "more"),
    [
        ([], [f"{8 + 5} minutes counted, 17 told"]),
        ([('"minutes": 17', '"minutes": 16')], []),
        ([('"minutes": 17', '"minutes": 9')], ["13 minutes counted, 9 told"]),
        (
            [("  # blank: ", "  # was "), ('"minutes": 17', '"minutes": 13')],
            ["check-77_1: blanks (F) are asked for, and its answer has none"],
        ),
        (
            [("Bonus: a", "A"), ('"minutes": 17', '"minutes": 13')],
            ["check-77_2: the words above it do not call it a bonus"],
        ),
        (
            [(", bonus=True", ""), ('"minutes": 17', '"minutes": 13')],
            ["check-77_2: marks.check(..., bonus=True) is for rung B alone"],
        ),
    ],
)
def test_what_is_not_kept_is_told(tmp_path, changes, more):
    assert changed(tmp_path, *changes) == SHARES + more


@pytest.mark.parametrize("rungs", ["F2", "F2 C2", "X3", "F2 C1 B0", "F2, C1", "F1 F2", "B1 F2"])
def test_rungs_are_the_points_of_their_cell(tmp_path, rungs):
    with pytest.raises(ValueError, match=r"check-77_1: .*rungs|check-77_1: a bonus"):
        changed(tmp_path, ("F2 C1", rungs))
