"""The mixing desk: hormones and cytokines set the ratio of RANKL to OPG."""

from dataclasses import dataclass

import bonelab as bl
from bonelab.course.asking.prediction import Predict
from bonelab.figures.desk_picture import YEARS, DeskPicture
from bonelab.figures.mixing_desk_drawing import times

from .challenge import Challenge
from .controls import Control
from .factory import Lab
from .lines import Code, call

AGE = int(bl.parameters.load("subjects").age_at_the_desks)
FRONT = (  # what a lesson works with; all others stand behind them in the list
    "IL-1 (human cells)", "IL-4 (mouse cells)", "TNF-alpha (human cells)",
    "glucocorticoid (human cells)", "estrogen loss (human cells)", "PTH (rat cells)",
)  # fmt: skip
SHORT = {"Indian hedgehog": "Ihh"}  # what is too long for the desk
MORE, SAME, LESS = "more RANKL per OPG", "as much RANKL per OPG", "less RANKL per OPG"


def _regulators():
    """Text shown -> (regulator, species): one entry for each species with an effect of its own."""
    return {
        f"{name} ({species} cells)": (name, species)
        for name, regulator in bl.regulators.items()
        for species in regulator.species
    }


def _options():
    """Text shown -> value of the two lists: six in front, the others behind the word "more"."""
    behind = [text for text in _regulators() if text not in FRONT]
    return {text: text for text in FRONT} | {f"more: {text}": text for text in behind}


@dataclass(frozen=True)
class Mix:
    """The run of a mixture, which it stands for in everything, and how the desk is set."""

    run: object
    desk: dict  # what the drawing takes

    def __getattr__(self, name):
        return getattr(self.run, name)

    def __getitem__(self, name):
        return self.run[name]

    def __contains__(self, name):
        return name in self.run


def _lines(first, strength, second, second_strength):
    subject = f"bl.woman({AGE})"
    for choice, share in ((first, strength), (second, second_strength)):
        if share > 0:
            regulator, species = _regulators()[choice]
            subject += call(".with_regulator", regulator, share, species=species)
    return (
        f"import bonelab as bl\n\nsubject = {subject}\n"
        f"run = {call('bl.simulate', Code('subject'), years=YEARS, points=101)}"
    )


def _seen(names, values):
    """The run, with what the desk shows: how it is set, and the factors of its subject."""
    chosen = [_regulators()[values[fader]] for fader in ("first", "second")]
    condition = names["subject"].tissue.condition
    desk = {
        "names": tuple(SHORT.get(name, name) for name, _ in chosen),
        "sources": tuple(f"{species} cells" for _, species in chosen),
        "strengths": (values["strength"], values["second_strength"]),
        **{name: getattr(condition, name) for name in ("RANKL", "OPG", "RANK")},
    }
    return Mix(names["run"], desk)


def _sentence(run, values):
    desk, final = run.desk, run.final
    healthy = bl.binding.competition().occupancy
    return (
        f"With RANKL per cell {times(desk['RANKL'])} and OPG {times(desk['OPG'])}, the ratio is "
        f"{times(desk['RANKL'] / desk['OPG'])}. At the start {run['occupancy'][0]:.0%} of RANK "
        f"is occupied ({healthy:.0%} in health), and after two years the spine holds "
        f"{final['bone volume spine']:.0%} of the healthy amount of bone."
    )


def factors(values):
    """RANKL and OPG per cell, relative to health, at some settings."""
    made = {"RANKL": 1.0, "OPG": 1.0}
    faders = (("first", "strength"), ("second", "second_strength"))
    for choice, share in faders:
        name, species = _regulators()[values[choice]]
        effect = bl.regulators[name].on(species=species, fader=values[share])
        made = {molecule: made[molecule] * effect[molecule] for molecule in made}
    return made


def _bone_of_health():
    return bl.simulate(bl.woman(AGE), years=YEARS, points=101).final["bone volume spine"]


