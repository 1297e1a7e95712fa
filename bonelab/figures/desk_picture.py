"""The picture of the mixing desk: faders, lamps and meters, and what bone makes of them."""

from .mixing_desk_drawing import MixingDesk
from .panels import Panel
from .side_by_side import SideBySide

YEARS = 2


class DeskPicture(SideBySide):
    """The desk, and what resorption, formation and bone make of it."""

    size = (8.8, 4.8)
    scene = MixingDesk
    scene_width = 1.2
    xlabel, xlim = "years", (0, YEARS)
    panels = (
        Panel("Resorption and formation", ("resorption", "formation"), "healthy = 1", (0, 5)),
        Panel("Bone of the spine", ("bone volume spine",), "healthy = 1", (0.7, 1.1)),
    )

    def scene_values(self, result):
        """Where faders and lamps stand, and the factors they give."""
        return result.desk
