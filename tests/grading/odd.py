"""Honest oddities: what happens to good work on its way back, and the marks it deserves."""

import json

from classroom import FULL, NAME, NOTHING, RIGHT, Handed, cell_of, exercise


def right(edit=None, write=None, told="", lost=(), **answers):
    """All answers right, but for what is said; without the figure, which takes time to draw."""
    changed = {name.replace("answer_", "answer-"): text for name, text in answers.items()}
    given = {name: text for name, text in RIGHT.items() if name != "answer-0_4"} | changed
    lost = {*lost, *({"0.4"} - {name.replace("answer-0_", "0.") for name in given})}
    fair = {question: 0 if question in lost else most for question, most in FULL.items()}
    return Handed(given, fair, edit, write, told)


def saved(encoding="utf-8", name=NAME, prefix=""):
    def write(folder, text):
        (folder / name).write_text(prefix + text, encoding=encoding)

    return write


def beside(write_more):
    """The notebook, and something else in the same folder."""

    def write(folder, text):
        saved()(folder, text)
        write_more(folder, text)

    return write


def each(change, kind=None):
    """``change(cell)`` for every cell (of a kind)."""

    def edit(notebook):
        for cell in notebook["cells"]:
            if kind in (None, cell["cell_type"]):
                change(cell)

    return edit


def strip_all(notebook):
    for number, cell in enumerate(notebook["cells"]):
        cell["metadata"], cell["id"] = {}, f"x{number}"


def strip_checks(notebook):
    for cell in notebook["cells"]:
        if cell["id"].startswith("check"):
            cell["metadata"] = {}


def delete(*names):
    def edit(notebook):
        notebook["cells"] = [cell for cell in notebook["cells"] if cell["id"] not in names]

    return edit


def added(source, after=None, before=None, kind="code"):
    """A new cell beside another."""

    def edit(notebook):
        cells = notebook["cells"]
        new = {"cell_type": kind, "id": "new-cell", "metadata": {}, "source": source}
        new |= {"outputs": [], "execution_count": None} if kind == "code" else {}
        place = cells.index(cell_of(notebook, after or before)) + (after is not None)
        cells.insert(place if after or before else len(cells), new)

    return edit


def both(*edits):
    def edit(notebook):
        for one in edits:
            one(notebook)

    return edit


def split_function(notebook):
    cell_of(notebook, "answer-0_2")["source"] = (
        "def occupancy(rankl, kd):\n    return rankl / (rankl + kd)"
    )
    added("curve = occupancy(doses, 1)", after="answer-0_2")(notebook)


def copied(name):
    def edit(notebook):
        twin = json.loads(json.dumps(cell_of(notebook, name)))
        twin["id"] = "copy"
        notebook["cells"].insert(notebook["cells"].index(cell_of(notebook, name)), twin)

    return edit


def below_check(notebook):
    """The stub was left as it was; the answer stands in a new cell under the check."""
    original = cell_of(exercise(), "answer-0_1")["source"]
    cell_of(notebook, "answer-0_1")["source"] = original
    added(RIGHT["answer-0_1"], after="check-0_1")(notebook)


def in_check(notebook):
    """The answer was typed above the check, in the same cell."""
    check = cell_of(notebook, "check-0_1")
    source = check["source"]
    check["source"] = RIGHT["answer-0_1"] + "\n" + "".join(source)


def to_setup(line):
    def edit(notebook):
        setup = cell_of(notebook, "given-setup")
        setup["source"] = line + "\n" + "".join(setup["source"])

    return edit


def as_markdown(notebook):
    cell = cell_of(notebook, "answer-0_1")
    cell["cell_type"] = "markdown"
    del cell["outputs"], cell["execution_count"]


def windows_lines(cell):
    cell["source"] = "".join(cell["source"]).replace("\n", "\r\n")


def old_format(notebook):
    notebook["nbformat_minor"] = 4
    for cell in notebook["cells"]:
        del cell["id"]


def kernel(**spec):
    def edit(notebook):
        notebook["metadata"]["kernelspec"] = spec
        notebook["metadata"].pop("language_info", None)

    return edit


def reorder(notebook):
    cells = notebook["cells"]
    start = cells.index(cell_of(notebook, "text-4"))
    notebook["cells"] = cells[:2] + cells[start:] + cells[2:start]


def with_outputs(cell):
    cell["execution_count"] = 7
    cell["outputs"] = [{"output_type": "stream", "name": "stderr", "text": "UserWarning: x\n"}]


