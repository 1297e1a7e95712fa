"""Who holds the RANKL? A hundred RANKL trimers between cells with RANK, OPG and antibody.

Every trimer has its place in the fluid. Those on RANK have left it for a receptor on one of the
cells below; those held by OPG or antibody stay where they are, caught. Molecules are drawn far
too large for the cells. One drawn trimer is one percent of all RANKL.
"""

import numpy as np

from . import cells, molecules
from .shapes import LABEL, Layer, Stamp, number, paint, placed, polygon, rotate, tint
from .share_bar import ShareBar, percent
from .style import COLOUR
from .words import Words

WIDTH, HEIGHT = 450, 400
TRIMERS = 100
_LOOK = {  # in the order of the bar
    "on RANK": (COLOUR["RANK"], "//"),
    "free": (tint(COLOUR["RANKL"], 0.85), ""),
    "on antibody": (tint(COLOUR["antibody"], 0.6), "xx"),
    "on OPG": (COLOUR["OPG"], ".."),
}
_CELLS, _RADIUS, _RECEPTOR = [(58, 53), (169, 53), (281, 53), (392, 53)], 36, 9.5
_TRIMER = 12.5


class BindingPicture:
    """Drawing and bar of who holds RANKL, in `ax`. `.moving` lists what `update` changes."""

    aspect = WIDTH / HEIGHT

    def __init__(self, ax):
        ax.set(xlim=(0, WIDTH), ylim=(0, HEIGHT), aspect="equal")
        ax.axis("off")
        fluid = Layer(polygon([(0, 0), (WIDTH, 0), (WIDTH, 314), (0, 314)]), "#F4F7FA")
        paint(ax, [fluid], zorder=0)
        for place in _CELLS:
            paint(ax, cells.precursor(_RADIUS), *place)
        ax.text(4, 303, "fluid", va="center", fontsize=LABEL)
        self._molecules(ax)
        self._write_key(ax)
        drawn = [part for part in vars(self).values() if isinstance(part, (Stamp, ShareBar))]
        self.moving = [artist for part in drawn for artist in part.moving]
        self.moving += self._none.moving
        self.update()

    def _molecules(self, ax):
        places, turns = _fluid_places()
        seats, angles = _receptor_places(_RADIUS + _RECEPTOR * molecules.SEAT)
        feet, _ = _receptor_places(_RADIUS)
        held = placed(molecules.antibody(10), -5.5, -7)
        self._receptors = Stamp(ax, molecules.rank(_RECEPTOR), feet, turn=angles, zorder=2.5)
        self._seated = Stamp(ax, molecules.rankl(_RECEPTOR), seats, turn=angles + 180, zorder=4)
        self._opg = Stamp(ax, molecules.opg(11), places, turn=turns, zorder=3)
        self._antibody = Stamp(ax, held, places, turn=turns, zorder=3)
        self._trimers = Stamp(ax, molecules.rankl(_TRIMER), places, turn=turns, zorder=4)

    def _write_key(self, ax):
        glyphs = {
            "on RANK": (molecules.rank(13), 14, 345),
            "on OPG": (molecules.opg(11), 14, 327),
            "free": (molecules.rankl(15), 238, 350),
            "on antibody": (molecules.antibody(11), 238, 327),
        }
        for glyph, x, y in glyphs.values():
            paint(ax, glyph, x, y)
        spots = {name: (x + 18, 350 if y > 340 else 327) for name, (_, x, y) in glyphs.items()}
        self._bar = ShareBar(ax, _LOOK, spots, 8, WIDTH - 8, 370, 394)
        self._none = Words(ax, WIDTH / 2, 382, side="center")

    def update(self, *, on_rank=0.0, on_opg=0.0, on_antibody=0.0, rank=0.1, rankl=0.2):
        """Show who holds RANKL.

        `on_rank`, `on_opg`, `on_antibody`: shares of all RANKL (0 to 1, together at most 1; the
        rest is free). `rank`: receptors per RANKL trimer, R_T / L_T; at most one per drawn trimer
        is drawn. `rankl`: all RANKL in nM; with 0 there is none to draw.
        Raises BonelabError for a value out of range or missing (NaN).
        """
        shares = {"on RANK": number("on_rank", on_rank, high=1.0),
                  "on OPG": number("on_opg", on_opg, high=1.0),
                  "on antibody": number("on_antibody", on_antibody, high=1.0)}  # fmt: skip
        number("on_rank + on_opg + on_antibody", sum(shares.values()), high=1.000001)
        rank, rankl = number("rank", rank), number("rankl", rankl)
        shares["free"] = max(1 - sum(shares.values()), 0.0)
        if rankl == 0:
            shares = dict.fromkeys(_LOOK, 0.0)
        self._none.show("no RANKL" * (rankl == 0))
        ends = np.cumsum([0] + [TRIMERS * shares[name] for name in _LOOK])
        trimer = np.arange(TRIMERS)
        held = {
            name: np.clip(np.minimum(ends[k + 1], trimer + 1) - np.maximum(ends[k], trimer), 0, 1)
            for k, name in enumerate(_LOOK)
        }
        receptors = np.clip(max(TRIMERS * rank, ends[1]) - trimer, 0, 1)
        self._receptors.show(np.sqrt(receptors))
        self._seated.show(np.sqrt(held["on RANK"]))
        self._trimers.show(np.sqrt(np.clip(sum(held.values()) - held["on RANK"], 0, 1)))
        self._opg.show(np.sqrt(held["on OPG"]))
        self._antibody.show(np.sqrt(held["on antibody"]))
        self._bar.show(shares)

    def alt(self, *, on_rank=0.0, on_opg=0.0, on_antibody=0.0, rank=0.1, rankl=0.2):
        """Text alternative for the same values."""
        if rankl == 0:
            return "Drawing of cells with RANK in fluid without any RANKL."
        free = max(1 - on_rank - on_opg - on_antibody, 0.0)
        return (
            f"Drawing of 100 RANKL trimers that stand for {rankl:.3g} nM: {percent(on_rank)} on "
            f"RANK, {percent(on_opg)} held by OPG, {percent(on_antibody)} held by antibody, "
            f"{percent(free)} free."
        )


def _fluid_places():
    """100 places in the fluid, spread evenly but not in rank and file, in mixed order; angles."""
    rng = np.random.default_rng(6)
    row, column = np.divmod(np.arange(104), 13)
    x = 28 + 32.6 * column + 9 * (row % 2 - 0.5) + rng.uniform(-4, 4, 104)
    y = 128 + 22.9 * row + rng.uniform(-2.5, 2.5, 104)
    places = np.column_stack([x, y])[np.hypot(x - 20, y - 300) > 26]
    return places[rng.permutation(len(places))[:TRIMERS]], rng.uniform(0, 360, TRIMERS)


def _receptor_places(radius):
    """100 places around the four cells at `radius`, those used first far apart; angles."""
    slot = np.arange(TRIMERS)
    cell, turn = slot % 4, (slot // 4 * 7 % 25) * 360 / 25 + 20 * (slot % 4)
    places = [np.array(_CELLS[c]) + rotate([0, radius], t) for c, t in zip(cell, turn, strict=True)]
    return np.array(places), turn
