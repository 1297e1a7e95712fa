"""What can hold the RANKL of a membrane, drawn as it holds one, two or three of them.

Each crosslinker is drawn in poses: pose k touches k heads of RANKL with k of its binding sites and
leaves the others free. Its anchor (0, 0) is the middle of those heads, at their top. A pose that
touches nothing floats: its anchor is its own middle.
"""

import numpy as np

from .molecules import RIM, antibody, rank, trimer_antibody, vesicle
from .shapes import Layer, Stamp, inked, merge, oval, placed, rod, shade, tint
from .style import COLOUR

KINDS = ("vesicle", "soluble RANK", "antibody", "trimerised antibody")
HELD = {1: (0.0,), 2: (-14.5, 14.5), 3: (-17.0, 0.0, 17.0)}  # heads of a group, from its middle
MOST = {"vesicle": 3, "soluble RANK": 1, "antibody": 2, "trimerised antibody": 3}  # drawn held
_ARM, _RADIUS = 6.6, 17.0  # width of an arm, size of a vesicle
_UP = 20.0  # height of the middle of a holding molecule over the heads


def pose(kind, held, heads=10):
    """The glyph of a crosslinker that touches `held` heads; a vesicle has `heads` RANK."""
    if kind == "vesicle":
        return _vesicle(min(held, heads), heads)
    if kind == "soluble RANK":
        return placed(rank(17), 0, 7, 180) if held else rank(17)
    if held == 0:
        return antibody(20) if kind == "antibody" else trimer_antibody(15)
    return _arms(kind, HELD[held])


def _vesicle(held, heads):
    if held == 0:
        return vesicle(_RADIUS, heads)
    reach = np.array([(x, -_UP + 3) for x in HELD[held]]) / _RADIUS
    return placed(vesicle(_RADIUS, heads, reach), 0, _UP)


def _arms(kind, tips):
    """Two or three arms from a hub: those that hold reach down to `tips`, the others up."""
    colour = COLOUR["antibody"]
    arms = 2 if kind == "antibody" else 3
    ends = [(x, 1.0) for x in tips]
    free = [(-12.5, _UP + 13), (12.5, _UP + 13)] if len(tips) == 1 else [(0.0, _UP + 17)]
    ends += free[: arms - len(tips)]
    hub = (0.0, _UP)
    rods = [rod([hub, end], _ARM) for end in ends]
    if kind == "antibody":
        rods.append(rod([hub, (9.0 if len(tips) == 1 else 0.0, _UP + 22)], _ARM + 1))
    shape = inked(merge(*rods), tint(colour, 0.75), shade(colour, 0.4), RIM)
    sites = Layer(merge(*(oval(*end, 2.2) for end in ends)), "white", "none", 0)
    if kind == "antibody":
        return (*shape, sites)
    zipper = Layer(oval(*hub, 5.4), COLOUR["drug"], shade(COLOUR["drug"], 0.5), RIM)
    return (*shape, zipper, sites)


class Crosslinkers:
    """All poses of all kinds in `ax`, at their places. `.moving` lists what changes."""

    def __init__(self, ax, loose, turns):
        self._heads, self.stamps = 10, {}
        for kind in KINDS:
            for held in range(MOST[kind] + 1):
                many = len(loose) if held == 0 else 12 // held
                places = loose if held == 0 else np.zeros((many, 2))
                turn = turns if held == 0 else 0.0
                glyph = pose(kind, held)
                self.stamps[kind, held] = Stamp(ax, glyph, places, turn=turn, zorder=3.8)
        self.moving = [artist for stamp in self.stamps.values() for artist in stamp.moving]

    def show(self, kind, scales, places, heads):
        """Draw one `kind`: sizes of its copies by number held, and where (by number held)."""
        if heads != self._heads:
            self._heads = heads
            for held in range(MOST["vesicle"] + 1):
                self.stamps["vesicle", held].reshape(pose("vesicle", held, heads))
        for (name, held), stamp in self.stamps.items():
            if name != kind or held not in scales:
                stamp.show(0.0)
                continue
            scale, where = np.zeros(len(stamp.places)), np.zeros(stamp.places.shape)
            scale[: len(scales[held])], where[: len(scales[held])] = scales[held], places[held]
            stamp.show(scale, where)
