"""A drawing beside curves: the usual picture of a lab.

class DishPicture(SideBySide):
    scene = Dish                                       # a drawing with .moving and .update
    xlabel, xlim = "days", (0, 7)
    panels = (Panel("Osteoclasts", ("osteoclasts",), "per precursor", (0, 0.12)),)

    def scene_values(self, result):
        return {"osteoclasts": result.final["osteoclasts"]}
"""

from .panels import Curves, LinePanel


class SideBySide(Curves):
    """A drawing on the left, the panels of :class:`Curves` stacked on the right."""

    scene: type | None = None  # class of the drawing
    scene_width = 1.0  # relative to the panels
    columns = 1

    def build(self, result):
        """The drawing, then one line panel for each entry of ``panels``."""
        rows = -(-len(self.panels) // self.columns)
        grid = self.figure.add_gridspec(
            rows, 1 + self.columns, width_ratios=[self.scene_width, *([1.0] * self.columns)]
        )
        self.drawing = self.scene(self.figure.add_subplot(grid[:, 0]))
        self.line_panels = []
        for index, panel in enumerate(self.panels):
            axes = self.figure.add_subplot(grid[index // self.columns, 1 + index % self.columns])
            self.line_panels.append(LinePanel(axes, panel, self.xlabel, self.xlim))
        self.moving = [artist for panel in self.line_panels for artist in panel.moving]
        self.moving += self.drawing.moving

    def scene_values(self, result):
        """What the drawing's ``update`` takes, from a result."""
        raise NotImplementedError

    def update(self, result):
        """Move the curves and the drawing."""
        super().update(result)
        self.drawing.update(**self.scene_values(result))

    def alt(self, result):
        """The drawing and the curves in words."""
        return f"{self.drawing.alt(**self.scene_values(result))} {super().alt(result)}"
