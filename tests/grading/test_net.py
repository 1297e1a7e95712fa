"""The net under every number: common slips, each told where exactly one reading fits."""

import math

import pytest

from bonelab.course import marks
from bonelab.course.subject_for_grading import BONE
from bonelab.grading.answer_exchange import answers_in
from bonelab.grading.check_tests import EMPTY, RIGHT, WRONG, Check

NOT_YET = "Not yet."
SLIPS = [  # what is asked for, the answer, how it is asked, words that tell the slip
    (0.48, 48, {"kind": "share"}, "looks like percent"),
    (0.48, 48, {"unit": "share"}, "looks like percent"),
    (0.48, 48, {}, "If you mean percent"),
    (12.5, 0.125, {"unit": "%"}, "looks like a fraction"),
    (0.3, 0.7, {"kind": "share"}, "the other part"),
    (30, 70, {"unit": "%"}, "the other part"),
    (0.5, 0.0005, {"unit": "nM"}, "right in µM"),
    (0.5, 500, {"unit": "nM"}, "right in pM"),
    (0.5, 30, {"unit": "nM"}, "right in ng/ml"),
    (0.5, 30, {"unit": "nM", "molecule": "RANKL"}, "right in ng/ml"),
    (0.5, 75, {"unit": "nM", "molecule": "RANKL"}, NOT_YET),
    (3, 0.05, {"unit": "ng/ml", "molecule": "RANKL"}, "right in nM"),
    (26, 26e-3, {"unit": "µm"}, "right in mm"),
    (26, 26e3, {"unit": "µm"}, "right in nm"),
    (2, 24, {"unit": "years"}, "right in months"),
    (2, 730, {"unit": "years"}, "right in days"),
    (6, 182, {"unit": "months"}, "right in days"),
    (6, 0.5, {"unit": "months"}, "right in years"),
    (21, 3, {"unit": "days"}, "right in weeks"),
    (1.5, 90, {"unit": "hours"}, "right in minutes"),
    (7, 7000, {}, "1,000 times too large"),
    (7, 7e-6, {}, "1,000,000 times too small"),
    (7, 7000, {"unit": "women"}, "the powers of ten on the way"),
    (3, 3000, {"unit": "days"}, "the powers of ten on the way"),
    (0.5, 5e-10, {"unit": "nM"}, "such as n, µ and m"),
    (-4, 4, {"unit": "%"}, "Which sign"),
    (4, -4, {}, "Which sign"),
    (8, 1 / 8, {}, "turned over"),
    (0.1834, 0.18, {}, "rounded too early"),
    (10.4, 10, {}, "rounded too early"),
    (0.058, 0.06, {}, "rounded too early"),  # to two decimals
    (0.1872, 0.18, {}, "rounded too early"),  # cut off
    (0.1834, 0.19, {}, NOT_YET),
    (0.15, 0.2, {}, NOT_YET),  # too rough to say
    (0.9647, 1, {}, NOT_YET),  # nothing lost, perhaps
    (0.512, 0.5, {}, NOT_YET),
    (10, 0.1, {"unit": "%"}, NOT_YET),  # turned over, or 100 times: two readings
    (0.48, 0.52, {"kind": "share"}, NOT_YET),  # near one half
    (5, 17, {"unit": "nM"}, NOT_YET),
    (0, 3, {}, NOT_YET),
]


def found(asked, answer, nudge=None, **how):
    checked = Check("1.2", 9, answers_in({"x": answer}, BONE), BONE)
    checked.number("x", asked, nudge=nudge, **how)
    return checked.results[0]


@pytest.mark.parametrize(("asked", "answer", "how", "words"), SLIPS)
def test_a_common_slip_is_told(asked, answer, how, words):
    result = found(asked, answer, **how)
    assert result.outcome == WRONG
    assert words in result.text
    assert bool(result.nudge) == (words != NOT_YET), "the class page counts it by name"
    told = result.text.partition("% off")[2]
    assert f"{asked:.4g} " not in told.replace(",", "").replace(".", " ") + " " or asked == 0


@pytest.mark.parametrize(("asked", "answer", "how", "words"), SLIPS)
def test_the_same_in_a_list_and_a_function(asked, answer, how, words):
    """All entries that are wrong must be read in the same way."""
    names = {
        "a": [answer] * 2,
        "b": [answer, asked],
        "c": [answer, 3 * asked + 5],
        "f": lambda x: answer * x,
    }
    checked = Check("1.2", 9, answers_in(names, BONE), BONE)
    checked.numbers("a", [asked] * 2, **how)
    checked.numbers("b", [asked] * 2, **how)
    checked.numbers("c", [asked] * 2, **how)
    checked.function("f", [1], lambda x: asked * x, **how)
    texts = [result.text for result in checked.results]
    assert [words in text for text in texts] == [True, True, words == NOT_YET, True]


def test_the_words_of_the_question_come_first_where_they_say_more():
    own = {48: "That is the chance in percent.", None: "See hint 2."}
    assert "the chance in percent" in found(0.48, 48, own, kind="share").text
    by_size = {marks.when(lambda x: x > 1): "A share cannot pass 1.", None: "See hint 2."}
    assert "looks like percent" in found(0.48, 48, by_size, kind="share").text
    assert "cannot pass 1" in found(0.48, 3, by_size, kind="share").text
    assert "See hint 2" in found(0.48, 0.9, by_size, kind="share").text
    exact = {marks.when(lambda x: math.isclose(x, 48)): "One hundred times the share."}
    assert "One hundred times" in found(0.48, 48, exact, kind="share").text
    assert "looks like percent" in found(0.48, 48, "See hint 2.", kind="share").text


