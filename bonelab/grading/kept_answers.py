"""The file ``answers.json`` in which a learner's predictions and choices were kept, with care.

It comes from students, so nothing in it is trusted: of texts only those count that the course
itself asks or offers (without its questions at hand, those that several learners gave), and nothing
tells who gave which answer.
"""

import json
import math
from collections import Counter
from dataclasses import dataclass, field

from bonelab.grading.notebook_file import Unreadable, read_bytes

NAME = "answers.json"
LONGEST = 160  # characters of a question or an option
MOST_ENTRIES = 500
COUNTERS = {"run", "options", "struck"}
KINDS = ("predictions", "checks")


@dataclass
class Asked:
    """What a class answered to one question of a lesson."""

    question: str = ""
    unit: str = ""
    low: float | None = None  # the range that was asked for
    high: float | None = None
    right_option: str = ""
    numbers: list[float] = field(default_factory=list)
    options: Counter = field(default_factory=Counter)
    skipped: int = 0
    right: int = 0  # learners whose latest choice is right
    run: Counter = field(default_factory=Counter)  # what the run gave

    @property
    def learners(self):
        return len(self.numbers) + self.options.total() + self.skipped


@dataclass
class FirstTry:
    """How a part of an exercise went when it was first checked, where learners said so."""

    learners: int = 0
    right: int = 0
    struck: Counter = field(default_factory=Counter)  # misconceptions that were mended afterwards


def read(path):
    """The content of one file, or {} if it is none."""
    try:
        data = json.loads(read_bytes(path).decode("utf-8"))
    except (Unreadable, ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) and data.get("schema") == 1 else {}


def collect(files, asked=None):
    """``{"files": n, "predictions": {id: Asked}, "checks": {id: Asked}}`` over the contents of many
    files. ``asked(kind, id)`` tells the question as the course has it (see
    subject.TaughtSubject)."""
    files = [data for data in files if data]
    gathered = {"files": len(files), "predictions": {}, "checks": {}}
    for kind in KINDS:
        entries = [pair for data in files for pair in _entries(data, kind)]
        for name in sorted({name for name, _ in entries}):
            of_this = [entry for other, entry in entries if other == name]
            known = asked(kind, name) if asked else None
            if known is not None or not asked:
                gathered[kind][name] = _gather(of_this, known, kind)
    return gathered


def _entries(data, kind):
    entries = data.get(kind)
    for name, entry in list(entries.items())[:MOST_ENTRIES] if _is_table(entries) else ():
        if _is_table(entry):
            yield str(name)[:12], entry


def _gather(entries, known, kind):
    add = _add_prediction if kind == "predictions" else _add_check
    one = Asked()
    for entry in entries:
        add(one, entry)
    if known:
        one.question, one.unit = known["question"], known.get("unit", "")
        one.low, one.high = known.get("low"), known.get("high")
        one.right_option = known.get("right", "")
        texts = {_text(option): option for option in known["options"]}
        one.options = Counter({texts[t]: n for t, n in one.options.items() if t in texts})
        if one.low is not None:
            one.numbers = [n for n in one.numbers if one.low <= n <= one.high]
    else:
        one.question = _agreed(entry.get("question") for entry in entries)
        one.unit = _agreed(entry.get("unit") for entry in entries)
        one.options = Counter({text: n for text, n in one.options.items() if n > 1})
    return one


def _agreed(texts):
    """The text that most of several learners' files have."""
    [(text, count)] = Counter(map(_text, texts)).most_common(1) or [("", 0)]
    return text if count > 1 else ""


def _add_prediction(asked, entry):
    answer, run = entry.get("answer"), entry.get("run")
    if entry.get("skipped"):
        asked.skipped += 1
    elif _is_number(answer):
        asked.numbers.append(float(answer))
    elif isinstance(answer, str):
        asked.options[_text(answer)] += 1
    if _is_number(run):
        asked.run[float(run)] += 1
    elif isinstance(run, str):
        asked.run[_text(run)] += 1


def _add_check(asked, entry):
    choices = entry.get("choices")
    if isinstance(choices, list) and choices and isinstance(choices[0], str):
        asked.options[_text(choices[0])] += 1
        asked.right += entry.get("right") is True


def first_tries(files, in_the_end, names):
    """``{item: FirstTry}`` from ``[(learner, content of the file)]``. ``in_the_end`` tells the
    misconceptions in the work that a learner handed in, ``{(learner, item): {name}}``; ``names``
    are those that the exercises know. Misconceptions that were mended before are counted here."""
    tries = {}
    for learner, data in files:
        for item, entry in _entries(data, "parts"):
            one = tries.setdefault(item, FirstTry())
            one.learners += 1
            one.right += entry.get("right") is True
            nudged = entry.get("nudges")
            nudged = {_text(name) for name in nudged[:20]} if isinstance(nudged, list) else set()
            one.struck.update((nudged & names) - in_the_end.get((learner, item), set()))
    return tries


def to_plain(answers):
    """As JSON-ready data."""
    plain = {"files": answers["files"]}
    for kind in (*KINDS, "parts"):
        plain[kind] = {
            name: {
                field: list(value.items()) if isinstance(value, Counter) else value
                for field, value in vars(one).items()
            }
            for name, one in answers.get(kind, {}).items()
        }
    return plain


def from_plain(plain):
    answers = {"files": plain["files"]}
    for kind in (*KINDS, "parts"):
        made = FirstTry if kind == "parts" else Asked
        answers[kind] = {}
        for name, one in plain[kind].items():
            answers[kind][name] = made(**one)
            for counts in COUNTERS & one.keys():
                setattr(answers[kind][name], counts, Counter(dict(one[counts])))
    return answers


def _is_table(value):
    return isinstance(value, dict)


def _is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _text(value):
    text = "".join(c for c in str(value or "") if c.isprintable())
    return " ".join(text.split())[:LONGEST]
