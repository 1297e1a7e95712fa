"""The grader as a teacher meets it: the command, the gradebook, essays and reports."""

import builtins
import csv
import io
import json
import os
import re
import shutil
import sys
from types import SimpleNamespace

import classroom
import pytest
from classroom import EXAMPLE, FULL, NAME, RIGHT, ROOMY, Handed, grade_class

from bonelab.course import check
from bonelab.course.grade import main
from bonelab.grading import gradebook_files, reports, sandbox, wall
from bonelab.grading import spreadsheet_text as tables
from bonelab.grading.cell_runner import Cells
from bonelab.grading.channel import Lost
from bonelab.grading.check_cell import Marks
from bonelab.grading.exercise_source import ANSWER, GIVEN, read_exercise
from bonelab.grading.gradebook import Gradebook, HumanMark, Item, Question, Student
from bonelab.grading.handed_in import find_submissions
from bonelab.grading.limits import Limits
from bonelab.grading.submission_grading import SubmissionGrading
from bonelab.grading.submission_plan import UNTOUCHED

needs_wall = pytest.mark.skipif(bool(classroom.no_sandbox()), reason=str(classroom.no_sandbox()))
SOLUTIONS = ["--solutions", str(EXAMPLE / "solutions")]
SMALL = {cell: text for cell, text in RIGHT.items() if cell != "answer-0_4"}


def rows_of(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


@pytest.fixture(scope="module")
def class_of_two(tmp_path_factory):
    """A class of two, graded by the command: a folder with ``in`` and ``out``."""
    folder = tmp_path_factory.mktemp("class")
    for name, handed in (("ada", Handed(SMALL)), ("ben", Handed())):
        handed.hand_in(folder / "in" / name)
    assert main([str(folder / "in"), "--out", str(folder / "out"), *SOLUTIONS]) == 0
    return folder


@pytest.fixture
def graded(class_of_two, tmp_path):
    """The folder of the results of a class of two: a copy that a test may change."""
    shutil.copytree(class_of_two, tmp_path, dirs_exist_ok=True)
    return tmp_path / "out"


@needs_wall
def test_from_notebooks_to_final_marks(graded, tmp_path, capsys):
    ada, ben = rows_of(graded / "grades.csv")
    questions = ["Q0.1", "Q0.2", "Q0.3", "Q0.4", "Q0.5", "Q0.6"]  # a column each, parts added up
    assert list(ada)[6:-1] == questions
    assert [ada[question] for question in questions] == ["2", "4", "1", "0", "", "4"]
    assert (ada["total"], ada["out of"], ada["still to mark"]) == ("11", "16", "Q0.5")
    assert (ben["total"], ben["still to mark"], ben["status"]) == ("0", "", UNTOUCHED)
    [essay] = rows_of(graded / "essays.csv")  # an empty essay needs no human
    assert essay["answer"] == RIGHT["essay-0_5"]
    assert "1: OPG holds RANKL" in essay["rubric"]

    sheet = (graded / "essays.csv").read_text(encoding="utf-8-sig")
    for mark in ("2,5", "2.5"):  # as a spreadsheet in another language writes it
        marked = sheet.replace(",,3,\n", f',"{mark}",3,Well said.\n')
        assert marked != sheet
        (graded / "essays.csv").write_text(marked, encoding="utf-8")
        assert main(["merge", str(graded)]) == 0
        ada, _ = rows_of(graded / "grades.csv")
        assert (ada["total"], ada["Q0.5"], ada["still to mark"]) == ("13.5", "2.5", "")
    page = (graded / "reports" / "ada.html").read_text(encoding="utf-8")
    assert "Well said." in page
    assert "13.5 of 16 marks" in page

    before = {path.name: path.read_bytes() for path in graded.rglob("*") if path.is_file()}
    main([str(tmp_path / "in"), "--out", str(graded), *SOLUTIONS])  # again: a human's marks stay
    after = {path.name: path.read_bytes() for path in graded.rglob("*") if path.is_file()}
    assert before == after


@needs_wall
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (",,3,\n", ",4,3,\n", "not between 0 and 3"),
        (",,3,\n", ",two,3,\n", "not a number"),
        ("ada,Q0.5", "zoe,Q0.5", "no such student"),
        ("student,", "pupil,", "lost its column"),
    ],
)
def test_wrong_marks_in_essays_are_refused(graded, capsys, old, new, told):
    path = graded / "essays.csv"
    path.write_text(path.read_text(encoding="utf-8-sig").replace(old, new), encoding="utf-8")
    grades = (graded / "grades.csv").read_bytes()
    assert main(["merge", str(graded)]) == 2
    assert told in capsys.readouterr().err
    assert (graded / "grades.csv").read_bytes() == grades


