"""A field of the culture dish of lesson 1, seen from above through the microscope.

Precursors lie on a thin slice of bone. Where RANKL lets them fuse, osteoclasts appear that hold as
many nuclei as the values say, and pits where they have eaten into the slice. Every cell has its
place from the start and keeps it, so that a moving slider changes cells instead of reshuffling
them. The field starts with 150 precursors; cells are about to scale (micrometres).
"""

import math

import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from . import cells
from .paper import write
from .shapes import (
    LABEL,
    Layer,
    Stamp,
    grow,
    line,
    merge,
    moved,
    number,
    oval,
    paint,
    rotate,
    shade,
    smooth,
    tint,
)
from .style import COLOUR
from .words import Words, count

START = 150  # precursors seen in the field when the culture starts
FIELD = 300.0  # radius of the field, micrometres
PLACES, MOST_NUCLEI = 19, 24  # places for osteoclasts; nuclei drawn in one cell at most
_PRECURSOR, _NUCLEUS = 9.0, 6.0  # radii
_GOLDEN = math.pi * (3 - math.sqrt(5))


def _spread(count, gap, radius, seed):
    """`count` places in a disc, at least `gap` apart where that is possible; always the same."""
    rng, places = np.random.default_rng(seed), []
    while len(places) < count:
        tries = rng.uniform(-radius, radius, (400, 2))
        for place in tries[np.hypot(*tries.T) < radius]:
            if len(places) < count and all(np.hypot(*(place - p)) > gap for p in places):
                places.append(place)
        gap *= 0.97
    return np.array(places)


