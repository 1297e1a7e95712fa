"""Lab 8, open questions: how far a vesicle gets into bone, and what RANKL does elsewhere."""

from functools import cache

import bonelab as bl
from bonelab.biology.beyond_bone import vesicles
from bonelab.course.asking.predict import Predict
from bonelab.figures.open_picture import DEEP, DEPTHS, PLACES, OpenPicture

from .controls import Control
from .factory import Lab

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
    """What the code shown gives (share at depth, run elsewhere), and what the picture needs."""

    def __init__(self, shares, elsewhere, *, transport, place, usual):
        super().__init__({"share at depth": shares, "elsewhere": elsewhere})
        self.transport, self.place, self.usual = transport, place, usual


def _fits(vesicle, canaliculus):
    return vesicles.fits(vesicle, canaliculus, bl.parameters.load("beyond_bone").process)


def _diffusivity(vesicle):
    p = bl.parameters.load("beyond_bone")
    return vesicles.diffusivity_of(vesicle, p.vesicle_diffusivity, p.vesicle_mode)


@cache
def _elsewhere(text):
    place, changes = ELSEWHERE[text]
    return getattr(bl.beyond_bone, PLACES[place][0])(**changes)


def _usual(text):
    return next(other for other in ELSEWHERE if ELSEWHERE[other][0] == ELSEWHERE[text][0])


def _simulate(vesicle, canaliculus, half_life, partition, elsewhere):
    p = bl.parameters.load("beyond_bone")
    D, enters = _diffusivity(vesicle), partition if _fits(vesicle, canaliculus) else 0.0
    life = f"{half_life} minutes"
    shares = [
        bl.beyond_bone.vesicle_transport(depth, life, D, enters, hours=1).facts["steady share"]
        for depth in DEPTHS
    ]
    transport = {
        "vesicle": vesicle,
        "canaliculus": canaliculus,
        "process": p.process,
        "fibres": p.fibre_spacing,
        "gap": vesicles.gap(canaliculus, p.process),
        "depths": DEPTHS,
        "shares": shares,
    }
    place, usual = ELSEWHERE[elsewhere][0], _elsewhere(_usual(elsewhere))
    return Reach(shares, _elsewhere(elsewhere), transport=transport, place=place, usual=usual)


def _code(values):
    enters = values["partition"] if _fits(values["vesicle"], values["canaliculus"]) else 0.0
    return (
        "import bonelab as bl\n\n"
        f"# vesicles of {values['vesicle']:g} nm, canaliculus of {values['canaliculus']:g} nm\n"
        f"D = {_diffusivity(values['vesicle'])!r}  # um2/s\n"
        "shares = [\n"
        f"    bl.beyond_bone.vesicle_transport(\n"
        f'        depth, "{values["half_life"]} minutes", D, partition={enters!r}, hours=1\n'
        '    ).facts["steady share"]\n'
        f"    for depth in range(0, {DEPTHS[-1] + 1}, {DEPTHS[1]})\n"
        "]\n"
        f"{_elsewhere(values['elsewhere']).code.replace('run = ', 'elsewhere = ')}\n"
        'run = {"share at depth": shares, "elsewhere": elsewhere}'
    )


def _share(share):
    """A share in words: 67 %, a power of ten for a tiny one, a bound for one that is no number."""
    if 0 < share < LEAST:
        return "fewer than one in a thousand million"
    if share > 5e-4 or share == 0:
        return f"{100 * share:.2g} %"
    digit, power = f"{share:.0e}".split("e")
    return f"a share of {digit}·10{str(int(power)).translate(_RAISED)}"


def _sentence(result, values):
    p, there = bl.parameters.load("beyond_bone"), result.transport
    deep = _share(result["share at depth"][DEPTHS.index(DEEP)])
    way = (
        f"{deep} of the vesicles at the surface get 40 µm deep"
        if _fits(there["vesicle"], there["canaliculus"])
        else f"a hard ball of {there['vesicle']:.0f} nm does not enter a gap of "
        f"{there['gap']:.0f} nm"
    )
    hard = vesicles.ogston_partition(there["vesicle"], p.fibre_spacing, p.fibre_radius)
    return (
        f"In this run {way}. Of hard balls, fibres {p.fibre_spacing:g} nm apart would let in "
        f"{_share(hard)}; for soft vesicles nobody knows. {result['elsewhere'].summary()}"
    )


def open_questions():
    """How far a vesicle gets in bone, and what RANKL does in four places beyond bone."""
    p = bl.parameters.load("beyond_bone")
    return Lab(
        title="Open questions",
        question="Do vesicles reach osteocytes, and what else in the body listens to RANKL?",
        controls=[
            Control.slider("vesicle", "Vesicle width", unit="nm", low=30, high=200, step=5,
                           default=p.vesicle_mode,
                           tooltip=p.record("vesicle_mode").describe()),
            Control.slider("canaliculus", "Canaliculus width", unit="nm", low=100, high=400,
                           step=5, default=300,
                           tooltip=p.record("canaliculus").describe()),
            Control.slider("half_life", "Half-life", unit="minutes", low=2, high=360,
                           default=30, scale="log",
                           tooltip=p.record("vesicle_half_life").describe()),
            Control.slider("partition", "Share that passes (Φ)", low=1e-9, high=1,
                           default=1, scale="log",
                           tooltip="The partition: nobody has measured it for vesicles in bone."),
            Control.choice("elsewhere", "Elsewhere", options=list(ELSEWHERE),
                           tooltip="Small models of four places; only directions are claimed."),
        ],
        simulate=_simulate,
        picture=OpenPicture,
        sentence=_sentence,
        code=_code,
        predict=Predict(
            "Suppose vesicles enter the canaliculi freely. With a half-life of 30 minutes, 67 % of "
            "those at the bone surface get to an osteocyte 40 µm deep. How many get there when "
            "the half-life is 2 minutes?",
            low=1, high=100, unit="%", values={"half_life": 2},
            truth=lambda result: 100 * float(result["share at depth"][DEPTHS.index(DEEP)]),
            explain="A fifteenth of the time makes the depth about a quarter, not a fifteenth: "
            "diffusion goes with the square root. Whether vesicles enter at all is the open "
            "question.",
        ),
    )  # fmt: skip
