"""A virtual trial: every woman as a dot, the means with their intervals, and power."""

import numpy as np

from . import style
from .canvas import Picture
from .curve_marks import Cursor
from .paper import dress, rule, stroke
from .words import Words

_SCALES = (92, 116), (90, 146), (85, 210)  # % of the start: the first that holds every woman
_WOMEN, _POWER = (10, 20, 50, 100, 200), (0, 0.2, 0.4, 0.6, 0.8, 1)  # the ticks
_LOOKS = {"marker": "o", "mfc": "none"}, {"marker": ">", "mew": 0}  # the first arm is open


class TrialPicture(Picture):
    """Takes ``{"trial": Trial, "table": DataFrame, "power": Series}``."""

    size = (8.9, 3.8)
    most = 100  # dots per arm

    def build(self, result):
        """Dots and means on the left, power against size on the right."""
        left, right = self.figure.subplots(1, 2, width_ratios=[1.2, 1])
        dress(
            left, "At the end, woman by woman", ylabel="density (% of start)", xlim=(-0.6, 1.6),
            ylim=_SCALES[0], xticks=[0, 1],
        )  # fmt: skip
        rule(left, y=100, color=style.FAINT, linewidth=1.6, zorder=1)
        random = np.random.default_rng(3)
        self.shift = random.uniform(-0.22, 0.22, (2, self.most))
        self.women, self.means, self.bars = [], [], []
        for look in _LOOKS:
            self.women += left.plot([], [], ls="", color=style.INK, ms=5, alpha=0.55, **look)
            self.bars.append(stroke(left, linewidth=3, zorder=4))
            self.means.append(stroke(left, linewidth=3, zorder=5))
        left.set_xticklabels(["", ""])
        below = left.inset_axes((0, 0, 1, 1), xlim=left.get_xlim(), ylim=(0, 1))
        below.axis("off")
        self.names = [Words(below, k, -0.045, side="center") for k in (0, 1)]
        self.left, self.right = left, right
        dress(
            right, "How often it would be seen", "women in each arm", "power: trials with p < 0.05",
            xscale="log", xlim=(8, 250), ylim=(0, 1.05),
        )  # fmt: skip
        right.set_xticks(_WOMEN, [str(women) for women in _WOMEN])
        right.set_yticks(_POWER, [f"{share:.0%}" for share in _POWER])
        right.minorticks_off()
        rule(right, y=0.8, linestyle=":", linewidth=1.4)
        self.power = stroke(right, color=style.COLOUR["osteoblast"])
        self.cursor = Cursor(right)
        self.moving = [*self.women, *self.bars, *self.means, self.power, *self.cursor.moving]
        self.moving += [artist for name in self.names for artist in name.moving]

    def ghost(self, result):
        """Power of the trial one starts with, in grey."""
        power = result["power"]
        grey = style.line("ghost", linewidth=1.8, zorder=1.5, label="_", gid="ghost")
        stroke(self.right, power.index, power.values, **grey)
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
            self.means[k].set_data([k - 0.16, k + 0.16], [row["mean"], row["mean"]])
            self.bars[k].set_data([k, k], [row["low"], row["high"]])
        power = result["power"]
        self.power.set_data(power.index, power.values)
        women = int(result["table"]["women"].iloc[0])
        here = np.interp(np.log(women), np.log(np.array(power.index, float)), power.values)
        self.cursor.put(women, float(here))

    def alt(self, result):
        """Means, power and the trial's own sentence."""
        means = [f"{arm} {mean:.1f}%" for arm, mean in result["table"]["mean"].items()]
        power = [f"{women} women {share:.0%}" for women, share in result["power"].items()]
        return (
            f"Women as symbols in two arms; means: {', '.join(means)} of the start. "
            f"Power: {', '.join(power)}. {result['trial'].summary()}"
        )
