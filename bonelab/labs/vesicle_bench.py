"""The vesicle bench: what it takes to make RANKL on an osteoblast signal."""

from bonelab.biology.beyond_bone.vesicle_equations import share_filled
from bonelab.course.asking.prediction import Predict
from bonelab.figures.bench_picture import DOSES, BenchPicture
from bonelab.parameters import load
from bonelab.simulation.readings import has_RANKL, over_untreated

from .challenge import Challenge
from .controls import Control
from .factory import Lab
from .lines import Code, call
from .who_is_this import who_clusters

TOO_DENSE = 0.02  # share of the medium that vesicles fill

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
NORMAL = next(iter(CELLS))
SCISSORS = {  # strip of the blot that was clicked -> what stops that step
    "cut p-Src": "Src-family kinase inhibitor",
    "cut p-Akt": "Akt inhibitor",
    "cut p-S6K1": "rapamycin (stops mTORC1)",
}


def sentence(result, values=None):
    """What the dish shows, in one sentence."""
    dish = result["dish"]
    made = over_untreated(dish)
    share = dish.facts["clustered"]
    clusters = (
        f"{_percent(share)} of the RANKL on the cells is in clusters of three or more"
        if has_RANKL(dish.facts)
        else "there is no RANKL on the cells that could form clusters"
    )
    added = dish.treatment
    if result["kind"] == "vesicle":  # the model knows a vesicle with one head by its head alone
        added = added.replace("single RANK heads in solution", "vesicles of 1 RANK head")
    start = f"With {added}, {clusters}."
    if made["Runx2"] < 0.05 and made["mineral"] < 0.05:
        genes = "Runx2 does not act, so its genes stay off and no mineral forms."
    else:
        genes = (
            f"Compared with untreated cells, Runx2 is {made['Runx2']:.1f} times as high on day 5, "
            f"and mineral {made['mineral']:.1f} times as high on day 21."
        )
    return " ".join(filter(None, [start, genes, _crowd(result)]))


def _percent(share):
    """A share in percent; the smallest is not called nothing."""
    return "less than 1%" if 0.0001 <= share < 0.005 else f"{share:.0%}"


def _crowd(result):
    """How much of the medium the vesicles would fill, where no preparation is so dense."""
    if result["kind"] != "vesicle":
        return ""
    filled = share_filled(result["dose"], load("beyond_bone").vesicle_mode)
    if filled < TOO_DENSE:
        return ""
    return f"So many vesicles would fill {filled:.0%} of the medium; no preparation is so dense."


def _lines(kind, dose, heads, opg, cells):
    shared = ({"opg": opg} if opg else {}) | CELLS[cells]
    if kind in ("vesicle", "soluble RANK"):
        shared = {"valence": heads if kind == "vesicle" else 1} | shared
        dish, many = {"vesicles": dose} | shared, shared
    else:
        antibody = {"antibody": "IgG" if kind == "antibody" else "trimerised"}
        dish = {"vesicles": 0} | antibody | {"dose": dose} | shared
        many = {"agent": "antibody"} | antibody | shared
    return (
        "import numpy as np\n\nimport bonelab as bl\n\n"
        f"dish = {call('bl.reverse.culture', **dish, points=64)}\n"
        f"doses = np.geomspace({DOSES[0]}, {DOSES[1]}, 97)  # nM\n"
        f"along = {call('bl.reverse.dose_response', Code('doses'), **many)}\n"
        "nothing = bl.reverse.culture(vesicles=0, points=64)\n"
        'run = {"dish": dish, "along dose": along, "nothing": nothing,\n'
        f'       "kind": "{kind}", "dose": {dose}, "heads": {heads}}}'
    )


def vesicle_bench():
    """Osteoblasts in a dish: what holds their RANKL, how many at a time, and what comes of it."""

    def clicked(values, where):
        if where in SCISSORS:
            cut = SCISSORS[where]
            return {"cells": NORMAL if values["cells"] == cut else cut}
        return who_clusters(where, lab.run["dish"], values["kind"], values["dose"])

    lab = Lab(
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
            Control.from_parameter("protocol", "bench_dose", name="dose", log_from=DOSES[0]),
            Control.from_parameter("protocol", "bench_heads", name="heads", scale="linear", step=1),
            Control.from_parameter("protocol", "bench_OPG", name="opg", log_from=0.01),
        ],
        lines=_lines,
        picture=BenchPicture,
        clicked=clicked,
        sentence=sentence,
        challenges=[
            Challenge(
                "Bring half of the RANKL into clusters with at most 0.0015 nM vesicles.",
                reached=lambda result, values: values["kind"] == "vesicle"
                and values["dose"] <= 0.0015 and result["dish"].facts["clustered"] >= 0.5,
            ),
            Challenge(
                "Have over 95% of the RANKL held, and no more Runx2 than in untreated cells "
                "(within 2%), with normal cells and no OPG.",
                reached=lambda result, values: values["opg"] == 0
                and values["cells"] == NORMAL
                and 1 - result["dish"].facts["free"] > 0.95
                and over_untreated(result["dish"])["Runx2"] < 1.02,
            ),
            Challenge(
                "Keep Runx2 where it is in untreated cells, or lower, while Akt is ten times as "
                "active.",
                reached=lambda result, values: over_untreated(result["dish"])["Runx2"] <= 1
                and result["dish"].facts["Akt fold"] >= 10,
            ),
        ],
        predict=Predict(
            "At 0.01 nM vesicles most of the RANKL stands in clusters. You give a hundred "
            "thousand times as many vesicles. What happens to the clusters?",
            options=("nearly all RANKL is in clusters", "about as many as before",
                     "hardly any are left"),
            values={"dose": 1000}, blank=True,
            truth=lambda result: _in_words(result["dish"].facts["clustered"]),
            explain="Each RANKL now finds a vesicle of its own. All of it is held, one by one, "
            "and a RANKL alone does not signal.",
        ),
    )  # fmt: skip
    return lab


def _in_words(clustered):
    if clustered > 0.75:
        return "nearly all RANKL is in clusters"
    return "about as many as before" if clustered > 0.2 else "hardly any are left"
