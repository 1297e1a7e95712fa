"""Panels of curves for labs: fixed axes, a grey baseline, direct labels.

    class DishPicture(Curves):
        xlabel, xlim = "days", (0, 5)
        panels = (
            Panel("Osteoclasts", ("osteoclasts",), "per well", (0, 120)),
            Panel("Signals", ("NF-kB", "NFATc1"), "share of maximum", (0, 1.05)),
        )

``Curves`` reads ``result.time`` (converted when ``xlabel`` is hours, days, months or years) and
``result[name]``; override :meth:`Curves.curve` when a result
is something else than one Run (a dict of arms, say).
"""

from typing import NamedTuple

import numpy as np

from . import style
from .canvas import Picture
from .curve_marks import EndNames, Guess
from .paper import dress, stroke
from .time_axis import DAYS, in_unit, mark_times


class Panel(NamedTuple):
    """One set of axes. ``ylim`` is fixed: choose it to hold what every control can reach."""

    title: str
    series: tuple
    ylabel: str  # quantity and unit
    ylim: tuple
    yscale: str = "linear"
    labels: dict = {}  # noqa: RUF012  words for a series where the course's own do not fit


class LinePanel:
    """The artists of one :class:`Panel` on given axes. ``moving`` lists those that change."""

    def __init__(self, axes, panel, xlabel, xlim, xscale="linear"):
        self.axes, self.panel = axes, panel
        dress(axes, panel.title, xlabel, panel.ylabel, xscale=xscale, yscale=panel.yscale)
        axes.set(xlim=xlim, ylim=panel.ylim)
        if xlabel in DAYS:
            mark_times(axes, xlabel, xlim[1], xlim[0])
        looks = style.apart(panel.series)
        grey = style.line("ghost", linewidth=1.8, zorder=1.5, label="_", gid="ghost")
        self._grey = {name: stroke(axes, **grey) for name in looks}
        self.lines = {
            name: stroke(axes, color=look.colour, linestyle=look.dash, zorder=3)
            for name, look in looks.items()
        }
        words = {name: panel.labels.get(name, look.label) for name, look in looks.items()}
        several = len(looks) > 1  # a single curve is named by the title
        self.names = EndNames(axes, looks if several else {}, words)
        self._guess = Guess(axes, [*self.lines.values(), *self._grey.values()])
        self.moving = [*self.lines.values(), *self.names.moving, *self._guess.moving]

    def update(self, curves):
        """Show ``{name: (x, y)}``."""
        for name, line in self.lines.items():
            line.set_data(*curves[name])
        ends = {name: self.lines[name].get_ydata() for name in self.names.names}
        self.names.place({name: float(y[-1]) for name, y in ends.items() if len(y)})
        self._guess.place()

    def ghost(self, curves):
        """Leave ``{name: (x, y)}`` standing in grey."""
        for name, line in self._grey.items():
            line.set_data(*curves[name])

    def guess(self, value):
        """A dotted level line at the learner's guess; None removes it."""
        self._guess.show(value)


class Curves(Picture):
    """Panels of curves side by side (or in rows: set ``columns``)."""

    panels: tuple = ()
    xlabel: str = "days"
    xlim: tuple = (0, 1)
    columns: int | None = None

    def build(self, result):
        """One :class:`LinePanel` for each entry of ``panels``."""
        columns = self.columns or len(self.panels)
        rows = -(-len(self.panels) // columns)
        grid = np.ravel(self.figure.subplots(rows, columns, squeeze=False))
        for spare in grid[len(self.panels) :]:
            spare.set_axis_off()
        self.line_panels = [
            LinePanel(axes, panel, self.xlabel, self.xlim)
            for axes, panel in zip(grid, self.panels, strict=False)
        ]
        self.moving = [artist for panel in self.line_panels for artist in panel.moving]

    def curve(self, result, name):
        """x and y of one series; override for results that are not one Run."""
        return in_unit(result, self.xlabel), result[name]

    def _curves(self, result, panel):
        return {name: self.curve(result, name) for name in panel.panel.series}

    def update(self, result):
        """Move every curve."""
        for panel in self.line_panels:
            panel.update(self._curves(result, panel))

    def ghost(self, result):
        """The baseline as grey dashes in every panel."""
        for panel in self.line_panels:
            panel.ghost(self._curves(result, panel))
        self.restart()

    def guess(self, value):
        """The learner's guess as a level line in the first panel."""
        self.line_panels[0].guess(value)

    def alt(self, result):
        """Titles of the panels and the result's own sentence."""
        return f"Curves against {self.xlabel}: {in_words(self.panels)}. {result.summary()}"


def in_words(panels):
    """The titles of some panels with what their axes say, in one line."""
    return "; ".join(f"{panel.title} ({' '.join(panel.ylabel.split())})" for panel in panels)
