"""From a key press on a slider to changed pixels, in a real JupyterLab in headless Chromium.

    python benchmarks/labs.py --write docs/speed            # every lab: 20 minutes when idle
    python benchmarks/labs.py culture_dish elsewhere:brain --rounds 3 --steps 25 --moves 1000

For each lab, four notebooks with the same slider are opened in turn, round after round, so that a
noisy machine is noisy for all: the lab; ``interact`` with inline matplotlib drawing the same
picture; plotly's FigureWidget with the same curves; and a bare text label, the floor. What counts
are the ratios. The slider is the lab's first one on which twelve pictures a second could be seen at
all: a drag passes it in a second and a half, so it has 18 stops or more; the table names it. It
goes eight steps to and eight fro (fewer where it ends before), so most moves go where the lab has
been, whose pictures it keeps. A lab draws the next stop while one looks at this one; p95 shows
where it does not, and the pictures a second are mostly of new stops. A browser paints sixty times
a second, so where p50 is two frames one frame more is half as much again: the label's own p95 / p50
stands beside the lab's. Then the slider is dragged (pictures a second, blank frames, is the last
picture the right one?) and, with ``--moves``, moved so many times while memory is watched.

Needs ``pip install playwright plotly anywidget psutil`` and Chromium (``CHROMIUM=/path``, or
``chromium`` on PATH). Nothing is downloaded, nothing but the loopback is talked to.
"""

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

import report
from lab_server import LabServer
from playwright.sync_api import Error, sync_playwright

import bonelab as bl

GOALS = {  # column of the table -> (what is wanted in words, whether a number is good enough)
    "p50 / interact": ("at most 0.15", lambda ratio: ratio <= 0.15),
    "p50 / plotly": ("below 1", lambda ratio: ratio < 1),
    "p50 / label": ("at most 1.8", lambda ratio: ratio <= 1.8),
    "p95 / p50": ("at most 1.6", lambda ratio: ratio <= 1.6),
    "pictures a second": ("at least 12", lambda number: number >= 12),
    "blank frames": ("none", lambda number: number == 0),
    "last picture right": ("always", lambda share: share == 1),
}
FLOOR = "p95 / p50 of the label"
PLACES = ("immune", "brain", "artery", "breast", "calcium")  # the rooms of the lab "elsewhere"
LABS = [
    *(name for name in bl.labs.LABS if name != "elsewhere"),
    *(f"elsewhere:{place}" for place in PLACES),
]
SWEEP = 1.5  # seconds in which a drag goes from one end of a slider to the other
ENOUGH = 18  # stops: twelve pictures in each of those seconds
# Where that slider of a lab does nothing as the lab begins: what makes it do something.
BEGIN = {
    "antibody_designer": {"valence": 3, "affinity": 3},
    "disease_desk": {"disease": "glucocorticoid osteoporosis"},
    "mystery_patient": {"suspect": "less OPG"},
}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
         "--disable-background-networking", "--disable-component-update"]  # fmt: skip

START = """
import ipywidgets as w
import bonelab as bl
lab = bl.labs.{lab}
lab.skip().set(**{begin})
control = lab.controls["{slider}"]
log = control.scale == "log"
"""
SLIDER = """
import math
kind, ends = (w.FloatLogSlider, (control.left_end, control.high)) if log else (
    w.FloatSlider, (control.low, control.high))
if log:
    ends = [math.log10(end) for end in ends]
slider = kind(min=ends[0], max=ends[1], step=1 / 20 if log else control.step,
              value=control.position(lab.values[control.name]), description=control.words)
"""
COMPARATORS = {
    "lab": "lab",
    "interact": SLIDER
    + """
%matplotlib inline
from IPython.display import display
def draw(x):
    lab.set(**{control.name: control.tidy(x)})
    picture = lab._make_picture(lab.seen)
    display(picture.figure)
w.interact(draw, x=slider);
""",
    "plotly": SLIDER
    + """
import matplotlib.lines
import plotly.graph_objects as go
from plotly.subplots import make_subplots
picture = lab.picture
lines = [a for a in picture.moving if isinstance(a, matplotlib.lines.Line2D)]
panels = list(dict.fromkeys(line.axes for line in lines))
figure = go.FigureWidget(make_subplots(1, len(panels)))
for line in lines:
    figure.add_scatter(x=list(line.get_xdata()), y=list(line.get_ydata()), row=1,
                       col=1 + panels.index(line.axes))
figure.update_layout(width=picture.pixels[0], height=picture.pixels[1])
def move(change):
    lab.set(**{control.name: control.tidy(slider.value)})
    picture.update(lab.seen)
    with figure.batch_update():
        for trace, line in zip(figure.data, lines):
            trace.x, trace.y = list(line.get_xdata()), list(line.get_ydata())
slider.observe(move, "value")
w.VBox([slider, figure])
""",
    "label": SLIDER
    + """
label = w.Label(str(slider.value))
slider.observe(lambda change: setattr(label, "value", f"{slider.value:.4g}"), "value")
label.add_class("floor")
w.VBox([slider, label])
""",
}

