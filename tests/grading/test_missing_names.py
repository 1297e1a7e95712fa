"""Answers that wait for a name that was never made; work in which there is no answer; a number of
one's own that was changed on the way."""

import csv
import io
import json

import classroom
import half_filled
import pytest

from bonelab.course.grade import main
from bonelab.course.subject_for_grading import BONE
from bonelab.grading.answer_exchange import answers_in
from bonelab.grading.check_cell import Marks
from bonelab.grading.check_tests import EMPTY, ERROR, RIGHT, WRONG
from bonelab.grading.home_checks import HomeChecks
from bonelab.grading.submission_plan import NO_ANSWER, UNTOUCHED

needs_wall = pytest.mark.skipif(bool(classroom.no_sandbox()), reason=str(classroom.no_sandbox()))
OWN = 'check.number("twice", lambda n: 2 * n, given="my_number", points=3)'
LATER = """check.holds(("my_number", "half"), lambda n, half: 2 * half == n, "half of it")
### BEGIN HIDDEN TESTS
check.number("half", lambda n: n / 2, given="my_number", points=4)
### END HIDDEN TESTS"""
HIDDEN = """check.holds("told", lambda told: told > 0, "a number", points=0)
### BEGIN HIDDEN TESTS
check.number("told", lambda n: 3 * n, given="my_number", points=5)
### END HIDDEN TESTS"""


def solution(folder):
    cell, check = half_filled._cell, half_filled._check
    notebook = half_filled.solution()
    notebook.cells = [
        half_filled._words("# Set 77\n\nNumbers of your own.", "title"),
        cell("code", "from bonelab.course import marks", "given-setup", locked=True),
        half_filled._words("## 77.1 Choose, and work with it", "text-77_1"),
    ]
    makes = {
        "a": ("my_number = 6  # blank: 6\ntwice = 12  # blank: 12", OWN, 3),
        "b": ("half = 3  # blank: 3", LATER, 5),
        "c": ("told = 18  # blank: 18", HIDDEN, 5),
        "d": (
            "def thrice(x):\n    return 3 * x  # blank: 3 * x",
            'check.function("thrice", [2], lambda x: 3 * x)',
            1,
        ),
    }
    for part, (answer, lines, points) in makes.items():
        notebook.cells += [
            cell("code", answer, f"answer-77_1{part}", solution=True),
            check(f"77.1{part}", points, lines, f"F{points}"),
        ]
    folder.mkdir()
    path = folder / "set_77_own.ipynb"
    half_filled.nbformat.write(notebook, path)
    return path


def hand_in(folder, path, **answers):
    from bonelab.grading.exercise_source import read_exercise

    source = read_exercise(path)
    notebook = half_filled.nbformat.read(path, 4)
    for cell in notebook.cells:
        own = next((one for one in source.cells if one.id == cell.id), None)
        if own:
            cell.source = own.visible
        if cell.id.startswith("answer"):
            cell.source = answers.get(cell.id[-1], cell.source)
    folder.mkdir(parents=True)
    (folder / path.name).write_text(json.dumps(notebook), encoding="utf-8")


@needs_wall
def test_a_teacher_and_a_student_are_told_what_waits_for_a_number_that_was_never_chosen(tmp_path):
    path = solution(tmp_path / "solutions")
    class_ = tmp_path / "in"
    rest = {"b": "half = 3", "c": "told = 18", "d": "def thrice(x):\n    return 3 * x"}
    hand_in(class_ / "ada", path, a="my_number = ___\ntwice = 12", **rest)
    hand_in(class_ / "ben", path, a="twice = 2 * my_number", **rest)
    hand_in(class_ / "cem", path, a="my_number = 6\ntwice = 12", **rest)
    hand_in(class_ / "dora", path, d=rest["d"])
    hand_in(class_ / "eve", path)
    hand_in(class_ / "finn", path, a="my_number = 6\ntwice = ___")
    out = tmp_path / "out"
    assert main([str(class_), "--out", str(out), "--solutions", str(path.parent)]) == 1
    text = (out / "grades.csv").read_text(encoding="utf-8-sig")
    rows = {row["student"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
    unmade = "my_number was never made, so 13 marks could not be judged (77.1a, 77.1b, 77.1c)"
    for name in ("ada", "ben"):
        assert (rows[name]["total"], rows[name]["status"]) == ("1", "graded")
        assert rows[name]["remarks"] == unmade
        report = (out / "reports" / f"{name}.txt").read_text(encoding="utf-8")
        assert report.index(f"Note: {unmade}.") < report.index("77.1 Choose")
    assert (rows["cem"]["total"], rows["cem"]["remarks"]) == ("14", "")
    assert rows["dora"]["remarks"] == "", "what was not answered waits for nothing"
    assert (rows["eve"]["total"], rows["eve"]["status"]) == ("0", UNTOUCHED)
    assert rows["finn"]["status"] == NO_ANSWER
    page = (out / "class" / f"{path.stem}.html").read_text(encoding="utf-8")
    assert "4 handed in (and 2 without an answer, not counted)" in page
    assert "Mean 4.2 of 14 automatic marks" in page, "of 1, 1, 14 and 1"


def result_of(names, call):
    marks = Marks(answers_in(names, BONE), BONE)
    check = marks.check("77.1", points=9)
    call(check)
    return check.results[0]


@pytest.mark.parametrize(
    ("names", "outcome", "waits"),
    [
        ({}, EMPTY, ()),
        ({"my_number": 6}, EMPTY, ()),
        ({"half": 3}, EMPTY, ("my_number",)),
        ({"half": 3, "my_number": ...}, EMPTY, ("my_number",)),
        ({"half": 3, "my_number": 6}, RIGHT, ()),
        ({"half": 4, "my_number": 6}, WRONG, ()),
    ],
)
def test_an_answer_waits_for_what_it_needs_in_whatever_order(names, outcome, waits):
    def half(n, half):
        return 2 * half == n

    for call in (
        lambda check: check.holds(("my_number", "half"), half, "half"),
        lambda check: check.holds(("half", "my_number"), lambda a, n: half(n, a), "half"),
        lambda check: check.number("half", lambda n: n / 2, given="my_number"),
        lambda check: check.numbers("half", lambda n: [n / 2], given="my_number"),
    ):
        own = {k: [v] if k == "half" and "numbers" in call.__code__.co_names else v
               for k, v in names.items()}  # fmt: skip
        found = result_of(own, call)
        assert (found.outcome, tuple(found.waits)) == (outcome, waits), found
        told = "(Judged with your my_number = 6.)" in found.text
        assert told == (outcome == WRONG), "what is not right yet says which number it went by"


def test_a_function_that_needs_a_name_waits_for_it():
    names = {"__name__": "__main__"}
    exec("def thrice(x):\n    return my_number * x", names)
    found = result_of(names, lambda check: check.function("thrice", [2], lambda x: 3 * x))
    assert (found.outcome, tuple(found.waits)) == (ERROR, ("my_number",))


def test_a_number_that_changes_between_two_checks_is_told():
    names = {"my_number": 6, "twice": 12}
    home = HomeChecks(BONE, names)
    source = f'check = marks.check("77.1", points=3)\n{OWN}\ncheck.score()'
    assert home.run(source, []).notes == []
    assert home.run(source, []).notes == []
    names["my_number"] = 705
    check = home.run(source, [])
    assert "my_number was 6 at an earlier check and is 705 now" in check.notes[0]
    assert "(Judged with your my_number = 705.)" in check.results[0].text
    assert home.run(source, []).notes == [], "told once"
