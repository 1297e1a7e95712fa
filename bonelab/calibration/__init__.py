"""Fit the tissue model to published trial means, as a program that anyone can run again.

    python3 -m bonelab.calibration --report docs/calibration.md --write

``trial_means.toml`` holds the published means with their citations, ``trials.py`` reads them,
``predict.py`` runs each arm, ``experiments.py`` what else a fit is held against (``wanted.toml``),
``fit.py`` minimises, ``report.py`` tells how good it is, ``tables.py`` writes the values back into
the parameter tables. What is fitted and what was believed beforehand: ``free.toml``.
"""

from .fit import Fit, Problem, fit
from .trials import read_arms

__all__ = ["Fit", "Problem", "fit", "read_arms"]
