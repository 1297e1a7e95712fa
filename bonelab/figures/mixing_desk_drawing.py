"""Desks of faders, lamps and meters: what sets RANKL and OPG, in health and in disease.

Above: faders, each with a name and a source, and in the desk of diseases three lamps for what a
disease or a drug adds. Below: by how much RANKL, OPG and RANK of a cell are multiplied, and the
ratio of RANKL to OPG, as arrows on a logarithmic scale. An arrow to the right means more, to the
left less.
"""

import math

import numpy as np
from matplotlib.collections import PolyCollection

from . import molecules
from .diagram import rounded
from .paper import write
from .shapes import LABEL, Layer, Stamp, line, merge, number, oval, paint, polygon, shade, tint
from .share_bar import box
from .style import COLOUR, INK
from .words import Words, count

WIDTH, HEIGHT = 450, 430
_FOOT, _TOP = 262, 352  # heights of a fader's 0 and of its full strength
_LAMPS = {"RANKL": 370, "RANK": 318, "OPG": 266}  # heights
_LAMP_X = 272
_METERS = {"RANKL": 178, "OPG": 141, "RANK": 104, "ratio": 62}  # heights
_ONE, _DECADE, _END = 266, 56, 2.0  # place of x1, width of a factor of ten, decades each way
_LEAST = 1e-6  # a factor below it is drawn and told as none
_LABELS = {-2: "÷100", -1: "÷10", 0: "×1", 1: "×10", 2: "×100"}


