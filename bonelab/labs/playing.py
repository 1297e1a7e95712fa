"""A button *Play* beside a slider: the browser ticks, and each tick moves the slider on.

A tick that comes while the kernel is drawing is left out, so a slow machine shows fewer pictures
and not a slower film.
"""

import ipywidgets as w

TICK = 100  # ms


class Player:
    """Moves a control from where it stands to its high end in ``control.play`` seconds."""

    def __init__(self, control, move):
        self._control, self._move = control, move
        self._last = round(1000 * control.play / TICK)
        self.ticker = w.Play(min=0, max=self._last, interval=TICK, show_repeat=False)
        self.ticker.layout.display = "none"  # its own buttons have no names
        self.button = w.ToggleButton(
            description="Play", tooltip=f"Move “{control.label}” from low to high"
        )
        self.button.add_class("bonelab-play")
        self.button.observe(self._pressed, "value")
        self.ticker.observe(self._ticked, "value")
        self.ticker.observe(self._ended, "playing")
        self._now = control.default

    def follow(self, value):
        """The control was moved, by whomever: the next film starts there."""
        self._now = value

    def value(self, tick):
        """What the control is at a tick."""
        low, high = (
            self._control.place(self._control.lowest),
            self._control.place(self._control.high),
        )
        place = low + (high - low) * tick / self._last
        if self._control.scale == "log":
            return self._control.tidy(10**place)
        step = self._control.step  # the handle stands at stops, as when a hand moves it
        return self._control.tidy(min(low + round((place - low) / step) * step, high))

    def tick(self, value):
        """The last tick at which the control is not beyond ``value``."""
        return max((t for t in range(self._last + 1) if self.value(t) <= value), default=0)

    def _pressed(self, change):
        if change["new"]:
            start = self.tick(self._now)
            self.ticker.value = 0 if start == self._last else start
        self.ticker.playing = change["new"]
        self.button.description = "Pause" if change["new"] else "Play"

    def _ticked(self, change):
        if self.ticker.playing:
            try:
                self._move(self.value(change["new"]))
            except Exception:  # it cannot be computed there, and so not beyond
                self.button.value = False
                raise

    def _ended(self, change):
        if not change["new"]:
            self.button.value = False
