"""What is said of a whole submission: its status, and the remarks on what was odd or is missing."""

import re
from dataclasses import dataclass

from bonelab.grading import comparison
from bonelab.grading.answer_exchange import LearnerError
from bonelab.grading.check_tests import EMPTY
from bonelab.grading.exercise_source import ANSWER, CHECK, Exercise
from bonelab.grading.names_in_code import names_bound
from bonelab.grading.submission_plan import LOOK, NO_ANSWER, UNTOUCHED, clean

QUOTED = re.compile(r"[\"'](\w+)[\"']")


@dataclass(frozen=True)
class Asked:
    """An exercise, and the names that hidden tests asked for in vain: ``{item: names}``."""

    exercise: Exercise
    in_vain: dict


def sum_up(result, plan, *, stopped, broken, errors, left_out, asked):
    """Put status, errors and remarks into ``result``. ``stopped`` says how the notebook ended, or
    is empty; ``left_out`` tells the steps that ended its process."""
    result.status = stopped or "graded"
    if broken and not stopped:
        result.status = f"{LOOK}a check of the solution is broken"
    for item, words in errors.items():
        if item in result.items:
            result.items[item].errors = words
    result.attempted = bool(stopped) or _has_an_answer(result, plan, asked.exercise)
    if result.status == "graded" and result.has_no_answer:
        result.status = UNTOUCHED if result.untouched else NO_ANSWER
    unmade = [_in_words(*one) for one in never_made(result.items, asked).items()]
    skipped = [(plan.steps[position].label, why) for position, why in left_out.items()]
    more = [f"{label}: the code {why}, and was left out" for label, why in skipped]
    result.remarks = [clean(remark) for remark in dict.fromkeys([*unmade, *plan.remarks, *more])]


def _has_an_answer(result, plan, exercise):
    """Is there any, right or wrong? A cell that stopped, or waits for a name, is one."""
    checked = [result.items[cell.item] for cell in exercise.of_kind(CHECK)]
    return any(plan.essays.values()) or any(
        item.errors
        or any(one.outcome != EMPTY or one.waits for one in item.findings)
        or not item.findings
        for item in checked
    )


def names_asked(exercise):
    """All names that the answer cells of an exercise make."""
    return set().union(*(names_bound(cell.source) for cell in exercise.of_kind(ANSWER)))


def asked_in_vain(check, exercise, answers):
    """Names that the hidden tests of a check ask for, that its visible tests do not, and that were
    never made."""
    if not check.has_hidden_tests:
        return []
    hidden = set(QUOTED.findall(check.source)) - set(QUOTED.findall(check.visible))
    return [name for name in sorted(hidden & names_asked(exercise)) if _is_missing(name, answers)]


def _is_missing(name, answers):
    try:
        return comparison.is_empty(answers.get(name))
    except LearnerError:
        return True
    except Exception:  # something is there that cannot be read as plain data
        return False


def never_made(items, asked):
    """``{name: {item: marks}}`` for each name that an answer waits for, which is itself there."""
    known, waiting = names_asked(asked.exercise), {}
    for check in asked.exercise.of_kind(CHECK):
        result, marks = items[check.item], {}
        for finding in result.findings:
            for name in set(finding.waits) & known:
                marks[name] = marks.get(name, 0) + finding.points
        if not result.untried:
            marks = dict.fromkeys(asked.in_vain.get(check.item, ()), 0) | marks
        for name, points in marks.items():
            waiting.setdefault(name, {})[check.item] = points + result.hidden_points
    worth = {
        name: {item: points for item, points in marks.items() if points}
        for name, marks in sorted(waiting.items())
    }
    return {name: marks for name, marks in worth.items() if marks}


def _in_words(name, marks):
    """ "my_number was never made, so 15 marks could not be judged (1.1a, 1.1b)"."""
    total = sum(marks.values())
    lost = f"{total:g} mark{'s' * (total != 1)} could not be judged"
    return f"{name} was never made, so {lost} ({', '.join(marks)})"
