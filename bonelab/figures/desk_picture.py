"""The pictures of the two desks: what sets RANKL and OPG, and what bone makes of it."""

from . import style
from .mixing_desk_drawing import DiseaseDesk, MixingDesk
from .panels import Panel
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
    """The desk of diseases; bone with and without OPG-Fc, CTX and calcium in blood."""

    size = (8.8, 4.6)
    scene = DiseaseDesk
    scene_width = 1.15
    xlabel, xlim = "years", (0, YEARS)
    panels = (
        Panel("Bone of the spine", ("bone volume spine", "untreated"), "healthy = 1", (0.85, 1.05),
              labels={"bone volume spine": "as set"}),
        Panel("CTX in blood", ("CTX",), "% of start", (0, 300)),
        Panel("Calcium in blood", ("calcium",), "mmol/L", (1.6, 3.6)),
    )  # fmt: skip

    def build(self, result):
        """Drawing and panels, and what stands in the panels of blood for a single site."""
        super().build(result)
        for panel in self.line_panels[:-1]:
            panel.axes.set_xlabel("")  # the panels share the axis of the lowest
            panel.axes.tick_params(labelbottom=False)
        self._silent = [
            write(panel.axes, 0.5, 0.8, ONE_SITE, ha="center", va="center", color=style.INK,
                  transform=panel.axes.transAxes)
            for panel in self.line_panels[1:]
        ]  # fmt: skip
        self._local = None

    def curve(self, result, name):
        """A series over years; there is none in blood for a disease of one site."""
        if name == "untreated":
            run, name = result.untreated, "bone volume spine"
        else:
            run = result.run
        if name == "calcium":
            name = "serum calcium" if "serum calcium" in run else "blood calcium"
        if run.local and name != "bone volume spine":
            return [], []
        return in_unit(run, self.xlabel), run[name]

    def scene_values(self, result):
        """Where the fader and the lamps stand, and the factors they give."""
        return result.desk

    def update(self, result):
        """Move everything; a disease of one site gets the titles of a site."""
        super().update(result)
        if result.run.local != self._local:
            self._local = result.run.local
            entitle(self.line_panels[0].axes, bone_of(result.run).capitalize())
            for words in self._silent:
                words.set_visible(self._local)
            self.restart()

    def alt(self, result):
        """The desk, then the curves."""
        drawing = self.drawing.alt(**self.scene_values(result))
        blood = "" if result.run.local else " CTX and calcium in blood below."
        return (
            f"{drawing} Curves against years: {bone_of(result.run)}, as set and untreated."
            f"{blood} {result.run.summary()}"
        )


def bone_of(run):
    """Which bone the volume of a run tells of."""
    return "bone at the diseased site" if run.local else "bone of the spine"
