"""One net under every number: slips that are no misconception of the question's own.

Percent for a share and back, a factor of a thousand, another unit of the same kind, the sign, the
value turned over, rounded too early. A reading is told only where exactly one
fits, and in words that hold no number of the answer.
"""

import math
import re

from bonelab.grading.number_reading import SHARE

PERCENT, PLAIN, REST = "percent for a fraction", "fraction for percent", "the other part"
UNIT, THOUSANDS, SIGN = "another unit", "factor of 1,000", "sign"
OVER, ROUNDED = "turned over", "rounded too early"
ORDER = "another order"
NAMES = {PERCENT, PLAIN, REST, UNIT, THOUSANDS, SIGN, OVER, ROUNDED, ORDER}
COUNTED = "the powers of ten on the way."  # of a number without a unit, of women, of days
PREFIXED = re.compile(r"[pnµumk]?[Mgm](?:ol)?(?:/|$)")  # a unit of which there are n, µ and m
CLOSE = 0.01  # how near a reading must be, where the part asks for no less
POWERS = (3, 6, 9)
ROUGHEST = 0.05  # of a value that may still be a rounded one
DECIMALS = 2  # that a number is rounded to where it is small
MOST_DIGITS = 3  # more, and it was not the rounding


def is_share(unit, kind):
    return kind == "share" or unit in SHARE


def reading(answers, targets, *, rel, unit="", kind="", alike=None):
    """``(name, words)`` of the one reading that fits all ``answers`` to their ``targets``, or None.

    ``alike`` maps the names of other units to how many of them may be one of the part's own.
    """
    fits = None
    for answer, target in zip(answers, targets, strict=True):
        if answer == target or (target and math.isclose(answer, target, rel_tol=rel)):
            continue
        if not target or not (math.isfinite(answer) and math.isfinite(target)):
            return None
        fitting = readings(answer, target, rel=rel, unit=unit, kind=kind, alike=alike or {})
        fits = (
            fitting if fits is None else {name: fitting[name] for name in fits if name in fitting}
        )
    return next(iter(fits.items())) if fits and len(fits) == 1 else None


def readings(given, target, *, rel, unit, kind, alike):
    """``{name of a slip: words}`` for every slip that leads from ``target`` to ``given``."""

    def near(value, most=0.0):
        return value != 0 and math.isclose(given, value, rel_tol=most or max(rel, CLOSE))

    fits = {}
    if near(-target):
        fits[SIGN] = "The size is right. Which sign stands for which direction?"
    fits |= _per_cent(near, target, unit, kind) or _unit(near, target, unit, alike)
    fits = fits or _thousands(near, target, bool(PREFIXED.match(unit)))
    if not math.isclose(abs(target), 1, rel_tol=0.1) and near(1 / target):
        fits[OVER] = "That is one divided by what is asked for: it is turned over."
    return fits or _rounded(given, target)


def _per_cent(near, target, unit, kind):
    share = is_share(unit, kind)
    plain = not unit and not kind and 0 < abs(target) <= 1
    if (share or plain) and near(100 * target):
        if share:
            words = "That looks like percent. A fraction between 0 and 1 is asked for: 25% is 0.25."
        else:
            words = "That is 100 times too large. If you mean percent, 25% is 0.25 here."
        return {PERCENT: words}
    if unit.startswith("%") and near(target / 100):
        return {PLAIN: "That looks like a fraction. Percent is asked for: 0.25 would be 25."}
    whole = 1 if share else 100 if unit == "%" else 0
    apart = 0 < target < whole and not math.isclose(target, whole / 2, rel_tol=0.05)
    if apart and near(whole - target):
        return {REST: "That is the other part: yours and what is asked for make up the whole."}
    return {}


def _unit(near, target, unit, alike):
    fits = [
        other
        for other, numbers in alike.items()
        if any(not math.isclose(n, 1, rel_tol=0.03) and near(target * n, 0.02) for n in numbers)
    ]
    if len(fits) != 1:
        return {}
    other = fits[0]
    return {UNIT: f"Your number would be right in {other}, but the question asks for {unit}."}


def _thousands(near, target, prefixed):
    for power in POWERS:
        for sign, size in ((power, "large"), (-power, "small")):
            if near(target * 10.0**sign):
                words = f"The digits fit, but the number is {10**power:,} times too {size}: check "
                way = "the units on the way, such as n, µ and m." if prefixed else COUNTED
                return {THOUSANDS: words + way}
    return {}


def _rounded(answer, target):
    """A value that was rounded, or cut off, to so few digits that it is no longer near enough."""
    if abs(answer - target) > ROUGHEST * abs(target):
        return {}
    written = f"{abs(answer):.10g}".split("e")[0]
    digits = len(written.replace(".", "").lstrip("0"))
    as_printed = len(written.partition(".")[2]) >= DECIMALS  # 0.06 is a number with two decimals
    fewest = 1 if as_printed else 2  # one digit, such as 1, is as likely another thought
    if not fewest <= digits <= MOST_DIGITS:
        return {}
    if answer not in (_to(target, digits), _to(target, digits, cut=True)):
        return {}
    return {ROUNDED: "Right method, rounded too early: keep more digits until the end."}


def _to(value, digits, cut=False):
    """``value`` with so many digits that count, rounded or cut off."""
    power = digits - 1 - math.floor(math.log10(abs(value)))
    scaled = value * 10.0**power
    whole = math.trunc(scaled) if cut else math.floor(abs(scaled) + 0.5) * math.copysign(1, scaled)
    return float(f"{whole / 10.0**power:.10g}")


def rounded_as_asked(answer, target, digits):
    """Is ``found`` the ``target``, rounded to ``digits`` digits that count?"""
    return bool(digits and target) and math.isclose(answer, _to(target, digits), rel_tol=1e-9)
