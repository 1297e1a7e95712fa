"""The two signalling pathways as diagrams whose boxes fill with activity.

Forward (in an osteoclast precursor): RANK, TRAF6, three arms, NFATc1, and what the cell does.
Reverse (in an osteoblast): the tail of clustered RANKL, Src-family kinase, PI3K, Akt, mTORC1,
Runx2, and the genes and mineral that follow. Only the steps of the model are drawn.
"""

from bonelab.parameters import one_of

from . import molecules
from .diagram import Diagram, Node, cross, inhibits, rounded
from .paper import write
from .shapes import LABEL, Layer, Stamp, line, number, oval, paint, shade, tint
from .share_bar import percent
from .style import COLOUR, LINE
from .words import Words

WIDTH, HEIGHT = 450, 400
_FWD, _OC, _REV, _OB = (COLOUR[k] for k in ("forward", "osteoclast", "reverse", "osteoblast"))
FORWARD = {
    "TRAF6": Node("TRAF6", 225, 286, 100, _FWD),
    "NF-kB": Node(LINE["NF-kB"].label, 80, 207, 112, _FWD),
    "JNK": Node("JNK, c-Jun", 225, 207, 112, _FWD),
    "Akt": Node("Akt", 370, 207, 112, _FWD),
    "NFATc1": Node("NFATc1", 152, 122, 120, _FWD),
    "fusion": Node("fusion", 80, 32, 112, _OC),
    "activation": Node("activation", 225, 32, 112, _OC),
    "survival": Node("survival", 370, 32, 112, _OC),
}
_FORWARD_LINKS = [
    ((225, 322), "TRAF6"), ("TRAF6", "NF-kB"), ("TRAF6", "JNK"), ("TRAF6", "Akt"),
    ("NF-kB", "NFATc1"), ("JNK", "NFATc1"), ("NFATc1", "fusion"), ("NFATc1", "activation"),
    ("Akt", "survival"),
]  # fmt: skip
REVERSE = {
    "Src-family kinase": Node("Src-family kinase", 225, 291, 156, _REV),
    "PI3K": Node("PI3K", 225, 243, 100, _REV),
    "Akt": Node("Akt", 225, 195, 100, _REV),
    "mTORC1": Node("mTORC1", 225, 147, 100, _REV),
    "Runx2": Node("Runx2", 225, 94, 100, _REV),
    "Col1a1": Node("Col1a1", 80, 26, 112, _OB),
    "Sp7": Node("Sp7 (osterix)", 225, 26, 124, _OB),
    "mineral": Node("mineral", 370, 26, 112, _OB),
}
_REVERSE_LINKS: list[tuple] = [((225, 321), "Src-family kinase")]
_REVERSE_LINKS += [(a, b) for a, b in zip(list(REVERSE)[:4], list(REVERSE)[1:5], strict=True)]
_REVERSE_LINKS += [("Runx2", name) for name in ("Col1a1", "Sp7", "mineral")]


class ForwardPathway:
    """Forward pathway in `ax`. `.moving` lists the artists that `update` changes."""

    aspect = WIDTH / HEIGHT
    names = tuple(FORWARD)

    def __init__(self, ax):
        _inside(ax, COLOUR["precursor"], "osteoclast precursor")
        self.diagram = Diagram(ax, FORWARD, _FORWARD_LINKS)
        receptors = [(225 + dx, 341) for dx in (0, -52, 52, -104, 104)]
        self.rank = Stamp(ax, molecules.rank(26), receptors, zorder=3)
        seats = [(x, y + 26 * molecules.SEAT) for x, y in receptors]
        self.rankl = Stamp(ax, molecules.rankl(25), seats, turn=60, zorder=3.5)
        self._words = Words(ax, 442, 384, side="right")
        self.moving = [*self.diagram.moving, *self.rank.moving, *self.rankl.moving]
        self.moving += self._words.moving
        self.update()

    def update(self, activity=None, *, occupancy=0.0, blocked=()):
        """Show `activity`: shares from 0 to 1 (of the most shown) by name, see `names`.

        `occupancy`: share of RANK that holds RANKL. `blocked`: names that are crossed out; "RANK"
        takes the receptor away. What is not given is 0. Raises BonelabError for a value out of
        range or missing (NaN), or an unknown name.
        """
        activity, blocked = _named(activity, blocked, (*self.names, "RANK"))
        occupancy = number("occupancy", occupancy, high=1.0)
        present = 0.0 if "RANK" in blocked else 1.0
        self.diagram.show(activity, blocked)
        self.rank.show(present)
        self.rankl.show([present * (round(5 * occupancy) > k) for k in range(5)])
        self._words.show("no RANK" if not present else f"{percent(occupancy)} occupied")

    def alt(self, activity=None, *, occupancy=0.0, blocked=()):
        """Text alternative for the same values."""
        return (
            "Diagram of forward signalling: RANKL on RANK, TRAF6, then NF-kB and JNK to NFATc1, "
            "which drives fusion and activation, and Akt, which drives survival. "
            f"RANK is {percent(occupancy)} occupied. " + _levels(activity, self.names, blocked)
        )


