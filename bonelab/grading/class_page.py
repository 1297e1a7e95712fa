"""One page on a class and a set: what to talk about next time. It is printed, and names nobody."""

import itertools
import math
import statistics
from collections import Counter
from dataclasses import dataclass

from bonelab.grading.html_templates import template

LEARNERS_FOR_A_NUDGE = 2  # in a class of LARGE or more; in a smaller one SEVERAL
SEVERAL, LARGE = 3, 20
FILES_FOR_A_HISTOGRAM = 8
BINS = 5
EASY = 0.8  # parts that more than this share got right are only counted
MOST_ROWS = 14


@dataclass(frozen=True)
class Row:
    """One part of the set."""

    item: str
    title: str
    right: int  # per cent of those who handed in
    tried: int  # per cent
    struck: str  # the misconceptions, with how many learners met them


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


def write_pages(folder, book, answers):
    """A page for each set that was handed in, ``SET.html``; ``answers`` is from kept_answers."""
    folder.mkdir(parents=True, exist_ok=True)
    for exercise in dict.fromkeys(question.exercise for question in book.questions):
        page = page_of(exercise, book, answers)
        (folder / f"{exercise}.html").write_text(page, encoding="utf-8")


def page_of(exercise, book, answers):
    """The page of one set, as HTML."""
    students = [s for s in book.students.values() if any(e.exercise == exercise for e in s.sets)]
    entries = [entry for s in students for entry in s.sets if entry.exercise == exercise]
    questions = [question for question in book.questions if question.exercise == exercise]
    items = [(question, item) for question in questions for item in question.items]
    rows = [_row(question, item, entries, students) for question, item in items if not item.rubric]
    hard = sorted((row for row in rows if row.right <= 100 * EASY), key=lambda row: row.right)
    number = questions[0].question.partition(".")[0]
    predictions, checks = (
        _histograms(answers.get(kind, {}), number, kind) for kind in ("predictions", "checks")
    )
    return template("class_page.html").render(
        title=entries[0].title if entries else exercise,
        enrolled=len(book.students),
        handed_in=len(students),
        marks=_marks([_checked(entry, items) for entry in entries], items) + _bonus(entries, items),
        essays=sum(item.points for _, item in items if item.rubric),
        rows=hard[:MOST_ROWS],
        easy=len(rows) - len(hard),
        more=max(0, len(hard) - MOST_ROWS),
        predictions=predictions,
        checks=checks,
        enough=FILES_FOR_A_HISTOGRAM,
    )


def _checked(entry, items):
    known = [entry.items[item.item] for _, item in items if not (item.rubric or item.bonus)]
    return sum(result.got or 0 for result in known)


def _marks(totals, items):
    """ "Mean 23.1 of 28 automatic marks (middle half 20 to 26)"."""
    most = sum(item.points for _, item in items if not (item.rubric or item.bonus))
    if not totals:
        return "Nobody handed it in"
    text = f"Mean {statistics.fmean(totals):.1f} of {most:g} automatic marks"
    if len(totals) >= 4:
        low, _, high = statistics.quantiles(totals, n=4, method="inclusive")
        text += f" (middle half {low:.0f} to {high:.0f})"
    return text


def _bonus(entries, items):
    """ ", bonus 1.2 of 3"."""
    extra = [item for _, item in items if item.bonus]
    if not (extra and entries):
        return ""
    got = [sum(entry.items[item.item].got or 0 for item in extra) for entry in entries]
    return f", bonus {statistics.fmean(got):.1f} of {sum(item.points for item in extra):g}"


def _row(question, item, entries, students):
    results = [entry.items[item.item] for entry in entries]
    full = sum((result.got or 0) >= item.points for result in results)
    tried = sum(not result.untried for result in results)
    needed = LEARNERS_FOR_A_NUDGE if len(students) >= LARGE else SEVERAL
    struck = Counter(
        name for result in results for name in {f.nudge for f in result.findings if f.nudge}
    )
    words = [f"{name} ({count})" for name, count in struck.most_common(3) if count >= needed]
    share = 100 / len(results) if results else 0
    named = f"{question.title} (bonus)" if item.bonus else question.title
    return Row(item.item, named, round(full * share), round(tried * share), ", ".join(words))


def _histograms(asked, number, kind):
    """Those of one lesson that enough learners answered, the most divided first."""
    found = []
    for name, one in sorted(asked.items()):
        if name.partition(".")[0] != number or one.learners < FILES_FOR_A_HISTOGRAM:
            continue
        bars = _bins(one) if one.numbers else _options(one)
        note = f"skipped by {one.skipped}" if one.skipped else ""
        if kind == "checks":
            note = f"{one.right} of {one.learners} were right in the end"
        found.append(Histogram(name, one.question, bars, note))
    return found


def _bins(one):
    low, high = min(one.numbers), max(one.numbers)
    truth = one.run.most_common(1)[0][0] if one.run else None
    if isinstance(truth, float):
        low, high = min(low, truth), max(high, truth)
    step = _round_step((high - low) / BINS)
    start = math.floor(low / step) * step
    ends = [start + step * n for n in range(math.floor((high - start) / step) + 2)]
    bars = []
    for left, right in itertools.pairwise(ends):
        count = sum(left <= value < right for value in one.numbers)
        here = isinstance(truth, float) and left <= truth < right
        bars.append(Bar(f"{left:g} to {right:g} {one.unit}".strip(), count, here))
    return bars


def _round_step(step):
    """1, 2 or 5 times a power of ten, so that ends can be read; never 0."""
    if step <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(step))
    return next(n * power for n in (1, 2, 5, 10) if n * power >= step * (1 - 1e-9))


def _options(one):
    """Only what two or more chose: free text of one learner stays with that learner."""
    truth = one.run.most_common(1)[0][0] if one.run else None
    shown = [(text, count) for text, count in one.options.most_common(6) if count > 1]
    return [Bar(text, count, text == truth) for text, count in shown]
