"""Genes and mineral as bars: how many times what untreated cells make."""

from . import style
from .shapes import LABEL, number


class GeneBars:
    """Bars in `ax`, one for each of `names`, from 0 to `most`. `.moving` lists what changes."""

    def __init__(self, ax, names, most):
        self.names, self.most = tuple(names), most
        rows = range(len(self.names))
        self._bars = ax.barh(rows, [0.0] * len(self.names), height=0.62, zorder=3)
        for bar, name in zip(self._bars, self.names, strict=True):
            bar.set(color=style.COLOUR[name], ec=style.INK, lw=0.8)
        self._grey = [
            ax.plot([0, 0], [k - 0.45, k + 0.45], **style.line("ghost", label="_", zorder=4))[0]
            for k in rows
        ]
        ax.axvline(1, color=style.INK, lw=1.2, zorder=2)
        ax.set_yticks(rows, self.names, fontsize=LABEL)
        ax.set(xlim=(0, most), ylim=(len(self.names) - 0.4, -0.6))
        ax.tick_params(axis="y", length=0)
        ax.grid(axis="y", visible=False)
        self.moving = list(self._bars)

    def update(self, folds):
        """Show `folds` by name (1 = untreated cells). Raises BonelabError for NaN or below 0."""
        for bar, name in zip(self._bars, self.names, strict=True):
            bar.set_width(min(number(name, folds[name]), self.most))

    def ghost(self, folds):
        """Leave a grey mark where the bars stand now."""
        for line, name in zip(self._grey, self.names, strict=True):
            line.set_xdata([folds[name]] * 2)

    def alt(self, folds):
        """Text alternative for the same values."""
        return "Bars: " + ", ".join(f"{name} {folds[name]:.1f}" for name in self.names) + "."
