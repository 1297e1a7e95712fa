"""Fit the tissue model to published trial means, as a program that anyone can run again.

    python3 -m bonelab.calibration TRIALS.csv --report docs/calibration.md --write

``trials.py`` reads the table, ``predict.py`` runs each arm, ``fit.py`` minimises, ``report.py``
tells how good it is, ``tables.py`` writes the values back into the parameter tables. What is
fitted and what was believed beforehand: ``free.toml``. What else the fit should meet:
``beyond_trials.toml``.
"""

from .fit import Fit, Problem, fit
from .trials import read_arms

__all__ = ["Fit", "Problem", "fit", "read_arms"]
