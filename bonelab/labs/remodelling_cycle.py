"""Lab 0, the remodelling cycle: bone that is removed and replaced, and what tips the balance."""

from bonelab.course.asking.prediction import Predict
from bonelab.figures.cycle_picture import CyclePicture

from .controls import Control
from .factory import Lab
from .lines import Code, call


def _lines(RANKL, OPG, years):
    woman = call("bl.woman(30).with_", RANKL=RANKL, OPG=OPG)
    return f"run = {call('bl.simulate', Code(woman), years=years)}"


def remodelling_cycle():
    """The living remodelling unit of a healthy adult: more or less RANKL, more or less OPG."""
    return Lab(
        title="Remodelling cycle",
        question="What does bone do when it makes more RANKL, or more OPG?",
        controls=[
            Control.from_parameter("protocol", "made_RANKL", name="RANKL", scale="log"),
            Control.from_parameter("protocol", "made_OPG", name="OPG", scale="log"),
            Control.from_parameter("protocol", "years", step=1),
        ],
        lines=_lines,
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
    resorbed, formed = (_times(run.final[name]) for name in ("resorption", "formation"))
    volume = 100 * run.final["bone volume spine"]
    if resorbed == formed == _times(1):
        return f"After {years}, resorption and formation are about as in health, and so is bone."
    return (
        f"After {years}, resorption is {resorbed} and formation is {formed}; the spine holds "
        f"{volume:.0f}% of the bone that it had."
    )


def _times(value):
    return f"{value:.1f} times the healthy rate" if value >= 0.05 else "almost zero"


def _in_words(volume):
    if volume > 1.02:
        return "there is more bone"
    return "there is less bone" if volume < 0.98 else "there is as much bone"
