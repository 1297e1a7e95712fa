"""Attacks and oddities found by somebody who did not build the grader."""

import json

import classroom
import pytest
from classroom import EXAMPLE, NAME, RIGHT, ROOMY, Handed, cell_of, grade_class
from hostile import code
from odd import right, saved

from bonelab.course.grade import main
from bonelab.grading import spreadsheet_text as tables
from bonelab.grading.handed_in import find_submissions
from bonelab.grading.notebook_file import Unreadable, read_notebook

pytestmark = pytest.mark.skipif(bool(classroom.no_sandbox()), reason=str(classroom.no_sandbox()))
SHORT = {**classroom.LIMITS, "cell_seconds": 1.5, "call_seconds": 1}
FUNCTION, CHOICE, FIGURE = "answer-0_2", "answer-0_3", "answer-0_4"

# ---- forging --------------------------------------------------------------------------------

OTHER_REPLIES = """
import ctypes, json, struct, sys
def send(connection, answer):
    text = json.dumps({"value": VALUE, "number": answer["number"]}).encode()
    connection.sendall(struct.pack(">Q", len(text)) + text)
frame = sys._getframe()
while frame:
    if frame.f_code.co_name == "serve_all":
        frame.f_locals["send"] = send
        ctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(frame), ctypes.c_int(0))
    frame = frame.f_back
"""


def forged(value, **more):
    """Every reply is replaced by ``value``, with the right number on it."""
    return code(OTHER_REPLIES.replace("VALUE", value), **more)


FORGE = {
    "every reply right": forged("0.75", fair={"0.1": 2}),
    "every reply not a number": forged("float('nan')"),
    "every reply infinite": forged("float('inf')"),
    "every reply a huge number": forged("10 ** 4000"),
    "every reply a record with odd fields": forged(
        "{'@record': ['x', {'@dict': [['__class__', 1], ['size', 1], ['stub', False],"
        " ['axes', [1]], ['__float__', 1]]}]}"
    ),
    "every reply an array of odd shape": forged("{'@array': ['<f8', [0, 1000000000], '']}"),
    "every reply an array of objects": forged("{'@array': ['|O', [1], 'AAAAAAAAAAA=']}"),
    "every reply an expression": forged("{'@expression': '__import__(\"os\")._exit(0)'}"),
    "every reply a run": forged("{'@run': {'@dict': [['kind', 'x'], ['time', [0]]]}}"),
    "every reply a figure": forged("{'@figure': [{'@dict': [['lines', []], ['xscale', 'log']]}]}"),
    "keys that collide": forged("{'@dict': [[k * (2 ** 61 - 1), 0] for k in range(2000)]}"),
    "nested just so": forged("eval('[' * 90 + ']' * 90)"),
    "complex numbers": code(
        "def occupancy(rankl, kd):",
        "    return rankl / (rankl + kd) + 0j",
        "curve = doses / (doses + 1) + 5j",
        cell=FUNCTION,
        fair={"0.2": 2},  # the function's, whose imaginary part is 0
    ),
    "numbers as text": code('curve = ["0.0909", "0.5", "0.909"]', cell=FUNCTION, fair={"0.2": 1}),
    "more cores than one": code(
        "import os",
        "try: os.sched_setaffinity(0, range(os.cpu_count()))",
        "except OSError: pass",
        "taken = 0.75 if len(os.sched_getaffinity(0)) > 1 else 9",
    ),
    "empty answers": code(
        "taken = np.array([])",
        "curve = np.zeros((0, 3))",
        "occupancy = lambda rankl, kd: np.array([])",
        "direction = ''",
        "axes = []",
    ),
    "true and false": code(
        "taken = True",
        "curve = np.array([True, True, True])",
        "occupancy = lambda rankl, kd: True",
        fair={"0.1": 1},
    ),
    "the options all at once": code('direction = "rises falls stays"', cell=CHOICE),
    "the seal as an answer": code('direction = "sealed:e9e62f5fe643"', cell=CHOICE),
    "another answer each time": code(
        "import itertools",
        "count = itertools.count()",
        "class Changing(float):",
        "    def __float__(self): return [0.25, 0.5, 0.6, 0.75, 0.9][next(count) % 5]",
        "taken = Changing(0.5)",
        fair={"0.1": 1},
    ),
    "a figure that lies": code(
        "import matplotlib.axes as a, matplotlib.pyplot as plt",
        "class Axes(a.Axes):",
        "    def get_xscale(self): return {'@expression': '1'}",
        "    def get_lines(self): return [self] * 300_000",
        "axes = Axes(plt.figure(), [0, 0, 1, 1])",
        cell=FIGURE,
    ),
    "knowing that it is graded": code(
        "import os, sys",
        "graded = os.path.exists('/tmp/mpl') or 'runner' in str(sys.argv) or os.getpid() < 10",
        "def occupancy(rankl, kd):",
        "    return 0.5 if (rankl, kd) == (1, 1) else (rankl if graded else 0)",
        cell=FUNCTION,
        fair={"0.2": 2},
    ),
}

