"""Run the check cells of an exercise, in a process where no learner's code ever runs."""

from bonelab.grading.answer_exchange import quiet
from bonelab.grading.check_cell import Marks, run_check
from bonelab.grading.exercise_source import CHECK, given_for_checks
from bonelab.grading.subject import NOTHING


class Marker:
    """The teacher's side of one exercise: the given cells have run, the check cells can."""

    def __init__(self, exercise, subject=NOTHING):
        self.exercise, self.subject = exercise, subject
        self._names = {"__name__": "check_cell"}
        with quiet():
            for cell in given_for_checks(exercise):
                exec(compile(cell.source, f"<{cell.id}>", "exec"), self._names)
        self._codes = {}
        for cell in exercise.of_kind(CHECK):
            for source in (cell.source, cell.visible):
                self._codes[source] = compile(source, f"<{cell.id}>", "exec")

    def mark(self, cell, answers, *, hidden, student="", key=""):
        """Run the check ``cell`` on ``answers``; return the finished check_tests.Check."""
        marks = Marks(answers, self.subject, student, key)
        source = cell.source if hidden else cell.visible
        with quiet():
            return run_check(self._codes[source], source, self._names, marks)
