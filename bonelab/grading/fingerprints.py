"""Numbers and seals drawn from words: the same on every machine."""

import hashlib
import re


def words(text):
    """``text`` without capitals, punctuation and needless blanks."""
    return " ".join(re.sub(r"[^\w\s+\-/.]", " ", str(text)).lower().split()).strip(".")


def seal(question, answer):
    """A fingerprint of a worded answer, so that a check need not spell the answer out."""
    text = f"{question}|{words(answer)}"
    return "sealed:" + hashlib.sha256(text.encode()).hexdigest()[:12]


def seed(*parts):
    """A whole number drawn from ``parts``: the same words give the same number on any machine."""
    text = "|".join(map(str, parts))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")
