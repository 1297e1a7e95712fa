r"""Lesions: a tumour in bone, and a tumour that raises calcium. Small models, and said to be small.

**Metastasis** (vicious circle). Tumour burden :math:`T_m` feeds on what resorption releases and
makes RANKL:

.. math:: \dot T_m = g\,T_m[1+\xi(R_r-1)](1-T_m), \qquad L_x = \lambda T_m

**Hypercalcaemia of malignancy.** Most such tumours make PTHrP. It makes the osteoblasts of the host
raise RANKL and lower OPG (a change of the subject: ``conditions/diseases.toml``), and the kidney
keep calcium. With :math:`u` what a straight line would add to calcium (mmol/L)

.. math::
    u &= k_P + \begin{cases} s_{Ca}(R_r - F) & \text{bone gives}\\
         s_-(R_r - F) & \text{bone takes}\end{cases}, \qquad
    \dot{Ca} = k_c\,(Ca^* - Ca)\\
    Ca^* &= Ca_{lo} + \frac{Ca_{hi}-Ca_{lo}}{1+a\,e^{-k u}}, \quad
    a = \frac{Ca_{hi}-Ca_0}{Ca_0-Ca_{lo}}, \quad
    k = \frac{Ca_{hi}-Ca_{lo}}{(Ca_0-Ca_{lo})(Ca_{hi}-Ca_0)}

so that a little more resorption adds what the line would, and no parameter leads out of the range
in between. OPG mends the part of bone only: PTHrP and what the kidney keeps stay. When a late decoy
stops resorption while formation is still high, bone takes calcium. What it takes lowers blood as
little as in a woman without a tumour (:math:`s_-`, the number of ``mineral_balance``), whose body
makes up for most of it: in mice calcium fell to normal and not below (Capparelli 2000).

All are assumed forms; only the sign of what they show is claimed. What is left out: water lost and
kidneys harmed by calcium, the gut, vitamin D, the low bone formation of many such patients.
"""

from dataclasses import dataclass

from bonelab.numerics import exp, log, smaller

_LARGEST_EXPONENT = 700.0  # beyond it the exponential is larger than any float


def bounded_calcium(rise, p):
    """Serum calcium (mmol/L) where a straight line would add ``rise`` to the normal value."""
    low, normal, high = p.calcium_lowest, p.calcium_normal, p.calcium_highest
    span = high - low
    steepness = span / ((normal - low) * (high - normal))
    exponent = log((high - normal) / (normal - low)) - steepness * rise
    return low + span / (1.0 + exp(smaller(exponent, _LARGEST_EXPONENT)))


@dataclass(frozen=True)
class Metastasis:
    """A tumour deposit in bone that makes RANKL and grows on resorbed bone."""

    p: object
    name: str = "metastasis"
    states = ("tumour burden",)
    sizes = (0.01,)  # it starts small and grows

    def start(self):
        """A small deposit."""
        return [self.p.tumour_start]

    def act(self, y, inputs):
        """RANKL in proportion to the burden."""
        inputs.extra_RANKL = inputs.extra_RANKL + self.p.tumour_RANKL * y[0]

    def rates(self, y, fluxes):
        """Growth, faster where more bone is resorbed."""
        feed = 1.0 + self.p.tumour_feedback * (fluxes.resorption - 1.0)
        return [self.p.tumour_growth * y[0] * feed * (1.0 - y[0])]


@dataclass(frozen=True)
class Hypercalcaemia:
    """Calcium in blood under PTHrP: from bone as it is resorbed, and kept by the kidney."""

    p: object
    name: str = "hypercalcaemia"
    states = ("serum calcium",)
    sizes = (1.0,)  # mmol/L

    def start(self):
        """Normal."""
        return [self.p.calcium_normal]

    def act(self, y, inputs):
        """Calcium does not act back on bone here."""

    def rates(self, y, fluxes):
        """Relaxes to the level that bone and kidney set."""
        p, given = self.p, fluxes.resorption - fluxes.formation
        taken = smaller(given, 0.0)
        rise = p.calcium_per_turnover * (given - taken) + p.calcium_taken * taken + p.calcium_kept
        return [p.calcium_rate * (bounded_calcium(rise, p) - y[0])]
