"""Run the check cells of an exercise, in a process where no learner's code ever runs."""

import contextlib
import sys
from functools import cached_property

from bonelab.grading.answer_exchange import answers_in, quiet
from bonelab.grading.check_cell import Marks, run_check
from bonelab.grading.exercise_source import ANSWER, CHECK, GIVEN, given_for_checks
from bonelab.grading.subject import NOTHING


class Marker:
    """The teacher's side of one exercise: the given cells have run, the check cells can."""

    def __init__(self, exercise, subject=NOTHING):
        self.exercise, self.subject = exercise, subject

    @cached_property
    def _names(self):
        """What the given cells define for the checks."""
        names = {"__name__": "check_cell"}
        with quiet():
            for cell in given_for_checks(self.exercise):
                exec(compile(cell.source, f"<{cell.id}>", "exec"), names)
        return names

    @cached_property
    def _codes(self):
        return {
            source: compile(source, f"<{cell.id}>", "exec")
            for cell in self.exercise.of_kind(CHECK)
            for source in (cell.source, cell.visible)
        }

    def mark(self, cell, answers, *, hidden, student="", key=""):
        """Run the check ``cell`` on ``answers``; return the finished check_tests.Check."""
        marks = Marks(answers, self.subject, student, key)
        source = cell.source if hidden else cell.visible
        names, codes = self._names, self._codes
        with quiet():
            return run_check(codes[source], source, names, marks)

    def warm_up(self):
        """Run the solution and its checks once: what the library remembers of its results, every
        fork of this process remembers as well. A solution that stops is told when it is needed."""
        namespace = {"__name__": "solution"}
        with contextlib.suppress(Exception), quiet():
            for cell in self.exercise.of_kind(GIVEN, ANSWER):
                exec(compile(cell.source, f"<{cell.id}>", "exec"), namespace)
        for cell in self.exercise.of_kind(CHECK):
            with contextlib.suppress(Exception):
                self.mark(cell, answers_in(namespace, self.subject), hidden=True)
        if pyplot := sys.modules.get("matplotlib.pyplot"):
            pyplot.close("all")
