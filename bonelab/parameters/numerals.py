"""Numbers as people of any country write them: read exactly, or refused in words.

A text is one number and what follows it. Marks that group thousands (blanks of all kinds, an
apostrophe, an underline, a comma, a point) and the marks of decimals (a comma, a point) are told
apart by where they stand. What can be read in two ways is refused and never guessed.
"""

import re
import unicodedata
from fractions import Fraction

from .errors import BonelabError

LONGEST = 120  # characters; no number and unit is longer
_LARGEST_EXPONENT = 400  # beyond every float; larger ones would take for ever

_SAME = {
    **dict.fromkeys("\u2212\u2010\u2011\u2012\u2013\ufe63\uff0d", "-"),
    **dict.fromkeys("\u2019\u02bc\uff07\u066c", "'"),
    "\uff0b": "+", "\uff0c": ",", "\uff0e": ".", "\u066b": ".", "\uff05": "%", "\uff0f": "/",
}  # fmt: skip
_BLANKS = re.compile(r"[\s\u200b\u2060\ufeff]+")
_RAISED = str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+-0123456789")

_POWER = r"(?:\s?(?:\^|\*\*)\s?(?P<{0}>[+-]?\d+)|(?P<{0}_raised>[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))"
_TEN = re.compile(rf"(?P<sign>[+-]?)\s?10{_POWER.format('power')}")
_START = re.compile(
    r"(?P<sign>[+-]?)\s?(?P<digits>\d(?:[ ,.'_]?\d)*\.?|[.,]\d+)"
    rf"(?:[eE](?P<exponent>[+-]?\d+)|\s?[×xX*·⋅∙]\s?10{_POWER.format('times')})?"
)

_FRACTION = re.compile(
    r"(?P<sign>[+-]?)\s?(?:(?P<whole>\d+)\s?)??"
    r"(?:(?P<vulgar>[¼-¾⅐-⅞])|(?P<over>[1-9]\d?)\s?[/\u2044]\s?(?P<under>[1-9]\d?))(?P<rest>\D*)"
)

_AMBIGUOUS = re.compile(r"([1-9]\d{0,2})([.,])(\d{3})")
# How digits may be grouped, and the mark that then stands before decimals.
_FORMS = (
    (re.compile(r"\d*[.,]?\d+|\d+\."), "", ".,"),
    (re.compile(r"[1-9]\d{0,2}(?:([ '_])\d{3})(?:\1\d{3})*(?:[.,]\d+)?"), " '_", ".,"),
    (re.compile(r"[1-9]\d{0,2}(?:(?:,\d{3})+\.\d+|(?:,\d{3}){2,})"), ",", "."),
    (re.compile(r"[1-9]\d{0,2}(?:(?:\.\d{3})+,\d+|(?:\.\d{3}){2,})"), ".", ","),
    (re.compile(r"[1-9]\d?(?:,\d{2})+,\d{3}(?:\.\d+)?"), ",", "."),  # India: 1,00,000
)


class Unreadable(BonelabError):
    """Text that is no number and unit; its message is the reason, in words.

    ``enough`` where the message already shows how to write it.
    """

    def __init__(self, reason, enough=False):
        super().__init__(reason)
        self.enough = enough


def split(text):
    """The number at the start of ``text`` (an exact Fraction) and what follows it.

    Raises Unreadable, whose message says what is wrong and how it could be written.
    """
    if len(text) > LONGEST:
        raise Unreadable("it is too long for one number and one unit.")
    plain = _BLANKS.sub(" ", "".join(map(_same, text))).strip()
    if not plain:
        raise Unreadable("it is empty.")
    match = _TEN.match(plain)
    if match and not plain[match.end() : match.end() + 1].isdigit():
        return _exact(match, "1", match["power"] or match["power_raised"]), plain[match.end() :]
    if part := _FRACTION.fullmatch(plain):
        raise Unreadable(f"it is a fraction. Write '{_with_decimals(part)}'.", enough=True)
    match = _START.match(plain)
    if not match:
        raise Unreadable("it should start with a number in figures.")
    power = match["exponent"] or match["times"] or match["times_raised"]
    rest = plain[match.end() :]
    literal = _literal(match["sign"], match["digits"], plain[match.end("digits") :])
    return _exact(match, literal, power), rest


def _with_decimals(part):
    """A fraction such as '1 1/2 mg' or '½ year' with decimals: '1.5 mg', '0.5 year'."""
    sign, whole, vulgar, over, under, rest = part.groups()
    number = int(whole or 0) + (unicodedata.numeric(vulgar) if vulgar else int(over) / int(under))
    return f"{sign}{number:.4g} {rest.strip()}".strip()


def _same(character):
    """One character of a number in the form that Python knows; raised digits stay raised."""
    if character.isascii():
        return character
    if unicodedata.category(character) == "Nd":
        return str(unicodedata.decimal(character))
    return _SAME.get(character, character)


def _literal(sign, digits, rest):
    """The digits as Python writes them: no grouping, a point before decimals."""
    # A point is as unclear as a comma: '1.000 mg' is a gram in Berlin and a milligram in Boston, so
    # one of them would get a thousandth or a thousandfold. A number that is no text is never so.
    unclear = _AMBIGUOUS.fullmatch(digits)
    if unclear:
        raise Unreadable(_two_ways(sign + unclear[1], unclear[3], rest), enough=True)
    for form, groups, decimal in _FORMS:
        if form.fullmatch(digits):
            plain = digits.translate(dict.fromkeys(map(ord, groups)))
            for mark in decimal:
                plain = plain.replace(mark, ".")
            return plain
    raise Unreadable("its figures are more than one number, or grouped in no known way.")


def _two_ways(whole, decimals, rest):
    short = decimals.rstrip("0")
    small = f"{whole}.{short}" if 0 < len(short) < 3 else f"{whole}.{decimals}0" if short else whole
    unit = rest if rest[:1] in ("", "%") else f" {rest.strip()}"
    return (
        "in some countries this mark groups thousands, in others it begins the decimals. "
        f"Write '{whole}{decimals}{unit}' or '{small}{unit}'."
    )


def _exact(match, literal, power):
    power = int((power or "0").translate(_RAISED))
    if abs(power) > _LARGEST_EXPONENT:
        raise Unreadable("its exponent is larger than any quantity needs.")
    number = Fraction(literal) * Fraction(10) ** power
    return -number if match["sign"] == "-" else number


def write(number: float) -> str:
    """A number as text that reads back as the same number, whatever the reader's country.

    Where three decimals could be taken for thousands, a zero is added: 12.345 is '12.3450'.

    Examples
    --------
    >>> bl.parameters.write(0.5)
    '0.5'
    """
    digits, mark, power = repr(float(number)).removesuffix(".0").partition("e")
    zero = "0" if _AMBIGUOUS.fullmatch(digits.lstrip("-")) else ""
    return f"{digits}{zero}{mark}{power}"
