"""From results of single notebooks to one gradebook for the class."""

from dataclasses import asdict, dataclass, field

from bonelab.grading.exercise_source import CHECK, rubric
from bonelab.grading.results import SubmissionResult

BEST, LAST = "best", "last"


@dataclass
class Item:
    """What carries marks: a check or an essay, "1.2" or "1.2a"."""

    item: str
    points: float
    rubric: list = field(default_factory=list)  # [marks, words] of an essay
    bonus: bool = False  # beyond the total of the set


@dataclass
class Question:
    """A question of an exercise set, and the items that carry its marks."""

    question: str
    exercise: str
    title: str
    points: float  # without a bonus
    items: list[Item]

    @property
    def bonus_items(self):
        return [item for item in self.items if item.bonus]

    @property
    def is_bonus(self):
        """Is all of it a bonus?"""
        return all(item.bonus for item in self.items)


@dataclass
class HandedIn(SubmissionResult):
    """One submission of a student's, as it stands in the gradebook."""

    file: str = ""
    title: str = ""
    place: str = ""  # where the file lay: folders and name
    content: str = ""  # a fingerprint: the same file again is the same submission
    when: str = ""  # the moment it was handed in, as far as it is known
    late_days: int = 0
    share: float = 1.0  # of its marks that count, after the rule for late work

    @classmethod
    def from_plain(cls, data):
        result = SubmissionResult.from_plain(
            {name: data[name] for name in SubmissionResult.__dataclass_fields__ if name in data}
        )
        return cls(**{**data, "items": result.items})


@dataclass
class HumanMark:
    """What a teacher wrote: marks (None: only a comment) and words."""

    marks: float | None = None
    comment: str = ""


@dataclass
class Student:
    """One student's record. ``sets`` count; ``other`` were handed in besides."""

    sets: list[HandedIn] = field(default_factory=list)
    other: list[HandedIn] = field(default_factory=list)
    essays: dict[str, str] = field(default_factory=dict)
    human: dict[str, HumanMark] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)  # what the platform calls this student

    def automatic(self, item):
        """The marks of the grader for an item; None if it has none."""
        marks = [entry.items[item].got for entry in self.sets if item in entry.items]
        return marks[0] if marks else None

    def mark(self, item):
        """The marks for an item so far: a teacher's, else the grader's; None if there are none."""
        by_hand = self.human.get(item)
        return by_hand.marks if by_hand and by_hand.marks is not None else self.automatic(item)

    def corrected(self, item):
        """Did a teacher give other marks than the grader?"""
        by_hand = self.human.get(item)
        given = by_hand is not None and by_hand.marks is not None
        return given and self.automatic(item) not in (None, by_hand.marks)

    def worked_on(self, entry):
        """Is there an answer in it, or did a teacher find one?"""
        by_hand = (self.human[item] for item in entry.items if item in self.human)
        return not entry.has_no_answer or any(one.marks is not None for one in by_hand)

    @property
    def marks(self):
        return {item: self.mark(item) for entry in self.sets for item in entry.items}

    def share_of(self, exercise):
        return next((entry.share for entry in self.sets if entry.exercise == exercise), 1.0)

    def to_plain(self):
        return {**asdict(self), "marks": self.marks}

    @classmethod
    def from_plain(cls, data):
        data = {name: value for name, value in data.items() if name != "marks"}
        for name in ("sets", "other"):
            data[name] = [HandedIn.from_plain(entry) for entry in data[name]]
        data["human"] = {item: HumanMark(**mark) for item, mark in data["human"].items()}
        return cls(**data)


@dataclass
class Gradebook:
    """The whole state of a grading."""

    questions: list[Question] = field(default_factory=list)
    students: dict[str, Student] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)  # what could not be written, in words

    @property
    def items(self):
        return [item for question in self.questions for item in question.items]

    def own_questions(self, student):
        """The questions of the sets that a student handed in."""
        sets = {entry.exercise for entry in student.sets}
        return [question for question in self.questions if question.exercise in sets]

    def waiting(self, student):
        """The items of a student that a human has yet to mark."""
        items = [item for question in self.own_questions(student) for item in question.items]
        return [item for item in items if student.mark(item.item) is None]

    def bonus(self, student, questions=None):
        """``(marks, out of)`` of all bonus parts (of some questions), after the rule for late
        work."""
        asked = self.own_questions(student) if questions is None else questions
        got = sum(
            (student.mark(item.item) or 0) * student.share_of(question.exercise)
            for question in asked
            for item in question.bonus_items
        )
        return got, sum(item.points for question in asked for item in question.bonus_items)

    def total(self, student, questions=None):
        """All marks so far (of some questions) but a bonus, after the rule for late work."""
        return sum(
            (mark_of(question, student) or 0) * student.share_of(question.exercise)
            for question in (self.own_questions(student) if questions is None else questions)
        )

    def to_plain(self):
        return {
            "questions": [asdict(question) for question in self.questions],
            "students": {name: one.to_plain() for name, one in self.students.items()},
        }

    @classmethod
    def from_plain(cls, data):
        questions = [
            Question(**{**question, "items": [Item(**item) for item in question["items"]]})
            for question in data["questions"]
        ]
        students = {name: Student.from_plain(one) for name, one in data["students"].items()}
        return cls(questions, students)


