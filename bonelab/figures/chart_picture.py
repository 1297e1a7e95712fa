"""The chart of a mystery patient: her marks among what is usual at her age, a suspect's curve."""

import numpy as np
from matplotlib.collections import PolyCollection

from . import style
from .canvas import Picture
from .paper import dress, entitle, rule, stroke, write
from .person import draw_person
from .share_bar import box
from .words import Words, three_figures

# the rows of the chart: (test, what) -> words and digits
ROWS = {
    ("CTX", "now"): "CTX",
    ("P1NP", "now"): "P1NP",
    ("BMD", "hip"): "bone, hip",
    ("BMD", "spine"): "bone, spine",
    ("bone biopsy", "RANKL"): "RANKL",
    ("bone biopsy", "OPG"): "OPG",
    ("denosumab challenge", "CTX after 1 month"): "CTX, month 1",
    ("denosumab challenge", "CTX after 3 months"): "CTX, month 3",
    ("denosumab challenge", "CTX after 4 months"): "CTX, month 4",
    ("denosumab level", "antibody after 1 month"): "drug, month 1",
    ("denosumab level", "antibody after 3 months"): "drug, month 3",
}
EDGE = 6.0  # standard deviations, the axis
UNITS = {"CTX": "% of age 40", "P1NP": "% of age 40", "BMD": "% of age 40", "bone biopsy": "nM",
         "denosumab challenge": "% of today", "denosumab level": "ng/ml"}  # fmt: skip


def _measured(value, unit):
    """A value with its unit; a percent sign stands close."""
    return f"{three_figures(value)}{'' if unit.startswith('%') else ' '}{unit}"


class ChartPicture(Picture):
    """Takes a ``Case`` of the lab: ``person``, ``usual``, ``results``, ``suspect``, ``left``."""

    size = (8.8, 4.6)

    def build(self, result):
        """The person on the left, a row for each measurement on the right."""
        grid = self.figure.add_gridspec(2, 3, width_ratios=[1, 2, 0.42], height_ratios=[1.25, 1])
        self.figure.add_subplot(grid[:, 2]).axis("off")  # room for the values
        draw_person(self.figure.add_subplot(grid[0, 0]), result.person.look)
        story = self.figure.add_subplot(grid[1, 0])
        story.axis("off")
        story.set(xlim=(0, 1), ylim=(0, 1))
        write(story, 0, 1.0, result.person.wrapped, va="top")
        axes = self.axes = dress(
            self.figure.add_subplot(grid[:, 1]), xlabel="standard deviations from the middle",
            xlim=(-EDGE, EDGE), ylim=(len(ROWS) - 0.4, -0.6),
        )  # fmt: skip
        axes.set_yticks(range(len(ROWS)), list(ROWS.values()))
        axes.grid(False, axis="y")
        entitle(axes, "Her chart")
        rule(axes, x=0, color=style.FAINT, linewidth=1.4, zorder=0.6)
        bands = PolyCollection(
            [self._band(result.usual[key], row) for row, key in enumerate(ROWS)],
            fc="#D9D9D9", ec="none", zorder=1, gid="ghost",
        )  # fmt: skip
        axes.add_collection(bands, autolim=False)
        self.bands = bands
        self.curve = stroke(axes, color=style.COLOUR["drug"], linestyle=(0, (4, 1.3)), zorder=3)
        (self.marks,) = axes.plot([], [], ls="", marker="D", ms=8, mfc="white", mew=1.8,
                                  color=style.INK, zorder=4, clip_on=False)  # fmt: skip
        self.marks.set_in_layout(False)  # whole at the edge, where it asks for no room
        self.values = [Words(axes, EDGE + 0.15, row) for row in range(len(ROWS))]
        self.points = Words(axes, EDGE, -1.05, side="right")
        self.moving = [self.curve, self.marks, *self.points.moving]
        self.moving += [artist for words in self.values for artist in words.moving]
        for words in self.values:  # room for the longest
            words.show("0000 % of today")

    @staticmethod
    def _band(usual, row):
        ends = np.clip([usual.place(usual.low), usual.place(usual.high)], -EDGE, EDGE)
        return box(*ends, row - 0.36, row + 0.36)

    def update(self, result):
        """Put her marks, their values and the suspect's curve in place."""
        measured = {(test, what): value for test, what, value, *_ in result.results}
        places, rows = [], []
        for row, key in enumerate(ROWS):
            self.values[row].show(
                _measured(measured[key], UNITS[key[0]]) if key in measured else ""
            )
            if key in measured:
                places.append(np.clip(result.usual[key].place(measured[key]), -EDGE, EDGE))
                rows.append(row)
        self.marks.set_data(places, rows)
        across = [
            np.clip(result.usual[key].place(result.suspect[key][0]), -EDGE, EDGE) for key in ROWS
        ]
        self.curve.set_data(across, range(len(ROWS)))
        self.points.show(f"{result.left:.0f} of {result.budget:.0f} points left")

    def alt(self, result):
        """The person, all results beside what is usual, and the suspect's misfit."""
        parts = [
            f"{test}, {what}: {_measured(value, unit)} (usual {three_figures(usual.low)} to "
            f"{three_figures(usual.high)})"
            for test, what, value, unit, _ in result.results
            if (usual := result.usual.get((test, what)))
        ]
        return (
            f"{result.person.told} Her chart: {'; '.join(parts)}. Grey bands: nine of ten virtual "
            f"women of her age. A dashed curve shows what the suspect would have; it misses her "
            f"marks by {result.misfit:.1f} standard deviations on average. "
            f"{result.left:.0f} points left."
        )
