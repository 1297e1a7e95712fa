"""A sample of the bad arguments of ``fuzz_arguments.py``: all refused in words, none taken."""

import random
import warnings

import fuzz_arguments
import pytest

SAMPLE, SEED = 700, 11


@pytest.fixture(autouse=True)
def _quiet():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # numpy warns of what it is asked to turn into a number
        yield


def faults(cases):
    found = {case: fuzz_arguments.outcome(*case) for case in cases}
    return {case: how for case, how in found.items() if how not in ("clear", "fine")}


def test_bad_arguments_get_a_clear_error_and_are_never_taken():
    every = list(fuzz_arguments.cases())
    assert len(every) > 12_000
    assert faults(random.Random(SEED).sample(every, SAMPLE)) == {}


def test_what_students_will_meet_is_clear():
    met = [
        ("simulate", "points", "half"), ("simulate", "rtol", "gibberish"),
        ("denosumab", "doses", "gibberish"), ("denosumab", "doses", "half"),
        ("simulate", "treatments", "a drug, uncalled"), ("binding.crosslinking", "valence", "half"),
        ("woman", "age", "array"), ("woman", "age", "complex"), ("woman", "age", "True"),
        ("denosumab", "doses", "large"), ("woman", "no_such_argument", "half"),
    ]  # fmt: skip
    assert {case: fuzz_arguments.outcome(*case) for case in met} == dict.fromkeys(met, "clear")


def test_the_fuzz_sees_a_fault(monkeypatch):
    def raw(age):
        return age + 1

    def taken(age):
        return age

    monkeypatch.setattr(fuzz_arguments, "functions", lambda: {"raw": raw, "taken": taken})
    assert fuzz_arguments.outcome("raw", "age", "gibberish") == "raw: TypeError"
    assert fuzz_arguments.outcome("taken", "age", "gibberish") == "taken"
    assert fuzz_arguments.outcome("raw", "years", "half") == "raw: TypeError"
