"""The lab of coupling: how much bone is built back, and who calls osteoblasts."""

import bonelab as bl
from bonelab.course.asking.prediction import Predict
from bonelab.figures.coupling_picture import CouplingPicture
from bonelab.figures.cycle_picture import Moment
from bonelab.parameters import DAYS_PER_YEAR, load
from bonelab.simulation.readings import coupling_gain

from .challenge import Challenge
from .controls import Control
from .factory import Lab
from .how_sure import HowSure
from .lines import Code, call
from .who_is_this import who

AGE = int(load("subjects").age_in_health)
POINTS, YEARS = 241, 3
LAST = int(YEARS * DAYS_PER_YEAR)  # the last whole day of a run
HIGHER, ALIKE, LOWER = (
    "at least five points higher", "within five points of it", "at least five points lower",
)  # fmt: skip


def sentence(result, values=None):
    """Rates, coupling gain and bone in one sentence."""
    final, coupled = result["run"].final, coupling_gain(result["run"], result["without"])
    words = (
        f"At the end resorption is {final['resorption']:.2f} and formation "
        f"{final['formation']:.2f} times healthy (P1NP is at {final['P1NP']:.0f}% of its start), "
        f"and the spine has {100 * final['bone volume spine']:.0f}% of its bone."
    )
    words += _sure(result)
    if coupled is None:
        return f"{words} Without extra RANKL there is no extra resorption for formation to follow."
    return f"{words} Of each unit of extra resorption, {coupled:.2f} came back as formation."


def _sure(result):
    """What the band around formation says, where somebody asked."""
    bands = getattr(result, "sure", lambda: None)()
    if bands is None:
        return ""
    band = bands.of("formation")
    return (
        f" {bands.share:.0%} of {len(bands.members)} models that fit about equally well have "
        f"formation between {band.low[-1]:.2f} and {band.high[-1]:.2f}."
    )


class Worlds(dict):
    """The runs with and without the extra RANKL, and the day on which one looks."""

    def __init__(self, runs, day, sure=lambda: None):
        super().__init__(runs)
        self.sure = sure
        self.moment = Moment(runs["run"], runs["without"], day=day)


def _bands(tail, reverse_share, formation_basal, extra_RANKL, **_):
    """The lines that make the band around a run: what the calibration leaves open."""
    changes = {"tail": tail, "reverse_share": reverse_share, "formation_basal": formation_basal}
    changes |= {"extra_RANKL": extra_RANKL} if extra_RANKL else {}
    woman = Code(call(f"bl.woman({AGE}).with_", **changes))
    bands = call("bl.prediction_bands", woman, years=YEARS, scatter=False)
    return f"import bonelab as bl\n\nbands = {bands}"


def _lines(tail, reverse_share, formation_basal, extra_RANKL, **_):
    changes = {"tail": tail, "reverse_share": reverse_share, "formation_basal": formation_basal}
    woman = call(f"bl.woman({AGE}).with_", **changes)
    more = call("woman.with_", extra_RANKL=extra_RANKL) if extra_RANKL else "woman"
    length = {"years": YEARS, "points": POINTS}
    return (
        f"import bonelab as bl\n\nwoman = {woman}\n"
        "run = {\n"
        f'    "run": {call("bl.simulate", Code(more), **length)},\n'
        f'    "without": {call("bl.simulate", Code("woman"), **length)},\n'
        "}"
    )


def coupling():
    """A remodelling unit whose osteoblasts listen to vesicles, to the matrix, or to nobody."""

    sure = HowSure(_bands)

    def clicked(values, where):
        if sure.clicked(lab, values, where):
            return ""
        return who(where, lab.seen.moment.values)

    lab = Lab(
        title="Coupling",
        question="When osteoclasts remove more bone, who tells osteoblasts to build more?",
        controls=[
            Control.choice(
                "tail", "RANKL's tail",
                options={"normal": 1.0, "cannot signal (P29A)": load("reverse").tail_P29A},
                tooltip="P29A RANKL binds RANK as ever, but its tail does not signal in reverse.",
            ),
            Control.from_parameter(
                "tissue", "reverse_share", label="Reverse share (w)",
                step=0.05,
            ),
            Control.from_parameter(
                "tissue", "formation_basal", label="Basal share (c₀)", step=0.01,
            ),
            Control.from_parameter("protocol", "extra_RANKL", step=0.01),
            Control.from_parameter("protocol", "day", default=LAST, high=LAST, step=5, play=10),
        ],
        lines=_lines,
        seen=lambda names, values: Worlds(
            names["run"], values["day"], lambda: sure.of(values)
        ),
        clicked=clicked,
        looking=("day",),
        picture=CouplingPicture,
        sentence=sentence,
        challenges=[
            Challenge(
                "Make two worlds that differ in the reverse share alone, and whose P1NP ends 20 "
                "points apart, with a normal tail.",
                reached=_two_worlds, pair=True,
            ),
            Challenge(
                "Raise resorption by a third for three years, and lose less than one percent of "
                "the bone of the spine.",
                reached=lambda result, values: result["run"].final["resorption"] >= 4 / 3
                and result["run"].final["bone volume spine"] > 0.99,
            ),
            Challenge(
                "Halve formation (0.45 to 0.55 times healthy) while osteoclasts and what they "
                "resorb stay within a tenth of health.",
                reached=_half_built,
            ),
        ],
        predict=Predict(
            "Extra RANKL raises resorption for three years, and the tail of RANKL is normal. In "
            "one world the matrix alone calls osteoblasts (w = 0), in another vesicles alone do "
            "(w = 1). How does P1NP end in the second world, compared with the first?",
            options=(HIGHER, ALIKE, LOWER),
            values={"reverse_share": 1}, blank=True,
            truth=_second_world,
            explain="Both ways carry the call, and in both worlds P1NP is above its start. The "
            "matrix tells how much was removed, whereas vesicles tell how many osteoclasts there "
            "are, and here these work more without being many more. A woman's P1NP would hardly "
            "tell the worlds apart.",
        ),
    )  # fmt: skip
    return lab


def _second_world(result):
    """P1NP of a world of vesicles beside that of a world of matrix, as the lab starts."""
    extra = bl.parameters.load("protocol").extra_RANKL
    matrix = bl.simulate(bl.woman(AGE).with_(reverse_share=0, extra_RANKL=extra), years=YEARS)
    points = result["run"].final["P1NP"] - matrix.final["P1NP"]
    return ALIKE if abs(points) < 5 else HIGHER if points > 0 else LOWER


def _two_worlds(result, values, other, others):
    apart = {name for name in values if values[name] != others[name]}
    P1NP = [each["run"].final["P1NP"] for each in (result, other)]
    return apart == {"reverse_share"} and values["tail"] == 1 and abs(P1NP[0] - P1NP[1]) >= 20


def _half_built(result, values):
    final = result["run"].final
    quiet = all(abs(final[name] - 1) <= 0.1 for name in ("osteoclasts", "resorption"))
    return quiet and 0.45 <= final["formation"] <= 0.55