def test_the_net_tells_no_slip_where_the_answer_is_right():
    for asked, _, how, _ in SLIPS:
        assert found(asked, asked, **how).outcome == RIGHT


@pytest.mark.parametrize(
    ("text", "how", "outcome"),
    [
        ("3 ng/ml", {"unit": "ng/ml"}, RIGHT),
        ("3000 pg/ml", {"unit": "ng/ml"}, RIGHT),
        ("180 ng/ml", {"unit": "nM", "molecule": "RANKL"}, RIGHT),
        ("180 ng/ml", {"unit": "nM"}, WRONG),
        ("3", {"unit": "nM"}, RIGHT),
        ("3,0", {}, RIGHT),
        ("300 %", {"kind": "share"}, RIGHT),
        ("3 %", {"unit": "%"}, RIGHT),
        ("3 women", {"unit": "women"}, RIGHT),
        ("3 mg", {"unit": "ng/ml"}, WRONG),
        ("3 ng/ml or so", {"unit": "ng/ml"}, WRONG),
        ("three", {}, WRONG),
        ("1 + 2", {}, WRONG),
        ("", {}, WRONG),
    ],
)
def test_a_text_with_a_unit_is_taken_where_the_library_takes_it(text, how, outcome):
    assert found(3, text, **how).outcome == outcome


def test_a_number_stands_beside_its_unit():
    for unit, shown in (
        ("nM", "3 nM"),
        ("%", "3%"),
        ("% a year", "3% a year"),
        ("", "3"),
        ("share", "3"),
    ):
        assert f"you have {shown}, more than" in found(0.7, 3, unit=unit).text


def test_a_number_that_was_rounded_as_asked_is_right():
    assert found(0.1834, 0.18, digits=2).outcome == RIGHT
    assert found(0.1834, 0.19, digits=2).outcome == WRONG
    assert found(0.1834, 0.2, digits=2).outcome == WRONG
    assert found(1834, 1800, digits=2).outcome == RIGHT
    assert found(-0.1834, -0.18, digits=2).outcome == RIGHT


def follow(a, b, **more):
    """b is ten times a, and a is 0.1834."""
    checked = Check("1.2", 9, answers_in({"a": a, "b": b, "n": 2} | more, BONE), BONE)
    checked.number("b", lambda a: 10 * a, follows={"a": 0.1834}, nudge={lambda a: a / 10: "Over."})
    checked.number("b", lambda n, a: n * a * 5, given="n", follows={"a": lambda n: n * 0.0917})
    return checked.results


@pytest.mark.parametrize(
    ("a", "b", "outcome", "words"),
    [
        (0.1834, 1.834, RIGHT, "right."),
        (0.18, 1.8, RIGHT, "worked out from your own a = 0.18; it earns its marks."),
        (7, 70, RIGHT, "your own a = 7"),
        ("0.18", 1.8, RIGHT, "your own a = 0.18"),
        (7, 1.834, RIGHT, "right."),
        (7, 7, WRONG, NOT_YET),
        (..., 70, WRONG, NOT_YET),
        (None, 70, WRONG, NOT_YET),
        (float("nan"), 70, WRONG, NOT_YET),
        ("seven", 70, WRONG, NOT_YET),
        (7, ..., EMPTY, "not attempted"),
    ],
)
def test_whoever_works_on_with_an_earlier_value_has_the_marks(a, b, outcome, words):
    for result in follow(a, b):
        assert result.outcome == outcome
        assert words in result.text


def test_nudges_of_a_part_that_follows_are_worked_out_too():
    assert "Over." in follow(0.1834, 0.01834)[0].text
    assert follow(1, 5, n=...)[1].outcome == EMPTY
    assert "n is text" in follow(1, 5, n="two")[1].text


def test_an_earlier_cell_that_stopped_leaves_the_later_one_its_own_verdict():
    assert [result.outcome for result in follow(lambda: 1 / 0, 70)] == [WRONG, WRONG]


def test_reordered_numbers_are_told():
    checked = Check("1.2", 9, answers_in({"x": [2, 1]}, BONE), BONE)
    checked.numbers("x", [1, 2])
    assert "not stand in the order asked for" in checked.results[0].text


@pytest.mark.parametrize(
    ("answer", "n", "outcome", "words"),
    [
        ([2, 4, 6], 2, RIGHT, "right."),
        ([2, 4, 6], 3, WRONG, NOT_YET),
        ([-3, -6, -9], 3, WRONG, "Over."),
        ([2, 4, 6], "two", WRONG, "n "),
        ([2, 4, 6], ..., EMPTY, "because n is still empty: fill it in"),
        (..., 3, EMPTY, "not attempted"),
    ],
)
def test_a_list_is_worked_out_from_the_number_that_the_learner_chose(answer, n, outcome, words):
    checked = Check("1.2", 1, answers_in({"a": answer, "n": n}, BONE), BONE)
    told = {lambda n: [-n, -2 * n, -3 * n]: "Over."}
    checked.numbers("a", lambda n: [n, 2 * n, 3 * n], given="n", nudge=told)
    [result] = checked.results
    assert result.outcome == outcome
    assert words in result.text
