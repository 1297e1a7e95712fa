"""The picture of the remodelling cycle: the unit on one day, and resorption, formation and bone."""

from dataclasses import dataclass

import numpy as np

from bonelab.parameters import DAYS_PER_YEAR, load
from bonelab.simulation.readings import bone_gone

from .panels import Panel, in_words
from .paper import button, rule
from .places import UNIT_PARTS, regions_of
from .remodelling_unit import RemodellingUnit
from .side_by_side import SideBySide
from .style import INK
from .words import Words

# argument of the drawn unit -> the series of a run of the tissue that it shows
UNIT = {
    "precursors": "precursors",
    "osteoclasts": "osteoclasts",
    "pre_osteoblasts": "pre-osteoblasts",
    "osteoblasts": "osteoblasts",
    "osteocytes": "osteocytes",
    "resorption": "resorption",
    "formation": "formation",
    "on_opg": "RANKL on OPG",
    "on_drug": "RANKL on drug",
    "free_opg": "free OPG",
    "occupancy": "occupancy",
    "forward": "resorption",
    "reverse_route": "reverse route",
    "matrix_route": "matrix route",
}


def unit_values(run, time=None):
    """What the drawn unit takes of a run of the tissue, at its end or at a ``time``."""
    here = run.final if time is None else run.at(time)
    values = {argument: here[series] for argument, series in UNIT.items()}
    day = run.time[-1] if time is None else time
    return values | {
        "rankl": here["RANKL"] / load("binding").RANKL_tissue,
        "gone": bone_gone(run, day) if np.ndim(day) == 0 and not isinstance(day, str) else 0.0,
    }


def routes_at_rest():
    """The two parts of the call for new bone in health, as the model has them."""
    share = load("tissue").reverse_share
    return {"reverse_route": share, "matrix_route": 1.0 - share}


DOUBLED = (0.03, 0.9, 0.24, 0.08)  # left, top, width and height of a button in the picture


@dataclass(frozen=True)
class Moment:
    """A run that begins on some day of a healthy life, and the day on which one looks."""

    run: object
    healthy: object  # a run of the same woman before anything changed
    start: float = 0.0  # day on which the run begins
    day: float | None = None  # None is the end

    @property
    def today(self):
        """The day on which one looks, within what was simulated."""
        last = self.start + float(self.run.time[-1])
        return last if self.day is None else min(self.day, last)

    @property
    def values(self):
        """What the drawn unit takes today."""
        since = self.today - self.start
        return unit_values(self.healthy, 0.0) if since < 0 else unit_values(self.run, since)

    def years(self, name):
        """A series over years: healthy until the run begins."""
        x, y = self.start + self.run.time, self.run[name]
        if self.start > 0:
            before = self.healthy[name][0]
            x, y = np.r_[0.0, self.start, x], np.r_[before, before, y]
        return x / DAYS_PER_YEAR, y


class Today:
    """An upright line through panels of years, on the day at which the drawing looks."""

    def __init__(self, drawing, panels):
        looks = {"color": INK, "linewidth": 1.2, "linestyle": (0, (1.2, 1.6)), "zorder": 2.5}
        self.rules = [rule(panel.axes, x=0, **looks) for panel in panels]
        self.words = Words(drawing, 206, 167, side="right")
        self.moving = [*self.rules, *self.words.moving]

    def put(self, day):
        """Stand at a day."""
        for line in self.rules:
            line.set_xdata([day / DAYS_PER_YEAR] * 2)
        self.words.show(f"day {day:.0f}")


class CyclePicture(SideBySide):
    """The drawn unit today, and how resorption, formation and bone move over the years."""

    size = (8.8, 4.0)
    scene = RemodellingUnit
    scene_width = 1.7
    xlabel, xlim = "years", (0, 6)
    panels = (
        Panel("Resorption and formation", ("resorption", "formation"), "healthy = 1", (0, 5)),
        Panel("Bone of the spine", ("bone volume spine",), "healthy = 1", (0.6, 1.2)),
    )

    def build(self, result):
        """Drawing and panels, and a line at today."""
        super().build(result)
        self.today = Today(self.drawing.axes, self.line_panels)
        self.moving += self.today.moving
        button(self.figure, DOUBLED, "RANKL × 2 from today")

    @property
    def regions(self):
        """The parts of the drawn unit, and a button that doubles RANKL from today on."""
        parts = regions_of(self.drawing.axes, UNIT_PARTS)
        return parts | {"today": ("RANKL × 2 from today", DOUBLED)}

    def curve(self, result, name):
        """A series over years."""
        return result.years(name)

    def scene_values(self, result):
        """The unit today, relative to healthy."""
        return result.values

    def update(self, result):
        """Move drawing, curves and the line of today."""
        super().update(result)
        self.today.put(result.today)

    def alt(self, result):
        """The unit today, and the curves."""
        drawing = self.drawing.alt(**self.scene_values(result))
        return (
            f"{drawing} This is day {result.today:.0f}. Curves against years: "
            f"{in_words(self.panels)}. {result.run.summary()}"
        )
