r"""Vesicles: who releases them, how large they are, how far they get (claims B16, B33, B49).

**Source.** Any cell with a nucleus: :math:`\dot X = N r_v - \ln 2/t_{1/2}\,X`. Only cells with RANK
give RANK-bearing vesicles; with :math:`\lambda` RANK each on average, Poisson says how many carry
three or more, which is what it takes to cluster RANKL.

**Size.** A lognormal diameter with its peak at :math:`d_0`.

**Transport** into a canaliculus: diffusion with loss from a surface kept at 1,

.. math::
    \frac{c(z,t)}{c(0)} = \frac\Phi2\Big[e^{-z/\lambda}\,\mathrm{erfc}\Big(\tfrac{z}{2\sqrt{Dt}}
        -\sqrt{kt}\Big) + e^{z/\lambda}\,\mathrm{erfc}\Big(\tfrac{z}{2\sqrt{Dt}}+\sqrt{kt}\Big)\Big]
    \;\to\; \Phi\,e^{-z/\lambda}, \quad \lambda=\sqrt{D/k},\; k=\ln2/t_{1/2}

**Partition** of a hard sphere into fibres (Ogston 1958):
:math:`\Phi = \exp[-\varphi(1+r_s/r_f)^2]`, fibre volume share :math:`\varphi=\pi r_f^2/(s+2r_f)^2`.

What is left out: vesicles deform, fibres yield, fluid flows when bone is loaded. So whether
vesicles reach osteocytes stays open; :math:`\Phi` is scanned from 1 to 1e-9.
"""

import numpy as np
from scipy.constants import Avogadro
from scipy.special import erfc, erfcx

NM_IN_DM = 1e-8

# Cells with a nucleus, and whether they carry RANK (founding texts; reviews).
CELLS = {
    "osteoclast": True,
    "osteoclast precursor": True,
    "dendritic cell": True,
    "osteoblast": False,
    "osteocyte": False,
    "T cell": False,
    "fibroblast": False,
}


def size_distribution(mode, spread):
    """Lognormal diameters (nm) with the peak of their density at ``mode``."""
    from scipy.stats import lognorm  # takes longer to load than all else here

    return lognorm(s=spread, scale=mode * np.exp(spread**2))


def mean_RANK(positive_share):
    """RANK per vesicle on average, when this share of vesicles has at least one (Poisson)."""
    return -np.log1p(-positive_share)


def at_least(number, mean):
    """Share of vesicles with at least ``number`` RANK, at this mean (Poisson)."""
    from scipy.stats import poisson

    return poisson.sf(number - 1, mean)


def diffusivity_of(diameter, known, known_diameter):
    """um2/s of vesicles of one diameter from those of another: half the diameter, twice as much."""
    return known * known_diameter / diameter


def decay_length(D, half_life):
    """um over which vesicles fall to 37 %: D in um2/s, half-life in s."""
    return np.sqrt(D * half_life / np.log(2))


def share_at(depth, time, D, half_life):
    """c(depth, time)/c(0) in um and s, before partition; 0 at time 0."""
    time = np.maximum(np.asarray(time, float), 1e-12)
    k, length = np.log(2) / half_life, decay_length(D, half_life)
    near, late = depth / (2 * np.sqrt(D * time)), np.sqrt(k * time)
    forth = np.exp(-depth / length) * erfc(near - late)
    back = erfcx(near + late) * np.exp(-(near**2) - late**2)  # = exp(z/length) erfc(...)
    return 0.5 * (forth + back)


def ogston_partition(diameter, spacing, fibre_radius):
    """Share of the space among fibres that a hard sphere finds open (all in nm)."""
    fibres = np.pi * fibre_radius**2 / (spacing + 2 * fibre_radius) ** 2
    return np.exp(-fibres * (1 + diameter / 2 / fibre_radius) ** 2)


def gap(canaliculus, process):
    """Width (nm) left between the wall of a canaliculus and the process in it."""
    return (canaliculus - process) / 2


def fits(vesicle, canaliculus, process):
    """Whether a hard ball of this diameter enters the gap (all in nm)."""
    return vesicle <= gap(canaliculus, process)


def steady_share(depth, partition, D, half_life):
    """Share found so deep (um) once as many arrive as are lost; D in um2/s, half-life in s."""
    return partition * np.exp(-depth / decay_length(D, half_life))


def share_filled(amount, diameter):
    """Share of a medium that balls of this diameter (nm) fill, at this amount (nM)."""
    litres = np.pi / 6 * (diameter * NM_IN_DM) ** 3  # a cubic decimetre is a litre
    return amount * 1e-9 * Avogadro * litres


def release_rate(X, cells, p):
    """Change per hour of the vesicles around this many cells."""
    return cells * p.vesicle_release - np.log(2) / p.vesicle_half_life * X
