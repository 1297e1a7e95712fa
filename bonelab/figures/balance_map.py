"""The map of removal against building: where a drug takes bone, and along which path."""

import numpy as np

from . import style
from .canvas import Picture
from .panels import LinePanel, Panel

MOMENT = "3 months"  # where a path carries its mark: the drug is there, no dose is due
_PLACES = {"denosumab": ("antibody", (82, -20)), "OPG-Fc": ("OPG", (62, -2))}


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
        axes.set(
            xlim=(0, 140),
            ylim=(0, self.highest),
            xlabel="removal of bone, CTX (% of start)",
            ylabel="building of bone, P1NP (% of start)",
            title="One year on the map",
        )
        axes.plot([0, 140], [0, 140], color=style.FAINT, lw=1.6, zorder=1)
        axes.text(
            108, 111, "in step", rotation=45, rotation_mode="anchor", transform_rotates_text=True,
            color="#6A6A6A", fontsize=11.5,
        )  # fmt: skip
        axes.text(4, self.highest * 0.93, "builds while removal is stopped", fontsize=11.5)
        axes.text(112, 8, "loses", fontsize=11.5)
        for name, (look, offset) in _PLACES.items():
            self._still(axes, name, result[name], look, offset)
        colour = style.COLOUR["drug"]
        (self.path,) = axes.plot([], [], color=colour, lw=2.6, zorder=4)
        (self.start,) = axes.plot([100], [100], "o", mfc="white", mec=style.INK, ms=9, zorder=5)
        (self.end,) = axes.plot(
            [], [], marker="X", ls="none", color=colour, mec="white", ms=15, zorder=6
        )
        axes.annotate("start", (100, 100), (10, -14), textcoords="offset points", fontsize=11.5)
        panel = Panel("Density of the spine", ("BMD spine",), "% of start", (95, 120))
        self.bone = LinePanel(self.figure.add_subplot(grid[1]), panel, "months", (0, 12))
        self.moving = [self.path, self.end, *self.bone.moving]

    def _still(self, axes, name, run, look, offset):
        x, y = self._at_the_mark(run)
        marked = style.LINE[look]
        axes.plot(run["CTX"], run["P1NP"], color=marked.colour, ls=":", lw=1.8, zorder=2)
        axes.plot([x], [y], marker=marked.marker, color=marked.colour, ms=11, zorder=3)
        axes.annotate(
            name, (x, y), offset, textcoords="offset points", fontsize=11.5, color=marked.colour
        )

    def _at_the_mark(self, run):
        return run.at(MOMENT, "CTX"), min(run.at(MOMENT, "P1NP"), self.highest)

    def _months(self, run):
        return {"BMD spine": (run.time / 30.4375, run["BMD spine"])}

    def update(self, result):
        """Move the path of the design, its mark and its density."""
        run = result["your antibody"]
        self.path.set_data(run["CTX"], np.minimum(run["P1NP"], self.highest))
        x, y = self._at_the_mark(run)
        self.end.set_data([x], [y])
        self.bone.update(self._months(run))

    def ghost(self, result):
        """Density under the antibody one starts with, in grey."""
        self.bone.ghost(self._months(result["your antibody"]))
        self.restart()

    def guess(self, value):
        """The guess of building as a level line on the map."""
        for artist in getattr(self, "_guess", []):
            artist.remove()
        self._guess = []
        if value is not None:
            line = self.map.axhline(value, color=style.INK, ls=":", lw=2)
            words = self.map.text(
                138,
                min(value + 3, self.highest - 9),
                f"your guess: {value:g}",
                fontsize=11.5,
                ha="right",
                zorder=7,
                bbox=style.BEHIND,
            )
            self._guess = [line, words]
        self.restart()

    def alt(self, result):
        """Where design, denosumab and OPG-Fc stand."""
        parts = []
        for name, run in result.items():
            parts.append(
                f"{name}: removal {run.at(MOMENT, 'CTX'):.0f} %, "
                f"building {run.at(MOMENT, 'P1NP'):.0f} %"
            )
        return f"Map of removal against building after {MOMENT}. {'; '.join(parts)}."
