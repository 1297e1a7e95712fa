"""The remodelling cycle: bone that is removed and replaced, and what tips the balance."""

from functools import cache

import bonelab as bl
from bonelab.course.asking.prediction import Predict
from bonelab.figures.cycle_picture import CyclePicture, Moment
from bonelab.simulation.readings import first_moved

from .challenge import Challenge
from .controls import Control
from .factory import Lab
from .lines import Code, call
from .who_is_this import who

AGE = int(bl.parameters.load("subjects").age_in_health)
FORMED, RESORBED, BOTH = "formation moves first", "resorption moves first", "both move together"


def _lines(RANKL, OPG, years, **_):
    woman = call(f"bl.woman({AGE}).with_", RANKL=RANKL, OPG=OPG)
    return f"run = {call('bl.simulate', Code(woman), years=years)}"


def remodelling_cycle():
    """The living remodelling unit of a healthy adult: more or less RANKL, more or less OPG."""

    def clicked(values, where):
        if where == "today":
            return {"RANKL": 2, "start": values["day"]}
        return who(where, lab.seen.values)

    lab = Lab(
        title="Remodelling cycle",
        question="What does bone do when it makes more RANKL, or more OPG?",
        controls=[
            Control.from_parameter("protocol", "made_RANKL", name="RANKL", scale="log"),
            Control.from_parameter("protocol", "made_OPG", name="OPG", scale="log"),
            Control.from_parameter("protocol", "years", step=1),
            Control.from_parameter("protocol", "start_day", name="start", step=10),
            Control.from_parameter("protocol", "day", step=5, play=8),
        ],
        lines=_lines,
        seen=_seen,
        clicked=clicked,
        looking=("day",),
        picture=CyclePicture,
        sentence=_sentence,
        challenges=[
            Challenge(
                "Bring bone through six years of twice the RANKL within one percent of where it "
                "was, with OPG alone.",
                reached=lambda run, values: values["RANKL"] == 2 and values["years"] == 6
                and abs(run.final["bone volume spine"] - 1) <= 0.01,
            ),
            Challenge(
                "Make formation exceed resorption by a tenth of the healthy rate, for a month, "
                "although cells make at least twice the RANKL.",
                reached=lambda run, values: values["RANKL"] >= 2 and _building_ahead(run),
            ),
        ],
        predict=Predict(
            "From one day on, bone cells make twice the RANKL. Which of the two rates moves first?",
            options=(FORMED, RESORBED, BOTH),
            values={"RANKL": 2}, blank=True,
            truth=_first,
            explain="RANKL acts on osteoclasts within days. Osteoblasts answer to what osteoclasts "
            "do, and they need weeks to be made.",
        ),
    )  # fmt: skip
    return lab


@cache
def _healthy():
    """The woman before anything changes."""
    return bl.simulate(bl.woman(AGE), days=1)


def _seen(names, values):
    return Moment(names["run"], _healthy(), values["start"], values["day"])


def _sentence(moment, values):
    """The two curves and the bone of the spine at the end, in the words of the picture."""
    run = moment.run
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


def _first(run):
    """Which rate is the first to be a twentieth away from health."""
    days = {name: first_moved(run, name, 0.05) for name in ("resorption", "formation")}
    if abs(days["resorption"] - days["formation"]) < 1:
        return BOTH
    return RESORBED if days["resorption"] < days["formation"] else FORMED


def _building_ahead(run):
    ahead = run.time[run["formation"] - run["resorption"] >= 0.1]
    return len(ahead) > 1 and ahead[-1] - ahead[0] >= 30
