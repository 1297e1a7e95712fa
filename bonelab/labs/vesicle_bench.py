"""Lab 4, the vesicle bench: what it takes to make RANKL on an osteoblast signal."""

import numpy as np

import bonelab as bl
from bonelab.figures import style
from bonelab.figures.crosslinking_picture import CrosslinkingPicture
from bonelab.figures.gene_bars import GeneBars
from bonelab.figures.panels import LinePanel, Panel
from bonelab.figures.shapes import LABEL
from bonelab.figures.side_by_side import SideBySide
from bonelab.figures.western_blot import WesternBlot

from .controls import Control
from .factory import Lab
from .predict import Predict

DOSES = (1e-4, 1e3)  # nM, the axis
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
TICKS = (0.0001, 0.1, 100)
GENES = ("Runx2", "Col1a1", "Sp7", "mineral")
LANES = ("nothing", "start", "now")


class BenchPicture(SideBySide):
    """RANKL on the cell, clusters against dose, a western blot, genes and mineral."""

    size = (9.2, 4.9)
    scene = CrosslinkingPicture
    xlabel, xlim = "dose (nM)", (DOSES[0], 3 * DOSES[1])  # room for a dot at the end
    panels = (
        Panel("The dose that clusters", ("clustered RANKL", "mTORC1"), "share (%)", (0, 105),
              labels={"clustered RANKL": "in clusters", "mTORC1": "mTORC1"}),
    )  # fmt: skip

    def build(self, result):
        """Four fields; a dot on each curve where the dish stands."""
        columns = self.figure.add_gridspec(1, 2, width_ratios=[1.2, 1])
        left = columns[0].subgridspec(2, 1, height_ratios=[2.55, 1])
        right = columns[1].subgridspec(2, 1, height_ratios=[1.5, 1])
        self.drawing = self.scene(self.figure.add_subplot(left[0]))
        panel = LinePanel(self.figure.add_subplot(right[0]), self.panels[0], self.xlabel, self.xlim)
        panel.axes.set_xscale("log")
        panel.axes.set_xticks(TICKS, [f"{dose:,}" for dose in TICKS])  # as in the number box
        self.line_panels = [panel]
        self.dots_on = {
            name: panel.axes.plot([], [], "o", ms=11, mec=style.INK, mew=1.5, zorder=5,
                                  color=style.COLOUR[name])[0]
            for name in panel.lines
        }  # fmt: skip
        proteins = ("p-Src", "p-Akt", "p-PRAS40", "p-S6K1", "actin")
        axes = self.figure.add_subplot(left[1])
        self.blot = WesternBlot(axes, proteins, LANES)
        axes.text(-0.02, 1.03, "blot, 1 h:", ha="right", va="bottom", fontsize=LABEL,
                  transform=axes.transAxes)  # fmt: skip
        axes = self.figure.add_subplot(right[1])
        self.bars = GeneBars(axes, GENES, most=6)
        axes.set_xlabel("times untreated (day 5; mineral day 21)")
        drawn = [panel, self.drawing, self.blot, self.bars]
        self.moving = [artist for part in drawn for artist in part.moving]
        self.moving += self.dots_on.values()

    def curve(self, result, name):
        """Clustered RANKL and active mTORC1 along the dose, in percent."""
        along = result["along dose"]
        share = along.clustered if name == "clustered RANKL" else along.mTORC1
        return along.dose, 100 * share

    def scene_values(self, result):
        """Who holds the RANKL, and how much of it signals."""
        dish, kind = result["dish"], result["kind"]
        facts = dish.facts
        held = facts["on vesicles"] + facts["on antibody"]
        return {
            "clustered": facts["clustered"],
            "pairs": facts["in pairs"],
            "single": max(held - facts["clustered"] - facts["in pairs"], 0.0),
            "masked": facts["on OPG"],
            "kind": kind,
            "loose": float(np.clip((np.log10(max(result["dose"], DOSES[0])) + 4) / 7, 0, 1)),
            "signal": dish.final["Src-family kinase"],
            "tail": facts["tail"],
            "present": float(_present(facts)),
            "stopped": float(_stopped(dish)),
        }

    def bands(self, result):
        """The blot's strips: untreated cells, the start of the lab, the dish now."""
        runs = {
            "nothing": result["nothing"],
            "start": getattr(self, "_start", result["dish"]),
            "now": result["dish"],
        }
        return bl.reverse.western_blot(runs, time=1)  # hour

    def update(self, result):
        """Move curves, dots, drawing, blot and bars."""
        super().update(result)
        dish, dose = result["dish"], max(result["dose"], DOSES[0])
        for name, dot in self.dots_on.items():
            dot.set_data([dose], [100 * dish.final[name]])
        self.blot.update(self.bands(result))
        self.bars.update(folds(dish))

    def ghost(self, result):
        """The start stays: grey curves and marks, and a lane of the blot."""
        self._start = result["dish"]
        self.bars.ghost(folds(result["dish"]))
        super().ghost(result)

    def alt(self, result):
        """The four fields in words."""
        return " ".join([
            self.drawing.alt(**self.scene_values(result)),
            "Curves of clustered RANKL and mTORC1 against dose: clusters rise and fall again.",
            self.blot.alt(self.bands(result)),
            self.bars.alt(folds(result["dish"])),
            sentence(result),
        ])  # fmt: skip


def _present(facts):
    """Whether the cells have RANKL on them: all of it is held by something, or free."""
    return sum(facts[who] for who in ("on vesicles", "on antibody", "on OPG", "free")) > 0


def _stopped(dish):
    """Whether the tail signals and Runx2 does not follow: something is blocked in between."""
    return dish.final["Src-family kinase"] > 0.1 and folds(dish)["Runx2"] < 1.05


def folds(dish):
    """Genes after 5 days and mineral after 21, over untreated cells."""
    day5 = dish.at(5 * 24)
    return {name: day5[name] for name in GENES[:3]} | {"mineral": dish.final["mineral"]}


def sentence(result, values=None):
    """What the dish shows, in one sentence."""
    dish = result["dish"]
    made = folds(dish)
    share = dish.facts["clustered"]
    clusters = (
        f"{share:.0%} of the RANKL on the cells stands in clusters of three or more"
        if _present(dish.facts)
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
        f'       "kind": {values["kind"]!r}, "dose": {values["dose"]!r}}}'
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
