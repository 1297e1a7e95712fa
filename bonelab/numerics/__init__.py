"""Small numerical tools that know no biology.

The same lines of biology run on a Python float (one run, fast) and on a numpy array (a population
of patients); these few functions are where the two differ.
"""

from .elementary import (
    beta_share,
    converged,
    cube_root,
    exp,
    functions_for,
    larger,
    log,
    positive,
    smaller,
)

__all__ = [
    "beta_share",
    "converged",
    "cube_root",
    "exp",
    "functions_for",
    "larger",
    "log",
    "positive",
    "smaller",
]
