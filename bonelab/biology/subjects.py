"""Subjects: women by age, mice by genotype, diseases. All are named changes of one tissue."""

from dataclasses import dataclass, field, replace
from html import escape

from bonelab.parameters import Choice, Flag, Quantity, door, load
from bonelab.parameters.argument_types import Amount, Anything

from .changes import ROOMS, Changes
from .conditions import LESIONS, conditions, joined, milder, spellings
from .regulation import SPECIES, regulators
from .remodelling import Condition, Tissue

AGE, MENOPAUSE = int(load("subjects").age), int(load("subjects").menopause)
_MOST_TOLD = 3  # changes of with_ that a sentence tells one by one


def _named(kind, meaning, shown=False):
    return Choice(meaning, lambda: conditions(kind), lambda: spellings(kind), shown)


@dataclass(frozen=True)
class Subject:
    """Somebody to simulate: a tissue, what it was before, and a name.

    ``before`` is the tissue up to the start of the run, ``tissue`` from then on (with a disease,
    a genotype, a regulator). Change one with ``with_``, ``with_disease``, ``with_regulator``.
    """

    name: str
    species: str
    tissue: Tissue
    before: Tissue
    human_RANKL: bool
    lesions: tuple = ()
    age: float | None = None  # years, at the start
    code: str = field(default="", compare=False)
    local: bool = field(default=False)  # a site: its markers are not those of the blood
    changed: tuple = field(default=(), compare=False)  # (name, value) of what with_ changed

    @property
    def called(self) -> str:
        """The name, and what was changed with ``with_``."""
        if not self.changed:
            return self.name
        words = [_change_in_words(name, value) for name, value in self.changed]
        listed = (
            " and ".join(words) if len(words) <= _MOST_TOLD else f"{len(words)} changed numbers"
        )
        return f"{self.name} {'and' if ' with ' in self.name else 'with'} {listed}"

    @door(changes=Changes())
    def with_(self, **changes: Anything) -> "Subject":
        """A copy with other parameters, or with factors on RANKL, OPG, RANK, extra_RANKL (nM).

        Returns
        -------
        Subject
        """
        return _changed(self, changes)

    @door(
        name=_named("diseases", "a disease, from the start of the run; see bl.diseases()"),
        severity=Quantity("share", "how much of it: 0 is health, 1 the disease as in the table"),
    )
    def with_disease(self, name: str, severity: Amount = 1.0) -> "Subject":
        """A copy with a disease of the founding texts.

        Returns
        -------
        Subject
        """
        return _with_disease(self, name, severity)

    @door(
        name=Choice("a hormone or cytokine; see bl.regulators", regulators, regulators.spellings),
        strength=Quantity("share", "how far it is faded in, on a log scale", shown=True),
        species=Choice(
            "whose cells the effect was measured in, where they disagree (IL-6, vitamin D); by "
            "default the subject's own where there are such data", SPECIES,
        ),
    )  # fmt: skip
    def with_regulator(
        self, name: str, strength: Amount = 1.0, species: str | None = None
    ) -> "Subject":
        """A copy under a hormone or cytokine.

        Returns
        -------
        Subject
        """
        return _with_regulator(self, name, strength, species)

    def __repr__(self):
        return f"<Subject: {self.called}>"

    def _repr_html_(self):
        return f"<p>Subject: {escape(self.called)}</p><p><code>{escape(self.code)}</code></p>"


def _change_in_words(name, value):
    """One change of ``with_``: a factor, an amount, or a number of the model by its name."""
    if name in ("RANKL", "OPG", "RANK"):
        return f"{name} × {value:g}"
    if name == "extra_RANKL":
        return f"{value:g} nM extra RANKL"
    return f"{name} = {value:.3g}"


def _changed(subject, changes):
    rooms = {room: {} for room in ROOMS}
    factors = {}
    values = {name: value for name, (_, _, value) in changes.items()}
    for name, (room, record, value) in changes.items():
        if room:
            rooms[room][record] = value
        else:
            factors[name] = value

    def rebuilt(tissue, condition):
        def part(room, attribute):
            parameters = getattr(tissue, attribute)
            return parameters.with_(**rooms[room]) if rooms[room] else parameters

        return Tissue(
            p=part("tissue", "p"),
            binding=part("binding", "binding"),
            forward=part("forward", "forward"),
            reverse=part("reverse", "reverse"),
            drugs=part("drugs", "drugs"),
            condition=condition,
        )

    return replace(
        subject,
        tissue=rebuilt(subject.tissue, replace(subject.tissue.condition, **factors)),
        before=rebuilt(subject.before, subject.before.condition),
        changed=tuple((dict(subject.changed) | values).items()),
    )


