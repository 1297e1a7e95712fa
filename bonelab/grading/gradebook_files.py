"""The files of a gradebook: results.json, grades.csv, essays.csv, corrections.csv, and back."""

import csv
import io
import json
from pathlib import Path

from bonelab.grading import kept_answers
from bonelab.grading.gradebook import Gradebook, HumanMark, mark_of
from bonelab.grading.spreadsheet_text import number, table, unguard

ANSWERS = "answers_of_the_class.json"
Q = "Q"  # Q1.7 is question 1.7, which a spreadsheet might take for a number or a day in July
ESSAY_COLUMNS = ["student", "question", "answer", "rubric", "marks", "out of", "comment"]
CORRECTION_COLUMNS = ["student", "question", "marks", "comment"]


class BadMarks(ValueError):
    """A table holds something that is no mark; the message says where."""


def write_results(folder, book):
    text = json.dumps(book.to_plain(), indent=1, ensure_ascii=False, sort_keys=True)
    Path(folder, "results.json").write_text(text + "\n", encoding="utf-8")


def read_results(folder):
    path = Path(folder, "results.json")
    try:
        return Gradebook.from_plain(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError):
        raise BadMarks(
            f"{path} is not a gradebook of this version; grade the class again into a new folder"
        ) from None


def write_answers(folder, answers):
    """What a class answered in the lessons (see kept_answers), for the class page."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    plain = kept_answers.to_plain(answers)
    text = json.dumps(plain, indent=1, ensure_ascii=False, sort_keys=True)
    (folder / ANSWERS).write_text(text + "\n", encoding="utf-8")


def read_answers(folder):
    path = Path(folder, ANSWERS)
    if not path.is_file():
        return kept_answers.collect([])
    try:
        return kept_answers.from_plain(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError):
        raise BadMarks(f"{path} is not of this version; grade the class again") from None


def grades_csv(book):
    """One row per student, one column per question; essays stay empty until they are marked."""
    ids = sorted({name for student in book.students.values() for name in student.ids})
    bonus = ["bonus", "bonus out of"] if any(item.bonus for item in book.items) else []
    columns = ["student", *ids, "total", "out of", *bonus, "still to mark", "late", "status"]
    columns += [column for question in book.questions for column in _columns(question)]
    columns.append("remarks")
    rows = []
    for name, student in book.students.items():
        row = {"student": name, **student.ids}
        row["total"] = number(book.total(student))
        row["out of"] = number(sum(q.points for q in book.own_questions(student)))
        if bonus:
            row |= zip(bonus, map(number, book.bonus(student)), strict=True)
        row["still to mark"] = " ".join(Q + item.item for item in book.waiting(student))
        row["late"] = "; ".join(
            f"{entry.late_days} d: {entry.share:.0%}" for entry in student.sets if entry.late_days
        )
        row["status"] = "; ".join(entry.status for entry in student.sets)
        for question in book.questions:
            marks = [mark_of(question, student)] if not question.is_bonus else []
            marks += [student.mark(item.item) for item in question.bonus_items]
            shown = ["" if mark is None else number(mark) for mark in marks]
            row |= zip(_columns(question), shown, strict=True)
        remarks = [remark for entry in student.sets for remark in entry.remarks]
        remarks += [
            f"{Q}{item} corrected from {number(student.automatic(item))} to {number(by_hand.marks)}"
            for item, by_hand in student.human.items()
            if student.corrected(item)
        ]
        row["remarks"] = "; ".join(remarks)
        rows.append(row)
    return table(rows, columns)


def _columns(question):
    columns = [Q + question.question] if not question.is_bonus else []
    return columns + [f"{Q}{item.item} bonus" for item in question.bonus_items]


def essays_csv(book):
    """One row per essay, with its rubric, and what a human has written there so far."""
    rows = [
        {
            **_human_row(name, student, item),
            "answer": student.essays[item.item],
            "rubric": "\n".join(f"{number(marks)}: {words}" for marks, words in item.rubric),
            "out of": number(item.points),
        }
        for name, student in book.students.items()
        for item in book.items
        if item.rubric and student.essays.get(item.item)
    ]
    return table(rows, ESSAY_COLUMNS)


def corrections_csv(book):
    """The teacher's marks and comments for what the grader marked."""
    rows = [
        _human_row(name, student, item)
        for name, student in book.students.items()
        for item in book.items
        if not item.rubric and item.item in student.human
    ]
    return table(rows, CORRECTION_COLUMNS)


def _human_row(name, student, item):
    by_hand = student.human.get(item.item, HumanMark())
    mark = "" if by_hand.marks is None else number(by_hand.marks)
    return {"student": name, "question": Q + item.item, "marks": mark, "comment": by_hand.comment}


def read_human_marks(text, book, name):
    """What a human wrote into the table ``name``: {(student, item): HumanMark}."""
    points = {item.item: item.points for item in book.items}
    by_answer = {}
    text = text.removeprefix("\ufeff")
    delimiter = ";" if text.splitlines()[:1] and ";" in text.splitlines()[0] else ","
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    if missing := {"student", "question", "marks"} - set(rows.fieldnames or ()):
        raise BadMarks(f"{name} has lost its column {sorted(missing)[0]!r}")
    for row in rows:
        if not any(row[column] for column in ("student", "question", "marks")):
            continue  # an empty line, as spreadsheets leave them
        student, question = unguard(row["student"] or ""), (row["question"] or "").strip()
        question = question.removeprefix(Q)
        where = f"{name}, line {rows.line_num} ({student}, {question})"
        student = _known(student, book.students)
        if not student or question not in points:
            raise BadMarks(f"{where}: no such student or question was graded")
        mark = _mark(row["marks"], points[question], where)
        by_answer[student, question] = HumanMark(mark, unguard(row.get("comment") or ""))
    return by_answer


def _mark(text, most, where):
    text = (text or "").strip().replace(",", ".")
    try:
        mark = float(text) if text else None
    except ValueError:
        raise BadMarks(f"{where}: {text!r} is not a number of marks") from None
    if mark is not None and not 0 <= mark <= most:
        raise BadMarks(f"{where}: {text} is not between 0 and {number(most)}")
    return mark


def _known(name, students):
    """The student of this name; a spreadsheet may have dropped the zeros of a number."""
    if name in students:
        return name
    alike = [one for one in students if one.isdecimal() and one.lstrip("0") == name]
    return alike[0] if len(alike) == 1 else None


def merge(book, human):
    """Put a human's marks into ``book`` (in place), instead of those that are there."""
    for student in book.students.values():
        student.human = {}
    for (name, item), by_hand in human.items():
        if by_hand.marks is not None or by_hand.comment:
            book.students[name].human[item] = by_hand
