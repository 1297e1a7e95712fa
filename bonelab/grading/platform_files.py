"""Marks in the files that learning platforms read: the platform's own export, filled in.

Known by their columns: Moodle's offline grading worksheet ("Identifier", "Grade", ...), Canvas's
gradebook ("Student", "ID", ..., "Section"), and any list of people with an e-mail address, an ID
number or a user name, as Moodle's grade import reads it. All that a platform wrote stays as it was.
"""

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

from bonelab.grading.spreadsheet_text import guard, number
from bonelab.grading.students import printable

# Moodle's own names of columns; a worksheet in another language has other ones in these places.
IDENTIFIER, GRADE, FEEDBACK = "Identifier", "Grade", "Feedback comments"
WORKSHEET = [
    *(IDENTIFIER, "Full name", "Status", GRADE, "Maximum Grade", "Grade can be changed"),
    *("Last modified (submission)", "Last modified (grade)", FEEDBACK),
]
CANVAS = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
PEOPLE = ("email address", "email", "e-mail", "id number", "idnumber", "username", "user name")
NAMES = ("full name", "name", "student")


class UnknownTable(ValueError):
    """A file that is no export of a platform's; the message says what was looked for."""


@dataclass(frozen=True)
class Filled:
    """A table that was filled in: its text, and whose rows or marks found no partner."""

    text: str
    filled: int
    without_mark: list[str]
    without_row: list[str]


def fill(path, book, *, exercise="", column=""):
    """The export at ``path`` with the marks of ``book`` (of one exercise set, or all) in it, in
    ``column`` or the place where the platform looks for it."""
    rows, delimiter, mark = _read(Path(path))
    header = rows[0]
    known = list(dict.fromkeys(question.exercise for question in book.questions))
    if exercise and exercise not in known:
        raise UnknownTable(f"no set {exercise!r} was graded here; there is {', '.join(known)}")
    marks = {name: _total(book, student, exercise) for name, student in book.students.items()}
    if (IDENTIFIER in header and GRADE in header) or _is_worksheet(rows):
        if column and column not in header:
            raise UnknownTable(f"{path} has no column {column!r}; it has {', '.join(header)}")
        wanted = column or GRADE
        place = header.index(wanted) if wanted in header else _grade_place(header)
        owners = [_participant(row[0]) for row in rows]
        people = _by_id(book, "Moodle participant")
        start = 1
    elif header[0].endswith("Student") and header[1:2] == ["ID"]:
        place = _column(rows, column or _title(book, exercise))
        owners = [row[1] if len(row) > 1 else "" for row in rows]
        people = _by_id(book, "Canvas user")
        start = 1 + sum("Points Possible" in row[0] or not any(row) for row in rows[1:4] if row)
    elif any(name.lower() in PEOPLE + NAMES for name in header):
        place = _column(rows, column or GRADE)
        owners, people, start = [""] * len(rows), {}, 1
    else:
        raise UnknownTable(
            f"{path} has none of the columns of Moodle or Canvas: {IDENTIFIER} and {GRADE}; Student"
            " and ID; or Email address, ID number, Username or Full name"
        )
    names = _by_name(book)
    met, without_mark, filled = set(), [], 0
    for row, owner in list(zip(rows, owners, strict=True))[start:]:
        row += [""] * (place + 1 - len(row))
        student = people.get(owner) or _named(row, header, names)
        if student is None:
            without_mark.append(printable(" ".join(row[:2])))
            continue
        met.add(student)
        if marks[student] is not None:
            row[place] = str(number(marks[student]))
            filled += 1
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    missing = [name for name, value in marks.items() if name not in met and value is not None]
    return Filled(mark + out.getvalue(), filled, without_mark, missing)


def worksheet(book, exercise):
    """A Moodle worksheet of our own, for students whose folders carry Moodle's numbers."""
    rows = [WORKSHEET]
    for name, student in book.students.items():
        total = _total(book, student, exercise)
        if "Moodle participant" in student.ids and total is not None:
            most = number(_most(book, exercise))
            identifier = f"Participant {student.ids['Moodle participant']}"
            rows.append([identifier, guard(name), "", number(total), most, "Yes", "-", "-", ""])
    return _text(rows)


