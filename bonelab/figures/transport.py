"""Can a vesicle reach an osteocyte? A canaliculus in nanometres, and depth in micrometres.

Above: a canaliculus cut along, with the cell process that runs in it; a vesicle is drawn to the
same scale beside the gap that is left for it. Below: the vesicles that get from the osteoclast to
the osteocytes, at depths along the bone; each drawn vesicle keeps its place and is there or not.
"""

import math

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection

from . import cells, molecules
from .paper import write
from .shapes import LABEL, Layer, Stamp, line, number, oval, paint, polygon, shade, tint
from .share_bar import box
from .style import COLOUR
from .words import Words, count

WIDTH, HEIGHT = 450, 400
_NM, _UM = 0.42, 3.1  # picture units per nanometre above, per micrometre below
_MIDDLE, _MOUTH = 292, 158  # height of the canaliculus' axis, place of its mouth
_SURFACE, _TUBE = 88, 92  # below: place of the bone surface, height of the tube
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
OSTEOCYTES = (25, 50, 75, 100)  # depths in micrometres
_DOTS = 170


class Transport:
    """Vesicle transport in `ax`. `.moving` lists the artists that `update` changes."""

    aspect = WIDTH / HEIGHT

    def __init__(self, ax):
        ax.set(xlim=(0, WIDTH), ylim=(0, HEIGHT), aspect="equal")
        ax.axis("off")
        self._canaliculus(ax)
        self._depth(ax)
        self.update()

    def _canaliculus(self, ax):
        paint(ax, [Layer(polygon(box(0, WIDTH, 202, HEIGHT)), "#F4F7FA")], zorder=0)
        bone = {"fc": tint(COLOUR["bone"], 0.3), "ec": COLOUR["bone"], "lw": 1.2}
        self.walls = PolyCollection([], **bone, zorder=1)
        cell = {"fc": tint(COLOUR["osteocyte"], 0.5), "ec": shade(COLOUR["osteocyte"]), "lw": 1.2}
        self.process = PolyCollection([], **cell, zorder=2)
        self.fibres = LineCollection([], colors=COLOUR["ghost"], lw=0.8, zorder=1.5)
        for collection in (self.walls, self.process, self.fibres):
            ax.add_collection(collection, autolim=False)
        self.vesicle = Stamp(ax, _vesicle(), [(0, 0)], zorder=3)
        self._verdict = Words(ax, 8, 388)
        names = {"bone": (442, 216), "process of the osteocyte": (442, _MIDDLE)}
        self._names = [Words(ax, x, y, name, "right") for name, (x, y) in names.items()]
        paint(ax, [Layer(line((10, 216), (10 + 100 * _NM, 216)), "none", "black", 3)])
        write(ax, 10 + 100 * _NM + 6, 216, "100 nm", va="center", fontsize=LABEL)
        self.moving = [self.walls, self.process, self.fibres, *self.vesicle.moving,
                       *self._verdict.moving]  # fmt: skip
        # The names stand still, but what moves is painted over what does not.
        self.moving += [artist for words in self._names for artist in words.moving]

    def _depth(self, ax):
        paint(ax, [Layer(polygon(box(0, _SURFACE, 0, 196)), tint(COLOUR["bone"], 0.07)),
                   Layer(polygon(box(_SURFACE, WIDTH, 0, 196)), tint(COLOUR["bone"], 0.3))],
              zorder=0)  # fmt: skip
        tube = box(_SURFACE - 1, WIDTH + 2, _TUBE - 12, _TUBE + 12)
        paint(ax, [Layer(polygon(tube), "#F4F7FA", COLOUR["bone"], 1.0)], zorder=1)
        paint(ax, cells.osteoclast(46), _SURFACE, _TUBE, _UM, 90, zorder=2)
        self._shares = []
        for depth in OSTEOCYTES:
            x = _SURFACE + _UM * depth
            paint(ax, cells.osteocyte(11, 11, seed=depth), x, _TUBE, _UM, zorder=2)
            write(ax, x, 16, f"{depth} µm", ha="center", va="center", fontsize=LABEL)
            self._shares.append(Words(ax, x, 152, side="center"))
        write(ax, 8, 16, "depth:", va="center", fontsize=LABEL)
        write(ax, 442, 180, "vesicles that reach the osteocyte", ha="right", va="center",
                fontsize=LABEL)  # fmt: skip
        rng = np.random.default_rng(2)
        deep = np.linspace(5, (WIDTH - _SURFACE) / _UM - 2, _DOTS)
        self.depth, self._chance = deep, rng.permutation((np.arange(_DOTS) + 0.5) / _DOTS)
        where = np.column_stack([_SURFACE + _UM * deep, _TUBE + rng.uniform(-9, 9, _DOTS)])
        dot = (Layer(oval(rx=2.7), COLOUR["vesicle"], "none", 0),)
        self.dots = Stamp(ax, dot, where, zorder=4)
        self.one = Stamp(ax, _vesicle(), [(0, 0)], zorder=5)
        self._told = Words(ax, 442, 128, side="right")
        self.moving += [*self.dots.moving, *(words.moving[0] for words in self._shares),
                        *self.one.moving, *self._told.moving]  # fmt: skip

    def update(self, *, vesicle=90.0, canaliculus=250.0, process=100.0, fibres=13.5, gap=75.0,
               depths=(0.0, 100.0), shares=(1.0, 0.0), follow=None):  # fmt: skip
        """Show a vesicle and how deep vesicles get; one is followed to the depth `follow` (µm).

        `vesicle`, `canaliculus`, `process`: diameters in nm, drawn up to 200, 360 and 360; `gap`:
        the width in nm that is left for a vesicle; `fibres`: spacing in nm of the fibres that hold
        the process. `shares`: of the vesicles at the surface (0 to 1), those that get to each of
        `depths` in micrometres. Raises BonelabError for a value out of range or missing (NaN).
        """
        vesicle, gap = number("vesicle", vesicle), number("gap", gap)
        canaliculus = number("canaliculus", canaliculus)
        process = number("process", process)
        number("process (nm, inside the canaliculus)", process, high=canaliculus)
        fibres = number("fibres", fibres, low=1e-6)
        shares = [number("shares", share, high=1.0) for share in shares]
        fits = vesicle <= gap
        self._show_canaliculus(vesicle, min(canaliculus, 360.0), min(process, 360.0), fibres, fits)
        self._verdict.show(
            f"vesicle {count(vesicle)} nm, gap {count(gap)} nm: "
            + ("it fits" if fits else "it does not fit")
        )
        self.dots.show(1.0 * (self._chance < np.interp(self.depth, depths, shares)))
        self._follow(follow, depths, shares)
        for depth, text in zip(OSTEOCYTES, self._shares, strict=True):
            text.show(small_share(float(np.interp(depth, depths, shares))))

    def _follow(self, depth, depths, shares):
        """The one vesicle that is followed, and how many of its kind get as far."""
        if depth is None:
            self.one.show(0.0)
            self._told.show("")
            return
        depth = number("follow", depth, high=(WIDTH - _SURFACE) / _UM)
        share = float(np.interp(depth, depths, shares))
        inside = depth > 0 and share > 0  # what does not get there is not drawn there
        x = _SURFACE + _UM * depth if inside else _SURFACE - 14
        self.one.show(16.0, np.array([(x, _TUBE)]))
        here = f"one at {count(depth)} µm: {small_share(share)} get here"
        self._told.show(here if inside else "one stays at the door" if depth else "one at the door")

    def _show_canaliculus(self, vesicle, canaliculus, process, fibres, inside):
        wall, core = _NM * canaliculus / 2, _NM * process / 2
        top, foot = min(_MIDDLE + wall, 396), max(_MIDDLE - wall, 204)
        self.walls.set_verts([box(_MOUTH, WIDTH + 9, top, 376), box(_MOUTH, WIDTH + 9, 206, foot)])
        self.process.set_verts(
            [box(_MOUTH, WIDTH + 9, _MIDDLE - core, _MIDDLE + core)] if process else []
        )
        steps = np.arange(_MOUTH + 4, WIDTH, max(_NM * fibres, 2.0))
        self.fibres.set_segments(
            [[(x, _MIDDLE + s * core), (x, _MIDDLE + s * wall)] for x in steps for s in (-1, 1)]
        )
        place = (220, _MIDDLE + (wall + core) / 2) if inside else (76, _MIDDLE)
        self.vesicle.show(_NM * min(vesicle, 200.0), np.array([place]))

    def alt(self, *, vesicle=90.0, gap=75.0, depths=(0.0, 100.0), shares=(1.0, 0.0), **_):
        """Text alternative for the same values."""
        reach = "; ".join(
            f"{small_share(float(np.interp(depth, depths, shares)))} at {depth} micrometres"
            for depth in OSTEOCYTES
        )
        drawn = (
            f"Drawing of a vesicle {vesicle:.0f} nm wide beside a canaliculus whose gap is "
            f"{gap:.0f} nm wide"
        )
        if not any(shares):
            return f"{drawn}. No vesicle reaches an osteocyte."
        return f"{drawn}, and of the vesicles that reach osteocytes: {reach}."


def small_share(share):
    """Share in percent, or its power of ten where that is below a thousandth."""
    if share >= 0.0995:
        return f"{100 * share:.0f}%"
    if share >= 1e-3:
        return f"{100 * share:.1f}%"
    power = str(round(math.log10(share))) if share > 1e-15 else ""
    return "10" + power.translate(_RAISED) if power else "0"


def _vesicle():
    """The course's vesicle with a diameter of 1 across its membrane."""
    return molecules.vesicle(0.5 / 0.66)
