"""Write every letter that a message holds to any console, also to one that does not know UTF-8.

A pipe on Windows, or a server that is set to plain ASCII, has no tick and no Greek letter. Python
would stop the command there; here the letter is spelled with the letters that are left, so that a
unit (µg) or a power of ten stays what it is.
"""

from __future__ import annotations

import codecs
import sys
import unicodedata

SPELLED = {"✓": "[right]", "✗": "[wrong]", "…": "...", "→": "->", "×": "x", "·": "-", "°": "deg"}
SPELLED |= dict.fromkeys("µμ", "u") | dict.fromkeys("–—−", "-")
SPELLED |= dict.fromkeys("„“”", '"') | dict.fromkeys("‘’", "'")
SPELLED |= {"≈": "about ", "≤": "<=", "≥": ">=", "±": "+/-", "⁻": "-"}
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"


def write_safely() -> None:
    """Let the standard streams of this process write every letter."""
    codecs.register_error("bonelab.spelled", spelled)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # None without a console, another object in a notebook
            stream.reconfigure(errors="bonelab.spelled")


def spelled(error: UnicodeError) -> tuple[str, int]:
    """The error handler: what is written in the place of letters that the console lacks."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object
    return "".join(_letter(text, at) for at in range(error.start, error.end)), error.end


def _letter(text: str, at: int) -> str:
    letter = text[at]
    starts_power = letter in RAISED and (at == 0 or text[at - 1] not in RAISED)
    name = unicodedata.name(letter, "")
    if letter in SPELLED:
        written = SPELLED[letter]
    elif name.startswith("GREEK"):
        word = name.partition(" WITH ")[0].split()[-1]
        written = word.title() if "CAPITAL" in name else word.lower()
    else:
        plain = unicodedata.normalize("NFKD", letter).encode("ascii", "ignore")
        written = plain.decode("ascii") or "?"
    return "^" * starts_power + written
