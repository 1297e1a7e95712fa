"""What is written to a console that does not know every letter."""

import codecs
import io
import sys

import pytest

from bonelab.course import console


@pytest.fixture(autouse=True)
def handler():
    codecs.register_error("bonelab.spelled", console.spelled)


@pytest.mark.parametrize(
    ("text", "ascii", "cp1252"),
    [
        ("Question 1 ✓", "Question 1 [right]", "Question 1 [right]"),
        ("2.5 µg/ml", "2.5 ug/ml", "2.5 µg/ml"),
        ("2.5 μg/ml", "2.5 ug/ml", "2.5 ug/ml"),
        ("10⁻⁹ M", "10^-9 M", "10^-9 M"),
        ("3 × 10²", "3 x 10^2", "3 × 10²"),
        ("NF-κB, Φ", "NF-kappaB, Phi", "NF-kappaB, Phi"),
        ("Zoë – τ₀", "Zoe - tau0", "Zoë – tau0"),
        ("骨", "?", "?"),
    ],
)
def test_a_letter_that_is_missing_is_spelled(text, ascii, cp1252):
    assert text.encode("ascii", "bonelab.spelled").decode("ascii") == ascii
    assert text.encode("cp1252", "bonelab.spelled").decode("cp1252") == cp1252
    assert text.encode("utf-8", "bonelab.spelled").decode("utf-8") == text


def test_the_standard_streams_write_every_letter(monkeypatch):
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="ascii") for _ in range(2)]
    monkeypatch.setattr(sys, "stdout", streams[0])
    monkeypatch.setattr(sys, "stderr", streams[1])
    console.write_safely()
    print("κ ✓")
    print("≥ 2", file=sys.stderr)
    for stream in streams:
        stream.flush()
    assert [s.buffer.getvalue() for s in streams] == [b"kappa [right]\n", b">= 2\n"]


def test_a_console_that_is_not_there_is_left_alone(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", object())
    console.write_safely()
