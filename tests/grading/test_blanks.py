"""Half-filled cells: from a solution to the exercise, and what a cell that is still blank tells."""

import json
import os
import sys

import classroom
import half_filled
import pytest
from test_check_room import notebook_at_home

from bonelab.course import check
from bonelab.course.grade import main
from bonelab.grading import blanks, exercise_generation
from bonelab.grading.cell_runner import Cells
from bonelab.grading.exercise_generation import CONFIG, generate
from bonelab.grading.exercise_source import ANSWER, CHECK, GIVEN, read_exercise

needs_wall = pytest.mark.skipif(bool(classroom.no_sandbox()), reason=str(classroom.no_sandbox()))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("run = bl.simulate(w, years=6)  # blank: 6", "run = bl.simulate(w, years=___)"),
        ("x = 16 + 6.5 + 0.6 + 6  # blank: 6", "x = 16 + 6.5 + 0.6 + ___"),
        ("made = a * b ** 2  # blank: *", "made = a ___ b ** 2"),
        ('x = run.at(6, "CTX")  # blank: 6 | "CTX"', "x = run.at(___, ___)"),
        ('# blank: 6 | "CTX"\nx = run.at(6, "CTX")', "x = run.at(___, ___)"),
        ("x = f(6, 6)  # blank: 6 after (6, ", "x = f(6, ___)"),
        ("x = f(a, b=a)  # blank: a after b=", "x = f(a, b=___)"),
        ("    return x / (x + kd)  # blank: x / (x + kd)", "    return ___"),
        ('y = "dose (nM)"  # blank: nM', 'y = "dose (___)"'),
        ("for dose in doses:  # blank: doses", "for dose in ___:"),
        ("x = 3  # a remark", "x = 3  # a remark"),
    ],
)
def test_a_mark_cuts_its_text(line, expected):
    assert blanks.cut(line) == expected
    assert "blank" not in blanks.without_marks(line.split("\n")[-1])


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("x = 16  # blank: 6", "does not stand in the line 'x = 16'"),
        ("x = 6 + 6  # blank: 6", "more than once"),
        ("x = 6  # blank: 6 after y", "does not stand"),
        ("# blank: 6", "no line follows"),
    ],
)
def test_a_mark_that_is_not_clear_is_refused(line, words):
    with pytest.raises(ValueError, match=words):
        blanks.cut(line)


def test_the_exercise_is_the_same_each_time_and_the_solution_runs(tmp_path):
    pytest.importorskip("nbgrader", reason="nbgrader generates the exercises")
    path = half_filled.write(tmp_path)
    text = generate(path)
    assert text == generate(path)
    cells = {cell["id"]: "".join(cell["source"]) for cell in json.loads(text)["cells"]}
    assert cells["answer-77_1"] == half_filled.OPEN_READINGS
    assert cells["answer-77_2"] == "def half(x):\n    ..."
    source = read_exercise(path)
    for cell in source.of_kind(ANSWER):
        assert cell.visible == cells[cell.id], "nbgrader and the grader read marks alike"
        exec(compile(cell.source, "<solution>", "exec"), {})
    assert (source.points, source.bonus) == (3, 2)


OPEN = {
    "x = a ___ b": "x",
    "run = f(years=___)": "run",
    "def f(x):\n    return ___": "f",
    "axes = plot()\naxes.set(xlabel=___)": "axes",
    "found = []\nfor d in doses:\n    found.append(___)": "found",
    "table = {}\ntable['a'] = ___": "table",
    "x = (a ___": "x",
    "___ dose in doses:\n    last = dose": "last",
    "y = ___\nx = y + 1": "x",
    "if a > ___:\n    x = 1": "x",
    "a, x = 1, run[___]": "x",
    "%time z = 1\nx = ___": "x",
    'x = "dose (___)"': "x",
    "@made\ndef x():\n    return ___": "x",
}


@pytest.mark.parametrize(("source", "name"), OPEN.items())
def test_what_is_still_blank_is_left_out_and_told(source, name):
    cells = Cells()
    names = {"a": 1, "b": 2, "doses": [1], "plot": lambda: type("Axes", (), {})(), "made": str}
    cells.namespace.update(names, **{name: "from before"})
    assert cells.run(source) is None
    told = cells.stopped.blank(name, cells.namespace)
    assert told.startswith("There is still a blank, ___, in this cell, line ")
    assert cells.stopped.blank("b", cells.namespace) == ""
    assert cells.run(f"{name} = 3") is None
    assert cells.stopped.blank(name, cells.namespace) == ""


