"""Beyond bone, one place at a time: what RANKL, RANK and OPG do in the rest of the body."""

import bonelab as bl
from bonelab.course.asking.prediction import Predict
from bonelab.figures import elsewhere_picture as pictures
from bonelab.parameters import one_of

from .challenge import Challenge
from .controls import Control
from .factory import Lab
from .lines import call

WEEKS = {"never": None, "from birth": 0, "from week 4": 4, "from week 8": 8, "from week 12": 12}
LENGTH = 16  # weeks of the mouse


def _run(experiment, **changes):
    return f"run = {call(f'bl.beyond_bone.{experiment}', **changes)}"


def _sentence(run, values):
    """What the run shows; and once more what is only a small model."""
    return f"{run.summary()} This is a small model, of which only the direction is claimed."


def _immune():
    return Lab(
        title="Elsewhere: an immune response",
        name="elsewhere",
        question="What happens to an immune response when RANKL is held back?",
        controls=[
            Control.from_parameter("protocol", "antigen_days", step=1),
            Control.from_parameter("protocol", "place_RANK", name="rank"),
            Control.from_parameter("protocol", "given_OPG", name="opg", log_from=0.05),
        ],
        lines=lambda **values: _run("immunity", **values),
        picture=pictures.ImmuneCurves,
        sentence=_sentence,
        challenges=[
            Challenge(
                "Find the OPG that leaves half of the T cells of an untouched response (within "
                "two points), with antigen for ten days and RANK as usual.",
                reached=_half_of_the_peak,
            ),
            Challenge(
                "Bring the T cells to 85% of the most there can be, although there are 6 nM OPG "
                "or more around the cells.",
                reached=lambda run, values: values["opg"] >= 6 and run["T cells"].max() >= 0.85,
            ),
        ],
        predict=Predict(
            "Antigen is there for ten days. One response runs without OPG around the cells, and "
            "one with 20 nM. How high is the peak of the T cells with OPG?",
            options=("as high as without", "lower, but more than half", "less than half as high"),
            values={"opg": 20}, blank=True,
            truth=_peak_in_words,
            explain="OPG holds the RANKL of the T cells, so that dendritic cells die as early as "
            "without RANKL, and fewer of them drive T cells. The model leaves out what else keeps "
            "dendritic cells alive. In women on denosumab no such loss was seen.",
        ),
    )  # fmt: skip


def _usual(experiment, series):
    """The most of a series in the untouched experiment."""
    return float(getattr(bl.beyond_bone, experiment)()[series].max())


def _half_of_the_peak(run, values):
    share = run["T cells"].max() / _usual("immunity", "T cells")
    return values["antigen_days"] == 10 and values["rank"] == 1 and abs(share - 0.5) <= 0.02


def _peak_in_words(run):
    share = run["T cells"].max() / _usual("immunity", "T cells")
    if share > 0.95:
        return "as high as without"
    return "lower, but more than half" if share > 0.5 else "less than half as high"


def _brain():
    return Lab(
        title="Elsewhere: the brain",
        name="elsewhere_brain",
        question="How does RANKL in the brain make a fever?",
        controls=[
            Control.from_parameter("protocol", "brain_RANKL", name="rankl", log_from=0.01),
            Control.from_parameter(
                "protocol", "place_RANK", name="rank", label="RANK on astrocytes"
            ),
            Control.from_parameter("protocol", "COX2", name="cox"),
        ],
        lines=lambda **values: _run("fever", **values),
        picture=pictures.BrainCurves,
        sentence=_sentence,
        challenges=[
            Challenge(
                "Keep the temperature below 37.5 °C after 10 nM RANKL, with COX2 at full work.",
                reached=lambda run, values: values["rankl"] == 10 and values["cox"] == 1
                and run["temperature"].max() < 37.5,
            ),
            Challenge(
                "Keep the temperature below 37.5 °C after 10 nM RANKL, with RANK as usual.",
                reached=lambda run, values: values["rankl"] == 10 and values["rank"] == 1
                and run["temperature"].max() < 37.5,
            ),
        ],
    )  # fmt: skip


