"""The command line of the grader, and how results become a gradebook."""

import argparse
import os
import sys
from pathlib import Path

from bonelab.course import places


def grade(argv):
    """Grade a folder of submissions; 0 if all were graded, 1 if some need a look, 2 if none."""
    parser = argparse.ArgumentParser(
        prog="bonelab grade",
        description="Mark the notebooks that students handed in. Students' code runs in a sandbox.",
        epilog="Then mark essays.csv and run: bonelab grade merge DIR",
    )
    parser.add_argument("submissions", type=Path, help="a folder of notebooks, or one notebook")
    parser.add_argument("--out", type=Path, required=True, help="folder for grades and reports")
    parser.add_argument("--solutions", type=Path, default=places.material() / "solutions")
    parser.add_argument("--key", default="", help="class key, which varies the hidden tests")
    parser.add_argument("--jobs", type=int, help="submissions side by side (default: cores)")
    parser.add_argument("--seconds", type=float, default=120, help="most for one submission")
    parser.add_argument(
        "--unconfined", action="store_true", help="no sandbox: for your own work only"
    )
    options = parser.parse_args(argv)
    if os.name == "nt":
        return _complain("this needs Linux, WSL or macOS. For one's own work: bonelab check FILE")
    for name in ("OPENBLAS", "OMP", "MKL"):  # one thread each: the class itself fills the cores
        os.environ.setdefault(f"{name}_NUM_THREADS", "1")
    from bonelab.course.grade.sandbox import Limits, NoSandbox
    from bonelab.course.grade.tables import BadMarks

    if options.unconfined:
        print("bonelab grade: no sandbox; this code can do whatever you can.", file=sys.stderr)
    try:
        book = grade_folder(
            options.submissions,
            options.out,
            options.solutions,
            Limits(submission_seconds=options.seconds),
            key=options.key,
            side_by_side=options.jobs,
            unconfined=options.unconfined,
        )
    except (NoSandbox, BadMarks, FileNotFoundError, ValueError) as problem:
        return _complain(problem)
    return _tell(options.out, book)


def grade_folder(
    submissions, out, solutions, limits, *, key="", side_by_side=None, unconfined=False
):
    """Grade all ``submissions``, write everything to ``out`` and return the gradebook.

    Raises NoSandbox, FileNotFoundError, or BadMarks for an essays.csv that cannot be kept.
    """
    from tqdm import tqdm

    from bonelab.course.grade import sandbox, tables
    from bonelab.course.grade.batch import Job, grade_all
    from bonelab.course.grade.gradebook import make_book
    from bonelab.course.grade.source import read_exercise
    from bonelab.course.grade.submission import find_submissions

    if not unconfined:
        sandbox.require()
    if not solutions.is_dir():
        raise FileNotFoundError(f"there is no {solutions}; name the solutions with --solutions DIR")
    exercises = [read_exercise(path) for path in sorted(solutions.glob("*.ipynb"))]
    found = find_submissions(_existing(submissions), but=out)
    if not exercises or not found:
        raise FileNotFoundError(
            f"there is no notebook in {submissions if exercises else solutions}"
        )
    secret = tuple(map(str, (solutions, submissions, out)))
    jobs = [Job(one.student, one.path, limits, key, secret, unconfined) for one in found]
    tqdm.monitor_interval = 0  # no thread: the grader forks
    with tqdm(total=len(jobs), unit="notebook", disable=None) as bar:
        results = grade_all(jobs, exercises, side_by_side=side_by_side, progress=bar.update)
    book = make_book(jobs, results, exercises)
    if (out / "essays.csv").is_file():  # marks that a human has given already stay
        tables.merge(book, tables.read_essay_marks(_sheet(out), book))
    write_folder(out, book)
    return book


def merge(argv):
    """Take the marks from essays.csv into grades.csv and the reports."""
    parser = argparse.ArgumentParser(prog="bonelab grade merge", description=merge.__doc__)
    parser.add_argument("out", type=Path, help="the folder that bonelab grade wrote")
    folder = parser.parse_args(argv).out
    from bonelab.course.grade import tables

    try:
        book = tables.read_results(folder)
        tables.merge(book, tables.read_essay_marks(_sheet(folder), book))
    except (tables.BadMarks, FileNotFoundError) as problem:
        return _complain(problem)
    write_folder(folder, book)
    return _tell(folder, book)


def write_folder(folder, book):
    """Write grades.csv, essays.csv, results.json and a report per student."""
    from bonelab.course.grade import report, tables

    reports = folder / "reports"
    reports.mkdir(parents=True, exist_ok=True)
    tables.write_results(folder, book)
    for name, text in (("grades.csv", tables.grades_csv), ("essays.csv", tables.essays_csv)):
        (folder / name).write_text(text(book), encoding="utf-8", newline="")
    for name, student in book["students"].items():
        for ending, make in ((".txt", report.text_report), (".html", report.html_report)):
            page = make(name, student, book["questions"])
            (reports / (report.file_name(name) + ending)).write_text(page, encoding="utf-8")


def _tell(folder, book):
    """Say what was done and what is left to do; the exit code."""
    look = [
        f"  {name}: {entry['status']}"
        for name, student in sorted(book["students"].items())
        for entry in student["sets"]
        if entry["status"] != "graded"
    ]
    waiting = sum(mark is None for s in book["students"].values() for mark in s["marks"].values())
    print(f"{len(book['students'])} students graded: {folder / 'grades.csv'}, {folder / 'reports'}")
    if waiting:
        print(f"{waiting} answers in words wait in {folder / 'essays.csv'}; mark them there, then")
        print(f"  bonelab grade merge {folder}")
    if look:
        print("These need a look:", *look, sep="\n")
    return 1 if look else 0


def _sheet(folder):
    """The text of essays.csv; raises BadMarks if it was saved in another encoding."""
    from bonelab.course.grade.tables import BadMarks

    try:
        return _existing(folder / "essays.csv").read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise BadMarks('essays.csv is not in UTF-8; save it as "CSV UTF-8"') from None


def _existing(path):
    if not path.exists():
        raise FileNotFoundError(f"there is no {path}")
    return path


def _complain(problem):
    print(f"bonelab grade: {problem}", file=sys.stderr)
    return 2
