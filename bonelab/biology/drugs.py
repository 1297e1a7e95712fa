"""Drugs: what each brings into bone, from an injection or a daily tablet.

Every drug is a block with a few states of its own (how much is where), which ``remodelling.rhs``
carries along with the cells; ``sizes`` are their natural sizes, for the solver. ``act`` says what
the drug brings into bone at one moment, ``rates`` how its states change, ``dose`` what an injection
does to them.

=====================  ==========================================================================
denosumab              antibody that holds RANKL two at a time: too few to signal
reverse agonist        antibody with more arms: blocks RANK and clusters RANKL
OPG-Fc                 more decoy receptor
teriparatide           raises RANKL and osteoblast recruitment; the response wanes
zoledronate, alendronate   bisphosphonates: osteoclasts die sooner
romosozumab            calls lining cells to form bone, raises OPG (a toy)
rapamycin              stops mTORC1, below Akt in reverse signalling
=====================  ==========================================================================

Parameters and their sources: ``parameters/tables/drugs.toml``.
"""

from dataclasses import dataclass

from bonelab.numerics import larger
from bonelab.parameters import MOLAR_MASS

from .pharmacokinetics import antibody_rates, free_antibody, opgfc_rates

DAYS_PER_YEAR = 365.25
UG_PER_MG = 1000.0
_LN2 = 0.6931471805599453


def _nM(ng_per_ml, molecule):
    """ng/ml as nM."""
    return ng_per_ml * 1000.0 / MOLAR_MASS[molecule]


@dataclass(frozen=True)
class Antibody:
    """Denosumab, or an antibody of one's own design against RANKL.

    ``valence`` arms of affinity ``Kd`` (nM). With two arms it is an ordinary IgG. ``level`` in
    ``act`` is a concentration in bone that is held constant (nM), beside what injections bring.
    """

    name: str
    d: object
    Kd: object  # nM; infinite where the antibody does not know the species' RANKL
    valence: int = 2
    clusters: bool = False  # True: the arms crosslink RANKL (designed); False: plain block
    clearance: object = None  # L/day

    states = ("depot", "serum total", "slow tissue", "serum target")

    @property
    def sizes(self):
        """In ug and ng/ml. Many arms still crosslink where next to nothing is left to block."""
        return (1e-4, 1e-5, 1e-5, 1e2) if self.clusters else (1e4, 1e3, 1e3, 1e3)

    def start(self):
        """No drug, target at rest."""
        return [0.0, 0.0, 0.0, self.d.target_start]

    def dose(self, y, mg):
        """An injection under the skin."""
        return [y[0] + self.d.antibody_bioavailability * mg * UG_PER_MG, *y[1:]]

    def serum(self, y):
        """Free antibody in serum, ng/ml."""
        return free_antibody(y[1], y[3], self.d)

    def act(self, y, level, inputs):
        """Antibody in bone holds RANKL; with enough arms it also clusters it."""
        serum = self.serum(y)
        serum = larger(serum, 0.0 * serum)  # the solver's noise may be a hair below zero
        bone = self.d.bone_to_serum * _nM(serum, "antibody") + level
        inputs.antibodies.append((self.valence * bone, self.Kd))
        if self.clusters:
            inputs.crosslinkers.append((bone, self.valence, self.Kd))

    def rates(self, y, level, fluxes, formation):
        """Pharmacokinetics; it does not depend on the tissue."""
        clearance = self.d.antibody_clearance if self.clearance is None else self.clearance
        return antibody_rates(*y, clearance, self.d)


@dataclass(frozen=True)
class OPGFc:
    """OPG fused to an antibody's tail: more decoy. ``level`` is a constant bone level in nM."""

    name: str
    d: object

    states = ("depot", "serum", "slow tissue 1", "slow tissue 2")
    sizes = (1e3, 1e2, 1e2, 1e2)  # ug and ng/ml

    def start(self):
        """No drug."""
        return [0.0] * 4

    def dose(self, y, mg):
        """An injection under the skin."""
        return [y[0] + self.d.opgfc_bioavailability * mg * UG_PER_MG, *y[1:]]

    def serum(self, y):
        """OPG-Fc in serum, ng/ml."""
        return y[1]

    def act(self, y, level, inputs):
        """OPG-Fc in bone adds to OPG."""
        serum = larger(y[1], 0.0 * y[1])
        here = self.d.opgfc_bone_to_serum * _nM(serum, "OPG-Fc") + level
        inputs.opg_fc = inputs.opg_fc + here

    def rates(self, y, level, fluxes, formation):
        """Pharmacokinetics."""
        return opgfc_rates(*y, self.d)


@dataclass(frozen=True)
class Teriparatide:
    """Daily teriparatide: effect e_p and tolerance z."""

    name: str
    d: object

    states = ("effect", "tolerance")
    sizes = (1.0, 1.0)

    def start(self):
        """No effect, no tolerance."""
        return [0.0, 0.0]

    def act(self, y, level, inputs):
        """Raises RANKL and osteoblast recruitment, less as tolerance grows."""
        inputs.teriparatide = y[0] * (1.0 - y[1])

    def rates(self, y, level, fluxes, formation):
        """Effect follows the tablet, tolerance follows the effect."""
        d = self.d
        return [
            (level - y[0]) / d.teriparatide_rise,
            d.teriparatide_tolerance_rate * (d.teriparatide_tolerance * y[0] - y[1]),
        ]


@dataclass(frozen=True)
class Bisphosphonate:
    """Alendronate (weekly tablets) or zoledronate (infusions): drug stored in bone."""

    name: str
    d: object
    half_life: object  # years

    states = ("drug in bone",)
    sizes = (1.0,)

    def start(self):
        """No drug."""
        return [0.0]

    def dose(self, y, mg):
        """An infusion."""
        return [y[0] + mg / self.d.zoledronate_dose]

    def act(self, y, level, inputs):
        """Osteoclasts die sooner."""
        inputs.bisphosphonate = inputs.bisphosphonate + y[0]

    def rates(self, y, level, fluxes, formation):
        """Filled by tablets, released slowly."""
        filling = level * (1.0 - y[0]) / self.d.bisphosphonate_rise
        return [filling - _LN2 / (self.half_life * DAYS_PER_YEAR) * y[0]]


@dataclass(frozen=True)
class Romosozumab:
    """Monthly romosozumab: effect r and what is left of the lining cells q (a toy)."""

    name: str
    d: object

    states = ("effect", "lining cells")
    sizes = (1.0, 1.0)

    def start(self):
        """No effect, full reserve."""
        return [0.0, 1.0]

    def act(self, y, level, inputs):
        """Calls lining cells to form bone and raises OPG."""
        inputs.romosozumab = y[0]
        inputs.lining_cells = y[0] * y[1]

    def rates(self, y, level, fluxes, formation):
        """Effect follows the injections; the reserve is used up and renewed."""
        d = self.d
        used = d.lining_use * y[0] * y[1]
        return [(level - y[0]) / d.romosozumab_rise, d.lining_renewal * (1.0 - y[1]) - used]


@dataclass(frozen=True)
class Rapamycin:
    """Rapamycin at a constant concentration (nM)."""

    name: str
    d: object

    states = ()
    sizes = ()

    def start(self):
        """Nothing to carry."""
        return []

    def act(self, y, level, inputs):
        """Stops mTORC1 in the osteoblast."""
        inputs.rapamycin = inputs.rapamycin + level

    def rates(self, y, level, fluxes, formation):
        """Nothing to carry."""
        return []
