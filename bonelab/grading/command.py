"""The command line of the grader."""

import argparse
import os
import sys
from pathlib import Path

from bonelab.grading.limits import Limits


def main(argv, load_subject):
    """``grade SUBMISSIONS --out DIR`` or ``grade merge DIR``; the exit code.

    ``load_subject`` gives the TaughtSubject; it is called when the command line is known to be
    right.
    """
    if argv[:1] == ["merge"]:
        return merge(argv[1:])
    if argv[:1] == ["fill"]:
        return fill(argv[1:])
    return grade(argv, load_subject)


def grade(argv, load_subject):
    """Grade a folder of submissions; 0 if all were graded, 1 if some need a look, 2 if none."""
    options = _parser().parse_args(argv)
    if os.name == "nt":
        return _complain("this needs Linux, WSL or macOS. For one's own work: bonelab check FILE")
    for name in ("OPENBLAS", "OMP", "MKL"):  # one thread each: the class itself fills the cores
        os.environ.setdefault(f"{name}_NUM_THREADS", "1")
    from bonelab.grading.class_grading import grade_folder
    from bonelab.grading.gradebook_files import BadMarks
    from bonelab.grading.wall import NoSandbox

    subject = load_subject()
    if options.unconfined:
        print("bonelab grade: no sandbox; this code can do whatever you can.", file=sys.stderr)
    try:
        book = grade_folder(
            options.submissions,
            options.out,
            Limits(submission_seconds=options.seconds),
            subject,
            solutions=options.solutions or subject.solutions,
            key=options.key,
            side_by_side=options.jobs,
            unconfined=options.unconfined,
            rule=options.count,
            late=_late_rule(options),
            add=options.add,
        )
    except (NoSandbox, BadMarks, FileNotFoundError, ValueError) as problem:
        return _complain(problem)
    except KeyboardInterrupt:
        print("bonelab grade: stopped; nothing was written.", file=sys.stderr)
        return 130
    return _tell(options.out, book)


def _parser():
    parser = argparse.ArgumentParser(
        prog="bonelab grade",
        description="Mark the notebooks that students handed in. Students' code runs in a sandbox.",
        epilog="Then mark essays.csv and run: bonelab grade merge DIR",
    )
    parser.add_argument("submissions", type=Path, help="a folder, a ZIP file or one notebook")
    parser.add_argument("--out", type=Path, required=True, help="folder for grades and reports")
    parser.add_argument("--solutions", type=Path, help="default: those of the course")
    parser.add_argument("--key", default="", help="class key, which varies the hidden tests")
    parser.add_argument("--jobs", type=int, help="submissions side by side (default: cores)")
    parser.add_argument("--seconds", type=float, default=120, help="most for one submission")
    parser.add_argument(
        "--count", choices=["best", "last"], default="best", help="which of several submissions"
    )
    parser.add_argument("--due", default="", help='such as "2027-03-01" or "2027-03-01 18:00"')
    parser.add_argument("--late", type=float, default=0, help="percent off for each day late")
    parser.add_argument("--late-days", type=int, help="days after which nothing counts")
    parser.add_argument(
        "--add", action="store_true", help="put these submissions into the gradebook in --out"
    )
    parser.add_argument(
        "--unconfined", action="store_true", help="no sandbox: for your own work only"
    )
    return parser


def _late_rule(options):
    if not options.due:
        return None
    from bonelab.grading.late_work import LateRule, moment_of

    due = moment_of(options.due)
    if due is None:
        raise ValueError(
            f'--due {options.due}: write a day or a moment, such as "2027-03-01 18:00"'
        )
    return LateRule(due, options.late, options.late_days)


def fill(argv):
    """Put the marks into a file that the learning platform exported, so that it can be imported:
    Moodle's grading worksheet or list of people, Canvas's gradebook."""
    parser = argparse.ArgumentParser(prog="bonelab grade fill", description=fill.__doc__)
    parser.add_argument("out", type=Path, help="the folder that bonelab grade wrote")
    parser.add_argument("export", type=Path, help="the file that the platform exported")
    parser.add_argument("--set", default="", help="one exercise set only, such as set_01_...")
    parser.add_argument("--column", default="", help="the column for the marks")
    options = parser.parse_args(argv)
    from bonelab.grading import gradebook_files, platform_files
    from bonelab.grading.submission_plan import clean

    try:
        book = gradebook_files.read_results(options.out)
        filled_in = platform_files.fill(
            options.export, book, exercise=options.set, column=options.column
        )
    except (ValueError, OSError) as problem:
        return _complain(problem)
    path = options.out / f"filled_{options.export.name}"
    path.write_text(filled_in.text, encoding="utf-8", newline="")
    print(f"{filled_in.filled} marks written to {path}")
    for words, names in (
        ("In the platform's file, but not graded", filled_in.without_mark),
        ("Graded, but not in the platform's file", filled_in.without_row),
    ):
        if names:
            print(f"{words}: {', '.join(map(clean, names[:MOST_LINES]))}")
    return 1 if filled_in.without_row else 0


def merge(argv):
    """Take the marks from essays.csv and corrections.csv into grades.csv and the reports."""
    parser = argparse.ArgumentParser(prog="bonelab grade merge", description=merge.__doc__)
    parser.add_argument("out", type=Path, help="the folder that bonelab grade wrote")
    folder = parser.parse_args(argv).out
    from bonelab.grading.class_grading import merge_folder
    from bonelab.grading.gradebook_files import BadMarks

    try:
        book = merge_folder(folder)
    except (BadMarks, FileNotFoundError) as problem:
        return _complain(problem)
    return _tell(folder, book)


def _tell(folder, book):
    """Say what was done and what is left to do; the exit code."""
    from bonelab.grading.submission_plan import UNTOUCHED, clean

    look = [
        f"  {clean(name)}: {clean(entry.status)}"
        for name, student in book.students.items()
        for entry in student.sets
        if entry.status not in ("graded", UNTOUCHED)
    ]
    untouched = [
        clean(name)
        for name, student in book.students.items()
        if any(entry.status == UNTOUCHED for entry in student.sets)
    ]
    look += [f"  {clean(trouble)}" for trouble in book.troubles]
    waiting = sum(len(book.waiting(student)) for student in book.students.values())
    print(f"{len(book.students)} students graded: {folder / 'grades.csv'}, {folder / 'reports'}")
    if waiting:
        print(f"{waiting} answers in words wait in {folder / 'essays.csv'}; mark them there, then")
        print(f"  bonelab grade merge {folder}")
    if untouched:
        print(
            f"Handed in as it was handed out, and in no mean: {', '.join(untouched[:MOST_LINES])}"
        )
    if look:
        print("These need a look:", *look[:MOST_LINES], sep="\n")
    if len(look) > MOST_LINES:
        print(f"  and {len(look) - MOST_LINES} more; see the column status of grades.csv")
    return 1 if look else 0


MOST_LINES = 40  # in the terminal


def _complain(problem):
    print(f"bonelab grade: {problem}", file=sys.stderr)
    return 2
