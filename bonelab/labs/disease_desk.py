"""The disease desk: what an illness does to RANKL, RANK and OPG, and what OPG-Fc can still do."""

from dataclasses import dataclass

import bonelab as bl
from bonelab.biology.conditions import conditions
from bonelab.course.asking.prediction import Predict
from bonelab.figures.desk_picture import YEARS, DiseasePicture, bone_of
from bonelab.figures.mixing_desk_drawing import times
from bonelab.simulation.readings import first_reached, share_come_back, share_made_good

from .challenge import Challenge
from .controls import Control
from .factory import Lab
from .lines import Code, call

AGE, OPG_FC = int(bl.parameters.load("subjects").age_at_the_desks), "20 nM"
NONE = "none"
NEVER, EARLY, LATE = "never", "early: from the start", "late: from the month below"
FIRST = "glucocorticoid osteoporosis"
LOW, HIGH = 2.1, 2.6  # mmol/L: the usual range of calcium in blood; textbook figures
MORE_THAN_HEALTHY = (
    "More than healthy means that the pits of ordinary remodelling were filled too, as in a "
    "healthy woman under OPG-Fc; it does not mean that the illness is gone."
)
SHORT = {  # what is too long for the desk
    "glucocorticoid osteoporosis": "glucocorticoid",
    "postmenopausal osteoporosis": "postmenopausal",
    "hypercalcaemia of malignancy": "hypercalcaemia",
    "familial expansile osteolysis": "expansile osteolysis",
    "juvenile Paget's disease": "juvenile Paget's",
    "malignant bone tumour": "bone tumour",
    "osteopetrosis without RANKL": "no RANKL",
    "osteopetrosis without RANK": "no RANK",
}


@dataclass(frozen=True)
class Ill:
    """The runs of a disease as set and untreated, and how the desk stands."""

    run: object
    untreated: object
    desk: dict  # what the drawing takes
    response: float  # the signal of an occupied RANK, relative to normal
    estrogen_removed: float  # the share of estrogen that is taken away


def _lines(disease, severity, opg_fc, month):
    share = {} if severity == 1 else {"severity": severity}
    woman = f"bl.woman({AGE})"
    woman += call(".with_disease", disease, **share) if disease != NONE else ""
    start = {NEVER: None, EARLY: 0, LATE: f"{month:g} month{'' if month == 1 else 's'}"}[opg_fc]
    length = {"years": YEARS, "points": 101}
    lines = [
        "import bonelab as bl\n",
        f"subject = {woman}",
        f"untreated = {call('bl.simulate', Code('subject'), **length)}",
    ]
    treated = Code("untreated")
    if start is not None:
        lines.append(f"decoy = {call('bl.opg_fc', level=OPG_FC, start=start)}")
        treated = call("bl.simulate", Code("subject"), Code("decoy"), **length)
    lines += [f"treated = {treated}", 'run = {"treated": treated, "untreated": untreated}']
    return "\n".join(lines)


def _seen(names, values):
    """The runs, with what the desk shows: how it is set, and the factors of its subject."""
    run, condition = names["run"]["treated"], names["subject"].tissue.condition
    healthy = values["disease"] == NONE
    since = {
        NEVER: "",
        EARLY: "from the start",
        LATE: f"from month {values['month']:g}",
    }[values["opg_fc"]]
    desk = {
        "names": ("no disease" if healthy else SHORT.get(values["disease"], values["disease"]),),
        "sources": ("" if healthy else "one site" if run.local else "whole body",),
        "strengths": (0.0 if healthy else values["severity"],),
        **{name: getattr(condition, name)
           for name in ("RANKL", "OPG", "RANK", "extra_RANKL", "RANK_gain")},
        "tumour": float("tumour burden" in run),
        "opg_fc": since,
    }  # fmt: skip
    untreated = names["run"]["untreated"]
    return Ill(run, untreated, desk, condition.RANK_response, condition.estrogen_removed)


def _sentence(result, values):
    run, desk = result.run, result.desk
    healthy = bl.binding.competition().occupancy
    where = bone_of(run)
    last, untreated = (each.final["bone volume spine"] for each in (run, result.untreated))
    sentences = [
        f"{_per_cell(desk)}{_besides(result)}. {_at_the_start(result, healthy)}",
        f"After two years {where} is at {last:.1%} of healthy"
        + (f", and without OPG-Fc it would be at {untreated:.1%}." if desk["opg_fc"] else "."),
    ]
    if desk["opg_fc"] and last > 1 and untreated < 1 and desk["strengths"][0] > 0:
        sentences.append(MORE_THAN_HEALTHY)
    if "tumour burden" in run:
        sentences.append(_tumour(result))
    if run.local:
        sentences.append("For one site no blood is modelled.")
    else:
        sentences.append(f"CTX ends at {run.final['CTX']:.0f}% of its start. {_calcium(run)}")
    return " ".join([*sentences, *_left_out(values)])


def _tumour(result):
    """When the tumour has grown half as large as it can, and how far it was held back by then."""
    days = [first_reached(run, "tumour burden", 0.5) for run in (result.run, result.untreated)]
    if days[1] is None:
        return "The tumour does not fill half of its place."
    if not result.desk["opg_fc"]:
        return f"The tumour fills half of its place by day {days[1]:.0f}."
    smaller = 1 - result.run.at(days[1], "tumour burden") / 0.5
    if smaller < 0.005:
        return f"The tumour fills half of its place by day {days[1]:.0f}, before the drug comes."
    grown = "not in these two years" if days[0] is None else f"on day {days[0]:.0f}"
    return (
        f"On day {days[1]:.0f}, when the untreated tumour fills half of its place, this one is "
        f"{smaller:.0%} smaller; it fills its half {grown}."
    )


