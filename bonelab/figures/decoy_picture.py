"""The picture of the decoy bench: who holds the RANKL, and how that changes with OPG."""

import numpy as np

from . import style
from .binding_picture import BindingPicture
from .panels import Panel
from .side_by_side import SideBySide

OPG_AXIS = (0.01, 100)  # nM


class DecoyPicture(SideBySide):
    """Who holds RANKL, and how RANK occupancy falls as OPG rises."""

    size = (8.6, 4.3)
    scene = BindingPicture
    scene_width = 1.05
    xlabel, xlim = "total OPG (nM)", OPG_AXIS
    panels = (
        Panel("RANK occupied by RANKL", ("occupancy",), "%", (0, 105)),
        Panel("Free RANKL", ("RANKL",), "% of all RANKL", (0, 105)),
    )

    def build(self, result):
        """Logarithmic axes, and a dot where the mixture stands."""
        super().build(result)
        self.standing = {}
        for line_panel in self.line_panels:
            axes, name = line_panel.axes, line_panel.panel.series[0]
            axes.set_xscale("log")
            (self.standing[name],) = axes.plot(
                [], [], "o", ms=12, mec=style.INK, mew=1.5, color=style.COLOUR[name], zorder=5
            )
        self.moving += self.standing.values()

    def curve(self, result, name):
        """Occupancy and free share along the OPG axis, in percent."""
        along = result["along OPG"]
        share = along.occupancy if name == "occupancy" else along.shares()["free"]
        return np.geomspace(*OPG_AXIS, len(share)), 100 * share

    def scene_values(self, result):
        """Shares of RANKL for the drawing."""
        now = result["now"]
        shares = now.shares()
        return {
            "on_rank": float(shares["on RANK"]),
            "on_opg": float(shares["on OPG"]),
            "rank": result["rank"] / max(now.total, 1e-9),
            "rankl": now.total,
        }

    def update(self, result):
        """Move the curves, the drawing and the dots."""
        super().update(result)
        now, x = result["now"], max(result["opg"], OPG_AXIS[0])
        self.standing["occupancy"].set_data([x], [100 * now.occupancy])
        self.standing["RANKL"].set_data([x], [100 * float(now.shares()["free"])])

    def alt(self, result):
        """The drawing, and where the dots stand."""
        drawing = self.drawing.alt(**self.scene_values(result))
        return (
            f"{drawing} Curves against total OPG: RANK occupancy and free RANKL fall as OPG rises. "
            f"{result['now'].summary()}"
        )