OCCUPANCY = RIGHT["answer-0_2"]
ODD = {
    "just right": right(answer_0_4=RIGHT["answer-0_4"]),
    "byte order mark": right(write=saved("utf-8-sig")),
    "UTF-16": right(write=saved("utf-16")),
    "renamed": right(write=saved(name="My homework (1).ipynb")),
    "capital ending": right(write=saved(name="HOMEWORK.IPYNB")),
    "stripped metadata": right(edit=strip_all, told="lost its metadata"),
    "stripped check cells": right(edit=strip_checks),
    "old notebook format": right(edit=old_format),
    "Windows line ends": right(edit=each(windows_lines)),
    "another kernel": right(edit=kernel(name="bone-env", display_name="bone")),
    "a kernel of another language": right(edit=kernel(name="ir", language="R"), told="'R'"),
    "saved with outputs and warnings": right(edit=each(with_outputs, "code")),
    "a split cell": right(edit=split_function),
    "a copied answer": right(edit=copied("answer-0_2"), told="occurs 2 times"),
    "a copied check": right(edit=copied("check-0_2"), told="occurs 2 times"),
    "a deleted check": right(edit=delete("check-0_1", "check-0_4")),
    "a deleted setup": right(edit=delete("given-setup"), told="was missing"),
    "a deleted answer": right(
        edit=delete("answer-0_3"), lost=["0.3"], told="could not be recognised"
    ),
    "the answer below the check": right(edit=below_check, told="stood further down"),
    "the answer in the check cell": right(
        edit=both(delete("answer-0_1"), in_check), told="additions beside it"
    ),
    "an import added to the setup": right(
        edit=to_setup("from math import exp"),
        told="additions beside it",
        answer_0_1="taken = 0.75 * exp(0)",
    ),
    "a magic in the setup": right(edit=to_setup("%matplotlib inline")),
    "an answer turned into words": right(edit=as_markdown, told="no longer a code cell"),
    "questions in another order": right(edit=reorder),
    "magics": right(
        answer_0_1="%matplotlib inline\n%time taken = 0.75\n%load_ext autoreload",
        answer_0_2="%%time\n" + OCCUPANCY,
    ),
    "an unknown magic": right(answer_0_1="%wandb login\ntaken = 0.75", told="%wandb was left out"),
    "a shell line": right(answer_0_1="!pip install numpy\ntaken = 0.75", told="shell line"),
    "a question mark": right(answer_0_1="np.exp?\ntaken = 0.75"),
    "input": right(
        answer_0_1="taken = float(input('How much? '))", lost=["0.1"], told="nobody is there"
    ),
    "warnings and printing": right(
        answer_0_1="import warnings, sys\nwarnings.warn('careful')\nsys.stderr.write('x')\n"
        "print('hello')\ndisplay('x')\ntaken = 0.75",
        answer_0_2="def occupancy(rankl, kd):\n    print(rankl)\n    np.log(-1.0)\n"
        "    return rankl / (rankl + kd)\ncurve = occupancy(doses, 1)",
    ),
    "an exit at the end": right(answer_0_4=RIGHT["answer-0_4"] + "\nexit()"),
    "a cell with an error elsewhere": right(edit=added("1 / 0", after="given-setup")),
    "a loop in another question": right(answer_0_3="while True:\n    pass", lost=["0.3"], told=""),
    "a cell that ends whatever follows it": right(
        answer_0_1="import sys\ntaken = 0.75\n"
        "sys.modules['bonelab.grading.answer_exchange'] = None",
        lost=["0.1"],
        told="answer-0_1: the code stopped unexpectedly, and was left out",
    ),
    "a crash in another question": right(
        answer_0_3="import os\nos.abort()", lost=["0.3"], told="was left out"
    ),
    "a syntax error in another question": right(answer_0_3='direction = "falls', lost=["0.3"]),
    "numbers of all kinds": right(
        answer_0_1="from fractions import Fraction\ntaken = Fraction(3, 4)",
        answer_0_2="def occupancy(rankl, kd):\n    return np.array([rankl / (rankl + kd)])\n"
        "curve = tuple(np.float32(d / (d + 1)) for d in doses)",
    ),
    "a number in words": right(answer_0_1='taken = "three quarters"', lost=["0.1"]),
    "within the tolerance": right(answer_0_1="taken = 0.7512"),
    "functions that use others": right(
        answer_0_2="def total(a, b):\n    return a + b\n"
        "class Receptor:\n    def __init__(self, kd): self.kd = kd\n"
        "    def __call__(self, rankl): return rankl / total(rankl, self.kd)\n"
        "def occupancy(rankl, kd):\n    return Receptor(kd)(rankl)\n"
        "curve = occupancy(doses, 1)"
    ),
    "a name used again later": right(edit=added("taken = None\nkd = 7", after="answer-0_4")),
    "files and a subprocess": right(
        answer_0_1="import pathlib, sys, subprocess\npathlib.Path('x.txt').write_text('0.75')\n"
        "taken = float(open('x.txt').read())"
    ),
    "a figure by pyplot": right(
        answer_0_4="import matplotlib.pyplot as plt\nx = np.logspace(-2, 2)\n"
        "plt.semilogx(x, x / (1 + x)); plt.xlabel('RANKL')\naxes = plt.gca()\nplt.show()"
    ),
    "an answer typed as markdown essay elsewhere": right(
        edit=both(delete("essay-0_5"), added("OPG holds RANKL.", after="text-6", kind="markdown"))
    ),
    "untouched": Handed(fair=dict(NOTHING)),
    "also handed in a photograph": right(
        write=beside(lambda folder, _: (folder / "photo.jpg").write_bytes(b"x")),
        told="also handed in photo.jpg",
    ),
    "handed in twice": right(
        write=beside(
            lambda folder, _: (folder / "copy.ipynb").write_text(
                json.dumps(exercise()), encoding="utf-8"
            )
        ),
        told="not counted: copy.ipynb",
    ),
    "a lesson instead": Handed(
        edit=lambda notebook: {**notebook, "cells": notebook["cells"][:1]},
        fair={},
        told="none of these exercises",
    ),
    "a document instead": Handed(
        write=lambda folder, _: (folder / "homework.pdf").write_bytes(b"%PDF"),
        fair={},
        told="not a notebook",
    ),
    "an empty file": Handed(write=saved(prefix=""), fair={}, told="is empty"),
    "half a file": Handed(
        write=lambda folder, text: (folder / NAME).write_text(text[:3000]),
        fair={},
        told="not a notebook",
    ),
    "an empty folder": Handed(write=lambda folder, _: None, fair={}, told="no notebook"),
}
ODD["an empty file"].write = lambda folder, _: (folder / NAME).write_text("")
