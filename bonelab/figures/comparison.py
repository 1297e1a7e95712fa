"""Several runs on the same axes: the colour tells the quantity, the dash and marker the run."""

from itertools import cycle, islice

from bonelab.parameters import one_of

from . import style
from .drawings import Drawing, new_figure

_DASHES = ("-", (0, (5, 2)), (0, (1.3, 1.5)), (0, (6, 2, 1.3, 2)))
_MARKERS = ("o", "s", "^", "D", "v", "P", "X")


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
    with style.course():
        if ax is not None:
            _panel(ax, comparison, names[0])
            ax.legend()
            return ax
        drawing = Drawing(new_figure(3.9 * max(len(names), 1.5), 4.0), comparison.summary())
        for index, name in enumerate(names, 1):
            _panel(drawing.figure.add_subplot(1, len(names), index), comparison, name)
        _legend(drawing.figure, comparison)
        return drawing


def _looks(comparison):
    """A dash and a marker per run."""
    pairs = islice(zip(cycle(_DASHES), cycle(_MARKERS), strict=False), len(comparison.runs))
    return [{"linestyle": dash, "marker": marker} for dash, marker in pairs]


def _panel(ax, comparison, name):
    runs = comparison.runs
    look = style.line(name) if name in style.LINE else {"color": "#222222"}
    for (label, run), own in zip(runs.items(), _looks(comparison), strict=True):
        ax.plot(run.time, run[name], **(look | own | {"markevery": 0.12, "label": label}))
    first = next(iter(runs.values()))
    unit = first.units.get(name, "1")
    ax.set_xlabel(f"{first.time_unit}s")
    ax.set_ylabel(name if unit == "1" else f"{name} ({unit})")


def _legend(figure, comparison):
    """One legend for all panels, in black: dash and marker tell the run."""
    from matplotlib.lines import Line2D

    handles = [
        Line2D([], [], color="#222222", label=label, **own)
        for label, own in zip(comparison.runs, _looks(comparison), strict=True)
    ]
    figure.legend(handles=handles, loc="outside upper center", ncols=min(len(handles), 4))
