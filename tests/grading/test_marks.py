"""The marks helper: what each test takes for right, and what it says."""

import sys
import types

import numpy as np
import pytest

import bonelab as bl
from bonelab.course import marks
from bonelab.course.subject_for_grading import BONE
from bonelab.grading import plain_data, plain_reading
from bonelab.grading.answer_exchange import answers_in
from bonelab.grading.cell_runner import Cells
from bonelab.grading.check_tests import EMPTY, ERROR, RIGHT, WRONG, Check
from bonelab.grading.plain_data import Opaque, Unreadable, is_stub


def encode(value):
    return plain_data.encode(value, BONE.kinds)


def decode(data):
    return plain_reading.decode(data, BONE.kinds)


def check(points=10, **answers):
    return Check("1.2", points, answers_in(answers, BONE), BONE)


def only(checked):
    [result] = checked.results
    return result


@pytest.mark.parametrize(
    "value", [0.5, np.float64(0.5), np.float32(0.5), np.array(0.5), np.array([0.5]), 0.5049]
)
def test_number_takes_what_is_a_number(value):
    checked = check(x=value)
    checked.number("x", 0.5, right="Half.")
    assert (only(checked).outcome, only(checked).text) == (RIGHT, "Half.")


@pytest.mark.parametrize(
    ("value", "outcome", "words"),
    [
        (..., EMPTY, "not attempted"),
        (None, EMPTY, "not attempted"),
        (0.51, WRONG, "you have 0.51 nM, more than 1% off. Not yet."),
        (2.0, WRONG, "turned over"),
        (7.0, WRONG, "cannot pass 1"),
        ("half", WRONG, "is text, 'half'; a bare number is asked for, in nM"),
        ("51 mg", WRONG, "its unit, 'mg', does not fit here"),
        (True, WRONG, "is True"),
        (float("nan"), WRONG, "not a number"),
        ([0.5, 1], WRONG, "a list of 2 numbers; one number is asked for."),
        ((0, 51), WRONG, "Python wants a point in a decimal number, not a comma: 0.51."),
        (object(), WRONG, "is an object"),
    ],
)
def test_number_says_what_is_wrong(value, outcome, words):
    checked = check(x=value)
    nudge = {2.0: "That is turned over.", marks.when(lambda x: x > 5): "It cannot pass 1."}
    checked.number("x", 0.5, unit="nM", nudge=nudge)
    assert only(checked).outcome == outcome
    assert words in only(checked).text
    assert "0.5 " not in only(checked).text, "the answer itself is not told"


@pytest.mark.parametrize(
    ("value", "outcome"),
    [(200.0, RIGHT), (201.9, RIGHT), (198.1, RIGHT), (202.1, WRONG), (197.9, WRONG), (-200, WRONG)],
)
def test_a_number_is_right_within_one_per_cent(value, outcome):
    checked = check(answer=value)
    checked.number("answer", 200.0)
    assert only(checked).outcome == outcome


def test_missing_name_is_not_attempted():
    checked = check()
    checked.number("x", 1)
    checked.function("f", [1], lambda x: x)
    checked.holds(("x", "f"), lambda x, f: True, "both")
    assert [result.outcome for result in checked.results] == [EMPTY] * 3


def test_an_answer_that_waits_for_the_learners_own_number_is_told_so():
    """After a restart an answer may be there and the number not: no word of "not attempted"."""

    def checked_with(**answers):
        checked = check(**answers)
        checked.number("x", lambda n: n, given="my_number")
        checked.holds(("x", "my_number"), lambda x, n: x == n, "both")
        return checked.results

    told = [result.text for result in checked_with(x=1)]
    needs = "not judged yet, because my_number has not been made: run its cell first."
    assert told == [needs, needs]
    assert [result.outcome for result in checked_with(x=1)] == [EMPTY, EMPTY]
    run = "not attempted yet. x has not been made: run the cell of your answer."
    assert [result.text for result in checked_with()] == [run, run]
    for answers in ({"x": ...}, {"x": ..., "my_number": 2}):
        assert [result.text for result in checked_with(**answers)] == ["not attempted yet."] * 2
    assert [result.outcome for result in checked_with(x=2, my_number=2)] == [RIGHT, RIGHT]


def test_a_blank_is_told_with_the_name_that_its_cell_makes():
    cells = Cells()
    cells.run("my_number = ___")
    cells.run("x = 1")
    checked = Check("1.2", 10, answers_in(cells.namespace, BONE, cells.stopped), BONE)
    checked.number("x", lambda n: n, given="my_number")
    told = "There is still a blank, ___, in the cell that makes my_number, line 1: my_number = ___"
    assert only(checked).text == f"not judged yet. {told}"
    cells.run("x = ___")
    checked = Check("1.2", 10, answers_in(cells.namespace, BONE, cells.stopped), BONE)
    checked.number("x", 1)
    assert "in the cell that makes x, line 1: x = ___" in only(checked).text


