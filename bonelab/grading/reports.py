"""One report per student, as HTML and as text: marks, what each visible test said, nothing hidden.

What is wrong comes first. All words of a student are shown as words: nothing of a submission is
rendered.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from bonelab.grading.check_tests import EMPTY, ERROR, RIGHT, SIGNS, WRONG
from bonelab.grading.gradebook import mark_of
from bonelab.grading.html_templates import template
from bonelab.grading.learner_drawing import picture
from bonelab.grading.matching import SEALS_USED, WORD_FOR_WORD
from bonelab.grading.submission_plan import LOOK, SOLUTION

MEANINGS = {RIGHT: "right", WRONG: "not right", EMPTY: "not attempted", ERROR: "your code stopped"}
LEGEND = [f"{SIGNS[outcome]} {words}" for outcome, words in MEANINGS.items()]
FOR_THE_TEACHER = (WORD_FOR_WORD, SEALS_USED)  # remarks to look into, and to speak about
NOT_COUNTED = "this file was not counted; please speak with your teacher"
BONUS = "Bonus, beyond the total"
RESERVED = {"con", "prn", "aux", "nul", *(f"{n}{i}" for n in ("com", "lpt") for i in range(10))}


def file_name(student):
    """A safe name for a student's report, the same each time and different for each student."""
    safe = re.sub(r"[^\w-]+", "_", unicodedata.normalize("NFC", student)).strip("_")[:60]
    plain = safe and safe == student and safe == safe.lower() and safe not in RESERVED
    if not plain or re.search(r"-[0-9a-f]{8}$", safe):
        mark = hashlib.sha256(student.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        safe = f"{safe or 'student'}-{mark}"
    return safe


@dataclass(frozen=True)
class Part:
    """What a report says of one item."""

    heading: str  # "" where the question has only this part
    lines: list[str]
    answer: str
    comment: str
    picture: str  # of the learner's own figure, as SVG


@dataclass(frozen=True)
class Section:
    """What a report says of one question."""

    heading: str
    parts: list[Part]


@dataclass(frozen=True)
class Page:
    """What a report says of one exercise set."""

    title: str
    status: str
    remarks: list[str]
    groups: list[tuple[str, list[Section]]]


def text_report(name, student, book):
    lines = [f"{name}: {marks_line(student, book)}", "   ".join(LEGEND), ""]
    for page in pages(student, book):
        lines += [page.title, "=" * len(page.title), f"{page.status}."]
        lines += [f"Note: {remark}." for remark in page.remarks]
        for words, sections in page.groups:
            lines += ["", f"-- {words} --"]
            for section in sections:
                lines += ["", section.heading]
                for part in section.parts:
                    lines += [f"  {part.heading}"] if part.heading else []
                    indent = "    " if part.heading else "  "
                    lines += [indent + line for line in part.lines]
                    lines += [f"{indent}Your teacher: {part.comment}"] if part.comment else []
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def html_report(name, student, book):
    return template("report.html").render(
        name=name,
        marks=marks_line(student, book),
        legend=LEGEND,
        pages=pages(student, book),
    )


def marks_line(student, book):
    """ "12 of 23 marks so far; 6 more are with your teacher"."""
    questions = book.own_questions(student)
    if not questions:
        return "nothing that could be marked"
    items = [item for question in questions for item in question.items if not item.bonus]
    known = [item for item in items if student.mark(item.item) is not None]
    most, open_marks = (sum(i.points for i in some) for some in (known, book.waiting(student)))
    line = f"{book.total(student):g} of {most:g} marks{' so far' if open_marks else ''}"
    bonus, bonus_points = book.bonus(student)
    if bonus_points:
        line += f", bonus {bonus:g} of {bonus_points:g}"
    if late := [entry for entry in student.sets if entry.share < 1]:
        shares = ", ".join(f"{entry.late_days} days late: {entry.share:.0%}" for entry in late)
        line += f" ({shares} of the marks count)"
    if open_marks:
        line += f"; {open_marks:g} more are with your teacher, who reads your words"
    return line


def pages(student, book):
    return [_page(entry, student, book) for entry in student.sets]


def _page(entry, student, book):
    questions = [q for q in book.questions if q.exercise == entry.exercise] if entry.items else []
    groups = {"To look at again": [], "With your teacher": [], "Right": [], BONUS: []}
    for question in questions:
        marks = [student.mark(item.item) for item in question.items]
        pairs = zip(marks, question.items, strict=True)
        lost = any(mark is not None and mark < item.points for mark, item in pairs)
        kind = "To look at again" if lost else "With your teacher" if None in marks else "Right"
        kind = BONUS if question.is_bonus else kind
        groups[kind].append(_section(question, entry, student))
    shown = [(words, sections) for words, sections in groups.items() if sections]
    status = _for_student(entry.status)
    remarks = [
        _for_student(words)
        for words in entry.remarks
        if not any(part in words for part in FOR_THE_TEACHER)
    ]
    return Page(entry.title, status[:1].upper() + status[1:], remarks, shown)


def _for_student(words):
    """Status or remark as a student reads it: what a teacher will look into is no blame."""
    return words.replace(SOLUTION, NOT_COUNTED).replace(LOOK, "your teacher will look at this: ")


def _section(question, entry, student):
    title = f" {question.title}" if question.title else ""
    if question.is_bonus:
        marks = [student.mark(item.item) for item in question.items]
        mark, points = sum(filter(None, marks)), sum(item.points for item in question.items)
    else:
        mark, points = mark_of(question, student), question.points
    after = "" if title.endswith(("?", "!", ":")) else ":"
    heading = f"{question.question}{title}{after} {_got(mark, points)}"
    return Section(heading, [_part(item, question, entry, student) for item in question.items])


def _part(item, question, entry, student):
    result, by_hand = entry.items[item.item], student.human.get(item.item)
    heading = ""
    if item.item != question.question:
        named = f"{item.item} (bonus)" if item.bonus else item.item
        heading = f"{named}: {_got(student.mark(item.item), item.points)}"
    lines = _lines(result)
    if by_hand and by_hand.marks is not None and not item.rubric:
        lines = _corrected(by_hand.marks, item.points, result)
    lost = [finding for finding in result.findings if finding.outcome != RIGHT]
    drawing = next((finding.drawing for finding in lost if finding.drawing), None)
    words = student.essays.get(item.item, "") if item.rubric else ""
    return Part(heading, lines, words, by_hand.comment if by_hand else "", picture(drawing))


def _corrected(marks, points, result):
    """Where a teacher's mark took the place of the check's: that first, and what the check had said
    as something past, without the signs that speak of what counts."""
    lines = [f"Your teacher gave {marks:g} of {points:g} marks, in the place of the check."]
    said = [f"{one.what}: {one.text}" for one in result.findings if one.outcome != RIGHT]
    return lines + [f"   the check had said: {words}" for words in said]


def _lines(result):
    order = [ERROR, WRONG, EMPTY, RIGHT]  # what is wrong comes first
    said = " ".join(finding.text for finding in result.findings)
    lines = [f"! {error}" for error in result.errors if error not in said]
    for finding in sorted(result.findings, key=lambda one: order.index(one.outcome)):
        marks = f" ({finding.got:g} of {finding.points:g})" if finding.points else ""
        lines.append(f"{SIGNS[finding.outcome]} {finding.what}{marks}: {finding.text}")
        if finding.answer and finding.outcome != RIGHT and "you have" not in finding.text:
            lines.append(f"   your answer: {finding.answer}")
    lines += [line for line in result.text.split("\n") if line]
    if result.hidden_points:
        lines.append(
            f"Tests that run only when work is graded: {result.hidden_got:g} "
            f"of {result.hidden_points:g} marks."
        )
    return lines


def _got(mark, points):
    return f"not marked yet, out of {points:g}" if mark is None else f"{mark:g} of {points:g}"
