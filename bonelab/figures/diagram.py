"""A diagram of boxes and arrows whose boxes fill up with their activity, like a row of gauges."""

from typing import NamedTuple

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_rgb
from matplotlib.patches import PathPatch

from .shapes import Layer, Stamp, line, merge, number, paint, polygon, ribbon, rod, tint
from .style import COLOUR, INK
from .words import Words


class Node(NamedTuple):
    """One box: the words on it, its centre, its width, the colour of its gauge."""

    label: str
    x: float
    y: float
    width: float
    colour: str


class Diagram:
    """Boxes (`nodes` by name) and arrows (`links`: pairs of names, or a start point and a name).

    `.show` fills the boxes; `.moving` lists the artists that change.
    """

    def __init__(self, ax, nodes, links, height=34):
        self.nodes, self.height = nodes, height
        self._sources = [start if isinstance(start, str) else end for start, end in links]
        arrows = [self._arrow(start, end) for start, end in links]
        self.links = PolyCollection(arrows, fc="white", ec=INK, lw=0.6, zorder=2)
        ax.add_collection(self.links, autolim=False)
        for node in nodes.values():
            paper = rounded(node.x, node.y, node.width, height)
            paint(ax, [Layer(paper, "white")], zorder=2.5)
        gauges = [self._corners(node, 0.5) for node in nodes.values()]
        self.gauges = PolyCollection(
            gauges, fc=[tint(node.colour, 0.42) for node in nodes.values()], ec="none", zorder=3
        )
        ax.add_collection(self.gauges, autolim=False)
        for node in nodes.values():
            frame = Layer(rounded(node.x, node.y, node.width, height), "none", node.colour, 1.8)
            paint(ax, [frame], zorder=3.2)
        names = [Words(ax, n.x, n.y, n.label, "center", 3.4).moving[0] for n in nodes.values()]
        places = [(n.x + n.width / 2, n.y + height / 2) for n in nodes.values()]
        self.blocks = Stamp(ax, cross(), places, 8, zorder=5)
        clip = PathPatch(merge(*(rounded(n.x, n.y, n.width, height) for n in nodes.values())),
                         transform=ax.transData)  # fmt: skip
        self.gauges.set_clip_path(clip)
        self.moving = [self.links, self.gauges, *names, *self.blocks.moving]

    def _corners(self, node, share):
        left, right = node.x - node.width / 2, node.x + node.width / 2
        foot = node.y - self.height / 2
        top = foot + share * self.height
        return [(left, foot), (right, foot), (right, top), (left, top)]

    def _arrow(self, start, end):
        head = self.nodes[end]
        if isinstance(start, str):
            tail = self.nodes[start]
            start = (tail.x + 0.22 * (head.x - tail.x), tail.y - self.height / 2)
        tip = (head.x + 0.22 * (start[0] - head.x), head.y + self.height / 2 + 1)
        return ribbon([start, tip], 4.5, 14).vertices

    def show(self, activity, blocked=()):
        """Fill each box to its `activity` (0 to 1, by name) and cross out the `blocked` ones.

        Raises BonelabError for a value out of range or missing (NaN).
        """
        level = {name: number(name, activity.get(name, 0.0), high=1.0) for name in self.nodes}
        self.gauges.set_verts([self._corners(n, level[name]) for name, n in self.nodes.items()])
        pale, full = np.array(to_rgb("#EDEDED")), np.array(to_rgb("#4A4A4A"))
        strength = np.array([level[name] for name in self._sources])[:, None]
        self.links.set_facecolor(pale + strength * (full - pale))
        self.blocks.show([float(name in blocked) for name in self.nodes])


def rounded(x, y, width, height, corner=9):
    """Outline of a box with round corners around (x, y)."""
    half = (width - 2 * corner) / 2
    fan = np.radians(np.linspace(0, 90, 7))
    arc = corner * np.column_stack([np.cos(fan), np.sin(fan)])
    core = np.array([half, height / 2 - corner])
    right_top, left_top = arc + core, arc[::-1] * (-1, 1) + core * (-1, 1)
    return polygon(np.vstack([right_top, left_top, -right_top, -left_top]) + np.array([x, y]))


def cross():
    """A bold black X on white: what is crossed out does not work."""
    both = merge(line((-1, -1), (1, 1)), line((-1, 1), (1, -1)))
    return (Layer(both, "none", "white", 5.5), Layer(both, "none", "black", 2.6))


def inhibits(start, end):
    """The sign of inhibition: a line with a bar across its end."""
    start, end = np.asarray(start, float), np.asarray(end, float)
    across = (end - start)[::-1] * (-1, 1) / np.hypot(*(end - start)) * 9
    path = merge(rod([start, end], 3.2), rod([end - across, end + across], 4.16))
    return (Layer(path, COLOUR["drug"]),)
