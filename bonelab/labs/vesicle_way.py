"""The way of a vesicle: through the door of a canaliculus, and from there to an osteocyte."""

import math

import bonelab as bl
from bonelab.biology.beyond_bone.vesicle_equations import (
    diffusivity_of,
    fits,
    gap,
    steady_share,
)
from bonelab.course.asking.prediction import Predict
from bonelab.figures.way_picture import DEEP, DEPTHS, WayPicture
from bonelab.parameters import write

from .challenge import Challenge
from .controls import Control
from .factory import Lab
from .lines import Code, call

SECONDS_PER_MINUTE = 60
LEAST = 5e-10  # shares below are not worth a number
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
RANGES = {"half_life": "vesicle_life", "vesicle": "vesicle_width", "partition": "partition"}
WORDS = {
    "half_life": "how long a vesicle lasts",
    "vesicle": "how wide it is",
    "partition": "which share passes the door",
}


class Way(dict):
    """The results of the lab, and what the drawing takes besides."""

    def __init__(self, results, transport):
        super().__init__(results)
        self.transport = transport


def _lines(vesicle, canaliculus, half_life, partition, follow):
    way = {"vesicle": f"{write(vesicle)} nm", "canaliculus": f"{write(canaliculus)} nm"}
    way |= {"partition": partition, "hours": 1}

    def transport(depth):
        half = f"{write(half_life)} minutes"
        return call("bl.beyond_bone.vesicle_transport", depth, half, **way)

    return (
        "import bonelab as bl\n\n"
        "ways = {\n"
        f"    depth: {transport(Code('depth'))}\n"
        f"    for depth in range(0, {DEPTHS[-1] + 1}, {DEPTHS[1]})  # um\n"
        "}\n"
        'shares = [way.facts["steady share"] for way in ways.values()]\n'
        f"way = {transport(follow)}\n"
        'run = {"share at depth": shares, "way": way}'
    )


def _seen(names, values):
    p, run = bl.parameters.load("beyond_bone"), names["run"]
    otherwise = {unknown: _ends(unknown, values) for unknown in RANGES}
    transport = {
        "vesicle": values["vesicle"],
        "canaliculus": values["canaliculus"],
        "process": p.process,
        "fibres": p.fibre_spacing,
        "gap": run["way"].facts["gap (nm)"],
        "depths": DEPTHS,
        "shares": run["share at depth"],
        "follow": values["follow"],
    }
    return Way(run | {"otherwise": otherwise}, transport)


def _ends(unknown, values):
    """The least and the most that would get there, were one unknown anywhere in its range."""
    record = bl.parameters.load("protocol").record(RANGES[unknown])
    high = record.high
    if unknown == "vesicle":  # of those that fit: a wider one does not enter
        p = bl.parameters.load("beyond_bone")
        high = max(min(high, gap(values["canaliculus"], p.process)), record.low)
    shares = [_share_at(values | {unknown: end}) for end in (record.low, high)]
    return min(shares), max(shares)


def _share_at(values):
    """The share that gets as deep as one follows, by the formula that the runs are settled on."""
    p = bl.parameters.load("beyond_bone")
    if not fits(values["vesicle"], values["canaliculus"], p.process):
        return 0.0
    D = diffusivity_of(values["vesicle"], p.vesicle_diffusivity, p.vesicle_mode)
    half_life = SECONDS_PER_MINUTE * values["half_life"]
    return float(steady_share(values["follow"], values["partition"], D, half_life))


def _share(share):
    """A share in words: 67%, a power of ten for a tiny one, a bound for one that is no number."""
    if 0 < share < LEAST:
        return "fewer than one in a thousand million"
    if share > 5e-4 or share == 0:
        return f"{100 * share:.2g}%" if share < 0.995 else "100%"
    digit, power = f"{share:.0e}".split("e")
    return f"a share of {digit}·10{str(int(power)).translate(_RAISED)}"


