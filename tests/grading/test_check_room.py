"""A check cell runs in a room of its own, the same at home and when work is graded."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import classroom
import numpy as np
import pytest
from classroom import EXAMPLE, NAME, RIGHT, ROOT, Handed, exercise

from bonelab.course.grade import main
from bonelab.course.subject_for_grading import BONE
from bonelab.grading.answer_exchange import answers_in
from bonelab.grading.check_cell import Marks, overwritten
from bonelab.grading.exercise_source import ANSWER, CHECK, GIVEN, given_for_checks, read_exercise
from bonelab.grading.names_in_code import names_read

needs_wall = pytest.mark.skipif(bool(classroom.no_sandbox()), reason=str(classroom.no_sandbox()))
SOLUTIONS = sorted((ROOT / "solutions").glob("*.ipynb"))
SCRIPT = """
import json, sys
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
told = []
for source in json.loads(sys.stdin.read()):
    print("----")
    found = shell.run_cell(source, store_history=True)
    told.append([repr(found.result), repr(found.error_before_exec or found.error_in_exec)])
print("====" + json.dumps([told, sorted(shell.user_ns)]))
"""


def notebook_at_home(cells, tmp_path):
    """What a notebook says after each of the ``cells``, their results, and the names at the end."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        input=json.dumps(cells),
        env={**os.environ, "PYTHONPATH": str(ROOT), "IPYTHONDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said, _, end = done.stdout.rpartition("====")
    results, names = json.loads(end)
    return said.split("----\n")[1:], results, names


SETUP = "import bonelab as bl\nfrom bonelab.course import marks\nwoman, dose = bl.woman(65), [1, 2]"
CHECKED = """check = marks.check("77.1", points=2)
near = calm = 3
check.number("x", lambda: near * dose[0], nudge={4: "One too many."})
check.holds("x", lambda x: True, "it is there")
check.score()"""


def test_what_a_check_defines_never_reaches_the_learner(tmp_path):
    said, results, names = notebook_at_home([SETUP, "x = 3", CHECKED, "x = 4", CHECKED], tmp_path)
    assert [result[1] for result in results] == ["None"] * 5
    assert [results[2][0], results[4][0]] == ["2.0", "1.0"], "the number that nbgrader reads"
    assert "Question 77.1: 2 of 2 marks" in said[2]
    assert "you have 4, more than 1% off. One too many." in said[4]
    assert not {"near", "calm", "check"} & set(names)


def test_an_answer_typed_into_the_check_cell_is_an_answer(tmp_path):
    cells = [SETUP, "x = 3\n" + CHECKED + "\ny = x + 1", "y"]
    said, results, names = notebook_at_home(cells, tmp_path)
    assert "2 of 2 marks" in said[1]
    assert results[2][0] == "4"
    assert {"x", "y"} <= set(names)


def test_an_error_in_a_check_is_an_error_of_the_cell(tmp_path):
    broken = CHECKED.replace("check.score()", "1 / 0\ncheck.score()")
    _, results, _ = notebook_at_home([SETUP, "x = 3", broken, "x"], tmp_path)
    assert "ZeroDivisionError" in results[2][1]
    assert results[3] == ["3", "None"]


def cells_of(path, changed=()):
    """The code cells of an exercise as a learner runs them, with answers from the solution."""
    source = read_exercise(path)
    changed = dict(changed)
    return [
        changed.get(cell.id, cell.visible if cell.kind == CHECK else cell.source)
        for cell in source.of_kind(GIVEN, ANSWER, CHECK)
    ]


def given_and_read():
    """``(path, answer cell, name)``: a value that a set gives, and that a check reads, but no cell
    that comes later."""
    for path in SOLUTIONS:
        source = read_exercise(path)
        for check in source.of_kind(CHECK):
            above = source.cells[: source.cells.index(check)]
            own = [one for one in above if one.kind == ANSWER and one.question == check.question]
            for given in given_for_checks(source, [check]):
                assigned = {
                    node.targets[0].id
                    for node in ast.parse(given.source).body
                    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
                }
                later = source.cells[source.cells.index(check) :]
                needed = set().union(*(names_read(c.source) for c in later if c.kind != CHECK))
                for name in sorted(assigned & names_read(check.visible) - needed):
                    if own:
                        return path, own[-1], name
    raise AssertionError("no check of any set reads a value that was given")


def test_a_given_name_that_is_used_again_does_not_change_the_verdict(tmp_path):
    path, own, name = given_and_read()
    plain, *_ = notebook_at_home(cells_of(path), tmp_path / "plain")
    more = {own.id: own.source + f"\n{name} = 'mine'"}
    reused, results, _ = notebook_at_home(cells_of(path, more), tmp_path / "reused")
    assert all(result[1] == "None" for result in results)
    told = f"{name} was given"
    assert any(told in text for text in reused), "it is told"
    at = next(n for n, text in enumerate(reused) if told in text)
    lines = [line for line in reused[at].splitlines() if "was given" not in line]
    assert lines == plain[at].splitlines()


@pytest.mark.parametrize(
    ("given", "own", "same"),
    [
        (np.array([1.0, 0.0, np.nan]), np.array([1 + 1e-9, 1e-9, np.nan]), True),
        (np.array([1.0, 0.0]), np.array([1.0, 1e-3]), False),
        (np.array([1.0]), np.array([1.0, 1.0]), False),
        ([1.0, {"a": 2.0}], [1.0, {"a": 2.0 + 1e-12}], True),
        ([1.0, {"a": 2.0}], [1.0, {"a": 2.1}], False),
        (3, 4, False),
        (True, 1, False),
        ("mine", "yours", False),
    ],
)
def test_the_last_digits_of_a_given_value_may_differ(given, own, same):
    """What two processes compute may: then nobody has changed it."""
    marks = Marks(answers_in({"given": own}, BONE), BONE)
    assert (list(overwritten("given", {"given": given}, marks)) == []) == same


@needs_wall
def test_the_same_is_told_when_it_is_graded(tmp_path):
    text = (EXAMPLE / "solutions" / NAME).read_text(encoding="utf-8")
    reads = text.replace("0.75, nudge", "doses[1] - 0.25, nudge").replace("BEGIN HIDDEN", "BEGIN")
    assert reads != text
    (tmp_path / "solutions").mkdir()
    (tmp_path / "solutions" / NAME).write_text(reads, encoding="utf-8")
    small = {cell: answer for cell, answer in RIGHT.items() if cell != "answer-0_4"}
    for name, more in (("ada", "\ndoses = np.array([7, 8, 9])"), ("ben", "")):
        Handed({**small, "answer-0_1": RIGHT["answer-0_1"] + more}).hand_in(tmp_path / "in" / name)
    out = tmp_path / "out"
    options = ["--out", str(out), "--solutions", str(tmp_path / "solutions")]
    assert main([str(tmp_path / "in"), *options]) == 0
    book = json.loads((out / "results.json").read_text(encoding="utf-8"))["students"]
    told = {name: " ".join(book[name]["sets"][0]["remarks"]) for name in book}
    assert "doses was given, and the notebook has changed it" in told["ada"]
    assert "was given" not in told["ben"]
    assert {book[name]["marks"]["0.1"] for name in book} == {2}


def test_in_a_private_set_the_given_names_are_the_notebooks_own(tmp_path):
    """An exam is not shipped: its checks read what its own setup gave."""
    changed = [SETUP.replace("[1, 2]", "[5, 2]"), "x = 15", CHECKED]
    said, *_ = notebook_at_home(changed, tmp_path)
    assert "2 of 2 marks" in said[2]


def test_bonelab_check_runs_checks_in_the_same_room(tmp_path):
    notebook = exercise()
    for cell in notebook["cells"]:
        cell["source"] = RIGHT.get(cell["id"], cell["source"])
    leaking = {"cell_type": "code", "id": "x", "metadata": {}, "outputs": [], "source": "check"}
    notebook["cells"].append(leaking | {"execution_count": None})
    path = Path(tmp_path, NAME)
    path.write_text(json.dumps(notebook), encoding="utf-8")
    code = "import sys; from bonelab.course import check; sys.exit(check.main(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "NameError: name 'check' is not defined" in done.stdout
    assert "Question 0.1: 1 of 2 marks" in done.stdout
    assert EXAMPLE.is_dir()
