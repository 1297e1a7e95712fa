"""Prove an exercise: known answers must get known marks.

``solutions/proofs/NAME.toml`` lists wrong answers with the marks they lose, and different but
correct ones. The solution runs; then at every question a fork of the process tries the answers, so
a proof costs only its own cell and check.
"""

import gc
import json
import math
import numbers
import os
import re
import tomllib
import traceback
from dataclasses import dataclass
from pathlib import Path

from bonelab.course.subject_for_grading import BONE
from bonelab.grading.answer_exchange import OWN_NUMBER, answers_in
from bonelab.grading.cell_runner import Cells
from bonelab.grading.check_runner import Marker
from bonelab.grading.exercise_source import ANSWER, CHECK, GIVEN, Exercise, read_exercise
from bonelab.grading.names_in_code import names_bound


@dataclass
class Proof:
    """One line of the proof file. ``question`` names the item: "1.2", or "1.2a" for a part."""

    question: str
    answer: str
    loses: float
    why: str
    cell: str = ""
    told: str = ""  # words that must stand in what the learner reads


def read_proofs(solution: Path):
    """``(wrong, also_right)``: lists of Proof from the file beside ``solution``."""
    path = solution.parent / "proofs" / f"{solution.stem}.toml"
    assert path.is_file(), f"{path} is missing: known wrong answers, what they lose, and right ones"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    wrong = [Proof(**entry) for entry in data.get("wrong", [])]
    right = [Proof(loses=0, **entry) for entry in data.get("also_right", [])]
    return wrong, right


def untouched_marks(exercise: Exercise):
    """Run the exercise as students get it: ``({question: Check}, [cells that raised])``."""
    return _in_child(lambda: _run_untouched(exercise))


def _run_untouched(exercise):
    marker, cells, found, raised = Marker(exercise, BONE), Cells(), {}, []
    for cell in exercise.cells:
        if cell.kind in (GIVEN, ANSWER):
            error = cells.run(cell.visible, cell.id)
            if error:
                raised.append([cell.id, error])
        elif cell.kind == CHECK:
            found[cell.item] = _told(marker, cell, cells)
    return {"checks": found, "raised": raised}


def solution_marks(exercise: Exercise, proofs=(), junk=(), constants=(), trials=None):
    """Run the solution; at each question also try its ``proofs``, each in a fork of its own.

    Returns a dict: ``checks`` (item -> report of the solution), ``raised``, ``proofs`` (one
    report per proof, in order), ``junk`` (item -> list of reports with every answer replaced),
    ``constants`` (the same; a function is replaced by one that always returns the constant, and an
    answer that happens to be the constant is left open), ``numbers`` (item -> the numbers that its
    solution arrives at), and what each of the ``trials`` (name -> function) returns.
    """
    tried = (list(proofs), list(junk), list(constants))
    return _in_child(lambda: _run_solution(exercise, *tried, trials or {}))


def _run_solution(exercise, proofs, junk, constants, trials):
    marker = Marker(exercise, BONE)
    report = _run_right(exercise, marker)
    # From here on the simulations of the solution are remembered, so that a fork runs only its own.
    gc.freeze()  # a fork would copy what the collector only looks at
    report |= {name: _in_child(trial) for name, trial in trials.items()}
    return report | _run_wrong(exercise, marker, proofs, junk, constants)


def _run_right(exercise, marker):
    cells, found, raised, results = Cells(), {}, [], {}
    for cell in exercise.cells:
        if cell.kind == CHECK:
            found[cell.item] = _told(marker, cell, cells)
        if cell.kind in (GIVEN, ANSWER):
            error = cells.run(cell.source, cell.id)
            if error:
                raised.append([cell.id, error])
        if cell.kind == ANSWER:
            for check in exercise.of_kind(CHECK):
                if check.question == cell.question and cell.part in ("", check.part):
                    numbers_found = results.setdefault(check.item, [])
                    numbers_found.extend(_numbers(cell, cells.namespace))
    return {"checks": found, "raised": raised, "numbers": results}


