"""Figures, axes and words in the course's look, set on every artist.

matplotlib's settings belong to whoever draws: they are shared by all threads of a program, and a
reader may have chosen her own. So they are neither changed here nor relied on. What the settings
would decide (sizes, colours, ticks, grid) is said for each artist.
"""

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.ticker import FuncFormatter, NullFormatter

from .style import BEHIND, FAINT, INK, PAPER

TITLE, LABEL, TICK, SMALL = 13.5, 12.5, 11.5, 11.5  # points
FAMILY = "DejaVu Sans"  # comes with matplotlib: the same on every machine
DPI = 110
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_LINE = {
    "linestyle": "-", "linewidth": 2.4, "marker": "", "markersize": 7, "markeredgewidth": 1.0,
    "dash_capstyle": "butt", "dash_joinstyle": "round", "solid_capstyle": "projecting",
    "solid_joinstyle": "round", "antialiased": True,
}  # fmt: skip


def new_figure(width, height, layout="constrained", dpi=DPI):
    """A figure of its own, in inches (no pyplot, no window): nobody has to close it."""
    if layout == "constrained":
        layout = ConstrainedLayoutEngine(h_pad=0.042, w_pad=0.042, hspace=0.02, wspace=0.02)
    figure = Figure((width, height), dpi, layout=layout, facecolor=PAPER, edgecolor=PAPER)
    FigureCanvasAgg(figure)
    return figure


def dress(axes, title="", xlabel="", ylabel="", **settings):
    """Give Axes the course's look, a title, labels and what else ``Axes.set`` takes."""
    axes.set_facecolor(PAPER)
    for side, spine in axes.spines.items():
        spine.set(visible=side in ("left", "bottom"), edgecolor=INK, linewidth=0.8)
    for which, length in (("major", 3.5), ("minor", 2.0)):
        axes.tick_params(
            which=which, direction="out", length=length, width=0.8, pad=3.5, color=INK,
            labelsize=TICK, labelcolor=INK, labelfontfamily=FAMILY, left=True, right=False,
            bottom=True, top=False, labelleft=True, labelright=False, labelbottom=True,
            labeltop=False, grid_color=FAINT, grid_linewidth=0.8, grid_linestyle="-",
            grid_alpha=1.0,
        )  # fmt: skip
    axes.grid(False, which="minor")
    axes.grid(True, which="major")
    axes.set_axisbelow(True)
    axes.margins(0.05)
    entitle(axes, title)
    words = {"fontsize": LABEL, "fontweight": "normal", "color": INK, "family": FAMILY}
    axes.set_xlabel(xlabel, labelpad=4, loc="center", **words)
    axes.set_ylabel(ylabel, labelpad=4, loc="center", **words)
    scales = {key: settings.pop(key) for key in ("xscale", "yscale") if key in settings}
    axes.set(**scales)
    axes.minorticks_off()
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(FuncFormatter(_tick))
        axis.set_minor_formatter(NullFormatter())
    axes.set(**settings)
    for text in axes.findobj(Text):
        text.set_usetex(False)
    return axes


def entitle(axes, words):
    """The title of Axes, at the left and in bold; returns the Text."""
    return axes.set_title(
        words, loc="left", fontsize=TITLE, fontweight="bold", color=INK, pad=6, y=1.0,
        family=FAMILY,
    )  # fmt: skip


def _tick(value, place):
    return figures(value)


def figures(value):
    """A number as it stands at a tick: 0.01, 1,000, 10⁻⁶ (no mathematics to set: it is slow)."""
    size = abs(value)
    if size and not 1e-4 <= size < 1e7:
        digits, power = f"{value:.0e}".split("e")
        power = "10" + str(int(power)).translate(_RAISED)
        words = power if digits == "1" else f"{digits}·{power}"
    else:
        words = f"{value:,.10g}"
    return words.replace("-", "\N{MINUS SIGN}")


def write(axes, x, y, words, **looks):
    """``Axes.text`` in the course's type; the size is that of small words unless given."""
    style = {"fontsize": SMALL, "color": INK, "family": FAMILY, "usetex": False}
    return axes.text(x, y, words, **(style | looks))


def tag(axes, words, at, shift=(0, 0), **looks):
    """Words beside a point of the data, ``shift`` points away; legible on top of a line."""
    style = {"fontsize": SMALL, "color": INK, "family": FAMILY, "usetex": False, "bbox": BEHIND}
    return axes.annotate(words, at, shift, textcoords="offset points", **(style | looks))


def stroke(axes, x=(), y=(), **look):
    """``Axes.plot`` of one line whose every property is said; returns the Line2D."""
    (line,) = axes.plot(x, y, **(_LINE | {"color": INK, "label": "_"} | look))
    return line


def sample(x, y, look):
    """A Line2D in the look of a curve, on no axes yet."""
    return Line2D(x, y, **(_LINE | {"color": look.colour, "linestyle": look.dash, "label": "_"}))


def rule(axes, x=None, y=None, **look):
    """A line across the whole axes, at ``x`` (upright) or at ``y`` (level)."""
    across = axes.get_xaxis_transform() if y is None else axes.get_yaxis_transform()
    ends = ([x, x], [0, 1]) if y is None else ([0, 1], [y, y])
    line = Line2D(*ends, transform=across, **(_LINE | {"color": INK, "label": "_"} | look))
    axes.add_line(line)
    return line


def legend(owner, **settings):
    """The legend of Axes or of a Figure; returns it."""
    style = {
        "frameon": False, "labelcolor": INK, "handlelength": 2.0, "handletextpad": 0.6,
        "handleheight": 0.7, "labelspacing": 0.4, "columnspacing": 1.6, "borderpad": 0.3,
        "borderaxespad": 0.4, "numpoints": 1, "scatterpoints": 1, "markerscale": 1.0,
        "shadow": False, "fancybox": False, "prop": FontProperties(family=FAMILY, size=SMALL),
    }  # fmt: skip
    return owner.legend(**(style | settings))


def button(figure, place, words):
    """Words in a rounded frame, at left, top, width and height in shares of the figure."""
    left, top, width, height = place
    return figure.text(
        left + width / 2, 1 - top - height / 2, words, ha="center", va="center", fontsize=SMALL,
        family=FAMILY, color=INK, usetex=False,
        bbox={"fc": PAPER, "ec": INK, "boxstyle": "round,pad=0.25", "lw": 1.0},
    )  # fmt: skip


def settle(figure):
    """Let the layout find its places, then freeze it."""
    for text in figure.findobj(Text):
        text.set_usetex(False)
    figure.draw_without_rendering()
    figure.set_layout_engine("none")


def empty_in_words(figure):
    """What a picture lets know before its question is answered: its titles and axes."""
    return f"A picture that is empty until you have answered. {axes_in_words(figure)}".strip()


def axes_in_words(figure):
    """Titles and labels of all axes of a figure."""
    return "; ".join(filter(None, map(_words, figure.axes)))


def _words(axes):
    """Title and labels of Axes; "" for a drawing, which has none."""
    if not axes.axison:
        return ""
    title, x, y = axes.get_title(loc="left"), axes.get_xlabel(), axes.get_ylabel()
    against = f"{y} against {x}" if x and y else x or y
    return ": ".join(filter(None, [title, against]))