def _weakest(run, values):
    """IL-1 at full strength, and as much IL-4 as it takes for bone within a point of health."""
    faders = {values["first"]: values["strength"], values["second"]: values["second_strength"]}
    if faders.get(FRONT[0]) != 1 or not faders.get(FRONT[1]):
        return False
    missing = _bone_of_health() - run.final["bone volume spine"]
    return 0.007 < missing <= 0.01


def _in_spite_of_opg(run, values):
    if _acts(FRONT[0], values):
        return False
    lost = _bone_of_health() - run.final["bone volume spine"]
    return factors(values)["OPG"] > 1.05 and lost > 0.01


def _acts(choice, values):
    """True where one of the faders lets a regulator act."""
    pairs = (("first", "strength"), ("second", "second_strength"))
    return any(values[fader] == choice and values[share] > 0 for fader, share in pairs)


def _two_signs(run, values, other, others):
    """One name, alone at full strength: OPG down in the cells of one species, up in another's."""
    alone = [_alone(each) for each in (values, others)]
    if None in alone or alone[0][0] != alone[1][0]:
        return False
    low, high = sorted(factors(each)["OPG"] for each in (values, others))
    return low < 0.95 and high > 1.05


def _alone(values):
    """The regulator that stands alone on the desk at full strength, or None."""
    pairs = (("first", "strength"), ("second", "second_strength"))
    moved = [choice for choice, share in pairs if values[share] > 0]
    full = [choice for choice, share in pairs if values[share] == 1]
    return _regulators()[values[full[0]]] if moved == full and len(full) == 1 else None


def mixing_desk():
    """Two regulators as faders, each with its strength; two years of bone."""
    tooltip = "A hormone, cytokine or gene, and whose cells were measured."
    return Lab(
        title="Mixing desk",
        question="Who turns RANKL up, who turns it down, and what does bone make of the mixture?",
        controls=[
            Control.choice("first", "Fader 1", options=_options(), tooltip=tooltip),
            Control.from_parameter("protocol", "strength", label="Strength of fader 1", step=0.05),
            Control.choice("second", "Fader 2", options=_options(), default=FRONT[1],
                           tooltip=f"{tooltip} The effects of both multiply."),
            Control.from_parameter("protocol", "strength", name="second_strength",
                                   label="Strength of fader 2", step=0.05),
        ],
        lines=_lines,
        seen=_seen,
        picture=DeskPicture,
        sentence=_sentence,
        challenges=[
            Challenge(
                "Under IL-1 at full strength, find the weakest IL-4 that brings bone within one "
                "point of a woman without either.",
                reached=_weakest,
            ),
            Challenge(
                "Lose more than a point of bone although there is more OPG than in health, and "
                "without IL-1.",
                reached=_in_spite_of_opg,
            ),
            Challenge(
                "Find one regulator that alone, at full strength, lowers OPG in the cells of one "
                "species and raises it in those of another.",
                reached=_two_signs, pair=True,
            ),
        ],
        predict=Predict(
            "Interleukin 1 triples RANKL and raises OPG one and a half times. Interleukin 4 "
            "halves RANKL and raises OPG one and a half times. Both act at full strength. How "
            "much RANKL is there per OPG, compared with health?",
            options=(MORE, SAME, LESS),
            values={"strength": 1, "second_strength": 1}, blank=True,
            truth=_ratio_in_words,
            explain="The factors multiply. RANKL becomes 3 × 0.5 = 1.5 times as much and OPG "
            "1.5 × 1.5 = 2.25 times as much, so the ratio falls to two thirds.",
        ),
    )  # fmt: skip


def _ratio_in_words(run):
    p = bl.parameters.load("binding")
    ratio = run["RANKL"][0] / run["OPG"][0] / (p.RANKL_tissue / p.OPG_tissue)
    return MORE if ratio > 1.05 else LESS if ratio < 0.95 else SAME
