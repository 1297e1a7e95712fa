"""Lab 8, open questions: how far a vesicle gets into bone, and what RANKL does elsewhere."""

from functools import cache

import bonelab as bl
from bonelab.course.asking.prediction import Predict
from bonelab.figures.open_picture import DEEP, DEPTHS, PLACES, OpenPicture
from bonelab.parameters import write

from .controls import Control
from .factory import Lab
from .lines import Code, call

WEEKS = "16 weeks"
LEAST = 5e-10  # shares below are not worth a number
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")

# text shown -> (place, what is changed there); the first of each place is its grey curve
ELSEWHERE = {
    "immune: RANK as usual": ("immune", {}),
    "immune: cells without RANK": ("immune", {"rank": 0}),
    "immune: 20 nM OPG": ("immune", {"opg": "20 nM"}),
    "artery: OPG as usual": ("artery", {}),
    "artery: no OPG": ("artery", {"opg": 0}),
    "artery: no OPG, treated from birth": (
        "artery", {"opg": 0, "treat_from": "0 days", "treat_for": WEEKS},
    ),
    "artery: no OPG, treated from week 8": (
        "artery", {"opg": 0, "treat_from": "8 weeks", "treat_for": "8 weeks"},
    ),
    "breast: RANKL and RANK as usual": ("breast", {}),
    "breast: no RANKL": ("breast", {"rankl": 0}),
    "breast: no RANKL, 1 nM injected": ("breast", {"rankl": 0, "injected": "1 nM"}),
    "breast: no RANK, 1 nM injected": ("breast", {"rank": 0, "injected": "1 nM"}),
    "brain: 1 nM RANKL": ("brain", {}),
    "brain: 1 nM RANKL, no RANK": ("brain", {"rank": 0}),
    "brain: 1 nM RANKL, COX2 blocked": ("brain", {"cox": 0}),
}  # fmt: skip


class Reach(dict):
    """The runs of the lab, and what the picture needs besides."""

    def __init__(self, runs, *, transport, place, usual):
        super().__init__(runs)
        self.transport, self.place, self.usual = transport, place, usual


@cache
def _usual(place):
    """The run at one place with nothing changed: its grey curve."""
    return getattr(bl.beyond_bone, PLACES[place][0])()


def _lines(vesicle, canaliculus, half_life, partition, elsewhere):
    place, changes = ELSEWHERE[elsewhere]
    way = {"vesicle": f"{write(vesicle)} nm", "canaliculus": f"{write(canaliculus)} nm"}
    way |= {"partition": partition, "hours": 1}
    transport = call("bl.beyond_bone.vesicle_transport", Code("depth"),
                     f"{write(half_life)} minutes", **way)  # fmt: skip
    return (
        "import bonelab as bl\n\n"
        "ways = {\n"
        f"    depth: {transport}\n"
        f"    for depth in range(0, {DEPTHS[-1] + 1}, {DEPTHS[1]})  # um\n"
        "}\n"
        'shares = [way.facts["steady share"] for way in ways.values()]\n'
        f"elsewhere = {call(f'bl.beyond_bone.{PLACES[place][0]}', **changes)}\n"
        f'run = {{"share at depth": shares, "way": ways[{DEEP}], "elsewhere": elsewhere}}'
    )


def _seen(names, values):
    p, run = bl.parameters.load("beyond_bone"), names["run"]
    facts = run["way"].facts
    transport = {
        "vesicle": values["vesicle"],
        "canaliculus": values["canaliculus"],
        "process": p.process,
        "fibres": p.fibre_spacing,
        "gap": facts["gap (nm)"],
        "depths": DEPTHS,
        "shares": run["share at depth"],
    }
    place = ELSEWHERE[values["elsewhere"]][0]
    return Reach(run, transport=transport, place=place, usual=_usual(place))


def _share(share):
    """A share in words: 67 %, a power of ten for a tiny one, a bound for one that is no number."""
    if 0 < share < LEAST:
        return "fewer than one in a thousand million"
    if share > 5e-4 or share == 0:
        return f"{100 * share:.2g} %"
    digit, power = f"{share:.0e}".split("e")
    return f"a share of {digit}·10{str(int(power)).translate(_RAISED)}"


def _sentence(result, values):
    p, way = bl.parameters.load("beyond_bone"), result["way"].facts
    if way["vesicle (nm)"] <= way["gap (nm)"]:
        words = f"{_share(way['steady share'])} of the vesicles at the surface get {DEEP} µm deep"
    elif way["gap (nm)"] > 0:
        words = (
            f"a hard ball of {way['vesicle (nm)']:.0f} nm does not enter a gap of "
            f"{way['gap (nm)']:.0f} nm"
        )
    else:
        words = "the cell process fills the canaliculus, as it does in no bone, and nothing enters"
    return (
        f"In this run {words}. Of hard balls, fibres {p.fibre_spacing:g} nm apart would let in "
        f"{_share(way['Ogston partition'])}; for soft vesicles nobody knows. "
        f"{result['elsewhere'].summary()}"
    )


def open_questions():
    """How far a vesicle gets in bone, and what RANKL does in four places beyond bone."""
    p = bl.parameters.load("beyond_bone")
    return Lab(
        title="Open questions",
        question="Do vesicles reach osteocytes, and what else in the body listens to RANKL?",
        controls=[
            Control.from_parameter("protocol", "vesicle_width", name="vesicle", step=5,
                                   scale="linear", default=p.vesicle_mode),
            Control.from_parameter("protocol", "canaliculus_width", name="canaliculus", step=5),
            Control.from_parameter("protocol", "vesicle_life", name="half_life"),
            Control.from_parameter("protocol", "partition"),
            Control.choice("elsewhere", "Elsewhere", options=list(ELSEWHERE),
                           tooltip="Small models of four places; only directions are claimed."),
        ],
        lines=_lines,
        seen=_seen,
        picture=OpenPicture,
        sentence=_sentence,
        predict=Predict(
            "Suppose vesicles enter the canaliculi freely. With a half-life of 30 minutes, 67% of "
            "those at the bone surface get to an osteocyte 40 µm deep. How many get there when "
            "the half-life is 2 minutes?",
            low=1, high=100, unit="%", values={"half_life": 2},
            truth=lambda result: 100 * float(result["share at depth"][DEPTHS.index(DEEP)]),
            explain="A fifteenth of the time makes the depth about a quarter, not a fifteenth: "
            "diffusion goes with the square root. Whether vesicles enter at all is the open "
            "question.",
        ),
    )  # fmt: skip
