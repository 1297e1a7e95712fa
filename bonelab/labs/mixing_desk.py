"""Lab 3, the mixing desk: hormones, cytokines and diseases set the ratio of RANKL to OPG."""

from dataclasses import dataclass

import bonelab as bl
from bonelab.biology.conditions import conditions
from bonelab.biology.regulation import TARGETS
from bonelab.course.asking.prediction import Predict
from bonelab.figures.desk_picture import YEARS, DeskPicture
from bonelab.figures.mixing_desk_drawing import times
from bonelab.simulation.readings import first_reached

from .controls import Control
from .factory import Lab
from .lines import Code, call

AGE, OPG_FC = 45, "20 nM"
STARTS = {"": None, ", OPG early": 0, ", OPG late": "1 year"}
NO_DISEASE = "none"
SHORT = {"Indian hedgehog": "Ihh"}  # what is too long for the desk


def _regulators():
    """Text shown -> (regulator, species): one entry for each species with an effect of its own."""
    return {
        f"{name} ({species} cells)": (name, species)
        for name, regulator in bl.regulators.items()
        for species in regulator.species
    }


def _diseases():
    """Text shown -> (disease, start of OPG-Fc): each untreated, treated early, treated late.

    A fader goes from faint to loud and never to nothing, so diseases that lack a molecule stay out.
    """
    lacking = [name for name, disease in conditions("diseases").items()
               if 0.0 in (disease.changes.get(m, 1.0) for m in TARGETS)]  # fmt: skip
    pairs = {f"{name}{words}": (name, start)
             for name in bl.diseases() if name not in lacking
             for words, start in STARTS.items()}  # fmt: skip
    return {NO_DISEASE: (None, None)} | pairs


@dataclass(frozen=True)
class Mix:
    """The run of a mixture, which it stands for in everything, and how the desk is set."""

    run: object
    desk: dict  # what the drawing takes
    response: float  # the signal of an occupied RANK, relative to normal

    def __getattr__(self, name):
        return getattr(self.run, name)

    def __getitem__(self, name):
        return self.run[name]

    def __contains__(self, name):
        return name in self.run


def _lines(first, strength, second, second_strength, disease):
    name, start = _diseases()[disease]
    subject = f"bl.woman({AGE})"
    if name is not None:
        subject += call(".with_disease", name)
    for choice, share in ((first, strength), (second, second_strength)):
        if share > 0:
            regulator, species = _regulators()[choice]
            subject += call(".with_regulator", regulator, share, species=species)
    drugs = [] if start is None else [Code(call("bl.opg_fc", level=OPG_FC, start=start))]
    length = {"years": YEARS, "points": 101}
    return (
        f"import bonelab as bl\n\nsubject = {subject}\n"
        f"run = {call('bl.simulate', Code('subject'), drugs, **length)}"
    )


def _seen(names, values):
    """The run, with what the desk shows: how it is set, and the factors of its subject."""
    chosen = [_regulators()[values[fader]] for fader in ("first", "second")]
    run, condition = names["run"], names["subject"].tissue.condition
    start = _diseases()[values["disease"]][1]
    desk = {
        "names": tuple(SHORT.get(name, name) for name, _ in chosen),
        "sources": tuple(f"{species} cells" for _, species in chosen),
        "strengths": (values["strength"], values["second_strength"]),
        **{name: getattr(condition, name)
           for name in ("RANKL", "OPG", "RANK", "extra_RANKL", "RANK_gain")},
        "tumour": float("tumour burden" in run),
        "opg_fc": "" if start is None else "from the start" if start == 0 else "after one year",
    }  # fmt: skip
    return Mix(run, desk, condition.RANK_response)


def _sentence(run, values):
    desk, final = run.desk, run.final
    ratio = desk["RANKL"] / desk["OPG"]
    healthy = bl.binding.competition().occupancy
    where = "bone at the diseased site" if run.local else "bone of the spine"
    parts = [
        f"RANKL per cell {times(desk['RANKL'])}, OPG {times(desk['OPG'])}: the ratio is "
        f"{times(ratio)}{_besides(run)}. At the start {run['occupancy'][0]:.0%} of RANK holds "
        f"RANKL (healthy: {healthy:.0%}); after two years {where} is at "
        f"{final['bone volume spine']:.0%} of healthy"
    ]
    if "tumour burden" in run:
        half = first_reached(run, "tumour burden", 0.5)
        never = "the tumour does not fill half of its place"
        parts.append(
            never if half is None else f"the tumour fills half of its place by day {half:.0f}"
        )
    if "serum calcium" in run:
        parts.append(f"calcium in blood ends at {final['serum calcium']:.2f} mmol/L")
    if desk["opg_fc"]:
        parts.append(f"OPG-Fc was given {desk['opg_fc']}")
    return "; ".join(parts) + "."


def _besides(run):
    """What a disease does that is not in the ratio per cell."""
    if run.desk["tumour"]:
        return ", plus RANKL from a growing tumour"
    if run.desk["extra_RANKL"]:
        return f", plus {run.desk['extra_RANKL']:.2g} nM RANKL from other cells"
    if run.desk["RANK_gain"]:
        return f", and {100 * run.desk['RANK_gain']:.2g}% of RANK is on by itself{_answer(run)}"
    return ""


def _answer(run):
    """How much more the cells of a disease do for the same occupied RANK."""
    response = run.response
    return "" if response == 1 else f" and the cells respond to RANK {response:g} times as strongly"


def mixing_desk():
    """Two regulators as faders, a disease with OPG early, late or never; two years of bone."""
    return Lab(
        title="Mixing desk",
        question="Who moves RANKL and OPG, and what does bone make of the mixture?",
        controls=[
            Control.choice("first", "Fader 1", options=list(_regulators()),
                           default="IL-1 (human cells)",
                           tooltip="A hormone, cytokine or gene, and whose cells were measured."),
            Control.from_parameter("protocol", "strength", label="Strength 1", step=0.05),
            Control.choice("second", "Fader 2", options=list(_regulators()),
                           default="IL-4 (mouse cells)",
                           tooltip="A second one; the effects of both multiply."),
            Control.from_parameter("protocol", "strength", name="second_strength",
                                   label="Strength 2", step=0.05),
            Control.choice("disease", "Disease", options=list(_diseases()),
                           tooltip="A disease of the founding text, assumed for teaching. OPG-Fc "
                           "at 20 nM in bone: early = from the start, late = after a year."),
        ],
        lines=_lines,
        seen=_seen,
        picture=DeskPicture,
        sentence=_sentence,
        predict=Predict(
            "Interleukin 1 raises RANKL threefold, and OPG one and a half times. Both go up. "
            "What happens to the bone in two years?",
            options=("there is more bone", "there is as much bone", "there is less bone"),
            values={"strength": 1},
            truth=lambda run: _in_words(run.final["bone volume spine"]),
            explain="RANKL rises more than OPG does, so the ratio doubles and more RANK holds "
            "RANKL. Removal grows more than building.",
        ),
    )  # fmt: skip


def _in_words(volume):
    if volume > 1.02:
        return "there is more bone"
    return "there is less bone" if volume < 0.98 else "there is as much bone"
