"""Other answers to a set that has run: every number and list, right in other clothing and wrong in
any, and every option of a choice. See test_exercises.py."""

import re
from decimal import Decimal

import numpy as np

from bonelab.course.subject_for_grading import BONE
from bonelab.grading.answer_exchange import answers_in
from bonelab.grading.cell_runner import Cells
from bonelab.grading.check_runner import Marker
from bonelab.grading.check_tests import Check
from bonelab.grading.exercise_source import ANSWER, CHECK, GIVEN, read_exercise

MOST_OPTIONS = 6
ASKED = re.compile(r'check\.(number|numbers|holds)\(\(?"(\w+)"')
MAY_BE = {  # what looks wrong and is right there
    ("6.3a", "True"),  # is the number 1, which is right
    ("6.4a", "True"),  # within the half point that a reading may be off
}


def right(value):
    """The same in other clothing: a number, or a list of them."""
    if isinstance(value, (list, tuple, np.ndarray)):
        own = [float(each) for each in value]
        return {
            "array": np.array(own, np.float32),
            "iterator": iter(own),
            "rounded": [float(f"{each:.5g}") for each in own],
        }
    number = float(value)
    return {
        "small float": np.float32(number),
        "decimal": Decimal(repr(number)),
        "text": repr(number),
        "rounded": float(f"{number:.5g}"),
    }


def wrong(value):
    """Never what is asked for, however it is read."""
    odd = {"True": True, "no number": float("nan")}
    if isinstance(value, (list, tuple, np.ndarray)):
        own = [float(each) for each in value]
        last = own[-1] * 3 + 7
        return odd | {
            "one short": own[:-1],
            "last wrong": [*own[:-1], last],
        }
    number = float(value)
    return odd | {"far off": -7 * number - 13, "a thousand times": 1000 * number + 1000}


def numeric(value):
    several = isinstance(value, (list, tuple, np.ndarray)) and np.ndim(value) == 1 and len(value)
    one = value[0] if several else value
    return isinstance(one, (int, float, np.number)) and not isinstance(one, bool)


def faults(path):
    exercise, cells, found, tried = read_exercise(path), Cells(), [], 0
    marker = Marker(exercise, BONE)
    for cell in exercise.of_kind(GIVEN, ANSWER):
        cells.run(cell.source, cell.id)
    for check in exercise.of_kind(CHECK):
        for name in sorted({name for _, name in ASKED.findall(check.source)} - {"my_number"}):
            own = cells.namespace[name]
            if not numeric(own):
                continue
            for clothes, fair in ((right(own), True), (wrong(own), False)):
                for how, value in clothes.items():
                    answers = answers_in({**cells.namespace, name: value}, BONE)
                    got = marker.mark(check, answers, hidden=True)
                    tried += 1
                    if (got.got == check.points) != fair and (check.item, how) not in MAY_BE:
                        found.append(f"{check.item} {name}, {how}: {got}")
    return [tried, found]


def options_that_are_right(path):
    """``{answer: [options that earn its marks]}`` for every choice of a set."""
    exercise, cells, choices = read_exercise(path), Cells(), {}
    marker, choose = Marker(exercise, BONE), Check.choice

    def noted(self, name, expected, *, options, **more):
        choices.setdefault((check.id, name), (check, options))
        return choose(self, name, expected, options=options, **more)

    for cell in exercise.of_kind(GIVEN, ANSWER):
        cells.run(cell.source, cell.id)
    Check.choice = noted
    for check in exercise.of_kind(CHECK):
        marker.mark(check, answers_in(cells.namespace, BONE), hidden=True)
    Check.choice = choose
    return {
        f"{check.item} {name}": [
            option
            for option in options
            if marker.mark(
                check, answers_in({**cells.namespace, name: option}, BONE), hidden=True
            ).got
            == check.points
        ]
        for (_, name), (check, options) in choices.items()
        if len(options) <= MOST_OPTIONS
    }