# Watches the output of the first cell. A change counts when it is decoded and a frame was painted;
# sliders, sentences and what is only read out (every four seconds at most) are not the picture.
PROBE = """
() => {
  const root = document.querySelector('.jp-OutputArea-output').closest('.jp-Cell');
  const pictures = () => [...root.querySelectorAll('.jp-OutputArea img')]
      .filter(e => e.getBoundingClientRect().width > 100);
  const P = window.probe = {key: 0, changes: [], blank: 0, frames: 0, root};
  const inside = m => { const e = m.target.nodeType === 1 ? m.target : m.target.parentElement;
      return e && !e.closest('.widget-slider, .widget-text, .bonelab-sentence, .widget-html')
             && !e.closest('.widget-readout, .bonelab-voice') && e.closest('.jp-OutputArea'); };
  const painted = () => new Promise(done => requestAnimationFrame(() => {
      const c = new MessageChannel(); c.port1.onmessage = done; c.port2.postMessage(0); }));
  let pending = false;
  new MutationObserver(async ms => {
    if (!ms.some(inside) || pending) return;
    pending = true;
    await Promise.all(pictures().map(i => i.decode().catch(() => 0)));
    await painted();
    pending = false;
    P.changes.push(performance.now());
  }).observe(root, {subtree: true, childList: true, attributes: true, characterData: true});
  for (const kind of ['keydown', 'pointermove'])
    document.addEventListener(kind, e => { P.key = performance.now(); P.first ||= P.key; }, true);
  const watch = () => { P.frames++;
    // an img keeps its old picture while a new one loads: blank is one that never had any
    if (pictures().some(i => !(i.seen ||= i.naturalWidth > 30) || i.height < 30)) P.blank++;
    requestAnimationFrame(watch); };
  watch();
  P.settle = async (quiet, limit) => {
    const start = performance.now();
    for (;;) {
      const last = P.changes.at(-1) ?? 0, now = performance.now();
      if (!pending && last > P.key && now - last > quiet) return last - P.key;
      if (now - start > limit) return null;
      await new Promise(r => setTimeout(r, 10));
    } };
  P.hash = async () => { const i = pictures()[0];
    const bytes = i ? await (await fetch(i.src)).arrayBuffer()
                    : new TextEncoder().encode(root.querySelector('.jp-OutputArea').innerText);
    return [...new Uint8Array(await crypto.subtle.digest('SHA-1', bytes))].join(); };
}
"""


