"""The remodelling unit in section: the drawing that lesson 0 opens with.

From below: old bone with osteocytes; an osteoclast in its pit on the left, osteoblasts on new,
not yet mineralised bone (osteoid) on the right; marrow with precursors, RANKL and OPG; a blood
vessel. Widths of arrows, numbers of cells and molecules follow the values. Two arrows run from
removal to building: through vesicles (reverse signalling) and through growth factors that are set
free from the matrix; their widths are their parts of the call for new bone. Cells are about to
scale (micrometres); molecules are drawn far too large.
"""

import numpy as np
from matplotlib.patches import PathPatch

from . import cells, molecules
from .paper import write
from .shapes import (
    LABEL,
    Flow,
    Layer,
    Stamp,
    grow,
    line,
    merge,
    number,
    oval,
    paint,
    placed,
    polygon,
    rotate,
    shade,
    smooth,
    tint,
)
from .style import COLOUR, PAPER
from .words import Words, count

WIDTH, HEIGHT = 210, 176  # micrometres
SURFACE, FRONT = 64, 55  # height of the old bone's surface, of the mineral front under new bone
HEALTHY = {"precursors": 2, "pre_osteoblasts": 2, "osteoblasts": 4, "osteocytes": 3, "rankl": 5}
VESICLES, FREE_OPG = 4, 2  # drawn in health
DIG, _DEEPEST = 0.08, 14  # micrometres drawn for a healthy day of missing bone, and at most

_PRECURSORS = [(17, 132), (47, 136), (32, 121), (62, 124), (77, 139), (92, 131), (108, 138)]
_OSTEOCLASTS, _OC_WIDTH = [(64, SURFACE), (18, SURFACE)], [54, 36]
_OSTEOBLASTS = np.column_stack([117.5 + 11.6 * np.arange(7), np.full(7, FRONT)])
_PRE_OSTEOBLASTS = [(142, 105), (171, 104), (156, 112), (186, 111)]
_OSTEOCYTES = [(104, 22), (17, 35), (189, 33)]
_RANKL = [(118, 131), (140, 146), (163, 133), (184, 149), (104, 151), (141, 131), (122, 150)]
_RANKL += [(166, 151), (181, 133), (106, 126), (152, 140), (201, 141)]
_FREE_OPG = [(128, 138), (174, 141), (153, 152), (107, 140), (199, 154), (134, 153)]
_VESICLES = [(97, 76), (105, 68), (100, 87), (109, 78), (94, 67), (107, 90), (90, 90), (112, 87)]


