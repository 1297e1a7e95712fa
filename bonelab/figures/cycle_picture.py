"""The picture of the remodelling cycle: the unit at the end, resorption, formation and bone."""

from bonelab.parameters import load

from .panels import Panel
from .remodelling_unit import RemodellingUnit
from .side_by_side import SideBySide

# argument of the drawn unit -> the series of a run of the tissue that it shows
UNIT = {
    "precursors": "precursors",
    "osteoclasts": "osteoclasts",
    "pre_osteoblasts": "pre-osteoblasts",
    "osteoblasts": "osteoblasts",
    "osteocytes": "osteocytes",
    "resorption": "resorption",
    "formation": "formation",
    "on_opg": "RANKL on OPG",
    "on_drug": "RANKL on drug",
    "free_opg": "free OPG",
    "occupancy": "occupancy",
    "forward": "resorption",
    "reverse_route": "reverse route",
    "matrix_route": "matrix route",
}


def unit_values(run, time=None):
    """What the drawn unit takes of a run of the tissue, at its end or at a ``time``."""
    here = run.final if time is None else run.at(time)
    values = {argument: here[series] for argument, series in UNIT.items()}
    return values | {"rankl": here["RANKL"] / load("binding").RANKL_tissue}


class CyclePicture(SideBySide):
    """The drawn unit at the end, and how resorption, formation and bone came there."""

    size = (8.8, 4.0)
    scene = RemodellingUnit
    scene_width = 1.7
    xlabel, xlim = "years", (0, 6)
    panels = (
        Panel("Resorption and formation", ("resorption", "formation"), "healthy = 1", (0, 5)),
        Panel("Bone of the spine", ("bone volume spine",), "healthy = 1", (0.6, 1.2)),
    )

    def scene_values(self, result):
        """The unit at the end of the run, relative to healthy."""
        return unit_values(result)
