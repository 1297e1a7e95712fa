"""A virtual trial: every woman as a dot, the means with their intervals, and power."""

import numpy as np

from . import style
from .canvas import Picture
from .words import Words

_SCALES = (92, 116), (90, 146), (85, 210)  # % of the start: the first that holds every woman
_LOOKS = ("ghost", "antibody")


class TrialPicture(Picture):
    """Takes ``{"trial": Trial, "table": DataFrame, "power": Series}``."""

    size = (8.9, 4.2)
    most = 100  # dots per arm

    def build(self, result):
        """Dots and means on the left, power against size on the right."""
        left, right = self.figure.subplots(1, 2, width_ratios=[1.2, 1])
        left.set(
            xlim=(-0.6, 1.6),
            ylim=_SCALES[0],
            xticks=[0, 1],
            ylabel="density, % of the start",
        )
        left.set_title("At the end, woman by woman")
        left.axhline(100, color=style.FAINT, lw=1.6, zorder=1)
        random = np.random.default_rng(3)
        self.shift = random.uniform(-0.22, 0.22, (2, self.most))
        self.women, self.means, self.bars = [], [], []
        for k, look in enumerate(_LOOKS):
            colour = style.COLOUR[look]
            marker = "o" if k == 0 else ">"
            self.women += left.plot([], [], marker, color=colour, ms=5, alpha=0.55, mew=0)
            self.bars += left.plot([], [], "-", color=style.INK, lw=3, zorder=4)
            self.means += left.plot([], [], "_", color=style.INK, ms=34, mew=3, zorder=5)
        left.set_xticklabels(["", ""])
        below = left.inset_axes((0, 0, 1, 1), xlim=left.get_xlim(), ylim=(0, 1))
        below.axis("off")
        self.names = [Words(below, k, -0.045, side="center") for k in (0, 1)]
        self.left = left
        right.set(xscale="log", xlim=(8, 250), ylim=(0, 1.05), xlabel="women in each arm")
        right.set(ylabel="power: share with p < 0.05", xticks=[10, 20, 50, 100, 200])
        right.set_xticklabels(["10", "20", "50", "100", "200"])
        right.minorticks_off()
        right.set_title("How often the trial would see it")
        right.axhline(0.8, color=style.INK, ls=":", lw=1.4)
        right.text(8.4, 0.82, "80 %", fontsize=11.5)
        (self.power,) = right.plot([], [], "s-", color=style.COLOUR["osteoblast"], ms=7)
        (self.here,) = right.plot([], [], color=style.INK, lw=1.6)
        self.moving = [*self.women, *self.bars, *self.means, self.power, self.here]
        self.moving += [artist for name in self.names for artist in name.moving]

    def update(self, result):
        """Move dots, means, intervals and the power curve."""
        measured = result["trial"].measured()
        highest = max(np.nanmax(values) for values in measured.values())
        scale = next((scale for scale in _SCALES if highest < scale[1]), _SCALES[-1])
        if self.left.get_ylim() != scale:
            self.left.set_ylim(scale)
            self.restart()
        for k, (arm, values) in enumerate(measured.items()):
            shown = values[: self.most]
            self.names[k].show(arm)
            self.women[k].set_data(k + self.shift[k][: len(shown)], shown)
            row = result["table"].loc[arm]
            self.means[k].set_data([k], [row["mean"]])
            self.bars[k].set_data([k, k], [row["low"], row["high"]])
        power = result["power"]
        self.power.set_data(power.index, power.values)
        women = int(result["table"]["women"].iloc[0])
        self.here.set_data([women, women], [0, 1.05])

    def alt(self, result):
        """The trial's own sentence."""
        return f"Women as dots in two arms, and power against size. {result['trial'].summary()}"
