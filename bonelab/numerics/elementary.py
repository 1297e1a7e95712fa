"""log, exp, cube_root, larger, smaller on floats and arrays alike (``math`` is ten times faster on floats)."""

import math

import numpy as np


def log(x):
    """Natural logarithm of a float or an array."""
    return math.log(x) if type(x) is float else np.log(x)


def exp(x):
    """Exponential of a float or an array."""
    return math.exp(x) if type(x) is float else np.exp(x)


def cube_root(x):
    """Real cube root of a float or an array, of either sign."""
    return math.cbrt(x) if type(x) is float else np.cbrt(x)


def larger(a, b):
    """The larger of two values, element by element."""
    if type(a) is float and type(b) is float:
        return a if a > b else b
    return np.maximum(a, b)


def smaller(a, b):
    """The smaller of two values, element by element."""
    if type(a) is float and type(b) is float:
        return a if a < b else b
    return np.minimum(a, b)


def converged(step, scale, tolerance):
    """True when every step is small beside its scale."""
    small = abs(step) <= tolerance * scale
    return small if small is True or small is False else bool(np.all(small))
