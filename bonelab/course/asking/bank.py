"""The questions of the lessons, read from ``bonelab/course/questions/lesson_N.toml``.

[[check]]
id = "1.2"                      # lesson, then number
objective = "1.1"               # the objective of the lesson that it assesses
question = "Which cell carries RANK?"
[[check.options]]
text = "the osteoclast precursor"
right = true                    # exactly one
feedback = "Why this matters: ..."
[[check.options]]
text = "the osteoblast"
feedback = "The misconception behind this answer, and what to look at again."

[[prediction]]
id = "1.1"
question = "How many days until half of the precursors have fused?"
low = 0                         # a number with a unit ...
high = 14
unit = "days"
# options = ["more", "fewer"]   # ... or options instead
# close = 0.5                   # how near counts as close, where a tenth of the truth will not do
# explain = "Because ..."       # said with the verdict
# sketches = [[0, 1, 2], [2, 1, 0]]   # a small unlabelled curve for each option: its heights

[[lab]]
id = "culture_dish"             # the name in bl.labs
notice = "What to look at in the picture."     # appears with it, when the question is answered
"""

import tomllib
from functools import cache
from pathlib import Path

from bonelab.parameters import BonelabError, listed, one_of
from bonelab.parameters.names import closest

FOLDER = Path(__file__).parents[1] / "questions"


@cache
def questions(lesson):
    """Checks and predictions of one lesson: ``{"check": {id: ...}, "prediction": {id: ...}}``."""
    path = FOLDER / f"lesson_{lesson}.toml"
    if not path.exists():
        raise BonelabError(f"lesson = {lesson!r} has no questions (no file {path.name}).")
    return read(path)


def read(path):
    """Read one file of questions and refuse what a reader could not use."""
    try:
        data = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BonelabError(f"{path} cannot be read: {error}") from None
    if fault := _key_fault(data, _FAULTS):
        raise BonelabError(f"{path}: {fault}")
    for kind in _FAULTS:
        entries = data.get(kind, [])
        if any("id" not in entry for entry in entries):
            raise BonelabError(f"{path}: a {kind} has no id")
        data[kind] = {entry["id"]: entry for entry in entries}
        if len(data[kind]) < len(entries):
            raise BonelabError(f"{path}: two {kind}s have the same id")
        for entry in entries:
            if fault := _key_fault(entry, _KEYS[kind]) or _FAULTS[kind](entry):
                raise BonelabError(f"{path}: {kind} {entry['id']}: {fault}")
    return data


def _key_fault(entry, known):
    """What is said of a key that nobody reads."""
    for key in entry:
        if key not in known:
            near = closest(key, {name: name for name in known})
            hint = f"did you mean {near[0]!r}?" if near else f"keys are {listed(known)}"
            return f"{key!r} is no key here; {hint}"
    return None


def _check_fault(entry):
    options = entry.get("options", [])
    for option in options:
        if fault := _key_fault(option, ("text", "right", "feedback")):
            return fault
    if not entry.get("question") or not entry.get("objective"):
        return "needs a question and the objective it assesses"
    if len(options) < 3:
        return "needs at least three options"
    if sum(bool(option.get("right")) for option in options) != 1:
        return "needs exactly one option with right = true"
    if not all(option.get("text") and option.get("feedback") for option in options):
        return "every option needs text and feedback"
    if len({option["text"] for option in options}) < len(options):
        return "two options have the same text"
    return None


def _prediction_fault(entry):
    if not entry.get("question"):
        return "needs a question"
    if entry.get("options"):
        if len(entry["options"]) < 2:
            return "needs at least two options"
        if "sketches" in entry and len(entry["sketches"]) != len(entry["options"]):
            return "needs a sketch for each option"
        return None
    if not {"low", "high", "unit"} <= set(entry) or not entry["low"] < entry["high"]:
        return "needs options, or a number with low < high and unit"
    return None


def _lab_fault(entry):
    return None if entry.get("notice") else "needs a notice"


_KEYS = {
    "check": ("id", "objective", "question", "options"),
    "prediction": (
        "id", "question", "low", "high", "unit", "options", "sketches", "close", "explain",
    ),
    "lab": ("id", "notice"),
}  # fmt: skip
_FAULTS = {"check": _check_fault, "prediction": _prediction_fault, "lab": _lab_fault}


@cache
def lab_words(name):
    """What the files of questions say about one lab: its entry, or an empty one."""
    for path in sorted(FOLDER.glob("lesson_*.toml")):
        entry = questions(path.stem.removeprefix("lesson_"))["lab"].get(name)
        if entry:
            return entry
    return {}


def question(kind, id):
    """One check or prediction by its id such as "1.2"; BonelabError says which there are."""
    lesson = str(id).partition(".")[0]
    entries = questions(lesson)[kind]
    return entries[one_of(f"{kind} id", str(id), entries)]
