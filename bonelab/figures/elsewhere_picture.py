"""Pictures of one place beyond bone at a time: an immune response, a fever, an artery, a breast."""

from .immune_picture import ImmunePicture
from .panels import Curves, Panel
from .side_by_side import SideBySide


class ImmuneCurves(SideBySide):
    """T cells among dendritic cells on the day with most of them, and both over a month."""

    size = (8.6, 4.2)
    scene = ImmunePicture
    xlabel, xlim = "days", (0, 30)
    panels = (
        Panel("T cells", ("T cells",), "1 = most", (0, 1.05)),
        Panel("Dendritic cells", ("dendritic cells",), "1 = without RANKL", (0, 14)),
    )

    def scene_values(self, result):
        """Both kinds of cells, RANK and what of it is occupied, on the day with most T cells."""
        peak = int(result["T cells"].argmax())
        here = {name: float(result[name][peak]) for name in ("dendritic cells", "occupancy")}
        return {
            "dendritic": here["dendritic cells"],
            "t_cells": float(result["T cells"][peak]),
            "occupancy": here["occupancy"],
            "rank": result.arguments["rank"],
        }


class BrainCurves(Curves):
    """Temperature, and the prostaglandin before it."""

    size = (8.6, 3.6)
    xlabel, xlim = "hours", (0, 24)
    panels = (
        Panel("Temperature", ("temperature",), "°C", (36.5, 39.8)),
        Panel("Prostaglandin E2", ("PGE2",), "share of most", (0, 1.05)),
    )


class ArteryCurves(Curves):
    """Calcium in the wall of an artery, and the OPG around it."""

    size = (8.6, 3.6)
    xlabel, xlim = "weeks", (0, 16)
    panels = (
        Panel("Calcium in the wall", ("arterial calcium",), "arbitrary units", (-0.06, 4.2)),
        Panel("OPG in the wall", ("OPG",), "nM", (-0.05, 3.3)),
    )


class BreastCurves(Curves):
    """The alveoli of a gland in pregnancy, and the messenger that makes them."""

    size = (8.6, 3.6)
    xlabel, xlim = "days", (0, 20)
    panels = (
        Panel("Alveoli in pregnancy", ("alveoli",), "1 = ready", (-0.03, 1.1)),
        Panel("RANK that is occupied", ("occupancy",), "share", (-0.03, 1.05)),
    )


class CalciumCurves(Curves):
    """Where calcium goes in half a year of milk."""

    size = (8.8, 3.8)
    xlabel, xlim = "months", (0, 6)
    panels = (
        Panel("What bone gives", ("given by bone",), "mmol", (-900, 1600)),
        Panel("Where it goes", ("milk", "urine"), "mmol", (0, 4000)),
    )

    def curve(self, result, name):
        """A pool since the start; for bone what it has given away."""
        if name == "given by bone":
            x, bone = super().curve(result, "bone")
            return x, bone[0] - bone
        return super().curve(result, name)