class Dish:
    """Field of a culture dish in `ax`. `.moving` lists the artists that `update` changes.

    `full_pits`: the value of `pits` at which 40 % of the field's bone is drawn as eaten; beyond
    it no more is drawn.
    """

    aspect = 690 / 716

    def __init__(self, ax, full_pits=700.0):
        self._full_pits = full_pits
        ax.set(xlim=(-345, 345), ylim=(-404, 312), aspect="equal")
        ax.axis("off")
        self._floor(ax)
        self._set_places()
        self.pits = Stamp(ax, _pit(), self._homes + self._drift, 1.0, self._turns, zorder=2)
        turns = np.random.default_rng(5).uniform(0, 360, START)
        self.precursors = Stamp(ax, cells.precursor(_PRECURSOR), self._sites, turn=turns)
        body = {"fc": tint(COLOUR["osteoclast"], 0.5), "ec": shade(COLOUR["osteoclast"], 0.3)}
        self.bodies = ax.add_patch(PathPatch(oval(), lw=1.5, zorder=4, **body))
        dark = {"fc": shade(COLOUR["osteoclast"], 0.45), "ec": shade(COLOUR["osteoclast"], 0.7)}
        self.nuclei = ax.add_patch(PathPatch(oval(), lw=0.7, zorder=4.1, **dark))
        self._key(ax)
        self.moving = [*self.pits.moving, *self.precursors.moving, self.bodies, self.nuclei]
        for artist in self.moving:
            artist.set_clip_path(self._glass)
        self.moving += [words.moving[0] for words in self._words.values()]
        self.update()

    def _floor(self, ax):
        pale = tint(COLOUR["bone"], 0.22)
        (self._glass,) = paint(ax, [Layer(oval(rx=FIELD), pale, "none", 0)], zorder=1)
        grain = paint(ax, cells.bone_lamellae(-FIELD, FIELD, -FIELD, FIELD, 34), zorder=1.1)
        grain[0].set_clip_path(self._glass)
        outer, inner = oval(rx=FIELD + 9), oval(rx=FIELD)
        back = np.vstack([inner.vertices[:-1][::-1], inner.vertices[-1:]])
        wall = Path(np.vstack([outer.vertices, back]), [*outer.codes, *inner.codes])
        rim = Layer(wall, tint(COLOUR["ghost"], 0.35), COLOUR["ghost"], 1.2)
        paint(ax, [rim], zorder=5)

    def _key(self, ax):
        """Name and number of what is seen, each beside its picture, and a scale bar."""
        rows = {"osteoclasts": (-305, -342), "precursors": (-305, -384), "pits": (10, -384)}
        self._words = {name: Words(ax, x + 32, y) for name, (x, y) in rows.items()}
        paint(ax, [Layer(oval(*rows["osteoclasts"], 22, 17), tint(COLOUR["osteoclast"], 0.5),
                         shade(COLOUR["osteoclast"], 0.3), 1.5)])  # fmt: skip
        dots = merge(*(oval(-305 + x, -342 + y, 5, 4.4) for x, y in [(-9, 3), (2, -6), (8, 5)]))
        paint(ax, [Layer(dots, shade(COLOUR["osteoclast"], 0.45))], zorder=3.5)
        paint(ax, cells.precursor(12), *rows["precursors"])
        paint(ax, _pit(), *rows["pits"], 18)
        paint(ax, cells.scale_bar(-340, -288, 100))
        write(ax, -340, -268, "0.1 mm", va="center", fontsize=LABEL)

    def _set_places(self):
        self._homes = _spread(PLACES, 118, 262, seed=11)
        self._sites = _spread(START, 2.5 * _PRECURSOR, FIELD - 14, seed=4)
        rng = np.random.default_rng(8)
        self._turns = rng.uniform(0, 360, PLACES)
        self._drift = np.array([rotate([24, 0], a) for a in self._turns])
        ripple = rng.uniform(0, 2 * math.pi, (PLACES, 3))
        self._angles = np.linspace(0, 2 * math.pi, 28, endpoint=False)
        waves = [0.10 * np.cos(k * self._angles + ripple[:, [k - 2]]) for k in (2, 3, 4)]
        self._outlines = 1 + sum(waves)
        # precursors close to an osteoclast's place fuse first, those far from all places last
        near = np.hypot(*(self._sites[:, None] - self._homes[None]).transpose(2, 0, 1))
        self._near, order = near, np.argsort(near.min(1))
        self._last_to_fuse = order[::-1]

    def update(self, *, precursors=1.0, osteoclasts=0.0, nuclei=0.0, pits=0.0):
        """Show a culture: `precursors` and `osteoclasts` per precursor at its start.

        `nuclei` is the mean number per osteoclast; `pits` the eaten area, in days of work of a
        fully active osteoclast per 1,000 precursors at the start. Raises BonelabError for a
        negative, infinite or missing (NaN) value.
        """
        given = {
            "precursors": precursors,
            "osteoclasts": osteoclasts,
            "nuclei": nuclei,
            "pits": pits,
        }
        v = {name: number(name, value) for name, value in given.items()}
        seen = grow(START * v["osteoclasts"], PLACES)
        held = self._nuclei_each(v["nuclei"])
        radius = 1.12 * _NUCLEUS * (1.9 + 1.35 * np.sqrt(held)) * seen
        self._show_osteoclasts(radius, held, seen)
        self._show_precursors(START * v["precursors"], radius)
        self._show_pits(v["pits"], seen)
        self._write(START * v["osteoclasts"], v["nuclei"], START * v["precursors"], v["pits"])

    def _write(self, osteoclasts, nuclei, precursors, pits):
        mean = f", {count(nuclei, 1)} nuclei each" if osteoclasts >= 0.5 else ""
        self._words["osteoclasts"].show(f"{count(osteoclasts)} osteoclasts{mean}")
        self._words["precursors"].show(f"{count(precursors)} precursors")
        self._words["pits"].show(f"pit area {count(pits)}")

    def _nuclei_each(self, mean):
        """Whole numbers of nuclei around `mean`, one for each place; each place keeps its rank."""
        rank = (np.arange(PLACES) * 0.618 + 0.5) % 1
        spread = np.clip(mean, 2, MOST_NUCLEI) * (0.75 + 0.5 * rank)
        return np.clip(np.floor(spread + 0.5), 2, MOST_NUCLEI).astype(int)

    def _show_osteoclasts(self, radius, held, seen):
        bodies, nuclei = [], []
        for k in np.flatnonzero(seen > 0.02):
            around = np.column_stack([np.cos(self._angles), np.sin(self._angles)])
            bodies.append(smooth(self._homes[k] + radius[k] * self._outlines[k][:, None] * around))
            step = np.arange(held[k]) + 0.5
            reach = 1.36 * _NUCLEUS * np.sqrt(step) * seen[k]
            turn = step * _GOLDEN + math.radians(self._turns[k])
            spots = self._homes[k] + reach[:, None] * np.column_stack([np.cos(turn), np.sin(turn)])
            nuclei += [oval(*spot, _NUCLEUS * seen[k], 0.85 * _NUCLEUS * seen[k]) for spot in spots]
        for patch, paths in ((self.bodies, bodies), (self.nuclei, nuclei)):
            patch.set_visible(bool(paths))
            if paths:
                patch.set_path(merge(*paths))

    def _show_precursors(self, count, radius):
        taken = np.where(radius > 0, 1.15 * radius + _PRECURSOR + 2, 0)
        free = (self._near > taken).all(1)
        scale = np.zeros(len(self._sites))
        order = self._last_to_fuse[free[self._last_to_fuse]]
        scale[order] = grow(count, len(order))
        self.precursors.show(scale)

    def _show_pits(self, pits, seen):
        """Eaten area, shared by the osteoclasts there have been; a first cell's pit comes first."""
        share = min(pits / self._full_pits, 1.0)
        eaters = np.clip(np.maximum(seen, grow(PLACES * share**0.4, PLACES)), 0, 1)
        area = 0.4 * math.pi * FIELD**2 * share
        each = math.sqrt(area / max((eaters**2).sum(), 1e-9) / math.pi)
        self.pits.show(eaters * min(each, 70.0) if share > 0 else 0.0)

    def alt(self, *, precursors=1.0, osteoclasts=0.0, nuclei=0.0, pits=0.0):
        """Text alternative for the same values."""
        seen = round(START * osteoclasts)
        cells = f"{seen} osteoclast{'' if seen == 1 else 's'}" if seen else "no osteoclasts"
        with_nuclei = f" with {nuclei:.1f} nuclei{'' if seen == 1 else ' each on average'}"
        return (
            f"Field of a culture dish from above: {cells}{with_nuclei * (seen > 0)} among "
            f"{START * precursors:.0f} precursors ({START} at the start); the pit area is "
            f"{f'{pits:.0f}' if pits >= 1 else f'{pits:.2g}'} (relative)."
        )


def _pit():
    """Scalloped hollow of radius about 1, seen from above; hatched so that colour is not needed."""
    angle = np.linspace(0, 2 * math.pi, 22, endpoint=False)
    reach = 1 + 0.13 * np.cos(3 * angle + 0.4) + 0.06 * np.cos(7 * angle)
    rim = smooth(np.column_stack([reach * np.cos(angle), 0.92 * reach * np.sin(angle)]))
    marks = merge(*(line((x, -h), (x, h)) for x, h in ((-0.5, 0.5), (0, 0.75), (0.5, 0.5))))
    return (
        Layer(rim, tint(COLOUR["resorption"], 0.3), COLOUR["bone"], 1.2),
        Layer(moved(marks, turn=35), "none", tint(COLOUR["resorption"], 0.6), 1.0),
    )