def test_only_the_blank_that_is_left_is_told():
    cells = Cells()
    assert cells.run("x = 1\ny = 2 * ___  # the ___ here\nz = x + 1\nw = y + ___ * ___") is None
    assert cells.namespace["z"] == 2
    told = [cells.stopped.blank(name, cells.namespace) for name in "xyzw"]
    assert told[0] == told[2] == ""
    assert told[1] == "There is still a blank, ___, in this cell, line 2: y = 2 * ___"
    assert told[3] == "There are still 2 blanks, ___, in this cell, line 4: w = y + ___ * ___"


@pytest.mark.parametrize(
    "source", ["x = 3", "# fill in the ___\nx = 3", "_ = ____ = 3", "__x___ = 1"]
)
def test_other_cells_are_left_as_they_are(source):
    assert blanks.take_out(source) == (source, [])


FILLED = half_filled.READINGS.replace("  # blank: 10", "").replace("  # blank: nM", "")
HALF = half_filled.OPEN_READINGS.replace("___]", "10]").replace("(___)", "(nM)")
REWRITTEN = 'shares = [0.5, 2 / 3, 10 / 11]\nfirst, label = 1 / 2, "dose (nM)"'
LEARNERS = {  # what the cell holds: marks, outcomes, words
    "untouched": (half_filled.OPEN_READINGS, 0, ["not attempted"] * 3, "line 6: label"),
    "half filled": (HALF, 1, ["not attempted"] * 2 + ["right"], "line 4: shares.append"),
    "filled": (FILLED, 3, ["right"] * 3, ""),
    "rewritten": (REWRITTEN, 3, ["right"] * 3, ""),
}


def test_at_home_a_blank_is_no_error(tmp_path):
    """In IPython, where ``___`` is the output before the last two."""
    source = read_exercise(half_filled.write(tmp_path))
    setup, check = source.of_kind(GIVEN)[0].source, source.of_kind(CHECK)[0].visible
    for answer, marks, _, words in LEARNERS.values():
        said, results, names = notebook_at_home([setup, "1", "2", "3", answer, check], tmp_path)
        assert [result[1] for result in results] == ["None"] * 6, said
        assert results[5][0] == str(float(marks)), said[5]
        for text in said[4:]:
            assert ("still" in text) == bool(words)
            assert words in " ".join(text.split())
        assert ("first" in names) == (not words)


def test_back_to_the_blank_is_back_to_not_attempted(tmp_path):
    source = read_exercise(half_filled.write(tmp_path))
    setup, check = source.of_kind(GIVEN)[0].source, source.of_kind(CHECK)[0].visible
    cells = [setup, FILLED, half_filled.OPEN_READINGS, check, HALF, FILLED, check]
    _, results, _ = notebook_at_home(cells, tmp_path)
    assert [results[3][0], results[6][0]] == ["0.0", "3.0"]


def test_an_author_is_told_where_a_mark_is_not_clear(tmp_path, capsys):
    pytest.importorskip("nbgrader", reason="nbgrader generates the exercises")
    path = half_filled.write(tmp_path / "solutions")
    text = path.read_text(encoding="utf-8").replace("# blank: 10", "# blank: zz10")
    path.write_text(text, encoding="utf-8")
    assert exercise_generation.main([], path.parent, tmp_path / "exercises") == 1
    said = capsys.readouterr().err
    assert said.startswith(f"bonelab exercises: {path.name}, cell answer-77_1: the blank 'zz10'")
    assert not (tmp_path / "exercises").exists()


def test_bonelab_check_tells_blanks_and_the_bonus(tmp_path, capsys):
    half_filled.write(tmp_path)
    for answer, total, code in (
        (half_filled.OPEN_READINGS, "0 of 3", 1),
        (FILLED, "3 of 3", 0),  # whoever leaves the bonus out has missed nothing
    ):
        notebook = half_filled.solution()
        for cell in notebook.cells:
            if cell.id.startswith("answer"):
                cell.source = answer if cell.id == "answer-77_1" else "half = ..."
        path = tmp_path / "mine.ipynb"
        path.write_text(json.dumps(notebook), encoding="utf-8")
        assert check.main([str(path)]) == code
        said = capsys.readouterr().out
        assert f"Total: {total} marks, bonus 0 of 2." in said
        assert "Question 77.2 (bonus): 0 of 2 marks" in said
        told = "There is still a blank, ___, in the cell that makes" in " ".join(said.split())
        assert told == (code == 1)


