"""The molecules and particles of the course as drawn glyphs.

They are drawn far larger than to scale: a RANKL trimer of size 1 is about 1 unit across. Anchors
(0, 0): the centre of a free particle; the point in the membrane of a molecule that is held by one,
which then stands up along +y.
"""

import numpy as np

from .shapes import Layer, inked, merge, moved, oval, placed, rod, rotate, shade, smooth, tint
from .style import COLOUR

RIM = 0.9  # points
STALK = 0.75  # height of a RANKL trimer on the membrane, of the cup of a RANK, in sizes


def _lobes(radius=0.29, reach=0.28):
    return [oval(*rotate([reach, 0], a), radius) for a in (90, 210, 330)]


def rankl(size=1.0):
    """Soluble RANKL trimer: three lobes around one axis."""
    colour = COLOUR["RANKL"]
    glyph = (
        Layer(merge(*_lobes()), tint(colour, 0.85), shade(colour, 0.4), RIM),
        Layer(oval(rx=0.12), shade(colour, 0.4), "none", 0),
    )
    return placed(glyph, size=size)


def rankl_on_membrane(size=1.0):
    """RANKL trimer on its stalk; the stalk ends in the tail inside the cell, below y = 0."""
    stalk = rod([(0, -0.55), (0, STALK)], 0.13)
    head = placed(rankl(), 0, STALK + 0.25)
    return placed((*inked(stalk, shade(COLOUR["RANKL"], 0.25), "white", 0.4), *head), size=size)


def _cup(x=0.0, y=0.0, width=0.5, depth=0.42, thick=0.2):
    bowl = [(-width, depth), (-0.8 * width, 0.3 * depth), (0, 0), (0.8 * width, 0.3 * depth)]
    return moved(rod([*bowl, (width, depth)], thick, bend=4), x, y)


def rank(size=1.0):
    """RANK on a membrane: a stalk with an open cup that fits a RANKL trimer."""
    shape = merge(rod([(0, -0.35), (0, 0.5)], 0.2), _cup(0, 0.5))
    return placed(inked(shape, COLOUR["RANK"], shade(COLOUR["RANK"], 0.45), RIM), size=size)


SEAT = 0.93  # height of the centre of a trimer that sits in a RANK cup, in sizes


def opg(size=1.0):
    """OPG dimer: two arms like tongs, with no membrane; the middle of the tongs is (0, 0)."""
    left = [(0.12, -0.95), (-0.2, -0.62), (-0.62, -0.3), (-0.66, 0.2), (-0.42, 0.58)]
    right = [(-x, y) for x, y in left]
    tail = rod([(0, -1.0), (0, -0.78)], 0.34)
    shape = merge(rod(left, 0.22), rod(right, 0.22), tail)
    return placed(inked(shape, COLOUR["OPG"], shade(COLOUR["OPG"], 0.45), RIM), size=size)


def _y_bars():
    stem = rod([(0, -0.95), (0, 0)], 0.3)
    arms = [rod([(0, 0), (side * 0.52, 0.72)], 0.27) for side in (-1, 1)]
    return merge(stem, *arms)


def antibody(size=1.0):
    """IgG: a Y with two binding sites at the ends of its arms."""
    colour = COLOUR["antibody"]
    sites = merge(oval(-0.52, 0.72, 0.1), oval(0.52, 0.72, 0.1))
    shape = inked(_y_bars(), tint(colour, 0.75), shade(colour, 0.4), RIM)
    return placed((*shape, Layer(sites, "white", "none", 0)), size=size)


def trimer_antibody(size=1.0):
    """Antibody made to cluster: three Ys whose stems a zipper holds together."""
    colour = COLOUR["antibody"]
    ys = merge(*(moved(_y_bars(), *rotate([0, 0.95], a), a, 0.8) for a in (0, 120, 240)))
    zipper = Layer(oval(rx=0.3), COLOUR["drug"], shade(COLOUR["drug"], 0.5), RIM)
    knots = merge(*(oval(*rotate([0.14, 0], a), 0.055) for a in (90, 210, 330)))
    shape = inked(ys, tint(colour, 0.75), shade(colour, 0.4), RIM)
    return placed((*shape, zipper, Layer(knots, "white", "none", 0)), size=size)


def vesicle(size=1.0, receptors=10):
    """Extracellular vesicle of an osteoclast, studded all round with RANK."""
    angles = np.arange(receptors) * 360 / receptors
    studs = merge(*(moved(_stud(), *rotate([0, 0.62], a), a) for a in angles))
    colour = COLOUR["vesicle"]
    glyph = (
        *inked(studs, COLOUR["RANK"], shade(COLOUR["RANK"], 0.45), 0.7),
        Layer(oval(rx=0.66), tint(colour, 0.45), shade(colour, 0.35), RIM),
        Layer(oval(rx=0.5), tint(colour, 0.2), "none", 0),
    )
    return placed(glyph, size=size)


def _stud():
    return merge(rod([(0, 0), (0, 0.2)], 0.09), _cup(0, 0.2, 0.15, 0.14, 0.075))


def small_molecule(size=1.0):
    """A drug that is neither antibody nor receptor: a tablet."""
    half = smooth(np.array([(-0.5, -0.28), (0.5, -0.28), (0.78, 0), (0.5, 0.28), (-0.5, 0.28),
                            (-0.78, 0)]))  # fmt: skip
    score = rod([(0, -0.22), (0, 0.22)], 0.08)
    colour = COLOUR["drug"]
    glyph = (
        Layer(half, tint(colour, 0.35), shade(colour, 0.3), RIM),
        Layer(score, shade(colour, 0.3), "none", 0),
    )
    return placed(glyph, size=size)


def phosphate(size=1.0):
    """A phosphate group on a protein: the mark of a switched-on signal (write P on it)."""
    return (Layer(oval(rx=0.5 * size), "#F0E442", "black", RIM),)
