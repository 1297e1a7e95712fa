"""Elementary functions: the same on a float as on an array, and what each of them is."""

import math

import numpy as np
import pytest

from bonelab.numerics import elementary as e

BY_HAND = [
    (e.log, (math.e**2,), 2.0),
    (e.exp, (0.5,), 1.6487212707),
    (e.cube_root, (-27.0,), -3.0),
    (e.larger, (2.0, 3.0), 3.0),
    (e.larger, (3.0, 2.0), 3.0),
    (e.smaller, (2.0, 3.0), 2.0),
    (e.smaller, (3.0, 2.0), 2.0),
    (e.positive, (-1e-9,), 0.0),
    (e.positive, (0.25,), 0.25),
    (e.beta_share, (1.0, 1.0, 0.3), 0.3),
    # two or three of three, each with 0.25: 3 * 0.0625 * 0.75 + 0.015625
    (e.beta_share, (2.0, 2.0, 0.25), 0.15625),
]


@pytest.mark.parametrize(("function", "arguments", "expected"), BY_HAND)
def test_a_float_and_an_array_give_the_same(function, arguments, expected):
    *first, last = arguments
    one = function(*first, last)
    assert one == pytest.approx(expected, abs=1e-9)
    several = function(*first, np.array([last, last]))
    assert several == pytest.approx([expected, expected], abs=1e-9)


def test_what_works_on_floats_is_mathematics_and_on_arrays_numpy():
    assert e.functions_for(1.0) is math
    assert e.functions_for(np.ones(2)) is np
    assert e.functions_for(1) is np
