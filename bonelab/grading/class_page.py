"""One page on a class and a set: what to talk about next time. It is printed, and names nobody."""

import itertools
import math
import statistics
from collections import Counter
from dataclasses import dataclass

from bonelab.grading import class_talk
from bonelab.grading.html_templates import template

LEARNERS_FOR_A_NUDGE = 2  # in a class of LARGE or more; in a smaller one SEVERAL
SEVERAL, LARGE = 3, 20
FILES_FOR_A_HISTOGRAM = 8
BINS = 5
EASY = 0.8  # parts that more than this share got right are only counted
MOST_ROWS, MOST_ASKED = 10, 4  # that fit on one sheet with all else


@dataclass(frozen=True)
class Row:
    """One part of the set."""

    item: str
    title: str
    first: int | None  # percent of those whose first try is known
    right: int  # percent of those who handed in
    struck: list  # [(misconception, learners who met it)]

    @property
    def hardness(self):
        return self.right if self.first is None else self.first


@dataclass(frozen=True)
class Bar:
    """One answer to a question, and how many gave it."""

    answer: str
    learners: int
    is_run: bool  # the run, or the right answer, lies here


@dataclass(frozen=True)
class Histogram:
    """The answers to one question of a lesson."""

    id: str
    question: str
    bars: list[Bar]
    note: str

    @property
    def learners(self):
        return sum(bar.learners for bar in self.bars)

    @property
    def wrong(self):
        return sum(bar.learners for bar in self.bars if not bar.is_run)


def write_pages(folder, book, answers):
    """A page for each set that was handed in, ``SET.html``; ``answers`` is from kept_answers."""
    folder.mkdir(parents=True, exist_ok=True)
    for exercise in dict.fromkeys(question.exercise for question in book.questions):
        page = page_of(exercise, book, answers)
        (folder / f"{exercise}.html").write_text(page, encoding="utf-8")


def page_of(exercise, book, answers):
    """The page of one set, as HTML."""
    handed = [(s, e) for s in book.students.values() for e in s.sets if e.exercise == exercise]
    worked = [(student, entry) for student, entry in handed if student.worked_on(entry)]
    entries = [entry for _, entry in handed]
    questions = [question for question in book.questions if question.exercise == exercise]
    items = [(question, item) for question in questions for item in question.items]
    tries = answers.get("parts", {})
    rows = [
        _row(question, item, worked, tries.get(item.item))
        for question, item in items
        if not (item.rubric or item.bonus)
    ]
    hard = [row for row in rows if row.hardness <= 100 * EASY]
    hard.sort(key=lambda row: (row.hardness, row.right))
    number = questions[0].question.partition(".")[0]
    predictions, checks = (
        _histograms(answers.get(kind, {}), number, kind) for kind in ("predictions", "checks")
    )
    checked = [item for _, item in items if not (item.rubric or item.bonus)]
    corrected = sum(student.corrected(item.item) for student, _ in worked for item in checked)
    known = max((tries[item.item].learners for _, item in items if item.item in tries), default=0)
    return template("class_page.html").render(
        title=entries[0].title if entries else exercise,
        enrolled=len(book.students),
        handed_in=len(worked),
        untouched=len(handed) - len(worked),
        files=answers.get("files", 0),
        marks=_marks([_sum(student, checked) for student, _ in worked], checked, corrected),
        bonus=_bonus(worked, [item for _, item in items if item.bonus]),
        essays=sum(item.points for _, item in items if item.rubric and not item.bonus),
        known=known if known >= FILES_FOR_A_HISTOGRAM else 0,
        rows=hard[:MOST_ROWS],
        easy=len(rows) - len(hard),
        more=max(0, len(hard) - MOST_ROWS),
        predictions=predictions,
        checks=checks,
        enough=FILES_FOR_A_HISTOGRAM,
        say=class_talk.suggestions(rows, predictions, checks),
        leave=class_talk.leave(rows),
        missing=class_talk.missing(exercise, book),
    )


def _sum(student, items):
    """A student's marks as they count: a teacher's where there is one, else the check's."""
    return sum(student.mark(item.item) or 0 for item in items)


