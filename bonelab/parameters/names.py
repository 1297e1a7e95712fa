"""Names as people write them: capitals, blanks, dashes and Greek letters do not matter, nor whether
a tumor or a tumour is meant."""

import re
import unicodedata

_DASHES = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d", "-")
_QUOTES = dict.fromkeys("'\u2019\u02bc\uff07`\u00b4", "")
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "κ": "kappa", "µ": "u", "μ": "u",
}  # fmt: skip
_PLAIN = str.maketrans(_DASHES | _QUOTES | _GREEK)
# American and British spelling: tumor, hypercalcemia, estrogen, leukemia, hemoglobin.
_ATLANTIC = (("tumour", "tumor"), ("aemi", "emi"), ("oest", "est"), ("haem", "hem"))
_BETWEEN = re.compile(r"(?<=\w)[-_]+(?=\w)")  # the dashes of OPG-/- stay


def plain_name(text):
    """A name without what does not matter: 'Interleukin 6' and 'interleukin-6' are the same."""
    text = unicodedata.normalize("NFKC", text.translate(_PLAIN)).casefold().translate(_PLAIN)
    for british, american in _ATLANTIC:
        text = text.replace(british, american)
    return _BETWEEN.sub("", re.sub(r"\s+", "", text))


def same_name(text, names):
    """The values of ``names`` ({spelling: value}) that ``text`` spells, each once."""
    wanted = plain_name(text)
    return list(dict.fromkeys(v for name, v in names.items() if plain_name(name) == wanted))


def closest(text, names):
    """The value whose spelling is nearest to ``text``, as a list of one or none."""
    from difflib import get_close_matches

    plain = {plain_name(name): value for name, value in names.items()}
    wanted = plain_name(text)
    begins = [v for name, v in plain.items() if len(wanted) > 2 and name.startswith(wanted)]
    if begins:
        return [begins[0]]
    return [plain[name] for name in get_close_matches(wanted, plain, n=1)]
