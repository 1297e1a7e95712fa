"""The picture of the clinic: markers and density over years, with published means as marks."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.lines import Line2D

from bonelab.biology.published_trials import trials
from bonelab.parameters import DAYS_PER_MONTH
from bonelab.simulation.study_plans import same_until

from . import style
from .curve_marks import Shade
from .panels import Curves, LinePanel, Panel, in_words
from .paper import FAMILY, SMALL, button, legend, write
from .time_axis import mark_times

MONTHS = 48  # of an ordinary run; a longer plan gets an axis of twice or three times that
DRUG = (1, 1e5)  # ng/ml, the axis
ENDPOINTS = ("CTX", "P1NP", "BMD hip", "BMD spine")
# drug -> the arms whose published means may lie beside its curves, with their marks
ARMS = {
    "denosumab": {"FREEDOM": "o", "DATA denosumab": "s", "DEFEND": "^"},
    "teriparatide": {"DATA teriparatide": "D"},
}
# drug -> why there is no curve of it in serum
NOT_IN_SERUM = {
    "zoledronate": "as it acts from bone,\nwhere it is stored",
    "alendronate": "as it acts from bone,\nwhere it is stored",
    "teriparatide": "as it is gone within\nhours of each dose",
    "romosozumab": "only what it does\nto bone cells",
}
SURE = (0.01, 0.943, 0.13, 0.055)  # left, top, width and height of a button in the picture
WORDS = {"DATA denosumab": "DATA", "DATA teriparatide": "DATA"}  # the short names of arms


@dataclass(frozen=True)
class Course:
    """A run of the clinic and the drug that was chosen."""

    run: object
    drug: str
    sure: Callable = lambda: None  # the bands around the run, where somebody asked for them

    @property
    def months(self):
        """Length of the axis: four years, eight, ... A new axis means that all is drawn anew, so
        it does not follow every move of a slider that lengthens the run."""
        return MONTHS * math.ceil(round(self.run.time[-1] / DAYS_PER_MONTH) / MONTHS)


def marks_of(name, endpoint, until=math.inf):
    """Months and percent of an arm's published means up to a month; () where it has none."""
    trial = trials[name]
    if endpoint not in trial.endpoints:
        return (), ()
    months, percent = trial.points(endpoint)
    return months[months <= until], percent[months <= until]


def shown_beside(course):
    """Arm -> the month until which this run follows its plan, where a point of it lies before."""
    found = {}
    for name in ARMS.get(course.drug, ()):
        until = same_until(course.run, trials[name].treatments) / DAYS_PER_MONTH + 0.1
        if any(len(marks_of(name, endpoint, until)[0]) for endpoint in ENDPOINTS):
            found[name] = until
    return found


def illustrative(arms):
    """Which marks of some arms (name -> until which month) are recalled values, in a sentence."""
    recalled = [
        f"{endpoint} of {WORDS.get(name, name)}"
        for name, until in arms.items()
        for endpoint in ENDPOINTS
        if len(marks_of(name, endpoint, until)[0])
        and trials[name].standing(endpoint) != "published"
    ]
    return f"Illustrative values: {', '.join(recalled)}." if recalled else ""


def description(arms):
    """What the key says of the marks of some arms."""
    if not arms:
        return "Lines are the model. No published means of this plan lie beside them."
    words = "Marks are published means, as far as the trial had given the same doses."
    return f"{words} {illustrative(arms)}".strip()


