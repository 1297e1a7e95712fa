"""How long until something happens: importing bonelab, the first run, the first picture of a lab.

    python benchmarks/start.py [--repeat 5] [--write docs/speed]

Each task is a new Python process; bare Python takes turns with the others and is taken off.
"""

import statistics
import subprocess
import sys

import report

TASKS = {
    "bare Python": "pass",
    "import bonelab": "import bonelab",
    "import numpy, scipy.integrate": "import numpy, scipy.integrate",
    "first run": "import bonelab as bl; bl.simulate(bl.woman(65), bl.denosumab(doses=4), years=4)",
    "first picture": (
        "import bonelab as bl\n"
        "from bonelab.figures import plot_run\n"
        "run = bl.simulate(bl.woman(65), bl.denosumab(doses=4), years=4)\n"
        "ax = plot_run(run)\n"
        "import numpy as np\n"
        "np.ravel(ax)[0].figure.canvas.draw()"
    ),
    "first lab": "import bonelab as bl\nbl.labs.clinic()",
}


def process(code):
    """A task that runs code in a new Python."""

    def task():
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)

    return task


def main():
    options = report.arguments(__doc__, repeat=(5, "turns of every task"))
    times = report.interleaved({n: process(code) for n, code in TASKS.items()}, options.repeat)
    bare = times["bare Python"]
    more = {
        name: statistics.median(a - b for a, b in zip(own, bare, strict=True)) * 1e3
        for name, own in times.items()
        if name != "bare Python"
    }
    rows = [
        {
            "task": name,
            "ms over bare Python": f"{value:.0f}",
            "ratio to bare Python": f"{report.ratio(times, name, 'bare Python'):.1f}",
        }
        for name, value in more.items()
    ]
    report.publish(options.write, "start", "Start", rows, more, "ms over bare Python")


if __name__ == "__main__":
    main()
