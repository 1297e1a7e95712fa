"""The picture of the remodelling cycle: the unit at the end, removal, building and bone."""

from bonelab.biology.binding import competition
from bonelab.parameters import load

from .panels import Panel
from .remodelling_unit import RemodellingUnit
from .side_by_side import SideBySide


class CyclePicture(SideBySide):
    """The drawn unit at the end, and how resorption, formation and bone came there."""

    size = (8.8, 4.0)
    scene = RemodellingUnit
    scene_width = 1.25
    xlabel, xlim = "years", (0, 6)
    panels = (
        Panel("Removal and building", ("resorption", "formation"), "healthy = 1", (0, 5)),
        Panel("Bone of the spine", ("bone volume spine",), "healthy = 1", (0.6, 1.2)),
    )

    def curve(self, result, name):
        """Years of the run on the axis."""
        return result.time / 365.25, result[name]

    def scene_values(self, result):
        """The unit at the end of the run, relative to healthy."""
        final, b = result.final, load("binding")
        mixture = competition(final["RANKL"], b.RANK_tissue * final["precursors"], final["OPG"])
        healthy = competition()
        return {
            "precursors": final["precursors"],
            "osteoclasts": final["osteoclasts"],
            "pre_osteoblasts": final["pre-osteoblasts"],
            "osteoblasts": final["osteoblasts"],
            "osteocytes": final["osteocytes"],
            "resorption": final["resorption"],
            "formation": final["formation"],
            "rankl": final["RANKL"] / b.RANKL_tissue,
            "on_opg": float(mixture.shares()["on OPG"]),
            "free_opg": float(mixture.free_opg / healthy.free_opg),
            "occupancy": float(mixture.occupancy),
            "forward": final["resorption"],
            "reverse": final["reverse signal"],
        }
