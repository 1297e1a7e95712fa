"""``bonelab answers``: print or clear what was predicted and answered in the lessons."""

import argparse
import sys
from pathlib import Path


def main(argv):
    """Return 0; 2 for a file that is not there."""
    parser = argparse.ArgumentParser(prog="bonelab answers", description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, help="a file of answers (default: your own)")
    parser.add_argument("--clear", action="store_true", help="forget all answers, without asking")
    asked = parser.parse_args(argv)
    from bonelab.course.asking.answers_file import Kept, of_folder

    path = asked.file or of_folder(Path.cwd())
    if not path.is_file():
        print(f"bonelab answers: there are no answers yet (no file {path})", file=sys.stderr)
        return 2 if asked.file else 0
    kept = Kept(path)
    if asked.clear:
        kept.clear()
        print(f"bonelab answers: {path} is empty now")
    else:
        print(f"Answers kept in {path}", *lines(kept), sep="\n")
    if kept.trouble:
        print(kept.trouble, file=sys.stderr)
    return 0


def lines(kept):
    """What was predicted and answered, one question after the other."""
    for title, kind, tell in (
        ("Predictions", "predictions", _prediction),
        ("Checks", "checks", _check),
        ("Labs", "labs", _lab),
        ("Exercises, first try", "parts", _part),
    ):
        entries = kept.all(kind)
        if entries:
            yield from ("", title)
        for id in sorted(entries, key=_in_order):
            yield f"  {id}  {tell(entries[id])}"


def _in_order(id):
    lesson, _, number = id.partition(".")
    return (int(lesson), number) if lesson.isdigit() else (99, id)


def _part(entry):
    return f"{entry['marks']:g} of {entry['of']:g} marks"


def _prediction(entry):
    said = "skipped"
    if "answer" in entry:
        said = f"predicted {_value(entry, 'answer')}"
    if "run" in entry:
        said += f", the run gave {_value(entry, 'run')}"
    return f"{entry['question']}\n      {said}"


def _value(entry, name):
    from bonelab.course.asking.verdict import quantity

    value = entry[name]
    return f"“{value}”" if isinstance(value, str) else quantity(value, entry.get("unit", ""))


def _check(entry):
    *earlier, last = entry["choices"]
    said = f"“{last}” ({'right' if entry['right'] else 'not right yet'})"
    if earlier:
        said = f"first {', '.join(f'“{text}”' for text in earlier)}; then {said}"
    return f"{entry['question']}\n      {said}"


def _lab(entry):
    parts = [f"{name} = {value}" for name, value in entry.get("settings", {}).items()]
    said = f"left at {', '.join(parts)}" if parts else "left at its start"
    if "prediction" in entry:
        said = f"{_prediction(entry['prediction'])}\n      {said}"
    return said
