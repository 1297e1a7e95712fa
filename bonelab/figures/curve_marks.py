"""What stands beside a curve while it moves: its name, the learner's guess, the place of a slider.

Words are outlines that are made once, and are drawn ten times quicker than matplotlib's Text,
whose drawing would take most of an update.
"""

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D, ScaledTranslation

from .paper import FAMILY, SMALL, rule, sample, stroke
from .shapes import tint
from .style import INK

_SAMPLE = (3.0, 21.0)  # points right of the axes: where the sample of a line begins and ends


class EndName:
    """The name of a curve right of its axes, at the height where it ends, after a sample of it."""

    def __init__(self, axes, words, look, size=SMALL):
        self.words = words
        self._across = axes.get_yaxis_transform()  # x: share of the axes, y: data
        self._points = Affine2D().scale(axes.figure.dpi / 72)
        self._shift = Affine2D().translate(_SAMPLE[1] + 5, -0.36 * size)
        outline = TextPath((0, 0), words, size=size, prop={"family": FAMILY})
        self.patch = PathPatch(outline, facecolor=INK, linewidth=0, gid=words)
        axes.add_artist(self.patch)
        self.patch.set_clip_on(False)
        self.sign = sample(_SAMPLE, (0, 0), look)
        axes.add_artist(self.sign)  # not a curve: the limits of the axes take no notice of it
        self.sign.set_clip_on(False)
        self.moving = [self.patch, self.sign]
        self.put(axes.get_ylim()[0])

    def put(self, y):
        """Centre the name at height ``y``."""
        at = ScaledTranslation(1.0, y, self._across)
        self.patch.set_transform(self._shift + self._points + at)
        self.sign.set_transform(self._points + at)
        self.height = y


class EndNames:
    """The names of all curves of one Axes, pushed apart where two curves end close together."""

    def __init__(self, axes, looks, words):
        self._axes = axes
        self.names = {name: EndName(axes, words[name], look) for name, look in looks.items()}
        self.moving = [artist for name in self.names.values() for artist in name.moving]

    def place(self, ends):
        """Put each name at the height where its curve ends: ``{name: y}``."""
        to_share = self._axes.transLimits.transform
        from_share = self._axes.transLimits.inverted().transform
        scale = self._axes.transScale
        low = min(self._axes.get_ylim())
        shares = {
            name: float(np.clip(to_share(scale.transform((1, max(end, low))))[1], 0.02, 0.98))
            for name, end in ends.items()
        }
        gap = 18 / (self._axes.bbox.height * 100 / self._axes.figure.dpi)  # 18 screen pixels
        for name, share in apart(shares, gap).items():
            self.names[name].put(scale.inverted().transform(from_share((0, share)))[1])


def apart(shares, gap):
    """Shift heights (0 to 1) so that neighbours are at least ``gap`` apart, within 0 to 1."""
    names = sorted(shares, key=shares.get)
    placed = {}
    floor = -gap
    for name in names:
        floor = placed[name] = max(shares[name], floor + gap)
    ceiling = 1.0 + gap
    for name in reversed(names):
        ceiling = placed[name] = min(placed[name], ceiling - gap)
    return placed


class Cursor:
    """Where a setting stands on a curve: thin lines from that point to both axes."""

    def __init__(self, axes):
        self._axes = axes
        self.line = stroke(axes, color=INK, linestyle=(0, (1.2, 1.6)), linewidth=1.6, zorder=2.5)
        self.moving = [self.line]

    def put(self, x, y):
        """Point at (x, y)."""
        left, foot = min(self._axes.get_xlim()), min(self._axes.get_ylim())
        self.line.set_data([x, x, left], [foot, y, y])


class Shade:
    """The band around a curve, in its colour; empty until it is shown."""

    def __init__(self, axes, colour):
        self.area = PolyCollection([], facecolor=tint(colour, 0.28), edgecolor="none", zorder=1.2)
        axes.add_collection(self.area, autolim=False)
        self.moving = [self.area]

    def show(self, x, low, high):
        """Fill between two curves."""
        across = np.r_[x, np.asarray(x)[::-1]]
        self.area.set_verts([np.column_stack([across, np.r_[low, np.asarray(high)[::-1]]])])

    def hide(self):
        """Show nothing."""
        self.area.set_verts([])


class Guess:
    """The learner's guess as a dotted level line, with words where no curve runs."""

    def __init__(self, axes, lines):
        self._axes, self._lines = axes, lines
        self.value = None
        self.level = rule(axes, y=0, linestyle=":", linewidth=2, zorder=2, visible=False)
        self.patch = PathPatch(Path([(0, 0)]), facecolor=INK, linewidth=0, zorder=5)
        axes.add_artist(self.patch)
        self.patch.set_clip_on(False)
        self.patch.set(visible=False, in_layout=False)
        self.moving = [self.level, self.patch]

    def show(self, value):
        """Mark ``value`` on the upright axis; None removes the mark."""
        self.value = value
        for artist in self.moving:
            artist.set_visible(value is not None)
        if value is not None:
            words = f"your guess: {value:.4g}"
            self.level.set_ydata([value, value])
            self.patch.set_path(TextPath((0, 0), words, size=SMALL, prop={"family": FAMILY}))
            self.patch.set_gid(words)
            self.place()

    def place(self):
        """Move the words to where the curves leave most room beside the line."""
        if self.value is None:
            return
        axes, points = self._axes, self._axes.figure.dpi / 72
        box, outline = axes.bbox, self.patch.get_path().get_extents()
        width, height, gap = outline.width * points, outline.height * points, 4 * points
        _, y = axes.transData.transform((axes.get_xlim()[0], self.value))
        along = np.linspace(box.x0 + 2 * gap, box.x1 - width - 2 * gap, 7)
        places = [(x, y + side) for side in (gap, -gap - height) for x in along]
        curves = [_dense(line) for line in self._lines if line.get_visible()]
        curve = np.vstack([np.empty((0, 2)), *curves])

        def room(place):
            left, foot = place
            if foot < box.y0 or foot + height > box.y1:
                return -1.0
            aside = np.maximum(np.maximum(left - curve[:, 0], curve[:, 0] - left - width), 0)
            over = np.maximum(np.maximum(foot - curve[:, 1], curve[:, 1] - foot - height), 0)
            return min(np.hypot(aside, over).min(initial=np.inf), 6 * gap)

        best = max(places, key=room)  # the first of several that are as good
        if room(best) < gap / 2:  # curves everywhere: above the axes nothing runs
            best = (box.x1 - width, box.y1 + gap)
        self.patch.set_transform(Affine2D().scale(points).translate(*best))


def _dense(line):
    """A curve in pixels, a point at least every three."""
    xy = np.column_stack([np.asarray(values, float) for values in line.get_data()])
    xy = line.get_transform().transform(xy) if len(xy) else xy
    xy = xy[np.isfinite(xy).all(axis=1)]
    if len(xy) < 2:
        return xy
    length = np.r_[0.0, np.cumsum(np.hypot(*np.diff(xy, axis=0).T))]
    steps = np.linspace(0, length[-1], int(min(length[-1] / 3, 4000)) + 2)
    return np.column_stack([np.interp(steps, length, xy[:, k]) for k in (0, 1)])
