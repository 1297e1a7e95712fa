"""What many women bring to the start of a run: the years of each since her bone began to age."""

from dataclasses import replace

import numpy as np

from bonelab.biology import remodelling
from bonelab.biology.remodelling import MemoryOfMany
from bonelab.parameters import DAYS_PER_YEAR

from . import tissue as one_subject
from .solver import solve

STRICTER = 0.1  # absolute tolerances of many women are stricter than those of a single run


_HISTORIES: dict = {}
_HISTORIES_KEPT = 24


def history(tissue, rtol, women=None):
    """Cells and bone at the start (state x woman), each after her own years.

    First the years from the first sign of age to menopause, then those since menopause. What is
    kept for ``women`` (anything that names them) is not computed again for another drug.
    """
    if women is None:
        return _lived(tissue, rtol)
    key = (women, rtol)
    if key not in _HISTORIES:
        while len(_HISTORIES) >= _HISTORIES_KEPT:
            del _HISTORIES[next(iter(_HISTORIES))]
        _HISTORIES[key] = _lived(tissue, rtol)
        _HISTORIES[key].flags.writeable = False
    return _HISTORIES[key]


def _lived(tissue, rtol):
    years, lead = tissue.condition.years_after_menopause, tissue.p.ageing_before_menopause
    start = [np.broadcast_to(v, years.shape) for v in remodelling.healthy_start(tissue)]
    before = np.clip(years + lead, 0.0, lead)
    state = _years(tissue, -lead, before, np.array(start, float), rtol)
    return _years(tissue, 0.0, np.maximum(years, 0.0), state, rtol)


def _years(tissue, begin, years, start, rtol):
    """Each woman's own ``years`` from ``begin`` (relative to menopause) on one clock, 0 to 1."""
    young = replace(tissue, condition=replace(tissue.condition, years_after_menopause=begin))
    days, memory = years * DAYS_PER_YEAR, MemoryOfMany(rtol)

    def rhs(clock, y):
        rates = remodelling.rhs(clock * days, y, young, memory=memory)
        return [days * rate for rate in rates]

    def jacobian(clock, y):
        return days * remodelling.jacobian(clock * days, y, young, memory)

    solution = solve(
        rhs,
        start,
        [0.0, 1.0],
        rtol=rtol,
        atol=one_subject.tolerances((), STRICTER * rtol),
        what="the years before the run",
        many=True,
        slow=True,
        jacobian=jacobian,
    )
    return solution.states[-1]
