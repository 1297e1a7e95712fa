"""Options that are drawn: a small curve without axes or labels for each.

The words of an option stay its name, also for readers who do not see the curve.
"""

import io


def sketch(heights, low, high):
    """A small picture (PNG bytes) of a curve through ``heights``, at even distances.

    ``low`` and ``high`` are those of all options, so that heights can be compared."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(1.5, 0.9), dpi=125)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.02, 0.04, 0.96, 0.92))
    axes.plot(heights, color="#0072b2", linewidth=2.5, solid_capstyle="round")
    room = 0.12 * (high - low or 1)
    axes.margins(x=0.06)
    axes.set(xticks=[], yticks=[], ylim=(low - room, high + room))
    axes.spines[["top", "right"]].set_visible(False)
    packed = io.BytesIO()
    figure.savefig(packed, format="png")
    return packed.getvalue()
