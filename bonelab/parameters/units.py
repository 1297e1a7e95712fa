"""Numbers with units, at the edge of the library only.

Inside the equations every quantity is a plain number in the unit of the parameter table. Text
such as ``"50 ng/ml"`` is converted once, here, by pint. Mass concentrations of a protein become
molar with its molar mass.
"""

import math
import re
from functools import cache

import numpy as np

from .errors import BonelabError, refuse

DAYS_PER_MONTH = 30.4375  # a mean month; twelve of them are a Julian year

# g/mol; a RANKL trimer is one signalling unit
MOLAR_MASS = {"RANKL": 60_000, "OPG": 120_000, "antibody": 150_000, "OPG-Fc": 120_000}


@cache
def registry():
    """The pint unit registry (made on first use: numbers without text never load pint)."""
    import pint

    units = pint.UnitRegistry(cache_folder=None)
    units.define("dose = []")
    return units


def _in_words(unit):
    return "a plain number" if unit in ("1", "") else f"a number in {unit}"


def _example(unit):
    examples = {
        "nM": "'0.2 nM'",
        "mg": "'60 mg'",
        "day": "'6 months'",
        "hour": "'24 h'",
        "year": "'4 years'",
        "um": "'40 um'",
    }
    return examples.get(unit, f"'2 {unit}'")


# Text that needs no unit library, which takes longer to load than a run takes to solve.
_DAYS = {"minute": 1 / 1440, "h": 1 / 24, "hour": 1 / 24, "day": 1.0, "week": 7.0}
_DAYS |= {"month": DAYS_PER_MONTH, "year": 365.25}
_PLAIN = re.compile(r"\s*(\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)\s*([A-Za-z]+(?:/ml)?)\s*")


def _convert_plain(text, unit, molar_mass):
    """'60 mg' in mg, '6 months' in days, '50 ng/ml' in nM; None for what needs the unit library."""
    found = _PLAIN.fullmatch(text)
    if not found:
        return None
    number, name = float(found[1]), found[2]
    if name == unit:
        return number
    if (name, unit) == ("ng/ml", "nM") and molar_mass:
        return number * 1000.0 / molar_mass
    span = _DAYS.get(name.removesuffix("s"))
    return number * span / _DAYS[unit] if span and unit in _DAYS else None


def _convert_text(text, unit, argument, what, molar_mass):
    number = _convert_plain(text, unit, molar_mass)
    if number is not None:
        return number
    import pint

    units = registry()
    try:
        quantity = units.Quantity(text)
    except Exception:  # pint raises many kinds for text it cannot read
        quantity = None
    wish = f"it should be {what}: {_in_words(unit)}"
    wish += "." if unit == "1" else f", or text with a unit such as {_example(unit)}."
    if quantity is None:
        refuse(argument, text, wish)
    try:
        if quantity.dimensionless:  # a plain number in quotation marks is in the stated unit
            return float(quantity.to("").magnitude)
        target = units.Unit("" if unit == "1" else unit)
        if (
            molar_mass
            and quantity.check("[mass]/[volume]")
            and units.Quantity(1, unit).check("[substance]/[volume]")
        ):
            quantity = quantity / units.Quantity(molar_mass, "g/mol")
        return float(quantity.to(target).magnitude)
    except (pint.DimensionalityError, pint.UndefinedUnitError, TypeError):
        refuse(argument, text, wish)


def amount(
    value,
    unit,
    *,
    argument,
    what="a quantity",
    low=0.0,
    high=math.inf,
    molar_mass=None,
    above=False,
):
    """Convert a number or text to a float (or array) in ``unit``.

    Parameters
    ----------
    value : number, array or text such as ``"50 ng/ml"``
    unit : the unit of a plain number, and of the result ("1" for a pure number)
    argument, what : words for the error message ("rankl", "a RANKL concentration")
    low, high : smallest and largest value that makes sense; ``above=True`` excludes ``low``
    molar_mass : g/mol, lets a mass concentration stand for a molar one

    Raises
    ------
    BonelabError
        For text that is no such quantity, NaN, and values outside ``low`` to ``high``.
    """
    if isinstance(value, str):
        number = _convert_text(value, unit, argument, what, molar_mass)
    elif isinstance(value, bool) or value is None:
        refuse(argument, value, f"it should be {what}: {_in_words(unit)}.")
    else:
        try:
            number = np.asarray(value, dtype=float)
        except (TypeError, ValueError):
            refuse(argument, value, f"it should be {what}: {_in_words(unit)}.")
        if number.ndim == 0:
            number = float(number)
    _check_range(value, number, unit, argument, what, low, high, above)
    return number


def _check_range(value, number, unit, argument, what, low, high, above):
    label = "" if unit == "1" else f" {unit}"
    if not np.all(np.isfinite(number)):
        refuse(argument, value, f"{what} must be a finite number{label and ' in' + label}.")
    if np.any(number < low) or (above and np.any(number <= low)):
        bound = "above" if above else "at least"
        refuse(argument, value, f"{what} must be {bound} {low:g}{label}; it cannot be less.")
    if np.any(number > high):
        refuse(argument, value, f"{what} must be at most {high:g}{label}.")


def duration(value, unit="day", *, argument="time", above=True):
    """Convert a time such as ``"6 months"`` to ``unit``; zero and negative times are refused.

    Months are 30.4375 days and years 365.25 days.
    """
    return amount(value, unit, argument=argument, what="a length of time", above=above)


__all__ = ["DAYS_PER_MONTH", "MOLAR_MASS", "BonelabError", "amount", "duration", "registry"]