class Page:
    """One notebook open in the browser, its slider (counted from 0) in the keyboard's focus."""

    def __init__(self, browser, server, notebook, slider=0):
        self.page = browser.new_page(viewport={"width": 1280, "height": 1000})
        self.errors = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)[:200]))
        self.page.goto(server.address(notebook))
        self.page.wait_for_function(
            "() => window.jupyterapp?.shell.currentWidget?.context?.sessionContext?.session"
            "?.kernel?.status === 'idle'", timeout=90_000)  # fmt: skip
        self.page.evaluate("jupyterapp.commands.execute('notebook:run-all-cells')")
        self.slider = slider
        self.handle = self.page.locator(".noUi-handle").nth(slider)
        self.handle.wait_for(timeout=60_000)
        self.page.wait_for_timeout(2500)
        self.page.evaluate(PROBE)
        self.handle.focus()

    def press(self, key, quiet=200):
        """Milliseconds from the key to the last changed pixels, or None."""
        self.page.keyboard.press(key)
        return self.page.evaluate("q => probe.settle(q, 5000)", quiet)

    def steps(self, count, way):
        """Latencies of ``count`` steps along a ``way_of`` and back, after three to warm up."""
        reach, *to_and_fro = way
        keys = [to_and_fro[i // reach % 2] for i in range(count + 3)]
        taken = [self.press(key) for key in keys][3:]
        return [ms for ms in taken if ms is not None]

    def drag(self, seconds=3.0):
        """Drag the handle to and fro at 60 moves a second; what was seen meanwhile."""
        track = self.page.locator(".noUi-base").nth(self.slider).bounding_box()
        knob = self.handle.bounding_box()
        x, y = knob["x"] + knob["width"] / 2, knob["y"] + knob["height"] / 2
        self.page.evaluate("probe.changes = []; probe.blank = probe.frames = 0")
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        begin = time.perf_counter()
        offset = (x - track["x"]) / track["width"]
        while (passed := time.perf_counter() - begin) < seconds:
            share = (passed / SWEEP + offset) % 2
            share = min(share, 2 - share)
            self.page.mouse.move(track["x"] + 3 + (track["width"] - 6) * share, y)
            time.sleep(1 / 60)
        self.page.mouse.up()
        seen = self.page.evaluate("[probe.changes.length, probe.blank, probe.frames]")
        self.page.wait_for_timeout(1500)
        last = self.page.evaluate("probe.hash()")
        self.handle.focus()
        for key in ("ArrowLeft", "ArrowRight", "ArrowRight", "ArrowLeft"):  # one is at no end
            self.press(key, 400)
        return {
            "pictures a second": seen[0] / seconds,
            "blank frames": seen[1],
            "last picture right": last == self.page.evaluate("probe.hash()"),
        }

    def memory(self):
        """Megabytes on the heap of the page after a collection."""
        devtools = self.page.context.new_cdp_session(self.page)
        devtools.send("HeapProfiler.collectGarbage")
        return devtools.send("Runtime.getHeapUsage")["usedSize"] / 1e6


def write_notebooks(folder, names):
    """One notebook for each lab and comparator."""
    import nbformat.v4 as v4

    for name in names:
        function, _, place = name.partition(":")
        start = START.format(
            lab=f"{function}({place!r})" if place else f"{function}()", begin=BEGIN.get(name, {}),
            slider=slider_of(name)[1].name,
        )  # fmt: skip
        for kind, source in COMPARATORS.items():
            book = v4.new_notebook(cells=[v4.new_code_cell(start + source)])
            book.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
            Path(folder, notebook(name, kind)).write_text(v4.writes(book), encoding="utf-8")


def slider_of(name):
    """The slider of a lab that is moved: which one, counted from 0, and the control."""
    function, _, place = name.partition(":")
    lab = getattr(bl.labs, function)(*([place] if place else []))
    sliders = [control for control in lab.controls.values() if control.kind == "slider"]
    return next(each for each in enumerate(sliders) if len(each[1].stops) >= ENOUGH)


def way_of(name):
    """Stops that the slider of a lab can go (at most eight), and the keys to and fro."""
    slider = slider_of(name)[1]
    here = slider.place(BEGIN.get(name, {}).get(slider.name, slider.default))
    up = sum(at > here + 1e-9 for at, _ in slider.stops)
    down = sum(at < here - 1e-9 for at, _ in slider.stops)
    keys = ("ArrowRight", "ArrowLeft") if up >= min(8, down) else ("ArrowLeft", "ArrowRight")
    return min(8, max(up, down)), *keys


def notebook(name, kind):
    """The file name of a lab's notebook."""
    return f"{name.replace(':', '_')}_{kind}.ipynb"


def measure(browser, server, name, rounds, steps, moves):
    """All notebooks of one lab in turn; prints the figures, returns a row of the table."""
    taken, drags, errors, growth = {kind: [] for kind in COMPARATORS}, [], [], None
    (number, slider), way = slider_of(name), way_of(name)
    for turn in range(rounds):
        for kind in COMPARATORS:
            shown = Page(browser, server, notebook(name, kind), number if kind == "lab" else 0)
            taken[kind] += shown.steps(steps if kind == "lab" else steps // 2, way)
            if kind == "lab":
                drags.append(shown.drag())
                if moves and turn == 0:
                    growth = grown(shown, server, moves)
            errors += shown.errors
            shown.page.close()
            server.stop_kernels()
    figures, ms = figures_of(taken, drags), statistics.median(taken["lab"])
    print(f"\n{name} ({slider.label}): " + ", ".join(
        f"{kind} {statistics.median(times):.0f} ms" for kind, times in taken.items() if times
    ))  # fmt: skip
    for words, figure in figures.items():
        wanted, good = GOALS[words]
        print(f"  {words:20} {figure:8.3g}  {'' if good(figure) else f'missed: {wanted}'}")
    if growth:
        print(f"  memory over {moves} moves  kernel {growth[0]:+.1f} MB, page {growth[1]:+.1f} MB")
    print(f"  {FLOOR}  {spread(taken['label']):.3g}")
    print(f"  errors in the page   {errors or 'none'}", flush=True)
    row = {words: _in_table(words, figure) for words, figure in figures.items()}
    floor = f"{spread(taken['label']):.2f}"
    return {"lab": name, "slider": slider.label, "p50 (ms)": f"{ms:.0f}", FLOOR: floor} | row


def figures_of(taken, drags):
    """Every figure that has a goal: ratios of the latencies (ms), and what dragging showed."""
    p50 = {kind: statistics.median(times) for kind, times in taken.items()}
    figures = {f"p50 / {kind}": p50["lab"] / p50[kind] for kind in ("interact", "plotly", "label")}
    figures["p95 / p50"] = spread(taken["lab"])
    figures["pictures a second"] = statistics.median(each["pictures a second"] for each in drags)
    figures["blank frames"] = sum(each["blank frames"] for each in drags)
    figures["last picture right"] = statistics.mean(each["last picture right"] for each in drags)
    return figures


def spread(times):
    """The 95th percentile over the median."""
    return statistics.quantiles(times, n=20)[-1] / statistics.median(times)


def _in_table(words, figure):
    """A figure as text; bold where it misses its goal."""
    if words == "last picture right":
        text = "yes" if figure == 1 else f"in {figure:.0%} of the drags"
    else:
        text = f"{figure:.0f}" if float(figure).is_integer() else f"{figure:.2f}"
        text = f"{figure:.0f}" if words == "pictures a second" else text
    return text if GOALS[words][1](figure) else f"**{text}**"


def grown(shown, server, moves):
    """Growth in MB of (kernel, page) over ``moves`` moves, after a tenth of them to warm up."""
    keys = [("ArrowRight", "ArrowLeft")[i // 8 % 2] for i in range(moves + moves // 10)]
    for count, key in enumerate(keys):
        if count == moves // 10:
            before = server.kernel_memory(), shown.memory()
        shown.press(key, 0)
    return server.kernel_memory() - before[0], shown.memory() - before[1]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("labs", nargs="*", help=f"some of {', '.join(LABS)}")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--steps", type=int, default=40)
    parser.add_argument("--moves", type=int, default=0, help="watch memory over so many moves")
    parser.add_argument("--write", metavar="FOLDER", help="write a table and a plot here")
    asked = parser.parse_args()
    if unknown := [name for name in asked.labs if name not in LABS]:
        parser.error(f"no lab {', '.join(unknown)}; there are {', '.join(LABS)}")
    names = asked.labs or LABS
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or sys.exit("no Chromium")
    rows = []
    with tempfile.TemporaryDirectory() as folder, LabServer(folder) as server:
        write_notebooks(folder, names)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            for name in names:
                try:
                    rows.append(measure(browser, server, name, *asked_of(asked)))
                except (Error, statistics.StatisticsError) as problem:
                    print(f"{name} could not be measured: {problem}", flush=True)
                    server.stop_kernels()
                    rows.append({"lab": name, "slider": "", "p50 (ms)": "**not measured**"}
                                | {FLOOR: "–"}
                                | dict.fromkeys(GOALS, "–"))  # fmt: skip
            browser.close()
    wanted = {"lab": "*wanted*", "slider": "", "p50 (ms)": "", FLOOR: ""} | {
        words: goal for words, (goal, _) in GOALS.items()
    }
    bars = {row["lab"]: float(row["p50 / label"].strip("*")) for row in rows
            if row["p50 / label"] != "–"}  # fmt: skip
    label = "p50 over that of a text label (wanted: at most 1.8)"
    report.publish(asked.write, "labs", "Labs", [wanted, *rows], bars, label)


def asked_of(asked):
    """What :func:`measure` takes from the command line."""
    return asked.rounds, asked.steps, asked.moves


if __name__ == "__main__":
    main()
