"""Words in a picture that change while a slider moves.

They are drawn as outlines that are put together from letters made once, which takes a tenth of
the time that matplotlib needs to lay out and draw a Text.
"""

from functools import lru_cache

import numpy as np
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D, ScaledTranslation

from .shapes import LABEL
from .style import INK

_FONT = FontProperties(family="DejaVu Sans")
_EM = 100.0
_SHIFT = {"left": 0.0, "center": 0.5, "right": 1.0}


@lru_cache(maxsize=256)
def _letter(char):
    """Outline of one letter (vertices, codes) and its width, in hundredths of an em."""
    bar, after = (TextPath((0, 0), s, size=_EM, prop=_FONT) for s in ("|", f"{char}|"))
    width = after.vertices[:, 0].max() - bar.vertices[:, 0].max()
    if char.isspace():
        return np.empty((0, 2)), np.empty(0, Path.code_type), width
    path = TextPath((0, 0), char, size=_EM, prop=_FONT)
    return path.vertices, path.codes, width


class Words:
    """One line of words in `ax`, centred in height on (x, y) in data units.

    `side` is the side of the words that stands at x: "left", "center" or "right". `.moving` holds
    the artist; what it says is its `gid`.
    """

    def __init__(self, ax, x, y, words="", side="left", zorder=8):
        self._ax = ax
        self._patch = PathPatch(Path([(0, 0)]), fc=INK, ec="none", lw=0, zorder=zorder)
        self.put(x, y, side)
        ax.add_artist(self._patch)
        self._patch.set_clip_on(False)
        self.moving = [self._patch]
        self.show(words)

    def put(self, x, y, side):
        """Stand at (x, y) from the next `show` on."""
        self._shift = _SHIFT[side]
        points = Affine2D().translate(0, -36).scale(LABEL / _EM / 72)
        points += self._ax.figure.dpi_scale_trans
        self._patch.set_transform(points + ScaledTranslation(x, y, self._ax.transData))
        self._patch.set_gid(None)

    def show(self, words):
        """Write `words` in place of what stood there; an empty string hides it."""
        self._patch.set_visible(bool(words.strip()))
        if words == self._patch.get_gid() or not words.strip():
            return
        letters = [_letter(char) for char in words]
        starts = np.cumsum([0.0] + [width for _, _, width in letters])
        starts -= self._shift * starts[-1]
        verts = np.vstack([outline for outline, _, _ in letters])
        verts[:, 0] += np.repeat(starts[:-1], [len(codes) for _, codes, _ in letters])
        self._patch.set_path(Path(verts, np.concatenate([codes for _, codes, _ in letters])))
        self._patch.set_gid(words)


def three_figures(value):
    """A number in three figures, without an exponent below a million: 7,430."""
    return f"{float(f'{value:.3g}'):,g}"


def count(value, digits=0):
    """A number in words: `digits` decimals, or powers of ten beyond ten thousand."""
    return f"{value:.{digits}f}" if value < 1e4 else f"{value:.0e}".replace("e+0", "e")
