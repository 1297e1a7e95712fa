"""T cells and dendritic cells: RANKL on the one, RANK on the other (lesson 10).

Dendritic cells carry RANK; activated T cells carry RANKL, gather around them and keep them alive.
Numbers of cells follow the values. Cells are about to scale (micrometres), molecules are not.
"""

import numpy as np

from . import cells, molecules
from .paper import write
from .shapes import LABEL, Layer, Stamp, grow, number, paint, placed, polygon, rotate
from .share_bar import box, percent
from .words import Words, count

WIDTH, HEIGHT = 225, 200  # micrometres
HEALTHY, T_CELLS = 1, 30  # dendritic cells drawn for the value 1; T cells for the value 1
_DENDRITIC = np.array([(112, 154), (40, 70), (185, 70), (185, 154), (40, 154), (112, 70)])
USUAL = 4  # RANK drawn on a dendritic cell for the value 1
_RECEPTORS = np.array([20.0, 100, 180, 260, 60, 140, 220, 300])  # angles of RANK, between the arms
_RADIUS, _FOOT, _SIZE = 17, 8, 8  # of a dendritic cell, of its RANK


class ImmunePicture:
    """Dendritic cells among T cells, in `ax`. `.moving` lists the artists `update` changes."""

    aspect = WIDTH / HEIGHT

    def __init__(self, ax):
        ax.set(xlim=(0, WIDTH), ylim=(0, HEIGHT), aspect="equal")
        ax.axis("off")
        paint(ax, [Layer(polygon(box(0, WIDTH, 27, HEIGHT)), "#F4F7FA")], zorder=0)
        self.dendritic = Stamp(ax, cells.dendritic_cell(_RADIUS), _DENDRITIC, zorder=3)
        turns = np.tile(_RECEPTORS, len(_DENDRITIC))
        self.receptors = Stamp(
            ax, molecules.rank(_SIZE), _around_each(_FOOT), turn=turns, zorder=3.2
        )
        seats = _around_each(_FOOT + _SIZE * molecules.SEAT)
        self.seated = Stamp(ax, molecules.rankl(7), seats, zorder=4)
        places, turns = _t_cell_places()
        self.t_cells = Stamp(ax, _t_cell_with_rankl(), places, turn=turns, zorder=3.5)
        self._words = [Words(ax, 24, 17), Words(ax, 24, 6), Words(ax, 134, 17)]
        paint(ax, cells.dendritic_cell(5), 12, 17)
        paint(ax, cells.t_cell(4.5), 12, 6)
        paint(ax, molecules.rank(9), 125, 14)
        paint(ax, molecules.rankl(9), 125, 6)
        write(ax, 134, 6, "RANKL", va="center", fontsize=LABEL)
        drawn = [self.dendritic, self.receptors, self.seated, self.t_cells, *self._words]
        self.moving = [artist for part in drawn for artist in part.moving]
        self.update()

    def update(self, *, dendritic=1.0, t_cells=0.0, occupancy=0.0, rank=1.0):
        """Show dendritic cells (1 = without RANKL), T cells (1 = the most there can be).

        `occupancy`: share of RANK on dendritic cells that holds RANKL (0 to 1); `rank`: RANK on a
        dendritic cell (1 = as usual, which is drawn as four; 0 = none).
        Raises BonelabError for a negative, infinite or missing (NaN) value.
        """
        dendritic, t_cells = number("dendritic", dendritic), number("t_cells", t_cells)
        occupancy = number("occupancy", occupancy, high=1.0)
        rank = number("rank", rank)
        alive = grow(HEALTHY * dendritic, len(_DENDRITIC))
        self.dendritic.show(alive)
        drawn, here = min(USUAL * rank, len(_RECEPTORS)), np.repeat(alive, len(_RECEPTORS)) > 0.99
        for stamp, many in ((self.receptors, drawn), (self.seated, occupancy * drawn)):
            stamp.show(np.tile(grow(many, len(_RECEPTORS)), len(alive)) * here)
        self.t_cells.show(grow(T_CELLS * t_cells, T_CELLS))
        self._words[0].show(f"dendritic cells ×{count(dendritic, 1)}")
        self._words[1].show(f"T cells {count(100 * t_cells)}% of most")
        self._words[2].show(f"RANK {percent(occupancy)} occupied" if rank > 0 else "no RANK")

    def alt(self, *, dendritic=1.0, t_cells=0.0, occupancy=0.0, rank=1.0):
        """Text alternative for the same values."""
        with_RANK, held = "with RANK", f"{percent(occupancy)} of RANK occupied"
        if rank == 0:
            with_RANK, held = "without RANK", "so nothing holds their RANKL"
        return (
            f"Drawing of dendritic cells {with_RANK} among T cells with RANKL: {dendritic:.1f} "
            f"times as many dendritic cells as without RANKL, T cells at {100 * t_cells:.0f}% of "
            f"the most there can be, {held}."
        )


def _around_each(reach):
    """The places of RANK, or of what sits on it, so far (µm) from the middle of each cell."""
    return [centre + rotate([0, reach], angle) for centre in _DENDRITIC for angle in _RECEPTORS]


def _t_cell_with_rankl():
    return (*placed(molecules.rankl_on_membrane(6), 0, 5), *cells.t_cell(6))


def _t_cell_places():
    """Five places around each dendritic cell, their RANKL turned towards it; angles."""
    turns = np.array([72 * k + 60 + 11 * cell for cell in range(len(_DENDRITIC)) for k in range(5)])
    around = [rotate([0, 29], a) for a in turns]
    return np.repeat(_DENDRITIC, 5, axis=0) + np.array(around), turns + 180
