r"""Lesions: a tumour in bone, and calcium in the blood. Small models that say they are small.

**Metastasis** (vicious circle). Tumour burden :math:`T_m` feeds on what resorption releases and
makes RANKL:

.. math:: \dot T_m = g\,T_m[1+\xi(R_r-1)](1-T_m), \qquad L_x = \lambda T_m

**Calcium** (mM) follows resorption minus formation:

.. math:: \dot{Ca} = k_c\,(2.35 + 0.12\,(R_r-F) - Ca)

Both are assumed forms; only the sign of what they show is claimed.
"""

from dataclasses import dataclass


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

    def act(self, y, level, inputs):
        """RANKL in proportion to the burden."""
        inputs.extra_RANKL = inputs.extra_RANKL + self.p.tumour_RANKL * y[0]

    def rates(self, y, level, fluxes, formation):
        """Growth, faster where more bone is resorbed."""
        feed = 1.0 + self.p.tumour_feedback * (fluxes.resorption - 1.0)
        return [self.p.tumour_growth * y[0] * feed * (1.0 - y[0])]


@dataclass(frozen=True)
class SerumCalcium:
    """Calcium in blood, pushed up by resorption that formation does not match."""

    p: object
    name: str = "serum calcium"
    states = ("serum calcium",)
    sizes = (1.0,)  # mM

    def start(self):
        """Normal."""
        return [self.p.calcium_normal]

    def act(self, y, level, inputs):
        """Calcium does not act back on bone here."""

    def rates(self, y, level, fluxes, formation):
        """Relaxes to a level set by resorption minus formation."""
        p = self.p
        target = p.calcium_normal + p.calcium_per_turnover * (fluxes.resorption - formation)
        return [p.calcium_rate * (target - y[0])]
