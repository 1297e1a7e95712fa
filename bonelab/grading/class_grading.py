"""Grade a folder of submissions and write the gradebook, the reports and what goes with them."""

import hashlib
from pathlib import Path

from bonelab.grading import class_page, gradebook_files, kept_answers, net, reports
from bonelab.grading.comparison import nudge_names
from bonelab.grading.exercise_source import CHECK
from bonelab.grading.feedback_files import write_feedback
from bonelab.grading.gradebook import BEST, Gradebook, HandedIn, add_to, tidy, without_untouched
from bonelab.grading.gradebook_files import BadMarks
from bonelab.grading.notebook_file import Unreadable, read_bytes
from bonelab.grading.results import SubmissionResult

HUMAN_TABLES = ("essays.csv", "corrections.csv")


def grade_folder(
    submissions,
    out,
    limits,
    subject,
    *,
    solutions=None,
    key="",
    side_by_side=None,
    unconfined=False,
    rule=BEST,
    late=None,
    add=False,
):
    """Grade all ``submissions``, write everything to ``out`` and return the Gradebook.

    ``rule`` says which of several submissions counts, ``late`` (a LateRule) what late work is
    worth, ``add`` puts them into the gradebook that is there. Raises NoSandbox,
    FileNotFoundError, or BadMarks for a table of marks that cannot be kept.
    """
    from tqdm import tqdm

    from bonelab.grading import wall
    from bonelab.grading.checker_process import Job
    from bonelab.grading.class_schedule import grade_all
    from bonelab.grading.exercise_source import read_exercise
    from bonelab.grading.handed_in import find_submissions

    solutions = Path(solutions or subject.solutions)
    if not unconfined:
        wall.require()
    if not solutions.is_dir():
        raise FileNotFoundError(f"there is no {solutions}; name the solutions with --solutions DIR")
    exercises = [read_exercise(path) for path in sorted(solutions.glob("*.ipynb"))]
    names = [exercise.name for exercise in exercises]
    handed = find_submissions(existing(submissions), but=out, exercises=names)
    if not exercises or not handed:
        raise FileNotFoundError(
            f"there is no notebook in {submissions if exercises else solutions}"
        )
    book = gradebook_files.read_results(out) if add and out.exists() else Gradebook()
    human = _human_marks(out, book) if book.students else None
    secret = tuple(map(str, (solutions, submissions, out)))
    kept = [one for one in handed if one.name == kept_answers.NAME and not one.trouble]
    files = {one.student: kept_answers.read(one.path) for one in kept}  # the last of each
    handed = [one for one in handed if one not in kept]
    readable = [one for one in handed if not one.trouble]
    jobs = [Job(one.student, one.path, limits, key, secret, unconfined) for one in readable]
    tqdm.monitor_interval = 0  # no thread: the grader forks
    with tqdm(total=len(jobs), unit="notebook", disable=None) as bar:
        results = grade_all(
            jobs, exercises, subject=subject, side_by_side=side_by_side, progress=bar.update
        )
    marked = dict(zip(map(id, readable), results, strict=True))
    titles = {exercise.name: exercise.title for exercise in exercises}
    entries = [
        (one.student, one.ids, _entry(one, marked.get(id(one)), titles, late)) for one in handed
    ]
    entries = without_untouched(entries)
    add_to(book, entries, exercises, rule)
    tidy(book)
    gradebook_files.merge(book, human or _human_marks(out, book))
    if any(files.values()):
        gradebook_files.write_answers(out, _answers(files, book, exercises, subject))
    book.troubles = write_folder(out, book)
    return book


def _answers(files, book, exercises, subject):
    """What the class answered in the lessons, and how the parts of its exercises went at first."""
    in_the_end = {
        (name, item): {finding.nudge for finding in result.findings}
        for name, student in book.students.items()
        for entry in student.sets
        for item, result in entry.items.items()
    }
    checks = [cell.source for exercise in exercises for cell in exercise.of_kind(CHECK)]
    names = set().union(net.NAMES, *map(nudge_names, checks))
    answers = kept_answers.collect(files.values(), subject.asked)
    return answers | {"parts": kept_answers.first_tries(files.items(), in_the_end, names)}


def _entry(one, result, titles, late):
    result = result or SubmissionResult(status=one.trouble)
    plain = result.to_plain() | {"suspects": [], "remarks": [*one.remarks, *result.remarks]}
    title = titles.get(result.exercise, one.name)
    days = late.days(one.when, one.late) if late else 0
    return HandedIn.from_plain(
        plain
        | {"file": one.name, "place": one.place, "title": title, "when": one.when}
        | {
            "content": _fingerprint(one),
            "late_days": days,
            "share": late.share(days) if days else 1,
        }
    )


def _fingerprint(one):
    if one.trouble:
        return ""
    try:
        return hashlib.sha256(read_bytes(one.path)).hexdigest()[:16]
    except Unreadable:
        return ""


def merge_folder(folder):
    """Take the marks from essays.csv and corrections.csv into all other files; the Gradebook."""
    book = gradebook_files.read_results(folder)
    existing(folder / "essays.csv")
    gradebook_files.merge(book, _human_marks(folder, book))
    book.troubles = write_folder(folder, book)
    return book


def _human_marks(folder, book):
    """The marks that a human gave: those in the folder's tables. A table that is gone takes none
    with it."""
    essays = {item.item for item in book.items if item.rubric}
    there = [(folder / name).is_file() for name in HUMAN_TABLES]
    human = {
        (name, item): own
        for name, student in book.students.items()
        for item, own in student.human.items()
        if not there[item not in essays]
    }
    for name in HUMAN_TABLES:
        if (folder / name).is_file():
            human |= gradebook_files.read_human_marks(_text(folder / name), book, name)
    return human


def write_folder(folder, book):
    """Write the gradebook's files and a report per student; what could not be, in words."""
    pages = folder / "reports"
    pages.mkdir(parents=True, exist_ok=True)
    gradebook_files.write_results(folder, book)
    tables = {
        "grades.csv": gradebook_files.grades_csv,
        "essays.csv": gradebook_files.essays_csv,
        "corrections.csv": gradebook_files.corrections_csv,
    }
    for name, make in tables.items():
        (folder / name).write_text(make(book), encoding="utf-8", newline="")
    failed = []
    for name, student in book.students.items():
        for ending, make in ((".txt", reports.text_report), (".html", reports.html_report)):
            try:
                path = pages / (reports.file_name(name) + ending)
                path.write_text(make(name, student, book), encoding="utf-8")
            except Exception as error:  # whatever it is, the others get theirs
                failed.append(f"the report of {name} could not be written ({type(error).__name__})")
    failed += write_feedback(folder / "feedback.zip", book)
    class_page.write_pages(folder / "class", book, gradebook_files.read_answers(folder))
    return list(dict.fromkeys(failed))


def _text(path):
    """The text of a table; raises BadMarks if it was saved in another encoding."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise BadMarks(f'{path.name} is not in UTF-8; save it as "CSV UTF-8"') from None


def existing(path):
    if not path.exists():
        raise FileNotFoundError(f"there is no {path}")
    return path
