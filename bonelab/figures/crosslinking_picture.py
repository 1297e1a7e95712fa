"""Which RANKL stands in clusters? The membrane of an osteoblast in section.

Twelve RANKL trimers stand on the membrane, in each state as many as come nearest to its share. A
crosslinker (a vesicle with RANK, soluble RANK, an ordinary or a trimerised antibody) holds one,
two or three of them; where three stand together their tails carry a phosphate mark and the signal
runs inwards. Not to scale.
"""

import numpy as np

from bonelab.parameters import one_of

from . import molecules
from .crosslinkers import HELD, KINDS, MOST, Crosslinkers
from .diagram import cross
from .paper import write
from .shapes import (
    LABEL,
    Flow,
    Layer,
    Stamp,
    line,
    number,
    oval,
    paint,
    polygon,
    shade,
    tint,
)
from .share_bar import ShareBar, box, percent
from .style import COLOUR
from .words import Words

WIDTH, HEIGHT = 450, 374
RANKL, CLUSTER = 12, 3  # trimers drawn; trimers in a drawn cluster
_MEMBRANE, _SIZE = 150, 20  # height, size of RANKL
_HEADS = _MEMBRANE + (molecules.STALK + 0.25 + 0.5) * _SIZE  # just inside the top of the heads
_PLACES = 22 + 36.9 * np.arange(RANKL)
_LOOK = {
    "in clusters": (COLOUR["reverse"], "//"),
    "in pairs": (tint(COLOUR["reverse"], 0.5), "xx"),
    "held singly": (tint(COLOUR["vesicle"], 0.5), ""),
    "on OPG": (COLOUR["OPG"], ".."),
    "free": (tint(COLOUR["RANKL"], 0.85), ""),
}
_SPOTS = {"in clusters": (4, 324), "in pairs": (183, 324), "free": (332, 324),
          "held singly": (4, 301), "on OPG": (183, 301)}  # fmt: skip
_LOOSE = [(40, 259), (334, 261), (190, 258), (412, 257), (112, 261), (262, 260)]


