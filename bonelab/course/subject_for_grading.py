"""What the grader must know of bone: runs as answers, the library, and its errors in words."""

import re
from collections.abc import Mapping
from dataclasses import fields
from functools import cache

from bonelab.course import course_folders
from bonelab.grading.subject import AnswerKind, TaughtSubject
from bonelab.parameters import BonelabError, as_number
from bonelab.parameters.units import MOLAR_MASS, read_unit

# How a run was made; a check reads what came of it.
LEFT_OUT = ("parameters", "code", "arguments", "events")


def _is_run(value):
    kind = type(value)
    return kind.__module__.startswith("bonelab.") and kind.__name__ == "Run"


def _describe(run):
    values = {f.name: getattr(run, f.name) for f in fields(run) if f.name not in LEFT_OUT}
    return {n: dict(v) if isinstance(v, Mapping) else v for n, v in values.items()}


def _rebuild(content):
    from bonelab.simulation import Run

    return Run(**content)


UNITS = (
    *("seconds", "minutes", "hours", "days", "weeks", "months", "years"),
    *("nm", "µm", "mm", "cm", "m", "ng", "µg", "mg", "g", "pM", "nM", "µM"),
    *("pg/ml", "ng/ml", "µg/ml", "mg/ml"),
)


def _quantity(text, unit, molecule):
    """The number that a text such as "3 ng/ml" is in the unit of a part."""
    plain = unit in ("share", "0 to 1")
    if unit in ("%", "points"):  # as the answer cells say it
        text = re.sub(r"(?<=%) (?:a|per) year\s*$", "", text)
        text = re.sub(r"percentage points?\s*$", unit, text)
    # The primer teaches that a point begins the decimals; "5.775" elsewhere could be thousands.
    text = re.sub(r"^(\s*[-+]?\d{1,3}\.\d{3})(?![\d.,])", r"\g<1>0", text)
    return as_number(text, "1" if plain else unit or "1", molar_mass=MOLAR_MASS.get(molecule))


@cache
def _units_alike(unit, molecule):
    """Other units of the same kind, and how many of them are one ``unit``. Between nM and ng/ml
    stands the molecule's weight: that of every molecule of the course, unless one is named."""
    asked, alike = read_unit(unit), {}
    masses = [MOLAR_MASS[molecule]] if molecule else sorted(set(MOLAR_MASS.values()))
    for name in UNITS if asked else ():
        other = read_unit(name)
        if other == asked:
            continue
        if other.dimensions == asked.dimensions:
            alike[name] = (float(asked.size / other.size),)
        elif (asked.dimensions, other.dimensions) == (_MOLAR, _MASS_PER_VOLUME):
            alike[name] = tuple(float(asked.size / other.size) * mass for mass in masses)
        elif (asked.dimensions, other.dimensions) == (_MASS_PER_VOLUME, _MOLAR):
            alike[name] = tuple(float(asked.size / other.size) / mass for mass in masses)
    return alike


_MOLAR, _MASS_PER_VOLUME = read_unit("nM").dimensions, read_unit("ng/ml").dimensions


def _asked(kind, id):
    """A question of a lesson as it stands in the course, or None: ``question``, ``options`` and the
    ``right`` one of a check, ``low``, ``high`` and ``unit`` of a number."""
    from bonelab.course.asking import bank

    lesson = id.partition(".")[0]
    try:
        entry = bank.questions(int(lesson))[kind.removesuffix("s")][id]
    except (ValueError, KeyError, BonelabError):
        return None
    options = entry.get("options", [])
    texts = [option if isinstance(option, str) else option["text"] for option in options]
    right = [o["text"] for o in options if not isinstance(o, str) and o.get("right")]
    number = {name: entry[name] for name in ("low", "high", "unit") if name in entry}
    return {"question": entry["question"], "options": texts, "right": "".join(right), **number}


BONE = TaughtSubject(
    name="bonelab.course.subject_for_grading:BONE",
    kinds=(AnswerKind("run", _is_run, _describe, _rebuild),),
    libraries={"bl": "bonelab", "np": "numpy"},
    refusals=(BonelabError,),
    quantity=_quantity,
    units_alike=_units_alike,
    asked=_asked,
    course="bonelab",
    solutions=course_folders.material() / "solutions",
    exercises=course_folders.material() / "exercises",
)
