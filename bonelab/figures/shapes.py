"""Outlines and stamps: the geometry that every drawn picture of the course is made of.

A *glyph* is a tuple of `Layer`s, painted from first to last. A `Stamp` sets one glyph down at many
fixed places, with one artist per layer however many copies there are; afterwards only the size of
each copy changes, so that a copy keeps its place while a slider moves. No artist is made after
`Stamp.__init__`.
"""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from bonelab.parameters import BonelabError

from .style import COLOUR

SMALLEST = 0.02  # copies smaller than this share of their full size are not drawn
LABEL = 11  # points: the smallest text in a picture


@dataclass(frozen=True, slots=True)
class Layer:
    """One outline of a glyph: `path` in glyph units, colours, line `width` in points."""

    path: Path
    face: object = "none"
    edge: object = "none"
    width: float = 1.0


def tint(colour, share=0.5):
    """Mix `colour` with white: share 1 keeps it, share 0 is white."""
    return tuple(1 - share * (1 - c) for c in to_rgb(colour))


def shade(colour, share=0.35):
    """Mix `colour` with black: share 0 keeps it, share 1 is black."""
    return tuple(c * (1 - share) for c in to_rgb(colour))


def number(argument, value, low=0.0, high=math.inf):
    """Return `value` as a float between `low` and `high`; raise BonelabError otherwise."""
    try:
        checked = float(value)
    except (TypeError, ValueError):
        checked = math.nan
    if not (math.isfinite(checked) and low - 1e-9 <= checked <= high + 1e-9):
        span = f"of {low:g} or more" if high == math.inf else f"between {low:g} and {high:g}"
        raise BonelabError(f"{argument} = {value!r} cannot be drawn: give a finite number {span}.")
    return min(max(checked, low), high)


def grow(count, places):
    """Sizes of `places` copies that together show `count`: whole ones, then one that is growing.

    The area of the growing copy is the fraction; beyond `places` nothing more is drawn.
    """
    return np.sqrt(np.clip(count - np.arange(places), 0, 1))


def oval(x=0.0, y=0.0, rx=1.0, ry=None, turn=0.0):
    """Closed ellipse around (x, y), turned by `turn` degrees."""
    circle = Path.unit_circle()
    verts = circle.vertices * (rx, rx if ry is None else ry)
    return Path(rotate(verts, turn) + np.array([x, y]), circle.codes)


def rotate(points, degrees):
    """Points (..., 2) turned anticlockwise around the origin."""
    angle = math.radians(degrees)
    cos, sin = math.cos(angle), math.sin(angle)
    return np.asarray(points, float) @ np.array([[cos, sin], [-sin, cos]])


def smooth(points, closed=True):
    """Soft curve through `points` (n, 2): a Catmull-Rom spline written as Bezier pieces."""
    p = np.asarray(points, float)
    if closed:
        before, after, end = np.roll(p, 1, 0), np.roll(p, -1, 0), len(p)
    else:
        before, after, end = np.vstack([p[:1], p[:-1]]), np.vstack([p[1:], p[-1:]]), len(p) - 1
    slope = (after - before) / 6
    verts, codes = [p[0]], [Path.MOVETO]
    for i in range(end):
        j = (i + 1) % len(p)
        verts += [p[i] + slope[i], p[j] - slope[j], p[j]]
        codes += [Path.CURVE4] * 3
    if closed:
        verts.append(p[0])
        codes.append(Path.CLOSEPOLY)
    return Path(verts, codes)


def polygon(points):
    """Closed straight-sided outline."""
    return Path(np.vstack([points, points[:1]]), closed=True)


def line(*points):
    """Open broken line through the points."""
    return Path(np.asarray(points, float))


def rod(points, width, bend=6):
    """Soft band with round ends, `width` wide, along a curve through `points`.

    `bend` is the number of steps drawn between two points; 1 leaves the corners sharp.
    """
    p = np.asarray(points, float)
    if len(p) > 2 and bend > 1:
        piece = smooth(p, closed=False).vertices
        t = np.linspace(0, 1, bend, endpoint=False)[:, None]
        ends = [_bezier(piece[k : k + 4], t) for k in range(0, len(piece) - 1, 3)]
        p = np.vstack([*ends, p[-1:]])
    normal = _normals(p) * width / 2
    fan = np.linspace(-90, 90, 7)
    ahead = [rotate(-normal[-1], a + 90) for a in fan]
    back = [rotate(normal[0], a + 90) for a in fan]
    return polygon(np.vstack([p - normal, p[-1] + ahead, (p + normal)[::-1], p[0] + back]))


def merge(*paths):
    """One path made of several."""
    return Path.make_compound_path(*paths)


def moved(path, x=0.0, y=0.0, turn=0.0, size=1.0):
    """Copy of a path: scaled, turned (degrees), then shifted."""
    return Path(rotate(path.vertices * size, turn) + np.array([x, y]), path.codes)


def placed(glyph, x=0.0, y=0.0, turn=0.0, size=1.0):
    """Copy of a glyph: scaled, turned (degrees), then shifted."""
    return tuple(Layer(moved(g.path, x, y, turn, size), g.face, g.edge, g.width) for g in glyph)


