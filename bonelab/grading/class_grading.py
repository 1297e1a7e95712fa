"""Grade a folder of submissions and write the gradebook, the reports and what goes with them."""

from pathlib import Path

from bonelab.grading import gradebook_files, reports
from bonelab.grading.gradebook import BEST, Gradebook, HandedIn, add_to, tidy
from bonelab.grading.gradebook_files import BadMarks

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
    add=False,
):
    """Grade all ``submissions``, write everything to ``out`` and return the Gradebook.

    ``add`` puts them into the gradebook that is there. Raises NoSandbox, FileNotFoundError, or
    BadMarks for a table of marks that cannot be kept.
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
    found = find_submissions(existing(submissions), but=out)
    if not exercises or not found:
        raise FileNotFoundError(
            f"there is no notebook in {submissions if exercises else solutions}"
        )
    book = gradebook_files.read_results(out) if add and out.exists() else Gradebook()
    human = _human_marks(out, book) if book.students else None
    secret = tuple(map(str, (solutions, submissions, out)))
    jobs = [Job(one.student, one.path, limits, key, secret, unconfined) for one in found]
    tqdm.monitor_interval = 0  # no thread: the grader forks
    with tqdm(total=len(jobs), unit="notebook", disable=None) as bar:
        results = grade_all(
            jobs, exercises, subject=subject, side_by_side=side_by_side, progress=bar.update
        )
    titles = {exercise.name: exercise.title for exercise in exercises}
    pairs = sorted(zip(found, results, strict=True), key=lambda pair: str(pair[0].path))
    entries = [(one.student, one.ids, _handed_in(one, result, titles)) for one, result in pairs]
    add_to(book, entries, exercises, rule)
    tidy(book)
    gradebook_files.merge(book, human or _human_marks(out, book))
    write_folder(out, book)
    return book


def _handed_in(one, result, titles):
    title = titles.get(result.exercise, one.path.name)
    plain = result.to_plain() | {"suspects": [], "remarks": [*one.remarks, *result.remarks]}
    return HandedIn.from_plain(plain | {"file": one.path.name, "title": title, "when": one.when})


def merge_folder(folder):
    """Take the marks from essays.csv and corrections.csv into all other files; the Gradebook."""
    book = gradebook_files.read_results(folder)
    existing(folder / "essays.csv")
    gradebook_files.merge(book, _human_marks(folder, book))
    write_folder(folder, book)
    return book


def _human_marks(folder, book):
    """The marks that a human gave: those in the folder's tables."""
    human = {}
    for name in HUMAN_TABLES:
        if (folder / name).is_file():
            human |= gradebook_files.read_human_marks(_text(folder / name), book, name)
    return human


def write_folder(folder, book):
    """Write the gradebook's files and a report per student."""
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
    for name, student in book.students.items():
        for ending, make in ((".txt", reports.text_report), (".html", reports.html_report)):
            path = pages / (reports.file_name(name) + ending)
            path.write_text(make(name, student, book), encoding="utf-8")


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
