"""What else is tried with a solution once it has run, each in a fork that remembers its runs."""

import re

from bonelab.course.subject_for_grading import BONE
from bonelab.grading.answer_exchange import answers_in
from bonelab.grading.cell_runner import Cells
from bonelab.grading.check_runner import Marker
from bonelab.grading.exercise_source import ANSWER, CHECK, GIVEN, read_exercise
from bonelab.grading.home_checks import HomeChecks

UNITS = "nM|ng/ml|% a year|%|days|years|µm|nm|mg|percentage points|points|women|months|mmol/L"
ASKED = re.compile(rf"^(\w+) = \.\.\.\s+# ({UNITS})(?![\w/])", re.M)


def not_taken(path):
    """Answers that lose marks when they are text with their unit."""
    exercise, cells, faults = read_exercise(path), Cells(), []
    marker, units = Marker(exercise, BONE), {}
    for cell in exercise.of_kind(GIVEN, ANSWER):
        cells.run(cell.source, cell.id)
        units |= dict(ASKED.findall(cell.source)) if cell.kind == ANSWER else {}
    for check in exercise.of_kind(CHECK):
        for name, unit in units.items():
            right = cells.namespace[name]
            if f'"{name}"' in check.source:
                for text in (
                    f"{float(right):.6f} {unit}",
                    f"{float(right):.6f} {unit}".replace(".", ","),
                ):
                    cells.namespace[name] = text
                    got = marker.mark(check, answers_in(cells.namespace, BONE), hidden=True)
                    faults += [f"{check.item}: {text}: {got}"] * (got.got < check.points)
                cells.namespace[name] = right
    return [len(units), faults]


def told_otherwise(path):
    """Checks that say another thing at home than when graded, on right answers and odd ones."""
    source = read_exercise(path)
    marker, cells, run = Marker(source, BONE), Cells(), []
    home = HomeChecks(BONE, cells.namespace)
    differ = []
    for cell in source.of_kind(GIVEN, ANSWER, CHECK):
        if cell.kind != CHECK:
            cells.run(cell.source, cell.id)
            run.append(cell.source)
            continue
        before = set(cells.namespace)
        for odd in (False, True):
            if odd:
                cells.namespace["woman"] = cells.namespace["names"] = "mine"
            graded = marker.mark(cell, answers_in(cells.namespace, BONE), hidden=False)
            own = home.run(cell.visible, run)
            if not odd and graded.notes:
                differ.append([cell.id, graded.notes])
            if str(own) != str(graded):
                differ.append([cell.id, str(own), str(graded)])
        for name in ("woman", "names"):
            del cells.namespace[name]
        if leaked := set(cells.namespace) - before - {"woman", "names"}:
            differ.append([cell.id, sorted(leaked)])
        cells.namespace |= {
            name: value for name, value in marker._names.items() if name in ("woman", "names")
        }
    return differ
