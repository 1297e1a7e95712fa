"""Lab 2, the decoy bench: who holds the RANKL."""

import numpy as np

import bonelab as bl
from bonelab.course.asking.predict import Predict
from bonelab.figures.decoy_picture import OPG_AXIS, DecoyPicture

from .controls import Control
from .factory import Lab

# genotype -> factors on RANKL, RANK and OPG, from the table of genotypes
GENOTYPES = ("wild type", "OPG-/-", "OPG-Tg", "RANKL-/-", "RANK-/-")


def _concentrations(rankl, opg, genotype):
    from bonelab.biology.subjects import conditions
    from bonelab.parameters import load

    p, changes = load("binding"), conditions("genotypes")[genotype].changes
    factor = {name: changes.get(name, 1.0) for name in ("RANKL", "RANK", "OPG")}
    return rankl * factor["RANKL"], p.RANK_tissue * factor["RANK"], opg * factor["OPG"]


def _simulate(rankl, opg, Kd_OPG, Kd_RANK, genotype):
    L, R, O = _concentrations(rankl, opg, genotype)
    p = bl.parameters.load("binding", Kd_OPG=Kd_OPG, Kd_RANK=Kd_RANK)
    axis = np.geomspace(*OPG_AXIS, 121)
    return {
        "now": bl.binding.competition(L, R, O, parameters=p),
        "along OPG": bl.binding.competition(L, R, axis, parameters=p),
        "rank": R,
        "opg": O,
    }


def _code(values):
    L, R, O = _concentrations(values["rankl"], values["opg"], values["genotype"])
    return (
        "import numpy as np\n\nimport bonelab as bl\n\n"
        f'p = bl.parameters.load("binding", Kd_OPG={values["Kd_OPG"]!r}, '
        f"Kd_RANK={values['Kd_RANK']!r})\n"
        f"now = bl.binding.competition(rankl={L!r}, rank={R!r}, opg={O!r}, parameters=p)\n"
        f"axis = np.geomspace({OPG_AXIS[0]}, {OPG_AXIS[1]}, 121)  # nM of OPG\n"
        f"along = bl.binding.competition(rankl={L!r}, rank={R!r}, opg=axis, parameters=p)\n"
        f'run = {{"now": now, "along OPG": along, "rank": {R!r}, "opg": {O!r}}}'
    )


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
            Control.from_parameter("binding", "RANKL_tissue", name="rankl", label="Total RANKL",
                                   low=0.01, high=10, scale="log"),
            Control.from_parameter("binding", "OPG_tissue", name="opg", label="Total OPG",
                                   low=0.01, high=20, scale="log", zero=True),
            Control.from_parameter("binding", "Kd_OPG", label="Kd of OPG for RANKL"),
            Control.from_parameter("binding", "Kd_RANK", label="Kd of RANK for RANKL",
                                   scale="log"),
        ],
        simulate=_simulate,
        picture=DecoyPicture,
        sentence=lambda result, values: result["now"].summary(),
        code=_code,
        predict=Predict(
            "With twice as much OPG as RANKL (0.4 and 0.2 nM) 21 % of RANK is occupied. RANKL "
            "doubles to 0.4 nM. Which share of RANK is occupied then?",
            low=0, high=100, unit="%", values={"rankl": 0.4},
            truth=lambda result: 100 * float(result["now"].occupancy),
            explain="The free RANKL nearly triples, for OPG fills up, and RANK has room.",
        ),
    )  # fmt: skip
