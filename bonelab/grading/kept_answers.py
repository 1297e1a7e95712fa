"""The file ``answers.json`` in which a learner's predictions and choices were kept, with care.

It comes from students, so nothing in it is trusted: only numbers, and texts that several gave.
"""

import json
import math
from collections import Counter
from dataclasses import dataclass, field

from bonelab.grading.notebook_file import Unreadable, read_bytes

NAME = "answers.json"
LONGEST = 160  # characters of a question or an option
MOST_ENTRIES = 500


@dataclass
class Asked:
    """What a class answered to one question of a lesson."""

    question: str = ""
    unit: str = ""
    numbers: list[float] = field(default_factory=list)
    options: Counter = field(default_factory=Counter)
    skipped: int = 0
    right: int = 0  # learners whose latest choice is right
    run: Counter = field(default_factory=Counter)  # what the run gave

    @property
    def learners(self):
        return len(self.numbers) + self.options.total() + self.skipped


def read(path):
    """The content of one file, or {} if it is none."""
    try:
        data = json.loads(read_bytes(path).decode("utf-8"))
    except (Unreadable, ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) and data.get("schema") == 1 else {}


def collect(files):
    """``{"predictions": {id: Asked}, "checks": {id: Asked}}`` over the contents of many files."""
    found = {"predictions": {}, "checks": {}}
    for data in files:
        for kind, add in (("predictions", _add_prediction), ("checks", _add_check)):
            entries = data.get(kind)
            for name, entry in list(entries.items())[:MOST_ENTRIES] if _table(entries) else ():
                if _table(entry):
                    asked = found[kind].setdefault(str(name)[:12], Asked())
                    asked.question = asked.question or _text(entry.get("question"))
                    add(asked, entry)
    return found


def _add_prediction(asked, entry):
    answer, run = entry.get("answer"), entry.get("run")
    if entry.get("skipped"):
        asked.skipped += 1
    elif _number(answer):
        asked.numbers.append(float(answer))
        asked.unit = asked.unit or _text(entry.get("unit"))
    elif isinstance(answer, str):
        asked.options[_text(answer)] += 1
    if _number(run):
        asked.run[float(run)] += 1
    elif isinstance(run, str):
        asked.run[_text(run)] += 1


def _add_check(asked, entry):
    choices = entry.get("choices")
    if isinstance(choices, list) and choices and isinstance(choices[0], str):
        asked.options[_text(choices[0])] += 1
        asked.right += entry.get("right") is True


def _table(value):
    return isinstance(value, dict)


def _number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _text(value):
    text = "".join(c for c in str(value or "") if c.isprintable())
    return " ".join(text.split())[:LONGEST]