def _marks(totals, items, corrected):
    """ "Mean 23.1 of 28 automatic marks (middle half 20 to 26)"."""
    if not totals:
        return "Nobody worked on it"
    text = (
        f"Mean {statistics.fmean(totals):.1f} of {sum(i.points for i in items):g} automatic marks"
    )
    if len(totals) >= 4:
        low, _, high = statistics.quantiles(totals, n=4, method="inclusive")
        text += f" (middle half {low:.0f} to {high:.0f})"
    return text + (f", {corrected} of them corrected by hand" if corrected else "")


def _bonus(worked, items):
    """ "bonus 1.2 of 3"."""
    if not (items and worked):
        return ""
    got = statistics.fmean(_sum(student, items) for student, _ in worked)
    return f"bonus {got:.1f} of {sum(item.points for item in items):g}"


def _row(question, item, worked, first):
    """Whoever has all marks met no misconception in the end, also where a teacher gave them; a part
    that nobody could mark yet is left out."""
    marked = [(s.mark(item.item), entry.items[item.item]) for s, entry in worked]
    marked = [(mark, result) for mark, result in marked if mark is not None]
    full = sum(mark >= item.points for mark, _ in marked)
    struck = Counter(
        name
        for mark, result in marked
        for name in {f.nudge for f in result.findings if f.nudge and mark < item.points}
    )
    struck += first.struck if first else Counter()
    needed = LEARNERS_FOR_A_NUDGE if len(worked) >= LARGE else SEVERAL
    enough = first is not None and first.learners >= FILES_FOR_A_HISTOGRAM
    return Row(
        item.item,
        question.title,
        _per_cent(first.right, first.learners) if enough else None,
        _per_cent(full, len(marked)),
        [(name, count) for name, count in struck.most_common(3) if count >= needed],
    )


def _per_cent(part, whole):
    return round(100 * part / whole) if whole else 0


def _histograms(asked, number, kind):
    """Those of one lesson that enough learners answered, of many those with most wrong answers."""
    histograms = []
    for name, one in sorted(asked.items()):
        if name.partition(".")[0] != number or one.learners < FILES_FOR_A_HISTOGRAM:
            continue
        bars = _bins(one) if one.numbers else _options(one)
        note = f"skipped {one.skipped}" if one.skipped else ""
        if kind == "checks":
            note = f"{one.right} of {one.learners} were right in the end"
        histograms.append(Histogram(name, one.question, bars, note))
    kept = sorted(histograms, key=lambda one: -one.wrong)[:MOST_ASKED]
    return [one for one in histograms if one in kept]


def _bins(one):
    truth = _truth(one)
    values = [*one.numbers, truth] if isinstance(truth, float) else one.numbers
    low, high = min(values), max(values)
    if one.low is not None:
        low, high = one.low, one.high
    step = _round_step((high - low) / BINS)
    start = math.floor(low / step) * step
    ends = [start + step * n for n in range(math.floor((high - start) / step) + 2)]
    if one.low is not None and len(ends) > 2 and ends[-2] >= high:
        ends.pop()  # the largest number that may be answered belongs to the bin below it
    bars = []
    for left, right in itertools.pairwise(ends):
        last = right == ends[-1]
        within = [left <= value < right or (last and value == right) for value in values]
        here = isinstance(truth, float) and within[-1]
        count = sum(within[: len(one.numbers)])
        unit = one.unit if one.unit in ("", "%") else f" {one.unit}"
        bars.append(Bar(f"{left:g} to {right:g}{unit}", count, here))
    return bars


def _round_step(step):
    """1, 2 or 5 times a power of ten, so that ends can be read; never 0."""
    if step <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(step))
    return next(n * power for n in (1, 2, 5, 10) if n * power >= step * (1 - 1e-9))


def _options(one):
    truth = one.right_option or _truth(one)
    return [Bar(text, count, text == truth) for text, count in one.options.most_common(6)]


def _truth(one):
    """What the run gave, as most files say."""
    return one.run.most_common(1)[0][0] if one.run else None