def _artery_lines(opg, treated):
    start = WEEKS[treated]
    given = {"opg": opg}
    if start is not None:
        given |= {"treat_from": f"{start} weeks", "treat_for": f"{LENGTH - start} weeks"}
    return _run("artery", **given)


def _artery():
    return Lab(
        title="Elsewhere: an artery",
        name="elsewhere_artery",
        question="What does OPG do for the wall of an artery, and does it matter when it comes?",
        controls=[
            Control.from_parameter(
                "protocol", "place_OPG", name="opg", default=0, high=1, label="OPG of its own"
            ),
            Control.choice("treated", "OPG given", options=list(WEEKS),
                           tooltip="2 nM of OPG more in the wall, from some week of life on."),
        ],
        lines=_artery_lines,
        picture=pictures.ArteryCurves,
        sentence=_sentence,
        challenges=[
            Challenge(
                "Halve the calcium of a mouse without OPG of its own, by treatment alone.",
                reached=lambda run, values: values["opg"] == 0
                and abs(run.final["arterial calcium"] / _without_opg() - 0.5) < 0.05,
            ),
            Challenge(
                "Without treatment, find how little OPG of its own keeps the wall below a tenth of "
                "the calcium of a mouse without OPG (with calcium in it).",
                reached=lambda run, values: values["treated"] == "never"
                and 0.05 < run.final["arterial calcium"] / _without_opg() < 0.1,
            ),
        ],
    )  # fmt: skip


def _without_opg():
    return bl.beyond_bone.artery(opg=0).final["arterial calcium"]


def _breast():
    return Lab(
        title="Elsewhere: the breast",
        name="elsewhere_breast",
        question="What does a breast need to get ready for milk?",
        controls=[
            Control.from_parameter("protocol", "place_RANKL", name="rankl"),
            Control.from_parameter("protocol", "place_RANK", name="rank"),
            Control.from_parameter("protocol", "given_RANKL", name="injected", log_from=0.01),
        ],
        lines=lambda **values: _run("mammary_gland", **values),
        picture=pictures.BreastCurves,
        sentence=_sentence,
        challenges=[
            Challenge(
                "Have fewer than 5% of the alveoli in spite of twice the RANKL.",
                reached=lambda run, values: values["rankl"] == 2 and run.final["alveoli"] < 0.05,
            ),
            Challenge(
                "Give a mouse without RANKL of its own 95% of her alveoli, with 0.5 nM RANKL or "
                "less.",
                reached=lambda run, values: values["rankl"] == 0 and values["injected"] <= 0.5
                and run.final["alveoli"] >= 0.95,
            ),
        ],
    )  # fmt: skip


def _calcium():
    return Lab(
        title="Elsewhere: milk and bone",
        name="elsewhere_calcium",
        question="Who pays for the calcium in milk?",
        controls=[
            Control.from_parameter("protocol", "absorption", step=1),
            Control.from_parameter("protocol", "place_RANKL", name="rankl"),
            Control.from_parameter("protocol", "place_OPG", name="opg"),
        ],
        lines=lambda absorption, rankl, opg: _run(
            "calcium_balance", rankl=rankl, opg=opg, absorption=absorption
        ),
        picture=pictures.CalciumCurves,
        sentence=_sentence,
        challenges=[
            Challenge(
                "Give 1,000 mmol to milk at half the cost to bone.",
                reached=lambda run, values: run.final["milk"] >= 1000
                and _cost(run) <= 0.5 * _cost(bl.beyond_bone.calcium_balance()),
            ),
            Challenge(
                "Give 1,000 mmol to milk and let bone pay nothing.",
                reached=lambda run, values: run.final["milk"] >= 1000 and _cost(run) <= 0,
            ),
        ],
    )  # fmt: skip


def _cost(run):
    """Calcium that bone has given away (mmol)."""
    return run["bone"][0] - run["bone"][-1]


_PLACES = {
    "immune": _immune, "brain": _brain, "artery": _artery, "breast": _breast, "calcium": _calcium,
}  # fmt: skip


def elsewhere(place="immune"):
    """One place beyond bone: ``"immune"``, ``"brain"``, ``"artery"``, ``"breast"``, ``"calcium"``.

    Raises BonelabError for another place.
    """
    return _PLACES[one_of("place", place, _PLACES)]()
