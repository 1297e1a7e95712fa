"""Attacks and oddities found by somebody who did not build the grader."""

import classroom
import pytest
from classroom import FULL, NOTHING, RIGHT, Handed, cell_of, grade_class
from hostile import CANARY, SECRETS, code
from odd import right

pytestmark = pytest.mark.skipif(bool(classroom.no_sandbox()), reason=str(classroom.no_sandbox()))
ROOMY = {**classroom.LIMITS, "cell_seconds": 4, "call_seconds": 3}
FUNCTION, CHOICE, FIGURE = "answer-0_2", "answer-0_3", "answer-0_4"

# ---- forging --------------------------------------------------------------------------------

READ_REQUESTS = """
import gc, json, os, socket, struct, threading
real = socket.socket.recv
def reply(number, value):
    text = json.dumps({"value": value, "number": number}).encode()
    return struct.pack(">Q", len(text)) + text
from bonelab.course.grade import channel
def send(connection, answer):
    connection.sendall(reply(answer["number"], VALUE))
    import time; time.sleep(0)
channel.send = send
for thing in gc.get_objects():
    if isinstance(thing, dict) and thing.get("__name__") == "__main__" and "serve_all" in thing:
        thing["send"] = send
import sys
frame = sys._getframe()
while frame:
    if frame.f_code.co_name == "serve_all":
        import ctypes
        frame.f_locals["send"] = send
        ctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(frame), ctypes.c_int(0))
    frame = frame.f_back
"""


def forged(value, **more):
    """Every reply is replaced by ``value``, with the right number on it."""
    return code(READ_REQUESTS.replace("VALUE", value), **more)


FORGE = {
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
    "keys that collide": forged("{'@dict': [[k * (2 ** 61 - 1), 0] for k in range(20000)]}"),
    "nested just so": forged("eval('[' * 90 + ']' * 90)"),
    "complex numbers": code(
        "def occupancy(rankl, kd):",
        "    return rankl / (rankl + kd) + 0j",
        "curve = doses / (doses + 1) + 5j",
        cell=FUNCTION,
    ),
    "numbers as text": code('curve = ["0.0909", "0.5", "0.909"]', cell=FUNCTION),
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
        del notebook["cells"][-1]
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
    "thousands of cells": Handed(edit=_many_cells, fair={}, told="cells"),
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
    "all files closed": code("import os", "os.closerange(0, 256)"),
    "files kept open": code("import socket", "kept = [socket.socket() for _ in range(10**6)]"),
    "snapshots that cannot be taken": code(
        "import os",
        "def fork(): raise OSError",
        "os.fork = fork",
        fair={"0.2": 4},
        **{FUNCTION: RIGHT[FUNCTION]},
    ),
    "snapshots that answer twice": code("import os", "os.fork = lambda: 0", told=""),
}
