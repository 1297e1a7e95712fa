"""Experiments on three published models of bone remodelling: add something, watch the cells.

The equations and their errata are in ``bonelab/biology/published/``. What is added by the day is
added between ``start`` and ``stop``; values at these two moments belong to the injection. With
:func:`pulse` each injection has times of its own, and ``changes`` gives a parameter another value
from some day on:

    bl.published.lemaire2004(rankl=bl.published.pulse(1e4, start=20),
                             opg=bl.published.pulse(9e4, start=80))
    bl.published.lemaire2004(changes={40: {"D_A": 0.35}})
"""

from .komarova2003 import komarova2003, regimes
from .lemaire2004 import experiments, lemaire2004
from .pivonka2008 import pivonka2008
from .schedule import pulse

__all__ = ["experiments", "komarova2003", "lemaire2004", "pivonka2008", "pulse", "regimes"]