def stub(x):
    """Do something."""
    ...


def test_function_outcomes():
    def right(x):
        print("noise")
        return x * 2

    def crash(x):
        return x / 0

    def nothing(x):
        x * 2

    assert [is_stub(f) for f in (stub, lambda x: -x, lambda x: x, lambda x: 5)] == [True] + 3 * [
        False
    ]
    outcomes = {}
    for function in (right, crash, nothing, stub, lambda x: x + 2, 5):
        checked = check(f=function)
        checked.function(
            "f", [(3,), 4], lambda x: x * 2, nudge={(lambda x: x + 2): "Times, not plus."}
        )
        outcomes[getattr(function, "__name__", "5")] = only(checked)
    assert outcomes["right"].outcome == RIGHT
    assert outcomes["crash"].outcome == ERROR
    assert "ZeroDivisionError" in outcomes["crash"].text
    assert "does it end in return?" in outcomes["nothing"].text
    assert outcomes["stub"].outcome == EMPTY
    assert "Times, not plus." in outcomes["<lambda>"].text
    assert "is the number 5; a function is asked for" in outcomes["5"].text


def test_worked_example_tells_what_it_should_be():
    checked = check(f=lambda x: 1)
    checked.function("f", [2], lambda x: 4, show=True)
    assert "f(2) is 1, more than 1% off; it should be 4." in only(checked).text


def test_choice_and_its_seal():
    for answer, outcome in ((" Falls. ", RIGHT), ("rises", WRONG), ("maybe", WRONG), (3, WRONG)):
        for expected in ("falls", marks.seal("1.2", "falls")):
            checked = check(x=answer)
            checked.choice("x", expected, options=["rises", "falls"], nudge={"rises": "OPG takes."})
            assert only(checked).outcome == outcome
            assert answer != "rises" or only(checked).text == "OPG takes."
    assert "falls" not in marks.seal("1.2", "falls")


def test_a_choice_is_known_by_other_dashes_and_blanks_where_one_can_be_meant():
    cells = ["B cells", "fat-lineage cells", "c-Fos", "OPG-/-", "OPG"]
    for answer, right in (("B-cells", 0), ("fat lineage cells", 1), ("cFos", 2), ("opg", 4)):
        checked = check(x=answer)
        checked.choice("x", marks.seal("1.2", cells[right]), options=cells)
        assert only(checked).outcome == RIGHT, answer
    checked = check(x="B cell")
    checked.choice("x", "B cells", options=cells)
    assert "is none of" in only(checked).text


def test_a_decimal_comma_is_told_where_a_condition_is_tested():
    checked = check(dose=(2, 4))
    checked.holds("dose", lambda dose: dose < 3, "the dose is low")
    assert only(checked).text.endswith("not a comma: 2.4.")


def test_numbers_and_shapes():
    checked = check(a=[1, 2.0], b=np.array([[1, 2]]), c=(1, "x"), d=[1, 3], e=[1], f=np.eye(2))
    for name in "abcdef":
        checked.numbers(name, [1, 2])
    assert [result.outcome for result in checked.results] == [RIGHT, RIGHT, *[WRONG] * 4]
    assert [result.text for result in checked.results[3:]] == [
        "entry 2 is more than 1% off. Not yet.",
        "e is a list of 1 number; a list of 2 numbers is asked for.",
        "f is a table of 2 rows and 2 columns; a list of 2 numbers is asked for.",
    ]


def test_what_the_library_refuses_is_told_in_its_own_words():
    checked = check(dose=-1.0)
    checked.holds("dose", lambda dose: bl.forward.culture(dose).final["pits"] > 1, "half of it")
    assert only(checked).outcome == WRONG
    assert "0 nM or more" in only(checked).text
    assert "BonelabError" not in only(checked).text


def test_property_may_answer_in_words_and_never_breaks():
    checked = check(f=lambda x: -x)
    checked.holds("f", lambda f: f(2) > f(1) or "It should rise.", "rises")
    checked.holds("f", lambda f: f("text") > 1, "odd")
    checked.holds("f", lambda f: np.array([True, False]), "no truth value")
    assert checked.results[0].text == "It should rise."
    assert checked.got == 0


def test_score_is_a_number_and_tells_what_is_open(capsys):
    checked = check(4, x=1)
    checked.number("x", 1, points=1)
    assert checked.score() == 1.0
    assert capsys.readouterr().out.splitlines()[0] == "Question 1.2: 1 of 4 marks"
    assert checked.undecided == 3
    with pytest.raises(ValueError, match="worth more than its points"):
        checked.number("x", 1, points=4)


def test_check_finds_the_names_of_the_notebook_it_stands_in(monkeypatch):
    notebook = types.ModuleType("__main__")
    monkeypatch.setitem(sys.modules, "__main__", notebook)
    vars(notebook).update(marks=marks)
    exec("x = 3\ncheck = marks.check('1.1', points=1)\ncheck.number('x', 3)", vars(notebook))
    assert notebook.check.got == 1


