"""What tests of pictures share: a scene on a figure of its own, and ways to read what it shows.

A picture takes long to draw, so tests share one. In a run of mutants (docs/mutations.md) each test
draws its own: otherwise only the first would be known to need the code that draws.
"""

import functools
import os

import numpy as np
from matplotlib.figure import Figure

from bonelab.figures.paper import new_figure

_ANEW = "BONELAB_DRAW_ANEW" in os.environ
_KEPT = []
ONCE = "function" if _ANEW else "module"  # the scope of a fixture that draws


def cache(function):
    """Draw once for all tests."""
    kept = functools.cache(function)
    _KEPT.append(kept)
    return kept


def forget():
    """Let the next test draw anew."""
    for kept in _KEPT:
        kept.cache_clear()


@cache
def drawn(scene):
    """A scene alone on a figure of 450 x 400 pixels; whoever asks sets its values anew."""
    figure = new_figure(4.5, 4.0, layout="none", dpi=100)
    return scene(figure.add_axes([0, 0, 1, 1])), figure


def pixels(figure: Figure):
    """The figure as numbers (rows, columns, 4)."""
    figure.canvas.draw()
    return np.asarray(figure.canvas.buffer_rgba()).copy()


def outlines(patch):
    """Number of separate outlines of a patch that is seen, 0 of one that is not."""
    return int((patch.get_path().codes == 1).sum()) if patch.get_visible() else 0


def whole(stamp):
    """How many copies of a glyph a Stamp shows, parts of a copy by their area."""
    return float((stamp.scale**2).sum())


def written(picture):
    """The words that move in a picture and are seen."""
    return {a.get_gid() for a in picture.moving if a.get_gid() and a.get_visible()}


def extent(artist):
    """Left, bottom, right, top of a patch's outline, in data units."""
    box = artist.get_path().get_extents()
    return box.x0, box.y0, box.x1, box.y1


def seen(lab, **values):
    """What the picture of a lab takes at some settings, the others at their start."""
    return lab.set(**(lab.defaults | values)).seen
