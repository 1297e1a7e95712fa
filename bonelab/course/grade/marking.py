"""Run the check cells of an exercise, in a process where no learner's code ever runs."""

from bonelab.course import marks
from bonelab.course.answers import quiet
from bonelab.course.grade.source import ANSWER, CHECK, GIVEN, names_bound, names_read


class Marker:
    """The teacher's side of one exercise: the given cells have run, the check cells can."""

    def __init__(self, exercise):
        self.exercise = exercise
        self._namespace = {"__name__": "bonelab_checks"}
        with quiet():
            for cell in given_for_checks(exercise):
                exec(compile(cell.source, f"<{cell.id}>", "exec"), self._namespace)
        self._codes = {}
        for cell in exercise.of_kind(CHECK):
            for source in (cell.source, cell.visible):
                self._codes[source] = compile(source, f"<{cell.id}>", "exec")

    def mark(self, cell, answers, *, hidden, student="", key=""):
        """Run the check ``cell`` on ``answers``; return the finished marks.Check."""
        marks._grading.update(answers=answers, last=None, student=student, key=key)
        try:
            with quiet():
                code = self._codes[cell.source if hidden else cell.visible]
                exec(code, dict(self._namespace))
            check = marks._grading["last"]
        finally:
            marks._grading.update(answers=None, last=None, student="", key="")
        if check is None:
            raise ValueError(f"the check cell {cell.id} does not end in check.score()")
        return check


def given_for_checks(exercise):
    """The given cells that define what the checks read, without those that need an answer."""
    asked, usable = set(), []
    for cell in exercise.of_kind(ANSWER, GIVEN):
        if cell.kind == ANSWER or names_read(cell.source) & asked:
            asked |= names_bound(cell.source)
        else:
            usable.append(cell)
    needed = set().union(*(names_read(cell.source) for cell in exercise.of_kind(CHECK)))
    chosen = []
    for cell in reversed(usable):
        if names_bound(cell.source) & needed:
            chosen.append(cell)
            needed |= names_read(cell.source)
    return chosen[::-1]