def test_marks_come_back_from_a_spreadsheet_that_drops_zeros_and_adds_lines():
    book = Gradebook([Question("0.5", "", "", 3, [Item("0.5", 3)])], {"007": Student()})
    text = "student;question;marks\r\n7;Q0.5;2,5\r\n;;\r\n"
    found = gradebook_files.read_human_marks(text, book, "essays.csv")
    assert found == {("007", "0.5"): HumanMark(2.5)}


@needs_wall
def test_reports_can_be_read(graded):
    text = (graded / "reports" / "ada.txt").read_text(encoding="utf-8")
    assert "0.1 By hand: 2 of 2" in text
    assert "Tests that run only when work is graded: 2 of 2 marks." in text
    assert "not marked yet, out of 3" in text
    assert "\n0.6 In parts: 4 of 4\n  0.6a: 1 of 1\n    \N{CHECK MARK} bound" in text
    page = (graded / "reports" / "ada.html").read_text(encoding="utf-8")
    assert "<h3>0.6 In parts: 4 of 4</h3>\n<h4>0.6a: 1 of 1</h4>" in page
    untouched = (graded / "reports" / "ben.txt").read_text(encoding="utf-8")
    assert untouched.count("not attempted yet") >= 5


def test_a_question_may_have_parts_but_no_part_twice(tmp_path):
    exercise = read_exercise(EXAMPLE / "solutions" / NAME)
    parts = [(cell.item, cell.part) for cell in exercise.items if cell.question == "0.6"]
    assert parts == [("0.6a", "a"), ("0.6b", "b"), ("0.6c", "c")]
    assert exercise.questions == ["0.1", "0.2", "0.3", "0.4", "0.5", "0.6"]
    told = {cell.id: exercise.told_under(cell) for cell in exercise.of_kind(ANSWER, GIVEN)}
    assert told["answer-0_6"] == "0.6a"  # two parts share it
    assert (told["answer-0_6c"], told["answer-0_1"], told["given-setup"]) == ("0.6c", "0.1", "")

    twice = (EXAMPLE / "solutions" / NAME).read_text(encoding="utf-8")
    (tmp_path / NAME).write_text(twice.replace('"check-0_6b"', '"check-0_6a"'), encoding="utf-8")
    with pytest.raises(ValueError, match=r"two cells carry the marks of 0\.6a"):
        read_exercise(tmp_path / NAME)


@needs_wall
def test_exam_seed_follows_student_and_class_key():
    """Hidden tests may differ from student to student: both get full marks for right work."""
    graded = grade_class({"ada": Handed(SMALL), "eve": Handed(SMALL)}, limits=ROOMY)
    assert graded.marks("ada") == graded.marks("eve") == {**FULL, "0.4": 0}
    people = (("ada", "k"), ("eve", "k"), ("ada", "other"))
    seeds = {Marks(None, student=name, key=key).exam_seed("0.2") for name, key in people}
    assert len(seeds) == 3


@needs_wall
def test_memory_of_all_processes_together_is_limited():
    learner = sandbox.start(Limits(memory_mb=400))
    code = "import os, time\nfor _ in range(5): os.fork()\nx = b'1' * 100_000_000\ntime.sleep(60)"
    try:
        with pytest.raises(Lost, match="more memory than allowed"):
            learner.channel.ask({"run": code, "label": "", "seconds": 50}, 60)
    finally:
        learner.stop()


