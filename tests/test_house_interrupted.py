"""Ctrl-C ends a command at once, without a traceback, and leaves what was there before.

Each command is interrupted when what it waits for has begun, whatever the speed of the machine: the
signal goes to the whole group of processes, as a terminal sends it. How the server ends, with which
the lessons are open: ``test_house_package.py``.
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from bonelab.grading import wall

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "tests" / "grading" / "example"
# In this Python and not in an environment of the checkout; the student's copy is in this folder.
COMMAND = """
import sys
from pathlib import Path
from bonelab.course import course_folders, right_python
right_python.environment = lambda: None
course_folders.work = lambda: Path.cwd() / "bonelab-work"
from bonelab.course.cli import main
sys.exit(main(sys.argv[1:]))
"""
pytestmark = pytest.mark.skipif(os.name == "nt", reason="sends a POSIX signal to a group")


def interrupted(words, has_begun, folder):
    """Exit code and all that was printed by ``bonelab WORDS...``, interrupted once it has begun."""
    with subprocess.Popen(
        [sys.executable, "-c", COMMAND, *map(str, words)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        process_group=0,
    ) as process:
        while not has_begun(process.pid):
            assert process.poll() is None, process.communicate()[0]
            time.sleep(0.02)
        below = psutil.Process(process.pid).children(recursive=True)
        os.killpg(process.pid, signal.SIGINT)
        printed = process.communicate()[0]
    _, alive = psutil.wait_procs(below, timeout=600)
    assert alive == [], "left behind"
    assert "Traceback" not in printed
    return process.returncode, printed


def waits(folder, source):
    """The example's exercise in ``folder``, with this answer to its first question."""
    notebook = json.loads((EXAMPLE / "exercises" / "00_example.ipynb").read_text("utf-8"))
    for cell in notebook["cells"]:
        if cell["id"] == "answer-0_1":
            cell["source"] = source
    folder.mkdir(parents=True)
    path = folder / "00_example.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path


def a_checker_is_forked(grader):
    own = psutil.Process(grader)
    return any(words_of(child) == own.cmdline() for child in own.children())


def a_students_code_runs(grader):
    below = psutil.Process(grader).children(recursive=True)
    return any("learner_main" in word for one in below for word in words_of(one))


@pytest.mark.skipif(bool(wall.find_problem()), reason="no sandbox here")
@pytest.mark.parametrize("has_begun", [a_checker_is_forked, a_students_code_runs])
def test_the_grader_leaves_the_gradebook_that_was_there(tmp_path, has_begun):
    for student in ("ada", "ben"):
        waits(tmp_path / "submissions" / student, "while True: pass")
    book = tmp_path / "out" / "results.json"
    book.parent.mkdir()
    book.write_text("the marks of last week", encoding="utf-8")
    code, printed = interrupted(
        ["grade", "submissions", "--out", "out", "--solutions", EXAMPLE / "solutions"],
        has_begun,
        tmp_path,
    )
    assert (code, printed.strip()) == (130, "bonelab grade: stopped; nothing was written.")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["results.json"]
    assert book.read_text(encoding="utf-8") == "the marks of last week"


def words_of(process):
    try:
        return process.cmdline()
    except psutil.Error:  # it has ended meanwhile
        return []


def test_a_check_of_ones_own_keeps_what_it_has_said(tmp_path):
    """The first cell that is run says something; the second never ends."""
    begun = tmp_path / "begun"
    path = waits(tmp_path / "mine", f"open({str(begun)!r}, 'w').close()\nwhile True: pass")
    code, printed = interrupted(["check", path], lambda process: begun.exists(), tmp_path)
    assert (code, printed.strip()) == (130, "bonelab: stopped.")
    assert json.loads(path.read_text(encoding="utf-8")), "the notebook is whole"


def test_the_tests_end_with_the_sentence_of_pytest(tmp_path):
    begun, test = tmp_path / "begun", tmp_path / "test_never.py"
    test.write_text(
        f"def test_never():\n    open({str(begun)!r}, 'w').close()\n    while True: pass\n",
        encoding="utf-8",
    )
    code, printed = interrupted(
        [
            "test",
            "-n0",
            "-p",
            "no:nbval",
            "-p",
            "no:cacheprovider",
            "-c",
            os.devnull,
            "--rootdir",
            tmp_path,
            test,
        ],
        lambda process: begun.exists(),
        tmp_path,
    )
    assert code == 2
    assert "KeyboardInterrupt" in printed