def _with_disease(subject, name, severity=1.0):
    entry = conditions("diseases")[name]
    changes, lesions = milder(entry.changes, severity), subject.lesions
    if entry.lesion and severity > 0:
        p = load("lesions")
        amounts = {
            strength: severity * getattr(p, strength)
            for strength in ("tumour_RANKL", "calcium_kept")
        }
        lesions = (*lesions, LESIONS[entry.lesion](p.with_(**amounts)))
    share = "" if severity == 1 else f" at {100 * severity:g}% of its severity"
    joint = "and" if " with " in subject.name else "with"
    return replace(
        subject,
        name=f"{subject.name} {joint} {entry.name}{share}",
        tissue=replace(subject.tissue, condition=joined(subject.tissue.condition, changes)),
        lesions=lesions,
        local=subject.local or entry.site == "local",
    )


def _with_regulator(subject, name, strength, species):
    factors = regulators[name].on(species=species or subject.species, fader=strength)
    joint = "and" if " under " in subject.name else "under"
    return replace(
        subject,
        name=f"{subject.name} {joint} {name}",
        tissue=replace(subject.tissue, condition=joined(subject.tissue.condition, factors)),
    )


@door(
    "bl.woman",
    age=Quantity("age", "her age at the start of the run", shown=True),
    menopause=Quantity("menopause", "her age at menopause"),
)
def woman(age: Amount = AGE, menopause: Amount = MENOPAUSE) -> Subject:
    """A woman of this age, with the bone history of her menopause.

    Before menopause she is healthy and at rest; from menopause on, estrogen falls and RANKL per
    marrow cell rises.

    Returns
    -------
    Subject

    Examples
    --------
    >>> bl.woman(65).name
    'a woman of 65'
    >>> bl.woman(65).with_disease("Paget").name
    "a woman of 65 with Paget's disease"
    """
    tissue = Tissue(condition=Condition(years_after_menopause=age - menopause))
    return Subject(
        name=f"a woman of {age:g}",
        species="human",
        tissue=tissue,
        before=tissue,
        human_RANKL=True,
        age=age,
    )


@door(
    "bl.mouse",
    genotype=_named("genotypes", "see bl.genotypes()", shown=True),
    ovariectomised=Flag("whether her ovaries are removed at the start of the run"),
)
def mouse(genotype: str = "wild type", ovariectomised: bool = False) -> Subject:
    """A mouse of a genotype.

    Mouse cells turn over ten times and mouse bone a hundred times as fast as human (assumed:
    ``bl.parameters.load("subjects")``): only direction and order are claimed.

    Returns
    -------
    Subject

    Examples
    --------
    >>> bl.mouse("OPG-/-").name
    'an OPG-/- mouse'
    """
    entry = conditions("genotypes")[genotype]
    healthy = Tissue(p=_mouse_rates(load("tissue")))
    condition = joined(
        healthy.condition, {"estrogen_removed": float(ovariectomised)} | entry.changes
    )
    article = "an" if ovariectomised or genotype.startswith("OPG") else "a"
    return Subject(
        name=f"{article}{' ovariectomised' if ovariectomised else ''} {genotype} mouse",
        species="mouse",
        tissue=replace(healthy, condition=condition),
        before=healthy,
        human_RANKL=entry.human_RANKL,
    )


def _mouse_rates(p):
    fast = ("precursor_rate", "team_loss", "preosteoblast_rate", "osteoblast_rate")
    fast += ("osteocyte_rate", "osteomorph_return", "osteomorph_loss", "mineralisation_rate")
    pace = load("subjects")
    changes = {name: pace.mouse_cells * getattr(p, name) for name in fast}
    bone = ("turnover_hip", "turnover_spine")
    return replace(p, **changes | {name: pace.mouse_bone * getattr(p, name) for name in bone})


@door("bl.diseases")
def diseases() -> list[str]:
    """The names of the diseases.

    Examples
    --------
    >>> list(bl.diseases())[:3]
    ['rheumatoid arthritis', "Paget's disease", 'periodontal disease']
    """
    return list(conditions("diseases"))


@door("bl.genotypes")
def genotypes() -> list[str]:
    """The names of the mouse genotypes.

    Examples
    --------
    >>> list(bl.genotypes())[:3]
    ['wild type', 'RANKL-/-', 'RANKL+/-']
    """
    return list(conditions("genotypes"))