def mark_of(question, student):
    """A student's marks for a whole question so far, without a bonus; None if none of its items is
    marked."""
    items = [item for item in question.items if not item.bonus]
    known = [mark for item in items if (mark := student.mark(item.item)) is not None]
    return round(sum(known), 6) if known else None


def add_to(book, entries, exercises, rule=BEST):
    """Put ``entries``, ``[(student, ids, HandedIn)]`` in their order, into the gradebook."""
    for exercise in exercises:
        if any(entry.exercise == exercise.name for _, _, entry in entries):
            known = {question.question for question in book.questions}
            book.questions += [
                _question(exercise, name) for name in exercise.questions if name not in known
            ]
    order = {exercise.name: number for number, exercise in enumerate(exercises)}
    book.questions.sort(key=lambda question: order.get(question.exercise, len(order)))
    for name, ids, entry in entries:
        student = book.students.setdefault(name, Student())
        student.ids |= ids
        _add(student, entry, rule)
    book.students = dict(sorted(book.students.items()))


def _question(exercise, question):
    items = [
        Item(
            cell.item,
            cell.points,
            [] if cell.kind == CHECK else rubric(cell) or [[cell.points, "as told"]],
            cell.is_bonus,
        )
        for cell in exercise.items
        if cell.question == question
    ]
    title = exercise.titles.get(question, "")
    points = sum(item.points for item in items if not item.bonus)
    return Question(question, exercise.name, title, points, items)


def _add(student, entry, rule):
    """Of several notebooks for one exercise one counts, by the ``rule``; a remark says so."""
    if not entry.exercise:
        _add_unknown(student, entry)
        return
    known = [other for other in student.other if _same(other, entry)]
    for other in known:  # graded again
        student.other.remove(other)
    twin = next((other for other in student.sets if other.exercise == entry.exercise), None)
    if twin is not None and _same(twin, entry):
        student.sets.remove(twin)
        twin = None
    chosen = entry
    if twin is not None:
        chosen, word = _which_counts(twin, entry, rule)
        rest = entry if chosen is twin else twin
        student.sets.remove(twin)
        student.other.append(rest)
        _remark(chosen, f"two notebooks for this exercise; {rest.file} was not counted, {word} was")
        _keep_words(chosen, rest)
    student.sets.append(chosen)
    student.sets.sort(key=lambda one: one.exercise)
    student.essays |= chosen.essays


def _which_counts(twin, entry, rule):
    """The one that counts, and what it is called. An empty notebook takes no other one's place."""
    worked = [one for one in (twin, entry) if not one.has_no_answer]
    if len(worked) == 1:
        return worked[0], "the one with answers"
    if rule == LAST:
        return sorted((twin, entry), key=lambda one: one.when)[-1], "the last"  # else the second
    return max((twin, entry), key=lambda one: one.total), "the better"


def _same(one, other):
    """Is it the same submission, graded again?"""
    mine, others = (entry.content or (entry.place, entry.file) for entry in (one, other))
    return one.exercise == other.exercise and mine == others


def _keep_words(chosen, rest):
    """An essay that stands only in the notebook that does not count is read all the same."""
    for item, text in rest.essays.items():
        if text and not chosen.essays.get(item):
            chosen.essays[item] = text
            chosen.items[item] = rest.items[item]
            _remark(chosen, f"the words of {item} are those of {rest.file}")


def _add_unknown(student, entry):
    """A file that is none of these exercises: told beside what counts."""
    counted = [one for one in student.sets if one.exercise]
    if counted:
        _remark(counted[0], f"also handed in {entry.file} ({entry.status})")
        student.other.append(entry)
    elif not any(_same(one, entry) for one in student.sets):
        student.sets.append(entry)


def _remark(entry, words):
    if words not in entry.remarks and len(entry.remarks) < 30:
        entry.remarks.append(words)


def tidy(book):
    """After all was added: files of no exercise stand beside those that count."""
    for student in book.students.values():
        counted = [entry for entry in student.sets if entry.exercise]
        for entry in [one for one in student.sets if not one.exercise] if counted else ():
            student.sets.remove(entry)
            student.other.append(entry)
            _remark(counted[0], f"also handed in {entry.file} ({entry.status})")


def without_untouched(entries):
    """Where a student worked on one notebook, those that nobody touched were not handed in: who
    packs a whole course folder hands in one set."""
    touched = {name for name, _, entry in entries if entry.exercise and not entry.untouched}
    kept = [one for one in entries if not (one[0] in touched and one[2].untouched)]
    for name, _, entry in kept:
        files = [other.file for who, _, other in entries if who == name and other.untouched]
        if files and name in touched and entry.exercise:
            _remark(entry, f"untouched, and not counted: {', '.join(files[:5])}")
    return kept
