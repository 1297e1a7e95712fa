"""The molecules and particles of the course as drawn glyphs.

They are drawn far larger than to scale: a RANKL trimer of size 1 is about 1 unit across. Anchors
(0, 0): the centre of a free particle; the point in the membrane of a molecule that is held by one,
which then stands up along +y.
"""

import math

import numpy as np

from .shapes import (
    Layer,
    inked,
    line,
    merge,
    moved,
    oval,
    placed,
    polygon,
    rod,
    rotate,
    shade,
    smooth,
    tint,
)
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


def plain_rankl(size=1.0):
    """RANKL trimer for a crowd: small, so its lobes are left out."""
    corners = [rotate([0.5, 0], angle) for angle in range(30, 390, 60)]
    return placed(
        (Layer(polygon(corners), tint(COLOUR["RANKL"], 0.85), shade(COLOUR["RANKL"]), 0.7),),
        size=size,
    )


def plain_opg(size=1.0):
    """OPG dimer for a crowd: the tongs as one line, open at the top as ever."""
    tongs = [
        (-0.42, 0.58),
        (-0.66, 0.2),
        (-0.6, -0.3),
        (0, -0.8),
        (0.6, -0.3),
        (0.66, 0.2),
        (0.42, 0.58),
    ]
    return placed((Layer(line(*tongs), "none", COLOUR["OPG"], 1.5),), size=size)


SEAT = 0.93  # height of the centre of a trimer that sits in a RANK cup, in sizes


def opg(size=1.0, bend=6):
    """OPG dimer: two arms like tongs, with no membrane; the middle of the tongs is (0, 0).

    `bend`, see :func:`rod`: fewer steps where many small ones are drawn."""
    left = [(0.12, -0.95), (-0.2, -0.62), (-0.62, -0.3), (-0.66, 0.2), (-0.42, 0.58)]
    right = [(-x, y) for x, y in left]
    tail = rod([(0, -1.0), (0, -0.78)], 0.34)
    shape = merge(rod(left, 0.22, bend), rod(right, 0.22, bend), tail)
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
    """Antibody made to cluster: three arms, one binding site each, that a zipper joins."""
    tips = [rotate([0, 1.15], a) for a in (0, 120, 240)]
    colour = COLOUR["antibody"]
    arms = merge(*(rod([(0, 0), tip], 0.36) for tip in tips))
    shape = inked(arms, tint(colour, 0.75), shade(colour, 0.4), RIM)
    zipper = Layer(oval(rx=0.34), COLOUR["drug"], shade(COLOUR["drug"], 0.5), RIM)
    sites = Layer(merge(*(oval(*tip, 0.12) for tip in tips)), "white", "none", 0)
    return placed((*shape, zipper, sites), size=size)


def vesicle(size=1.0, receptors=10, held=()):
    """Extracellular vesicle of an osteoclast, studded all round with `receptors` RANK.

    `held` are points outside it, at the heads of the RANKL that its first receptors reach; the
    others are spread over the rest of its membrane.
    """
    reach = [np.asarray(point, float) for point in held]
    directions = [math.degrees(math.atan2(-x, y)) for x, y in reach]  # 0 is up
    lengths = [max(np.hypot(*point) - 0.62, 0.2) for point in reach]
    rest = receptors - len(reach)
    if reach:
        right, left = max(map(_below, directions)), min(map(_below, directions))
        start, room = right + 180, 360 - (right - left)
        directions += [start + room * (k + 1) / (rest + 1) for k in range(rest)]
    else:
        room = 360
        directions = [360 * k / max(rest, 1) for k in range(rest)]
    lengths += [0.2] * rest
    crowd = min(1.0, room / 360 * 15 / max(rest, 1))  # many receptors are drawn small
    cups = [1.0] * len(reach) + [crowd] * rest
    studs = [
        moved(_stud(length, cup), *rotate([0, 0.62], turn), turn)
        for turn, length, cup in zip(directions, lengths, cups, strict=True)
    ]
    colour = COLOUR["vesicle"]
    bare = Layer(line((0, 0), (0, 0)), COLOUR["RANK"], "none", 0)
    glyph = (
        *(inked(merge(*studs), COLOUR["RANK"], shade(COLOUR["RANK"], 0.45), 0.7)
          if studs else (bare, bare)),
        Layer(oval(rx=0.66), tint(colour, 0.45), shade(colour, 0.35), RIM),
        Layer(oval(rx=0.5), tint(colour, 0.2), "none", 0),
    )  # fmt: skip
    return placed(glyph, size=size)


def _below(turn):
    """Degrees from straight down, to the left negative, of a direction where 0 is up."""
    return (turn % 360) - 180


def _stud(length=0.2, cup=1.0):
    return merge(
        rod([(0, 0), (0, length)], 0.09 * cup),
        _cup(0, length, 0.15 * cup, 0.14 * cup, 0.075 * cup),
    )


def kinase(size=1.0):
    """A Src-family kinase: two lobes with a cleft, which it binds the tail of RANKL with."""
    lobes = [(-0.5, 0.05), (-0.34, 0.36), (0, 0.2), (0.34, 0.36), (0.5, 0.05), (0.3, -0.34)]
    path = smooth(np.array([*lobes, (-0.3, -0.34)]))
    return placed((Layer(path, tint(COLOUR["reverse"], 0.55), shade(COLOUR["reverse"]), 1.1),),
                  size=size)  # fmt: skip


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
