"""A virtual trial: every woman as a dot, the means with their intervals, and power."""

import numpy as np

from bonelab.simulation.trial_repeats import mean_and_half

from . import style
from .canvas import Picture
from .curve_marks import Cursor
from .paper import dress, rule, stroke, write
from .words import Words

_SCALES = (92, 116), (90, 146), (85, 210)  # % of the start: the first that holds every woman
_WOMEN, _POWER = (5, 10, 20, 50, 100, 200), (0, 0.5, 0.8, 1)  # the ticks
_LEAST = 3e-4  # smaller p stand at the left end
_LOOKS = {"marker": "o", "mfc": "none"}, {"marker": ">", "mew": 0}  # the first arm is open


class TrialPicture(Picture):
    """Takes ``{"size", "women", "p", "power"}``: a trial, and how the same one went before."""

    size = (8.8, 4.2)
    most = 100  # dots per arm

    def build(self, result):
        """The women on the left; power above and the p of every trial so far on the right."""
        grid = self.figure.add_gridspec(2, 2, width_ratios=[1.1, 1], height_ratios=[1.25, 1])
        left, right = self.figure.add_subplot(grid[:, 0]), self.figure.add_subplot(grid[0, 1])
        dress(
            left, "This trial, woman by woman", ylabel="hip BMD (% of start)", xlim=(-0.6, 1.6),
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
            right, "How often it would be seen", "women in each arm", "power",
            xscale="log", xlim=(3.6, 240), ylim=(0, 1.05),
        )  # fmt: skip
        right.set_xticks(_WOMEN, [str(women) for women in _WOMEN])
        right.set_yticks(_POWER, [f"{share:.0%}" for share in _POWER])
        right.minorticks_off()
        rule(right, y=0.8, linestyle=":", linewidth=1.4)
        self.power = stroke(right, color=style.COLOUR["osteoblast"])
        self.cursor = Cursor(right)
        self._dance(self.figure.add_subplot(grid[1, 1]))
        self.moving = [*self.women, *self.bars, *self.means, self.power, *self.cursor.moving]
        self.moving += [artist for name in self.names for artist in name.moving]
        self.moving += [self.trials, self.latest, *self.count.moving]

    def _dance(self, axes):
        """The axis of p: one dot for each trial, those below 0.05 on the left."""
        dress(axes, "p of every trial", "p", xscale="log", xlim=(_LEAST / 1.6, 1.3),
              ylim=(0, 1))  # fmt: skip
        axes.set_xticks([0.001, 0.01, 0.05, 0.2, 1], ["0.001", "0.01", "0.05", "0.2", "1"])
        axes.set_yticks([])
        axes.grid(False, axis="y")
        rule(axes, x=0.05, linewidth=1.6)
        write(
            axes, _LEAST / 1.3, 0.15, "again, with new women", va="center",
            bbox={"fc": "white", "ec": style.INK, "boxstyle": "round,pad=0.25", "lw": 1.0},
        )  # fmt: skip
        ink = {"ls": "", "marker": "o", "color": style.COLOUR["osteoblast"]}
        (self.trials,) = axes.plot([], [], ms=6, mfc="none", mew=1.6, **ink)
        (self.latest,) = axes.plot([], [], ms=9, **ink)
        self.count = Words(axes, 1.3, 1.1, side="right")  # above the axes, where no line passes
        self.dance = axes

    @property
    def regions(self):
        """A button over the axis of p: the same trial again."""
        left, foot, width, height = self.dance.get_position().bounds
        return {"again": ("Again, with new women", (left, 1 - foot - height, width, height))}

    def ghost(self, result):
        """Power of the trial one starts with, in grey."""
        power = result["power"]
        grey = style.line("ghost", linewidth=1.8, zorder=1.5, label="_", gid="ghost")
        stroke(self.right, power.index, power.values, **grey)
        self.restart()

    def update(self, result):
        """Move women, means, intervals, the power curve and the dots of p."""
        measured, p = result["women"], result["p"]
        highest = max(np.max(np.r_[values, 100.0]) for values in measured.values())
        scale = next((scale for scale in _SCALES if highest < scale[1]), _SCALES[-1])
        if self.left.get_ylim() != scale:
            self.left.set_ylim(scale)
            self.restart()
        for k, (arm, values) in enumerate(measured.items()):
            shown = values[: self.most]
            self.names[k].show(arm)
            self.women[k].set_data(k + self.shift[k][: len(shown)], shown)
            mean, half = mean_and_half(values)
            self.means[k].set_data([k - 0.16, k + 0.16], [mean, mean])
            self.bars[k].set_data([k, k], [mean - half, mean + half])
        power = result["power"]
        self.power.set_data(power.index, power.values)
        size = result["size"]
        self.cursor.put(size, float(power.loc[size]))
        places = np.random.default_rng(5).uniform(0.36, 0.92, 200)[: len(p)]
        across = np.clip(p, _LEAST, 1)
        self.trials.set_data(across[:-1], places[:-1])
        self.latest.set_data(across[-1:], places[-1:])
        self.count.show(f"found in {int((p < 0.05).sum())} of {len(p)}")

    def alt(self, result):
        """Means, power and how the trials so far went."""
        means = [f"{arm} {mean_and_half(v)[0]:.1f}%" for arm, v in result["women"].items()]
        power = [f"{women} women {share:.0%}" for women, share in result["power"].items()]
        p = result["p"]
        below = int((p < 0.05).sum())
        latest = f"{p[-1]:.2g}" if p[-1] >= 0.001 else "less than 0.001"
        return (
            f"Women as symbols in two arms; means: {', '.join(means)} of the start. "
            f"Power: {', '.join(power)}. An axis of p with a dot for each of {len(p)} "
            f"trial{'s' * (len(p) != 1)}: {below} {'lies' if below == 1 else 'lie'} below 0.05, "
            f"and the latest p is {latest}."
        )