@needs_wall
def test_the_grader_says_the_same_and_counts_a_bonus_apart(tmp_path):
    solutions = tmp_path / "solutions"
    path = half_filled.write(solutions)
    source = read_exercise(path)
    for name, (answer, *_) in LEARNERS.items():
        notebook = half_filled.solution()
        for cell in notebook.cells:
            if cell.id == "answer-77_1":
                cell.source = answer
            elif cell.id == "answer-77_2":
                cell.source = "half = lambda x: x / 2" if name == "filled" else "half = ..."
            elif cell.id.startswith("check"):
                cell.source = next(one.visible for one in source.cells if one.id == cell.id)
        folder = tmp_path / "in" / name.replace(" ", "_")
        folder.mkdir(parents=True)
        (folder / path.name).write_text(json.dumps(notebook), encoding="utf-8")
    handed_out = tmp_path / "in" / "thief"
    half_filled.write(handed_out)
    out = tmp_path / "out"
    options = ["--out", str(out), "--solutions", str(solutions)]
    assert main([str(tmp_path / "in"), *options]) == 1
    book = json.loads((out / "results.json").read_text(encoding="utf-8"))["students"]
    assert "this is the solution" in book["thief"]["sets"][0]["status"], "a mark gives it away"
    for name, (_, marks, outcomes, words) in LEARNERS.items():
        [entry] = book[name.replace(" ", "_")]["sets"]
        item = entry["items"]["77.1"]
        assert item["got"] == marks, name
        assert [finding["outcome"] for finding in item["findings"]] == outcomes, name
        assert words in " ".join(finding["text"] for finding in item["findings"])
        assert entry["remarks"] == [], "who fills in the blanks writes what the solution has"
    rows = (out / "grades.csv").read_text(encoding="utf-8").splitlines()
    assert rows[0].endswith(
        "total,out of,bonus,bonus out of,still to mark,late,status,Q77.1,Q77.2 bonus,remarks"
    )
    assert "filled,3,3,2,2,,,graded,3,2," in rows
    report = (out / "reports" / "filled.txt").read_text(encoding="utf-8")
    assert "3 of 3 marks, bonus 2 of 2" in report
    assert "-- Bonus, beyond the total --" in report
    page = (out / "class" / f"{path.stem}.html").read_text(encoding="utf-8")
    assert "of 3 automatic marks" in page
    assert "bonus 0.7 of 2" in page, "of three: one has handed in no answer"
    assert "3 handed in (and 1 without an answer, not counted)" in page


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # of nbgrader's own queries
def test_nbgrader_reads_half_filled_cells(tmp_path, monkeypatch):
    """Generated by its own command with our configuration; a blank is 0 marks, not an error."""
    nbgrader_apps = pytest.importorskip("nbgrader.apps", reason="compared where it is installed")
    from traitlets.config.loader import PyFileConfigLoader

    scripts = os.path.dirname(sys.executable)  # nbgrader calls alembic by name
    monkeypatch.setenv("PATH", scripts + os.pathsep + os.environ["PATH"])
    path = os.pathsep.join([str(classroom.ROOT), str(classroom.NO_GRAMMAR)])
    monkeypatch.setenv("PYTHONPATH", path)
    monkeypatch.setenv("HOME", str(tmp_path))
    config = PyFileConfigLoader(CONFIG.name, path=str(CONFIG.parent)).load_config()
    config.CourseDirectory.root = str(tmp_path)
    nbgrader = nbgrader_apps.NbGraderAPI(config=config)
    path = half_filled.write(tmp_path / "source" / "half")
    done = nbgrader.generate_assignment("half")
    assert done["success"], done["log"]
    released = tmp_path / "release" / "half" / path.name
    notebook = json.loads(released.read_text(encoding="utf-8"))
    assert notebook["cells"] == json.loads(generate(path))["cells"]
    for cell in notebook["cells"]:
        if cell["id"] == "answer-77_1":
            cell["source"] = HALF
    handed = tmp_path / "submitted" / "ada" / "half"
    handed.mkdir(parents=True)
    (handed / path.name).write_text(json.dumps(notebook), encoding="utf-8")
    done = nbgrader.autograde("half", "ada")
    assert done["success"], done["log"]
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}") as book:
        grades = book.find_submission_notebook(path.stem, "half", "ada").grades
        assert {grade.name: grade.auto_score for grade in grades} == {
            "check-77_1": 1,
            "check-77_2": 0,
        }
