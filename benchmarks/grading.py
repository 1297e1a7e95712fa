"""Seconds per submission: bonelab's grader beside nbgrader's autograde, on the same notebooks.

    python3 benchmarks/grading.py [--solution solutions/set_00_start_here.ipynb] [--class 50]

A mixed class (right, untouched, wrong answers from the proof file) is graded whole by bonelab, and
its first few by nbgrader, in one run on one machine. The ratio is what counts; the seconds are this
machine's.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "grading")]

import proofs  # noqa: E402

EXAMPLE = ROOT / "tests" / "grading" / "example" / "solutions" / "00_example.ipynb"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--solution", type=Path, default=EXAMPLE)
    parser.add_argument("--class", type=int, default=50, dest="size")
    parser.add_argument("--nbgrader", type=int, default=6, help="how many nbgrader grades, too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bonelab-benchmark-") as folder:
        folder = Path(folder)
        students = hand_in(options.solution.resolve(), folder, options.size)
        ours = grade(options.solution.resolve(), folder)
        per_ours = ours / options.size
        print(
            f"bonelab grade:      {options.size} submissions in {ours:.1f} s, {per_ours:.2f} s each"
        )
        if options.nbgrader:
            theirs = autograde(options.solution.resolve(), folder, students[: options.nbgrader])
            per_theirs = theirs / options.nbgrader
            print(
                f"nbgrader autograde: {options.nbgrader} submissions in {theirs:.1f} s, "
                f"{per_theirs:.2f} s each"
            )
            print(f"ratio: {per_theirs / per_ours:.1f}")
        print(f"cores: {len(os.sched_getaffinity(0))}, load before: {os.getloadavg()[0]:.1f}")


def hand_in(solution, folder, size):
    """A mixed class in ``folder/submitted/NAME/set/``; returns the students' names."""
    source, wrong, _ = proofs.load(solution)
    exercise = json.loads((solution.parents[1] / "exercises" / solution.name).read_text("utf-8"))
    right = json.loads(solution.read_text(encoding="utf-8"))
    answers = {cell["id"]: cell["source"] for cell in right["cells"]}
    students = [f"student{number:03d}" for number in range(size)]
    for number, student in enumerate(students):
        notebook = json.loads(json.dumps(exercise))
        for cell in notebook["cells"]:
            if number % 10 != 9 and cell["id"].startswith(("answer", "essay")):  # every 10th: none
                cell["source"] = written(answers[cell["id"]], number)
        mistake = wrong[number % len(wrong)]
        for cell in notebook["cells"]:
            name = proofs.answer_cell(source, mistake)
            if number % 3 == 1 and cell["id"] == name:  # every third: one wrong answer
                cell["source"] = mistake.answer
        path = folder / "submitted" / student / "set" / solution.name
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(notebook), encoding="utf-8")
    return students


def written(source, number):
    """An answer as a student would write it: without the markers of a solution."""
    lines = "".join(source).split("\n")
    kept = [line for line in lines if "### BEGIN" not in line and "### END" not in line]
    return "\n".join([*kept, f"# student {number}"])


def grade(solution, folder):
    """Seconds that ``bonelab grade`` takes for everything, its own start included."""
    (folder / "solutions").mkdir()
    shutil.copy(solution, folder / "solutions")
    code = "import sys; from bonelab.course.grade import main; sys.exit(main(sys.argv[1:]))"
    arguments = ["submitted", "--out", "out", "--solutions", "solutions"]
    return timed([sys.executable, "-c", code, *arguments], folder)


def autograde(solution, folder, students):
    """Seconds that ``nbgrader autograde`` takes for the same notebooks."""
    course = folder / "course"
    (course / "source" / "set").mkdir(parents=True)
    shutil.copy(solution, course / "source" / "set")
    shutil.copy(ROOT / "bonelab" / "grading" / "nbgrader_config.py", course)
    for student in students:
        shutil.copytree(folder / "submitted" / student, course / "submitted" / student)
    nbgrader = [sys.executable, "-m", "nbgrader"]
    timed([*nbgrader, "generate_assignment", "set", "--create"], course)
    return timed([*nbgrader, "autograde", "set", "--create"], course)


def timed(command, folder):
    scripts = os.path.dirname(sys.executable)  # nbgrader calls alembic by name
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment["PATH"] = scripts + os.pathsep + environment["PATH"]
    start = time.perf_counter()
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
