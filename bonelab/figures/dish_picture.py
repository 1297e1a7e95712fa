"""The picture of the culture dish: the field at the end, osteoclasts and NFATc1 over days."""

from .dish import Dish
from .panels import Panel
from .side_by_side import SideBySide

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

    def curve(self, result, name):
        """Osteoclasts are counted per 1,000 precursors."""
        days, values = super().curve(result, name)
        return days, values * PER if name == "osteoclasts" else values

    def scene_values(self, result):
        """The dish on the last day."""
        return dish_values(result)