def _sentence(result, values):
    p, way = bl.parameters.load("beyond_bone"), result["way"].facts
    depth = values["follow"]
    if way["vesicle (nm)"] <= way["gap (nm)"]:
        where = f"get {depth:g} µm deep" if depth else "pass the door"
        words = f"{_share(way['steady share'])} of the vesicles at the surface {where}"
    elif way["gap (nm)"] > 0:
        words = (
            f"a hard ball of {way['vesicle (nm)']:.0f} nm does not enter a gap of "
            f"{way['gap (nm)']:.0f} nm"
        )
    else:
        words = "the cell process fills the canaliculus, as it does in no bone, and nothing enters"
    return (
        f"In this run {words}. Of hard balls, fibres {p.fibre_spacing:g} nm apart would let in "
        f"{_share(way['Ogston partition'])}; for soft vesicles nobody knows."
    )


def _way(result):
    """Share of those that passed the door which get as deep as one follows."""
    facts = result["way"].facts
    return math.exp(-facts["depth (um)"] / facts["decay length (um)"])


def _fits(result):
    facts = result["way"].facts
    return facts["vesicle (nm)"] <= facts["gap (nm)"]


def _narrow_door(result, values):
    deep = result["share at depth"][DEPTHS.index(DEEP)]
    return values["partition"] <= 0.0121 and deep > 0.01


def _same_cost(result, values):
    door = values["partition"]
    return _fits(result) and door < 0.95 and abs(math.log(door / _way(result))) < 0.07


def _fits_in_vain(result, values):
    facts = result["way"].facts
    widest = facts["gap (nm)"] - 5 < facts["vesicle (nm)"] <= facts["gap (nm)"]
    return widest and result["share at depth"][DEPTHS.index(DEEP)] < 1e-6


def vesicle_way():
    """Vesicle, gap, half-life and door: how many get from the bone surface to an osteocyte."""
    p = bl.parameters.load("beyond_bone")
    return Lab(
        title="Vesicle way",
        question="Can a bubble from an osteoclast reach a cell that is walled in?",
        controls=[
            Control.from_parameter("protocol", "vesicle_width", name="vesicle", step=5,
                                   scale="linear", default=p.vesicle_mode),
            Control.from_parameter("protocol", "canaliculus_width", name="canaliculus", step=5),
            Control.from_parameter("protocol", "vesicle_life", name="half_life"),
            Control.from_parameter("protocol", "partition"),
            Control.from_parameter("protocol", "follow", step=DEPTHS[1], scale="linear"),
        ],
        lines=_lines,
        seen=_seen,
        picture=WayPicture,
        sentence=_sentence,
        challenges=[
            Challenge(
                "Only 12 in 1,000 vesicles pass the door (Φ = 0.012). Bring more than 10 in 1,000 "
                f"to {DEEP} µm.",
                reached=_narrow_door,
            ),
            Challenge(
                "Let the door and the way cost the same share of vesicles, as far as you follow "
                "them.",
                reached=_same_cost,
            ),
            Challenge(
                "Find the widest vesicle that fits into the gap, and see to it that fewer than "
                f"one in a million get {DEEP} µm deep.",
                reached=_fits_in_vain,
            ),
        ],
        predict=Predict(
            "Three numbers decide how many vesicles get from the bone surface to a cell 40 µm "
            "deep. Which of them leaves the answer most open, if each may be anywhere in its "
            "range?",
            options=tuple(WORDS.values()), blank=True,
            truth=_most_open,
            explain="A longer life changes the answer a few times over. The share that passes the "
            "door may be anything from all to one in a thousand million, because nobody has "
            "measured it for vesicles in bone. That number should be measured first.",
        ),
    )  # fmt: skip


def _most_open(result):
    protocol = bl.parameters.load("protocol")
    start = {unknown: getattr(protocol, record) for unknown, record in RANGES.items()}
    start |= {"canaliculus": protocol.canaliculus_width, "follow": DEEP}
    ends = {unknown: _ends(unknown, start) for unknown in RANGES}
    return WORDS[max(ends, key=lambda unknown: ends[unknown][1] / max(ends[unknown][0], 1e-300))]
