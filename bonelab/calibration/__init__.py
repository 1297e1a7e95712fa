"""Fit the tissue model to published trial means, as a program that anyone can run again.

    python3 -m bonelab.calibration --processes 2 --report report.md
    python3 -m bonelab.calibration ensemble --write

``trial_means.toml`` holds the published means with their citations, ``trials.py`` reads them,
``predict.py`` runs each arm, ``experiments.py`` what else a fit is held against (``wanted.toml``),
``problem.py`` adds up the misfit, ``fit.py`` minimises it, ``report.py`` tells how good it is,
``tables.py`` writes the values back into the parameter tables (with ``--write``). What is fitted
and what was believed beforehand: ``free.toml``. Bands come from three more: ``members.py``
makes parameter sets that fit about equally well, ``coverage.py`` leaves trials out,
``between_trials.py`` tells how far the means of a new trial lie from the model.
"""

from .fit import Fit, fit
from .problem import Problem
from .trials import read_arms

__all__ = ["Fit", "Problem", "fit", "read_arms"]
