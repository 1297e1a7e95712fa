"""Answers in any usual clothing are taken, all others named in words; no check ever breaks."""

import array
import collections
import fractions
import types
from decimal import Decimal

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

import bonelab as bl
from bonelab.course.subject_for_grading import BONE
from bonelab.grading.answer_exchange import answers_in
from bonelab.grading.check_tests import ERROR, RIGHT, WRONG, Check

X = np.linspace(1, 8, 20)


def _axes():
    axes = Figure().subplots()
    axes.plot(X, X, label="line")
    axes.set(xlabel="dose (nM)", ylabel="share")
    return axes


def _lists():
    """One and two, as people come to have them."""
    frame = pd.DataFrame({"x": [1, 2]})
    return {
        "list": [1, 2],
        "tuple": (1, 2),
        "generator": (x for x in (1, 2)),
        "map": map(float, [1, 2]),
        "range": range(1, 3),
        "keys": {1: 0, 2: 0}.keys(),
        "values": {"a": 1, "b": 2}.values(),
        "deque": collections.deque([1, 2]),
        "array": array.array("d", [1, 2]),
        "memoryview": memoryview(array.array("d", [1, 2])),
        "set": {1, 2},
        "frozenset": frozenset([1, 2]),
        "Series": frame["x"],
        "Series with gaps in its index": pd.Series([1, 2], index=[7, 9]),
        "column of a frame": frame[["x"]],
        "Index": pd.Index([1, 2]),
        "row": np.array([[1, 2]]),
        "column": np.array([[1], [2]]),
        "float16": np.array([1, 2], "f2"),
        "object array": np.array([1, 2], object),
        "numpy numbers": [np.float32(1), np.int8(2)],
        "texts": ["1", "2"],
        "texts with units": ["1 nM", "2000 pM"],
        "lists of one": [[1], [2]],
        "dictionary of one": {"x": [1, 2]},
    }


def _numbers():
    return {
        "int": 3,
        "float": 3.0,
        "numpy": np.float64(3),
        "longdouble": np.longdouble(3),
        "no dimension": np.array(3),
        "list of one": [3],
        "set of one": {3},
        "Series of one": pd.Series([3]),
        "fraction": fractions.Fraction(3),
        "Decimal": Decimal(3),
        "complex without one": 3 + 0j,
        "text": "3",
        "text with a unit": "3 nM",
        "text in another unit": "3000 pM",
        "text with a comma": "3,0",
    }


def _figures():
    axes = _axes()
    several = Figure().subplots(2, 2)
    for one in several.flat:
        one.plot(X, X)
        one.set(xlabel="dose (nM)", ylabel="share")
    cloud = Figure().subplots()
    dots = cloud.scatter(X, X)
    cloud.set(xlabel="dose (nM)", ylabel="share")
    return {
        "axes": axes,
        "figure": axes.figure,
        "figure and axes": (axes.figure, axes),
        "list of lines": axes.get_lines()[:],
        "line": axes.get_lines()[0],
        "array of axes": several,
        "list of axes": list(several.flat),
        "figure and array": (several[0, 0].figure, several),
        "dictionary of axes": {"a": axes},
        "drawing": bl.draw.curve(X, X, xlabel="dose (nM)", ylabel="share"),
        "drawing in a row": (bl.draw.curve(X, X, xlabel="dose (nM)", ylabel="share"),),
        "dots": dots,
    }


