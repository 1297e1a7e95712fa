"""Watch a long simulation while it runs, and stop it.

    def report(share):              # from 0 to 1, many times
        if nobody_waits_any_more:
            raise Stopped

    with watching(report):
        bl.trial(...)

Simulations of many women tell how far they are; what they give does not depend on who listens.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from bonelab.parameters import BonelabError

_REPORT = ContextVar("report", default=None)


class Stopped(BonelabError):
    """A simulation that nobody waits for any more; raise it in a report."""

    def __init__(self):
        super().__init__("The simulation was stopped.")


@contextmanager
def watching(report):
    """Call ``report(share)`` while simulations run in this block; the share never falls."""
    most = 0.0

    def rising(share):  # a solver goes back where it tries a step again
        nonlocal most
        most = max(most, min(float(share), 1.0))
        report(most)

    token = _REPORT.set(rising)
    try:
        yield
    finally:
        _REPORT.reset(token)


def watched():
    """True where somebody listens."""
    return _REPORT.get() is not None


def tell(share):
    """Say how far the work is, from 0 to 1."""
    report = _REPORT.get()
    if report is not None:
        report(share)


@contextmanager
def part(index, count):
    """The work in this block is one of ``count`` equal parts."""
    report = _REPORT.get()
    if report is None:
        yield
        return
    with watching(lambda share: report((index + share) / count)):
        yield