class Desk:
    """A desk in `ax`. `.moving` lists the artists that `update` changes."""

    aspect = WIDTH / HEIGHT
    slots: tuple = ()  # where the faders run, left to right
    lamps_for: tuple = ()  # the molecules with a lamp

    def __init__(self, ax):
        ax.set(xlim=(0, WIDTH), ylim=(0, HEIGHT), aspect="equal")
        ax.axis("off")
        paint(ax, [Layer(rounded(WIDTH / 2, 322, WIDTH - 4, 212), "#E9EDF2", COLOUR["ghost"])],
              zorder=0)  # fmt: skip
        self.faders = [self._fader(ax, x) for x in self.slots]
        self.lamps = {name: self._lamp(ax, name, _LAMPS[name]) for name in self.lamps_for}
        self._meters(ax)
        parts = [*self.faders, *self.lamps.values()]
        self.moving = [artist for part in parts for piece in part for artist in piece.moving]
        self.moving += [self.arrows, *(w.moving[0] for w in self.factors.values())]
        self.update()

    def _fader(self, ax, x):
        slot = Layer(polygon(box(x - 3, x + 3, _FOOT - 4, _TOP + 4)), shade("#E9EDF2", 0.6))
        marks = [line((x - 26, y), (x - 12, y)) for y in np.linspace(_FOOT, _TOP, 5)]
        paint(ax, [Layer(merge(*marks), "none", INK, 1.0), slot], zorder=1)
        for y, words in ((_FOOT, "0"), (_TOP, "full")):
            write(ax, x - 30, y, words, ha="right", va="center", fontsize=LABEL)
        knob = (
            Layer(rounded(0, 0, 44, 20, 4), "white", INK, 1.4),
            Layer(line((-18, 0), (18, 0)), "none", INK, 2.4),
        )
        name, source = Words(ax, x, 408, side="center"), Words(ax, x, 388, side="center")
        level = Words(ax, x, 232, side="center")
        return Stamp(ax, knob, [(x, _FOOT)], zorder=4), name, source, level

    def _lamp(self, ax, name, y):
        glyph = {"RANKL": molecules.rankl, "RANK": molecules.rank, "OPG": molecules.opg}[name]
        paint(ax, [Layer(oval(rx=15), "white", COLOUR["ghost"], 1.2)], _LAMP_X, y, zorder=1)
        paint(ax, glyph(11 if name == "OPG" else 15), _LAMP_X, y - 5 * (name == "RANK"), zorder=3)
        lit = Stamp(ax, _light(), [(_LAMP_X, y)], zorder=2)
        return lit, Words(ax, _LAMP_X + 27, y + 10), Words(ax, _LAMP_X + 27, y - 10)

    def _meters(self, ax):
        top, foot = max(_METERS.values()) + 18, min(_METERS.values()) - 18
        for decade, words in _LABELS.items():
            x = _ONE + decade * _DECADE
            grid = Layer(
                line((x, foot), (x, top)), "none", COLOUR["ghost"], 1.6 if decade == 0 else 0.7
            )
            paint(ax, [grid], zorder=1)
            write(ax, x, 32, words, ha="center", va="center", fontsize=LABEL)
        write(ax, _ONE, 10, "less ← per cell → more", ha="center", va="center", fontsize=LABEL)
        for name, y in _METERS.items():
            words = "RANKL / OPG" if name == "ratio" else name
            write(ax, 8, y, words, va="center", fontsize=LABEL,
                    weight="bold" if name == "ratio" else "normal")  # fmt: skip
        colours = [COLOUR[name] for name in ("RANKL", "OPG", "RANK")] + [INK]
        self.arrows = PolyCollection(
            [], fc=[tint(c, 0.75) for c in colours], ec=[shade(c) for c in colours], lw=1.0,
            zorder=3,
        )  # fmt: skip
        ax.add_collection(self.arrows, autolim=False)
        self.factors = {n: Words(ax, WIDTH - 4, y, side="right") for n, y in _METERS.items()}

    def _show_faders(self, names, sources, strengths):
        for fader, name, source, strength in zip(
            self.faders, names, sources, strengths, strict=True
        ):
            self._show_fader(*fader, name, source, number("strength", strength, high=1.0))

    def _show_meters(self, RANKL, OPG, RANK):
        factors = {"RANKL": RANKL, "OPG": OPG, "RANK": RANK}
        factors = {name: number(name, value) for name, value in factors.items()}
        factors["ratio"] = factors["RANKL"] / max(factors["OPG"], _LEAST)
        self.arrows.set_verts([_arrow(factors[name], y) for name, y in _METERS.items()])
        for name, words in self.factors.items():
            words.show(times(factors[name]))
        if factors["OPG"] < _LEAST:
            self.factors["ratio"].show("∞")

    def _show_fader(self, knob, name, source, level, words, where, strength):
        knob.show(1.0, knob.places + np.array([0.0, strength * (_TOP - _FOOT)]))
        name.show(words)
        source.show(where)
        level.show(f"{count(100 * strength)}%")

    def _show_lamp(self, name, value, words, size):
        lit, title, detail = self.lamps[name]
        lit.show(float(value > 0))
        title.show(words)
        detail.show(size if value > 0 else "off")


class MixingDesk(Desk):
    """Two regulators as faders, and what they make of the molecules of a cell."""

    slots = (130, 320)

    def update(self, *, names=("", ""), sources=("", ""), strengths=(0.0, 0.0), RANKL=1.0, OPG=1.0,
               RANK=1.0):  # fmt: skip
        """Show the desk.

        `names`, `sources`: of the two regulators and of where their effects were measured;
        `strengths`: 0 to 1. `RANKL`, `OPG`, `RANK`: factors per cell.
        Raises BonelabError for a value out of range or missing (NaN).
        """
        self._show_faders(names, sources, strengths)
        self._show_meters(RANKL, OPG, RANK)

    def alt(self, *, names=("", ""), strengths=(0.0, 0.0), RANKL=1.0, OPG=1.0, RANK=1.0, **_):
        """Text alternative for the same values."""
        faders = " and ".join(
            f"{name} at {100 * strength:.0f}%"
            for name, strength in zip(names, strengths, strict=True)
        )
        return f"Drawing of a mixing desk with {faders}. {_meters_in_words(RANKL, OPG, RANK)}"


