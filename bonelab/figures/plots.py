"""Plots of a Run outside labs: ``run.plot("osteoclasts")``."""

from itertools import cycle

from bonelab.parameters import one_of

from . import style
from .drawings import Drawing, new_figure

# What a reader wants to see first of each kind of run; any other run shows its first series.
_FIRST = {
    "forward dish": ("precursors", "osteoclasts"),
    "reverse dish": ("clustered RANKL", "mTORC1", "Runx2"),
    "tissue": ("CTX", "P1NP"),
    "Komarova 2003": ("bone",),
    "dendritic cells": ("dendritic cells",),
    "immunity": ("T cells",),
    "artery": ("arterial calcium",),
    "mammary gland": ("alveoli",),
    "calcium balance": ("milk", "urine", "artery"),
    "fever": ("temperature",),
    "vesicle release": ("vesicles", "RANK vesicles"),
}

# Series of the tissue that are told relative to healthy bone.
_RELATIVE = {"resorption", "formation", "precursors", "osteoclasts", "osteoblasts",
             "pre-osteoblasts", "osteocytes", "bone volume hip", "bone volume spine"}  # fmt: skip


def plot_run(run, *names, ax=None):
    """Draw series of ``run`` over time in the course's colours: a Drawing, or the given Axes.

    Parameters
    ----------
    run : Run
    names : series to draw; without any, those that matter most for this kind of run
    ax : matplotlib Axes; without one, a Drawing of its own is returned

    Raises BonelabError for a series that the run does not have.
    """
    known = [name for name in _FIRST.get(run.kind, ()) if name in run.series]
    names = names or known or list(run.series)[:3]
    names = [one_of("series", name, run.series) for name in names]
    drawing = None
    with style.course():
        if ax is None:
            drawing = Drawing(new_figure(7.5, 4.2), run.summary())
            ax = drawing.figure.add_subplot()
        for name, dash in zip(names, cycle(("-", "--", ":", "-.")), strict=False):
            look = style.line(name) if name in style.LINE else {"label": name, "linestyle": dash}
            if name in style.LINE and len(names) > 1:  # colour is never the only code
                step = max(len(run.time) // 6, 1)
                look |= {"marker": style.LINE[name].marker, "markevery": (step // 2, step)}
            ax.plot(run.time, run[name], **look)
        ax.set_xlabel(f"{run.time_unit}s")
        ax.set_ylabel(_ylabel(run, names))
        ax.set_title(run.subject)
        if len(names) > 1:
            ax.legend(handlelength=3.2)
    return drawing or ax


def _ylabel(run, names):
    """Name and unit of one series, the unit that several share."""
    units = {run.units.get(name, "1") for name in names}
    unit = next(iter(units)) if len(units) == 1 else ""
    if run.kind == "tissue" and _RELATIVE.issuperset(names):
        unit = "healthy = 1"
    if len(names) > 1:
        return unit if unit not in ("", "1") else "value"
    return f"{names[0]} ({unit})" if unit != "1" else names[0]


def plot_cohort(run, *names, ax=None):
    """Draw the median of a cohort and the bands of its middle half and middle nine tenths.

    ``names`` are series that were kept ("CTX" by default); a Drawing is returned, or the given
    Axes. Raises BonelabError for a series that the cohort does not have.
    """
    names = [one_of("series", name, run.series) for name in names or run.names[:1]]
    drawing = None
    with style.course():
        if ax is None:
            drawing = Drawing(new_figure(7.5, 4.2), run.summary())
            ax = drawing.figure.add_subplot()
        for name in names:
            look = style.line(name)
            low, lower, middle, upper, high = run.quantiles(name).to_numpy().T
            (median,) = ax.plot(run.time, middle, **look)
            for bottom, top in ((low, high), (lower, upper)):
                ax.fill_between(
                    run.time, bottom, top, color=median.get_color(), alpha=0.18, linewidth=0
                )
        ax.set_xlabel("days")
        ax.set_ylabel(f"{names[0]} ({run.units[names[0]]})" if len(names) == 1 else "value")
        ax.set_title("median, middle 50 % and 90 % of the women")
        if len(names) > 1:
            ax.legend()
    return drawing or ax