# ---- using up the grader itself -------------------------------------------------------------

GROW = """
def occupancy(rankl, kd):
    return np.zeros((60000, 1)) if rankl == 2 else (np.zeros(60000) if rankl == 1 else 0)
"""


def _words(text):
    def edit(notebook):
        notebook["cells"].remove(cell_of(notebook, "essay-0_5"))
        notebook["cells"].append(
            {"cell_type": "markdown", "id": "w", "metadata": {}, "source": text}
        )

    return edit


def _many_cells(notebook):
    for number in range(60_000):
        cell = {"cell_type": "code", "id": f"n{number}", "source": "", "outputs": []}
        cell |= {"metadata": {"nbgrader": {"grade_id": "answer-0_1"}}, "execution_count": None}
        notebook["cells"].append(cell)


def _setup(source):
    def edit(notebook):
        cell_of(notebook, "given-setup")["source"] = source

    return edit


USE_UP = {
    "arrays that grow when compared": code(GROW, cell=FUNCTION, told=""),
    "a heading without end": Handed(edit=_words("## " + " " * 400_000)),
    "headings without end": Handed(edit=_words("## \n" * 100_000)),
    "thousands of cells": Handed(edit=_many_cells, fair={}, told="more than 2000 cells"),
    "a deep sum in the setup": Handed(edit=_setup("x = " + "1 + " * 700 + "1")),
    "an error that describes itself without end": code(
        "class Endless(Exception):",
        "    def __str__(self): return 'x' * 10**7",
        "Endless.__name__ = 'y' * 10**6",
        "def occupancy(rankl, kd): raise Endless",
        "raise Endless",
    ),
    "an error that never finishes its message": code(
        "class Slow(Exception):",
        "    def __str__(self):",
        "        while True: pass",
        "def occupancy(rankl, kd): raise Slow",
        cell=FUNCTION,
    ),
    "an interrupt of its own": code(
        "import _thread, threading",
        "def poke():",
        "    while True: _thread.interrupt_main()",
        "threading.Thread(target=poke, daemon=True).start()",
    ),
    "a cell that takes long": code(
        "import time",
        "time.sleep(9)",
        told="its time was up (1.5 s of computing, or 4.5 s with all waiting)",
    ),
    "all files closed": code("import os", "os.closerange(0, 256)"),
    "files kept open": code("import socket", "kept = [socket.socketpair() for _ in range(10**6)]"),
    "snapshots that cannot be taken": code(
        "import os",
        "def fork(): raise OSError",
        "os.fork = fork",
        fair={"0.2": 4},
        **{FUNCTION: RIGHT[FUNCTION]},
    ),
}

# ---- honest, and odd ------------------------------------------------------------------------


def first(line, **more):
    return right(answer_0_1=f"{line}\ntaken = 0.75", **more)


def without_kernel(notebook):
    notebook["metadata"].update(kernelspec=None, language_info=["python"])


def merged(notebook):
    """The check was merged into the cell of the answer."""
    check = cell_of(notebook, "check-0_1")
    cell_of(notebook, "answer-0_1")["source"] += "\n" + "".join(check["source"])
    notebook["cells"].remove(check)


