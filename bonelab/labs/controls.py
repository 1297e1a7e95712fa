"""Controls of a lab: what a learner may change, in words, with unit, range and source.

    Control.from_parameter("forward", "tau_NFATc1")
    Control.slider("rankl", "RANKL dose", unit="ng/ml", low=0, high=200, default=50)
    Control.slider("opg", "OPG", unit="nM", low=0.01, high=100, default=0, scale="log", zero=True)
    Control.choice("block", "Block a messenger", options=("none", "IKK", "JNK"))
    Control.switch("ovx", "Ovaries removed", default=False)

A control knows what is allowed (:meth:`Control.check`) and what a typed text stands for
(:meth:`Control.read`); ``inputs.py`` shows it, the lab decides what happens when it moves.
"""

import math
from dataclasses import dataclass, field, replace

from bonelab.parameters import (
    BonelabError,
    Unreadable,
    amount,
    as_number,
    load,
    one_of,
    refuse,
    write,
)
from bonelab.parameters.amounts import measure, plural
from bonelab.parameters.numerals import split

LOG_STEPS_PER_DECADE = 20


@dataclass(frozen=True)
class Control:
    """One thing to change. Make one with ``slider``, ``choice``, ``switch``, ``from_parameter``.

    name : the keyword of ``simulate`` and of ``lab.set``
    label : words; the unit is added
    tooltip : meaning and source, shown on the label and read by screen readers
    zero : on a log scale, the slider's left end means 0 and the next stop is ``low``
    """

    name: str
    label: str
    kind: str  # "slider", "choice" or "switch"
    default: object
    unit: str = ""
    low: float = 0.0
    high: float = 1.0
    step: float | None = None
    scale: str = "linear"
    zero: bool = False
    options: dict = field(default_factory=dict)  # text shown -> value
    tooltip: str = ""
    play: float | None = None  # seconds from low to high for the button Play; None: no button

    # -- ways to make one ----------------------------------------------------------------------
    @classmethod
    def slider(cls, name, label, *, low, high, default, unit="", step=None, scale="linear",
               zero=False, tooltip="", play=None):  # fmt: skip
        """A slider with a number box. ``scale="log"`` needs ``low`` above 0 (see ``zero``).

        ``play`` : seconds that a button *Play* takes to move it from low to high"""
        scale = one_of("scale", scale, ("linear", "log"))
        if not low < high:
            refuse(f"{name}: low", low, f"it must be less than high = {high}.")
        if scale == "log" and low <= 0:
            refuse(f"{name}: low", low, "a log scale starts above 0 (zero=True adds a stop at 0).")
        if scale == "linear" and step is None:
            step = _round_step((high - low) / 100)
        unit = "" if unit == "1" else unit
        rest = (unit, low, high, step, scale, zero)
        made = cls(name, label, "slider", default, *rest, tooltip=tooltip, play=play)
        return replace(made, default=made.check(default))

    @classmethod
    def choice(cls, name, label, *, options, default=None, tooltip=""):
        """A drop-down list. ``options``: names, or a dict of text shown -> value."""
        options = dict(options) if isinstance(options, dict) else {str(o): o for o in options}
        default = next(iter(options.values())) if default is None else default
        made = cls(name, label, "choice", default, options=options, tooltip=tooltip)
        made.check(default)
        return made

    @classmethod
    def switch(cls, name, label, *, default=False, tooltip=""):
        """A tick box."""
        return cls(name, label, "switch", bool(default), tooltip=tooltip)

    @classmethod
    def from_parameter(cls, room, parameter, *, log_from=None, **changes):
        """A slider whose words, unit, range, default and source come from the parameter table.

        ``log_from`` : a log scale from there, with a stop at 0 where the record's range has one."""
        record = load(room).record(parameter)
        wide = record.low > 0 and record.high / record.low >= 50
        given = {
            "name": parameter, "label": record.slider or record.meaning, "unit": record.unit,
            "low": record.low, "high": record.high, "default": record.value,
            "scale": "log" if wide else "linear", "tooltip": record.describe(),
        }  # fmt: skip
        if log_from is not None:
            given |= {"scale": "log", "low": log_from, "zero": record.low == 0}
        return cls.slider(**(given | changes))

    # -- what is allowed -----------------------------------------------------------------------
    @property
    def words(self):
        """The label with its unit."""
        return f"{self.label} ({plural(self.unit)})" if self.unit else self.label

    @property
    def lowest(self):
        return 0.0 if self.zero else self.low

    def check(self, value):
        """The value as the simulation takes it; BonelabError says what would be right."""
        if self.kind == "switch":
            return bool(one_of(self.name, value, (True, False)))
        if self.kind == "choice":
            if isinstance(value, str) and value in self.options:  # the text shown is fine too
                return self.options[value]
            values = list(self.options.values())
            if value not in values:
                value = self.options[one_of(self.name, value, self.options)]
            return value
        if getattr(value, "ndim", 0) or isinstance(value, (list, tuple, dict, set)):
            refuse(self.name, value, f"{self.words} takes one number.")
        number = amount(value, self.unit or "1", argument=self.name, what=self.label,
                        low=self.lowest, high=self.high)  # fmt: skip
        if self.zero and 0 < number < self.low:
            refuse(self.name, value, f"{self.words} must be 0 or at least {self.low:g}.")
        if self.counts and number % 1:
            refuse(self.name, value, f"{self.words} takes whole numbers only.")
        return self._whole(number)

    def kept(self, value):
        """The value as it stands in the file of answers; :meth:`check` understands it."""
        if self.kind == "choice":
            return next(text for text, each in self.options.items() if each == value)
        return value

    @property
    def counts(self):
        """True when it counts something: whole numbers without a unit."""
        whole = self.step is not None and self.step % 1 == self.low % 1 == 0
        return whole and self.scale == "linear" and not self.unit

    def _whole(self, number):
        """Whole numbers stay whole where the slider's stops are whole (days): they read better."""
        whole = self.scale == "linear" and self.step % 1 == self.low % 1 == number % 1 == 0
        return int(number) if whole else number

    def samples(self, rng, n=3):
        """Values for a sweep: both ends, the middle, ``n`` at random (all options, on and off)."""
        if self.kind == "switch":
            return [True, False]
        if self.kind == "choice":
            return list(self.options.values())
        if self.scale == "log":
            ends = math.log10(self.low), math.log10(self.high)
            values = [10 ** rng.uniform(*ends) for _ in range(n)] + [10 ** (sum(ends) / 2)]
        else:
            values = [rng.uniform(self.low, self.high) for _ in range(n)]
            values.append((self.low + self.high) / 2)
        middle = [
            min(max(self._nearest(self.tidy(value)), self.low), self.high) for value in values
        ]
        return [self.lowest, self.low, self.high, *middle]

    # -- slider position <-> value -------------------------------------------------------------
    def tidy(self, position):
        """The value a slider position stands for, without digits that nobody chose."""
        if self.scale == "log":
            if self.zero and position < self.low * 0.999:
                return 0.0
            return min(max(float(f"{position:.3g}"), self.low), self.high)
        digits = max(0, 2 - math.floor(math.log10(self.step)))
        return self._nearest(round(float(position), digits))

    def position(self, value):
        """Where the slider stands for a value. Midway between two stops it stands on the upper
        one, because a browser takes a stop of its own choice there and tells it as a move."""
        if self.scale == "log":
            return self.left_end if value < self.low else value
        steps = (value - self.low) / self.step
        midway = abs(steps % 1 - 0.5) < 0.002
        return min(self.low + math.ceil(steps) * self.step, self.high) if midway else value

    def same_stop(self, position, value):
        """True when ``position`` is less than half a step from where ``value`` stands."""
        if self.scale == "log":
            steps = abs(math.log10(position / self.position(value))) * LOG_STEPS_PER_DECADE
        else:
            steps = abs(position - self.position(value)) / self.step
        return steps < 0.499

    @property
    def left_end(self):
        return self.low * 10 ** (-1 / LOG_STEPS_PER_DECADE) if self.zero else self.low

    @property
    def stops(self):
        """Where the handle can stand, and what is said of it there: [(position, words), ...].

        Positions are those of the widget: on a log scale the power of ten."""
        log = self.scale == "log"
        left, right = self.place(self.lowest), self.place(self.high)
        step = 1 / LOG_STEPS_PER_DECADE if log else self.step
        places = [left + i * step for i in range(math.ceil((right - left) / step - 1e-6))]
        return [(at, self.spoken(self.tidy(10**at if log else at))) for at in (*places, right)]

    def further(self, before, now):
        """The value one stop on, the way a slider went from ``before``; None at its end."""
        log = self.scale == "log"
        left, right = self.place(self.lowest), self.place(self.high)
        step = 1 / LOG_STEPS_PER_DECADE if log else self.step
        way = 1 if self.place(now) > self.place(before) else -1
        at = left + (round((self.place(now) - left) / step) + way) * step
        if not left - 1e-9 < at < right + step - 1e-9:
            return None
        at = min(max(at, left), right)
        return self.tidy(10**at if log else at)

    def place(self, value):
        """The position of the handle for a value."""
        position = self.position(value)
        return math.log10(position) if self.scale == "log" else position

    def spoken(self, value):
        """The value with its unit, as it is said: "56.1 ng/ml"."""
        return measure(value, self.unit)

    def _nearest(self, typed):
        """What a typed number stands for: on a log scale nothing between 0 and ``low`` (it becomes
        0 if that is a stop), and a whole number where the slider counts."""
        if self.scale == "log":
            return typed if typed >= self.low else (0.0 if self.zero else self.low)
        return self._whole(float(round(typed)) if self.counts else typed)

    # -- text in the box -----------------------------------------------------------------------
    def read(self, text):
        """``(value, words)``: what a typed text stands for, and what was done to make it fit.

        Raises BonelabError for text that is no such number."""
        try:
            number = as_number(text, self.unit or "1")
        except Unreadable as reason:
            raise BonelabError(f"“{text.strip()}” cannot be read here: {reason}") from None
        if not math.isfinite(number):
            raise BonelabError(f"“{text.strip()}” is no number that could be set.")
        value = self._nearest(min(max(number, self.lowest), self.high))
        if value == number:
            converted = self.unit and float(split(text)[0]) != number
            return value, f"{text.strip()} is {measure(value, self.unit)}." if converted else ""
        if number > self.high:
            why = f"{measure(self.high, self.unit)} is the most here"
        elif number < self.lowest:
            why = f"{measure(self.lowest, self.unit)} is the least here"
        elif number < self.low:
            why = f"between 0 and {measure(self.low, self.unit)} there is no stop"
        else:
            why = "only whole numbers count here"
        return value, f"You typed {text.strip()}: {why}, so it is {write(value)} now."


def _round_step(step):
    """The nearest of 1, 2, 5 times a power of ten below ``step``."""
    power = 10.0 ** math.floor(math.log10(step))
    return max(factor for factor in (1, 2, 5) if factor * power <= step * 1.0001) * power
