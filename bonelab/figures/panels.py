"""Panels of curves for labs: fixed axes, a grey baseline, direct labels, measured points.

    class DishPicture(Curves):
        xlabel, xlim = "days", (0, 5)
        panels = (
            Panel("Osteoclasts", ("osteoclasts",), "per well", (0, 120)),
            Panel("Signals", ("NF-kB", "NFATc1"), "share of maximum", (0, 1.05)),
        )

``Curves`` reads ``result.time`` (converted when ``xlabel`` is hours, days, months or years) and
``result[name]``; override :meth:`Curves.curve` when a result
is something else than one Run (a dict of arms, say).
"""

from typing import NamedTuple

import numpy as np

from bonelab.parameters import DAYS_PER_MONTH

from . import style
from .canvas import Picture

HOURS = {"hours": 1.0, "days": 24.0, "months": 24 * DAYS_PER_MONTH, "years": 24 * 365.25}


class Points(NamedTuple):
    """Measured points laid over a panel, with the citation that is shown beside them."""

    series: str  # whose look they wear
    x: tuple
    y: tuple
    citation: str
    error: tuple | None = None  # half-width of the bar, same unit as y


class Panel(NamedTuple):
    """One set of axes. ``ylim`` is fixed: choose it to hold what every control can reach."""

    title: str
    series: tuple
    ylabel: str  # quantity and unit
    ylim: tuple
    yscale: str = "linear"
    points: tuple = ()
    labels: dict = {}  # noqa: RUF012  words for a series where the course's own do not fit
    legend: str = "upper right"  # where the citations of points stand


class MovingWords:
    """Words right of an axes at a height that changes, after the sign of the curve they name.

    Outlines are made once and drawn ten times quicker than matplotlib's Text, whose drawing would
    take most of an update."""

    def __init__(self, axes, words, look, size=11.5):
        from matplotlib.patches import PathPatch
        from matplotlib.textpath import TextPath
        from matplotlib.transforms import Affine2D, ScaledTranslation

        self._across = axes.get_yaxis_transform()  # x: share of the axes, y: data
        self._scale = Affine2D().translate(size, -0.36 * size).scale(axes.figure.dpi / 72)
        self._beside = ScaledTranslation(0.45 * size / 72, 0, axes.figure.dpi_scale_trans)
        self.patch = PathPatch(TextPath((0, 0), words, size=size), color=style.INK, linewidth=0)
        self.patch.set_clip_on(False)
        axes.add_artist(self.patch)
        self.patch.set_clip_path(None)
        (self.sign,) = axes.plot(
            [1.015], [0], marker=look.marker, color=look.colour, ms=0.6 * size, clip_on=False,
            transform=self._across + self._beside, label="_",
        )  # fmt: skip
        self.put(axes.get_ylim()[0])

    def put(self, y):
        """Centre the words at height ``y``."""
        from matplotlib.transforms import ScaledTranslation

        self.patch.set_transform(self._scale + ScaledTranslation(1.015, y, self._across))
        self.sign.set_ydata([y])


