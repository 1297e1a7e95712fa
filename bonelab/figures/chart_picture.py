"""The chart of a mystery patient: what was measured, and the points that are left."""

from . import style
from .canvas import Picture
from .paper import dress, stroke, write
from .words import Words

_ROWS = 9


def _rounded(value):
    """Three figures: more would look surer than the error allows."""
    return f"{float(f'{value:.3g}'):g}"


class ChartPicture(Picture):
    """Takes ``{"results": [(test, what, value, unit, error), ...], "left": points, ...}``."""

    size = (8.6, 3.5)

    def build(self, result):
        """An empty chart with room for the results, and the bar of points."""
        axes = dress(self.figure.subplots(), xlim=(0, 100), ylim=(0, 100))
        axes.axis("off")
        write(axes, 2, 94, "Chart", fontsize=13.5, weight="bold")
        for x, words in ((2, "test"), (30, "what"), (54, "value"), (91, "error")):
            write(axes, x, 83, words, fontsize=11.5, color="#5A5A5A")
        stroke(axes, [2, 98], [79, 79], color=style.FAINT, linewidth=1.5)
        self.cells = []
        for row in range(_ROWS):
            y = 72 - 8.4 * row
            self.cells.append([Words(axes, x, y) for x in (2, 30, 54, 91)])
        write(axes, 36, 94, "points left", fontsize=11.5)
        self.points = Words(axes, 90, 95.3)
        bar = {"linewidth": 12, "solid_capstyle": "butt"}
        stroke(axes, [50, 88], [95, 95], color=style.FAINT, **bar)
        self.bar = stroke(axes, [50, 50], [95, 95], color=style.COLOUR["formation"], **bar)
        self.moving = [self.bar, *self.points.moving]
        self.moving += [a for row in self.cells for cell in row for a in cell.moving]

    def update(self, result):
        """Write what was measured so far."""
        rows = list(result["results"])[:_ROWS]
        for row, cells in enumerate(self.cells):
            words = ["", "", "", ""]
            if row < len(rows):
                test, what, value, unit, error = rows[row]
                words = [test, what, f"{_rounded(value)} {unit}", error]
            for cell, text in zip(cells, words, strict=True):
                cell.show(text)
        share = result["left"] / max(result["budget"], 1e-9)
        self.bar.set_data([50, 50 + 38 * share], [95, 95])
        self.points.show(f"{result['left']:.0f}")

    def alt(self, result):
        """All results in words."""
        parts = [
            f"{test}, {what}: {_rounded(value)} {unit}"
            for test, what, value, unit, _ in result["results"]
        ]
        found = "; ".join(parts) if parts else "nothing ordered yet"
        return f"Chart of the patient: {found}. {result['left']:.0f} points left."
