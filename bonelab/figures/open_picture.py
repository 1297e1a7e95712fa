"""The picture of the open questions: the way to an osteocyte, and one place elsewhere."""

import numpy as np

from . import style
from .panels import LinePanel, Panel
from .paper import dress, stroke
from .side_by_side import SideBySide
from .time_axis import in_unit, mark_times, unit_for
from .transport import Transport

DEPTHS = tuple(range(0, 101, 5))  # um
DEEP = 40  # um, where the lab's question and sentence look
# place -> (experiment, series, title, label of the y-axis, its limits)
PLACES = {
    "immune": ("immunity", "T cells", "T cells, antigen until day 10", "1 = most", (0, 1.05)),
    "artery": (
        "artery", "arterial calcium", "Calcium in an artery", "arbitrary units", (-0.06, 2.5),
    ),
    "breast": ("mammary_gland", "alveoli", "Alveoli in pregnancy", "1 = ready", (-0.03, 1.1)),
    "brain": ("fever", "temperature", "RANKL in the brain", "°C", (36.5, 39.5)),
}  # fmt: skip


class OpenPicture(SideBySide):
    """The way to an osteocyte, what arrives there, and one place elsewhere in the body."""

    size = (8.8, 4.5)
    scene = Transport
    scene_width = 1.15
    xlabel, xlim = "depth in bone (µm)", (0, 100)
    panels = (Panel("Vesicles that get there", ("vesicle",), "% of surface", (0, 105)),)

    def build(self, result):
        """Drawing on the left, depth above, elsewhere below."""
        grid = self.figure.add_gridspec(2, 2, width_ratios=[self.scene_width, 1.0])
        self.drawing = Transport(self.figure.add_subplot(grid[:, 0]))
        above = LinePanel(
            self.figure.add_subplot(grid[0, 1]), self.panels[0], self.xlabel, self.xlim
        )
        self.line_panels = [above]
        self.axes = dress(self.figure.add_subplot(grid[1, 1]))
        grey = style.line("ghost", linewidth=1.8, label="_")
        self.usual, self.changed = stroke(self.axes, **grey), stroke(self.axes)
        self.moving = [*above.moving, *self.drawing.moving, self.usual, self.changed]
        self._place = None

    def curve(self, result, name):
        """Share at each depth in percent."""
        return np.array(DEPTHS), 100 * np.array(result["share at depth"])

    def scene_values(self, result):
        """The canaliculus, the vesicle in it, and how far vesicles get."""
        return result.transport

    def update(self, result):
        """Move everything; a new place gets new axes."""
        super().update(result)
        if result.place != self._place:
            self._place = result.place
            _, _, title, ylabel, ylim = PLACES[self._place]
            usual = result.usual
            unit = unit_for(usual)
            dress(self.axes, title, unit, ylabel, ylim=ylim)
            mark_times(self.axes, unit, in_unit(usual, unit)[-1])
            self.restart()
        for line, run in ((self.usual, result.usual), (self.changed, result["elsewhere"])):
            line.set_data(in_unit(run, unit_for(run)), run[PLACES[self._place][1]])

    def alt(self, result):
        """The drawing, then the two panels."""
        return (
            f"{self.drawing.alt(**self.scene_values(result))} A falling curve of vesicles against "
            f"depth in bone. Below, {PLACES[result.place][2]}: {result['elsewhere'].summary()}"
        )
