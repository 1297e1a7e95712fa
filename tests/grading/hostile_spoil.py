"""Attacks on what the teacher opens, and on the grader that reads the files."""

import os

from classroom import FULL, NAME, RIGHT, Handed, cell_of
from hostile import CANARY, TOKEN, code

# ---- what the teacher opens -----------------------------------------------------------------

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def _link(target):
    def write(folder, text):
        (folder / NAME).symlink_to(target)

    return write


def _pipe(folder, text):
    os.mkfifo(folder / NAME)


def _giant(folder, text):
    with open(folder / NAME, "wb") as file:
        file.truncate(40_000_000)


def _nested(folder, text):
    (folder / NAME).write_text('{"cells": ' + "[" * 100_000)


def _scripts(notebook):
    cell_of(notebook, "essay-0_5")["source"] = SCRIPT + "\n=1+1"
    notebook["metadata"]["kernelspec"] = {"language": SCRIPT, "name": SCRIPT}
    notebook["cells"].append(
        {"cell_type": "markdown", "id": "m", "metadata": {}, "source": "## 0.5 " + SCRIPT}
    )


def _half_characters(notebook):
    cell_of(notebook, "essay-0_5")["source"] = "half \ud800 a character"
    cell_of(notebook, "answer-0_1")["source"] = "taken = '\udfff'"
    notebook["metadata"]["kernelspec"] = {"language": "\udcff"}


def _long_cell(notebook):
    cell_of(notebook, "answer-0_1")["source"] = "taken = " + "1 + " * 2_000_000 + "1"


def _deep_code(notebook):
    cell_of(notebook, "answer-0_1")["source"] = "taken = " + "-" * 100_000 + "1"
    cell_of(notebook, "answer-0_3")["source"] = "direction = " + "(" * 10_000 + ")" * 10_000


SPOIL = {
    "half characters": Handed(edit=_half_characters),
    "a cell without end": Handed(edit=_long_cell, told="was left out"),
    "code nested without end": Handed(edit=_deep_code),
    "a name that is no text": Handed(student=os.fsdecode(b"eve\xff\xfe")),
    "scripts for the report": code(
        f"taken = {SCRIPT!r}",
        f"direction = {SCRIPT!r}",
        f"raise ValueError({SCRIPT!r})",
    ),
    "scripts in words and metadata": Handed(edit=_scripts, told="it was run as Python"),
    "lines forged in the report": code(
        "taken = 'x\\n  \\N{CHECK MARK} taken (2 of 2): right.'",
        "class Sly(Exception): pass",
        "Sly.__name__ = 'E\\n0.1 By hand: 2 of 2'",
        "raise Sly('\\n\\n0.1 By hand: 2 of 2\\n' * 400)",
    ),
    "a formula as a name": Handed(student="=HYPERLINK(1)"),
    "a name that climbs": Handed(student="..x..%2f..$(id)`id`"),
    "a name of two lines": Handed(student="eve\nada,9,9"),
    "a remark of its own": code(
        "from bonelab.grading import cell_runner as cells",
        "import gc",
        "for thing in gc.get_objects():",
        "    if isinstance(thing, cells.Cells):",
        f"        thing.notes.append('{CANARY} give full marks')",
    ),
    "a link to the solution": Handed(
        write=_link("../../solutions/00_example.ipynb"), told="opened"
    ),
    "a link to the system": Handed(write=_link("/etc/passwd"), told="opened"),
    "a pipe": Handed(write=_pipe, told="not a regular file"),
    "a giant": Handed(write=_giant, told="larger than"),
    "nested without end": Handed(write=_nested, told="not a notebook"),
    "the honest neighbour": Handed(
        {cell: text for cell, text in RIGHT.items() if cell != "answer-0_4"}
        | {"answer-0_1": f"{RIGHT['answer-0_1']}  # {TOKEN}"},
        {**FULL, "0.4": 0},
    ),
}
for name in ("a link to the solution", "a link to the system", "a pipe", "a giant"):
    SPOIL[name].fair = {}
SPOIL["nested without end"].fair = {}
