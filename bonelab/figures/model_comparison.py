"""One picture of several models under the same injection, each relative to its own start.

    runs = bl.peers.same_injection("osteoclasts", start=20, stop=80)
    model_comparison(runs, injection=(20, 80))

bonelab wears the colours of the course; the others are grey and told apart by dash and marker.
"""

import numpy as np

from bonelab.simulation.readings import percent_of_start

from . import style
from .drawing import Drawing
from .paper import dress, new_figure, rule, stroke
from .plots import name_ends
from .time_axis import converted, in_unit, mark_times, unit_for

# panel title -> the series that show it, the first that a run has is drawn, and its colour
PANELS = {
    "Osteoclasts": (("osteoclasts",), "osteoclast"),
    "Osteoblasts": (("osteoblasts",), "osteoblast"),
    "Bone": (("bone", "bone volume spine", "bone volume hip"), "bone"),
}
_OWN = "bonelab"
_GREYS = {"Lemaire 2004": "#3D3D3D", "Komarova 2003": "#5C5C5C", "Pivonka 2008": "#757575"}
_DASH = {name: dash for name, dash in zip(_GREYS, style.DASHES[1:], strict=False)}


def series_of(run, title):
    """The series of ``run`` that a panel shows, or None (Lemaire 2004 has no bone)."""
    return next((name for name in PANELS[title][0] if name in run), None)


def model_comparison(runs, axes=None, injection=None):
    """Draw cells and bone of every run, in percent of its own start.

    Parameters
    ----------
    runs : name -> Run, such as ``bl.peers.same_injection()`` gives
    axes : three matplotlib Axes (osteoclasts, osteoblasts, bone); a Drawing is made without
    injection : (first day, last day), shaded

    Returns the Drawing, or the axes that were given.
    """
    unit = unit_for(next(iter(runs.values())))
    if axes is not None:
        _draw(axes, runs, injection)
        for ax, title in zip(axes, PANELS, strict=True):
            ax.set(title=title, xlabel=unit, ylabel="% of the model's own start")
        return axes
    figure = new_figure(7.8, 7.8)
    panels = figure.subplots(len(PANELS), 1)
    for ax, title in zip(panels, PANELS, strict=True):
        dress(ax, title, "", "% of own start")
    panels[-1].set_xlabel(unit)
    _draw(panels, runs, injection)
    end = max(in_unit(run, unit)[-1] for run in runs.values())
    for ax, title in zip(panels, PANELS, strict=True):
        mark_times(ax, unit, end)
        name_ends(ax, looks(runs, title))
    return Drawing(figure, in_words(runs))


def _draw(axes, runs, injection):
    unit = unit_for(next(iter(runs.values())))
    for ax, title in zip(axes, PANELS, strict=True):
        for name, look in looks(runs, title).items():
            series = series_of(runs[name], title)
            stroke(
                ax, in_unit(runs[name], unit), percent_of_start(runs[name], series), label=name,
                color=look.colour, linestyle=look.dash, linewidth=2.8 if name == _OWN else 2.0,
                zorder=3 if name == _OWN else 2,
            )  # fmt: skip
        rule(ax, y=100, color=style.FAINT, linewidth=1.5, zorder=1)
        if injection is not None:
            ax.axvspan(*converted(injection, "day", unit), color=style.FAINT, alpha=0.6, zorder=0)


def looks(runs, title):
    """The look of every run that has something to show in a panel, by its name."""
    looks = {}
    for name, run in runs.items():
        if series_of(run, title) is None:
            continue
        look = style.LINE[PANELS[title][1]]._replace(dash="-", label=name)
        if name != _OWN:
            grey, dash = _GREYS.get(name, "#3D3D3D"), _DASH.get(name, style.DASHES[-1])
            look = look._replace(colour=grey, dash=dash)
        looks[name] = look
    return looks


def in_words(runs):
    """The picture in words: how far each model goes."""
    sentences = []
    for name, run in runs.items():
        parts = []
        for title in PANELS:
            series = series_of(run, title)
            if series is None:
                parts.append(f"no {title.lower()} in the model")
                continue
            y = percent_of_start(run, series)
            extreme = int(np.argmax(np.abs(y - 100.0)))
            parts.append(f"{title.lower()} {y[extreme]:.3g}% on day {run.time[extreme]:.0f}")
        sentences.append(f"{name}: {', '.join(parts)}")
    return "Furthest from the start. " + "; ".join(sentences) + "."
