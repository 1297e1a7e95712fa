"""One dose curve twice, side by side: on a linear and on a logarithmic axis.

The same curve looks like a cliff on the one and like a slope on the other; only both together show
that it is a matter of the axis.
"""

import math
from typing import NamedTuple

from .curve_marks import Cursor
from .panels import LinePanel


class Scale(NamedTuple):
    """A kind of axis and what it is called in a title."""

    name: str
    words: str

    def title(self, title):
        """A title that says which axis this is."""
        return f"{title} ({self.words})" if title else self.words.capitalize()


SCALES = (Scale("linear", "linear axis"), Scale("log", "logarithmic axis"))


class DosePair:
    """Two panels of one curve in two cells of a grid, each with a cursor where the dose stands.

    ``panel`` is what both show (its title goes before the name of the axis), ``linear`` and ``log``
    are the two ranges of the dose. ``.panels`` are the LinePanels, ``.moving`` what changes.
    """

    def __init__(self, figure, cells, panel, xlabel, *, linear, log):
        self.panels, self.cursors = [], []
        for cell, scale, xlim in zip(cells, SCALES, (linear, log), strict=True):
            titled = panel._replace(title=scale.title(panel.title))
            drawn = LinePanel(figure.add_subplot(cell), titled, xlabel, xlim, scale.name)
            self.panels.append(drawn)
            self.cursors.append(Cursor(drawn.axes))
        self.moving = [artist for part in (*self.panels, *self.cursors) for artist in part.moving]

    def update(self, curves, dose, value):
        """Show ``{name: (x, y)}`` in both, and the place of a dose with its value (if any)."""
        for panel, cursor in zip(self.panels, self.cursors, strict=True):
            panel.update(curves)
            low, high = panel.axes.get_xlim()
            cursor.put(min(max(dose, low), high), value)
            cursor.line.set_visible(dose <= high and not math.isnan(value))
