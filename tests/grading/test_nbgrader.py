"""The notebooks work in nbgrader as they are: it generates and marks the same as bonelab does."""

import json
import os
import shutil
import sys

import classroom
import proofs
import pytest
from classroom import EXAMPLE, NAME, NO_GRAMMAR, RIGHT, ROOT, Handed, grade_class

from bonelab.grading.exercise_generation import CONFIG


def students():
    """Right, untouched, and all answers of one kind from the proof file."""
    exercise, wrong, right = proofs.load(EXAMPLE / "solutions" / NAME)

    def answers(entries):
        return {proofs.answer_cell(exercise, entry): entry.answer for entry in entries}

    return {
        "right": Handed(RIGHT),
        "untouched": Handed(),
        "wrong": Handed(answers(wrong)),
        "otherwise": Handed(answers(right)),
    }


def nbgrader_in(course):
    """What ``nbgrader`` does in the folder ``course``, in this very process: its start is slow."""
    from nbgrader.apps import NbGraderAPI
    from traitlets.config.loader import PyFileConfigLoader

    config = PyFileConfigLoader(CONFIG.name, path=str(CONFIG.parent)).load_config()
    config.CourseDirectory.root = str(course)
    return NbGraderAPI(config=config)


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # of nbgrader's own queries
def test_nbgrader_generates_and_marks_the_same(tmp_path, monkeypatch):
    nbgrader_api = pytest.importorskip("nbgrader.api", reason="compared with nbgrader where it is")
    if problem := classroom.no_sandbox():
        pytest.skip(problem)
    scripts = os.path.dirname(sys.executable)  # nbgrader calls alembic by name
    monkeypatch.setenv("PATH", scripts + os.pathsep + os.environ["PATH"])
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), str(NO_GRAMMAR)]))
    monkeypatch.setenv("HOME", str(tmp_path))
    handed = students()
    source = tmp_path / "source" / "example"
    source.mkdir(parents=True)
    shutil.copy(EXAMPLE / "solutions" / NAME, source)
    nbgrader = nbgrader_in(tmp_path)
    done = nbgrader.generate_assignment("example")
    assert done["success"], done["log"]
    released = json.loads((tmp_path / "release" / "example" / NAME).read_text(encoding="utf-8"))
    assert released["cells"] == classroom.exercise()["cells"]
    for student, work in handed.items():
        work.hand_in(tmp_path / "submitted" / student / "example")
        done = nbgrader.autograde("example", student)
        assert done["success"], done["log"]
    ours = grade_class(handed, limits={})  # those of every day
    with nbgrader_api.Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}") as book:
        for student in handed:
            notebook = book.find_submission_notebook(
                NAME.removesuffix(".ipynb"), "example", student
            )
            theirs = {
                grade.name.removeprefix("check-").replace("_", "."): grade.auto_score
                for grade in notebook.grades
                if grade.name.startswith("check")
            }
            assert theirs == ours.marks(student), student
