r"""How long a protein drug stays: denosumab and its kin, and OPG-Fc.

**Antibody** (two compartments, target-mediated, quasi-steady state; Sutjandra et al. 2011). Depot
:math:`A` (ug), serum total :math:`C_T` and slow tissue :math:`C_2` (ng/ml), serum target :math:`R`:

.. math::
    b &= C_T - R - K_{ss}, \quad C = \tfrac12\big(b+\sqrt{b^2+4K_{ss}C_T}\big)\\
    \dot A &= -k_aA, \qquad
    V_1\dot C_T = k_aA - CL\,C - Q(C-C_2) - k_{int}V_1\frac{R\,C}{K_{ss}+C}\\
    V_2\dot C_2 &= Q(C-C_2), \qquad
    \dot R = k_{deg}(R_0-R) - (k_{int}-k_{deg})\frac{R\,C}{K_{ss}+C}

**OPG-Fc** (depot, three compartments, linear and saturable elimination; Zierhut et al. 2008).

Amounts in ug, concentrations in ng/ml (= ug/l), volumes in litres, time in days.
"""

from dataclasses import make_dataclass

from bonelab.numerics import positive

# the parameters that a course in the body depends on, from the many of ``drugs.toml``
_OF_ANTIBODY = (
    "antibody_bioavailability antibody_absorption antibody_clearance antibody_exchange "
    "antibody_volume antibody_slow_volume target_start target_Kss target_removal target_loss"
)
_OF_OPGFC = (
    "opgfc_bioavailability opgfc_absorption opgfc_clearance opgfc_vmax opgfc_Km opgfc_exchange_2 "
    "opgfc_exchange_3 opgfc_volume opgfc_volume_2 opgfc_volume_3"
)
AntibodyKinetics, OPGFcKinetics = (
    make_dataclass(name, names.split(), frozen=True, slots=True)
    for name, names in (("AntibodyKinetics", _OF_ANTIBODY), ("OPGFcKinetics", _OF_OPGFC))
)


def kinetics(kind, d):
    """The parameters of one kind, such as ``AntibodyKinetics``, out of ``d``."""
    return kind(*(getattr(d, name) for name in kind.__slots__))


def free_antibody(C_T, R, d):
    """Free antibody in serum, ng/ml; written so that nothing cancels when little is left."""
    K = d.target_Kss
    b = C_T - R - K
    root = (b * b + 4.0 * K * C_T) ** 0.5
    # (b + root)/2 for b > 0, and the same number without a difference of equals for b < 0
    size = abs(b) + root
    return positive(b) + 2.0 * K * C_T / size


def antibody_rates(A, C_T, C2, R, clearance, d):
    """Rates of change per day of depot (ug), serum, slow tissue and target (ng/ml)."""
    C = free_antibody(C_T, R, d)
    held = R * C / (d.target_Kss + C)
    absorbed = d.antibody_absorption * A
    exchange = d.antibody_exchange * (C - C2)
    dC_T = (absorbed - clearance * C - exchange) / d.antibody_volume - d.target_removal * held
    dC2 = exchange / d.antibody_slow_volume
    dR = d.target_loss * (d.target_start - R) - (d.target_removal - d.target_loss) * held
    return [-absorbed, dC_T, dC2, dR]


def clearance_for_half_life(half_life, d):
    """Linear clearance (L/day) that gives an antibody this terminal half-life (days).

    It holds at concentrations that flood the target.
    """
    slow = 0.6931471805599453 / half_life
    k12, k21 = d.antibody_exchange / d.antibody_volume, d.antibody_exchange / d.antibody_slow_volume
    return d.antibody_volume * slow * (k12 + k21 - slow) / (k21 - slow)


def opgfc_rates(A, C, C2, C3, d):
    """Rates of change per day of depot (ug), serum and two slow tissues (ng/ml)."""
    absorbed = d.opgfc_absorption * A
    to_2 = d.opgfc_exchange_2 * (C - C2)
    to_3 = d.opgfc_exchange_3 * (C - C3)
    saturable = d.opgfc_vmax * C / (d.opgfc_Km + C)
    dC = (absorbed - d.opgfc_clearance * C - saturable - to_2 - to_3) / d.opgfc_volume
    return [-absorbed, dC, to_2 / d.opgfc_volume_2, to_3 / d.opgfc_volume_3]
