"""A virtual trial: every woman as a dot, the means with their intervals, and power."""

import numpy as np
from matplotlib.ticker import PercentFormatter

from . import style
from .canvas import Picture
from .words import Words

_SCALES = (92, 116), (90, 146), (85, 210)  # % of the start: the first that holds every woman
_LOOKS = {"marker": "o", "mfc": "none"}, {"marker": ">", "mew": 0}  # the first arm is open


class TrialPicture(Picture):
    """Takes ``{"trial": Trial, "table": DataFrame, "power": Series}``."""

    size = (8.9, 3.8)
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
        for look in _LOOKS:
            self.women += left.plot([], [], ls="", color=style.INK, ms=5, alpha=0.55, **look)
            self.bars += left.plot([], [], "-", color=style.INK, lw=3, zorder=4)
            self.means += left.plot([], [], "_", color=style.INK, ms=34, mew=3, zorder=5)
        left.set_xticklabels(["", ""])
        below = left.inset_axes((0, 0, 1, 1), xlim=left.get_xlim(), ylim=(0, 1))
        below.axis("off")
        self.names = [Words(below, k, -0.045, side="center") for k in (0, 1)]
        self.left = left
        right.set(xscale="log", xlim=(8, 250), ylim=(0, 1.05), xlabel="women in each arm")
        right.set(ylabel="power: trials with p < 0.05", xticks=[10, 20, 50, 100, 200])
        right.yaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
        right.set_xticklabels(["10", "20", "50", "100", "200"])
        right.minorticks_off()
        right.set_title("How often it would be seen")
        right.axhline(0.8, color=style.INK, ls=":", lw=1.4)
        self.right = right
        (self.power,) = right.plot([], [], "s-", color=style.COLOUR["osteoblast"], ms=7)
        (self.here,) = right.plot([], [], color=style.INK, lw=1.6)
        self.moving = [*self.women, *self.bars, *self.means, self.power, self.here]
        self.moving += [artist for name in self.names for artist in name.moving]

    def ghost(self, result):
        """Power of the trial one starts with, in grey."""
        power, grey = result["power"], style.LINE["ghost"]
        self.right.plot(power.index, power.values, color=grey.colour, ls=grey.dash, zorder=1.5)
        self.restart()

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
        """Means, power and the trial's own sentence."""
        means = [f"{arm} {mean:.1f} %" for arm, mean in result["table"]["mean"].items()]
        power = [f"{women} women {share:.0%}" for women, share in result["power"].items()]
        return (
            f"Women as symbols in two arms; means: {', '.join(means)} of the start. "
            f"Power: {', '.join(power)}. {result['trial'].summary()}"
        )
