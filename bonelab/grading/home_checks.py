"""Check cells in a learner's own notebook: the same rooms as when the work is graded.

The given names come from the exercise as the course ships it, where the learner's notebook ran its
given cells word for word. In a private set (an exam) they are those of the notebook itself.
"""

import ast
import builtins
import contextlib
import sys
from functools import cached_property

from bonelab.grading.answer_exchange import OWN_NUMBER, answers_in, quiet
from bonelab.grading.check_cell import Marks, part_cell, run_check
from bonelab.grading.exercise_source import CHECK, given_for_checks, read_exercise
from bonelab.grading.names_in_code import names_read
from bonelab.grading.number_reading import show


class HomeChecks:
    """Runs the check cells of one notebook, whose names are in ``namespace``."""

    def __init__(self, subject, namespace, stopped=None):
        self.subject, self.namespace, self._stopped = subject, namespace, stopped
        self._rooms = {}  # name of an exercise -> (names, ids of the given cells that have run)
        self._number = None  # the learner's own, as it was at the last check that went by it

    def run(self, source, cells_run):
        """Run a check cell where the texts ``cells_run`` were run before; return its Check."""
        marks = Marks(answers_in(self.namespace, self.subject, self._stopped), self.subject)
        marks.notes = self._changed_number(source)
        names = self._given(source, {_squeeze(text) for text in cells_run})
        return run_check(compile(source, "<check>", "exec"), source, names, marks)

    def _changed_number(self, source):
        """A note where the learner's own number is another one than before: answers that were
        worked out with that one are judged with this one."""
        number = self.namespace.get(OWN_NUMBER, ...)
        if f'"{OWN_NUMBER}"' not in source.replace("'", '"') or number is ... or number is None:
            return []
        before, self._number = self._number, show(number)
        if before in (None, self._number):
            return []
        return [
            f"Note: {OWN_NUMBER} was {before} at an earlier check and is {self._number} now. "
            f"Answers that were worked out with {before} are judged with {self._number}."
        ]

    @cached_property
    def _shipped(self):
        """What every check cell of the course reads as -> its exercise and cell."""
        known = {}
        folder = self.subject.exercises
        for path in sorted(folder.glob("*.ipynb")) if folder else ():
            exercise = read_exercise(path)
            for cell in exercise.of_kind(CHECK):
                known[_meaning(cell.source)] = (exercise, cell)
        return known

    def _given(self, source, cells_run):
        exercise, cell = self._shipped.get(_meaning(source), (None, None))
        given = given_for_checks(exercise, [cell]) if exercise else []
        if not exercise or not {_squeeze(one.source) for one in given} <= cells_run:
            read = names_read(source) & self.namespace.keys()
            return {name: self.namespace[name] for name in read - set(dir(builtins))}
        names, done = self._rooms.setdefault(exercise.name, ({"__name__": "check_cell"}, set()))
        for one in given:
            if one.id not in done:
                done.add(one.id)
                with quiet(), _unseen():
                    exec(compile(one.source, f"<{one.id}>", "exec"), names)
        return names


def _meaning(source):
    try:
        return ast.dump(ast.parse(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return source


def _squeeze(text):
    return "".join(text.split())


@contextlib.contextmanager
def _unseen():
    """No figure and no table is shown, where there is a notebook to show it."""
    shown = sys.modules.get("IPython.utils.capture")
    pyplot = sys.modules.get("matplotlib.pyplot")
    before = set(pyplot.get_fignums()) if pyplot else set()
    with shown.capture_output() if shown else contextlib.nullcontext():
        yield
    pyplot = sys.modules.get("matplotlib.pyplot")
    for number in set(pyplot.get_fignums()) - before if pyplot else ():
        pyplot.close(number)


def _is_placeholder(statement):
    value = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(value, ast.Constant) and value.value is ...


class CheckCells(ast.NodeTransformer):
    """For IPython: each check cell of a notebook becomes one call, ``caller(source)``. Three dots
    that stand for lines still to be written are no value to be shown."""

    def __init__(self, caller):
        self._module, _, self._function = caller.partition(":")

    def visit_Module(self, tree):
        before, check, after = part_cell(tree)
        if not check:
            if tree.body and _is_placeholder(tree.body[-1]):
                tree.body[-1] = ast.copy_location(ast.Pass(), tree.body[-1])
            return tree
        source = ast.unparse(ast.Module(body=check, type_ignores=[]))
        call = f"__import__({self._module!r}, fromlist=['']).{self._function}({source!r})"
        tree.body = [*before, *ast.parse(call).body, *after]
        return ast.fix_missing_locations(tree)
