"""Units as people write them, and how much each is in the unit that the equations use.

Only units of this list are read: a unit library would also know a megagram, a grain ("gr") or an
are ("a"), and would evaluate text as a formula. Sizes are exact fractions, so that '0.1 mg' is the
number 0.1; ``tests/test_quantities.py`` compares every one of them with pint.

A unit is one or several names, each with a power: 'ng/ml', 'ng ml-1', 'ng·ml⁻¹', 'µg per litre'.
Capitals are forgiven where only one unit of the right kind can be meant.
"""

import re
from fractions import Fraction
from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple
from unicodedata import normalize

HOURS_PER_DAY = 24.0
DAYS_PER_MONTH = 30.4375  # a mean month; twelve of them are a Julian year
DAYS_PER_YEAR = 12 * DAYS_PER_MONTH

# g/mol; a RANKL trimer is one signalling unit
MOLAR_MASS = {"RANKL": 60_000, "OPG": 120_000, "antibody": 150_000, "OPG-Fc": 120_000}


class Unit(NamedTuple):
    """The power of each dimension, and the size in the dimensions' own units."""

    dimensions: tuple  # ((dimension, power), ...) in alphabetical order
    size: Fraction


_PREFIXES = {
    "k": 3, "": 0, "d": -1, "c": -2, "m": -3, "u": -6, "µ": -6, "n": -9, "p": -12, "f": -15,
}  # fmt: skip
_LONG = {
    "kilo": 3, "": 0, "deci": -1, "centi": -2, "milli": -3, "micro": -6, "nano": -9, "pico": -12,
    "femto": -15,
}  # fmt: skip
# symbol, words, dimensions, size of the unit without prefix in gram, metre, mole, day
_SCALED = (
    ("g", ("gram", "gramme"), (("mass", 1),), Fraction(1)),
    ("l", ("litre", "liter"), (("length", 3),), Fraction(1, 1000)),
    ("m", ("metre", "meter"), (("length", 1),), Fraction(1)),
    ("mol", ("mole",), (("amount", 1),), Fraction(1)),
    ("M", ("molar",), (("amount", 1), ("length", -3)), Fraction(1000)),
)
_DAY = Fraction(1)
_TIMES = {
    _DAY / 86_400_000: "ms millisecond milliseconds",
    _DAY / 86_400: "s sec secs second seconds sekunde sekunden seconde secondes segundo segundos",
    _DAY / 1440: "min mins minute minutes minuten minuto minutos",
    _DAY / 24: "h hr hrs hour hours stunde stunden heure heures hora horas",
    _DAY: "d day days tag tage tagen jour jours día días dia dias giorno giorni",
    7 * _DAY: "w wk wks week weeks woche wochen semaine semaines semana semanas",
    Fraction(DAYS_PER_MONTH): "mo mos mth mths month months monat monate monaten mois meses mesi",
    Fraction(DAYS_PER_YEAR): "y yr yrs year years jahr jahre jahren ans année années año años anni",
}
_OTHERS = {
    "percent": "% percent pct",
    "temperature": "degC °C delta_degC",
    "fold": "x × fold -fold times",
}
_MICRO = str.maketrans("μ", "µ")  # the Greek letter for the sign


@cache
def _names():
    """Names as written -> Unit; names without capitals -> as written; names that are words."""
    words = {"mcg": Unit((("mass", 1),), Fraction(1, 10**6))}
    symbols = {
        f"{p}L": Unit((("length", 3),), Fraction(10) ** (n - 3)) for p, n in _PREFIXES.items()
    }
    for symbol, long, dimensions, size in _SCALED:
        for prefix, power in _PREFIXES.items():
            if prefix == "k" and symbol in ("mol", "M"):
                continue  # nobody has so much of it, and 'km' would be near 'kM'
            symbols[prefix + symbol] = Unit(dimensions, size * Fraction(10) ** power)
        for prefix, power in _LONG.items():
            unit = Unit(dimensions, size * Fraction(10) ** power)
            words |= {f"{prefix}{word}{s}": unit for word in long for s in ("", "s")}
    for size, spelled in _TIMES.items():
        words |= dict.fromkeys(spelled.split(), Unit((("time", 1),), size))
    for dimension, spelled in _OTHERS.items():
        words |= dict.fromkeys(spelled.split(), Unit(((dimension, 1),), Fraction(1)))
    alike = {}
    for name in symbols | words:
        alike.setdefault(name.casefold(), []).append(name)
    return symbols | words, alike, frozenset(words)


