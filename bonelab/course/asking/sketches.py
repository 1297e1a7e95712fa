"""Options that are drawn: a small curve without axes or labels for each.

The words of an option stay its name, also for readers who do not see the curve.
"""

import io

GUESS_AND_RUN = "Dots are your sketch; the line is the one that fits the run."


def ends(sketches):
    """The lowest and the highest of all sketches of a question."""
    every = [height for heights in sketches for height in heights]
    return min(every), max(every)


def guess_under_run(asked, guess, truth):
    """The sketch that was chosen, as dots under the one that fits the run (PNG bytes, words).

    None where there is nothing to lay over one another."""
    drawn = dict(zip(asked.options, asked.sketches, strict=False))
    if guess not in drawn or truth not in drawn:
        return None
    same = " They are the same." if guess == truth else ""
    words = f"Two sketches: dots, “{guess}”, your guess; a line, “{truth}”, the run.{same}"
    return sketch(drawn[truth], *ends(asked.sketches), dots=drawn[guess]), words


def sketch(heights, low, high, dots=()):
    """A small picture (PNG bytes) of a curve through ``heights``, at even distances.

    ``low`` and ``high`` are those of all options, so that heights can be compared; ``dots`` are
    the heights of another sketch, under the curve."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(1.5, 0.9), dpi=125)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.02, 0.04, 0.96, 0.92))
    axes.plot(dots, "o", color="#1a1a1a", markersize=5, zorder=1)
    axes.plot(heights, color="#0072b2", linewidth=2.5, solid_capstyle="round")
    room = 0.12 * (high - low or 1)
    axes.margins(x=0.06)
    axes.set(xticks=[], yticks=[], ylim=(low - room, high + room))
    axes.spines[["top", "right"]].set_visible(False)
    packed = io.BytesIO()
    figure.savefig(packed, format="png")
    return packed.getvalue()