def test_without_a_sandbox_it_refuses_and_says_how_to_get_one(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PATH", str(tmp_path))
    Handed().hand_in(tmp_path / "in" / "ada")
    assert main([str(tmp_path / "in"), "--out", str(tmp_path / "out"), *SOLUTIONS]) == 2
    told = capsys.readouterr().err
    for words in ("apt install bubblewrap", "kernel.apparmor_restrict_unprivileged_userns", "WSL"):
        assert words in told
    assert not (tmp_path / "out").exists()


def test_a_sandbox_that_fails_is_none(tmp_path, monkeypatch):
    fake = tmp_path / "bwrap"
    fake.write_text("#!/bin/sh\necho '--size --disable-userns'\necho 'setting up uid map' >&2\n")
    fake.write_text(fake.read_text() + 'test "$1" = --help\n')
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert wall.find_problem() == "setting up uid map"


def test_unconfined_grades_ones_own_work(tmp_path, monkeypatch, capsys):
    Handed(SMALL).hand_in(tmp_path / "in")
    notebook = tmp_path / "in" / NAME
    out = tmp_path / "out"
    assert main([str(notebook), "--out", str(out), "--unconfined", *SOLUTIONS]) == 0
    assert rows_of(out / "grades.csv")[0]["total"] == "11"
    assert "no sandbox" in capsys.readouterr().err


def test_nothing_there_is_told(tmp_path, capsys):
    assert main([str(tmp_path / "x"), "--out", str(tmp_path), "--unconfined", *SOLUTIONS]) == 2
    assert "there is no" in capsys.readouterr().err
    assert main([str(tmp_path), "--out", str(tmp_path), "--unconfined", *SOLUTIONS]) == 2
    assert "no notebook" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("path", "student"),
    [
        ("ada.ipynb", "ada"),
        ("ada_00_example.ipynb", "ada"),
        ("ada_set_10_beyond_bone.ipynb", "ada"),
        ("smith_12_set_03_genes (2).ipynb", "smith_12"),
        ("student_12_smith.ipynb", "student_12_smith"),
        ("ada/00_example.ipynb", "ada"),
        ("ada/example/00_example.ipynb", "ada"),  # nbgrader
        ("Ada Lovelace_1234_assignsubmission_file_/x.ipynb", "Ada Lovelace"),  # Moodle
        ("lovelaceada_LATE_1234_5678_00_example-1.ipynb", "lovelaceada"),  # Canvas
        ("lovelaceada_1234_5678_00_example.ipynb", "lovelaceada"),
        ("lovelaceada_1234_5678_set_12_mystery.ipynb", "lovelaceada"),
    ],
)
def test_whose_work_it_is(tmp_path, path, student):
    file = tmp_path / path
    file.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(EXAMPLE / "exercises" / NAME, file)
    assert [one.student for one in find_submissions(tmp_path)] == [student]


def test_report_names_are_safe_and_differ():
    names = ["ada", "Ada Lovelace", "Ada/Lovelace", "..", "", "a" * 300, "José", "=1+1"]
    files = {reports.file_name(name) for name in names}
    assert len({file.lower() for file in files}) == len(names)
    assert all(file.replace("-", "").replace("_", "").isalnum() for file in files)
    assert reports.file_name("ada") == "ada"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "'=1", "|x", "%x"])
def test_formulas_are_guarded_and_come_back(text):
    assert tables.guard(text).startswith("'")
    assert tables.unguard(tables.guard(text)) == text


def test_self_check_from_the_command_line(tmp_path, capfd):
    Handed(RIGHT).hand_in(tmp_path / "right")
    Handed({**RIGHT, "answer-0_3": "1 / 0"}).hand_in(tmp_path / "wrong")
    for folder, complete in (("right", 0), ("wrong", 1)):
        assert (
            in_child(lambda folder=folder: check.main([str(tmp_path / folder / NAME)])) == complete
        )
    told = capfd.readouterr().out
    assert "Question 0.2: 2 of 4 marks" in told
    assert "2 more to be decided when your work is graded." in told
    assert "ZeroDivisionError: division by zero (line 1: 1 / 0)" in told
    right, wrong = re.findall(r"^Total: (.*)$", told, re.M)
    assert right == (
        "9 of 13 marks. 4 more are decided when your work is graded. "
        "Not checked here, since a person reads it: 0.5 (3 marks)."
    )
    assert wrong.startswith("8 of 13 marks.")


