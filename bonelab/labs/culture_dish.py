"""The culture dish: how RANKL makes, feeds and keeps osteoclasts."""

import numpy as np

import bonelab as bl
from bonelab.course.asking.prediction import Predict
from bonelab.figures.dish_picture import ASKED, DishPicture
from bonelab.parameters import load, write

from .challenge import Challenge
from .controls import Control
from .factory import Lab
from .lines import call

MOST = int(load("protocol").record("dish_RANKL").high)  # ng/ml
BLOCKS = {
    "nothing": (),
    "NF-κB (IKK inhibitor)": "IKK",
    "JNK / c-Jun": "JNK",
    "Akt": "Akt",
    "Src": "Src",
}


def _lines(rankl, opg, days, block, rank):
    dish = {"rankl": f"{write(rankl)} ng/ml", "opg": opg, "days": days}
    dish |= {"block": block} if block else {}
    dish |= {"rank": 0} if rank else {}
    return f"run = {call('bl.forward.culture', **dish)}"


def culture_dish():
    """Osteoclast precursors in a dish: RANKL, OPG, days, a blocked messenger, RANK or none."""
    return Lab(
        title="Culture dish",
        question="How much RANKL does it take to make an osteoclast, and which messengers inside "
        "the cell carry the order?",
        controls=[
            Control.from_parameter("protocol", "dish_RANKL", name="rankl", log_from=0.5),
            Control.from_parameter("protocol", "dish_OPG", name="opg", log_from=0.01),
            Control.from_parameter("protocol", "dish_days", name="days", step=1),
            Control.choice(
                "block", "Blocked messenger", options=BLOCKS,
                tooltip="An inhibitor that stops one arm of the signal completely.",
            ),
            Control.switch(
                "rank", "Cells without RANK", tooltip="Precursors from a RANK knock-out mouse."
            ),
        ],
        lines=_lines,
        picture=DishPicture,
        sentence=_sentence,
        challenges=[
            Challenge(
                "Make two dishes with equally many osteoclasts (within 5%), one of which has 1.3 "
                "times as many pits.",
                reached=_cells_alike, pair=True,
            ),
            Challenge(
                "Find what leaves at least ten osteoclasts per 1,000 precursors and not one pit.",
                reached=lambda run, values: run.final["osteoclasts"] >= 0.01
                and run.final["pits"] < 1e-5,
            ),
            Challenge(
                "Reach 4.2 nuclei per osteoclast with at most 20 ng/ml RANKL.",
                reached=lambda run, values: values["rankl"] <= 20
                and run.final["nuclei per osteoclast"] >= 4.2,
            ),
        ],
        predict=Predict(
            f"In five days {MOST} ng/ml RANKL makes the most osteoclasts that this dish will have. "
            "Which dose makes half as many?",
            low=0.5, high=MOST, unit="ng/ml", blank=True,
            truth=half_dose,
            explain="Few receptors have to be occupied before a cell follows the order, so the "
            "dose lies far below half of the largest.",
        ),
    )  # fmt: skip


def _sentence(run, values):
    """What the run says of the cells, and the pits beside it."""
    pits = 1000 * run.final["pits"]
    dug = f"The area of their pits is {pits:.2g} units." if pits >= 0.005 else "There are no pits."
    return f"{run.summary()} {dug}"


def half_dose(run=None):
    """The dose (ng/ml) with half as many osteoclasts on the day asked for as the most makes."""
    doses = np.geomspace(2, 12, 12)
    *made, most = (
        bl.forward.culture(f"{dose} ng/ml", days=ASKED).final["osteoclasts"]
        for dose in (*doses, MOST)
    )
    return round(float(np.exp(np.interp(most / 2, made, np.log(doses)))), 1)


def _cells_alike(run, values, other, others):
    cells, pits = ([each.final[name] for each in (run, other)] for name in ("osteoclasts", "pits"))
    alike = min(cells) > 0.001 and max(cells) <= 1.05 * min(cells)
    return alike and min(pits) > 1e-5 and max(pits) >= 1.3 * min(pits)
