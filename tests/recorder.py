"""A renderer that paints nothing and writes down, line by line, what it was asked to draw.

What reaches a renderer is what a reader sees: colours, widths, dashes, words and places in pixels,
in the order in which they cover each other. A line of the record is, for example::

    line2d #d55e00 2.4pt butt/round clipped | at 512.0,203.1 size 301.4,88.0 bend 3.1,-0.2 of 200
    text 11.5pt #1a1a1a | "months" at 512.0,12.5

Before the bar stand the looks, after it the places: middle, width and height, ``bend`` (a mean in
which each point counts by the sine of its number, so that two that are exchanged are told apart)
and the number of points. What belongs to an axis, its grid, ticks and words, begins with "axis".
"""

import re

import numpy as np
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_hex
from matplotlib.path import Path

AXIS = "matplotlib.axis"  # the group in which ticks, grid and labels of one axis are drawn
NUMBER = re.compile(r"-?\d+\.\d+")


def record(figure):
    """The lines of a figure as it stands."""
    recorder = Recorder(figure)
    figure.draw(recorder)
    return recorder.lines


class Recorder(RendererBase):
    """Writes ``.lines``. Ticks, grid and labels of one axis that look alike share a line."""

    def __init__(self, figure):
        super().__init__()
        self.dpi, self._size = figure.dpi, tuple(figure.bbox.size)
        self._measure = RendererAgg(*map(int, self._size), self.dpi)
        self.lines, self._groups = [], []
        self._alike = None  # looks -> places of what is alike on one axis
        self._pieces = None  # looks -> points of what is alike in one collection

    # -- what matplotlib asks of a renderer ------------------------------------------------------
    def get_canvas_width_height(self):
        return self._size

    def points_to_pixels(self, points):
        return points * self.dpi / 72

    def flipy(self):
        return False

    def get_text_width_height_descent(self, s, prop, ismath):
        return self._measure.get_text_width_height_descent(s, prop, ismath)

    def open_group(self, s, gid=None):
        self._groups.append(f'{s} "{gid}"' if gid else s)
        if s == AXIS:
            self._alike = {}
        elif s.endswith("Collection"):
            self._pieces = {}

    def close_group(self, s):
        if s == AXIS:
            self.lines += [f"axis {looks} at {' + '.join(at)}" for looks, at in self._alike.items()]
            self._alike = None
        elif s.endswith("Collection"):
            for looks, several in self._pieces.items():
                self._write(looks, f"{outline(np.vstack(several))} in {len(several)}")
            self._pieces = None
        self._groups.pop()

    def draw_path(self, gc, path, transform, rgbFace=None):
        looks, where = self._looks(gc, rgbFace), dots(path, transform)
        if self._pieces is None:
            self._write(looks, outline(where))
        else:
            self._pieces.setdefault(looks, []).append(where)

    def draw_markers(self, gc, marker_path, marker_trans, path, trans, rgbFace=None):
        looks = f"{self._looks(gc, rgbFace)} marks {outline(dots(marker_path, marker_trans))}"
        self._write(looks, outline(dots(path, trans)))

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
        looks = [f"{prop.get_size_in_points():g}pt", colour(gc.get_rgb(), gc.get_alpha())]
        looks += [str(prop.get_weight())] * (prop.get_weight() != "normal")
        looks += [f"turned {angle:.1f}"] * bool(angle) + ["mathematics"] * bool(ismath)
        looks += [name for name in prop.get_family() if name != "DejaVu Sans"]
        self._write(" ".join(looks), f'"{s}" at {x:.1f},{y:.1f}')

    def draw_image(self, gc, x, y, im, transform=None):
        dark = 255.0 - np.asarray(im)[..., :3].mean(axis=2)
        tall, wide = dark.shape
        across, up = np.sin(np.arange(wide)), np.sin(np.arange(tall))[:, None]
        means = [dark.mean(), dark.max(), (dark * across).mean(), (dark * up).mean()]
        darkness = ",".join(f"{mean:.1f}" for mean in means)
        self._write("image", f"at {x:.1f},{y:.1f} size {wide:.1f},{tall:.1f} dark {darkness}")

    # -- what is written -------------------------------------------------------------------------
    def _looks(self, gc, face):
        looks = []
        if face is not None and (len(face) == 3 or face[3] > 0):
            looks.append(f"filled {colour(face, gc.get_alpha())}")
        if gc.get_linewidth() > 0:
            looks.append(colour(gc.get_rgb(), None))
            looks.append(f"{gc.get_linewidth():.3g}pt")
            _, dashes = gc.get_dashes()
            if dashes is not None and len(dashes):
                looks.append("dashed " + ",".join(f"{length:.2f}" for length in dashes))
            looks.append(f"{gc.get_capstyle()!s}/{gc.get_joinstyle()!s}")
        if gc.get_hatch():
            looks.append(f"hatched {gc.get_hatch()}")
        clipped = gc.get_clip_rectangle() is not None or gc.get_clip_path()[0] is not None
        return " ".join([*looks, *["clipped"] * clipped])

    def _write(self, looks, place):
        looks = f"{self._groups[-1]} {looks}"
        if self._alike is None:
            self.lines.append(f"{looks} | {place}")
        else:  # of grid and ticks only the middle and the size are told
            at, _, size = place.partition(" size ")
            looks += f" | size {size.partition(' bend')[0]}" if size else " |"
            self._alike.setdefault(looks, []).append(at.replace("at ", ""))


def colour(rgb, alpha):
    """A colour as text, with its opacity where it has one."""
    rgba = [*rgb[:3], alpha if alpha is not None else (rgb[3] if len(rgb) > 3 else 1.0)]
    return to_hex(rgba, keep_alpha=rgba[3] < 1)


def dots(path, transform):
    """The points of a path in pixels; without those that close an outline, which nobody sees."""
    points = transform.transform(path.vertices)
    points = points if path.codes is None else points[path.codes != Path.CLOSEPOLY]
    return points[np.isfinite(points).all(axis=1)]


def outline(points):
    """Middle, size, bend and number of some points."""
    if not len(points):
        return "nothing"
    bend = (points * np.sin(np.arange(len(points)))[:, None]).mean(axis=0)
    at, size, bend = (
        ",".join(f"{number:.1f}" for number in np.round(pair, 1) + 0.0)
        for pair in (points.mean(axis=0), np.ptp(points, axis=0), bend)
    )
    return f"at {at} size {size} bend {bend} of {len(points)}"


def same(line, other, within):
    """Whether two lines say the same: words alike, numbers with decimals nearly (in pixels)."""
    if line == other:
        return True
    if NUMBER.split(line) != NUMBER.split(other):
        return False
    pairs = zip(NUMBER.findall(line), NUMBER.findall(other), strict=True)
    return all(abs(float(a) - float(b)) <= within for a, b in pairs)
