"""A stacked bar of shares with its key: swatch, name and percentage of every part."""

import numpy as np
from matplotlib.collections import PolyCollection

from .shapes import Layer, paint, polygon
from .words import Words


def percent(share):
    """Share from 0 to 1 in words: whole percents from 10 % on, one decimal below."""
    return f"{100 * share:.0f}%" if share >= 0.0995 or share < 5e-4 else f"{100 * share:.1f}%"


def box(left, right, bottom, top):
    """Corners of a rectangle."""
    return [(left, bottom), (right, bottom), (right, top), (left, top)]


class ShareBar:
    """Bar from `left` to `right`, `bottom` to `top` in `ax`.

    `look` gives (colour, hatch) and `spots` the place of the swatch, in data units, by name. The
    order of `look` is the order of the parts.
    """

    def __init__(self, ax, look, spots, left, right, bottom, top):
        self._span = left, right, bottom, top
        self.blocks, self._words, self.swatches = {}, {}, {}
        for name, (colour, hatch) in look.items():
            block = PolyCollection([], fc=colour, ec="white", lw=1.2, hatch=hatch, zorder=3)
            self.blocks[name] = ax.add_collection(block, autolim=False)
            x, y = spots[name]
            (swatch,) = paint(ax, [Layer(polygon(box(x, x + 18, y - 7, y + 7)), colour, "white")])
            swatch.set_hatch(hatch)
            self.swatches[name] = swatch
            self._words[name] = Words(ax, x + 24, y)
        self.moving = [*self.blocks.values(), *self.swatches.values()]
        self.moving += [words.moving[0] for words in self._words.values()]

    def show(self, shares):
        """Draw `shares` (by name, 0 to 1, together at most 1)."""
        left, right, bottom, top = self._span
        ends = left + (right - left) * np.cumsum([0.0] + [shares[name] for name in self.blocks])
        for (name, block), start, end in zip(self.blocks.items(), ends[:-1], ends[1:], strict=True):
            block.set_verts([box(start, end, bottom, top)])
            block.set_visible(end - start > 1e-6)
            self.swatches[name].set_visible(True)
            self._words[name].show(f"{name} {percent(shares[name])}")

    def hide(self, name):
        """Leave a part out of the key, until the next `show`: it is not there at all."""
        self.swatches[name].set_visible(False)
        self._words[name].show("")
