"""Make submissions from the example set, and grade them as an ordinary user."""

import copy
import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from bonelab.grading import wall

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
NO_GRAMMAR = ROOT / "tests" / "no_grammar"  # for the PYTHONPATH of programs: see there
EXAMPLE = HERE / "example"
NAME = "00_example.ipynb"
SOMEBODY = 62001  # the user who grades when the tests run as root
LIMITS = {  # for attacks that would never end: all wait until their time is up
    "cell_seconds": 2.0,
    "call_seconds": 1.2,
    "submission_seconds": 400,  # no test may depend on which of two limits strikes first
    "memory_mb": 900,
    "disk_mb": 20,
    "grace": 0.8,
}
ROOMY = {  # for all work that ends by itself, also on a machine that has much else to do
    **LIMITS,
    "cell_seconds": 60,
    "call_seconds": 30,
    "grace": 10,
}
SHORT = {  # for attacks that would never end and are graded each by itself: see ``grade_each``
    **LIMITS,
    "cell_seconds": 0.8,
    "call_seconds": 0.5,
    "patience": 5,
}
FILES = 6  # of the whole class: results.json, three tables, the feedback, the page of a set
PER_CORE = 2  # submissions side by side: while one waits for its time to be up, another can run

# Right answers to the example's questions.
RIGHT = {
    "answer-0_1": "taken = 1.5 / (1.5 + 0.5)",
    "answer-0_2": (
        "def occupancy(rankl, kd):\n    return rankl / (rankl + kd)\ncurve = occupancy(doses, 1)"
    ),
    "answer-0_3": 'direction = "falls"',
    "answer-0_4": (
        "import matplotlib.pyplot as plt\nfigure, axes = plt.subplots()\n"
        "x = np.logspace(-2, 2)\naxes.plot(x, x / (x + 1))\n"
        'axes.set(xscale="log", xlabel="RANKL (nM)")'
    ),
    "essay-0_5": "OPG holds RANKL, so fewer osteoclasts form.",
    "answer-0_6": "bound = 1000\nunbound = 1000",
    "answer-0_6c": "def number_taken(rankl):\n    return 2000 * rankl / (rankl + 0.5)",
}
FULL = {"0.1": 2, "0.2": 4, "0.3": 1, "0.4": 2, "0.6a": 1, "0.6b": 1, "0.6c": 2}
NOTHING = dict.fromkeys(FULL, 0)


@dataclass
class Handed:
    """One submission: what to do to the exercise, and what a fair grader gives for it.

    ``answers`` replace cells; ``edit(notebook)`` changes more; ``write(folder, text)`` decides what
    lands in the student's folder instead of ``00_example.ipynb`` with that text.
    """

    answers: dict = field(default_factory=dict)
    fair: dict = field(default_factory=lambda: dict(NOTHING))
    edit: object = None
    write: object = None
    told: str = ""  # words that must stand in the status or the remarks
    student: str = ""

    def hand_in(self, folder):
        notebook = exercise()
        for cell in notebook["cells"]:
            if cell["id"] in self.answers:
                cell["source"] = self.answers[cell["id"]]
        if self.edit:
            notebook = self.edit(notebook) or notebook
        text = json.dumps(notebook)
        folder.mkdir(parents=True)
        if self.write:
            self.write(folder, text)
        else:
            (folder / NAME).write_text(text, encoding="utf-8")


def exercise():
    return copy.deepcopy(_read(EXAMPLE / "exercises" / NAME))


@cache
def _read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def cell_of(notebook, name):
    return next(cell for cell in notebook["cells"] if cell["id"] == name)


class Graded:
    """A class that was graded: the gradebook, what was written, what was said, and the command
    lines of the processes that were left behind."""

    def __init__(self, folder, said, left_behind, out="out"):
        self.said, self.left_behind = said, left_behind
        self._files = {name: _contents(folder / name) for name in (out, f"{out}2")}
        self._files["out"] = self._files[out]
        self.book = json.loads(self._files["out"]["results.json"])

    def marks(self, student):
        marks = self.book["students"][student]["marks"]
        return {question: mark for question, mark in marks.items() if question != "0.5"}

    def words(self, student):
        """Status and remarks of a student."""
        sets = self.book["students"][student]["sets"]
        return " | ".join(words for entry in sets for words in (entry["status"], *entry["remarks"]))

    def files(self, out="out"):
        """Everything that was written, by name."""
        return self._files[out]


def _contents(folder):
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.name: _text(path) for path in paths}


def _text(path):
    """The text of a file, or of all that is packed in it."""
    if path.suffix != ".zip":
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(path) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist())


