"""The picture of the open questions: the way to an osteocyte, and one place elsewhere."""

import numpy as np

from . import style
from .panels import LinePanel, Panel
from .side_by_side import SideBySide
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
        self.axes = self.figure.add_subplot(grid[1, 1])
        self.title = self.axes.set_title("")
        (self.usual,) = self.axes.plot([], [], **style.line("ghost", linewidth=1.8))
        (self.changed,) = self.axes.plot([], [], color=style.INK, marker="o", markevery=32)
        self.moving = [*above.moving, *self.drawing.moving, self.usual, self.changed]
        self._place, self._guess = None, []

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
            self.title.set_text(title)
            self.axes.set(ylabel=ylabel, ylim=ylim, xlabel=f"{usual.time_unit}s",
                          xlim=(0, usual.time[-1]))  # fmt: skip
            self.restart()
        for line, run in ((self.usual, result.usual), (self.changed, result["elsewhere"])):
            line.set_data(run.time, run[PLACES[self._place][1]])

    def guess(self, value):
        """The learner's guess stands where the question asks; None removes it."""
        while self._guess:
            self._guess.pop().remove()
        if value is not None:
            axes = self.line_panels[0].axes
            self._guess = axes.plot([DEEP], [value], "X", color=style.INK, ms=9, zorder=5)
            self._guess.append(axes.annotate(
                f"your guess: {value:g}", (DEEP, value), xytext=(8, 4), zorder=5,
                textcoords="offset points", fontsize=11.5, color=style.INK, bbox=style.BEHIND,
            ))  # fmt: skip
        self.restart()

    def alt(self, result):
        """The drawing, then the two panels."""
        return (
            f"{self.drawing.alt(**self.scene_values(result))} A falling curve of vesicles against "
            f"depth in bone. Below, {PLACES[result.place][2]}: {result['elsewhere'].summary()}"
        )
