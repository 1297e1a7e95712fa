"""What to do with one file that was handed in, and which exercise it belongs to."""

import re

from bonelab.grading.matching import match
from bonelab.grading.notebook_file import Unreadable, read_notebook
from bonelab.grading.results import SubmissionResult

LOOK = "please look: "
UNTOUCHED = "untouched: nobody has worked on it"
NO_ANSWER = "no answer: not one part was attempted"
SOLUTION = f"{LOOK}this is the solution that a teacher has; it was not counted"


def plan_file(path, markers):
    """``(marker, plan, result)`` for the notebook at ``path``; marker is None where ``result``
    already says why nothing can be marked."""
    if path.is_dir():
        return None, None, SubmissionResult(status="no notebook in this folder")
    ending = path.suffix.lower()
    other = f"not a notebook: a file that ends in {clean(path.suffix)[:12] or 'nothing'}"
    if ending not in (".ipynb", ".json", ".txt"):  # some browsers add the latter two
        return None, None, SubmissionResult(status=other)
    try:
        notebook = read_notebook(path)
    except Unreadable as error:
        status = f"not a notebook: {error}" if ending == ".ipynb" else other
        return None, None, SubmissionResult(status=status)
    names = {cell.grade_id for cell in notebook.cells}
    named = [m for m in markers if names & {cell.id for cell in m.exercise.items}]
    plans = [(marker, match(marker.exercise, notebook.cells)) for marker in named or markers]
    marker, plan = max(plans, key=lambda pair: (pair[1].belongs, pair[1].matched))
    if not (plan.belongs and plan.matched):
        return None, None, SubmissionResult(status="none of these exercises")
    if plan.is_solution:
        return None, None, SubmissionResult(status=SOLUTION)
    plan.remarks[:0] = notebook.remarks
    if notebook.language != "python":
        language = notebook.language[:20]
        plan.remark(f"the notebook says its language is {language!r}; it was run as Python")
    return marker, plan, SubmissionResult(marker.exercise.name, untouched=plan.untouched)


def clean(text):
    """Without addresses (they change from run to run) and without control characters."""
    text = re.sub(r"0x[0-9a-f]{6,}", "0x...", text).encode("utf-8", "replace").decode("utf-8")
    return "".join(c for c in text if c.isprintable() or c in "\n\t")
