"""Genes and mineral as bars: how many times what untreated cells make."""

from . import style
from .paper import dress, rule, stroke
from .shapes import LABEL, number


class GeneBars:
    """Bars in `ax`, one for each of `names`, from 0 to `most`. `.moving` lists what changes."""

    def __init__(self, ax, names, most, xlabel=""):
        self.names, self.most = tuple(names), most
        rows = range(len(self.names))
        dress(ax, xlabel=xlabel, xlim=(0, most), ylim=(len(self.names) - 0.4, -0.6))
        self.bars = ax.barh(rows, [0.0] * len(self.names), height=0.62, zorder=3)
        for bar, name in zip(self.bars, self.names, strict=True):
            bar.set(color=style.COLOUR[name], ec=style.INK, lw=0.8)
        grey = style.line("ghost", label="_", zorder=4, gid="ghost")
        self._grey = [stroke(ax, [0, 0], [k - 0.45, k + 0.45], **grey) for k in rows]
        rule(ax, x=1, linewidth=1.2, zorder=2)
        ax.set_yticks(rows, self.names, fontsize=LABEL)
        ax.tick_params(axis="y", length=0)
        ax.grid(False, axis="y")
        self.moving = list(self.bars)

    def update(self, folds):
        """Show `folds` by name (1 = untreated cells). Raises BonelabError for NaN or below 0."""
        for bar, name in zip(self.bars, self.names, strict=True):
            bar.set_width(min(number(name, folds[name]), self.most))

    def ghost(self, folds):
        """Leave a grey mark where the bars stand now."""
        for line, name in zip(self._grey, self.names, strict=True):
            line.set_xdata([folds[name]] * 2)

    def alt(self, folds):
        """Text alternative for the same values."""
        return "Bars: " + ", ".join(f"{name} {folds[name]:.1f}" for name in self.names) + "."
