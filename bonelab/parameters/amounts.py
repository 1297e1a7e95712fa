"""Numbers with units, at the edge of the library only.

Inside the equations every quantity is a plain number in the unit of the parameter table. Text
such as ``"50 ng/ml"`` is one number and one unit: read here, once, and never evaluated.
"""

import math
import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from numbers import Real
from typing import Any

import numpy as np

from .errors import refuse
from .numerals import Unreadable, split, write
from .units import read_unit, spelling

_EXAMPLES = {
    "nM": "'0.2 nM'", "mg": "'60 mg'", "day": "'6 months'", "hour": "'24 h'", "year": "'4 years'",
    "um": "'40 um'",
}  # fmt: skip
_MASS_PER_VOLUME = (("length", -3), ("mass", 1))
_MOLAR = (("amount", 1), ("length", -3))
_SHARES = {(("percent", 1),): 100, (("fold", 1),): 1}  # a pure number as '50 %' or '2-fold'
_PER_KG = re.compile(r"(.+?)(?:\s*/\s*kg|\s+per\s+kg|[\s·*]+kg\^?(?:-1|⁻¹))", re.IGNORECASE)
PURE = ("1", "")


_PLURALS = {unit: f"{unit}s" for unit in ("minute", "hour", "day", "week", "month", "year")}
_SINGULARS = {many: one for one, many in _PLURALS.items()} | {"cells": "cell"}
_SIGNS = dict.fromkeys(("degC", "delta_degC"), "°C") | {"um": "µm"}


def plural(unit: str) -> str:
    """A unit as it follows a number of them: 'days', 'nM'."""
    return (_PLURALS | _SIGNS).get(unit, unit)


def measure(number: float, unit: str) -> str:
    """A number with its unit: '1 hour', '0.2 nM', '3'."""
    unit = "" if unit in PURE else plural(unit)
    unit = _SINGULARS.get(unit, unit) if number == 1 else unit
    return f"{write(number)} {unit}".strip().replace(" 1/", "/")


def in_words(unit: str) -> str:
    """What a plain number in ``unit`` is called in a message."""
    if unit in PURE:
        return "a plain number"
    words = plural(unit)
    return f"a number {'of' if words in _SINGULARS else 'in'} {words}"


@lru_cache(maxsize=2048)
def _read(text, unit, molar_mass, body_weight):
    """The number that ``text`` is in ``unit``. Raises Unreadable, which says why it is none."""
    number, rest = split(text)
    rest = rest.strip()
    factor = _factor(rest, unit, molar_mass, body_weight) if rest else 1
    if factor is None:
        raise _other_kind(number, rest, unit)
    try:
        value = float(number * factor)
    except OverflowError:
        raise Unreadable("it is larger than any number a computer holds.") from None
    if number and not value:
        raise Unreadable("it is so small that a computer would take it for 0.")
    return value


def _factor(rest, unit, molar_mass, body_weight):
    """How much the written unit is in ``unit``; None for a unit of another kind."""
    if unit in PURE:
        written = read_unit(rest)
        share = _SHARES.get(written.dimensions) if written else None
        return share and Fraction(1, share)
    target = read_unit(unit)
    if target is None:  # things that are counted, such as 'cells'; of '% a year' the '%' will do
        spellings = (unit, unit.removesuffix("s"), unit.partition(" a ")[0])
        return 1 if rest.casefold() in spellings else None
    each = _PER_KG.fullmatch(rest) if body_weight else None
    written = read_unit(each[1] if each else rest, target.dimensions)
    if written is None and molar_mass:
        written = read_unit(rest, _MASS_PER_VOLUME)
    if written is None:
        return None
    if written.dimensions == target.dimensions:
        return written.size / target.size * (Fraction(body_weight) if each else 1)
    if molar_mass and (written.dimensions, target.dimensions) == (_MASS_PER_VOLUME, _MOLAR):
        return written.size / molar_mass / target.size
    return None


def _other_kind(number, rest, unit):
    """Why ``rest`` is not taken for ``unit``, with what may have been meant."""
    target = read_unit(unit)
    meant = target and spelling(rest, target.dimensions)
    if meant:
        return Unreadable(f"'{rest}' is another unit; write '{write(number)} {meant}'.", True)
    if any(character.isdigit() for character in rest):
        return Unreadable("text is not calculated: give one number and one unit.")
    return Unreadable(f"its unit, '{rest}', does not fit here.")


def as_number(
    value: Any, unit: str = "1", *, molar_mass: Any = None, body_weight: Any = None
) -> float:
    """The float that a number or text is in ``unit``; raises Unreadable where it is none.

    Unlike :func:`amount` it knows no range and no argument, so that a box can tell what was typed.

    Parameters
    ----------
    value : number or text such as ``"20 nM"``
    unit : the unit of the result ("1" for a pure number)
    molar_mass : g/mol, lets a mass concentration stand for a molar one
    body_weight : kg, lets '3 mg/kg' stand for a dose

    Examples
    --------
    >>> bl.parameters.as_number("20 nM", "nM")
    20.0
    """
    if isinstance(value, str):
        return _read(str(value), unit, molar_mass, body_weight)
    if getattr(value, "shape", None) == () and hasattr(value, "item"):
        value = value.item()  # a numpy number
    if isinstance(value, bool) or not isinstance(value, Real | Decimal):
        several = hasattr(value, "__len__") and not isinstance(value, bytes | bytearray)
        raise Unreadable("one number is needed here, not several." if several else "")
    try:
        return float(value)
    except OverflowError:
        raise Unreadable("it is larger than any number a computer holds.") from None


