"""The reverse dish: osteoblasts, and what clusters the RANKL on them, for hours to weeks.

The equations are in ``bonelab/biology/reverse_signalling.py``; this file is the experiment.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from bonelab.biology import reverse_signalling as biology
from bonelab.biology.beyond_bone.vesicle_equations import decay_length
from bonelab.biology.reverse_signalling import (
    Blocks,
    resting_state,
    rhs,
)
from bonelab.parameters import HOURS_PER_DAY, Checked, Choice, Quantity, door, load
from bonelab.parameters.argument_types import (
    Amount,
    Amounts,
    Anything,
    Inhibition,
    Parameters,
    TimeOfRun,
)

from .forward import dish_hours
from .reverse_dish_well import ANTIBODIES, DOSE, RANKL_FORMS, WELL, fill_well
from .run import POINTS, Moment, NamedRuns, Run
from .solver import Change, solve

if TYPE_CHECKING:
    import pandas

__all__ = [
    "ANTIBODIES",
    "RANKL_FORMS",
    "Blocks",
    "Response",
    "at_distance",
    "culture",
    "dose_response",
    "western_blot",
]

_UNITS = {"Runx2": "fold", "Col1a1": "fold", "Sp7": "fold", "mineral": "fold"}


@door(
    "bl.reverse.culture",
    **WELL,
    days=Quantity("culture", "length of the culture"),
    dose=DOSE,
    points=POINTS,
)
def culture(
    vesicles: Amount = "0.01 nM",
    valence: int = 10,
    opg: Amount = 0,
    rapamycin: Amount = 0,
    rankl: str = "wild type",
    antibody: Anything = None,
    days: Amount = 21,
    block: Inhibition = (),
    *,
    dose: Amount = "0.02 nM",
    soluble: Amount = 0,
    membrane: Amount = None,
    parameters: Parameters = None,
    binding: Parameters = None,
    points: int = 241,
) -> Run:
    """Culture osteoblasts with osteoclast vesicles, antibodies, OPG and inhibitors.

    The cells rest with the blocks and the rapamycin before anything else is added.

    Returns
    -------
    Run in hours: clustered RANKL (relative to all surface RANKL of a normal cell), Src-family
    kinase, PI3K, Akt, mTORC1 (0 to 1), Runx2, Col1a1, Sp7 (folds over untreated cells), mineral
    (fold over an untreated dish after 21 days). ``run.facts`` holds the folds at the end.

    Examples
    --------
    >>> run = bl.reverse.culture(vesicles="0.01 nM", valence=10)
    >>> single = bl.reverse.culture(vesicles="0.01 nM", valence=1)
    >>> run.final["Runx2"] > single.final["Runx2"]
    True
    """
    p = parameters
    well = fill_well(
        vesicles, valence, opg, rapamycin, rankl, antibody, block, dose, soluble, membrane,
        p, binding,
    )  # fmt: skip
    hours = dish_hours(HOURS_PER_DAY * days, points)
    start = [*resting_state(0.0, well.tail, p, well.rapamycin, well.blocks), 0.0]
    settings = (p, well.clustered, well.tail, well.rapamycin, well.blocks)
    solution = solve(
        rhs,
        start,
        hours,
        (*settings, 0.0),
        [Change(p.mineral_start, args=(*settings, 1.0))],
        what=f"the dish with {well.treatment}",
    )
    series = {"clustered RANKL": np.full_like(hours, well.clustered)}
    series |= dict(zip(biology.STATES, solution.states.T, strict=True))
    return Run(
        kind="reverse dish",
        time=hours,
        time_unit="hour",
        series=series,
        units=_UNITS,
        subject="osteoblasts in a dish",
        treatment=well.treatment,
        parameters=p,
        status=solution.status,
        facts=well.shares | _folds(series, hours[-1], p) | {"tail": well.tail},
    )


@dataclass(frozen=True)
class Response:
    """The pathway at rest at several doses (or distances); all fields are arrays."""

    dose: np.ndarray  # nM
    clustered: np.ndarray  # relative to all surface RANKL of a normal cell
    Akt: np.ndarray
    mTORC1: np.ndarray
    Runx2: np.ndarray  # fold, as the next two
    Col1a1: np.ndarray
    Sp7: np.ndarray
    distance: np.ndarray | None = None  # um

    def summary(self) -> str:
        """One sentence: where the answer is largest."""
        best = int(np.argmax(self.Runx2))
        if self.Runx2[best] < 1.05:
            return "Runx2 does not rise anywhere: nothing is signalled in reverse."
        where = f"{self.dose[best]:.3g} nM"
        if self.distance is not None:
            where = f"{self.distance[best]:.3g} µm"
        return (
            f"Runx2 is highest at {where}: {self.Runx2[best]:.2f} times that of untreated cells, "
            f"with {self.clustered[best]:.0%} of RANKL in clusters."
        )

    def __repr__(self):
        return f"<Response: {self.summary()}>"

    def _repr_html_(self):
        return f"<p>{self.summary()}</p>"


@door(
    "bl.reverse.dose_response",
    **WELL,
    doses=Quantity("antibody", "total agent: several doses", many=True, what="doses of the agent"),
    agent=Choice(
        "what is dosed: vesicles, or the antibody that antibody= names", ("vesicles", "antibody")
    ),
)
def dose_response(
    doses: Amounts,
    agent: str = "vesicles",
    *,
    valence: int = 10,
    opg: Amount = 0,
    rapamycin: Amount = 0,
    rankl: str = "wild type",
    antibody: Anything = "trimerised",
    vesicles: Amount = 0,
    block: Inhibition = (),
    soluble: Amount = 0,
    membrane: Amount = None,
    parameters: Parameters = None,
    binding: Parameters = None,
) -> Response:
    """The pathway at rest (reached after about five days) over doses of one agent.

    Returns
    -------
    Response, arrays with one value per dose: dose (nM), clustered (relative to all surface RANKL),
    Akt and mTORC1 (0 to 1), Runx2, Col1a1 and Sp7 (folds over untreated cells).

    Examples
    --------
    >>> response = bl.reverse.dose_response(["0.001 nM", "0.01 nM", "0.1 nM"])
    >>> response.Runx2.shape
    (3,)
    """
    p = parameters
    doses = np.atleast_1d(doses)
    dose = doses
    if agent == "vesicles":
        vesicles, antibody, dose = doses, None, 0.0
    well = fill_well(
        vesicles, valence, opg, rapamycin, rankl, antibody, block, dose, soluble, membrane,
        p, binding,
    )  # fmt: skip
    clustered = np.broadcast_to(well.clustered, doses.shape)
    _, _, Akt, mTORC1, *genes = (
        np.broadcast_to(level, doses.shape)
        for level in resting_state(clustered, well.tail, p, well.rapamycin, well.blocks)
    )
    return Response(doses, clustered, Akt, mTORC1, *genes)


@door(
    "bl.reverse.at_distance",
    distance=Quantity("distance", "distance from the osteoclast, or several", many=True),
    vesicles=Quantity("vesicles", "vesicles at the osteoclast"),
    conditions=Checked("the other arguments of dose_response", lambda _, given: given, "by name"),
)
def at_distance(
    distance: Amounts, vesicles: Amount = "0.01 nM", **conditions: Anything
) -> Response:
    """The pathway at rest in osteoblasts at several distances from a vesicle-making osteoclast.

    Vesicles diffuse away and are lost with their half-life, so that they fall off exponentially.

    Returns
    -------
    Response as of ``dose_response``, arrays with one value per distance (um).

    Examples
    --------
    >>> near, far = (bl.reverse.at_distance(way) for way in ("1 um", "100 um"))
    >>> bool(near.Runx2 > far.Runx2)
    True
    """
    v = load("beyond_bone")
    length = decay_length(v.vesicle_diffusivity, 3600.0 * v.vesicle_half_life)
    far = np.atleast_1d(distance)
    response = dose_response(vesicles * np.exp(-far / length), **conditions)
    return replace(response, distance=far)


@door(
    "bl.reverse.western_blot",
    runs=NamedRuns("a run of this dish for every lane", kind="reverse dish"),
    time=Moment("when the cells were lysed"),
)
def western_blot(runs: Anything, time: TimeOfRun = "1 h") -> "pandas.DataFrame":
    """Bands of a virtual western blot: one lane per run, band strength 0 to 1.

    Returns
    -------
    pandas table, one column per lane: rows are the phosphoproteins that report each kinase, and a
    loading control.

    Examples
    --------
    >>> runs = {"control": bl.reverse.culture(), "rapamycin": bl.reverse.culture(rapamycin="20 nM")}
    >>> blot = bl.reverse.western_blot(runs)
    >>> blot.shape
    (5, 2)
    """
    import pandas as pd

    bands = {
        "p-Src": "Src-family kinase",
        "p-Akt (Thr308)": "Akt",
        "p-PRAS40 (Thr246)": "Akt",  # PRAS40 is what Akt phosphorylates
        "p-S6K1 (Thr389)": "mTORC1",  # S6K1 is what mTORC1 phosphorylates
    }
    lanes = {
        lane: [*(run.at(time, name) for name in bands.values()), 1.0] for lane, run in runs.items()
    }
    return pd.DataFrame(lanes, index=[*bands, "actin (loading control)"])


def _folds(series, end, p):
    """Folds over untreated cells at the end of the culture."""
    folds = {f"{name} fold": float(series[name][-1]) for name in ("Runx2", "Col1a1", "Sp7")}
    for name in ("Akt", "mTORC1"):
        folds[f"{name} fold"] = float(series[name][-1]) / p.basal
    untreated = p.mineral_rate * (end - p.mineral_start)
    if untreated > 0:
        folds["mineral fold"] = float(series["mineral"][-1] / untreated)
    return folds
