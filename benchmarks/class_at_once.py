"""How long ten students wait who all move a lab at the same time, on this machine.

    python3 benchmarks/class_at_once.py [--students 10] [--moves 40] [--labs culture_dish clinic]

Each student is a process that moves the first slider of a lab and waits for picture and sentence,
then moves on after a pause as a person would. Printed for each lab: the median and the 95th
percentile of the wait in milliseconds, alone and all together, and the memory of a student.
"""

import argparse
import os
import random
import statistics
import time
from multiprocessing import get_context

PAUSE = 0.25  # seconds between two positions of a slider that somebody drags


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--students", type=int, default=10)
    parser.add_argument("--moves", type=int, default=40)
    parser.add_argument("--labs", nargs="*", default=None)
    options = parser.parse_args()
    from bonelab.labs import LABS

    print("| lab | alone, p50 | alone, p95 | together, p50 | together, p95 | MB each |")
    print("|---|---|---|---|---|---|")
    for name in options.labs or LABS:
        alone, _ = together(name, 1, options.moves)
        many, memory = together(name, options.students, options.moves)
        figures = [*middle(alone), *middle(many)]
        print(
            f"| {name} | {' | '.join(f'{ms:.0f}' for ms in figures)} | {memory:.0f} |", flush=True
        )


def together(name, students, moves):
    """Waits of all students in milliseconds, and the memory of one in MB."""
    with get_context("spawn").Pool(students) as pool:
        seeds = range(students)
        answers = pool.starmap(one, [(name, moves, seed) for seed in seeds], chunksize=1)
    waits = [wait for each, _ in answers for wait in each]
    return waits, statistics.mean(memory for _, memory in answers)


def one(name, moves, seed):
    """One student: move, wait for the picture, think, move again."""
    import matplotlib

    matplotlib.use("Agg")
    import psutil

    import bonelab as bl

    lab, drawn = getattr(bl.labs, name)().skip(), random.Random(seed)
    control = next(c for c in lab.controls.values() if c.kind == "slider")
    lab.png(), lab.text
    waits = []
    for _ in range(moves):
        value = control.check(control.tidy(drawn.uniform(control.low, control.high)))
        started = time.perf_counter()
        lab.move(control.name, value)
        lab.png(), lab.text
        waits.append(1000 * (time.perf_counter() - started))
        time.sleep(PAUSE)
    return waits, psutil.Process(os.getpid()).memory_info().rss / 1e6


def middle(waits):
    """The median and the 95th percentile."""
    return statistics.median(waits), statistics.quantiles(waits, n=20)[-1]


if __name__ == "__main__":
    main()
