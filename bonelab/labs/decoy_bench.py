"""Lab 2, the decoy bench: who holds the RANKL."""

from bonelab.biology.conditions import conditions
from bonelab.course.asking.prediction import Predict
from bonelab.figures.decoy_picture import OPG_AXIS, DecoyPicture

from .controls import Control
from .factory import Lab
from .lines import call

# genotype -> factors on RANKL, RANK and OPG, from the table of genotypes
GENOTYPES = ("wild type", "OPG-/-", "OPG-Tg", "RANKL-/-", "RANK-/-")


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
    return Lab(
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
        sentence=lambda result, values: result["now"].summary(),
        predict=Predict(
            "With twice as much OPG as RANKL (0.4 and 0.2 nM) 21 % of RANK is occupied. RANKL "
            "doubles to 0.4 nM. Which share of RANK is occupied then?",
            low=0, high=100, unit="%", values={"rankl": 0.4},
            truth=lambda result: 100 * float(result["now"].occupancy),
            explain="The free RANKL nearly triples, for OPG fills up, and RANK has room.",
        ),
    )  # fmt: skip
