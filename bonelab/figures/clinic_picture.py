"""The picture of the clinic: markers and density over years, with published means as marks."""

from matplotlib.lines import Line2D

from bonelab.biology.published_trials import trials

from . import style
from .panels import Curves, LinePanel, Panel, Points
from .paper import FAMILY, SMALL, legend

MONTHS = 48
DRUG = (1, 1e5)  # ng/ml, the axis
TRIALS = {"FREEDOM": "o", "DATA denosumab": "s", "DEFEND": "^"}  # laid over the curves: marks
WORDS = {"DATA denosumab": "DATA"}  # the short names of arms
PLAN = "denosumab 60 mg twice a year (DEFEND: until month 24)"
ENDPOINTS = ("CTX", "P1NP", "BMD hip", "BMD spine")


def _points(endpoint):
    """Published means under denosumab 60 mg twice a year, as marks, a trial at a time."""
    marks = []
    for name, marker in TRIALS.items():
        trial = trials[name]
        if endpoint in trial.endpoints:
            kept = [(m, y) for m, y in zip(*trial.points(endpoint), strict=True) if m <= MONTHS]
            months, percent = zip(*kept, strict=True)
            marks.append(Points(endpoint, months, percent, WORDS.get(name, name), marker))
    return tuple(marks)


def illustrative():
    """Which of the marks are recalled values, in a sentence."""
    recalled = [
        f"{endpoint} of {WORDS.get(name, name)}"
        for name in TRIALS
        for endpoint in ENDPOINTS
        if endpoint in trials[name].endpoints and trials[name].standing(endpoint) != "published"
    ]
    return f"Illustrative values: {', '.join(recalled)}." if recalled else ""


class ClinicPicture(Curves):
    """Markers, density and drug over four years, published means under denosumab 60 mg as marks."""

    size = (9.2, 5.2)
    xlabel, xlim = "months", (0, MONTHS)
    panels = ()

    def build(self, result):
        """Markers above, density and drug below, and one key of the marks."""
        self.panels = (
            Panel("CTX: resorption", ("CTX",), "% of start", (0, 260), "linear", _points("CTX")),
            Panel("P1NP: formation", ("P1NP",), "% of start", (0, 320), "linear", _points("P1NP")),
            Panel("BMD, hip", ("BMD hip",), "% of start", (94, 120), "linear", _points("BMD hip")),
            Panel("BMD, spine", ("BMD spine",), "% of start", (90, 140), "linear",
                  _points("BMD spine")),
            Panel("Drug in serum", ("serum drug",), "ng/ml", DRUG, "log"),
        )  # fmt: skip
        grid = self.figure.add_gridspec(2, 6)
        cells = [grid[0, :3], grid[0, 3:], grid[1, :2], grid[1, 2:4], grid[1, 4:]]
        self.line_panels = [
            LinePanel(self.figure.add_subplot(cell), panel, self.xlabel, self.xlim)
            for cell, panel in zip(cells, self.panels, strict=True)
        ]
        for panel in self.line_panels:
            panel.axes.set(xticks=range(0, MONTHS + 1, 12))
            if panel.axes.get_legend():
                panel.axes.get_legend().remove()
        self._key()
        self.moving = [artist for panel in self.line_panels for artist in panel.moving]

    def _key(self):
        """One key for all panels, in ink: the marker tells the trial, the colour the panel."""
        marks = {**style.points("bone"), "color": style.INK}
        handles = [
            Line2D([], [], **(marks | {"marker": marker, "label": WORDS.get(name, name)}))
            for name, marker in TRIALS.items()
        ]
        key = legend(
            self.figure, handles=handles, ncols=len(handles), loc="outside lower center",
            title=f"Marks are published means of {PLAN}.\n{illustrative()}",
        )  # fmt: skip
        key.get_title().set(fontsize=SMALL, family=FAMILY, color=style.INK, ha="center")

    def curve(self, result, name):
        """A series over months; without a drug in serum there is no line."""
        if name in result:
            return super().curve(result, name)
        return [0.0], [DRUG[0] / 10]

    def alt(self, result):
        """The curves, and whose marks lie beside them."""
        names = ", ".join(WORDS.get(name, name) for name in TRIALS)
        return (
            f"{super().alt(result)} Marks beside the curves: {names}, published means of {PLAN}. "
            f"{illustrative()}"
        ).strip()