class LinePanel:
    """The artists of one :class:`Panel` on given axes. ``moving`` lists those that change."""

    def __init__(self, axes, panel, xlabel, xlim):
        self.axes, self.panel = axes, panel
        axes.set(title=panel.title, xlabel=xlabel, ylabel=panel.ylabel, xlim=xlim)
        axes.set(yscale=panel.yscale, ylim=panel.ylim)
        self.lines, self.names, self._grey, self._mark = {}, {}, {}, []
        for name in panel.series:
            self._add(name)
        for points in panel.points:
            look = style.points(points.series, label=points.citation, zorder=4)
            axes.errorbar(points.x, points.y, yerr=points.error, capsize=3, **look)
        if panel.points:
            axes.legend(loc=panel.legend, handletextpad=0.4)  # "best" would jump
        self.moving = list(self.lines.values())
        self.moving += [part for words in self.names.values() for part in (words.patch, words.sign)]

    def _add(self, name):
        axes, look = self.axes, style.LINE[name]
        (self._grey[name],) = axes.plot(
            [], [], **style.line("ghost", linewidth=1.8, zorder=1.5, label="_")
        )
        label = self.panel.labels.get(name, look.label)
        (self.lines[name],) = axes.plot(
            [], [], **style.line(name, label="_", marker=look.marker, zorder=3)
        )
        if len(self.panel.series) > 1:  # a single curve is named by the title
            self.names[name] = MovingWords(axes, label, look)

    def update(self, curves):
        """Show ``{name: (x, y)}``."""
        for name, line in self.lines.items():
            x, y = curves[name]
            line.set_data(x, y)
            line.set_markevery((len(x) // 12, max(len(x) // 6, 1)))
        self._place_names()

    def _place_names(self):
        """Names stand at the height where their curve ends, pushed apart where they collide."""
        if not self.names:
            return
        to_share = self.axes.transLimits.transform
        from_share = self.axes.transLimits.inverted().transform
        scale = self.axes.transScale
        ends = {name: line.get_ydata()[-1] for name, line in self.lines.items()}
        low = self.panel.ylim[0]
        shares = {
            name: float(np.clip(to_share(scale.transform((1, max(end, low))))[1], 0.02, 0.98))
            for name, end in ends.items()
        }
        gap = 18 / (self.axes.bbox.height * 100 / self.axes.figure.dpi)  # 18 screen pixels
        for name, share in _apart(shares, gap).items():
            self.names[name].put(scale.inverted().transform(from_share((0, share)))[1])

    def ghost(self, curves):
        """Leave ``{name: (x, y)}`` standing in grey."""
        for name, line in self._grey.items():
            line.set_data(*curves[name])

    def guess(self, value):
        """A dotted level line at the learner's guess; None removes it."""
        while self._mark:
            self._mark.pop().remove()
        if value is None:
            return
        level = self.axes.axhline(value, color=style.INK, linestyle=":", linewidth=2, zorder=2)
        words = self.axes.annotate(
            f"your guess: {value:g}", (0.01, value), xycoords=("axes fraction", "data"),
            xytext=(2, 4), textcoords="offset points", fontsize=11.5, color=style.INK,
            zorder=5, bbox=style.BEHIND,
        )  # fmt: skip
        self._mark = [level, words]


def in_unit(run, unit):
    """The times of a Run in hours, days, months or years (any other ``unit``: as they are)."""
    return run.time * (HOURS[run.time_unit + "s"] / HOURS[unit]) if unit in HOURS else run.time


def _apart(shares, gap):
    """Shift heights (0 to 1) up so that neighbours are at least ``gap`` apart, within 0 to 1."""
    names = sorted(shares, key=shares.get)
    placed = {}
    floor = -gap
    for name in names:
        floor = placed[name] = max(shares[name], floor + gap)
    ceiling = 1.0 + gap
    for name in reversed(names):
        ceiling = placed[name] = min(placed[name], ceiling - gap)
    return placed


class Curves(Picture):
    """Panels of curves side by side (or in rows: set ``columns``)."""

    panels: tuple = ()
    xlabel: str = "days"
    xlim: tuple = (0, 1)
    columns: int | None = None
    guess_panel: int = 0  # the panel whose axis a numerical guess belongs to

    def build(self, result):
        """One :class:`LinePanel` for each entry of ``panels``."""
        columns = self.columns or len(self.panels)
        rows = -(-len(self.panels) // columns)
        grid = self.figure.subplots(rows, columns, squeeze=False).ravel()
        for spare in grid[len(self.panels) :]:
            spare.set_axis_off()
        self.line_panels = [
            LinePanel(axes, panel, self.xlabel, self.xlim)
            for axes, panel in zip(grid, self.panels, strict=False)
        ]
        self.moving = [artist for panel in self.line_panels for artist in panel.moving]

    def curve(self, result, name):
        """x and y of one series; override for results that are not one Run."""
        return in_unit(result, self.xlabel), result[name]

    def _curves(self, result, panel):
        return {name: self.curve(result, name) for name in panel.panel.series}

    def update(self, result):
        """Move every curve."""
        for panel in self.line_panels:
            panel.update(self._curves(result, panel))

    def ghost(self, result):
        """The baseline as grey dashes in every panel."""
        for panel in self.line_panels:
            panel.ghost(self._curves(result, panel))
        self.restart()

    def guess(self, value):
        """The learner's guess as a level line in panel ``guess_panel``."""
        self.line_panels[self.guess_panel].guess(value)
        self.restart()

    def alt(self, result):
        """Titles of the panels and the result's own sentence."""
        titles = "; ".join(f"{panel.title} ({panel.ylabel})" for panel in self.panels)
        return f"Curves against {self.xlabel}: {titles}. {result.summary()}"
