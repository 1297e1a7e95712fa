"""Subjects: women by age, mice by genotype, diseases. All are named changes of one tissue."""

from dataclasses import dataclass, field, replace

from bonelab.parameters import amount, load, one_of, refuse

from .conditions import LESIONS, checked, conditions, factors, joined
from .remodelling import Condition, Tissue

_ROOMS = ("tissue", "binding", "forward", "reverse", "drugs")


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
    code: str = ""
    local: bool = field(default=False)  # a site: its markers are not those of the blood

    def with_(self, **changes):
        """A copy with other parameters, or with factors on RANKL, OPG, RANK, extra_RANKL (nM).

        Raises BonelabError for unknown names and values out of range.
        """
        return _changed(self, changes)

    def with_disease(self, name):
        """A copy with a disease of the founding texts, from the start of the run."""
        return _with_disease(self, name)

    def with_regulator(self, name, strength=1.0, species=None):
        """A copy under a hormone or cytokine; strength 0 to 1 fades it in (in log space).

        ``species`` is whose cells the effect was measured in, where they disagree (IL-6, vitamin
        D); without it, the subject's own where there are such data.
        """
        return _with_regulator(self, name, strength, species)


def _changed(subject, changes):
    rooms = {room: {} for room in _ROOMS}
    conditions_ = {}
    known = [*factors()]
    for room in _ROOMS:
        known += load(room).records()
    for given, value in changes.items():
        name = one_of("parameter", given, known)
        if name in factors():
            conditions_[name] = checked(name, value)
            continue
        room = next(r for r in _ROOMS if name in load(r).records())
        rooms[room][name] = value

    def rebuilt(tissue, condition):
        def part(room, attribute):
            own = getattr(tissue, attribute)
            return own.with_(**rooms[room]) if rooms[room] else own

        return Tissue(
            p=part("tissue", "p"),
            binding=part("binding", "binding"),
            forward=part("forward", "forward"),
            reverse=part("reverse", "reverse"),
            drugs=part("drugs", "drugs"),
            condition=condition,
        )

    words = ", ".join(f"{name}={value!r}" for name, value in changes.items())
    return replace(
        subject,
        tissue=rebuilt(subject.tissue, replace(subject.tissue.condition, **conditions_)),
        before=rebuilt(subject.before, subject.before.condition),
        code=f"{subject.code}.with_({words})",
    )


def _with_disease(subject, name):
    entry = conditions("diseases")[one_of("disease", name, conditions("diseases"))]
    lesions = subject.lesions
    if entry.lesion:
        lesions = (*lesions, LESIONS[entry.lesion](load("lesions")))
    return replace(
        subject,
        name=f"{subject.name} {'and' if ' with ' in subject.name else 'with'} {entry.name}",
        tissue=replace(subject.tissue, condition=joined(subject.tissue.condition, entry.changes)),
        lesions=lesions,
        local=subject.local or entry.site == "local",
        code=f"{subject.code}.with_disease({entry.name!r})",
    )


def _with_regulator(subject, name, strength, species):
    from .regulation import regulators

    share = amount(strength, "1", argument="strength", what="a share of full strength", high=1)
    factors_here = regulators[name].on(species=species or subject.species, fader=share)
    source = "" if species is None else f", species={species!r}"
    joint = "and" if " under " in subject.name else "under"
    return replace(
        subject,
        name=f"{subject.name} {joint} {name}",
        tissue=replace(subject.tissue, condition=joined(subject.tissue.condition, factors_here)),
        code=f"{subject.code}.with_regulator({name!r}, {strength!r}{source})",
    )


def woman(age=65, menopause=50):
    """A woman of this age (years), with the bone history of her menopause.

    Before menopause she is healthy and at rest; from menopause on, estrogen falls and RANKL per
    marrow cell rises. Raises BonelabError for ages outside 20 to 100 or menopause outside 30 to 60.
    """
    years = amount(age, "year", argument="age", what="an age", low=20, high=100)
    last = amount(menopause, "year", argument="menopause", what="an age", low=30, high=60)
    tissue = Tissue(condition=Condition(years_after_menopause=years - last))
    extra = f", menopause={menopause!r}" if menopause != 50 else ""
    return Subject(
        name=f"a woman of {years:g}",
        species="human",
        tissue=tissue,
        before=tissue,
        human_RANKL=True,
        age=years,
        code=f"bl.woman(age={age!r}{extra})",
    )


def mouse(genotype="wild type", ovariectomised=False):
    """A mouse of a genotype; ovariectomy happens at the start of the run.

    Mouse cells turn over ten times and mouse bone a hundred times as fast as human (assumed:
    ``bl.parameters.load("subjects")``): only direction and order are claimed. Raises BonelabError
    for an unknown genotype.
    """
    entry = conditions("genotypes")[one_of("genotype", genotype, conditions("genotypes"))]
    genotype = entry.name
    if not isinstance(ovariectomised, bool):
        refuse("ovariectomised", ovariectomised, "it should be True or False.")
    healthy = Tissue(p=_mouse_rates(load("tissue")))
    condition = joined(
        healthy.condition, {"estrogen_removed": float(ovariectomised)} | entry.changes
    )
    extra = ", ovariectomised=True" if ovariectomised else ""
    article = "an" if ovariectomised or genotype.startswith("OPG") else "a"
    return Subject(
        name=f"{article}{' ovariectomised' if ovariectomised else ''} {genotype} mouse",
        species="mouse",
        tissue=replace(healthy, condition=condition),
        before=healthy,
        human_RANKL=entry.human_RANKL,
        code=f"bl.mouse({genotype!r}{extra})",
    )


def _mouse_rates(p):
    fast = ("precursor_rate", "team_loss", "preosteoblast_rate", "osteoblast_rate")
    fast += ("osteocyte_rate", "mineralisation_rate")
    pace = load("subjects")
    changes = {name: pace.mouse_cells * getattr(p, name) for name in fast}
    bone = ("turnover_hip", "turnover_spine")
    return replace(p, **changes | {name: pace.mouse_bone * getattr(p, name) for name in bone})


def diseases():
    """The names of the diseases."""
    return list(conditions("diseases"))


def genotypes():
    """The names of the mouse genotypes."""
    return list(conditions("genotypes"))
