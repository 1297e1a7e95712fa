"""A cohort against the loop of single runs, one process against two, small cohorts against large.

    python benchmarks/cohort.py [--repeat 3] [--largest 10000] [--write docs/speed]

Four years, four doses. What is printed is time per woman and ratios within one interleaved run.
"""

import statistics

import report

import bonelab as bl
from bonelab.simulation import tissue

PLAN = bl.denosumab(doses=4)
BASE = "loop of single runs"
LOOP = 20  # women in the loop of single runs


def single_runs(women):
    """One after the other; each is solved anew, though the latest runs are kept."""
    tissue._solved.cache_clear()
    return [bl.simulate(woman, PLAN, years=4, points=49) for woman in women]


def main():
    options = report.arguments(
        __doc__, repeat=(3, "turns of every task"), largest=(10_000, "women in the largest cohort")
    )
    few, many = bl.cohort(1000, seed=1), bl.cohort(options.largest, seed=1)
    pair = bl.cohort(5000, seed=1)
    loop = [few.subject(i) for i in range(LOOP)]
    sizes = {
        "loop of single runs": LOOP,
        "cohort of 1,000": 1000,
        "cohort of 5,000, one process": 5000,
        "cohort of 5,000, two processes": 5000,
    }
    tasks = {
        "loop of single runs": lambda: single_runs(loop),
        "cohort of 1,000": lambda: few.simulate(PLAN, years=4),
        "cohort of 5,000, one process": lambda: pair.simulate(PLAN, years=4),
        "cohort of 5,000, two processes": lambda: pair.simulate(PLAN, years=4, workers=2),
    }
    if options.largest != 1000:
        name = f"cohort of {options.largest:,}"
        sizes[name] = options.largest
        tasks[name] = lambda: many.simulate(PLAN, years=4, progress=False)
    times = report.interleaved(tasks, options.repeat)
    each = {name: [seconds / sizes[name] for seconds in own] for name, own in times.items()}
    rows = [
        {
            "task": name,
            "ms per woman": f"{statistics.median(own) * 1e3:.2f}",
            "times faster than the loop": f"{report.ratio(each, BASE, name):.1f}",
        }
        for name, own in each.items()
    ]
    one, two = "cohort of 5,000, one process", "cohort of 5,000, two processes"
    print(f"two processes: {report.ratio(times, one, two):.2f} times one")
    bars = {name: statistics.median(own) * 1e3 for name, own in each.items()}
    report.publish(options.write, "cohort", "Cohorts", rows, bars, "ms per woman")


if __name__ == "__main__":
    main()
