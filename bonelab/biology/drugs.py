"""Drugs: what each brings into bone, from an injection or a daily tablet.

Every drug has a few states of its own (how much is where); ``sizes`` are their natural
sizes, for the solver. ``rates`` says how the states change, ``dose`` what an injection does to
them. Bone never acts back on a drug, so a drug can be solved first: ``seen`` is what bone sees of
the states, ``bring`` puts that into ``Inputs``.

=====================  ==========================================================================
denosumab              antibody that holds RANKL two at a time: too few to signal
reverse agonist        antibody with more arms: blocks RANK and clusters RANKL
OPG-Fc                 more decoy receptor
teriparatide           raises RANKL and formation by lining cells; the response wanes
zoledronate, alendronate   bisphosphonates: osteoclasts die sooner
romosozumab            calls lining cells to form bone, raises OPG; bone adapts to it
rapamycin              stops mTORC1, below Akt in reverse signalling and in the matrix route
=====================  ==========================================================================

Parameters and their sources: ``parameters/tables/drugs.toml``.
"""

from dataclasses import dataclass, replace

from bonelab.numerics import larger, positive
from bonelab.parameters import DAYS_PER_YEAR, MOLAR_MASS

from .pharmacokinetics import (
    AntibodyKinetics,
    OPGFcKinetics,
    antibody_rates,
    free_antibody,
    kinetics,
    opgfc_rates,
)

UG_PER_MG = 1000.0
_LN2 = 0.6931471805599453
_NM_PER_NG = {molecule: 1000.0 / mass for molecule, mass in MOLAR_MASS.items()}


def _nM(ng_per_ml, molecule):
    """ng/ml as nM."""
    return ng_per_ml * _NM_PER_NG[molecule]


def relative_effect(dose, usual, half):
    """Effect of a dose over that of the usual one; half of the most at ``half`` (one unit)."""
    return dose / usual * (usual + half) / (dose + half)


class Drug:
    """Equations of a drug, whose states do not depend on bone."""

    states: tuple = ()
    sizes: tuple = ()
    in_serum = False  # True where the first that is seen is a serum level, ng/ml

    def start(self):
        """No drug."""
        return [0.0] * len(self.states)

    def seen(self, y):
        """What bone sees of the states: the states themselves, unless a drug says otherwise."""
        return y

    def in_the_body(self):
        """The drug without what it does in bone: drugs that are equal so have the same course."""
        return self


@dataclass(frozen=True)
class Antibody(Drug):
    """Denosumab, or an antibody of one's own design against RANKL.

    ``valence`` arms of affinity ``Kd`` (nM). With two arms it is an ordinary IgG. ``level`` in
    ``bring`` is a concentration in bone that is held constant (nM), beside what injections bring.
    """

    name: str
    d: object
    Kd: object  # nM of one arm; infinite where the antibody does not know the species' RANKL
    valence: int = 2
    clearance: object = None  # L/day

    states = ("depot", "serum total", "slow tissue", "serum target")
    in_serum = True
    sizes = (1e2, 1e1, 1e1, 1e2)  # ug and ng/ml: traces of antibody are told apart from none

    def start(self):
        """No drug, target at rest."""
        return [0.0, 0.0, 0.0, self.d.target_start]

    def dose(self, y, mg):
        """An injection under the skin."""
        return [y[0] + self.d.antibody_bioavailability * mg * UG_PER_MG, *y[1:]]

    def seen(self, y):
        """Free antibody in serum, ng/ml."""
        return (free_antibody(y[1], y[3], self.d),)

    def in_the_body(self):
        """Neither arms nor their affinity change how long an antibody stays."""
        return replace(self, d=kinetics(AntibodyKinetics, self.d), Kd=None, valence=0)

    def bring(self, seen, level, inputs):
        """Antibody in bone holds RANKL; with three arms or more it clusters RANKL."""
        (serum,) = seen
        serum = positive(serum)  # the solver's noise may be a hair below zero
        bone = self.d.bone_to_serum * _nM(serum, "antibody") + level
        inputs.crosslinkers.append((bone, float(self.valence), self.Kd))

    def rates(self, y, level):
        """Pharmacokinetics; it does not depend on the tissue."""
        clearance = self.d.antibody_clearance if self.clearance is None else self.clearance
        return antibody_rates(*y, clearance, self.d)


