"""Answers that are there and cannot be judged, because a name that they need was never made."""

import re

from bonelab.grading import comparison
from bonelab.grading.answer_exchange import MISSING, Blank
from bonelab.grading.number_reading import show

UNKNOWN = re.compile(r"^NameError: name '(\w+)' is not defined")


class Waiting(str):
    """Why an answer cannot be judged: it ``waits`` for names that were never made."""

    waits = ()


def _waiting_for(names, text):
    words = Waiting(text)
    words.waits = tuple(names)
    return words


def stopped_for_a_name(words, error):
    """``words`` on a cell that stopped with ``error``: perhaps for want of a name."""
    return _waiting_for(UNKNOWN.findall(str(error)), words)


def what_is_missing(names, values, given):
    """Why a part is not judged yet. Where it needs several names, such as an answer and the
    learner's own number, the words say which of them is not there, and that its cell is to be run.
    """
    empty = {n: v for n, v in zip(names, values, strict=True) if comparison.is_empty(v)}
    if all(name in empty for name in names if name not in given):
        own = {name: value for name, value in empty.items() if name not in given}
        return _why_not_yet(names, own, "not attempted yet.")
    # the answer is there, and something that it needs is not
    return _waiting_for(empty, _why_not_yet(names, empty, "not judged yet."))


def _why_not_yet(names, empty, words):
    name, blank = next(((n, v) for n, v in empty.items() if isinstance(v, Blank)), ("", ""))
    if blank:
        return f"{words} {blank.replace('in this cell', f'in the cell that makes {name}')}"
    if words.startswith("not attempted"):
        never = [name for name, value in empty.items() if value is MISSING]
        unrun = f" {never[0]} has not been made: run the cell of your answer." if never else ""
        return words + unrun
    unmade = [n for n, value in empty.items() if value is MISSING]
    if unmade:
        needs = f"{' and '.join(unmade)} has not been made: run its cell first."
    else:
        needs = f"{' and '.join(empty)} is still empty: fill it in, and run its cell."
    return f"not judged yet, because {needs}"


def judged_with(given, values, text):
    """With which number of the learner's own an answer was judged. A number that was changed after
    the answers had been worked out shows in no other way."""
    told = [
        f"{name} = {show(values[name])}"
        for name in given
        if name in values and f"{name} " not in text
    ]
    return f" (Judged with your {' and '.join(told)}.)" if told else ""
