"""Lab 4, the vesicle bench: what it takes to make RANKL on an osteoblast signal."""

import numpy as np

import bonelab as bl
from bonelab.course.asking.predict import Predict
from bonelab.figures.bench_picture import DOSES, BenchPicture, folds, present

from .controls import Control
from .factory import Lab

KINDS = {
    "vesicles with RANK": "vesicle",
    "single RANK, in solution": "soluble RANK",
    "antibody, two arms (IgG)": "antibody",
    "antibody, three arms": "trimerised antibody",
}
CELLS = {
    "normal cells, nothing more": {},
    "rapamycin (stops mTORC1)": {"rapamycin": 20},
    "Src-family kinase inhibitor": {"block": "SFK"},
    "PI3K inhibitor": {"block": "PI3K"},
    "Akt inhibitor": {"block": "Akt"},
    "cells without Runx2": {"block": "Runx2"},
    "cells with P29A RANKL": {"rankl": "P29A"},
    "cells without RANKL": {"rankl": "knock-out"},
    "all RANKL shed, none on cells": {"rankl": "soluble only"},
}


def sentence(result, values=None):
    """What the dish shows, in one sentence."""
    dish = result["dish"]
    made = folds(dish)
    share = dish.facts["clustered"]
    clusters = (
        f"{share:.0%} of the RANKL on the cells stands in clusters of three or more"
        if present(dish.facts)
        else "there is no RANKL on the cells that could stand in clusters"
    )
    added = dish.treatment
    if result["kind"] == "vesicle":  # the model knows a vesicle with one head by its head alone
        added = added.replace("single RANK heads in solution", "vesicles of 1 RANK head")
    return (
        f"With {added}, {clusters}; over untreated cells Runx2 is "
        f"{made['Runx2']:.1f}-fold (day 5) and mineral {made['mineral']:.1f}-fold (day 21)."
    )


def _arguments(kind, dose, heads, opg, cells):
    """Keywords of ``bl.reverse.culture`` and of ``bl.reverse.dose_response``."""
    more = CELLS.get(cells, cells) if isinstance(cells, str) else cells
    shared = ({"opg": opg} if opg else {}) | more
    if kind in ("vesicle", "soluble RANK"):
        shared = {"valence": round(heads) if kind == "vesicle" else 1} | shared
        return {"vesicles": dose} | shared, shared
    antibody = "IgG" if kind == "antibody" else "trimerised"
    one = {"vesicles": 0, "antibody": antibody, "dose": dose}
    return one | shared, {"agent": "antibody", "antibody": antibody} | shared


def _simulate(kind, dose, heads, opg, cells):
    one, many = _arguments(kind, dose, heads, opg, cells)
    return {
        "dish": bl.reverse.culture(**one, points=64),
        "along dose": bl.reverse.dose_response(np.geomspace(*DOSES, 97), **many),
        "nothing": bl.reverse.culture(vesicles=0, points=64),
        "kind": kind,
        "dose": dose,
        "heads": heads,
    }


def _code(values):
    def words(arguments):
        return ", ".join(f"{name}={value!r}" for name, value in arguments.items())

    one, many = _arguments(**values)
    return (
        "import numpy as np\n\nimport bonelab as bl\n\n"
        f"dish = bl.reverse.culture({words(one)}, points=64)\n"
        f"doses = np.geomspace({DOSES[0]}, {DOSES[1]}, 97)  # nM\n"
        f"along = bl.reverse.dose_response(doses, {words(many)})\n"
        "nothing = bl.reverse.culture(vesicles=0, points=64)\n"
        'run = {"dish": dish, "along dose": along, "nothing": nothing,\n'
        f'       "kind": {values["kind"]!r}, "dose": {values["dose"]!r}, '
        f'"heads": {values["heads"]!r}}}'
    )


def vesicle_bench():
    """Osteoblasts in a dish: what holds their RANKL, how many at a time, and what comes of it."""
    return Lab(
        title="Vesicle bench",
        question="What does it take to make the RANKL on an osteoblast signal?",
        controls=[
            Control.choice(
                "cells", "Cells and inhibitors", options=list(CELLS),
                tooltip="Normal osteoblasts, an inhibitor given with them, or a mutant.",
            ),
            Control.choice(
                "kind", "What you add", options=KINDS,
                tooltip="What binds RANKL: with one head, with two or three arms, or with many.",
            ),
            Control.slider(
                "dose", "Its dose", unit="nM", low=DOSES[0], high=DOSES[1], default=0.01,
                scale="log", zero=True,
                tooltip="Particles or molecules per volume. 0.01 nM are 6 billion per millilitre.",
            ),
            Control.slider(
                "heads", "RANK on each vesicle", low=1, high=30, default=10, step=1,
                tooltip="RANK heads that one vesicle can bind with; 10 is assumed. Acts on "
                "vesicles only.",
            ),
            Control.slider(
                "opg", "OPG", unit="nM", low=0.01, high=10, default=0, scale="log", zero=True,
                tooltip="OPG in the medium: covers RANKL one by one.",
            ),
        ],
        simulate=_simulate,
        picture=BenchPicture,
        sentence=sentence,
        code=_code,
        predict=Predict(
            "At 0.01 nM vesicles about half of the RANKL stands in clusters. You give a hundred "
            "thousand times as many vesicles. What happens to the clusters?",
            options=("nearly all RANKL is in clusters", "about as many as before",
                     "hardly any are left"),
            values={"dose": 1000},
            truth=lambda result: _in_words(result["dish"].facts["clustered"]),
            explain="Each RANKL now finds a vesicle of its own. All of it is held, one by one, "
            "and a RANKL alone does not signal.",
        ),
    )  # fmt: skip


def _in_words(clustered):
    if clustered > 0.75:
        return "nearly all RANKL is in clusters"
    return "about as many as before" if clustered > 0.2 else "hardly any are left"
