"""The model here against the model of another edition, both in one run, as time of the processor.

    git archive 4fb08e8 bonelab | tar x -C ../first    # the first edition's last commit
    python benchmarks/editions.py --other ../first [--repeat 9]

One process for each edition; they take turns, so noise hits both alike. Women of a cohort are new
in every turn. A ratio below 1 says that this edition is the quicker one; the least and the most of
the turns stand behind the median.
"""

import statistics
import subprocess
import sys
import time
from pathlib import Path

import report

HERE = Path(__file__).resolve().parent.parent
TASKS = (
    "4 years, 4 doses",
    "the same with history",
    "10 years, 20 doses",
    "cohort of 1,000, new women, per woman",
    "cohort of 1,000, second arm, per woman",
)
BEST_OF, WOMEN = 3, 1000


def answer():
    """Be one edition: for every number that is read, print the milliseconds of every task."""
    import bonelab as bl
    from bonelab.simulation import tissue

    woman, four, twenty = bl.woman(65), bl.denosumab(doses=4), bl.denosumab(doses=20)

    def anew(plan, years, *kept):
        for cache in (tissue._solved, *kept):
            cache.cache_clear()
        begin = time.process_time()
        bl.simulate(woman, plan, years=years)
        return 1e3 * (time.process_time() - begin)

    def arm(women, doses):
        begin = time.process_time()
        women.simulate(bl.denosumab(doses=doses), years=2, progress=False)
        return 1e3 * (time.process_time() - begin) / WOMEN

    single = (four, 4), (four, 4, tissue._history), (twenty, 10)
    bl.cohort(3, seed=0).simulate(four, years=2, progress=False)  # warm up
    for line in sys.stdin:
        runs = [min(anew(*task) for _ in range(BEST_OF)) for task in single]
        women = bl.cohort(WOMEN, seed=int(line) + 1)
        women.women(0)
        print(*runs, arm(women, 4), arm(women, 3), flush=True)


def edition(folder):
    """A process that answers for the package in ``folder``."""
    return subprocess.Popen(
        [sys.executable, __file__, "--answer"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True, env={"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip


def asked(process, turn):
    """Milliseconds of every task in one turn."""
    process.stdin.write(f"{turn}\n")
    process.stdin.flush()
    return [float(word) for word in process.stdout.readline().split()]


def main():
    options = report.arguments(
        __doc__, repeat=(9, "turns"), other=("", "folder that holds the other edition's bonelab")
    )
    editions = {"other": edition(Path(options.other).resolve()), "here": edition(HERE)}
    found = {name: [] for name in editions}
    for turn in range(options.repeat):
        for name in list(editions)[:: 1 if turn % 2 else -1]:
            found[name].append(asked(editions[name], turn))
    for process in editions.values():
        process.communicate()
    rows, bars = [], {}
    for k, task in enumerate(TASKS):
        here, other = ([turn[k] for turn in found[name]] for name in ("here", "other"))
        ratios = [a / b for a, b in zip(here, other, strict=True)]
        bars[task] = statistics.median(ratios)
        rows.append(
            {
                "task": task,
                "other edition, ms": f"{statistics.median(other):.3g}",
                "here, ms": f"{statistics.median(here):.3g}",
                "ratio": f"{bars[task]:.2f} ({min(ratios):.2f} to {max(ratios):.2f})",
            }
        )
    report.publish(options.write, "editions", "Two editions", rows, bars, "time over the other's")


if __name__ == "__main__":
    answer() if "--answer" in sys.argv else main()
