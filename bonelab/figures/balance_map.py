"""The map of resorption against formation: where a drug takes bone, and along which path."""

import numpy as np
from matplotlib.patches import FancyArrowPatch

from . import style
from .canvas import Picture
from .curve_marks import Guess
from .panels import LinePanel, Panel
from .paper import SMALL, dress, rule, stroke, tag, write
from .time_axis import in_unit
from .words import Words

MOMENT = "3 months"  # where an arrow points at a path: the drug is there, no dose is due
_PLACES = {"denosumab": ("antibody", (78, -22)), "OPG-Fc": ("OPG", (92, -34))}  # look, words' shift
_OWN = "your antibody"


class BalanceMap(Picture):
    """Paths of resorption and formation over a year, and spine density beside them.

    Takes ``{"your antibody": Run, "denosumab": Run, "OPG-Fc": Run}``; the last two stand still.
    """

    size = (8.9, 3.9)
    highest = 180  # % of the start on both axes; a path beyond it runs along the edge

    def build(self, result):
        """The map on the left, spine density on the right."""
        grid = self.figure.add_gridspec(1, 2, width_ratios=[1.15, 1])
        axes = self.map = self.figure.add_subplot(grid[0])
        dress(
            axes, "One year on the map", "resorption, CTX (% of start)",
            "formation, P1NP (% of start)", xlim=(0, 140), ylim=(0, self.highest),
        )  # fmt: skip
        stroke(axes, [0, 140], [0, 140], color=style.FAINT, linewidth=1.6, zorder=1)
        write(
            axes, 108, 111, "in step", rotation=45, rotation_mode="anchor",
            transform_rotates_text=True, color="#5A5A5A",
        )  # fmt: skip
        write(axes, 4, self.highest * 0.93, "builds while resorption is stopped")
        write(axes, 112, 8, "loses")
        for name, (look, shift) in _PLACES.items():
            self._still(axes, name, result[name], look, shift)
        colour = style.COLOUR["drug"]
        self.path = stroke(axes, color=colour, linewidth=2.6, zorder=4)
        self.pointer = FancyArrowPatch(
            (0, 0), (1, 1), arrowstyle="-|>", mutation_scale=16, color=colour, zorder=6, lw=1.8,
            shrinkA=0, shrinkB=0,
        )  # fmt: skip
        axes.add_patch(self.pointer)
        self.name = Words(axes, 0, 0, zorder=7)
        tag(axes, "start", (100, 100), (6, -15))
        for across in ({"x": 100}, {"y": 100}):
            rule(axes, **across, color=style.FAINT, linewidth=1.2, zorder=0.5)
        panel = Panel("Density of the spine", ("BMD spine",), "% of start", (92, 120))
        self.bone = LinePanel(self.figure.add_subplot(grid[1]), panel, "months", (0, 12))
        self.line_panels = [self.bone]
        self._guess = Guess(axes, list(axes.lines))
        self.moving = [self.path, self.pointer, *self.name.moving]
        self.moving += [*self.bone.moving, *self._guess.moving]

    def _still(self, axes, name, run, look, shift):
        colour = style.COLOUR[look]
        x, y = self.at_the_mark(run)
        stroke(
            axes, run["CTX"], run["P1NP"], color=colour, linestyle=style.LINE[look].dash,
            linewidth=1.8, zorder=2, gid="ghost",
        )  # fmt: skip
        tag(axes, name, (x, y), shift, fontsize=SMALL, gid="ghost", arrowprops={
            "arrowstyle": "-|>", "color": colour, "lw": 1.2, "shrinkA": 2, "shrinkB": 2,
        })  # fmt: skip

    def at_the_mark(self, run):
        """Where a run stands on the map at :data:`MOMENT`."""
        return run.at(MOMENT, "CTX"), min(run.at(MOMENT, "P1NP"), self.highest)

    def _months(self, run):
        return {"BMD spine": (in_unit(run, "months"), run["BMD spine"])}

    def update(self, result):
        """Move the path of the design, its name and its density."""
        run = result[_OWN]
        self.path.set_data(run["CTX"], np.minimum(run["P1NP"], self.highest))
        x, y = self.at_the_mark(run)
        right = x < 80  # where there is room for the words
        start = (x + (16 if right else -16), y + (26 if y < 120 else -26))
        self.pointer.set_positions(start, (x, y))
        self.name.put(start[0] + (1 if right else -1), start[1], "left" if right else "right")
        self.name.show(_OWN)
        self.bone.update(self._months(run))
        self._guess.place()

    def ghost(self, result):
        """Density under the antibody one starts with, in grey."""
        self.bone.ghost(self._months(result[_OWN]))
        self.restart()

    def guess(self, value):
        """The guess of formation as a level line on the map."""
        self._guess.show(value)

    def alt(self, result):
        """Where design, denosumab and OPG-Fc stand."""
        parts = []
        for name, run in result.items():
            parts.append(
                f"{name[0].upper()}{name[1:]}: resorption {run.at(MOMENT, 'CTX'):.0f}%, "
                f"formation {run.at(MOMENT, 'P1NP'):.0f}%"
            )
        return f"Map of resorption against formation after {MOMENT}. {'. '.join(parts)}."
