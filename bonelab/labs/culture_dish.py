"""Lab 1, the culture dish: how RANKL makes, feeds and keeps osteoclasts."""

from bonelab.course.asking.prediction import Predict
from bonelab.figures.dish_picture import DishPicture
from bonelab.parameters import write

from .controls import Control
from .factory import Lab
from .lines import call

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
        predict=Predict(
            "You give a twentieth of 50 ng/ml RANKL: 2.5 ng/ml. How many osteoclasts per 1,000 "
            "precursors stand in the dish on day 5 (at 50 ng/ml there are about 65)?",
            low=0, high=150, unit="osteoclasts",
            values={"rankl": 2.5},
            truth=lambda run: 1000 * run.final["osteoclasts"],
            explain="Far more than a twentieth: at 50 ng/ml the receptors were nearly full.",
        ),
    )  # fmt: skip