def inked(path, face, edge, rim):
    """Two layers that give a shape of overlapping rods one common outline of `rim` points."""
    return (Layer(path, "none", edge, 2 * rim), Layer(path, face, "none", 0))


def ribbon(points, width, head):
    """Arrow of constant `width` with a head `head` wide, along the Bezier curve of `points`.

    Width and head are in data units; the head's length is 0.8 of its width.
    """
    curve = _bezier(points, np.linspace(0, 1, 24)[:, None])
    length = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(curve, axis=0).T))])
    neck = max(length[-1] - 0.8 * head, 0.3 * length[-1])
    body = curve[length < neck]
    body = np.vstack([body, [np.interp(neck, length, curve[:, k]) for k in (0, 1)]])
    normal = _normals(body) * width / 2
    wing = _normals(np.vstack([body[-1], curve[-1]]))[0] * head / 2
    outline = [body + normal, [body[-1] + wing, curve[-1], body[-1] - wing], (body - normal)[::-1]]
    return polygon(np.vstack(outline))


def _bezier(control, t):
    """Bezier curve with the given control points, at the parameters `t` (n, 1)."""
    curve = [np.asarray(p, float) for p in control]
    while len(curve) > 1:
        curve = [(1 - t) * a + t * b for a, b in pairwise(curve)]
    return curve[0]


def _normals(points):
    slope = np.gradient(points, axis=0)
    slope /= np.maximum(np.hypot(slope[:, 0], slope[:, 1]), 1e-12)[:, None]
    return np.column_stack([-slope[:, 1], slope[:, 0]])


class Stamp:
    """One glyph at many fixed places of an Axes.

    Parameters: `places` (n, 2) in data units; `size` and `turn` (degrees), one for all or one
    each. `.moving` lists the artists, one per layer; `.scale` is what `show` was given last.
    """

    def __init__(self, ax, glyph, places, size=1.0, turn=0.0, zorder=3):
        self.places = np.atleast_2d(np.asarray(places, float))
        n = len(self.places)
        self._sizes, self._turns = np.broadcast_to(size, (n,)), np.broadcast_to(turn, (n,))
        self.reshape(glyph)
        self.moving = [
            ax.add_patch(
                PathPatch(g.path, fc=g.face, ec=g.edge, lw=g.width, zorder=zorder + 0.01 * k)
            )
            for k, g in enumerate(glyph)
        ]
        self.show(1.0)

    def reshape(self, glyph):
        """Take another glyph of as many layers, drawn from the next `show` on."""
        each = list(zip(self._sizes, self._turns, strict=True))
        self._outlines = [
            np.stack([rotate(g.path.vertices * s, t) for s, t in each]) for g in glyph
        ]
        self._codes = [
            np.array([Path.MOVETO] + [Path.LINETO] * (len(g.path.vertices) - 1))
            if g.path.codes is None
            else g.path.codes
            for g in glyph
        ]

    def show(self, scale=1.0, places=None):
        """Draw each copy at `scale` times its size (0 hides it), perhaps at other `places`."""
        where = self.places if places is None else places
        scale = self.scale = np.broadcast_to(scale, (len(where),))
        seen = scale > SMALLEST
        for patch, outline, codes in zip(self.moving, self._outlines, self._codes, strict=True):
            patch.set_visible(bool(seen.any()))
            if seen.any():
                verts = outline[seen] * scale[seen, None, None] + where[seen, None, :]
                patch.set_path(Path(verts.reshape(-1, 2), np.tile(codes, seen.sum())))


def paint(ax, glyph, x=0.0, y=0.0, size=1.0, turn=0.0, zorder=3):
    """Draw one glyph that never changes; returns its artists."""
    return [
        ax.add_patch(PathPatch(g.path, fc=g.face, ec=g.edge, lw=g.width, zorder=zorder + 0.01 * k))
        for k, g in enumerate(placed(glyph, x, y, turn, size))
    ]


class Flow:
    """Arrow along a Bezier curve whose width is proportional to a rate.

    Parameters: `unit`, the width in data units at rate 1, which is also drawn as a thin grey
    outline that stays unless `outline` is False; `most`, the rate beyond which it grows no wider.
    """

    def __init__(self, ax, points, colour, unit, most=3.0, zorder=6, outline=True):
        self._points, self._unit, self._most = points, unit, most
        if outline:
            usual = self._outline(1.0)
            ax.add_patch(PathPatch(usual, fc="none", ec=COLOUR["ghost"], lw=1.0, zorder=1.5))
        arrow = PathPatch(self._outline(1.0), fc=colour, ec=shade(colour), lw=0.8, zorder=zorder)
        self.moving = [ax.add_patch(arrow)]

    def _outline(self, rate):
        rate = min(rate, self._most)
        head = 1.6 * rate + 1.2 * math.sqrt(min(rate, 1.0))
        return ribbon(self._points, self._unit * rate, self._unit * head)

    def show(self, rate):
        """Draw the arrow for `rate`; below 1 % of rate 1 it is not drawn."""
        self.rate = rate
        (arrow,) = self.moving
        arrow.set_visible(rate >= 0.01)
        if rate >= 0.01:
            arrow.set_path(self._outline(rate))