def amount(
    value: Any,
    unit: str,
    *,
    argument: str,
    what: str = "a quantity",
    low: float = 0.0,
    high: float = math.inf,
    molar_mass: Any = None,
    above: bool = False,
    many: bool = False,
    body_weight: Any = None,
    finite: bool = True,
) -> Any:
    """Convert a number or text to a float in ``unit`` (with ``many``, numbers to an array).

    Parameters
    ----------
    value : number or text such as ``"50 ng/ml"``; with ``many`` also an array or a list
    unit : the unit of a plain number, and of the result ("1" for a pure number)
    argument, what : words for the error message ("rankl", "a RANKL concentration")
    low, high : smallest and largest value that makes sense; ``above=True`` excludes ``low``
    molar_mass : g/mol, lets a mass concentration stand for a molar one
    body_weight : kg, lets '3 mg/kg' stand for a dose
    finite : False lets infinity stand where it means something

    Raises
    ------
    BonelabError
        For text that is no such quantity, NaN, and values outside ``low`` to ``high``.

    Examples
    --------
    >>> bl.parameters.amount("50 ng/ml", "nM", argument="rankl", molar_mass=60_000)
    0.8333333333333334
    >>> bl.parameters.amount("1 000 mg", "mg", argument="dose")
    1000.0
    >>> bl.parameters.amount("60 mg 4", "mg", argument="dose")
    Traceback (most recent call last):
        ...
    bonelab.parameters.errors.BonelabError: dose = '60 mg 4' does not work: text is not...
    """
    if many and _is_several(value):
        number = _array(value, unit, argument, what, molar_mass)
    else:
        try:
            number = as_number(value, unit, molar_mass=molar_mass, body_weight=body_weight)
        except Unreadable as reason:
            refuse(argument, value, _sentences(reason, unit, what))
    _check_range(value, number, unit, argument, what, low, high, above, finite)
    return number


def _is_several(value):
    if hasattr(value, "__array__"):  # of numpy or pandas
        return np.ndim(value) > 0
    return isinstance(value, list | tuple | range)


def _array(value, unit, argument, what, molar_mass):
    """Several numbers or texts as an array of floats."""
    try:
        array = np.asarray(value)
    except ValueError:
        refuse(argument, value, "its rows are not of one length.")
    if not array.size:
        refuse(argument, value, f"it holds no number; give {what} or several.")
    if isinstance(value, np.ma.MaskedArray):
        refuse(argument, value, "it has values that are masked out; leave those out instead.")
    if array.dtype.kind in "iuf":
        return array.astype(float)
    try:
        each = [as_number(item, unit, molar_mass=molar_mass) for item in np.ravel(value).tolist()]
    except Unreadable as reason:
        refuse(argument, value, _sentences(reason, unit, what))
    return np.reshape(each, array.shape)


def _sentences(reason, unit, what):
    if reason.enough:
        return str(reason)
    wish = f"it should be {what}, {in_words(unit)}."
    if unit not in PURE:
        example = _EXAMPLES.get(unit, f"'2 {unit}'".replace(" 1/", "/"))
        wish = f"it should be {what}: {in_words(unit)}, or text with a unit such as {example}."
    return f"{reason} I{wish[1:]}" if str(reason) else wish


def _check_range(value, number, unit, argument, what, low, high, above, finite):
    """Refuse what is not finite or lies outside ``low`` to ``high`` (``above``: low itself too)."""
    least, most = (number, number) if isinstance(number, float) else _ends(number)
    if math.isnan(least) or (finite and not (math.isfinite(least) and math.isfinite(most))):
        refuse(argument, value, f"{what} must be a finite number.")
    if least < low or (above and least == low):
        lowest = measure(low, unit)
        bound = f"above {lowest}" if above else f"{lowest} or more"
        refuse(argument, value, f"{what} must be {bound}.", fault="is too low")
    if most > high:
        bound = f"{measure(high, unit)} or less"
        refuse(argument, value, f"{what} must be {bound}.", fault="is too high")


def _ends(numbers):
    """Smallest and largest of an array (NaN if there is one)."""
    return numbers.min(), numbers.max()


def duration(
    value: Any,
    unit: str = "day",
    *,
    argument: str = "time",
    above: bool = True,
    low: float = 0.0,
    high: float = math.inf,
) -> float:
    """Convert a time such as ``"6 months"`` to ``unit``; zero and negative times are refused.

    Months are 30.4375 days and years 365.25 days.

    Parameters
    ----------
    value : number or text such as ``"6 months"``
    unit : the unit of a plain number, and of the result
    argument : word for the error message ("stop")
    low, high : shortest and longest time that makes sense; ``above=True`` excludes ``low``

    Examples
    --------
    >>> bl.parameters.duration("6 months")
    182.625
    >>> bl.parameters.duration("2 weeks")
    14.0
    """
    what = "a length of time"
    return amount(value, unit, argument=argument, what=what, above=above, low=low, high=high)
