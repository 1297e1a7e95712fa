"""The picture of the culture dish: the field at the end, osteoclasts and NFATc1 over days."""

from bonelab.simulation.forward import culture

from .dish import Dish
from .panels import Panel
from .paper import stroke
from .side_by_side import SideBySide
from .style import INK
from .words import Words

ASKED = 5  # days of the dish that the lab's question is about
PER = 1000  # precursors at the start, which cells and pits are counted on


def dish_values(run):
    """What the drawn dish takes of a forward run, at its end."""
    final = run.final
    return {
        "precursors": final["precursors"],
        "osteoclasts": final["osteoclasts"],
        "nuclei": final["nuclei per osteoclast"],
        "pits": PER * final["pits"],
    }


class DishPicture(SideBySide):
    """The dish at the end, and how osteoclasts and NFATc1 came about."""

    scene = Dish
    xlabel, xlim = "days", (0, 7)
    panels = (
        Panel("Osteoclasts", ("osteoclasts",), "per 1,000\nprecursors", (0, 100)),
        Panel("NFATc1, the master switch", ("NFATc1",), "model units", (0, 4)),
    )

    def build(self, result):
        """Drawing and panels, and a dotted curve for the dish of the guessed dose."""
        super().build(result)
        axes = self.line_panels[0].axes
        self.guessed = stroke(axes, color=INK, linestyle=":", linewidth=2, zorder=2)
        self.guess_name = Words(axes, 0, 0)
        self.moving += [self.guessed, *self.guess_name.moving]

    def guess(self, value):
        """The osteoclasts that a guessed dose (ng/ml) makes in five days; None removes them."""
        if value is None:
            self.guessed.set_data([], [])
            self.guess_name.show("")
            return
        run = culture(rankl=f"{value:g} ng/ml", days=ASKED)
        days, cells = self.curve(run, "osteoclasts")
        self.guessed.set_data(days, cells)
        self.guess_name.put(ASKED + 0.12, cells[-1], "left")
        self.guess_name.show("your guess")

    def curve(self, result, name):
        """Osteoclasts are counted per 1,000 precursors."""
        days, values = super().curve(result, name)
        return days, values * PER if name == "osteoclasts" else values

    def scene_values(self, result):
        """The dish on the last day."""
        return dish_values(result)