class RemodellingUnit:
    """Drawn remodelling unit in `ax`. `.moving` lists the artists that `update` changes."""

    aspect = WIDTH / HEIGHT

    def __init__(self, ax):
        ax.set(xlim=(0, WIDTH), ylim=(0, HEIGHT), aspect="equal")
        ax.axis("off")
        self.axes = ax
        self._scenery(ax)
        self._key(ax)
        self._cells(ax)
        self._molecules(ax)
        self._arrows(ax)
        self._labels(ax)
        drawn = [part for part in vars(self).values() if isinstance(part, (Stamp, Flow))]
        self.moving = [artist for part in drawn for artist in part.moving]
        self.moving += [
            self._floor,
            *self._depth.moving,
            self._osteoid,
            *(t.moving[0] for t in self._texts.values()),
        ]
        self.moving += [words.moving[0] for words in self._routes.values()]
        for stamp, words in self.entries.values():
            self.moving += [*stamp.moving, *words.moving]
        self.update()

    # -- drawn once ----------------------------------------------------------------------------
    def _scenery(self, ax):
        marrow = Layer(polygon([(0, 14), (WIDTH, 14), (WIDTH, HEIGHT), (0, HEIGHT)]),
                       tint(COLOUR["bone"], 0.07))  # fmt: skip
        paint(ax, [marrow], zorder=0)
        top = [(-9, SURFACE), (60, SURFACE), (88, SURFACE), (95, 60), (101, 56.5), (106, 57.5)]
        top += [(111, 54.5), (120, FRONT), (WIDTH + 9, FRONT)]
        floor = [(WIDTH + 9, 14), (-9, 14)]
        edge = smooth(top, closed=False).interpolated(6).vertices
        bone = Layer(polygon([*edge, *floor]), tint(COLOUR["bone"], 0.3), COLOUR["bone"], 1.2)
        paint(ax, [bone], zorder=0.5)
        paint(ax, cells.bone_lamellae(0, WIDTH, 14, 53), zorder=0.6)
        vessel = polygon([(-9, 160), (WIDTH + 9, 160), (WIDTH + 9, 190), (-9, 190)])
        red = "#C25B56"
        paint(ax, [Layer(vessel, tint(red, 0.22), shade(red, 0.1), 1.2)], zorder=0.7)
        places = [(52, 169, 12), (78, 166, -10), (113, 170, 5), (146, 167, 20)]
        discs = merge(*(oval(x, y, 4.6, 2.7, turn) for x, y, turn in places))
        paint(ax, [Layer(discs, tint(red, 0.7), shade(red, 0.2), 0.8)], zorder=0.8)
        write(ax, 4, 168, "blood", va="center", fontsize=LABEL)

    def _key(self, ax):
        paint(ax, [Layer(polygon([(-1, -1), (211, -1), (211, 13.4), (-1, 13.4)]), PAPER)],
              zorder=0.9)  # fmt: skip
        entries = {"RANKL": (2, 9, molecules.rankl(7)), "RANK": (46, 9, molecules.rank(6)),
                   "OPG": (86, 9, molecules.opg(5)), "vesicle": (121, 11, molecules.vesicle(5)),
                   "antibody": (168, 9, molecules.antibody(5))}  # fmt: skip
        self.entries = {}
        for name, (x, gap, glyph) in entries.items():
            middle = 6 - (2 if name == "RANK" else 0)
            stamp = Stamp(ax, glyph, [(x + 3, middle)], zorder=2)
            self.entries[name] = (stamp, Words(ax, x + gap, 6, name))

    # -- what moves ----------------------------------------------------------------------------
    def _cells(self, ax):
        self._floor = ax.add_patch(PathPatch(line((0, 0), (1, 1)), zorder=1.5, lw=1.2,
                                             ec=COLOUR["bone"]))  # fmt: skip
        self._depth = Words(ax, 2, 108)
        self.pits = Stamp(ax, cells.pit(1), _OSTEOCLASTS, _OC_WIDTH, zorder=2)
        self._osteoid = ax.add_patch(PathPatch(line((0, 0), (1, 1)), zorder=2, lw=1.0, hatch="--",
                                               fc=tint(COLOUR["formation"], 0.16),
                                               ec=tint(COLOUR["formation"], 0.6)))  # fmt: skip
        self.osteoclasts = Stamp(ax, cells.osteoclast(1), _OSTEOCLASTS, _OC_WIDTH, zorder=4)
        self.precursors = Stamp(ax, _precursor_with_rank(), _PRECURSORS, zorder=3)
        self.pre_osteoblasts = Stamp(ax, cells.pre_osteoblast(24), _PRE_OSTEOBLASTS,
                                      turn=[8, -6, -4, 10], zorder=3)  # fmt: skip
        self.osteoblasts = Stamp(ax, _osteoblast_with_rankl(), _OSTEOBLASTS, zorder=4)
        self.osteocytes = Stamp(ax, cells.osteocyte(15, 14), _OSTEOCYTES, zorder=2)

    def _molecules(self, ax):
        seats = [np.array(p) + s for p in _PRECURSORS for s in _seats()]
        self.on_rank = Stamp(ax, molecules.rankl(4.6), seats, turn=60, zorder=3.5)
        self.rankl = Stamp(ax, molecules.rankl(7), _RANKL, zorder=5)
        self.on_opg = Stamp(ax, molecules.opg(6), _RANKL, zorder=4.8)
        self.on_drug = Stamp(ax, placed(molecules.antibody(6), -3, -4), _RANKL, zorder=4.8)
        self.free_opg = Stamp(ax, molecules.opg(5), _FREE_OPG, turn=[20, -30, 70, 10, -50, 40])
        self.vesicles = Stamp(ax, molecules.vesicle(6), _VESICLES, zorder=6.5)

    def _arrows(self, ax):
        self.resorption = Flow(ax, [(64, 31), (64, 51)], COLOUR["resorption"], 5)
        self.formation = Flow(ax, [(147, 53), (147, 32)], COLOUR["formation"], 5)
        self.forward = Flow(ax, [(74, 119), (74, 91)], COLOUR["forward"], 4, 2)
        routes = {"unit": 6.4, "most": 1.6, "outline": False}
        over = [(86, 80), (98, 108), (122, 104), (124, 82)]
        self.reverse = Flow(ax, over, COLOUR["reverse"], **routes)
        under = [(84, 53), (94, 39), (110, 37), (119, 50)]
        self.matrix = Flow(ax, under, COLOUR["bone"], **routes)
        self.supply = Flow(ax, [(203, 40), (206, 90), (206, 114), (194, 127)], COLOUR["RANKL"], 3.4)

    def _labels(self, ax):
        places = {
            "osteoclasts": (2, 89.5, "left"), "precursors": (2, 153, "left"),
            "osteoblasts": (198, 94, "right"), "resorption": (62, 27, "center"),
            "formation": (147, 27, "center"),
        }  # fmt: skip
        self._texts = {name: Words(ax, x, y, side=side) for name, (x, y, side) in places.items()}
        write(ax, 2, 97, "osteoclasts", va="center", fontsize=LABEL)
        write(ax, 84, 116, "forward", va="center", fontsize=LABEL)
        self._routes = {
            "reverse_route": Words(ax, 111, 109, side="center"),
            "matrix_route": Words(ax, 103, 33.5, side="center"),
        }
        write(ax, 2, 18, "osteocytes", va="center", fontsize=LABEL)
        write(ax, 191, 120, "pre-osteoblasts", ha="right", va="center", fontsize=LABEL)
        write(ax, 208, 18, "RANKL made", ha="right", va="center", fontsize=LABEL)

    def update(self, *, precursors=1.0, osteoclasts=1.0, pre_osteoblasts=1.0, osteoblasts=1.0,
               osteocytes=1.0, resorption=1.0, formation=1.0, rankl=1.0, on_opg=0.7, on_drug=0.0,
               free_opg=1.0, occupancy=0.21, forward=1.0, reverse_route=0.5, matrix_route=0.5,
               vesicles=None, gone=0.0):  # fmt: skip
        """Show these values; all are multiples of the healthy state except three shares (0 to 1).

        Shares: `on_opg` and `on_drug`, of RANKL held by OPG and by antibody; `occupancy`, of RANK
        that holds RANKL. `reverse_route` and `matrix_route` are the two parts of the call for new
        bone, 1 together in health; a part of 0 is not drawn. `vesicles` follow the osteoclasts
        unless given. `gone` is the bone that is missing since day 0, in days of the healthy rate:
        the floor of the pits lies deeper by it, or higher where bone was gained. Beyond about
        twice the healthy number of cells the drawing is full, and the written number tells.
        Raises BonelabError for a negative, infinite or missing (NaN) value.
        """
        given = {k: v for k, v in locals().items() if k != "self"}
        given["vesicles"] = osteoclasts if vesicles is None else vesicles
        shares = ("on_opg", "on_drug", "occupancy")
        low = {"gone": -np.inf}
        v = {k: number(k, x, low.get(k, 0.0), 1.0 if k in shares else np.inf)
             for k, x in given.items()}  # fmt: skip
        team = grow(v["osteoclasts"], len(_OSTEOCLASTS))
        floor = self._show_floor(v["gone"])
        self.osteoclasts.show(team, floor)
        dug = min(v["resorption"] / max(v["osteoclasts"], 0.01), 1.0) ** 0.5
        self.pits.show(team * dug, floor)
        seen = grow(HEALTHY["precursors"] * v["precursors"], len(_PRECURSORS))
        self.precursors.show(seen)
        young = HEALTHY["pre_osteoblasts"] * v["pre_osteoblasts"]
        self.pre_osteoblasts.show(grow(young, len(_PRE_OSTEOBLASTS)))
        self._show_new_bone(v["osteoblasts"], v["formation"])
        self.osteocytes.show(grow(HEALTHY["osteocytes"] * v["osteocytes"], len(_OSTEOCYTES)))
        self._show_ligands(v, seen)
        for name, arrow in (("resorption", self.resorption), ("formation", self.formation),
                            ("forward", self.forward), ("rankl", self.supply),
                            ("reverse_route", self.reverse),
                            ("matrix_route", self.matrix)):  # fmt: skip
            arrow.show(v[name])
        for name, words in self._routes.items():
            words.show(name.removesuffix("_route") * (v[name] >= 0.01))
        self._show_key(v)
        for name, text in self._texts.items():
            name_before = "" if name == "osteoclasts" else f"{name} "  # it has two lines
            text.show(f"{name_before}×{count(v[name], 1)}")

    def _show_floor(self, gone):
        """Lower or raise the surface under the osteoclasts; returns their places."""
        depth = min(max(DIG * gone, -_DEEPEST), _DEEPEST)
        floor = SURFACE - depth
        left = [(-9, SURFACE), (-9, floor), (80, floor), (92, SURFACE - 1.5)]
        self._floor.set_path(polygon(left))
        self._floor.set_visible(abs(depth) > 0.2)
        marrow, bone = tint(COLOUR["bone"], 0.07), tint(COLOUR["bone"], 0.3)
        self._floor.set_facecolor(marrow if depth > 0 else bone)
        words = f"pit: {gone:.0f} days" if gone > 0 else f"floor: +{-gone:.0f} days"
        self._depth.show(words if abs(gone) >= 1 else "")
        return np.array(_OSTEOCLASTS) - [0, depth]

    def _show_key(self, v):
        """The key names what is there, and nothing else."""
        there = {
            "RANKL": v["rankl"], "RANK": v["precursors"], "OPG": v["free_opg"] + v["on_opg"],
            "vesicle": v["vesicles"], "antibody": v["on_drug"],
        }  # fmt: skip
        for name, (stamp, words) in self.entries.items():
            stamp.show(float(there[name] > 0))
            words.show(name * (there[name] > 0))

    def _show_new_bone(self, osteoblasts, formation):
        row = grow(HEALTHY["osteoblasts"] * osteoblasts, len(_OSTEOBLASTS))
        thick = 1 + 5 * min(formation, 2)
        x = np.linspace(111, WIDTH + 9, 40)
        top = FRONT + thick * np.clip((x - 109) / 5, 0, 1) ** 0.5
        self._osteoid.set_path(
            polygon([*np.column_stack([x, top]), (WIDTH + 9, FRONT), (112, FRONT)])
        )
        self.osteoblasts.show(row, _OSTEOBLASTS + np.array([0, thick]))

    def _show_ligands(self, v, precursors):
        seats = len(_seats())
        held = v["occupancy"] * seats
        self.on_rank.show(
            np.repeat(precursors, seats) * np.tile(grow(held, seats), len(_PRECURSORS))
        )
        trimers = grow(HEALTHY["rankl"] * v["rankl"], len(_RANKL))
        count = (trimers > 0).sum()
        opg, drug = v["on_opg"] * count, min(v["on_opg"] + v["on_drug"], 1) * count
        order = np.arange(len(_RANKL))
        on_opg = np.clip(opg - order, 0, 1)
        self.rankl.show(trimers)
        self.on_opg.show(trimers * np.sqrt(on_opg))
        self.on_drug.show(trimers * np.sqrt(np.clip(drug - order, 0, 1) - on_opg))
        self.free_opg.show(grow(FREE_OPG * v["free_opg"], len(_FREE_OPG)))
        self.vesicles.show(grow(VESICLES * v["vesicles"], len(_VESICLES)))

    def alt(self, *, osteoclasts=1.0, osteoblasts=1.0, resorption=1.0, formation=1.0, rankl=1.0,
            reverse_route=0.5, matrix_route=0.5, gone=0.0, **_):  # fmt: skip
        """Text alternative for the same values."""
        since = (
            f" Since day 0 it has {'lost' if gone > 0 else 'gained'} what a healthy unit resorbs "
            f"in {abs(gone):.0f} days."
            if abs(gone) >= 1
            else ""
        )
        return (
            "Drawing of a bone remodelling unit: osteoclasts in pits on the left, osteoblasts on "
            "new bone on the right, osteocytes in the bone, precursors with RANK in the marrow. "
            f"Compared with a healthy unit: osteoclasts ×{osteoclasts:.1f}, resorption "
            f"×{resorption:.1f}, osteoblasts ×{osteoblasts:.1f}, formation ×{formation:.1f}, "
            f"RANKL ×{rankl:.1f}. Call for new bone, healthy = 1: {reverse_route:.2f} through "
            f"vesicles (reverse), {matrix_route:.2f} through the matrix.{since}"
        )


def _seats():
    """Centres of the four cups on a precursor, relative to its centre."""
    return [rotate([0, 6.0 + 4.6 * molecules.SEAT], a) for a in (-150, 115, -60, 30)]


def _precursor_with_rank():
    receptors = [placed(molecules.rank(4.6), *rotate([0, 6.0], a), a) for a in (-150, 115, -60, 30)]
    outlines = [merge(*(r[k].path for r in receptors)) for k in (0, 1)]
    layers = [
        Layer(o, g.face, g.edge, g.width) for o, g in zip(outlines, receptors[0], strict=True)
    ]
    return (*layers, *cells.precursor(6.5))


def _osteoblast_with_rankl():
    return (*placed(molecules.rankl_on_membrane(5.5), 2.4, 13.9), *cells.osteoblast(12))
