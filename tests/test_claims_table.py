"""The mechanism behind the table of claims, and that no claim is forgotten."""

from functools import cache
from importlib import import_module
from inspect import isfunction, signature
from pathlib import Path

import claims
import pytest

HERE = Path(__file__).parent


@cache
def shown():
    """The claims that stand in the names of tests which ask for the fixture ``claim``."""
    functions = [
        function
        for path in HERE.glob("test_*.py")
        for name, function in vars(import_module(path.stem)).items()
        if name.startswith("test_")
        and isfunction(function)
        and "claim" in signature(function).parameters
    ]
    return {name for function in functions for name in claims.ids_in(function.__name__)}


@pytest.mark.parametrize("kind", ["SIM", "SIM-P", "MORE"])
def test_every_claim_that_a_run_can_show_has_a_test(kind):
    wanted = [name for name, told in claims.all_claims().items() if told["kind"] == kind]
    assert [name for name in wanted if name not in shown()] == []


def test_every_claim_is_in_a_lesson():
    told = claims.lessons_by_claim()
    texts = [name for name, row in claims.all_claims().items() if row["kind"] != "MORE"]
    assert [name for name in texts if name not in told] == []
    assert [name for name in told if name not in claims.all_claims()] == []


class Node:
    name = "test_A9_something"

    def __init__(self):
        self.user_properties = []


GOOD = [
    {"low": 1, "high": 1},
    {"above": 0.9},
    {"below": 1.1},
    {"near": 1.1, "within": 0.2},
]
BAD = [
    {"low": 1.1},
    {"high": 0.9},
    {"above": 1},
    {"below": 1},
    {"near": 2, "within": 0.5},
    {},
]


@pytest.mark.parametrize("band", GOOD)
def test_a_number_inside_its_band_is_recorded(band):
    node = Node()
    claims.Claim(node)("A9", "a run", 1.0, unit="d", **band)
    ((key, row),) = node.user_properties
    assert (key, row["id"], row["number"]) == ("claim", "A9", "1 d")


@pytest.mark.parametrize("band", BAD)
def test_a_number_outside_its_band_fails(band):
    node = Node()
    with pytest.raises(AssertionError):
        claims.Claim(node)("A9", "a run", 1.0, **band)
    assert node.user_properties == []


def test_order_and_finiteness_are_checked():
    check = claims.Claim(Node())
    check("A9", "a run", [1, 2, 3], order="rising")
    check("A9", "a run", [3, 2, 1], order="falling")
    for values, order in [([1, 1], "rising"), ([1, 2], "falling"), ([1, float("nan")], "rising")]:
        with pytest.raises(AssertionError):
            check("A9", "a run", values, order=order)


@pytest.mark.parametrize("ids", ["A8", "A9, A8", "Z1"])
def test_a_claim_must_stand_in_the_name_of_its_test(ids):
    with pytest.raises(AssertionError):
        claims.Claim(Node())(ids, "a run", 1, low=0)


def test_the_table_has_a_row_for_every_claim(tmp_path):
    row = {"id": "A9", "experiment": "a run", "number": "1 d", "band": "above 0"}
    claims.write_table(tmp_path / "table.md", [row])
    text = (tmp_path / "table.md").read_text(encoding="utf-8")
    assert all(f"| {name} |" in text for name in claims.all_claims())
    assert "| a run | 1 d | above 0 |" in text


def test_the_table_in_the_docs_has_no_empty_row():
    text = (HERE.parent / "docs" / "claims.md").read_text(encoding="utf-8")
    assert [name for name in claims.all_claims() if f"| {name} |" not in text] == []
    assert "NO RUN" not in text