def canvas(book, exercise):
    """A Canvas gradebook of our own, for students whose files carry Canvas's numbers."""
    title = _title(book, exercise)
    rows = [
        [*CANVAS, title],
        ["    Points Possible", "", "", "", "", number(_most(book, exercise))],
    ]
    for name, student in book.students.items():
        total = _total(book, student, exercise)
        if "Canvas user" in student.ids and total is not None:
            rows.append([guard(name), student.ids["Canvas user"], "", "", "", number(total)])
    return _text(rows)


def _text(rows):
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def _read(path):
    content = path.read_bytes()
    mark = "\ufeff" if content.startswith(b"\xef\xbb\xbf") else ""
    text = content.decode("utf-8-sig", "replace")
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    if not rows or len(rows[0]) < 2:
        raise UnknownTable(f"{path} is no table with columns")
    return rows, delimiter, mark


def _is_worksheet(rows):
    """In any language: the first column ends in the participant's number, row by row."""
    return len(rows[0]) >= 6 and all(re.search(r"\D\d+$", row[0]) for row in rows[1:] if row)


def _grade_place(header):
    """Where a worksheet in another language has the marks: before the highest mark there can be,
    which comes before "may be changed" and the two dates."""
    return max(1, len(header) - 6) if len(header) >= 8 else 3


def _participant(text):
    digits = re.search(r"(\d+)$", text)
    return digits[1] if digits else ""


def _column(rows, wanted):
    """Where the column is; a new one at the end, if there is none of this name."""
    header = rows[0]
    bare = [re.sub(r"\s*\(\d+\)$", "", name) for name in header]
    for names in (header, bare):
        if wanted in names:
            return names.index(wanted)
    for row in rows:
        row += [""] * (len(header) - len(row))
    header.append(wanted)
    return len(header) - 1


def _by_id(book, kind):
    return {one.ids[kind]: name for name, one in book.students.items() if kind in one.ids}


def _by_name(book):
    """Every way to write a student's name that is one student's only -> the student."""
    ways = {}
    for name, student in book.students.items():
        for way in {name, *student.ids.values()}:
            ways.setdefault(_folded(way), set()).add(name)
    return {way: students.pop() for way, students in ways.items() if len(students) == 1}


def _named(row, header, names):
    """The student whose name, e-mail address or user name stands in a row."""
    cells = {name.strip().lower().lstrip("\ufeff"): value for name, value in zip(header, row)}  # noqa: B905
    first, last = (cells.get(n, "") for n in ("first name", "surname"))
    last = last or cells.get("last name", "")
    tried = [value for name, value in cells.items() if name in PEOPLE + NAMES]
    tried += [value.partition("@")[0] for value in tried if "@" in value]
    tried += [f"{first} {last}", f"{last} {first}"] if first and last else []
    for value in tried:
        if "," in value:
            tried.append(" ".join(reversed([part.strip() for part in value.split(",", 1)])))
    return next((names[_folded(value)] for value in tried if _folded(value) in names), None)


def _folded(name):
    """Letters and digits alone: Canvas writes names without blanks, spreadsheets with more."""
    return "".join(c for c in printable(name).casefold() if c.isalnum())


def _questions(book, exercise):
    return [q for q in book.questions if not exercise or q.exercise == exercise]


def _most(book, exercise):
    return sum(question.points for question in _questions(book, exercise))


def _total(book, student, exercise):
    """A student's marks for one set or all, without a bonus, or None for somebody who handed in
    nothing of it."""
    shared = [q for q in book.own_questions(student) if q in _questions(book, exercise)]
    return book.total(student, shared) if shared else None


def _title(book, exercise):
    for student in book.students.values():
        for entry in student.sets:
            if entry.exercise and entry.exercise == exercise:
                return entry.title
    return "Exercises"