class ClinicPicture(Curves):
    """Markers, density and drug over the years, published means of the same drug as marks."""

    size = (8.8, 4.6)
    xlabel, xlim = "months", (0, MONTHS)
    panels = (
        Panel("CTX: resorption", ("CTX",), "% of start", (0, 280)),
        Panel("P1NP: formation", ("P1NP",), "% of start", (0, 320)),
        Panel("BMD, hip", ("BMD hip",), "% of start", (94, 114)),
        Panel("BMD, spine", ("BMD spine",), "% of start", (92, 128)),
        Panel("Drug in serum", ("serum drug",), "ng/ml", DRUG, "log"),
    )

    def build(self, result):
        """Markers above, density and drug below, and one key of the marks."""
        grid = self.figure.add_gridspec(2, 6)
        cells = [grid[0, :3], grid[0, 3:], grid[1, :2], grid[1, 2:4], grid[1, 4:]]
        self.line_panels = [
            LinePanel(self.figure.add_subplot(cell), panel, self.xlabel, self.xlim)
            for cell, panel in zip(cells, self.panels, strict=True)
        ]
        self.marks = {drug: self._marks(arms) for drug, arms in ARMS.items()}
        self.keys = {}  # what it says -> a key
        self.moving = [artist for panel in self.line_panels for artist in panel.moving]
        self.moving += [mark for marks in self.marks.values() for mark in marks.values()]
        self.shades = {
            name: Shade(panel.axes, style.COLOUR[name])
            for name, panel in zip(ENDPOINTS, self.line_panels, strict=False)
        }
        self.moving += [artist for shade in self.shades.values() for artist in shade.moving]
        button(self.figure, SURE, "How sure?")
        self._serum = self.line_panels[-1]
        self._why = write(self._serum.axes, 0.5, 0.5, "", ha="center", va="center",
                          transform=self._serum.axes.transAxes)  # fmt: skip
        self._before, self._start = None, None

    @property
    def regions(self):
        """A button that asks for the band around the run."""
        return {"sure": ("How sure?", SURE)}

    def _marks(self, arms):
        """(arm, endpoint) -> its means as marks, in the colour of the panel."""
        made = {}
        for panel, endpoint in zip(self.line_panels, ENDPOINTS, strict=False):
            for name, marker in arms.items():
                look = style.points(endpoint, marker=marker, zorder=4, label="_", clip_on=False)
                (line,) = panel.axes.plot(*marks_of(name, endpoint), **look)
                line.set_in_layout(False)  # whole at the edge, where it asks for no room
                made[name, endpoint] = line
            panel.axes.set(xlim=self.xlim, ylim=panel.panel.ylim)
        return made

    def _key(self, drug, arms):
        """A key for all panels, in ink: the marker tells the trial, the colour the panel."""
        look = {**style.points("bone"), "color": style.INK}
        handles = [
            Line2D([], [], **(look | {"marker": ARMS[drug][name], "label": WORDS.get(name, name)}))
            for name in arms
        ]
        words = description(arms).replace(". Ill", ".\nIll")
        key = legend(self.figure, handles=handles, ncols=max(len(handles), 1),
                     loc="outside lower center", title=words)  # fmt: skip
        key.get_title().set(fontsize=SMALL, family=FAMILY, color=style.INK, ha="center")
        return key

    def ghost(self, result):
        """The first setting in grey."""
        super().ghost(result)
        self._start = result
        self._grey_level(hidden=bool(self._why.get_text()))

    def _grey_level(self, hidden):
        """The grey curve in serum is the level of one drug, and stands beside no other."""
        if self._start is not None:
            level = ([], []) if hidden else self.curve(self._start, "serum drug")
            self._serum.ghost({"serum drug": level})

    def curve(self, result, name):
        """A series over months; without a drug in serum there is no line."""
        if name in result.run:
            return super().curve(result.run, name)
        return [0.0], [DRUG[0] / 10]

    def update(self, result):
        """Move the curves; another drug brings its own marks, a longer plan a longer axis."""
        super().update(result)
        bands = result.sure()
        for name, shade in self.shades.items():
            if bands is None:
                shade.hide()
            else:
                band = bands.of(name)
                shade.show(band.time / DAYS_PER_MONTH, band.low, band.high)
        arms = shown_beside(result)
        self._show_marks(result.drug, arms)
        standing = (result.drug, result.months, description(arms), *arms)
        if standing != self._before:
            self._before = standing
            self._restand(result, arms)

    def _show_marks(self, drug, arms):
        """The means of these arms, each up to the month until which the run has its plan."""
        for own, marks in self.marks.items():
            for (name, endpoint), mark in marks.items():
                mark.set_visible(own == drug and name in arms)
                mark.set_data(*marks_of(name, endpoint, arms.get(name, 0)))

    def _restand(self, result, arms):
        """What does not move with every slider: axes of time, the key, and what serum shows."""
        for panel in self.line_panels:
            mark_times(panel.axes, "months", result.months)
            ticks = range(0, result.months + 1, 12 if result.months <= 60 else 24)
            panel.axes.set_xticks(ticks, [f"{tick}" for tick in ticks])
        for key in self.keys.values():
            key.set_visible(False)
        says = (result.drug, description(arms), *arms)
        if says not in self.keys:
            self.keys[says] = self._key(result.drug, arms)
        self.keys[says].set_visible(True)
        why = NOT_IN_SERUM.get(result.drug)
        words = f"{result.drug.capitalize()}:\nno level is modelled,\n{why}"
        self._why.set_text(words if why else "")
        self._grey_level(hidden=bool(why))
        self.restart()

    def alt(self, result):
        """The curves, and whose marks lie beside them."""
        arms = shown_beside(result)
        names = ", ".join(WORDS.get(name, name) for name in arms)
        beside = f" ({names})" if names else ""
        why = NOT_IN_SERUM.get(result.drug)
        serum = f" No level in serum is modelled, {' '.join(why.split())}." if why else ""
        return (
            f"Curves against months: {in_words(self.panels)}. {result.run.summary()} "
            f"{description(arms)}{beside}{serum}"
        ).strip()