_NAME = r"(?:-fold|°C|[^\W\d]+|[%×])"
_FACTOR = re.compile(rf"({_NAME})(?:(?:\^|\*\*)([+-]?[1-4])|(-[1-4]|[234]))?")
_JOIN = re.compile(r"\s*(?:([·⋅*./])|\bper\b)\s*|\s+")
_RAISED = {"⁻¹": "^-1", "⁻²": "^-2", "⁻³": "^-3", "²": "^2", "³": "^3"}


def _factors(text):
    """[(name, power), ...] of a unit, or None for text that is none."""
    text = normalize("NFC", text).translate(_MICRO).replace("per cent", "percent").strip()
    for raised, plain in _RAISED.items():
        text = text.replace(raised, plain)
    over = re.match(r"1?/\s*", text)  # '1/day'
    factors, place, sign = [], over.end() if over else 0, -1 if over else 1
    while factor := _FACTOR.match(text, place):
        factors.append((factor[1], sign * int(factor[2] or factor[3] or 1)))
        if factor.end() == len(text):
            return factors
        joint = _JOIN.match(text, factor.end())
        if not joint or len(factors) > 4:
            break
        sign = -1 if joint[0].strip() in ("/", "per") else 1
        place = joint.end()
    return None


def _together(units):
    """The product of [(Unit, power), ...]; None where something cancels, as in 'g/g'."""
    dimensions, size = {}, Fraction(1)
    for unit, power in units:
        for dimension, its_power in unit.dimensions:
            if dimension in dimensions:
                return None
            dimensions[dimension] = its_power * power
        size *= unit.size**power
    return Unit(tuple(sorted(dimensions.items())), size)


@lru_cache(maxsize=512)
def read_unit(text, wanted=None):
    """The Unit that ``text`` means, or None.

    Where a name is not written exactly, capitals are forgiven if one unit with the dimensions
    ``wanted`` can be meant: 'NG/ML' and '6 Months', but not 'Mg', which is a megagram elsewhere.
    """
    factors = _factors(text)
    if not factors:
        return None
    exact, _, words = _names()
    if all(name in exact for name, _ in factors):
        return _together([(exact[name], power) for name, power in factors])
    plain = text.replace("µ", "").replace("μ", "")
    one_case = plain.isupper() or plain.islower()
    choices = [
        [name] if name in exact else [n for n in _alike(name) if one_case or n in words]
        for name, _ in factors
    ]
    units = _with_dimensions(choices, factors, wanted)
    return units.popitem()[0] if len(units) == 1 else None


def spelling(text, wanted):
    """How a unit with the dimensions ``wanted`` is written that ``text`` may stand for, or ''."""
    factors = _factors(text) or []
    spellings = _with_dimensions([_alike(name) for name, _ in factors], factors, wanted)
    return next(iter(spellings.values())) if len(spellings) == 1 else ""


def _alike(name):
    return _names()[1].get(name.casefold(), ())


def _with_dimensions(choices, factors, wanted):
    """{Unit: how it is written} for every choice of names that has the dimensions ``wanted``."""
    exact, spellings = _names()[0], {}
    for names in product(*choices):
        powers = [power for _, power in factors]
        unit = _together([(exact[n], power) for n, power in zip(names, powers, strict=True)])
        if unit and unit.dimensions == wanted:
            parts = [
                n if p == 1 else f"/{n}" if p == -1 else f" {n}{p}"
                for n, p in zip(names, powers, strict=True)
            ]
            spellings[unit] = "".join(parts).strip()
    return spellings
