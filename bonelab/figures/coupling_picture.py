"""The picture of the coupling lab: the unit, formation against resorption, and both over years."""

import numpy as np

from bonelab.parameters import DAYS_PER_YEAR

from . import style
from .curve_marks import Cursor, Shade
from .cycle_picture import Today
from .panels import LinePanel, Panel
from .paper import button, stroke, write
from .places import UNIT_PARTS, regions_of
from .remodelling_unit import RemodellingUnit
from .side_by_side import SideBySide
from .time_axis import in_unit

SURE = (0.01, 0.92, 0.13, 0.075)  # left, top, width and height of a button in the picture
MOST = 3.0  # the largest rate the axes show, healthy = 1


class CouplingPicture(SideBySide):
    """The drawn unit; formation against resorption; both, and bone, over the years."""

    size = (8.8, 4.2)
    scene = RemodellingUnit
    xlabel, xlim = "years", (0, 3)
    panels = (
        Panel("Bone of the spine", ("bone volume spine",), "healthy = 1", (0.2, 1.1)),
        Panel("Does it follow?", ("path",), "formation (healthy = 1)", (0, MOST)),
        Panel("Both over time", ("resorption", "formation"), "healthy = 1", (0, MOST)),
    )

    def build(self, result):
        """The drawing, the path beside it, and what changes over the years on the right."""
        columns = self.figure.add_gridspec(1, 3, width_ratios=[2.1, 0.8, 1.4])
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
        self.line_panels[1].lines["path"].set(color=built)
        stroke(axes, [0, MOST], [0, MOST], linewidth=1.2, zorder=1)
        write(axes, 0.1, 0.96 * MOST, "line: as much\nbuilt as\nremoved", va="top")
        self.cursor = Cursor(axes)
        self.slope = stroke(axes, linestyle=":", linewidth=1.6, zorder=4)
        self.moving = [artist for panel in self.line_panels for artist in panel.moving]
        rates_axes = self.line_panels[2].axes
        self.shades = {
            name: Shade(rates_axes, style.COLOUR[name]) for name in ("resorption", "formation")
        }
        self.moving += [artist for shade in self.shades.values() for artist in shade.moving]
        button(self.figure, SURE, "How sure?")
        self.today = Today(self.drawing.axes, [self.line_panels[0], self.line_panels[2]])
        self.moving += [*self.drawing.moving, self.slope, *self.cursor.moving, *self.today.moving]

    @property
    def regions(self):
        """The parts of the drawn unit, and a button that asks for the band around the rates."""
        return regions_of(self.drawing.axes, UNIT_PARTS) | {"sure": ("How sure?", SURE)}

    def curve(self, result, name):
        """The path (formation against resorption), or a series over years."""
        run = result["run"]
        if name == "path":
            return np.r_[1.0, run["resorption"]], np.r_[1.0, run["formation"]]
        return in_unit(run, self.xlabel), run[name]

    def scene_values(self, result):
        """The unit today."""
        return result.moment.values

    def update(self, result):
        """Move path, curves, drawing, and the cursor at the end of the path."""
        super().update(result)
        self.today.put(result.moment.today)
        bands = result.sure()
        for name, shade in self.shades.items():
            if bands is None:
                shade.hide()
            else:
                band = bands.of(name)
                shade.show(band.time / DAYS_PER_YEAR, band.low, band.high)
        without, final = result["without"].final, result["run"].final
        self.cursor.put(final["resorption"], final["formation"])
        ends = [(end["resorption"], end["formation"]) for end in (without, final)]
        self.slope.set_data(*zip(*ends, strict=True))

    def alt(self, result):
        """The drawing, and where the path ends."""
        final = result["run"].final
        return (
            f"{self.drawing.alt(**self.scene_values(result))} This is day "
            f"{result.moment.today:.0f}. Path of formation against "
            "resorption beside the line where both are equal: it ends at resorption "
            f"{final['resorption']:.2f} and formation {final['formation']:.2f} times healthy."
        )
