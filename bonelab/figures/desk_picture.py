"""The pictures of the two desks: what sets RANKL and OPG, and what bone makes of it."""

from .mixing_desk_drawing import DiseaseDesk, MixingDesk
from .panels import LinePanel, Panel
from .paper import entitle, write
from .side_by_side import SideBySide
from .time_axis import in_unit

YEARS = 2
ONE_SITE = "No blood is modelled for a single site."


class DeskPicture(SideBySide):
    """The desk of regulators, and what resorption, formation and bone make of it."""

    size = (8.8, 4.6)
    scene = MixingDesk
    scene_width = 1.2
    xlabel, xlim = "years", (0, YEARS)
    panels = (
        Panel("Resorption and formation", ("resorption", "formation"), "healthy = 1", (0, 5)),
        Panel("Bone of the spine", ("bone volume spine",), "healthy = 1", (0.7, 1.1)),
    )

    def scene_values(self, result):
        """Where the faders stand, and the factors they give."""
        return result.desk


class DiseasePicture(SideBySide):
    """The desk of diseases; bone with and without OPG-Fc, both rates, and below them what a
    disease of the whole body does to blood, or a tumour to the place it sits in."""

    size = (8.8, 4.6)
    scene = DiseaseDesk
    scene_width = 1.35
    xlabel, xlim = "years", (0, YEARS)
    panels = (
        Panel("Bone of the spine", ("bone volume spine", "untreated"), "healthy = 1", (0.85, 1.05),
              labels={"bone volume spine": "as set"}),
        Panel("Resorption and formation", ("resorption", "formation"), "healthy = 1", (0, 3.5)),
        Panel("CTX in blood", ("CTX",), "% of start", (0, 300)),
        Panel("Calcium in blood", ("calcium",), "mmol/L", (1.8, 3.6)),
        Panel("Tumour", ("tumour burden", "untreated tumour"), "full = 1", (-0.03, 1.05),
              labels={"tumour burden": "as set", "untreated tumour": "untreated"}),
    )  # fmt: skip

    def build(self, result):
        """Drawing and panels: blood and tumour in one place, of which one is seen at a time."""
        grid = self.figure.add_gridspec(3, 3, width_ratios=[self.scene_width, 0.5, 0.5])
        self.drawing = self.scene(self.figure.add_subplot(grid[:, 0]))
        cells = [grid[0, 1:], grid[1, 1:], grid[2, 1], grid[2, 2], grid[2, 1:]]
        self.line_panels = [
            LinePanel(self.figure.add_subplot(cell), panel, self.xlabel, self.xlim)
            for cell, panel in zip(cells, self.panels, strict=True)
        ]
        for panel in self.line_panels[:2]:
            panel.axes.set_xlabel("")  # the panels share the axis of the lowest
            panel.axes.tick_params(labelbottom=False)
        self.moving = [artist for panel in self.line_panels for artist in panel.moving]
        self.moving += self.drawing.moving
        below = self.figure.add_subplot(grid[2, 1:])
        below.set_axis_off()
        self._silent = write(below, 0.5, 0.6, ONE_SITE, ha="center", va="center",
                             transform=below.transAxes)  # fmt: skip
        self._place = None

    def curve(self, result, name):
        """A series over years; there is none in blood for one site, and no tumour for most."""
        run = result.untreated if name.startswith("untreated") else result.run
        name = {"untreated": "bone volume spine", "untreated tumour": "tumour burden"}.get(
            name, name
        )
        if name == "calcium":
            name = "serum calcium" if "serum calcium" in run else "blood calcium"
        if name not in run or (run.local and name in ("CTX", "blood calcium", "serum calcium")):
            return [], []
        return in_unit(run, self.xlabel), run[name]

    def scene_values(self, result):
        """Where the fader and the lamps stand, and the factors they give."""
        return result.desk

    def update(self, result):
        """Move everything; a disease of one site gets the titles and the panels of a site."""
        super().update(result)
        place = _place(result)
        if place != self._place:
            self._place = place
            entitle(self.line_panels[0].axes, bone_of(result.run).capitalize())
            for panel in self.line_panels[2:]:
                seen = place == (TUMOUR if panel is self.line_panels[-1] else BLOOD)
                for artist in (panel.axes, *panel.names.moving):
                    artist.set_visible(seen)
            self._silent.set_visible(place == SITE)
            self.restart()

    def alt(self, result):
        """The desk, then the curves."""
        drawing = self.drawing.alt(**self.scene_values(result))
        return (
            f"{drawing} Curves against years: {bone_of(result.run)}, as set and untreated, with "
            f"resorption and formation{_place(result)}. {result.run.summary()}"
        )


# what stands below bone and rates, as the description of the picture says it
BLOOD, TUMOUR, SITE = ", CTX and calcium in blood below", ", the tumour below", ""


def _place(result):
    """What is shown below: blood, a tumour, or that there is nothing to show for this site."""
    if "tumour burden" in result.run:
        return TUMOUR
    return SITE if result.run.local else BLOOD


def bone_of(run):
    """Which bone the volume of a run tells of."""
    return "bone at the diseased site" if run.local else "bone of the spine"
