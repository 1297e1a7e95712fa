"""The decoy bench: who holds the RANKL."""

import numpy as np

import bonelab as bl
from bonelab.biology.conditions import conditions
from bonelab.course.asking.prediction import Predict
from bonelab.figures.decoy_picture import OPG_AXIS, DecoyPicture

from .challenge import Challenge
from .controls import Control
from .factory import Lab
from .lines import call
from .who_is_this import who_holds

# genotype -> factors on RANKL, RANK and OPG, from the table of genotypes
GENOTYPES = ("wild type", "OPG-/-", "OPG-Tg", "RANKL-/-", "RANK-/-")
GRIPS = ("Kd_OPG", "Kd_RANK")

NEAR = "where there is hardly any OPG"
TWICE = "where there is about as much OPG as RANKL, or twice as much"
MUCH = "where there is much more OPG than RANKL"


def _lines(rankl, opg, Kd_OPG, Kd_RANK, genotype):
    p = call("bl.parameters.load", "binding", Kd_OPG=Kd_OPG, Kd_RANK=Kd_RANK)
    mouse = conditions("genotypes")[genotype].changes
    made = {name: mouse.get(name, 1) for name in ("RANKL", "RANK", "OPG")}  # wild type = 1
    return (
        "import numpy as np\n\nimport bonelab as bl\n\n"
        f"p = {p}\n"
        f"rankl, opg = {_times(rankl, made['RANKL'])}, {_times(opg, made['OPG'])}  # nM\n"
        f"rank = {_times('p.RANK_tissue', made['RANK'])}\n"
        "now = bl.binding.competition(rankl, rank, opg, parameters=p)\n"
        f"axis = np.geomspace({OPG_AXIS[0]}, {OPG_AXIS[1]}, 121)  # nM of OPG\n"
        "along = bl.binding.competition(rankl, rank, axis, parameters=p)\n"
        'run = {"now": now, "along OPG": along, "rank": rank, "opg": opg}'
    )


def _times(amount, factor):
    """An amount of the wild type, and what a genotype makes of it."""
    return f"{amount}" if factor == 1 else f"{amount} * {factor:g}"


def decoy_bench():
    """RANKL, RANK and the decoy OPG in one drop of fluid: total amounts and affinities."""

    def clicked(values, where):
        return who_holds(where, lab.run["now"], values["Kd_OPG"])

    lab = Lab(
        title="Decoy bench",
        question="Who holds the RANKL, and how much of it is left for RANK?",
        controls=[
            Control.choice(
                "genotype", "Mouse", options=GENOTYPES,
                tooltip="Knock-outs (-/-) and a mouse that makes five times the OPG (Tg).",
            ),
            Control.from_parameter("protocol", "mixture_RANKL", name="rankl"),
            Control.from_parameter("protocol", "mixture_OPG", name="opg", log_from=0.01),
            Control.from_parameter("binding", "Kd_OPG"),
            Control.from_parameter("binding", "Kd_RANK", scale="log"),
        ],
        lines=_lines,
        picture=DecoyPicture,
        clicked=clicked,
        sentence=lambda result, values: result["now"].summary(),
        challenges=[
            Challenge(
                "With 0.2 nM RANKL, find two amounts of OPG (not zero), one at least a hundred "
                "times the other, and each so that its double changes the occupancy of RANK by "
                "less than one point.",
                reached=_little_at_both_ends, pair=True,
            ),
            Challenge(
                "Find two mixtures with twice as much OPG as RANKL, one of which occupies twice as "
                "much RANK as the other, in one mouse and with the same grips.",
                reached=_same_ratio, pair=True,
            ),
            Challenge(
                "With half of the healthy OPG (0.2 nM) and everything else as it was, bring "
                "occupancy back to health by the grip of OPG alone.",
                reached=_by_its_grip,
            ),
        ],
        predict=Predict(
            "There are 0.2 nM RANKL. Where on the axis of OPG does one more nanomole per litre "
            "take most of the occupancy of RANK away?",
            options=(NEAR, TWICE, MUCH), blank=True,
            truth=_steepest,
            explain="Per nanomole the first OPG counts most, because it meets RANKL that nobody "
            "holds. Per doubling OPG counts most where there is about as much of it as of RANKL, "
            "and that is what a logarithmic axis shows.",
        ),
    )  # fmt: skip
    return lab


def _steepest(result):
    along = result["along OPG"]
    axis = np.geomspace(*OPG_AXIS, len(along.occupancy))
    steepest = axis[np.argmin(np.gradient(along.occupancy, axis))]
    return NEAR if steepest < 0.1 else TWICE if steepest < 1 else MUCH


def _little_at_both_ends(result, values, other, others):
    pair = (result, values), (other, others)
    if any(each["rankl"] != 0.2 for each in (values, others)) or not _amounts_alone(values, others):
        return False
    low, high = sorted(float(each["now"].opg) for each, _ in pair)
    return 0 < 100 * low <= high and all(_doubling_is_little(*each) for each in pair)


def _amounts_alone(values, others):
    """True where mouse and grips are the same."""
    return all(values[name] == others[name] for name in ("genotype", *GRIPS))


def _doubling_is_little(result, values):
    now = result["now"]
    if not now.opg or not now.rank or not now.total:
        return False
    grips = {name: values[name] for name in GRIPS}
    p = bl.parameters.load("binding", **grips)
    twice = bl.binding.competition(now.total, now.rank, 2 * now.opg, parameters=p)
    return 100 * float(now.occupancy - twice.occupancy) < 1


def _same_ratio(result, values, other, others):
    if not _amounts_alone(values, others):
        return False
    mixtures = [each["now"] for each in (result, other)]
    if any(not m.rank or abs(m.opg - 2 * m.total) > 0.02 * m.total for m in mixtures):
        return False
    low, high = sorted(float(mixture.occupancy) for mixture in mixtures)
    return low > 0 and high >= 2 * low


def _by_its_grip(result, values):
    healthy = 100 * float(bl.binding.competition().occupancy)
    start = {"genotype": "wild type", "rankl": 0.2, "opg": 0.2, "Kd_RANK": 0.2}
    as_asked = all(values[name] == value for name, value in start.items())
    return as_asked and abs(100 * float(result["now"].occupancy) - healthy) < 1