def _run_wrong(exercise, marker, proofs, junk, constants):
    cells, tried, spoiled, constant = Cells(), [None] * len(proofs), {}, {}
    for cell in exercise.cells:
        if cell.kind == CHECK:
            right = dict(cells.namespace)
            stand_ins = [lambda name, value=value: value for value in junk]
            stand_ins += [_constant(value, right) for value in constants]
            told = _in_child(
                lambda cell=cell, stand_ins=stand_ins: [
                    _spoil(exercise, marker, cell, cells, stand_in) for stand_in in stand_ins
                ]
            )
            spoiled[cell.item], constant[cell.item] = told[: len(junk)], told[len(junk) :]
        here = [n for n, proof in enumerate(proofs) if cell.id == answer_cell(exercise, proof)]
        if here:
            told = _in_child(
                lambda cell=cell, here=here: [
                    _try(exercise, marker, cells, proofs[number], cell) for number in here
                ]
            )
            for number, check in zip(here, told, strict=True):
                tried[number] = check
        if cell.kind in (GIVEN, ANSWER):
            cells.run(cell.source, cell.id)
    return {"proofs": tried, "junk": spoiled, "constants": constant}


def answer_cell(exercise, proof):
    """The name of the cell that a proof's answer replaces: that of its part, or of its question."""
    own = f"answer-{proof.question.replace('.', '_')}"
    names = {cell.id for cell in exercise.of_kind(ANSWER)}
    return proof.cell or (own if own in names else own.rstrip("abcdefghijklmnopqrstuvwxyz"))


def _numbers(cell, namespace):
    """The numbers that a solution's cell arrives at, as a message would write them."""
    names = names_bound(cell.visible) - {OWN_NUMBER}  # which is told with what was judged by it
    values = [namespace.get(name) for name in names]
    shown = [f"{float(v):.4g}" for v in values if isinstance(v, numbers.Real) and v == v]
    return [text for text in shown if len(text.strip("0.-")) >= 3]  # 0.5 or 2 may be anything


def _until_check(exercise, cell, item):
    """The cells between an answer and its check, which run after the tried answer."""
    start = exercise.cells.index(cell) + 1
    rest = []
    for later in exercise.cells[start:]:
        if later.kind == CHECK and later.item == item:
            return rest
        if later.kind in (GIVEN, ANSWER):
            rest.append(later)
    raise ValueError(f"no check of {item} comes after {cell.id}")


def _try(exercise, marker, cells, proof, cell):
    """One tried answer in the place of ``cell``; afterwards every name is what it was before."""
    names = dict(cells.namespace)
    stopped = {name: dict(kept) for name, kept in vars(cells.stopped).items()}
    try:
        error = cells.run(proof.answer, "proof")
        for later in _until_check(exercise, cell, proof.question):
            cells.run(later.source, later.id)
        [check] = [c for c in exercise.of_kind(CHECK) if c.item == proof.question]
        return _told(marker, check, cells) | {"raised": error}
    finally:
        cells.namespace.clear()
        cells.namespace.update(names)
        vars(cells.stopped).update(stopped)


def _spoil(exercise, marker, check, cells, stand_in):
    for cell in exercise.of_kind(ANSWER):
        if cell.question == check.question:
            for name in names_bound(cell.source):
                cells.namespace[name] = stand_in(name)
    return _told(marker, check, cells)


def _constant(value, own):
    """What stands in for the answer of a name, if somebody answers everything with ``value``."""

    def stand_in(name):
        right = own.get(name)
        if callable(right):
            return lambda *args, **kwargs: value
        alike = isinstance(right, numbers.Real) and math.isclose(right, value, rel_tol=0.05)
        return ... if alike else value

    return stand_in


def _told(marker, cell, cells):
    """Marks and outcomes of one check. What the learner sees is what stands before the hidden
    tests, which come last in every check cell."""
    answers = answers_in(cells.namespace, BONE, cells.stopped)
    check = marker.mark(cell, answers, hidden=True)
    seen = check.results[: _visible_tests(cell)]
    return {
        "named": check.question,
        "got": check.got,
        "points": check.points,
        "undecided": check.undecided,
        "outcomes": [result.outcome for result in check.results],
        "texts": [str(result) for result in check.results],
        "seen": "\n".join(map(str, seen)),
    }


def _visible_tests(cell):
    return len(re.findall(r"^check\.(?!score)", cell.visible, re.M))


def _in_child(work):
    """The JSON result of ``work()`` run in a fork, so that nothing it does stays behind."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            result = {"ok": work()}
        except BaseException:
            result = {"failed": traceback.format_exc()}
        with os.fdopen(write_end, "w") as pipe:
            json.dump(result, pipe)
        os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end) as pipe:
        result = json.load(pipe)
    os.waitpid(child, 0)
    if "failed" in result:
        raise AssertionError(result["failed"])
    return result["ok"]


def load(path):
    """An Exercise and its proofs."""
    return read_exercise(path), *read_proofs(Path(path))
