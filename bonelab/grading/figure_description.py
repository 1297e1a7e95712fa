"""What a matplotlib figure shows, in words and numbers."""

import sys


def describe_figure(value):
    """What a figure (or one panel of it) shows, in words and numbers; None for anything else."""
    if "matplotlib.figure" not in sys.modules:
        return None
    from matplotlib.axes import Axes
    from matplotlib.figure import FigureBase

    if isinstance(value, Axes):
        return [_panel(value)]
    if not isinstance(value, FigureBase):  # a drawing that holds its figure
        value = getattr(value, "figure", None)
    if isinstance(value, FigureBase):
        return [_panel(axes) for axes in value.axes]
    return None


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
        "lines": [
            {"label": str(line.get_label()), "x": line.get_xdata(), "y": line.get_ydata()}
            for line in axes.get_lines()
        ],
        "points": [{"xy": dots.get_offsets().data} for dots in axes.collections[:20]],
        "bars": [
            float(patch.get_height()) for patch in axes.patches if hasattr(patch, "get_height")
        ],
    }
