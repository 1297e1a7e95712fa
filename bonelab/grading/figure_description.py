"""What a matplotlib figure shows, in words and numbers."""

import sys

MOST_PARTS = 60  # of a list that may hold what was drawn


def describe_figure(value):
    """What a figure (or one panel of it) shows, in words and numbers; None for anything else."""
    if "matplotlib.figure" not in sys.modules:
        return None
    from matplotlib.axes import Axes
    from matplotlib.figure import FigureBase

    if isinstance(value, Axes):
        return [_panel(value)]
    several = list(value.values()) if isinstance(value, dict) else value
    if holds_several(several):
        return _panels_among(several, Axes, FigureBase)
    if not isinstance(value, FigureBase):
        drawn_on = getattr(value, "axes", None)  # a line, or dots
        if isinstance(drawn_on, Axes):
            return [_panel(drawn_on)]
        value = getattr(value, "figure", None)  # a drawing that holds its figure
    if isinstance(value, FigureBase):
        return [_panel(axes) for axes in value.axes]
    return None


def holds_several(value):
    """Is it a list, or an array of any objects?"""
    kind = getattr(getattr(value, "dtype", None), "kind", "")
    return isinstance(value, (list, tuple)) or kind == "O"


def _panels_among(several, Axes, FigureBase):
    """Those of ``(figure, axes)``, of a list of lines, of an array of axes: all that
    ``plt.subplots`` and ``plot`` give back."""
    items, seen = list(getattr(several, "flat", several))[:MOST_PARTS], []
    for item in items:
        if holds_several(item):
            items += list(getattr(item, "flat", item))[: MOST_PARTS - len(items)]
            continue
        axes = item if isinstance(item, (Axes, FigureBase)) else _drawn_on(item)
        if not isinstance(axes, (Axes, FigureBase)):
            return None
        if not any(axes is other for other in seen):
            seen.append(axes)
    named = [axes for axes in seen if isinstance(axes, Axes)]
    figures = [axes for figure in seen if not isinstance(figure, Axes) for axes in figure.axes]
    return [_panel(axes) for axes in named or figures] if seen else None


def _drawn_on(item):
    """The axes of a line or of dots; the figure of a drawing that holds one."""
    axes = getattr(item, "axes", None)
    return getattr(item, "figure", None) if isinstance(axes, (list, type(None))) else axes


def _panel(axes):
    legend = axes.get_legend()
    return {
        "title": axes.get_title(),
        "xlabel": axes.get_xlabel(),
        "ylabel": axes.get_ylabel(),
        "xscale": axes.get_xscale(),
        "yscale": axes.get_yscale(),
        "xlim": list(axes.get_xlim()),
        "ylim": list(axes.get_ylim()),
        "legend": [text.get_text() for text in legend.get_texts()] if legend else [],
        "lines": [*map(_line, axes.get_lines()), *map(_dots, _clouds(axes))],
        "bars": [
            float(patch.get_height()) for patch in axes.patches if hasattr(patch, "get_height")
        ],
    }


def _line(line):
    return {"label": str(line.get_label()), "x": line.get_xdata(), "y": line.get_ydata()}


def _clouds(axes):
    """What ``scatter`` drew: a curve as well, in dots."""
    from matplotlib.collections import PathCollection

    clouds = [dots for dots in axes.collections if isinstance(dots, PathCollection)]
    return clouds[:MOST_PARTS]


def _dots(dots):
    x, y = dots.get_offsets().data.T
    return {"label": str(dots.get_label()), "x": x, "y": y}
