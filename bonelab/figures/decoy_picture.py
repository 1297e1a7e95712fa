"""The picture of the decoy bench: every molecule, and how RANK occupancy falls with OPG."""

import numpy as np

from .binding_picture import BindingPicture
from .dose_pair import DosePair
from .panels import Panel
from .places import DECOY_PARTS, regions_of
from .side_by_side import SideBySide

OPG_AXIS = (0.01, 100)  # nM, the logarithmic axis
LINEAR_AXIS = (0, 2)  # nM


# argument of the drawing -> the amount of a ``Competition`` that it shows (nM)
AMOUNTS = {
    "rankl": "total",
    "rank": "rank",
    "opg": "opg",
    "antibody": "antibody",
    "on_rank": "on_rank",
    "on_opg": "on_opg",
    "on_antibody": "on_antibody",
}


def mixture_values(mixture):
    """What the drawing takes of a ``Competition``."""
    return {argument: float(getattr(mixture, amount)) for argument, amount in AMOUNTS.items()}


class DecoyPicture(SideBySide):
    """Who holds RANKL, and RANK occupancy against OPG on a linear and a logarithmic axis."""

    size = (8.8, 4.4)
    scene = BindingPicture
    xlabel, xlim = "total OPG (nM)", OPG_AXIS
    panels = (Panel("RANK occupied", ("occupancy",), "% of all RANK", (0, 105)),)

    def build(self, result):
        """The drawing on the left; the same curve twice on the right."""
        grid = self.figure.add_gridspec(2, 2, width_ratios=[1.15, 1.0])
        self.drawing = self.scene(self.figure.add_subplot(grid[:, 0]))
        cells = (grid[0, 1], grid[1, 1])
        self.pair = DosePair(
            self.figure, cells, self.panels[0], self.xlabel, linear=LINEAR_AXIS, log=OPG_AXIS
        )
        self.line_panels = self.pair.panels
        self.moving = [*self.pair.moving, *self.drawing.moving]

    @property
    def regions(self):
        """The molecules of the drawing, in the fluid and in its key."""
        return regions_of(self.drawing.axes, DECOY_PARTS)

    def curve(self, result, name):
        """Occupancy along the OPG axis, in percent; none where there is no RANK to occupy."""
        along = result["along OPG"]
        axis = np.geomspace(*OPG_AXIS, len(along.occupancy))
        return axis, self._occupied(result, 100 * along.occupancy)

    @staticmethod
    def _occupied(result, percent):
        """Percent of RANK that is occupied: not a number in a mouse without RANK."""
        return percent if result["now"].rank else np.full(np.shape(percent), np.nan)

    def scene_values(self, result):
        """Every molecule of the mixture."""
        return mixture_values(result["now"])

    def update(self, result):
        """Move the curves, the drawing and the cursors."""
        curves = self._curves(result, self.line_panels[0])
        now = self._occupied(result, 100 * float(result["now"].occupancy))
        self.pair.update(curves, result["opg"], float(now))
        self.drawing.update(**self.scene_values(result))

    def alt(self, result):
        """The drawing, and where the cursors stand."""
        drawn = self.drawing.alt(**self.scene_values(result))
        if not result["now"].rank:
            return f"{drawn} No curve of RANK occupancy, because there is no RANK to occupy."
        return (
            f"{drawn} Curve of RANK occupancy against "
            f"total OPG, on a linear and on a logarithmic axis: at {result['opg']:.3g} nM "
            f"{100 * float(result['now'].occupancy):.1f}% of RANK is occupied."
        )
