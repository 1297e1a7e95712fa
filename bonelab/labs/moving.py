"""The part of a lab that moves: by code, by a learner, back to its start, or not at all."""

from dataclasses import replace

from bonelab.parameters import one_of


class Moving:
    """Ways to change what is set, for :class:`~bonelab.labs.factory.Lab`."""

    def set(self, **values):
        """Move controls; returns the lab. A locked lab opens (as if the prediction was skipped).

        Raises BonelabError naming the control, the value and what would be right. Where the run
        raises, so does this, and the lab stays as it was."""
        with self.lock:
            moved = self.values | self._checked(values)
            self._tried(moved)
            self._go(replace(self.state, values=moved, locked=False))
        return self.rest()

    def move(self, name, value):
        """A learner moves a control on screen, unless the lab is locked; ``rest`` comes later.

        Raises as ``set`` does. A card computes a slow lab beside: see :meth:`go_back`."""
        self._moved_to({name: value})

    def _moved_to(self, values):
        with self.lock:
            if not self.locked:
                moved = self.values | self._checked(values) | self._stuck
                if "card" not in self.__dict__:
                    self._tried(moved)
                self._go(replace(self.state, values=moved))

    def _go(self, state):
        """Take a state, unless who shows the lab cannot show it."""
        before = self.state
        try:
            self.state = state
        except Exception:
            self.state = before
            raise

    def go_back(self, values):
        """What is set now could not be computed after all: these values could."""
        with self.lock:
            self.state = replace(self.state, values=values)

    @property
    def _stuck(self):
        """The switches that stay on."""
        return {name: True for name in self._sticky if self.state.values[name]}

    def touch(self, where):
        """A learner clicks on the picture, unless the lab is locked; returns what is said of it."""
        answer = "" if self.locked or not self.clicked else self.clicked(self.values, where)
        if isinstance(answer, str):
            return answer
        self._moved_to(answer)
        return ""

    def rest(self):
        """Nothing moves any more: count a move, judge the challenges, keep the settings."""
        self._rested()
        self.keep()
        return self

    def start_again(self):
        """Reset as a learner does it: what is sticky stays."""
        return self.reset(self._stuck)

    def reset(self, kept=()):
        """Put every control back to its start (but what is ``kept``), and count the moves anew."""
        with self.lock:
            values = self.defaults | dict(kept)
            start = {"values": values, "rested": values, "moves": 0, "rests": ()}
            start["resets"] = self.state.resets + 1
            self.state = replace(self.state, locked=False, **start)
        self.keep()
        return self

    def _checked(self, values):
        named = {one_of("control", name, self.controls): value for name, value in values.items()}
        return {name: self.controls[name].check(value) for name, value in named.items()}