class CrosslinkingPicture:
    """Osteoblast membrane with RANKL in `ax`. `.moving` lists the artists `update` changes."""

    aspect = WIDTH / HEIGHT

    def __init__(self, ax):
        ax.set(xlim=(0, WIDTH), ylim=(0, HEIGHT), aspect="equal")
        ax.axis("off")
        self.axes = ax
        self._cell(ax)
        feet = np.column_stack([_PLACES, np.full(RANKL, _MEMBRANE)])
        self.rankl = Stamp(ax, molecules.rankl_on_membrane(_SIZE), feet, zorder=3)
        self.opg = Stamp(ax, molecules.opg(_SIZE), feet, turn=180, zorder=3.5)
        self.kinases = Stamp(ax, molecules.kinase(17), feet, zorder=4)
        self.crosses = Stamp(ax, cross(), feet - (0, 9), 7, zorder=4.5)
        self.crosslinkers = Crosslinkers(ax, _LOOSE, np.arange(len(_LOOSE)) * 50.0)
        self._key = Stamp(ax, molecules.kinase(17), [(16, 74)])
        self._docked = Words(ax, 30, 73)
        self.signal = Flow(ax, [(225, 110), (225, 57)], COLOUR["reverse"], 20)
        self._words, self._tail = Words(ax, 268, 94), Words(ax, 268, 73)
        self.bar = ShareBar(ax, _LOOK, _SPOTS, 8, WIDTH - 8, 344, 368)
        drawn = [self.rankl, self.opg, self.kinases, self.crosses, self.signal, self.bar]
        drawn += [self._words, self._tail, self.crosslinkers, self._key, self._docked]
        self.moving = [artist for part in drawn for artist in part.moving]
        self.update()

    def _cell(self, ax):
        colour = COLOUR["osteoblast"]
        fluid = Layer(polygon(box(0, WIDTH, _MEMBRANE, 288)), "#F4F7FA")
        inside = Layer(polygon(box(0, WIDTH, 0, _MEMBRANE)), tint(colour, 0.16))
        paint(ax, [fluid, inside], zorder=0)
        for y in (_MEMBRANE - 3, _MEMBRANE + 3):
            paint(ax, [Layer(line((0, y), (WIDTH, y)), "none", shade(colour, 0.2), 2.2)], zorder=1)
        nucleus = Layer(oval(225, 27, 150, 24), tint(colour, 0.45), shade(colour, 0.3), 1.3)
        paint(ax, [nucleus], zorder=1)
        write(ax, 225, 27, "nucleus: Runx2, Col1a1", ha="center", va="center", fontsize=LABEL)
        write(ax, 8, 94, "in the osteoblast", va="center", fontsize=LABEL)

    def update(self, *, clustered=0.0, pairs=0.0, single=0.0, masked=0.0, kind="vesicle",
               heads=10, loose=0.5, signal=None, tail=1.0, present=1.0, stopped=0.0):  # fmt: skip
        """Show which surface RANKL is held how.

        `clustered`, `pairs`, `single`, `masked`: shares of surface RANKL (0 to 1, together at most
        1) in clusters of three or more, held two at a time, held alone, covered by OPG; the rest
        is free. `kind`: one of KINDS; `heads`: RANK on a vesicle, 1 to 100. `loose`: crosslinkers
        in the fluid (0 none, 1 many).
        `signal`: reverse signal from 0 to 1, follows the clusters unless given. `tail`: share of
        signalling that the tail of RANKL can do (P29A: 0.02); below one half it is crossed out.
        `present`: 0 for a cell without RANKL, on which nothing is held; else 1. `stopped`: 1 if
        what the tail passes on does not arrive at the genes, else 0.
        Raises BonelabError for a value out of range or missing (NaN), or an unknown kind.
        """
        kind = one_of("kind", kind, KINDS)
        present = number("present", present, high=1.0)
        shares = {
            "in clusters": number("clustered", clustered, high=1.0),
            "in pairs": number("pairs", pairs, high=1.0),
            "held singly": number("single", single, high=1.0),
            "on OPG": number("masked", masked, high=1.0),
        }
        together = number("clustered + pairs + single + masked", sum(shares.values()), high=1.00001)
        shares["free"] = max(1 - together, 0.0) * present
        loose, tail = number("loose", loose, high=1.0), number("tail", tail, high=1.0)
        signal = number("signal", clustered * tail if signal is None else signal, high=1.0)
        heads = round(number("heads", heads, low=1, high=100))
        size = 2 if kind == "antibody" else CLUSTER
        cluster, pair = _groups(shares["in clusters"], shares["in pairs"], size)
        x = _drawn_together(cluster, pair, size)
        rest = 1 - np.repeat(cluster, size) - _members(pair, size)
        alone = _fill(shares["held singly"], rest)
        covered = _fill(shares["on OPG"], rest - alone)
        feet = np.column_stack([x, np.full(RANKL, _MEMBRANE)])
        self.rankl.show(present, feet)
        self.opg.show(np.sqrt(covered), feet + np.array([0, 1.05 * _SIZE]))
        docked = np.repeat(cluster, size) * signal * (signal >= 0.02)
        self.kinases.show(np.sqrt(docked), feet - (0, 15))
        self._key.show(float(docked.any()))
        self._docked.show("kinase at the tail" * bool(docked.any()))
        self.crosses.show(float(tail < 0.5), feet - (0, 9))
        self._place_crosslinkers(kind, heads, x, (cluster, pair, alone), loose, size)
        self.signal.show(signal)
        self._words.show(f"tail passes on {percent(signal)}")
        stopped = number("stopped", stopped, high=1.0)
        note = "(stopped below)" if stopped else "(mutant tail)" * (tail < 0.5)
        self._tail.show(note if present else "(no RANKL here)")
        self.bar.show(shares)

    def _place_crosslinkers(self, kind, heads, x, states, loose, size):
        cluster, pair, alone = states
        middle, of_pair = x.reshape(-1, size).mean(1), (x[::size] + x[1::size]) / 2
        floating = np.sqrt(np.clip(loose * len(_LOOSE) - np.arange(len(_LOOSE)), 0, 1))
        held = {3: (cluster, middle), 2: (pair, of_pair), 1: (alone, x)}
        if size == 2:
            held = {2: (np.maximum(cluster, pair), middle), 1: (alone, x)}
        scales, places = {0: floating}, {0: np.array(_LOOSE, float)}
        for number_held, (scale, where) in held.items():
            if number_held <= MOST[kind]:
                scales[number_held] = scale
                places[number_held] = np.column_stack([where, np.full(len(where), _HEADS)])
        self.crosslinkers.show(kind, scales, places, heads)

    def alt(self, *, clustered=0.0, pairs=0.0, single=0.0, masked=0.0, kind="vesicle",
            heads=10, signal=None, tail=1.0, present=1.0, stopped=0.0, **_):  # fmt: skip
        """Text alternative for the same values."""
        signal = clustered * tail if signal is None else signal
        with_heads = f" with {round(heads)} RANK" if kind == "vesicle" else ""
        return (
            f"Drawing of {'' if present else 'the missing '}RANKL on an osteoblast, "
            f"crosslinker {kind}{with_heads}: {percent(clustered)} in "
            f"clusters of three or more, {percent(pairs)} in pairs, {percent(single)} held singly, "
            f"{percent(masked)} covered by OPG; the tail of RANKL passes on {percent(signal)}"
            f"{', which is stopped further down' if stopped else ''}."
        )


def _groups(clustered, pairs, size):
    """Which groups of `size` trimers are clusters, and in which the first two are a pair (0 or 1).

    Whole numbers, nearest to the shares: one drawn trimer is in one state.
    """
    count = RANKL // size
    rank = np.argsort(np.argsort((np.arange(count) * 0.618 + 0.3) % 1))  # mixed, always the same
    clusters = round(clustered * count)
    paired = min(round(pairs * RANKL / 2), count - clusters)
    return (rank < clusters) * 1.0, (rank >= count - paired) * 1.0


def _members(pair, size):
    """Share of each trimer that is in a pair: the first two of every group."""
    return np.column_stack([pair, pair, *[np.zeros_like(pair)] * (size - 2)]).ravel()


def _drawn_together(cluster, pair, size):
    """Places of the trimers along the membrane: they move together as they are crosslinked."""
    apart = _PLACES.reshape(-1, size)
    tight = apart.mean(1, keepdims=True) + np.array(HELD[size])
    two = apart.copy()
    two[:, :2] = apart[:, :2].mean(1, keepdims=True) + np.array(HELD[2])
    cluster, pair = cluster[:, None], pair[:, None]
    return (apart + cluster * (tight - apart) + pair * (two - apart)).ravel()


def _fill(share, room):
    """Which trimers are in a state that `share` of all are in, given where there is `room`."""
    return room * (np.cumsum(room) <= round(share * RANKL))