def grade_class(handed, *, again=False, **how):
    """Hand in ``{student: Handed}`` and grade it in a process of its own, as an ordinary user."""
    with tempfile.TemporaryDirectory(prefix="bonelab-class-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        for student, work in handed.items():
            work.hand_in(folder / "submissions" / (work.student or student))
        said, left_behind = _grade(folder, ["."], times=2 if again else 1, **how)
        return Graded(folder, said, left_behind)


def grade_each(handed, **how):
    """Grade each of ``{student: Handed}`` in a class of its own, all classes at the same time:
    ``{student: Graded}``. Attacks that have to be waited for are waited for together, and none is
    graded a second time because of a neighbour."""
    with tempfile.TemporaryDirectory(prefix="bonelab-class-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        classes = {student: f"class{number}" for number, student in enumerate(handed)}
        for student, work in handed.items():
            place = folder / "submissions" / classes[student]
            work.hand_in(place / (work.student or student))
        said, left_behind = _grade(folder, list(classes.values()), **how)
        return {
            student: Graded(folder, said, left_behind, f"out/{out}")
            for student, out in classes.items()
        }


def _grade(
    folder,
    classes,
    *,
    limits=LIMITS,
    times=1,
    as_root=False,
    environment=None,
    token="",
    unconfined=False,
    patience=30,
):
    """Grade the ``classes`` in ``folder``; what was said, and what was left behind. ``token`` is a
    word that is planted in what students must not read; ``patience`` is how many seconds a process
    that was ended may take to be gone."""
    shutil.copytree(EXAMPLE / "solutions", folder / "solutions")
    if token:
        _plant(token, folder, classes)
    settings = {name: str(folder / name) for name in ("submissions", "solutions", "out")}
    settings |= {"limits": limits, "unconfined": unconfined, "times": times, "classes": classes}
    settings["side_by_side"] = PER_CORE * len(os.sched_getaffinity(0))
    if os.getuid() == 0 and not as_root:
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, SOMEBODY, SOMEBODY, follow_symlinks=False)
        prefix = as_somebody()
    else:
        prefix = []
    command = [*prefix, sys.executable, "-B", str(HERE / "grade_class.py"), json.dumps(settings)]
    environment = {
        **os.environ,
        "HOME": str(folder),
        "PYTHONPATH": str(ROOT),
        **(environment or {}),
    }
    left_behind = folder / "left_behind.json"
    watched = [sys.executable, str(HERE / "watch_orphans.py"), left_behind, str(patience), *command]
    done = subprocess.run(
        watched, env=environment, capture_output=True, text=True, timeout=3600, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr, json.loads(left_behind.read_text("utf-8"))


def _plant(token, folder, classes):
    """In the hidden tests, an explanation, the proofs, and a gradebook from before."""
    path = folder / "solutions" / NAME
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        text = "".join(cell["source"]).replace("### END HIDDEN", f"# {token}\n### END HIDDEN")
        cell["source"] = f"{text}\n{token}" if cell["id"].startswith("explain") else text
    path.write_text(json.dumps(notebook), encoding="utf-8")
    books = [folder / "out" / name / "before.csv" for name in classes]
    for path in (folder / "solutions" / "proofs" / "planted.toml", *books):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(token, encoding="utf-8")


def as_somebody():
    """A command prefix: run as an ordinary user, for whom Python and this checkout are readable."""
    needed = {os.path.realpath(path) for path in (sys.prefix, sys.base_prefix, ROOT)}
    needed |= {sys.prefix, sys.base_prefix, str(ROOT)}
    shut = {closed for path in needed if (closed := _closed_parent(path))}
    command = ["bwrap", "--bind", "/", "/", "--dev-bind", "/dev", "/dev"]
    for folder in sorted(shut):
        command += ["--tmpfs", folder]
    for path in sorted(needed):
        if any(path.startswith(folder + "/") for folder in shut):
            for above in list(Path(path).parents)[::-1]:
                if any(str(above).startswith(folder + "/") for folder in shut):
                    command += ["--perms", "0755", "--dir", str(above)]
            command += ["--ro-bind", path, path]
    return [
        *[*command, "setpriv", f"--reuid={SOMEBODY}", f"--regid={SOMEBODY}", "--clear-groups"],
        *["--inh-caps=-all", "--bounding-set=-all", "--"],
    ]


def _closed_parent(path):
    """The highest folder above ``path`` that others may not enter."""
    for folder in [*list(Path(path).parents)[::-1], Path(path)]:
        if not folder.stat().st_mode & stat.S_IXOTH:
            return str(folder)
    return None


@cache
def no_sandbox():
    """The reason to skip tests that need a sandbox, or None. Where CI runs there must be one."""
    return None if os.environ.get("CI") else wall.find_problem()