def in_one_cell(notebook):
    texts = [RIGHT[name] for name in RIGHT if name.startswith("answer") and name != FIGURE]
    notebook["cells"] = [c for c in notebook["cells"] if not c["id"].startswith("answer")]
    cell = {"cell_type": "code", "id": "all", "source": "\n".join(texts), "metadata": {}}
    notebook["cells"].append(cell | {"outputs": [], "execution_count": None})


ODD = {
    "help": first("help(len)"),
    "a breakpoint": first("breakpoint()"),
    "await": first("import asyncio\nawait asyncio.sleep(0)"),
    "standard output in all its ways": first(
        "import sys\nsys.stdout.writelines(['a'])\nsys.stdout.buffer.write(b'x')\n"
        "sys.stdout.reconfigure(encoding='utf-8')\nprint(sys.stdout.name, file=sys.stderr)"
    ),
    "processes that help": first(
        "from concurrent.futures import ProcessPoolExecutor\n"
        "with ProcessPoolExecutor(2) as pool:\n    assert list(pool.map(abs, [-1])) == [1]"
    ),
    "long floats": right(
        answer_0_1="taken = np.longdouble(0.75)",
        answer_0_2="def occupancy(rankl, kd):\n    return np.longdouble(rankl) / (rankl + kd)\n"
        "curve = [occupancy(dose, 1) for dose in doses]",
    ),
    "letters of another width": first("pass", answer_0_3='ｄirection = " Falls. "'),
    "no kernel named": right(edit=without_kernel),
    "an ending that a browser added": right(write=saved(name=NAME + ".txt")),
    "the check merged into the answer": right(edit=merged),
    "all answers in one cell": right(edit=in_one_cell),
}


def test_fresh_attacks_and_oddities_get_their_fair_marks():
    handed = FORGE | ODD
    graded = grade_class(handed, limits=ROOMY)
    assert unfair(graded, handed) == {}


def test_nobody_uses_up_the_grader():
    """Each of these is over soon, and says so where a teacher has to look."""
    graded = grade_class(USE_UP, limits=SHORT)
    assert unfair(graded, USE_UP) == {}
    assert not [name for name in USE_UP if "before the end" in graded.words(name)]


def unfair(graded, handed):
    return {
        name: (graded.marks(name), graded.words(name))
        for name, work in handed.items()
        if graded.marks(name) != work.fair or work.told not in graded.words(name)
    }


# ---- what a teacher does --------------------------------------------------------------------


@pytest.mark.parametrize("text", ["x;=1+1", "x\n=1+1", "x; +1", "a\t@b", "\uff1d1+1", "'=1;'=1"])
def test_no_formula_wherever_a_spreadsheet_parts_cells(text):
    shown = tables.guard(text)
    for part in shown.replace("\t", ";").replace("\n", ";").split(";"):
        assert not part.strip().startswith(tuple("=+-@\uff1d")), shown
    assert tables.unguard(shown) == text
    assert (
        tables.guard("a plain sentence; and more - of it") == "a plain sentence; and more - of it"
    )


@pytest.mark.parametrize(
    ("paths", "students"),
    [
        (["A B_1_assignsubmission_file_/x.ipynb", "A B_2_assignsubmission_file_/x.ipynb"], 2),
        (["A B_1_assignsubmission_file_/x.ipynb", "A B_1_assignsubmission_onlinetext_/x.html"], 1),
        (["all/A_1_assignsubmission_file_/x.ipynb", "all/B_2_assignsubmission_file_/x.ipynb"], 2),
        (["ab_1_7_x.ipynb", "ab_2_8_x.ipynb"], 2),
        (["ab_1_7_x.ipynb", "ab_1_8_y.ipynb"], 1),
        (["ada/x.ipynb", "results/reports/ada.html"], 1),
        (["de_la_cruz_ana_123_4567_x.ipynb", "de_la_cruz_ana_LATE_123_4568_y-1.ipynb"], 1),
        (["de_la_cruz_ana_123_4567_x.ipynb", "de_la_cruz_ana_124_4568_x.ipynb"], 2),
        (["ana_123_4567_x.ipynb", "ana_123_4568_work/x.ipynb", "bo_124_4569_w/x.ipynb"], 2),
        (["ada_2026_11_30_one.ipynb", "ben_2026_11_30_one.ipynb"], 2),
        (["ada_set_01.ipynb", "Ada.ipynb"], 1),
        (["Set/Lo, Ada(al1)/Submission/x.ipynb", "Set/Lo, Ada(al2)/Submission/x.ipynb"], 2),
        (["Set/Lo, Ada(al1)/Submission/x.ipynb", "Set/grades.csv", "Set/Bo, Al(b)/x.ipynb"], 2),
    ],
)
def test_students_of_one_name_are_told_apart(tmp_path, paths, students):
    for path in paths:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("{}")
    found = find_submissions(tmp_path, but=tmp_path / "results")
    assert len({one.student for one in found}) == students


