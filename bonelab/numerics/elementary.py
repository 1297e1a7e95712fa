"""Elementary functions on floats and arrays alike (on floats, ``math`` is ten times faster)."""

import math

import numpy as np
from scipy.special import betainc, cython_special


def functions_for(x):
    """The module whose ``exp``, ``log``, ``expm1``, ``log1p`` suit x: ``math`` or ``numpy``."""
    return math if type(x) is float else np


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


def beta_share(a, b, x):
    """Regularised incomplete beta function of x; a and b are numbers, or arrays beside an array."""
    if type(x) is float:
        return cython_special.betainc(a, b, x)  # the same function, without the array machinery
    return betainc(a, b, x)


def converged(step, scale, tolerance):
    """True when every step is small beside its scale."""
    small = abs(step) <= tolerance * scale
    return small if small is True or small is False else bool(np.all(small))
