"""How long ten students wait who all move a lab at the same time, on this machine.

    python3 benchmarks/class_at_once.py [--students 10] [--moves 40] [--labs culture_dish clinic]
                                        [--write docs/publishing.md]

Each student is a process. It opens the lab, waits for all the others, and then drags every slider
of the lab in turn from its low end to its high one, over settings of its own; after each it waits
for picture and sentence, and pauses as a person would. Printed for each lab: the median and the
95th percentile of the wait in milliseconds, alone and all together, what a move costs the
processor, and the memory of a student. ``--write`` puts the table into the docs, between two marks.
Nothing else should run meanwhile.
"""

import argparse
import random
import re
import statistics
import time
from multiprocessing import get_context
from pathlib import Path

PAUSE = 0.25  # seconds between two positions of a slider that somebody drags
BEGINS = {"mystery_patient": {"suspect": "more RANKL"}}  # without a suspect no slider does anything
HEAD = (
    "| lab | alone, p50 | alone, p95 | together, p50 | together, p95 | processor, ms a move "
    "| MB each |\n|---|---|---|---|---|---|---|"
)
MARKS = "<!-- class_at_once: begin -->", "<!-- class_at_once: end -->"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--students", type=int, default=10)
    parser.add_argument("--moves", type=int, default=40)
    parser.add_argument("--labs", nargs="*", default=None)
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the table in there")
    options = parser.parse_args()
    from bonelab.labs import LABS

    print(HEAD)
    rows = []
    for name in options.labs or LABS:
        rows.append(row(name, options.students, options.moves))
        print(rows[-1], flush=True)
    if options.write:
        write(options.write, "\n".join([HEAD, *rows]))


def row(name, students, moves):
    """The line of one lab."""
    alone = at_once(name, 1, moves)
    many = at_once(name, students, moves)
    waits = [*middle(waits_of(alone)), *middle(waits_of(many))]
    figures = [*waits, statistics.mean(each["processor"] for each in many)]
    figures.append(statistics.mean(each["MB"] for each in many))
    return f"| {name} | {' | '.join(f'{figure:.0f}' for figure in figures)} |"


def waits_of(students):
    return [wait for each in students for wait in each["waits"]]


def write(path, table):
    """Put the table between the two marks of a file."""
    text = path.read_text(encoding="utf-8")
    begin, end = MARKS
    place = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    if not place.search(text):
        raise SystemExit(f"{path} has no line {begin}, and so no place for the table.")
    path.write_text(place.sub(lambda _: f"{begin}\n{table}\n{end}", text), encoding="utf-8")


def at_once(name, students, moves):
    """What each of so many students met who begin to move together."""
    context = get_context("spawn")
    start, answers = context.Barrier(students), context.Queue()
    processes = [
        context.Process(target=one, args=(name, moves, seed, start, answers))
        for seed in range(students)
    ]
    for process in processes:
        process.start()
    met = [answers.get() for _ in processes]
    for process in processes:
        process.join()
    faults = [each for each in met if isinstance(each, str)]
    if faults:
        raise SystemExit(f"{name}: {faults[0]}")
    return met


def one(name, moves, seed, start, answers):
    """One student: open the lab, wait for the others, move, look, think, move again."""
    try:
        answers.put(student(name, moves, seed, start))
    except Exception as problem:  # the others wait for this one
        start.abort()
        answers.put(f"{type(problem).__name__}: {problem}")


def student(name, moves, seed, start):
    import matplotlib

    matplotlib.use("Agg")
    import psutil

    import bonelab as bl

    lab, drawn = getattr(bl.labs, name)().skip(), random.Random(seed)
    lab.set(**BEGINS.get(name, {}))
    sliders = [control for control in lab.controls.values() if control.kind == "slider"]
    lab.png(), lab.text
    waits = []
    start.wait()
    used = time.process_time()
    for number, slider in enumerate(sliders):
        steps = len(range(number, moves, len(sliders)))
        for share in sorted(drawn.random() for _ in range(steps)):
            value = stop(slider, share)
            started = time.perf_counter()
            lab.move(slider.name, value)
            lab.png(), lab.text
            waits.append(1000 * (time.perf_counter() - started))
            time.sleep(PAUSE)
    used = 1000 * (time.process_time() - used) / moves
    memory = psutil.Process().memory_info().rss / 1e6
    return {"waits": waits, "processor": used, "MB": memory}


def stop(slider, share):
    """The stop of a slider that lies at so much of its way."""
    if slider.scale == "log":
        return slider.check(slider.tidy(slider.low * (slider.high / slider.low) ** share))
    way = share * (slider.high - slider.low)
    way = round(way / slider.step) * slider.step if slider.step else way
    return slider.check(slider.tidy(slider.low + way))


def middle(waits):
    """The median and the 95th percentile."""
    return statistics.median(waits), statistics.quantiles(waits, n=20)[-1]


if __name__ == "__main__":
    main()