def _odd():
    cyclic = []
    cyclic.append(cyclic)
    return {
        **{"none of these": object(), "class": int, "module": plt, "function": lambda *a: 3},
        **{"broken function": lambda *a: 1 / 0, "function of nothing": lambda: 3},
        **{"NaN": float("nan"), "infinity": np.inf, "True": True, "numpy True": np.True_},
        **{"complex": 1j, "huge": 10**400, "bytes": b"3", "empty text": "", "text": "three"},
        **{"empty list": [], "empty set": set(), "empty dict": {}, "empty array": np.array([])},
        **{"three": [1, 2, 3], "ragged": [[1], [2, 3]], "mixed": [1, "a"], "cyclic": cyclic},
        **{"masked": np.ma.array([1, 2], mask=[0, 1]), "block": np.zeros((2, 2, 2))},
        **{"dictionary": {"a": 1, "b": 2}, "frame": pd.DataFrame({"x": [1, 2], "y": [3, 4]})},
        **{"namespace": types.SimpleNamespace(axes=3), "no axes": Figure(), "run": RUN},
        **{"time": np.timedelta64(3, "D"), "moment": pd.Timestamp("2020-01-01"), "NA": pd.NA},
        **{"names": np.array(["a", "b"]), "None in a list": [None, 2], "woman": bl.woman(65)},
        **{"endless": iter(int, 1), "long": range(10**9), "error": ValueError("no")},
        **{"record array": np.array([(1, 2.0)] * 3, dtype=[("a", int), ("b", float)])},
    }


RUN = bl.forward.culture(days=1)
CHECKS = {
    "number": lambda check: check.number("x", 3, unit="nM"),
    "numbers": lambda check: check.numbers("x", [1, 2], unit="nM"),
    "choice": lambda check: check.choice("x", "falls", options=["falls", "rises"]),
    "function": lambda check: check.function("x", [1], lambda x: 30),
    "layout": lambda check: check.layout("x", xlabel="nM"),
    "curve": lambda check: check.curve("x", lambda x: x, "the line"),
    "holds": lambda check: check.holds("x", lambda x: x.final["pits"] * x.axes > 10**6, "holds"),
    "compares": lambda check: check.holds("x", lambda x: x + 1 < x, "compares"),
}
FORBIDDEN = ("Namespace", "namespace(", "UFunc", "shape", "Traceback", "0x", "array(", "Error", "<")


def judged(value, check):
    checked = Check("1.2", 9, answers_in({"x": value}, BONE), BONE)
    CHECKS[check](checked)
    CHECKS[check](checked)  # a generator gives everything once only
    first, second = checked.results
    assert (first.outcome, first.text) == (second.outcome, second.text)
    return first


@pytest.mark.parametrize("name", _lists())
def test_a_list_is_taken_in_any_clothing(name):
    assert judged(_lists()[name], "numbers").outcome == RIGHT


@pytest.mark.parametrize("name", _numbers())
def test_a_number_is_taken_in_any_clothing(name):
    assert judged(_numbers()[name], "number").outcome == RIGHT


@pytest.mark.parametrize("name", _numbers())
def test_a_property_of_a_number_holds_in_any_clothing(name):
    checked = Check("1.2", 9, answers_in({"x": _numbers()[name], "word": "three"}, BONE), BONE)
    checked.holds("x", lambda x: abs(x - 3) < 0.1 or "Not three.", "about three", unit="nM")
    checked.holds("x", lambda x: abs(x - 4) < 0.1 or "Not four.", "about four", unit="nM")
    checked.holds(("x", "word"), lambda x, word: x + 1 == 4 and word == "three", "both", unit="nM")
    assert [result.outcome for result in checked.results] == [RIGHT, WRONG, RIGHT]
    assert checked.results[1].text == "Not four."


@pytest.mark.parametrize("name", _figures())
def test_a_figure_is_taken_in_any_clothing(name):
    assert judged(_figures()[name], "curve").outcome == RIGHT
    assert judged(_figures()[name], "layout").outcome == RIGHT


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("make", [_lists, _numbers, _figures, _odd])
def test_no_answer_breaks_a_check_or_gets_words_from_inside(check, make):
    for name, value in make().items():
        result = judged(value, check)
        if make is _odd:
            assert result.outcome != RIGHT, (name, result)
        if result.outcome == ERROR:  # Python's words about the learner's own line
            assert result.text.startswith("your code stopped with "), (name, result)
            continue
        told = result.text.replace("x is a ValueError", "x is one")  # it is what was answered
        assert not [word for word in FORBIDDEN if word in told], (name, told)
        assert len(told) < 500
        assert result.outcome != WRONG or told.endswith((".", "?")), (name, told)
