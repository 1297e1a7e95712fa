"""One picture of several models under the same injection, each relative to its own start.

    runs = bl.peers.same_injection("osteoclasts", start=20, stop=80)
    model_comparison(runs, injection=(20, 80))

bonelab wears the colours of the course; the others are grey and told apart by dash and marker.
"""

import numpy as np

from . import style
from .drawings import Drawing, new_figure

# panel title -> the series that show it, the first that a run has is drawn, and its colour
PANELS = {
    "Osteoclasts": (("osteoclasts",), "osteoclast"),
    "Osteoblasts": (("osteoblasts",), "osteoblast"),
    "Bone": (("bone", "bone volume spine", "bone volume hip"), "bone"),
}
_OWN = "bonelab"
_PEERS = {
    "Lemaire 2004": {"color": "#3D3D3D", "linestyle": (0, (6, 2)), "marker": "s"},
    "Komarova 2003": {"color": "#5C5C5C", "linestyle": (0, (1.3, 1.5)), "marker": "^"},
    "Pivonka 2008": {"color": "#757575", "linestyle": (0, (6, 2, 1.3, 2)), "marker": "D"},
}
_ANY_OTHER = {"color": "#3D3D3D", "linestyle": (0, (10, 2.5)), "marker": "v"}


def series_of(run, title):
    """The series of ``run`` that a panel shows, or None (Lemaire 2004 has no bone)."""
    return next((name for name in PANELS[title][0] if name in run), None)


def relative(run, name):
    """Percent of the start."""
    return 100.0 * run[name] / run[name][0]


def model_comparison(runs, axes=None, injection=None):
    """Draw cells and bone of every run, in percent of its own start.

    Parameters
    ----------
    runs : name -> Run, such as ``bl.peers.same_injection()`` gives
    axes : three matplotlib Axes (osteoclasts, osteoblasts, bone); a Drawing is made without
    injection : (first day, last day), shaded

    Returns the Drawing, or the axes that were given.
    """
    with style.course():
        if axes is not None:
            _draw(axes, runs, injection)
            return axes
        figure = new_figure(10.6, 4.4)
        _draw(figure.subplots(1, len(PANELS)), runs, injection)
        handles, labels = figure.axes[0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside lower center", ncols=len(runs), handlelength=4)
        return Drawing(figure, in_words(runs))


def _draw(axes, runs, injection):
    for ax, title in zip(axes, PANELS, strict=True):
        _panel(ax, title, runs)
        if injection is not None:
            ax.axvspan(*injection, color=style.FAINT, alpha=0.6, zorder=0)


def _panel(ax, title, runs):
    for name, run in runs.items():
        look = _own_look(title) if name == _OWN else _PEERS.get(name, _ANY_OTHER)
        series = series_of(run, title)
        x, y = (run.time, relative(run, series)) if series else ([], [])
        width = 2.8 if name == _OWN else 1.8
        every = (max(len(x) // 24, 1), max(len(x) // 8, 1))
        ax.plot(
            x,
            y,
            **look,
            linewidth=width,
            markersize=6,
            markevery=every,
            label="bonelab (in colour)" if name == _OWN else name,
        )
    ax.axhline(100, color=style.FAINT, linewidth=1.5, zorder=1)
    ax.set(title=title, xlabel="days", ylabel="% of the model's own start")


def _own_look(title):
    look = style.LINE[PANELS[title][1]]
    return {"color": look.colour, "linestyle": "-", "marker": look.marker, "zorder": 3}


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
            y = relative(run, series)
            extreme = int(np.argmax(np.abs(y - 100.0)))
            parts.append(f"{title.lower()} {y[extreme]:.3g} % on day {run.time[extreme]:.0f}")
        sentences.append(f"{name}: {', '.join(parts)}")
    return "Furthest from the start. " + "; ".join(sentences) + "."
