"""Lab 1, the culture dish: how RANKL makes, feeds and keeps osteoclasts."""

import bonelab as bl
from bonelab.course.asking.predict import Predict
from bonelab.figures.dish_picture import DishPicture

from .controls import Control
from .factory import Lab

BLOCKS = {
    "nothing": (),
    "NF-κB (IKK inhibitor)": "IKK",
    "JNK / c-Jun": "JNK",
    "Akt": "Akt",
    "Src": "Src",
}


def _simulate(rankl, opg, days, block, rank):
    return bl.forward.culture(f"{rankl:g} ng/ml", opg, days, block, 0.0 if rank else 1.0)


def culture_dish():
    """Osteoclast precursors in a dish: RANKL, OPG, days, a blocked messenger, RANK or none."""
    return Lab(
        title="Culture dish",
        question="How much RANKL does it take to make an osteoclast, and what in the cell obeys?",
        controls=[
            Control.slider(
                "rankl", "RANKL", unit="ng/ml", low=0.5, high=200, default=50, scale="log",
                zero=True, tooltip="RANKL added to the medium. A usual dose is 30 to 100 ng/ml.",
            ),
            Control.slider(
                "opg", "OPG", unit="nM", low=0.01, high=10, default=0, scale="log", zero=True,
                tooltip="OPG added to the medium, the decoy receptor.",
            ),
            Control.slider(
                "days", "Days", low=1, high=7, default=5, step=1,
                tooltip="Length of the culture; osteoclasts are usually counted on day 5.",
            ),
            Control.choice(
                "block", "Blocked messenger", options=BLOCKS,
                tooltip="An inhibitor that stops one arm of the signal completely.",
            ),
            Control.switch(
                "rank", "Cells without RANK", tooltip="Precursors from a RANK knock-out mouse."
            ),
        ],
        simulate=_simulate,
        picture=DishPicture,
        predict=Predict(
            "You give a twentieth of 50 ng/ml RANKL: 2.5 ng/ml. How many osteoclasts per 1,000 "
            "precursors stand in the dish on day 5 (at 50 ng/ml there are about 100)?",
            low=0, high=150, unit="osteoclasts",
            values={"rankl": 2.5},
            truth=lambda run: 1000 * run.final["osteoclasts"],
            explain="Far more than a twentieth: at 50 ng/ml the receptors were nearly full.",
        ),
    )  # fmt: skip