class ReversePathway:
    """Reverse pathway in `ax`. `.moving` lists the artists that `update` changes."""

    aspect = WIDTH / HEIGHT
    names = tuple(REVERSE)

    def __init__(self, ax):
        _inside(ax, COLOUR["osteoblast"], "osteoblast")
        paint(ax, [Layer(oval(225, 94, 100, 26), tint(_OB, 0.4), shade(_OB, 0.2), 1)], zorder=1)
        write(ax, 120, 94, "nucleus", ha="right", va="center", fontsize=LABEL, zorder=2)
        self.diagram = Diagram(ax, REVERSE, _REVERSE_LINKS, height=28)
        paint(ax, molecules.rankl_on_membrane(22), 225, 341, zorder=3)
        feet = [(203, 341), (247, 341)]
        self.partners = Stamp(ax, molecules.rankl_on_membrane(22), feet, zorder=3)
        self.vesicle = Stamp(ax, molecules.vesicle(15), [(225, 385)], zorder=4)
        self.block = Stamp(ax, inhibits((116, 147), (166, 147)), [(0, 0)], zorder=4)
        self.tablet = Stamp(ax, molecules.small_molecule(17), [(100, 147)], zorder=4)
        self.cut = Stamp(ax, cross(), [(225, 328)], 9, zorder=6)
        self._rapamycin = Words(ax, 4, 147)
        self._tail = Words(ax, 254, 323)
        drawn = [
            self.diagram,
            self._rapamycin,
            self._tail,
            self.partners,
            self.vesicle,
            self.block,
            self.tablet,
            self.cut,
        ]
        self.moving = [artist for part in drawn for artist in part.moving]
        self.update()

    def update(self, activity=None, *, clustered=0.0, rapamycin=0.0, tail=1.0, blocked=()):
        """Show `activity`: shares from 0 to 1 (of the most shown) by name, see `names`.

        `clustered`: share of RANKL in clusters; the vesicle and its neighbours are drawn from 2 %
        on. `rapamycin`: 0 without, anything above with. `tail`: share of signalling that the tail
        can do (P29A: 0.02); below one half it is crossed out. `blocked`: names crossed out.
        Raises BonelabError for a value out of range or missing (NaN), or an unknown name.
        """
        activity, blocked = _named(activity, blocked, self.names)
        clustered = number("clustered", clustered, high=1.0)
        rapamycin, tail = number("rapamycin", rapamycin), number("tail", tail, high=1.0)
        self.diagram.show(activity, blocked)
        together = float(clustered >= 0.02)
        self.partners.show(together)
        self.vesicle.show(together)
        for part in (self.block, self.tablet):
            part.show(float(rapamycin > 0))
        self._rapamycin.show("rapamycin" * (rapamycin > 0))
        self.cut.show(float(tail < 0.5))
        self._tail.show("proline-rich tail" if tail >= 0.5 else "P29A: tail cannot signal")

    def alt(self, activity=None, *, clustered=0.0, rapamycin=0.0, tail=1.0, blocked=()):
        """Text alternative for the same values."""
        marks = " with rapamycin on mTORC1" * (rapamycin > 0) + " with a P29A tail" * (tail < 0.5)
        return (
            f"Diagram of reverse signalling{marks}: clustered RANKL, Src-family kinase, PI3K, Akt, "
            "mTORC1, Runx2, then Col1a1, Sp7 and mineral. "
            f"{percent(clustered)} of RANKL in clusters. " + _levels(activity, self.names, blocked)
        )


def _inside(ax, colour, name):
    """Axes, membrane and cytoplasm of the cell that holds the pathway."""
    ax.set(xlim=(0, WIDTH), ylim=(0, HEIGHT + 3), aspect="equal")
    ax.axis("off")
    paint(ax, [Layer(rounded(225, 170, 560, 342, 2), tint(colour, 0.13))], zorder=0)
    for y in (338, 344):
        membrane = Layer(line((0, y), (WIDTH, y)), "none", shade(colour, 0.2), 2.2)
        paint(ax, [membrane], zorder=1)
    write(ax, 6, 360, "outside", va="center", fontsize=LABEL)
    write(ax, 6, 322, name, va="center", fontsize=LABEL)


def _levels(activity, names, blocked):
    shown = ", ".join(f"{name} {percent((activity or {}).get(name, 0.0))}" for name in names)
    return f"Activity: {shown}." + (f" Blocked: {', '.join(blocked)}." if blocked else "")


def _named(activity, blocked, names):
    """Activity and blocked steps under the names of the picture."""
    what = "a step of the pathway"
    shares = {one_of(what, name, names): share for name, share in (activity or {}).items()}
    return shares, [one_of(what, name, names) for name in blocked]
