"""The picture of a vesicle's way: door and depth drawn, the share at each depth, three unknowns."""

import numpy as np
from matplotlib.collections import PolyCollection

from . import style
from .curve_marks import Cursor
from .panels import LinePanel, Panel
from .paper import dress, stroke
from .shapes import tint
from .share_bar import box
from .side_by_side import SideBySide
from .transport import Transport, small_share

DEPTHS = tuple(range(0, 101, 5))  # um
DEEP = 40  # um, where the lab's question looks
FEWEST = 1e-9  # the left end of the axis of shares
UNKNOWNS = {  # name -> words beside its bar
    "half_life": "half-life",
    "vesicle": "its width",
    "partition": "Φ, the door",
}


class WayPicture(SideBySide):
    """A canaliculus, the share of vesicles at each depth, and what three unknowns would change."""

    size = (8.8, 4.6)
    scene = Transport
    scene_width = 1.15
    xlabel, xlim = "depth in bone (µm)", (0, 100)
    panels = (Panel("Vesicles that get there", ("vesicle",), "% of surface", (0, 105)),)

    def build(self, result):
        """Drawing on the left, the curve above, the bars of the unknowns below."""
        grid = self.figure.add_gridspec(2, 2, width_ratios=[self.scene_width, 1.0])
        self.drawing = Transport(self.figure.add_subplot(grid[:, 0]))
        above = LinePanel(
            self.figure.add_subplot(grid[0, 1]), self.panels[0], self.xlabel, self.xlim
        )
        self.line_panels = [above]
        self.cursor = Cursor(above.axes)
        below = self.figure.add_subplot(grid[1, 1])
        self.bars_axes = dress(below, "If one of them were otherwise", "share that gets there",
                               xscale="log", xlim=(FEWEST, 2), ylim=(-0.6, 2.6))  # fmt: skip
        below.set_xticks([1e-9, 1e-6, 1e-3, 1])
        below.set_yticks(range(3), list(UNKNOWNS.values())[::-1])
        below.grid(False, axis="y")
        colour = style.COLOUR["vesicle"]
        self.bars = PolyCollection([], fc=tint(colour, 0.45), ec=colour, lw=1.2, zorder=2)
        below.add_collection(self.bars, autolim=False)
        self.here = stroke(below, linewidth=1.8, zorder=3)
        self.moving = [*above.moving, *self.cursor.moving, *self.drawing.moving, self.bars,
                       self.here]  # fmt: skip

    def curve(self, result, name):
        """Share at each depth in percent."""
        return np.array(DEPTHS), 100 * np.array(result["share at depth"])

    def scene_values(self, result):
        """The canaliculus, the vesicle in it, and how far vesicles get."""
        return result.transport

    def update(self, result):
        """Move everything."""
        super().update(result)
        depth = result.transport["follow"]
        share = float(np.interp(depth, DEPTHS, result["share at depth"]))
        self.cursor.put(depth, 100 * share)
        ends = [result["otherwise"][name] for name in UNKNOWNS]
        self.bars.set_verts([
            box(max(low, FEWEST), max(high, FEWEST), 2 - row - 0.28, 2 - row + 0.28)
            for row, (low, high) in enumerate(ends)
        ])  # fmt: skip
        self.here.set_data([max(share, FEWEST)] * 2, [-0.6, 2.6])

    def alt(self, result):
        """The drawing, then curve and bars."""
        reach = self.scene_values(result)
        bars = "; ".join(
            f"{words} from {small_share(low)} to {small_share(high)}"
            for (low, high), words in (
                (result["otherwise"][name], words) for name, words in UNKNOWNS.items()
            )
        )
        curve = (
            "A falling curve of vesicles against depth in bone."
            if any(result["share at depth"])
            else "The curve of vesicles against depth in bone lies at nothing."
        )
        return (
            f"{self.drawing.alt(**reach)} {curve} Bars of the share that gets there, if one "
            f"unknown went through its whole range: {bars}."
        )