class DiseaseDesk(Desk):
    """A disease as a fader, lamps for what it adds and for OPG-Fc, and the molecules of a cell."""

    slots = (110,)
    lamps_for = tuple(_LAMPS)

    def update(self, *, names=("",), sources=("",), strengths=(0.0,), RANKL=1.0, OPG=1.0, RANK=1.0,
               extra_RANKL=0.0, RANK_gain=0.0, opg_fc="", tumour=0.0):  # fmt: skip
        """Show the desk.

        `names`, `sources`, `strengths`: of the one fader, the disease, its site and its severity
        (0 to 1). `RANKL`, `OPG`, `RANK`: factors per cell. `extra_RANKL`: nM from other cells;
        `RANK_gain`: RANK that is active without ligand (share, 0 to 1); `opg_fc`: since when the
        drug is given, "" for not at all; `tumour`: 1 with a tumour that grows and makes RANKL,
        else 0. Raises BonelabError for a value out of range or missing (NaN).
        """
        self._show_faders(names, sources, strengths)
        grows = number("tumour", tumour, high=1.0)
        self._show_lamp("RANKL", number("extra_RANKL", extra_RANKL) + grows, "other cells",
                        "tumour grows" if grows else f"+{extra_RANKL:.2g} nM")  # fmt: skip
        self._show_lamp("RANK", number("RANK_gain", RANK_gain, high=1.0), "on by itself",
                        f"{100 * RANK_gain:.2g}%")  # fmt: skip
        self._show_lamp("OPG", float(bool(opg_fc)), "OPG-Fc", opg_fc)
        self._show_meters(RANKL, OPG, RANK)

    def alt(self, *, names=("",), strengths=(0.0,), RANKL=1.0, OPG=1.0, RANK=1.0, extra_RANKL=0.0,
            RANK_gain=0.0, opg_fc="", tumour=0.0, **_):  # fmt: skip
        """Text alternative for the same values."""
        lamps = f" {extra_RANKL:.2g} nM RANKL comes from other cells." if extra_RANKL else ""
        lamps += " A growing tumour makes RANKL." if tumour else ""
        lamps += f" {100 * RANK_gain:.2g}% of RANK is on by itself." if RANK_gain else ""
        lamps += f" OPG-Fc is given {opg_fc}." if opg_fc else ""
        return (
            f"Drawing of a desk with {names[0]} at {100 * strengths[0]:.0f}% of its severity. "
            f"{_meters_in_words(RANKL, OPG, RANK)}{lamps}"
        )


def _meters_in_words(RANKL, OPG, RANK):
    ratio = times(RANKL / OPG) if OPG > _LEAST else "without bound, for there is no OPG"
    return f"Meters: RANKL {times(RANKL)}, OPG {times(OPG)}, RANK {times(RANK)}, RANKL/OPG {ratio}."


def times(factor):
    """A factor in words: "×3", "÷2.5", "×1", "none"."""
    if factor < _LEAST:
        return "none"
    below = factor < 1
    size = f"{1 / factor if below else factor:.3g}"
    size = f"{float(size):.0f}" if "e" in size else size
    return f"×{size}" if size == "1" or not below else f"÷{size}"


def _arrow(factor, y):
    """Outline of an arrow from x1 to the factor, cut off at the ends of the scale."""
    decades = min(max(math.log10(max(factor, _LEAST)), -_END), _END)
    tip = _ONE + _DECADE * decades
    head = math.copysign(min(12.0, abs(tip - _ONE)), decades)
    neck = tip - head
    return [(_ONE, y - 5.4), (neck, y - 5.4), (neck, y - 9), (tip, y),
            (neck, y + 9), (neck, y + 5.4), (_ONE, y + 5.4)]  # fmt: skip


def _light():
    """What makes a lamp shine: a bold rim and a crown of rays."""
    turns = np.radians(np.arange(0, 360, 30))
    around = np.column_stack([np.cos(turns), np.sin(turns)])
    rays = merge(*(line(17.5 * ray, 22.5 * ray) for ray in around))
    return (Layer(oval(rx=15), "none", INK, 2.4), Layer(rays, "none", INK, 1.8))
