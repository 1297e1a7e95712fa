"""The sweep, which moves every control and finds what is wrong."""

import numpy as np
import pytest
from small_lab import OfDict, Picture, calls, grow, lines, make

from bonelab.figures.panels import Panel
from bonelab.labs import sweeping
from bonelab.labs.sweeping import finite, sweep
from bonelab.parameters import BonelabError


@pytest.fixture(autouse=True)
def fresh():
    calls.clear()


def test_finite_looks_into_everything():
    assert finite({"a": grow(1.0)})
    assert not finite({"a": float("nan")})
    assert not finite([np.array([1.0, np.inf])])


def test_the_sweep_moves_everything_and_finds_faults():
    lab = make()
    assert sweep(lab) >= 4 * 2
    assert {blocked for _, _, blocked in calls} == {True, False}
    doses = {dose for dose, _, _ in calls}
    assert {0.0, 0.01, 10.0} <= doses

    def broken(blocked, **values):
        made = lines(blocked=blocked, **values).replace("run = ", "made = ")
        ratio = "float('nan')" if blocked else "1.0"
        return f"{made}\nrun = {{'run': made, 'ratio': {ratio}}}"

    with pytest.raises(BonelabError, match=r"blocked.*not finite"):
        sweep(make(lines=broken, picture=OfDict, sentence=lambda r, v: "Three words here"))
    with pytest.raises(BonelabError, match="sentence"):
        sweep(make(sentence=lambda r, v: ""))
    for odd in ("every 197.8440 days", "a share of 7e-10", "235 % of health", "two\nlines"):
        with pytest.raises(BonelabError, match="its words hold"):
            sweep(make(sentence=lambda r, v, odd=odd: f"A run with {odd}."))
    assert sweep(make(sentence=lambda r, v: "A run with 0.0125 nM and 1,033.5 mmol.")) > 2

    class Low(Picture):
        panels = (
            Panel("Osteoclasts", ("osteoclasts",), "cells", (0, 63)),
        )  # 10/0.1 x (1 - 1/e) = 63.2 at the most

    with pytest.raises(BonelabError, match=r"'dose': 10.*curve of osteoclasts leaves its axes"):
        sweep(make(picture=Low))
    assert sweeping.sweep is sweep


@pytest.mark.parametrize(
    ("result", "is_finite"),
    [
        (1.5, True), (float("inf"), False), ("words", True), (3, True),
        (np.array([1.0, np.nan]), False), (np.array([1, 2]), True),
        ({"a": [1.0, {"b": np.array([2.0])}]}, True),
        ({"a": [1.0, {"b": np.array([np.inf])}]}, False),
    ],
)  # fmt: skip
def test_every_number_of_a_result_is_looked_at(result, is_finite):
    assert finite(result) is is_finite


def test_a_curve_may_touch_the_edge_of_its_axes_and_no_more():
    """The small lab ends at 10/0.1 (1 - 1/e) = 63.212 at the most, and begins at 0."""

    def framed(low, high):
        class Framed(Picture):
            panels = (Panel("Osteoclasts", ("osteoclasts",), "cells", (low, high)),)

        return make(picture=Framed)

    assert sweep(framed(0, 63.213), n=1) > 5
    for axes in ((0, 63.211), (0.1, 100)):
        with pytest.raises(BonelabError, match="curve of osteoclasts leaves its axes"):
            sweep(framed(*axes), n=1)


def test_a_picture_is_told_in_more_than_a_few_words():
    class Silent(Picture):
        def alt(self, result):
            return "x" * 19

    with pytest.raises(BonelabError, match="the text alternative is 'x"):
        sweep(make(picture=Silent), n=1)


def test_the_setting_that_fails_is_named_and_the_lab_is_put_back():
    lab = make(sentence=lambda run, values: "nan is no number" if values["blocked"] else "A b c")
    with pytest.raises(BonelabError, match=r"A test at \{'blocked': True\}: the sentence is 'nan"):
        sweep(lab, n=1)
    lab = make()
    number = sweep(lab, np.random.default_rng(3), n=2)
    each = [len(c.samples(np.random.default_rng(0), 2)) for c in lab.controls.values()]
    assert number == sum(each) + 2
    assert lab.values == lab.defaults
