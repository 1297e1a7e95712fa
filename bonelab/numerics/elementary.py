"""Elementary functions on floats and arrays alike (on floats, ``math`` is ten times faster)."""

import math
from types import ModuleType
from typing import Any

import numpy as np
from scipy.special import betainc, cython_special


def functions_for(x: Any) -> ModuleType:
    """The module whose ``exp``, ``log``, ``expm1``, ``log1p`` suit x: ``math`` or ``numpy``."""
    return math if type(x) is float else np


def log(x: Any) -> Any:
    """Natural logarithm of a float or an array."""
    return math.log(x) if type(x) is float else np.log(x)


def exp(x: Any) -> Any:
    """Exponential of a float or an array."""
    return math.exp(x) if type(x) is float else np.exp(x)


def cube_root(x: Any) -> Any:
    """Real cube root of a float or an array, of either sign."""
    return math.cbrt(x) if type(x) is float else np.cbrt(x)


def larger(a: Any, b: Any) -> Any:
    """The larger of two values, element by element."""
    if type(a) is float and type(b) is float:
        return a if a > b else b
    return np.maximum(a, b)


def positive(x: Any) -> Any:
    """x, or 0 where it is below, as where a solver tries a hair less than nothing."""
    if type(x) is float:
        return 0.0 if x < 0.0 else x
    return np.maximum(x, 0.0)


def smaller(a: Any, b: Any) -> Any:
    """The smaller of two values, element by element."""
    if type(a) is float and type(b) is float:
        return a if a < b else b
    return np.minimum(a, b)


def beta_share(a: Any, b: Any, x: Any) -> Any:
    """Regularised incomplete beta function of x; a and b are numbers, or arrays beside an array."""
    if type(x) is float:
        return cython_special.betainc(a, b, x)  # the same function, without the array machinery
    whole = np.ndim(a) == np.ndim(b) == 0 and a == int(a) and b == int(b) <= 32
    if whole and type(x) is np.ndarray:
        return _binomial_tail(int(a), int(a + b - 1.0), x)
    return betainc(a, b, x)


def _binomial_tail(least: int, trials: int, x: Any) -> Any:
    """Chance of at least ``least`` among ``trials`` with chance x each: a beta share of whole
    numbers, on arrays ten times as fast. Rare ones are summed, common ones are what is left of 1.
    """
    small, failing = np.minimum(x, 0.1), 1.0 - x
    odds, rare = small / (1.0 - small), 0.0
    for k in range(trials, least - 1, -1):
        rare = rare * odds + math.comb(trials, k)
    rare = rare * small**least * (1.0 - small) ** (trials - least)
    common = x >= 0.1
    if not common.any():
        return rare
    fewer = sum(math.comb(trials, k) * x**k * failing ** (trials - k) for k in range(least))
    return np.where(common, 1.0 - fewer, rare)


def converged(step: Any, scale: Any, tolerance: float) -> bool:
    """True when every step is small beside its scale."""
    small = abs(step) <= tolerance * scale
    return small if small is True or small is False else bool(np.all(small))
