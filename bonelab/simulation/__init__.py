"""The only room that knows a solver: solve between events, and the Run that comes out."""

from .run import Run
from .solver import Change, Solution, SolverError, no_less_than_zero, solve

__all__ = ["Change", "Run", "Solution", "SolverError", "no_less_than_zero", "solve"]
