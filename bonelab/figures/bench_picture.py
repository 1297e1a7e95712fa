"""The picture of the vesicle bench: RANKL on the cell, clusters against dose, blot and genes."""

import numpy as np

from bonelab.simulation.readings import (
    GENES,
    has_RANKL,
    held_singly,
    over_untreated,
    stopped_below_the_tail,
)
from bonelab.simulation.reverse import western_blot

from .crosslinking_picture import CrosslinkingPicture
from .curve_marks import Cursor
from .gene_bars import GeneBars
from .panels import LinePanel, Panel
from .paper import figures, write
from .places import BENCH_PARTS, regions_of
from .shapes import LABEL
from .side_by_side import SideBySide
from .western_blot import WesternBlot

DOSES = (1e-4, 1e3)  # nM, the axis
TICKS = (0.0001, 0.1, 100)
BARS = (*GENES, "mineral")
LANES = ("nothing", "start", "now")
CUTS = ("p-Src", "p-Akt", "p-S6K1")  # steps with an inhibitor


class BenchPicture(SideBySide):
    """RANKL on the cell, clusters against dose, a western blot, genes and mineral."""

    size = (8.8, 4.6)
    scene = CrosslinkingPicture
    xlabel, xlim = "dose (nM)", (DOSES[0], 3 * DOSES[1])  # room for a dot at the end
    panels = (
        Panel("The dose that clusters", ("clustered RANKL", "mTORC1"), "% of all", (0, 105),
              labels={"clustered RANKL": "in clusters", "mTORC1": "mTORC1"}),
    )  # fmt: skip

    def build(self, result):
        """Four fields; a cursor on the curve of clusters where the dish stands."""
        columns = self.figure.add_gridspec(1, 2, width_ratios=[1.2, 1])
        left = columns[0].subgridspec(2, 1, height_ratios=[2.55, 1])
        right = columns[1].subgridspec(2, 1, height_ratios=[1.5, 1])
        self.drawing = self.scene(self.figure.add_subplot(left[0]))
        panel = LinePanel(
            self.figure.add_subplot(right[0]), self.panels[0], self.xlabel, self.xlim, "log"
        )
        panel.axes.set_xticks(TICKS, [figures(dose) for dose in TICKS])  # as in the number box
        self.line_panels = [panel]
        self.cursor = Cursor(panel.axes)
        proteins = ("p-Src", "p-Akt", "p-PRAS40", "p-S6K1", "actin")
        axes = self.figure.add_subplot(left[1])
        self.blot = WesternBlot(axes, proteins, LANES)
        write(
            axes, -0.02, 1.03, "blot, 1 h:", ha="right", va="bottom", fontsize=LABEL,
            transform=axes.transAxes,
        )  # fmt: skip
        axes = self.figure.add_subplot(right[1])
        self.bars = GeneBars(axes, BARS, 6, "times untreated (day 5; mineral day 21)")
        drawn = [panel, self.drawing, self.blot, self.bars, self.cursor]
        self.moving = [artist for part in drawn for artist in part.moving]

    @property
    def regions(self):
        """The parts of the drawing that say something of themselves, and strips of the blot.

        A click on the strip of a step sets a scissor there (``CUTS``)."""
        strips = self.blot.strips()
        cuts = {f"cut {step}": (f"Scissor at {step}", *strips[step]) for step in CUTS}
        return regions_of(self.drawing.axes, BENCH_PARTS) | regions_of(self.blot.axes, cuts)

    def curve(self, result, name):
        """Clustered RANKL and active mTORC1 along the dose, in percent."""
        along = result["along dose"]
        share = along.clustered if name == "clustered RANKL" else along.mTORC1
        return along.dose, 100 * share

    def scene_values(self, result):
        """Who holds the RANKL, and how much of it signals."""
        dish, kind = result["dish"], result["kind"]
        facts = dish.facts
        return {
            "clustered": facts["clustered"],
            "pairs": facts["in pairs"],
            "single": held_singly(facts),
            "masked": facts["on OPG"],
            "kind": kind,
            "heads": result["heads"],
            "loose": float(np.clip((np.log10(max(result["dose"], DOSES[0])) + 4) / 7, 0, 1)),
            "signal": dish.final["Src-family kinase"],
            "tail": facts["tail"],
            "present": float(has_RANKL(facts)),
            "stopped": float(stopped_below_the_tail(dish)),
        }

    def bands(self, result):
        """The blot's strips: untreated cells, the start of the lab, the dish now."""
        runs = {
            "nothing": result["nothing"],
            "start": getattr(self, "_start", result["dish"]),
            "now": result["dish"],
        }
        return western_blot(runs, time=1)  # hour

    def update(self, result):
        """Move curves, cursor, drawing, blot and bars."""
        super().update(result)
        dish, dose = result["dish"], max(result["dose"], DOSES[0])
        self.cursor.put(dose, 100 * dish.final["clustered RANKL"])
        self.blot.update(self.bands(result))
        self.bars.update(over_untreated(dish))

    def ghost(self, result):
        """The start stays: grey curves and marks, and a lane of the blot."""
        self._start = result["dish"]
        self.bars.ghost(over_untreated(result["dish"]))
        super().ghost(result)

    def alt(self, result):
        """The four fields in words."""
        along = result["along dose"]
        best = int(np.argmax(along.clustered))
        most = (
            f"clusters are highest, {100 * along.clustered[best]:.0f}%, at "
            f"{figures(float(f'{along.dose[best]:.2g}'))} nM"
            if along.clustered[best] > 0.005
            else "there are no clusters at any dose"
        )
        return " ".join([
            self.drawing.alt(**self.scene_values(result)),
            f"Curves of clustered RANKL and mTORC1 against dose: {most}.",
            self.blot.alt(self.bands(result)),
            self.bars.alt(over_untreated(result["dish"])),
        ])  # fmt: skip