def test_several_notebooks_have_one_total(tmp_path, capfd):
    files = []
    for name in ("ada", "bea"):
        Handed(RIGHT).hand_in(tmp_path / name)
        files.append(str(tmp_path / name / NAME))
    assert in_child(lambda: check.main([*files, str(tmp_path / "none.ipynb")])) == 2
    told = capfd.readouterr()
    each = [tuple(map(float, n)) for n in re.findall(r"Total: ([\d.]+) of ([\d.]+)", told.out)]
    assert len(each) == 3
    assert each[2] == tuple(2 * n for n in each[0])
    assert told.out.count(f"== {NAME} ==") == 2
    assert "none.ipynb: the file cannot be opened" in told.err


def in_child(work):
    """The result of ``work`` in a fork: a self-check takes over __main__ and input()."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        code = 99
        try:
            code = work()
            sys.stdout.flush()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@needs_wall
@pytest.mark.parametrize("place", ["check = marks.check", "### BEGIN HIDDEN TESTS\n"])
def test_a_check_cell_that_is_broken_costs_nobody_marks(tmp_path, capsys, place):
    """The teacher's own cell stops: the item waits for a human, the others are marked."""
    text = (EXAMPLE / "solutions" / NAME).read_text(encoding="utf-8")
    notebook = json.loads(text)
    cell = classroom.cell_of(notebook, "check-0_1")
    source = "".join(cell["source"])
    fault = f"1 / 0\n{place}" if place.startswith("check") else f"{place}1 / 0\n"
    assert place in source
    cell["source"] = source.replace(place, fault)
    (tmp_path / "solutions").mkdir()
    (tmp_path / "solutions" / NAME).write_text(json.dumps(notebook), encoding="utf-8")
    Handed(SMALL).hand_in(tmp_path / "in" / "ada")
    out = tmp_path / "out"
    options = ["--out", str(out), "--solutions", str(tmp_path / "solutions")]
    assert main([str(tmp_path / "in"), *options]) == 1
    assert "ada: please look: a check of the solution is broken" in capsys.readouterr().out
    [ada] = rows_of(out / "grades.csv")
    assert (ada["Q0.1"], ada["Q0.2"], ada["still to mark"]) == ("", "4", "Q0.1 Q0.5")
    assert "the check of 0.1 itself stopped with ZeroDivisionError" in ada["remarks"]


def test_the_third_loss_behind_the_same_cell_is_that_cells():
    """Two may be two cells that end the process; then what follows is tried once more."""
    steps = [
        SimpleNamespace(check=None, given=False, item=f"0.{n}", label=f"answer-0_{n}")
        for n in (1, 2, 3, 4)
    ]
    grading = object.__new__(SubmissionGrading)
    grading.plan, grading.skip, grading.got_to = SimpleNamespace(steps=steps), {}, []
    skipped = []
    for position in (1, 2, 3):
        grading.position, grading.through = position, [0]
        grading._left_out("stopped", set())
        skipped.append(sorted(grading.skip))
    assert skipped == [[1], [1, 2], [0]]
    assert grading._lost() == {"0.1": ["your cell stopped"]}


@pytest.mark.parametrize("ending", ["exit()", "quit()"])
def test_a_cell_that_ends_the_notebook_keeps_what_stood_before_it(ending):
    """In a kernel these names are there; behind the wall Python starts without its site module."""
    cells = Cells()
    assert cells.run(f"share = 0.5\n{ending}")["type"] == "SystemExit"
    assert cells.namespace["share"] == 0.5
    assert builtins.exit is builtins.quit is sys.exit
