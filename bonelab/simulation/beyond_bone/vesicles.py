"""Vesicles: release, sizes, and the way to an osteocyte (claims B16, B33, B49)."""

from dataclasses import dataclass

import numpy as np

from bonelab.biology.beyond_bone import vesicles
from bonelab.parameters import amount, duration, load, one_of

from ..run import Run
from ..solver import no_less_than_zero, solve

HALF_LIVES = ("2 minutes", "30 minutes", "6 hours")
PARTITIONS = (1.0, 1e-1, 1e-3, 1e-6, 1e-9)


def vesicle_release(cell="osteoclast", number=100, hours=24, rank_positive=None):
    """Vesicles around some cells; any cell with a nucleus releases them, few with RANK.

    Parameters
    ----------
    cell : one of ``bonelab.biology.beyond_bone.vesicles.CELLS``
    number : how many cells
    rank_positive : share of vesicles with at least one RANK (0 for a cell without RANK)

    Returns
    -------
    Run in hours: vesicles, RANK vesicles, and those with three or more RANK (Poisson).

    Raises
    ------
    BonelabError for an unknown cell, negative or unreadable numbers and zero hours.
    """
    p = load("beyond_bone")
    one_of("cell", cell, vesicles.CELLS)
    cells = amount(number, "1", argument="number", what="a number of cells")
    default = p.RANK_positive if vesicles.CELLS[cell] else 0.0
    share = _share(default if rank_positive is None else rank_positive, "rank_positive")
    times = np.linspace(0.0, duration(hours, "hour", argument="hours"), 145)

    def rhs(t, y):
        return (vesicles.release_rate(y[0], cells, p),)

    solution = solve(rhs, [0.0], times, what="vesicle release")
    X = no_less_than_zero(solution.states[:, 0], "vesicle release")
    several = float(vesicles.at_least(3, vesicles.mean_RANK(share)))
    return Run(
        kind="vesicle release",
        time=times,
        time_unit="hour",
        series={
            "vesicles": X,
            "RANK vesicles": share * X,
            "vesicles with 3 or more RANK": several * X,
        },
        units={},
        subject=f"{cells:g} {cell}s",
        treatment="",
        parameters=p,
        status=solution.status,
        code=f"run = bl.beyond_bone.vesicle_release(cell={cell!r}, number={number!r}, "
        f"hours={hours!r}, rank_positive={rank_positive!r})",
        facts={"RANK-positive share": share, "share with 3 or more RANK": several},
    )


def _share(value, name):
    return amount(value, "1", argument=name, what="a share of vesicles", high=0.999999)


@dataclass(frozen=True)
class VesicleSizes:
    """Diameters of osteoclast vesicles and the RANK they carry (not a run: nothing moves)."""

    diameter: np.ndarray  # nm
    density: np.ndarray  # 1/nm, area 1
    mode: float  # nm
    middle: tuple  # nm, where nine in ten lie
    rank_positive: float  # share with at least one RANK
    mean_rank: float  # RANK per vesicle
    three_or_more: float  # share with at least three

    def summary(self):
        """One sentence."""
        low, high = self.middle
        return (
            f"Osteoclast vesicles: most frequent diameter {self.mode:.0f} nm, nine in ten between "
            f"{low:.0f} and {high:.0f} nm; {self.rank_positive:.1%} carry RANK, and if RANK is "
            f"spread at random {1e6 * self.three_or_more:.2g} in a million carry three or more."
        )

    def _repr_html_(self):
        return f"<p>{self.summary()}</p>"


def vesicle_sizes(mode="90 nm", rank_positive=None):
    """The size distribution of osteoclast vesicles, and how many carry RANK.

    Raises BonelabError for a size of 0 or a share outside 0 to 1.
    """
    p = load("beyond_bone")
    peak = amount(mode, "nm", argument="mode", what="a vesicle diameter", above=True)
    share = _share(p.RANK_positive if rank_positive is None else rank_positive, "rank_positive")
    sizes = vesicles.size_distribution(peak, p.vesicle_spread)
    diameter = np.linspace(0.2 * peak, 3.0 * peak, 281)
    mean = float(vesicles.mean_RANK(share))
    return VesicleSizes(
        diameter=diameter,
        density=sizes.pdf(diameter),
        mode=peak,
        middle=tuple(sizes.ppf([0.05, 0.95]).tolist()),
        rank_positive=share,
        mean_rank=mean,
        three_or_more=float(vesicles.at_least(3, mean)),
    )


def vesicle_transport(
    depth="40 um", half_life="30 minutes", diffusivity=None, partition=1.0, hours=24
):
    """How many of the vesicles at the bone surface reach an osteocyte at some depth.

    Parameters
    ----------
    depth : um or text, along the canaliculi
    half_life : of a vesicle there, hours or text
    diffusivity : um2/s; 3.8 by default (between plasma and crowded marrow)
    partition : share of vesicles that fit among the fibres at all, 0 to 1: the open question
    hours : length, hours or text

    Returns
    -------
    Run in hours: share of the surface concentration at the depth, and at 10 and 20 um.

    Raises
    ------
    BonelabError for negative, zero where that cannot be, NaN or unreadable values.
    """
    p = load("beyond_bone")
    z = amount(depth, "um", argument="depth", what="a depth in bone")
    life = duration(half_life, "hour", argument="half_life") * 3600.0
    wish = p.vesicle_diffusivity if diffusivity is None else diffusivity
    D = amount(wish, "um**2/s", argument="diffusivity", what="a diffusion coefficient", above=True)
    Phi = amount(partition, "1", argument="partition", what="a share of vesicles", high=1.0)
    times = np.linspace(0.0, duration(hours, "hour", argument="hours"), 241)
    places = {"share at the osteocyte": z, "share at 10 um": 10.0, "share at 20 um": 20.0}
    return Run(
        kind="vesicle transport",
        time=times,
        time_unit="hour",
        series={
            name: Phi * vesicles.share_at(place, times * 3600.0, D, life)
            for name, place in places.items()
        },
        units={},
        subject=f"an osteocyte {z:g} um from the bone surface",
        treatment=f"half-life {life / 60:g} min, D {D:g} um2/s, partition {Phi:g}",
        parameters=p,
        status="Closed formula; nothing was integrated.",
        code=f"run = bl.beyond_bone.vesicle_transport(depth={depth!r}, half_life={half_life!r}, "
        f"diffusivity={diffusivity!r}, partition={partition!r}, hours={hours!r})",
        facts={
            "depth (um)": z,
            "decay length (um)": float(vesicles.decay_length(D, life)),
            "steady share": float(Phi * np.exp(-z / vesicles.decay_length(D, life))),
            "partition": Phi,
            "gap (nm)": vesicles.gap(p.canaliculus, p.process),
            "Ogston partition": float(
                vesicles.ogston_partition(p.vesicle_mode, p.fibre_spacing, p.fibre_radius)
            ),
        },
    )


def partition_scan(depth="40 um", partitions=PARTITIONS, half_lives=HALF_LIVES):
    """Share of vesicles that reach the depth, for every partition (rows) and half-life (columns).

    A table, not an answer: the partition of a soft vesicle in a canaliculus is not known. Raises
    BonelabError as :func:`vesicle_transport` does.
    """
    import pandas as pd

    rows = {
        Phi: {
            life: vesicle_transport(depth, life, partition=Phi).facts["steady share"]
            for life in half_lives
        }
        for Phi in partitions
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("partition")
