"""The picture of the clinic: markers and density over years, with published means as marks."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.lines import Line2D

from bonelab.biology.published_trials import trials
from bonelab.parameters import DAYS_PER_MONTH

from . import style
from .curve_marks import Shade
from .panels import Curves, LinePanel, Panel, in_words
from .paper import FAMILY, SMALL, button, legend
from .time_axis import mark_times

MONTHS = 48  # of an ordinary run; a longer plan gets an axis of twice or three times that
DRUG = (1, 1e5)  # ng/ml, the axis
ENDPOINTS = ("CTX", "P1NP", "BMD hip", "BMD spine")
# drug -> the arms whose published means lie beside its curves, with their marks, and their plan
ARMS = {
    "denosumab": (
        {"FREEDOM": "o", "DATA denosumab": "s", "DEFEND": "^"},
        "denosumab 60 mg twice a year (DEFEND: until month 24)",
    ),
    "teriparatide": ({"DATA teriparatide": "D"}, "teriparatide 20 µg a day for 24 months"),
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


def marks_of(name, endpoint):
    """Months and percent of an arm's published means; () where it has none."""
    trial = trials[name]
    return trial.points(endpoint) if endpoint in trial.endpoints else ((), ())


def illustrative(drug):
    """Which of the marks of a drug are recalled values, in a sentence."""
    recalled = [
        f"{endpoint} of {WORDS.get(name, name)}"
        for name in ARMS[drug][0]
        for endpoint in ENDPOINTS
        if endpoint in trials[name].endpoints and trials[name].standing(endpoint) != "published"
    ]
    return f"Illustrative values: {', '.join(recalled)}." if recalled else ""


def description(drug):
    """What the key says of the marks beside the curves of a drug."""
    if drug not in ARMS:
        return "Lines are the model. No published means of this plan lie beside them."
    words = f"Marks are published means of {ARMS[drug][1]}."
    return f"{words} {illustrative(drug)}".strip()


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
        self.marks = {drug: self._marks(arms) for drug, (arms, _) in ARMS.items()}
        self.keys = {drug: self._key(drug) for drug in (*ARMS, "")}
        self.moving = [artist for panel in self.line_panels for artist in panel.moving]
        self.moving += [mark for marks in self.marks.values() for mark in marks.values()]
        self.shades = {
            name: Shade(panel.axes, style.COLOUR[name])
            for name, panel in zip(ENDPOINTS, self.line_panels, strict=False)
        }
        self.moving += [artist for shade in self.shades.values() for artist in shade.moving]
        button(self.figure, SURE, "How sure?")
        self._drug = self._months = None

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

    def _key(self, drug):
        """A key for all panels, in ink: the marker tells the trial, the colour the panel."""
        look = {**style.points("bone"), "color": style.INK}
        handles = [
            Line2D([], [], **(look | {"marker": marker, "label": WORDS.get(name, name)}))
            for name, marker in (ARMS[drug][0].items() if drug else ())
        ]
        words = description(drug).replace(". Ill", ".\nIll")
        key = legend(self.figure, handles=handles, ncols=max(len(handles), 1),
                     loc="outside lower center", title=words)  # fmt: skip
        key.get_title().set(fontsize=SMALL, family=FAMILY, color=style.INK, ha="center")
        return key

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
        if (result.drug, result.months) == (self._drug, self._months):
            return
        self._drug, self._months = result.drug, result.months
        for panel in self.line_panels:
            mark_times(panel.axes, "months", self._months)
            panel.axes.set_xticks(range(0, self._months + 1, 12 if self._months <= 60 else 24))
        for drug, marks in self.marks.items():
            for mark in marks.values():
                mark.set_visible(drug == result.drug)
        here = result.drug if result.drug in ARMS else ""
        for drug, key in self.keys.items():
            key.set_visible(drug == here)
        self.restart()

    def alt(self, result):
        """The curves, and whose marks lie beside them."""
        arms = ARMS[result.drug][0] if result.drug in ARMS else ()
        names = ", ".join(WORDS.get(name, name) for name in arms)
        beside = f" ({names})" if names else ""
        return (
            f"Curves against months: {in_words(self.panels)}. {result.run.summary()} "
            f"{description(result.drug)}{beside}"
        ).strip()
