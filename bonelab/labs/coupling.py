"""Lab 5, coupling: how much bone is built back, and who tells the builders."""

from bonelab.course.asking.prediction import Predict
from bonelab.figures.coupling_picture import CouplingPicture
from bonelab.simulation.readings import coupling_gain

from .controls import Control
from .factory import Lab
from .lines import Code, call

POINTS = 121


def sentence(result, values=None):
    """Rates, coupling gain and bone in one sentence."""
    final, coupled = result["run"].final, coupling_gain(result["run"], result["without"])
    words = (
        f"At the end resorption is {final['resorption']:.2f} and formation "
        f"{final['formation']:.2f} times healthy; the spine has "
        f"{100 * final['bone volume spine']:.0f} % of its bone."
    )
    if coupled is None:
        return f"{words} Without extra RANKL there is no extra resorption for formation to follow."
    return f"{words} Of each unit of extra resorption, {coupled:.2f} came back as formation."


def _lines(tail, reverse_share, formation_basal, extra_RANKL, years):
    changes = {"tail": tail, "reverse_share": reverse_share, "formation_basal": formation_basal}
    woman = call("bl.woman(30).with_", **changes)
    more = call("woman.with_", extra_RANKL=extra_RANKL) if extra_RANKL else "woman"
    length = {"years": years, "points": POINTS}
    return (
        f"import bonelab as bl\n\nwoman = {woman}\n"
        "run = {\n"
        f'    "run": {call("bl.simulate", Code(more), **length)},\n'
        f'    "without": {call("bl.simulate", Code("woman"), **length)},\n'
        "}"
    )


def coupling():
    """A remodelling unit whose builders listen to vesicles, to the matrix, or to nobody."""
    return Lab(
        title="Coupling",
        question="When more bone is removed, who tells the builders to build more?",
        controls=[
            Control.choice(
                "tail", "RANKL's tail",
                options={"normal": 1.0, "cannot signal (P29A)": 0.02},
                tooltip="P29A RANKL binds RANK as ever, but its tail does not signal in reverse.",
            ),
            Control.from_parameter(
                "tissue", "reverse_share", label="Reverse share (w)",
                step=0.05,
            ),
            Control.from_parameter(
                "tissue", "formation_basal", label="Deaf share (c₀)", step=0.01,
            ),
            Control.from_parameter("protocol", "extra_RANKL", step=0.01),
            Control.from_parameter("protocol", "years", step=1),
        ],
        lines=_lines,
        picture=CouplingPicture,
        sentence=sentence,
        predict=Predict(
            "Extra RANKL makes osteoclasts remove more bone for three years. The share of the "
            "coupling that runs through reverse signalling is set to nothing: all of it runs "
            "through growth factors from the matrix. What does formation do?",
            options=("it stays as it was", "it rises, about as with both ways",
                     "it falls below healthy"),
            values={"reverse_share": 0},
            truth=lambda result: _in_words(result["run"].final["formation"]),
            explain="What is dug frees growth factors, so the matrix can carry the call alone. To "
            "find out how much the reverse way counts, an experiment has to cut one of the two.",
        ),
    )  # fmt: skip


def _in_words(formation):
    if formation > 1.05:
        return "it rises, about as with both ways"
    return "it stays as it was" if formation > 0.95 else "it falls below healthy"
