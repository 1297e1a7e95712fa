"""Lab 2, the decoy bench: who holds the RANKL."""

import numpy as np

import bonelab as bl
from bonelab.figures import style
from bonelab.figures.binding_picture import BindingPicture
from bonelab.figures.panels import Panel
from bonelab.figures.side_by_side import SideBySide

from .controls import Control
from .factory import Lab
from .predict import Predict

OPG_AXIS = (0.01, 100)  # nM
# genotype -> factors on RANKL, RANK and OPG, from the table of genotypes
GENOTYPES = ("wild type", "OPG-/-", "OPG-Tg", "RANKL-/-", "RANK-/-")


class DecoyPicture(SideBySide):
    """Who holds RANKL, and how RANK occupancy falls as OPG rises."""

    size = (8.6, 4.3)
    scene = BindingPicture
    scene_width = 1.05
    xlabel, xlim = "total OPG (nM)", OPG_AXIS
    panels = (
        Panel("RANK occupied by RANKL", ("occupancy",), "%", (0, 105)),
        Panel("Free RANKL", ("RANKL",), "% of all RANKL", (0, 105)),
    )

    def build(self, result):
        """Logarithmic axes, and a dot where the mixture stands."""
        super().build(result)
        self.standing = {}
        for line_panel in self.line_panels:
            axes, name = line_panel.axes, line_panel.panel.series[0]
            axes.set_xscale("log")
            (self.standing[name],) = axes.plot(
                [], [], "o", ms=12, mec=style.INK, mew=1.5, color=style.COLOUR[name], zorder=5
            )
        self.moving += self.standing.values()

    def curve(self, result, name):
        """Occupancy and free share along the OPG axis, in percent."""
        along = result["along OPG"]
        share = along.occupancy if name == "occupancy" else along.shares()["free"]
        return np.geomspace(*OPG_AXIS, len(share)), 100 * share

    def scene_values(self, result):
        """Shares of RANKL for the drawing."""
        now = result["now"]
        shares = now.shares()
        return {
            "on_rank": float(shares["on RANK"]),
            "on_opg": float(shares["on OPG"]),
            "rank": result["rank"] / max(now.total, 1e-9),
            "rankl": now.total,
        }

    def update(self, result):
        """Move the curves, the drawing and the dots."""
        super().update(result)
        now, x = result["now"], max(result["opg"], OPG_AXIS[0])
        self.standing["occupancy"].set_data([x], [100 * now.occupancy])
        self.standing["RANKL"].set_data([x], [100 * float(now.shares()["free"])])

    def alt(self, result):
        """The drawing, and where the dots stand."""
        drawing = self.drawing.alt(**self.scene_values(result))
        return (
            f"{drawing} Curves against total OPG: RANK occupancy and free RANKL fall as OPG rises. "
            f"{result['now'].summary()}"
        )


def _concentrations(rankl, opg, genotype):
    from bonelab.biology.subjects import conditions
    from bonelab.parameters import load

    p, changes = load("binding"), conditions("genotypes")[genotype]["changes"]
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