def test_arguments_may_be_library_code():
    checked = check(f=lambda module: module.__name__)
    checked.holds("f", lambda f: f(marks.expr("np")) == "numpy", "numpy arrives")
    assert only(checked).outcome == RIGHT


def test_answers_are_copies():
    mine = [1, 2]
    checked = check(x=mine)
    checked.holds("x", lambda x: x.append(3) is None, "changes only the copy")
    assert mine == [1, 2]


PLAIN = [None, True, 3, -2.5, float("inf"), "text", [1, [2]], {"a": 1, 2: [3]}, 1 + 2j]


@pytest.mark.parametrize("value", PLAIN)
def test_plain_data_come_back(value):
    assert decode(encode(value)) == value


def test_arrays_tables_and_records_come_back():
    import dataclasses

    import pandas as pd

    array = np.arange(6.0).reshape(2, 3)
    assert np.array_equal(decode(encode(array)), array)
    assert decode(encode(np.array(["a", "b"]))) == ["a", "b"]
    assert list(decode(encode(pd.DataFrame({"x": [1, 2]})))["x"]) == [1, 2]
    record = dataclasses.make_dataclass("Dose", ["amount"])(60)
    assert decode(encode(record)).amount == 60
    assert decode(encode(object())) == Opaque("object")
    assert decode(encode(2**2000)) == Opaque("a huge whole number")


def test_a_run_comes_back():
    import bonelab as bl

    run = bl.forward.culture(days=2)
    copy = decode(encode(run))
    assert np.array_equal(copy["occupancy"], run["occupancy"])
    assert copy.units == run.units
    assert copy.at("1 day", "NFATc1") == run.at("1 day", "NFATc1")


def test_a_figure_is_described():
    from matplotlib.figure import Figure

    axes = Figure().subplots()
    axes.plot([1, 2], [3, 4], label="dose")
    axes.set(xscale="log", xlabel="RANKL (nM)", title="A title")
    axes.legend()
    for drawn in (axes, axes.figure):
        [panel] = decode(encode(drawn)).axes
        assert (panel.xscale, panel.xlabel, panel.title) == ("log", "RANKL (nM)", "A title")
        assert panel.legend == ["dose"]
        assert list(panel.lines[0].y) == [3, 4]


@pytest.mark.parametrize(
    "data",
    [
        {"@expression": "1"},
        {"a": 1},
        {"@array": ["|O8", [1], "AAAA"]},
        {"@array": ["<f8", [10**9], "AAAA"]},
        {"@float": "1"},
        {"@dict": [[[[]], {}]]},
        {"@run": {"@dict": []}},
        {"@figure": 3},
        {"@record": ["x", 3]},
        {"@ellipsis": 0, "@float": "nan"},
        ["x" * 300_000],
    ],
)
def test_only_plain_data_are_read(data):
    with pytest.raises(Unreadable):
        decode(data)


def drawing(x, *ys, xlabel="nM", ylabel="share", labels=("a", "b"), xscale="log"):
    from matplotlib.figure import Figure

    axes = Figure().subplots()
    for y, label in zip(ys, labels, strict=False):
        axes.plot(x, y, label=label)
    axes.set(xlabel=xlabel, ylabel=ylabel, xscale=xscale)
    if labels:
        axes.legend()
    return axes


X = np.geomspace(0.1, 10, 40)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "can be read"),
        ({"xlabel": ""}, "horizontal axis has no name"),
        ({"ylabel": " "}, "vertical axis has no name"),
        ({"xlabel": "dose"}, "should say 'nM'"),
        ({"xscale": "linear"}, "should be logarithmic"),
        ({"labels": ("a", "a")}, "legend"),
    ],
)
def test_layout_says_what_cannot_be_read(changes, words):
    checked = check(axes=drawing(X, X, X**2, **changes))
    checked.layout("axes", xscale="log", xlabel="nM", legend=2)
    assert words in only(checked).text
    assert (only(checked).outcome == RIGHT) == (not changes)


@pytest.mark.parametrize("expected", [lambda x: x / (x + 1), [(0.1, 0.0909), (1, 0.5), (9, 0.9)]])
def test_a_curve_is_found_among_the_lines(expected):
    few = slice(0, None, 9)  # five points
    for x, ys, outcome in (
        (X, [X, X / (X + 1)], RIGHT),
        (X[::-1], [X[::-1] / (X[::-1] + 1)], RIGHT),
        (X, [X, 1 / (X + 1)], WRONG),
        (X, [0.5 + 0 * X], WRONG),
        (X[few], [X[few] / (X[few] + 1)], WRONG),
        (X, [np.nan * X], WRONG),
    ):
        checked = check(axes=drawing(x, *ys))
        checked.curve("axes", expected, "occupancy")
        assert only(checked).outcome == outcome
    checked = check(axes=3)
    checked.curve("axes", expected, "occupancy")
    assert only(checked).outcome == WRONG
