"""Grade a mixed class over all exercise sets twice: is it the same, byte for byte, and how long?

    python3 benchmarks/grading_class.py [--keep FOLDER]

Five submissions for each set: the solution, the untouched exercise, the wrong answers of the proof
file, its other right answers, and one that is odd (saved by another program, stripped, without its
setup, ...) or hostile (an endless loop, a crash, ...; see tests/grading). It needs the sandbox.
"""

import argparse
import itertools
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
CORES = 2
BESIDE = "set_06_coupling_and_balance.ipynb"
# A sandbox is ended from outside, and the kernel then tells nobody how long it has computed.
COUNTED = """
import sys
from bonelab.course.grade import main
from bonelab.grading.usage_watch import UsageWatch

def stop(watch, stop=UsageWatch.stop):
    watch.look()
    with open("computed.txt", "a") as file:
        file.write(f"{watch.computed}\\n")
    stop(watch)

UsageWatch.stop = stop
sys.exit(main(sys.argv[1:]))
"""
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "grading")]

import grading  # noqa: E402  (beside this file)
import odd  # noqa: E402
import proofs  # noqa: E402
from hostile import FORGE  # noqa: E402
from hostile_leak import LEAK  # noqa: E402
from hostile_use import USE_UP  # noqa: E402

from bonelab.grading.exercise_source import ANSWER, ESSAY  # noqa: E402

ODDITIES = {
    "stripped": odd.strip_all,
    "old": odd.old_format,
    "windows": odd.each(odd.windows_lines),
    "nosetup": odd.delete("given-setup"),
    "kernel": odd.kernel(name="bone-env", display_name="bone"),
}
ATTACKS = {
    "loop": USE_UP["an endless loop"],
    "crash": USE_UP["a segmentation fault"],
    "memory": USE_UP["memory little by little"],
    "patched": FORGE["patched numpy"],
    "spy": LEAK["reading the environment of others"],
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--keep", type=Path, help="an empty folder for submissions and results")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bonelab-benchmark-") as folder:
        folder = options.keep or Path(folder)
        size = hand_in(folder / "submissions")
        print(f"cores: {len(os.sched_getaffinity(0))}, load before: {os.getloadavg()[0]:.1f}")
        for out in ("out", "again"):
            seconds, computed = grade(folder, out)
            print(
                f"{size} submissions in {seconds:.1f} s, {seconds / size:.2f} s each, "
                f"{computed / size:.2f} s of computing each; "
                f"50 on {CORES} cores without other work: {50 * computed / size / CORES:.0f} s"
            )
        first, second = (written(folder / out) for out in ("out", "again"))
        differ = sorted(name for name in first | second if first.get(name) != second.get(name))
        print(f"{len(first)} files written; {differ or 'all the same'} the second time")
        tell_marks(json.loads(first["results.json"]))
        beside_nbgrader(folder)
    return 1 if differ else 0


def beside_nbgrader(folder):
    """The same notebooks of one set, by bonelab's grader and by nbgrader's: computing."""
    solution = ROOT / "solutions" / BESIDE
    students = grading.hand_in(solution, folder, 4)
    (folder / "submissions").rename(folder / "all")
    (folder / "submitted").rename(folder / "submissions")
    _, ours = grade(folder, "beside")
    (folder / "submissions").rename(folder / "submitted")
    before = computed()
    grading.autograde(solution, folder, students)
    theirs = computed() - before
    print(f"{BESIDE}, 4 submissions, computing: bonelab {ours:.1f} s, nbgrader {theirs:.1f} s")
    print(f"ratio: {theirs / ours:.1f}")


def hand_in(folder):
    """Write the class, a folder per student, named for the set and what is handed in; its size."""
    strange = [pair for both in zip(ODDITIES, ATTACKS, strict=True) for pair in both]
    solutions = sorted((ROOT / "solutions").glob("*.ipynb"))
    for path, name in zip(solutions, itertools.cycle(strange)):
        exercise, wrong, right = proofs.load(path)
        solved = {
            cell.id: f"{cell.source.replace('###', '#')}\n# mine"
            for cell in exercise.of_kind(ANSWER, ESSAY)
        }
        first = next(cell.id for cell in exercise.of_kind(ANSWER))
        attack = ATTACKS[name].answers["answer-0_1"] if name in ATTACKS else ""
        handed = {
            "right": solved,
            "untouched": {},
            "wrong": solved | replaced(exercise, wrong),
            "otherwise": solved | replaced(exercise, right),
            name: solved | ({first: attack} if attack else {}),
        }
        for kind, answers in handed.items():
            notebook = json.loads((ROOT / "exercises" / path.name).read_text(encoding="utf-8"))
            for cell in notebook["cells"]:
                cell["source"] = answers.get(cell["id"], "".join(cell["source"]))
            ODDITIES.get(kind, lambda notebook: None)(notebook)
            own = folder / f"{path.stem}-{kind}"
            own.mkdir(parents=True)
            (own / path.name).write_text(json.dumps(notebook), encoding="utf-8")
    return 5 * len(solutions)


def replaced(exercise, tried):
    """One answer for each cell that the proofs replace: the first."""
    return {proofs.answer_cell(exercise, proof): proof.answer for proof in reversed(tried)}


def grade(folder, out):
    """Seconds that ``bonelab grade`` takes, from its start to its end, and those it computes in
    all its processes."""
    command = [sys.executable, "-c", COUNTED, "submissions", "--out", out]
    start, before = time.perf_counter(), computed()
    done = subprocess.run(
        [*command, "--solutions", str(ROOT / "solutions")],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode > 1:  # 1: some need a look
        sys.exit(done.stdout + done.stderr)
    return time.perf_counter() - start, computed() - before + in_sandboxes(folder)


def computed():
    """Seconds that programs started here have computed, sandboxes aside."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def in_sandboxes(folder):
    """Seconds that students' processes have computed; the file that says so is taken away."""
    path = folder / "computed.txt"
    seconds = sum(map(float, path.read_text(encoding="utf-8").split()))
    path.unlink()
    return seconds


def written(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def tell_marks(book):
    """The share of the checks' marks, by what was handed in, and every status that is odd."""
    checks = {}
    for question in book["questions"]:
        checks.setdefault(question["exercise"], []).extend(
            item for item in question["items"] if not item["rubric"]
        )
    shares = {}
    for name, student in sorted(book["students"].items()):
        [entry] = student["sets"]
        items = checks[entry["exercise"]]
        got = sum(student["marks"][item["item"]] for item in items)
        share = got / sum(item["points"] for item in items)
        shares.setdefault(name.partition("-")[2], []).append(share)
        if entry["status"] != "graded":
            print(f"{name}: {entry['status']}")
    for kind, found in shares.items():
        print(f"{kind + ':':12} {', '.join(f'{share:.0%}' for share in found)}")


if __name__ == "__main__":
    sys.exit(main())
