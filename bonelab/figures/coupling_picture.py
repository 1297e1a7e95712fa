"""The picture of the coupling lab: the unit, the path of building against removal, and years."""

import numpy as np

from . import style
from .cycle_picture import CyclePicture
from .panels import LinePanel, Panel
from .remodelling_unit import RemodellingUnit
from .side_by_side import SideBySide

MOST = 3.0  # the largest rate the axes show, healthy = 1


class CouplingPicture(SideBySide):
    """The drawn unit; formation against resorption; both, and bone, over the years."""

    size = (10.2, 4.1)
    scene = RemodellingUnit
    xlabel, xlim = "years", (0, 6)
    panels = (
        Panel("", ("bone volume spine",), "spine bone", (0.2, 1.1)),
        Panel("Does building follow?", ("reverse",), "formation", (0, MOST)),
        Panel("", ("resorption", "formation"), "healthy = 1", (0, MOST)),
    )

    def build(self, result):
        """The drawing, the path beside it, and what changes over the years on the right."""
        columns = self.figure.add_gridspec(1, 3, width_ratios=[1.8, 0.85, 1.5])
        right = columns[2].subgridspec(2, 1)
        self.drawing = self.scene(self.figure.add_subplot(columns[0]))
        bone, path, rates = self.panels
        self.line_panels = [
            LinePanel(self.figure.add_subplot(right[1]), bone, self.xlabel, self.xlim),
            LinePanel(self.figure.add_subplot(columns[1]), path, "resorption", (0, MOST)),
            LinePanel(self.figure.add_subplot(right[0]), rates, self.xlabel, self.xlim),
        ]
        axes = self.line_panels[1].axes
        axes.set(xticks=range(4), yticks=range(4))
        built = style.COLOUR["formation"]  # its height is what the path tells
        self.line_panels[1].lines["reverse"].set(color=built, linestyle="-", marker="")
        axes.plot([0, MOST], [0, MOST], color=style.INK, lw=1.2, zorder=1)
        axes.text(0.1, 0.96 * MOST, "line: as much\nbuilt as removed", va="top", fontsize=11.5)
        axes.plot([1], [1], "o", ms=16, mfc="none", mec=style.INK, mew=1.5, zorder=4)
        (self.now,) = axes.plot([], [], "o", ms=11, mec=style.INK, mew=1.5, color=built, zorder=5)
        (self.slope,) = axes.plot([], [], ":s", ms=8, mfc=style.PAPER, mec=style.INK, mew=1.5,
                                  color=style.INK, lw=1.6, markevery=[0], zorder=4)  # fmt: skip
        self.moving = [artist for panel in self.line_panels for artist in panel.moving]
        self.moving += [*self.drawing.moving, self.slope, self.now]

    def curve(self, result, name):
        """The path (formation against resorption), or a series over years."""
        run = result["run"]
        if name == "reverse":
            return np.r_[1.0, run["resorption"]], np.r_[1.0, run["formation"]]
        return run.time / 365.25, run[name]

    def scene_values(self, result):
        """The unit at the end of the run."""
        return CyclePicture.scene_values(self, result["run"])

    def update(self, result):
        """Move path, curves, drawing and the dot at the end."""
        super().update(result)
        without, final = result["without"].final, result["run"].final
        self.now.set_data([final["resorption"]], [final["formation"]])
        ends = [(end["resorption"], end["formation"]) for end in (without, final)]
        self.slope.set_data(*zip(*ends, strict=True))

    def alt(self, result):
        """The drawing, and where the path ends."""
        return (
            f"{self.drawing.alt(**self.scene_values(result))} Path of formation against "
            f"resorption beside the line where both are equal. {sentence(result)}"
        )


def gain(result):
    """Formation gained for each unit of resorption gained through the extra RANKL."""
    final, without = result["run"].final, result["without"].final
    extra = final["resorption"] - without["resorption"]
    return (final["formation"] - without["formation"]) / extra if abs(extra) > 1e-6 else None


def sentence(result, values=None):
    """Rates, coupling gain and bone in one sentence."""
    final, coupled = result["run"].final, gain(result)
    words = (
        f"At the end resorption is {final['resorption']:.2f} and formation "
        f"{final['formation']:.2f} times healthy; the spine has "
        f"{100 * final['bone volume spine']:.0f} % of its bone."
    )
    if coupled is None:
        return f"{words} Without extra RANKL there is nothing to couple to."
    return f"{words} Of each unit of extra resorption, {coupled:.2f} came back as formation."
