"""Marks for exercises: one check, three uses.

A check cell reads as follows, and its last value is the number of marks::

    check = marks.check("1.2", points=3)
    check.number("half", 0.5, nudge={2.0: "That is the ratio turned over."}, right="Kd is ...")
    check.function("occupancy", [(1, 2), (0, 1)], lambda rankl, kd: rankl / (rankl + kd), points=2)
    check.score()

In the learner's notebook it is an instant self-check; nbgrader reads the number; ``bonelab grade``
runs the same cell in a process where no learner's code ever runs. In a notebook this module sees to
it that a check cell runs in a room of its own (see grading.check_cell), as it does when graded.
"""

import sys
from functools import cache

from bonelab.course.subject_for_grading import BONE
from bonelab.grading import blanks
from bonelab.grading.answer_exchange import Expression as expr
from bonelab.grading.answer_exchange import answers_in
from bonelab.grading.check_cell import Marks
from bonelab.grading.comparison import named as nudge
from bonelab.grading.comparison import when
from bonelab.grading.fingerprints import seal, seed
from bonelab.grading.home_checks import CheckCells, HomeChecks
from bonelab.grading.stopped_cells import StoppedCells

__all__ = ["check", "exam_seed", "expr", "nudge", "seal", "seed", "when"]

NOT_YET = (
    "This check uses {}, which a cell further up makes. Run the cells above it first "
    "(Run All Above Selected Cell in the menu Run), then this check again."
)
_stopped = StoppedCells()  # of the notebook that this process runs


def check(question, points, bonus=False):
    """Start the check of ``question`` (such as "1.2"), which is worth ``points`` in all; those of a
    ``bonus`` count beyond the total of the set."""
    return Marks(answers_in(_notebook(), BONE, _stopped), BONE).check(question, points, bonus)


def exam_seed(question):
    """A number for hidden tests, which differs per student and class key when work is graded."""
    return seed("", "", question)


def run_check(source):
    """Run a check cell of the notebook in a room of its own; its marks."""
    shell = _shell()
    cells_run = shell.history_manager.input_hist_raw if shell else ()
    try:
        check = _home().run(source, cells_run)
    except NameError as error:  # the check's own: an answer's error is told by the check
        print(NOT_YET.format(error.name))
        return 0.0
    _keep_first_try(check)
    return float(check.got)


def _keep_first_try(check):
    """Remember in the learner's own file how a part went when it was first tried: a class page can
    then say what was hard, where the learner hands that file in."""
    from bonelab.course.asking.answers_file import answers

    kept = answers()
    if check.tried and kept.get("parts", check.question) is None:
        seen = check.points - check.undecided
        entry = {"marks": check.got, "of": seen, "right": check.got >= seen}
        kept.put("parts", check.question, {**entry, "nudges": check.nudges})


@cache
def _home():
    return HomeChecks(BONE, _notebook(), _stopped)


def _notebook():
    """The names of the notebook that this process runs."""
    return vars(sys.modules["__main__"])


def _shell():
    """The notebook's IPython, or None."""
    module = sys.modules.get("IPython")
    return module.get_ipython() if module else None


def tell_blanks(words):
    """Say, in the place of a half-filled cell, which blanks it still has."""
    print(*words, sep="\n")


def _without_blanks(lines):
    """For IPython: a cell's lines, without what is still blank, which is told instead."""
    source, blank_parts = blanks.take_out("".join(lines))
    words = list(dict.fromkeys(one.words for one in blank_parts if one.is_blank))
    if not words:
        return lines
    call = f"__import__({__name__!r}, fromlist=['']).tell_blanks({words!r})"
    new_lines = source.splitlines(keepends=True) or ["\n"]
    at = blank_parts[0].first - 1
    new_lines[at : at + 1] = [call + "\n"]
    return new_lines


def _watch_check_cells(shell):
    if not any(isinstance(one, CheckCells) for one in shell.ast_transformers):
        shell.input_transformers_post.append(_without_blanks)
        shell.ast_transformers.append(CheckCells(f"{__name__}:run_check"))
        shell.events.register("post_run_cell", _note_how_it_ended)


def _note_how_it_ended(result):
    """An answer whose cell stopped with an error is not judged by its value from before."""
    error = result.error_before_exec or result.error_in_exec
    _stopped.ran(result.info.raw_cell, _notebook(), error)


if (_own := _shell()) is not None:
    _watch_check_cells(_own)
