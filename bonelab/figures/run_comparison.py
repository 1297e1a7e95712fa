"""Several runs on the same axes: the colour tells the quantity, the dash and the name the run."""

from itertools import cycle

from bonelab.parameters import one_of

from . import style
from .drawing import Drawing
from .paper import dress, new_figure, stroke
from .plots import name_ends, words_below, ylabel
from .time_axis import in_unit, mark_times, unit_for


def plot_comparison(comparison, *names, ax=None):
    """Draw one panel per series with one line per run: a Drawing, or the given Axes.

    Parameters
    ----------
    comparison : of ``bl.compare``
    names : series to draw; without any, the first two of the comparison (the first on a given ax)
    ax : matplotlib Axes for a single series; without one, a Drawing of its own is returned

    Raises BonelabError for a series that a run does not have.
    """
    names = names or tuple(comparison.series[: 1 if ax is not None else 2])
    for run in comparison.runs.values():
        names = tuple(one_of("series", name, run.series) for name in names)
    longest = max(comparison.runs.values(), key=lambda run: run.time[-1])
    unit = unit_for(longest)
    if ax is not None:
        _lines(ax, comparison, names[0], unit)
        below = words_below(unit, comparison.runs.values(), names[:1])
        ax.set(xlabel=below, ylabel=ylabel(longest, names[:1]))
        ax.legend()
        return ax
    figure = new_figure(7.8, 1.3 + 2.6 * len(names))
    grid = figure.subplots(len(names), 1, squeeze=False)[:, 0]
    for axes, name in zip(grid, names, strict=True):
        below = words_below(unit, comparison.runs.values(), (name,))
        dress(axes, "", below, ylabel(longest, (name,)))
        looks = _lines(axes, comparison, name, unit)
        mark_times(axes, unit, *reversed(in_unit(longest, unit)[[0, -1]]))
        name_ends(axes, looks)
    notes = dict.fromkeys(note for run in comparison.runs.values() for note in run.notes_on(*names))
    return Drawing(figure, " ".join([comparison.summary(), *notes]))


def _lines(axes, comparison, name, unit):
    """Draw one series of every run; returns the looks by name of the run."""
    (look,) = style.apart([name]).values()
    looks = {
        label: look._replace(dash=dash, label=label)
        for label, dash in zip(comparison.runs, cycle(style.DASHES), strict=False)
    }
    for label, look in looks.items():
        run = comparison.runs[label]
        stroke(
            axes, in_unit(run, unit), run[name],
            color=look.colour, linestyle=look.dash, label=label,
        )  # fmt: skip
    return looks