def test_marks_in_another_encoding_are_refused_in_words(tmp_path, capsys):
    (tmp_path / "results.json").write_text('{"questions": [], "students": {}}')
    (tmp_path / "essays.csv").write_bytes(
        "student,question,marks\nJos\xe9,0.5,1\n".encode("cp1252")
    )
    assert main(["merge", str(tmp_path)]) == 2
    assert "CSV UTF-8" in capsys.readouterr().err


# ---- what other programs make of a notebook -------------------------------------------------


def cells_as(change):
    def write(notebook):
        for cell in notebook["cells"]:
            change(cell)
        return notebook

    return write


def without(*names):
    def write(notebook):
        return {name: value for name, value in notebook.items() if name not in names}

    return write


WRITTEN = {
    "in UTF-16": lambda notebook: json.dumps(notebook).encode("utf-16"),
    "in UTF-16 without its mark": lambda notebook: json.dumps(notebook).encode("utf-16-le"),
    "in UTF-32": lambda notebook: json.dumps(notebook).encode("utf-32"),
    "with a mark": lambda notebook: json.dumps(notebook).encode("utf-8-sig"),
    "with zeros at its end": lambda notebook: json.dumps(notebook).encode() + bytes(9),
    "in a list": lambda notebook: [notebook],
    "its cells alone": lambda notebook: notebook["cells"],
    "cells by number": lambda notebook: notebook | {"cells": dict(enumerate(notebook["cells"]))},
    "no metadata": without("metadata"),
    "no format": without("nbformat", "nbformat_minor"),
    "a format that is text": lambda notebook: notebook | {"nbformat": "4"},
    "an old format": lambda notebook: notebook | {"nbformat": 2},
    "cells without metadata": cells_as(lambda cell: cell.pop("metadata")),
    "cells without outputs": cells_as(lambda cell: cell.pop("outputs", 0)),
    "cells of one name": cells_as(lambda cell: cell.update(id="same")),
    "names that are numbers": cells_as(lambda cell: cell.update(id=7)),
    "kinds in capitals": cells_as(lambda cell: cell.update(cell_type=cell["cell_type"].upper())),
    "lists within lists": cells_as(lambda cell: cell.update(source=[[cell["source"]], 1])),
    "what is no cell": lambda notebook: (
        notebook | {"cells": [None, *notebook["cells"], "text", [1], 3]}
    ),
}


@pytest.mark.parametrize("write", WRITTEN.values(), ids=WRITTEN)
def test_a_notebook_is_read_however_it_was_written(tmp_path, write):
    [path] = (EXAMPLE / "exercises").glob("*.ipynb")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    sources = ["".join(cell["source"]) for cell in notebook["cells"]]
    content = write(notebook)
    content = content if isinstance(content, bytes) else json.dumps(content).encode()
    (tmp_path / "a.ipynb").write_bytes(content)
    read = read_notebook(tmp_path / "a.ipynb")
    assert [cell.source for cell in read.cells] == sources


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"null", "no cells"),
        (b'"a text"', "no cells"),
        (b'{"cells": [', "cut off or damaged"),
        (b"\x1f\x8b\x08\x00\x00", "cut off or damaged"),
        (b'{"cells": []}\n<<<<<<< HEAD', "line 2"),
    ],
)
def test_what_is_no_notebook_is_told_in_words(tmp_path, content, words):
    (tmp_path / "a.ipynb").write_bytes(content)
    with pytest.raises(Unreadable, match=words):
        read_notebook(tmp_path / "a.ipynb")
