"""Attacks and oddities where a question is checked in parts: 0.6 of the example set, whose parts a
and b share an answer cell. ``fair`` is what each part is worth by itself."""

import json

from classroom import RIGHT, Handed, cell_of
from hostile import code
from odd import added, both, copied, delete, each, right

SHARED, LAST = "answer-0_6", "answer-0_6c"


# ---- attacks --------------------------------------------------------------------------------


def _one_check_for_all(notebook):
    """The easiest check in the place of the others."""
    for name in ("check-0_6b", "check-0_6c", "check-0_2"):
        cell_of(notebook, name)["source"] = cell_of(notebook, "check-0_6a")["source"]


def _worth_more(notebook):
    check = cell_of(notebook, "check-0_6a")
    check["metadata"]["nbgrader"]["points"] = 100
    check["source"] = "".join(check["source"]).replace("points=1", "points=4")


def _copies_first(notebook):
    """Copies of two checks, which say that all is right, above the answers."""
    for name in ("check-0_6a", "check-0_6c"):
        for number in range(3):
            twin = json.loads(json.dumps(cell_of(notebook, name)))
            twin["id"] = f"{name}-{number}"
            twin["source"] = f'check = marks.check("{name[6:].replace("_", ".")}", points=2)\n99.0'
            notebook["cells"].insert(1, twin)


def _names_of_others(notebook):
    """Names that no cell of the source has, and names of checks on answers."""
    cells = notebook["cells"]
    names = ["check-0_6", "check-0_6d", "answer-0_6a", "check-0_6A", "check-0_6\u0430", "0_6a"]
    for number, name in enumerate(names):
        twin = json.loads(json.dumps(cell_of(notebook, "check-0_6a")))
        twin["id"], twin["source"] = f"other-{number}", "marks.check = check = None\n99.0"
        twin["metadata"]["nbgrader"] |= {"grade_id": name, "points": 50}
        cells.insert(2 + number, twin)
    cell_of(notebook, LAST)["metadata"]["nbgrader"]["grade_id"] = "check-0_6c"
    cell_of(notebook, LAST)["source"] = "number_taken = marks.check = lambda *a, **k: 99.0"


def _in_one_text(notebook):
    """The checks of all parts stand in one cell of words, with their names on it."""
    for name in ("check-0_6a", "check-0_6b", "check-0_6c"):
        cell = cell_of(notebook, name)
        cell["cell_type"] = "markdown"
        del cell["outputs"], cell["execution_count"]


ATTACKS = {
    "one check in the place of all": code(
        "bound = 1000", cell=SHARED, fair={"0.6a": 1}, edit=_one_check_for_all
    ),
    "a part that is worth more": code(
        "bound = 1000",
        cell=SHARED,
        fair={"0.6a": 1},
        edit=_worth_more,
        told="check-0_6a was changed",
    ),
    "copied checks of parts": Handed(edit=_copies_first, told="check-0_6c occurs 4 times"),
    "names of parts that do not exist": Handed(edit=_names_of_others),
    "checks of parts as words": code(
        "bound = unbound = 1000", cell=SHARED, fair={"0.6a": 1, "0.6b": 1}, edit=_in_one_text
    ),
    "a later part that overwrites": code(
        "bound = unbound = 1000",
        "def number_taken(rankl):",
        "    globals().update(bound=1000, unbound=1000, taken=0.75, direction='falls')",
        "    return 2000 * rankl / (rankl + 0.5)",
        cell=LAST,
        fair={"0.6c": 2},
        **{SHARED: "bound = unbound = 1", "answer-0_1": "taken = 9", "answer-0_3": "direction = 9"},
    ),
    "an earlier part that does a later one": code(
        "bound = unbound = 1000",
        "def number_taken(rankl): return 7",
        cell=SHARED,
        fair={"0.6a": 1, "0.6b": 1},
        **{LAST: "del number_taken"},
    ),
    "a part that ends the process": code(
        "import os",
        "def number_taken(rankl): os._exit(0)",
        cell=LAST,
        fair={"0.6a": 1, "0.6b": 1},
        told="check-0_6c: the code stopped unexpectedly, and was left out",
        **{SHARED: RIGHT[SHARED]},
    ),
    "every check ends the process": code(
        "import os",
        "class Bomb(dict):",
        "    def items(self): os._exit(0)",
        "taken = curve = axes = bound = unbound = Bomb(a=1)",
        "number_taken = occupancy = lambda *a: os._exit(0)",
        fair={"0.3": 1},
        told="check-0_6c: the code stopped",
        **{"answer-0_3": RIGHT["answer-0_3"], SHARED: "pass", LAST: "pass", "answer-0_2": "pass"},
    ),
    "a part that hears and tells the others": code(
        "heard = []",
        "def number_taken(rankl):",
        "    global bound, unbound, direction",
        "    heard.append(rankl)",
        "    open('/tmp/heard', 'a').write(f'{rankl} SPY ')",
        "    bound = unbound = direction = open('/tmp/heard').read() if 4.5 in heard else 1",
        "    return 2000 * rankl / (rankl + 0.5)",
        cell=LAST,
        fair={"0.6c": 2},
    ),
}

# ---- honest, and odd ------------------------------------------------------------------------


def _merged(notebook):
    """All cells of the question were merged into the first."""
    names = [SHARED, "check-0_6a", "check-0_6b", LAST, "check-0_6c"]
    text = "\n".join("".join(cell_of(notebook, name)["source"]) for name in names)
    cell_of(notebook, SHARED)["source"] = text
    delete(*names[1:])(notebook)


def _last_first(notebook):
    cells = notebook["cells"]
    moved = [cell_of(notebook, LAST), cell_of(notebook, "check-0_6c")]
    for cell in moved:
        cells.remove(cell)
    place = cells.index(cell_of(notebook, SHARED))
    cells[place:place] = moved


def _before_the_split(notebook):
    """A copy that was handed out when the question had one answer cell and one check."""
    cell_of(notebook, SHARED)["source"] = RIGHT[SHARED] + "\n" + RIGHT[LAST]
    check = cell_of(notebook, "check-0_6a")
    check["id"] = "check-0_6"
    check["metadata"]["nbgrader"] |= {"grade_id": "check-0_6", "points": 4}
    check["source"] = 'check = marks.check("0.6", points=4)\ncheck.score()'
    delete("check-0_6b", LAST, "check-0_6c")(notebook)


STUB = "bound = ...\nunbound = ..."

ODD = {
    "the parts of a question in one cell": right(edit=_merged, told="answer-0_6c is missing"),
    "the last part first": right(edit=_last_first),
    "deleted checks of parts": right(edit=delete("check-0_6a", "check-0_6c")),
    "a copied answer to a part": right(edit=copied(LAST), told="answer-0_6c occurs 2 times"),
    "a shared answer in two cells": right(
        answer_0_6="bound = 1000", edit=added("unbound = 2000 - bound", after="check-0_6a")
    ),
    "a shared answer below its checks": right(
        answer_0_6=STUB,
        edit=added(RIGHT[SHARED], after="check-0_6b"),
        told="the answer to 0.6b stood further down",
    ),
    "one part of two answered": right(answer_0_6="bound = 1000\nunbound = ...", lost=["0.6b"]),
    "an error after the first part": right(
        answer_0_6="bound = 1000\nunbound = 1 / 0", lost=["0.6b"]
    ),
    "handed out before the question had parts": right(
        edit=_before_the_split, told="answer-0_6c is missing"
    ),
    "stripped, with a part deleted": right(
        edit=both(delete("check-0_6b"), each(lambda cell: cell.update(metadata={})))
    ),
}
