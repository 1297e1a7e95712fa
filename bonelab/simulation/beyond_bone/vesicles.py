"""Vesicles: release, sizes, and the way to an osteocyte (claims B16, B33, B49)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bonelab.biology.beyond_bone import vesicle_equations as vesicles
from bonelab.parameters import Checked, Choice, Quantity, door, load, refuse
from bonelab.parameters.argument_types import Amount, Anything

from ..run import Run
from ..solver import no_less_than_zero, solve

if TYPE_CHECKING:
    import pandas

HALF_LIVES = ("2 minutes", "30 minutes", "6 hours")
PARTITIONS = (1.0, 1e-1, 1e-3, 1e-6, 1e-9)
_POSITIVE = Quantity(
    "share", "share of vesicles with at least one RANK (of a cell without RANK: none)",
    high=0.999999, what="a share of vesicles",
)  # fmt: skip
_DEPTH = Quantity("distance", "along the canaliculi", what="a depth in bone")


@door(
    "bl.beyond_bone.vesicle_release",
    cell=Choice("the kind of cell", tuple(vesicles.CELLS)),
    number=Quantity("cells", "how many of them", high=1e9),
    hours=Quantity("culture", "length of the run", unit="hour", above=True, high=24_000),
    rank_positive=_POSITIVE,
)
def vesicle_release(
    cell: str = "osteoclast", number: Amount = 100, hours: Amount = 24, rank_positive: Amount = None
) -> Run:
    """Vesicles around some cells; any cell with a nucleus releases them, few with RANK.

    Returns
    -------
    Run in hours: vesicles, RANK vesicles, and vesicles with three or more RANK (Poisson).

    Examples
    --------
    >>> bl.beyond_bone.vesicle_release("osteoclast").names
    ['vesicles', 'RANK vesicles', 'vesicles with 3 or more RANK']
    """
    p = load("beyond_bone")
    default = p.RANK_positive if vesicles.CELLS[cell] else 0.0
    share = default if rank_positive is None else rank_positive
    times = np.linspace(0.0, hours, 145)

    def rhs(t, y):
        return (vesicles.release_rate(y[0], number, p),)

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
        subject=f"{number:g} {cell}s",
        treatment="",
        parameters=p,
        status=solution.status,
        facts={"RANK-positive share": share, "share with 3 or more RANK": several},
    )


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

    def summary(self) -> str:
        """One sentence."""
        low, high = self.middle
        return (
            f"Osteoclast vesicles: most frequent diameter {self.mode:.0f} nm, nine in ten between "
            f"{low:.0f} and {high:.0f} nm; {self.rank_positive:.1%} carry RANK, and if RANK is "
            f"spread at random {1e6 * self.three_or_more:.2g} in a million carry three or more."
        )

    def __repr__(self):
        return f"<VesicleSizes: {self.summary()}>"

    def _repr_html_(self):
        return f"<p>{self.summary()}</p>"


@door(
    "bl.beyond_bone.vesicle_sizes",
    mode=Quantity(
        "distance", "the most frequent diameter", unit="nm", above=True, what="a vesicle diameter"
    ),
    rank_positive=_POSITIVE,
)
def vesicle_sizes(mode: Amount = "90 nm", rank_positive: Amount = None) -> VesicleSizes:
    """The size distribution of osteoclast vesicles, and how many carry RANK.

    Returns
    -------
    VesicleSizes: diameter (nm) and density (1/nm) are arrays of one shape; mode and middle in nm,
    the rest are shares of vesicles.

    Examples
    --------
    >>> sizes = bl.beyond_bone.vesicle_sizes(mode="90 nm")
    >>> round(float(sizes.mode))
    90
    """
    p = load("beyond_bone")
    share = p.RANK_positive if rank_positive is None else rank_positive
    sizes = vesicles.size_distribution(mode, p.vesicle_spread)
    diameter = np.linspace(0.2 * mode, 3.0 * mode, 281)
    mean = float(vesicles.mean_RANK(share))
    return VesicleSizes(
        diameter=diameter,
        density=sizes.pdf(diameter),
        mode=mode,
        middle=tuple(sizes.ppf([0.05, 0.95]).tolist()),
        rank_positive=share,
        mean_rank=mean,
        three_or_more=float(vesicles.at_least(3, mean)),
    )


@door(
    "bl.beyond_bone.vesicle_transport",
    depth=_DEPTH,
    half_life=Quantity(
        "culture", "of a vesicle there", unit="hour", above=True, high=1e6, what="a half-life"
    ),
    diffusivity=Quantity(
        "distance", "how fast it wanders; 3.8 if nothing is said, between plasma and marrow",
        unit="um**2/s", above=True, what="a diffusion coefficient",
    ),
    partition=Quantity(
        "share", "of the vesicles that fit among the fibres at all: the open question",
        what="a share of vesicles",
    ),
    hours=Quantity("culture", "length of the run", unit="hour", above=True, high=24_000),
    vesicle=Quantity("distance", "its width; a wider one wanders less", unit="nm", above=True,
                     what="a width"),
    canaliculus=Quantity("distance", "its width; a vesicle that is wider than the gap beside the "
                         "process in it does not enter", unit="nm", above=True, what="a width"),
)  # fmt: skip
def vesicle_transport(
    depth: Amount = "40 um",
    half_life: Amount = "30 minutes",
    diffusivity: Amount = None,
    partition: Amount = 1.0,
    hours: Amount = 24,
    *,
    vesicle: Amount = None,
    canaliculus: Amount = None,
) -> Run:
    """How many of the vesicles at the bone surface reach an osteocyte at some depth.

    Returns
    -------
    Run in hours: share of the surface concentration at the osteocyte, and at 10 and 20 um.

    Examples
    --------
    >>> bl.beyond_bone.vesicle_transport(depth="40 um", half_life="30 minutes").names
    ['share at the osteocyte', 'share at 10 um', 'share at 20 um']
    """
    p = load("beyond_bone")
    z, Phi = depth, partition
    half_life_s = 3600.0 * half_life  # seconds, as the diffusivity has them
    width = p.vesicle_mode if vesicle is None else vesicle
    bore = p.canaliculus if canaliculus is None else canaliculus
    gap = vesicles.gap(bore, p.process)
    if not ((vesicle is None and canaliculus is None) or vesicles.fits(width, bore, p.process)):
        Phi = 0.0
    known = p.vesicle_diffusivity, p.vesicle_mode
    D = vesicles.diffusivity_of(width, *known) if diffusivity is None else diffusivity
    times = np.linspace(0.0, hours, 241)
    places = {"share at the osteocyte": z, "share at 10 um": 10.0, "share at 20 um": 20.0}
    return Run(
        kind="vesicle transport",
        time=times,
        time_unit="hour",
        series={
            name: Phi * vesicles.share_at(place, times * 3600.0, D, half_life_s)
            for name, place in places.items()
        },
        units={},
        subject=f"an osteocyte {z:g} um from the bone surface",
        treatment=f"half-life {half_life_s / 60:g} min, D {D:g} um2/s, partition {Phi:g}",
        parameters=p,
        status="Closed formula; nothing was integrated.",
        facts={
            "depth (um)": z,
            "decay length (um)": float(vesicles.decay_length(D, half_life_s)),
            "steady share": float(vesicles.steady_share(z, Phi, D, half_life_s)),
            "partition": Phi,
            "vesicle (nm)": width,
            "canaliculus (nm)": bore,
            "gap (nm)": gap,
            "Ogston partition": float(
                vesicles.ogston_partition(width, p.fibre_spacing, p.fibre_radius)
            ),
        },
    )


def _several(name, value):
    """Values of a table, each of which is checked where it is used."""
    several = [value] if isinstance(value, str) or not isinstance(value, Iterable) else value
    if isinstance(value, Mapping | bytes):
        refuse(name, value, "it should be one value, or several in a list.")
    return list(several)


@door(
    "bl.beyond_bone.partition_scan",
    depth=_DEPTH,
    partitions=Checked("partitions to try, as in vesicle_transport", _several, "numbers"),
    half_lives=Checked("half-lives to try", _several, "hours or text"),
)
def partition_scan(
    depth: Amount = "40 um", partitions: Anything = PARTITIONS, half_lives: Anything = HALF_LIVES
) -> "pandas.DataFrame":
    """Share of vesicles that reach the depth, for every partition (rows) and half-life (columns).

    A table, not an answer: the partition of a soft vesicle in a canaliculus is not known. Raises
    BonelabError as :func:`vesicle_transport` does.

    Returns
    -------
    pandas table, one row per partition and one column per half-life: shares, 0 to 1.

    Examples
    --------
    >>> bl.beyond_bone.partition_scan(depth="40 um").shape
    (5, 3)
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
