"""The gradebook: results.json, grades.csv, essays.csv, and the marks that a human gives."""

import csv
import io
import json
import re
from pathlib import Path

from bonelab.course.grade.gradebook import mark_of, own_questions, waiting

# Where a cell may begin (also for a spreadsheet that parts cells at ";" or tabs), and a formula.
SIGN = r"[=+\-@|%'\uff1d\uff0b\uff0d\uff20]"
START = rf"(^{{0}}(?=[ \n\t]*{SIGN})|[;\n\t]{{0}}(?= *{SIGN}))"
Q = "Q"  # Q1.7 is question 1.7, which a spreadsheet might take for a number or a day in July
ESSAY_COLUMNS = ["student", "question", "answer", "rubric", "marks", "out of", "comment"]


class BadMarks(ValueError):
    """essays.csv holds something that is no mark; the message says where."""


def write_results(folder, book):
    """``book``: {"questions": [...], "students": {name: {...}}}, the whole state of a grading."""
    text = json.dumps(book, indent=1, ensure_ascii=False, sort_keys=True)
    Path(folder, "results.json").write_text(text + "\n", encoding="utf-8")


def read_results(folder):
    return json.loads(Path(folder, "results.json").read_text(encoding="utf-8"))


def grades_csv(book):
    """One row per student, one column per question; essays stay empty until they are marked."""
    header = ["student", "total", "out of", "still to mark", "status"]
    rows = [[*header, *(Q + q["question"] for q in book["questions"]), "remarks"]]
    for name, student in sorted(book["students"].items()):
        marks = [mark_of(question, student) for question in book["questions"]]
        own = own_questions(student, book["questions"])
        rows.append(
            [
                name,
                _number(sum(mark for mark in marks if mark is not None)),
                _number(sum(q["points"] for q in own)),
                " ".join(Q + item for item in waiting(student, book["questions"])),
                "; ".join(entry["status"] for entry in student["sets"]),
                *("" if mark is None else _number(mark) for mark in marks),
                "; ".join(remark for entry in student["sets"] for remark in entry["remarks"]),
            ]
        )
    return _csv(rows)


def essays_csv(book):
    """One row per essay, with its rubric, and what a human has written there so far."""
    rows = [ESSAY_COLUMNS]
    for name, student in sorted(book["students"].items()):
        for item in _items(book):
            answer = student["essays"].get(item["item"])
            if item["rubric"] and answer:
                human = student["human"].get(item["item"], {})
                mark = human.get("marks")
                rows.append(
                    [
                        name,
                        Q + item["item"],
                        answer,
                        "\n".join(f"{_number(m)}: {words}" for m, words in item["rubric"]),
                        "" if mark is None else _number(mark),
                        _number(item["points"]),
                        human.get("comment", ""),
                    ]
                )
    return _csv(rows)


def _items(book):
    return [item for question in book["questions"] for item in question["items"]]


def read_essay_marks(text, book):
    """What a human wrote into essays.csv: {(student, item): {"marks", "comment"}}."""
    points = {item["item"]: item["points"] for item in _items(book)}
    found = {}
    delimiter = ";" if text.splitlines()[:1] and ";" in text.splitlines()[0] else ","
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    if missing := {"student", "question", "marks"} - set(rows.fieldnames or ()):
        raise BadMarks(f"essays.csv has lost its column {sorted(missing)[0]!r}")
    for row in rows:
        if not any(row[column] for column in ("student", "question", "marks")):
            continue  # an empty line, as spreadsheets leave them
        student, question = unguard(row["student"] or ""), (row["question"] or "").strip()
        question = question.removeprefix(Q)
        where = f"essays.csv, line {rows.line_num} ({student}, {question})"
        student = _known(student, book["students"])
        if not student or question not in points:
            raise BadMarks(f"{where}: no such student or question was graded")
        text = (row["marks"] or "").strip().replace(",", ".")
        try:
            mark = float(text) if text else None
        except ValueError:
            raise BadMarks(f"{where}: {text!r} is not a number of marks") from None
        if mark is not None and not 0 <= mark <= points[question]:
            raise BadMarks(f"{where}: {text} is not between 0 and {_number(points[question])}")
        comment = unguard(row.get("comment") or "")
        found[student, question] = {"marks": mark, "comment": comment}
    return found


def _known(name, students):
    """The student of this name; a spreadsheet may have dropped the zeros of a number."""
    if name in students:
        return name
    alike = [one for one in students if one.isdecimal() and one.lstrip("0") == name]
    return alike[0] if len(alike) == 1 else None


def merge(book, human):
    """Put a human's marks into ``book`` (in place)."""
    for (student, item), entry in human.items():
        record = book["students"][student]
        if entry["marks"] is None and not entry["comment"]:
            record["human"].pop(item, None)
        else:
            record["human"][item] = entry
        if item in record["marks"] and (entry["marks"] is not None or item in record["essays"]):
            record["marks"][item] = entry["marks"]


# ---- CSV that a spreadsheet cannot mistake for formulas -------------------------------------


def _csv(rows):
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([[guard(value) for value in row] for row in rows])
    return "\ufeff" + out.getvalue()  # the mark makes Excel read UTF-8


def guard(value):
    """Text that a spreadsheet would run as a formula gets an apostrophe in front."""
    if not isinstance(value, str):
        return value
    value = value.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return re.sub(START.format(""), r"\1'", value)


def unguard(value):
    return re.sub(START.format("'"), lambda found: found[0][:-1], value)


def _number(value):
    return int(value) if float(value).is_integer() else round(value, 4)
