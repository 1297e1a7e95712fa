"""What the benchmarks share: interleaved timing, a markdown table, a plot, the machine in words."""

import argparse
import os
import platform
import statistics
import time
from pathlib import Path


def arguments(text, **defaults):
    """The command line: ``--repeat``, ``--write FOLDER`` and what a benchmark adds."""
    parser = argparse.ArgumentParser(description=text.splitlines()[0])
    parser.add_argument("--write", metavar="FOLDER", help="write a table and a plot here")
    for name, (value, words) in defaults.items():
        parser.add_argument(f"--{name}", type=type(value), default=value, help=words)
    return parser.parse_args()


def interleaved(tasks, repeat):
    """Seconds of every task, ``{name: [seconds]}``; tasks take turns, so noise hits all alike."""
    times = {name: [] for name in tasks}
    for task in tasks.values():
        task()  # warm up
    for _ in range(repeat):
        for name, task in tasks.items():
            begin = time.perf_counter()
            task()
            times[name].append(time.perf_counter() - begin)
    return times


def ratio(times, name, base):
    """Median over the turns of one task's time over another's."""
    return statistics.median(a / b for a, b in zip(times[name], times[base], strict=True))


def machine():
    """The machine in one line."""
    import numpy
    import scipy

    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, numpy {numpy.__version__}, scipy {scipy.__version__}"
    )


def markdown(rows):
    """Rows (dicts with the same keys) as a markdown table."""
    heads = list(rows[0])
    lines = [" | ".join(heads), " | ".join("---" for _ in heads)]
    lines += [" | ".join(str(row[head]) for head in heads) for row in rows]
    return "\n".join(f"| {line} |" for line in lines)


def publish(folder, name, title, rows, bars, label):
    """Print the table; with a folder, write ``name.md`` and ``name.svg`` (bars: words, number)."""
    text = f"# {title}\n\n{markdown(rows)}\n\n{machine()}.\n"
    print(text)
    if not folder:
        return
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    figure, ax = plt.subplots(figsize=(7, 0.6 + 0.45 * len(bars)), layout="constrained")
    drawn = ax.barh(list(bars), list(bars.values()), color="#4477aa")
    ax.bar_label(drawn, fmt="%.3g", padding=3)
    ax.margins(x=0.15)
    ax.invert_yaxis()
    ax.set_xlabel(label)
    figure.savefig(place / f"{name}.svg", metadata={"Date": None})
    plt.close(figure)
    words = ", ".join(f"{bar} {value:.3g}" for bar, value in bars.items())
    picture = f"\n![{label}: {words}]({name}.svg)\n"
    (place / f"{name}.md").write_text(text + picture, encoding="utf-8")
