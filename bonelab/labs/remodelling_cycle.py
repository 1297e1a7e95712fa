"""Lab 0, the remodelling cycle: bone that is removed and replaced, and what tips the balance."""

import bonelab as bl
from bonelab.figures.panels import Panel
from bonelab.figures.remodelling_unit import RemodellingUnit
from bonelab.figures.side_by_side import SideBySide

from .controls import Control
from .factory import Lab
from .predict import Predict


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
        from bonelab.parameters import load

        final, b = result.final, load("binding")
        mixture = bl.binding.competition(
            final["RANKL"], b.RANK_tissue * final["precursors"], final["OPG"]
        )
        healthy = bl.binding.competition()
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


def _simulate(RANKL, OPG, years):
    return bl.simulate(bl.woman(30).with_(RANKL=RANKL, OPG=OPG), years=years)


def remodelling_cycle():
    """The living remodelling unit of a healthy adult: more or less RANKL, more or less OPG."""
    factor = {"low": 0.2, "high": 5, "default": 1, "scale": "log", "unit": "× healthy"}
    return Lab(
        title="Remodelling cycle",
        question="What does bone do when it makes more RANKL, or more OPG?",
        controls=[
            Control.slider("RANKL", "RANKL made", **factor,
                           tooltip="RANKL that each bone cell makes, relative to a healthy adult."),
            Control.slider("OPG", "OPG made", **factor,
                           tooltip="OPG that each bone cell makes, relative to a healthy adult."),
            Control.slider("years", "Years", low=1, high=6, default=3, step=1,
                           tooltip="How long the change lasts."),
        ],
        simulate=_simulate,
        picture=CyclePicture,
        sentence=_sentence,
        predict=Predict(
            "Bone cells make twice the RANKL for three years. What happens to the bone?",
            options=("there is more bone", "there is as much bone", "there is less bone"),
            values={"RANKL": 2},
            truth=lambda run: _in_words(run.final["bone volume spine"]),
            explain="Removal rises first and by more; building follows, because the two are "
            "coupled, but does not make up for all that was removed.",
        ),
    )  # fmt: skip


def _sentence(run, values):
    """The two curves and the bone of the spine at the end, in the words of the picture."""
    years = f"{values['years']:g} year{'s' if values['years'] != 1 else ''}"
    removal, building = (_times(run.final[name]) for name in ("resorption", "formation"))
    volume = 100 * run.final["bone volume spine"]
    if removal == building == "× 1.0":
        return f"After {years} removal and building are as in health, and so is the bone."
    return (
        f"After {years}: removal (resorption) {removal}, building (formation) {building}; "
        f"the spine holds {volume:.0f} % of its bone."
    )


def _times(value):
    return f"× {value:.1f}" if value >= 0.05 else "almost nil"


def _in_words(volume):
    if volume > 1.02:
        return "there is more bone"
    return "there is less bone" if volume < 0.98 else "there is as much bone"