def _calcium(run):
    """Calcium in blood at the end, and its furthest where a body would be ill of it."""
    calcium = run["serum calcium" if "serum calcium" in run else "blood calcium"]
    words = f"Calcium ends at {calcium[-1]:.2f} mmol/L"
    if calcium.max() > HIGH:
        words += f"; its highest was {calcium.max():.2f}, where the usual range is {LOW} to {HIGH}"
    if calcium.min() < LOW:
        words += f"; its lowest was {calcium.min():.2f}, which people would treat as hypocalcaemia"
    return f"{words}."


def _left_out(values):
    """What the record of the disease says that no curve here shows."""
    note = values["disease"] != NONE and conditions("diseases")[values["disease"]].note
    return [note] if note else []


def _at_the_start(result, healthy):
    """How much of RANK is occupied as the run begins, where there is RANK."""
    occupied = result.run["occupancy"][0]
    if result.desk["RANK"] == 0:
        return "There is no RANK, so RANKL has nothing to bind but OPG."
    return f"At the start {occupied:.0%} of RANK is occupied ({healthy:.0%} in health)."


def _per_cell(desk):
    """RANKL and OPG of a cell, relative to health."""
    if desk["RANKL"] == 0:
        return f"There is no RANKL, and OPG is {times(desk['OPG'])}"
    if desk["OPG"] == 0:
        return f"RANKL per cell is {times(desk['RANKL'])}, and there is no OPG"
    return f"RANKL per cell is {times(desk['RANKL'])} and OPG {times(desk['OPG'])}"


def _besides(result):
    """What a disease does that is not in the ratio per cell."""
    desk = result.desk
    if result.estrogen_removed:
        return ", but without estrogen marrow cells carry more RANKL and osteoclasts live longer"
    if desk["RANK"] not in (0, 1):
        return f", and RANK is {times(desk['RANK'])}"
    if desk["tumour"]:
        return ", and a growing tumour makes more RANKL"
    if desk["extra_RANKL"]:
        return f", and other cells add {desk['extra_RANKL']:.2g} nM RANKL"
    if desk["RANK_gain"]:
        return f", and {100 * desk['RANK_gain']:.2g}% of RANK is on by itself{_answer(result)}"
    return ""


def _answer(result):
    """How much more the cells of a disease do for the same occupied RANK."""
    response = result.response
    return "" if response == 1 else f" in cells that respond to RANK {response:g} times as strongly"


def _half_saved(result, values):
    saved = share_made_good(result["treated"], result["untreated"])
    return values["opg_fc"] == LATE and saved is not None and 0.5 <= saved < 0.545


def _goes_on(result, values):
    early = values["opg_fc"] == EARLY
    return early and result["treated"].final["resorption"] > 0.3


def _same_bone(result, values, other, others):
    """Two untreated diseases of the whole body: bone within a point, CTX ten points apart."""
    runs = [each["treated"] for each in (result, other)]
    names = [each["disease"] for each in (values, others)]
    if NONE in names or names[0] == names[1] or any(run.local for run in runs):
        return False
    if any(each["opg_fc"] != NEVER for each in (values, others)):
        return False
    bone, ctx = ([run.final[name] for run in runs] for name in ("bone volume spine", "CTX"))
    return abs(bone[0] - bone[1]) < 0.005 and abs(ctx[0] - ctx[1]) > 10


def disease_desk():
    """A disease, how severe it is, and OPG-Fc early, late or never; two years of bone."""
    return Lab(
        title="Disease desk",
        question="What do illnesses do to RANKL, RANK and OPG, and how late may a decoy come?",
        controls=[
            Control.choice("disease", "Disease", options=(NONE, *conditions("diseases")),
                           tooltip="A disease as the table of this course has it. Its size is "
                           "assumed; only the direction and the order of diseases are claimed."),
            Control.from_parameter("protocol", "severity", step=0.05),
            Control.choice("opg_fc", "OPG-Fc", options=(NEVER, EARLY, LATE),
                           tooltip="OPG made into a drug, kept at 20 nM in bone."),
            Control.from_parameter("protocol", "late", name="month", step=1),
        ],
        lines=_lines,
        seen=_seen,
        picture=DiseasePicture,
        sentence=_sentence,
        idle=lambda values: () if values["opg_fc"] == LATE else ("month",),
        challenges=[
            Challenge(
                "Start OPG-Fc as late as you can, and still have half of the bone that the "
                "untreated disease would have taken.",
                reached=_half_saved,
            ),
            Challenge(
                "Find the disease in which resorption goes on although OPG-Fc is there from the "
                "start.",
                reached=_goes_on,
            ),
            Challenge(
                "Find two untreated diseases with the same bone after two years (within half a "
                "point) and different CTX (more than ten points apart).",
                reached=_same_bone, pair=True,
            ),
        ],
        predict=Predict(
            "A glucocorticoid has taken bone for a year. Then OPG-Fc is given, and two years "
            "after the start you look again. How much of the bone that was lost by then has come "
            "back?",
            options=("nothing, but no more is lost", "a part of it", "all of it"),
            values={"disease": FIRST, "opg_fc": LATE, "month": 12},
            blank=True,
            truth=lambda result: _in_words(share_come_back(result["treated"], "12 months")),
            explain="In this model the pits that were open when the drug came are filled, because "
            "building goes on after removal has stopped. Then there is nothing more to fill.",
        ),
    )  # fmt: skip


def _in_words(share):
    if share < 0.1:
        return "nothing, but no more is lost"
    return "a part of it" if share < 0.9 else "all of it"