@dataclass(frozen=True)
class OPGFc(Drug):
    """OPG fused to an antibody's tail: more decoy. ``level`` is a constant bone level in nM."""

    name: str
    d: object

    states = ("depot", "serum", "slow tissue 1", "slow tissue 2")
    in_serum = True
    sizes = (1e3, 1e2, 1e2, 1e2)  # ug and ng/ml

    def dose(self, y, mg):
        """An injection under the skin."""
        return [y[0] + self.d.opgfc_bioavailability * mg * UG_PER_MG, *y[1:]]

    def seen(self, y):
        """OPG-Fc in serum, ng/ml."""
        return (y[1],)

    def in_the_body(self):
        """How much of it comes into bone does not change how long it stays."""
        return replace(self, d=kinetics(OPGFcKinetics, self.d))

    def bring(self, seen, level, inputs):
        """OPG-Fc in bone adds to OPG."""
        (serum,) = seen
        serum = positive(serum)
        bone = self.d.opgfc_bone_to_serum * _nM(serum, "OPG-Fc") + level
        inputs.opg_fc = inputs.opg_fc + bone

    def rates(self, y, level):
        """Pharmacokinetics."""
        return opgfc_rates(*y, self.d)


@dataclass(frozen=True)
class Teriparatide(Drug):
    """Daily teriparatide: effect e_p, tolerance z, and its effect on RANKL, which comes later, e_2.

    ``level`` is 1 at the usual dose.
    """

    name: str
    d: object

    states = ("effect", "tolerance", "effect on RANKL")
    sizes = (1.0, 1.0, 1.0)

    def seen(self, y):
        """The effects on formation and on RANKL."""
        return (y[0] * (1.0 - y[1]), y[2])

    def bring(self, seen, level, inputs):
        """Raises formation and, later, RANKL; less as tolerance grows."""
        inputs.teriparatide, inputs.teriparatide_RANKL = seen

    def rates(self, y, level):
        """Effect follows the injections, tolerance and RANKL follow the effect."""
        d = self.d
        return [
            (level - y[0]) / d.teriparatide_rise,
            d.teriparatide_tolerance_rate * (d.teriparatide_tolerance * y[0] - y[1]),
            (y[0] * (1.0 - y[1]) - y[2]) / d.teriparatide_RANKL_rise,
        ]


@dataclass(frozen=True)
class Bisphosphonate(Drug):
    """Alendronate (tablets) or zoledronate (infusions): drug stored in bone."""

    name: str
    d: object
    half_life: object  # years

    states = ("drug in bone",)
    sizes = (1.0,)

    def dose(self, y, mg):
        """An infusion."""
        return [y[0] + mg / self.d.zoledronate_dose]

    def bring(self, seen, level, inputs):
        """Osteoclasts die sooner."""
        (held,) = seen
        inputs.bisphosphonate = inputs.bisphosphonate + held

    def rates(self, y, level):
        """Filled by tablets up to their level, released slowly."""
        filling = (level - (level > 0.0) * y[0]) / self.d.bisphosphonate_rise
        return [filling - _LN2 / (self.half_life * DAYS_PER_YEAR) * y[0]]


@dataclass(frozen=True)
class Romosozumab(Drug):
    """Monthly romosozumab: effect y, what is left of the lining cells q, adaptation a."""

    name: str
    d: object

    states = ("effect", "lining cells", "adaptation")
    sizes = (1.0, 1.0, 1.0)

    def start(self):
        """No effect, full reserve, nothing to adapt to."""
        return [0.0, 1.0, 0.0]

    def seen(self, y):
        """The effect on OPG that adaptation leaves, and the call on lining cells."""
        left = y[0] - y[2]
        least = self.d.romosozumab_OPG_left - 1.0  # of the rise, so that OPG stays above nothing
        lowest = least / max(self.d.romosozumab_OPG, 1e-9)
        return (larger(left, lowest + 0.0 * left), y[0] * y[1])

    def bring(self, seen, level, inputs):
        """Calls lining cells to form bone and raises OPG, until bone has adapted."""
        inputs.sclerostin_block, inputs.lining_cells = seen

    def rates(self, y, level):
        """Effect follows the injections; the reserve is used up and renewed; bone adapts."""
        d = self.d
        used = d.lining_use * y[0] * y[1]
        return [
            (level - y[0]) / d.romosozumab_rise,
            d.lining_renewal * (1.0 - y[1]) - used,
            d.romosozumab_adaptation * (y[0] - y[2]),
        ]


@dataclass(frozen=True)
class Rapamycin(Drug):
    """Rapamycin at a constant concentration (nM)."""

    name: str
    d: object

    def bring(self, seen, level, inputs):
        """Stops mTORC1 in the osteoblast."""
        inputs.rapamycin = inputs.rapamycin + level

    def rates(self, y, level):
        """Nothing to carry."""
        return []


@dataclass(frozen=True)
class Supplements(Drug):
    """Calcium and vitamin D, as every arm of a trial takes them."""

    name: str
    d: object

    states = ("effect",)
    sizes = (1.0,)

    def bring(self, seen, level, inputs):
        """Calcium for the blood; P1NP falls a little."""
        (inputs.supplements,) = seen

    def rates(self, y, level):
        """Works within weeks."""
        return [(level - y[0]) / self.d.supplements_rise]
