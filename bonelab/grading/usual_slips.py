"""Slips of somebody who has never programmed, and the words that say what to type instead."""

import re
from keyword import kwlist

from bonelab.grading.fingerprints import words

_SYNTAX = [
    (
        re.compile(r"\d\.\d*\.(?!\.)"),
        "a number has one point at most: write a date with digits alone",
    ),
    (re.compile(r"\d,\d"), "if the comma parts a decimal number, write a point instead"),
    (re.compile(r"\d\s*%"), "write the number without its percent sign"),
    (
        re.compile(
            rf"(?<![\w\"'])\d[\d.]*\s*(?!(?:{'|'.join(kwlist)})\b)[^\W\d_]+\s*(?:[,)\]/#]|$)"
        ),
        "a number with its unit stands in quotation marks",
    ),
]
_NAME = "a word needs quotation marks, and a name needs the cell that makes it to be run"
_WHOLE = "a whole number is needed, written with digits alone: no point, no comma, no words"
_SIGNS = [
    (
        re.compile(r"^(?!.*\blambda\b)\s*\w+\s*=[^=\[{(\"']*[\w)]\s*:\s*[\w(]"),
        "division is written /, not :",
    ),
    (re.compile(r"[\w)]\s+[x×·]\s+[\w(]|[×·]"), "times is written *"),
    (re.compile(r"\bmy number\b"), "a name has no blank: my_number"),
]
_MESSAGES = [  # what Python says, in its own words
    (re.compile("unterminated .*string"), "a text ends with a quotation mark, as it began"),
    (re.compile("invalid character '[“”„‘’‚«»]'"), 'quotation marks are straight: "so"'),
    (re.compile("invalid character '[−–—]'"), "minus is written -"),
    (re.compile("invalid character '[²³]'|for \\^"), "a power is written **, as in 3**2"),
    (re.compile("expected an indented"), "a line that is repeated is moved in by four spaces"),
]
_ZERO = "a number does not begin with a zero: leave the zero out"
_DOTS = "a name in it is still three dots, because its own answer has not been filled in yet"


def in_line(kind, code, message=""):
    """What may be wrong with a line at which Python stopped with an error of this kind, or ""."""
    if kind == "NameError":
        return _NAME
    if "ellipsis" in message.lower():
        return _DOTS
    if "int()" in message:
        return _WHOLE
    if kind == "TypeError" and re.search(r"\d,\d", code):
        return "if a comma parts a decimal number, write a point instead"
    is_syntax, own = kind == "SyntaxError", re.match(r"\s*my_number\s*=", code)
    if is_syntax and own and "leading zeros" not in message:
        return _WHOLE
    if told := next((words for pattern, words in _MESSAGES if pattern.search(message)), ""):
        return told
    if not is_syntax:
        return ""
    slip = next((words for pattern, words in _SYNTAX + _SIGNS if pattern.search(code)), "")
    return slip or (_ZERO if "leading zeros" in message else "")


def in_capitals(name, namespace):
    """Words about an answer that was given ``name`` in other capitals, or ""."""
    if namespace.get(name, ...) is not ...:
        return ""
    misspelt = [each for each in namespace if each != name and each.lower() == name.lower()]
    if not misspelt:
        return ""
    return (
        f"You have made {misspelt[0]}, but the answer is called {name}, and capital letters count."
    )


def in_decimals(value):
    """For ``16,5``, which Python takes for two numbers: how it is written."""
    pair = value if isinstance(value, (list, tuple)) and len(value) == 2 else (None, None)
    whole = [isinstance(part, int) and not isinstance(part, bool) for part in pair]
    if not whole[1] or pair[1] < 0:
        return ""
    if not whole[0]:
        return " If a comma parts a decimal number there, write a point instead."
    return f" Python wants a point in a decimal number, not a comma: {pair[0]}.{pair[1]}."


def meant(value, options):
    """The one of the worded ``options`` that ``value`` means, or None: capitals do not matter, nor
    blanks and dashes where no other option can be meant."""
    for same in (words, _bare):
        alike = [option for option in options if same(option) == same(value)]
        if len(alike) == 1:
            return alike[0]
    return None


def _bare(text):
    return words(text).replace(" ", "").replace("-", "")
