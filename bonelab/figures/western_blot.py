"""A virtual western blot: one lane per culture, one strip per protein, darkness by amount."""

import numpy as np

from bonelab.parameters import one_of

from .paper import dress
from .shapes import LABEL, number

_WIDE, _TALL, _GAP = 44, 26, 8  # pixels of one lane, of one strip, between strips
_PALE, _DARK = 0.90, 0.16  # grey of the empty strip, of the strongest band


class WesternBlot:
    """Blot in `ax` with fixed `proteins` (rows) and `lanes`. `.moving` lists what changes."""

    def __init__(self, ax, proteins, lanes):
        self.proteins, self.lanes, self.axes = tuple(proteins), tuple(lanes), ax
        dress(ax)
        rows, columns = len(self.proteins), len(self.lanes)
        self._height = rows * (_TALL + _GAP)
        self._profile = _band()
        self.image = ax.imshow(np.ones((self._height, columns * _WIDE)), cmap="gray", vmin=0,
                                vmax=1, aspect="auto", interpolation="bilinear", origin="upper",
                                interpolation_stage="data")  # quicker than colours  # fmt: skip
        self.moving = [self.image]
        for spine in ax.spines.values():
            spine.set_visible(False)
        ax.grid(False)
        middles = [(_TALL + _GAP) * k + _TALL / 2 for k in range(rows)]
        ax.set_yticks(middles, self.proteins, fontsize=LABEL)
        ax.set_xticks([_WIDE * (k + 0.5) for k in range(columns)], self.lanes, fontsize=LABEL)
        ax.tick_params(length=0, labeltop=True, labelbottom=False)
        self.aspect = (columns * _WIDE + 190) / (self._height + 30)
        self.update({lane: [0.0] * rows for lane in self.lanes})

    def update(self, bands):
        """Show `bands`: by lane, the strength of each protein's band, 0 to 1 (a table will do).

        Raises BonelabError for a strength out of range or missing (NaN), or an unknown lane.
        """
        picture = np.ones((self._height, len(self.lanes) * _WIDE))
        bands = {one_of("lane", lane, self.lanes): bands[lane] for lane in bands}
        for row, protein in enumerate(self.proteins):
            strip = picture[row * (_TALL + _GAP) :][:_TALL]
            strip[:] = _PALE
            for column, lane in enumerate(self.lanes):
                strength = number(f"{protein} of {lane}", list(bands[lane])[row], high=1.0)
                here = strip[:, column * _WIDE : (column + 1) * _WIDE]
                here -= (_PALE - _DARK) * np.minimum(self._profile * strength * 1.25, 1.0)
        self.image.set_data(picture)

    def strips(self):
        """Where the strip of each protein lies: left, foot, right, top in units of the Axes."""
        wide, tall = len(self.lanes) * _WIDE, _TALL + _GAP
        return {
            protein: (0, tall * row + _TALL + _GAP / 2, wide, tall * row - _GAP / 2)
            for row, protein in enumerate(self.proteins)
        }

    def alt(self, bands):
        """Text alternative for the same bands."""
        rows = [
            f"{protein}: "
            + ", ".join(f"{lane} {100 * list(bands[lane])[row]:.0f}" for lane in self.lanes)
            for row, protein in enumerate(self.proteins)
        ]
        return f"Drawing of a western blot, bands from 0 to 100. {'; '.join(rows)}."


def _band():
    """Shape of one band at full strength: flat in the middle, soft at its edges, a little bent."""
    x, y = np.linspace(-1, 1, _WIDE), np.linspace(-1, 1, _TALL)[:, None]
    across = 1 / (1 + np.exp((np.abs(x) - 0.72) / 0.045))
    return across * np.exp(-(((y - 0.12 * x**2 + 0.05) / 0.38) ** 4))
