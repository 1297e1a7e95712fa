"""Drawings for the text of a lesson: ``bl.draw.forward_pathway(run)`` shows one, with words.

Each function takes a Run (or nothing) and returns a :class:`Drawing`, which a notebook shows as a
picture with a text alternative. Nothing is computed here.
"""

import base64
import io
from html import escape

from . import style

_DPI = 110


class Drawing:
    """A finished figure and what it shows in words. ``.figure`` is the matplotlib figure."""

    def __init__(self, figure, alt):
        self.figure, self.alt = figure, alt

    @property
    def axes(self):
        """The figure's axes, to add to the drawing."""
        return self.figure.axes

    def png(self):
        """The picture as PNG bytes."""
        file = io.BytesIO()
        self.figure.savefig(file, format="png", dpi=_DPI)
        return file.getvalue()

    def _repr_mimebundle_(self, include=None, exclude=None):
        data = base64.b64encode(self.png()).decode()
        image = f'<img src="data:image/png;base64,{data}" alt="{escape(self.alt, quote=True)}" '
        return {
            "text/html": image + 'style="max-width:100%;background:#fff">',
            "text/plain": self.alt,
        }

    def __repr__(self):
        return self.alt


def new_figure(width, height, layout="constrained"):
    """A figure of its own (no pyplot, no window) in the course's style."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout=layout)
    FigureCanvasAgg(figure)
    return figure


def _scene(kind, width, /, *args, **values):
    """One drawn scene alone on a figure."""
    with style.course():
        figure = new_figure(width, width / kind.aspect, layout="none")
        scene = kind(figure.add_axes([0.01, 0.01, 0.98, 0.98]))
        scene.update(*args, **values)
    return Drawing(figure, scene.alt(*args, **values))


def who_is_who():
    """All cells and molecules of the course, with their names."""
    from . import glyph_key

    with style.course():
        figure = new_figure(8.4, 6.0, layout="none")
        glyph_key.draw(figure.add_axes([0.01, 0.01, 0.98, 0.98]))
    return Drawing(figure, glyph_key.alt())


def remodelling_unit(**values):
    """The remodelling unit; values as in ``figures/remodelling_unit.py``, healthy by default."""
    from .remodelling_unit import RemodellingUnit

    return _scene(RemodellingUnit, 7.2, **values)


def forward_pathway(run=None, time=None, blocked=()):
    """Forward signalling from RANK to NFATc1, filled with the activities of a forward dish."""
    from .pathways import ForwardPathway

    if run is None:
        return _scene(ForwardPathway, 5.6)
    here = run.final if time is None else run.at(time)
    most = {"TRAF6": 1.0, "NF-kB": 0.5, "JNK": 0.5, "Akt": 0.5, "NFATc1": 12.0}
    activity = {name: min(here[name] / most[name], 1.0) for name in most}
    activity["fusion"] = activity["NFATc1"]  # what NFATc1 drives wears its level
    activity["activation"] = min(here["resorption per osteoclast"] / 0.75, 1.0)
    activity["survival"] = min(here["half-life"] / 8.7, 1.0)
    return _scene(
        ForwardPathway, 5.6, activity, occupancy=here["occupancy"], blocked=tuple(blocked)
    )


def reverse_pathway(run=None, time=None, rapamycin=0.0, tail=1.0, blocked=()):
    """Reverse signalling from clustered RANKL to mineral, filled from a reverse dish."""
    from .pathways import ReversePathway

    if run is None:
        return _scene(ReversePathway, 5.6)
    here = run.final if time is None else run.at(time)
    highest = {"Runx2": 2.6, "Col1a1": 4.0, "Sp7": 2.6}
    activity = {
        name: min(here[name] / highest.get(name, 1.0), 1.0)
        for name in ReversePathway.names
        if name in here
    }
    return _scene(
        ReversePathway,
        5.6,
        activity,
        clustered=here["clustered RANKL"],
        rapamycin=rapamycin,
        tail=tail,
        blocked=tuple(blocked),
    )


def dish(run):
    """The culture dish at the end of a forward run."""
    from .dish import Dish

    final = run.final
    return _scene(
        Dish,
        4.4,
        precursors=final["precursors"],
        osteoclasts=final["osteoclasts"],
        nuclei=final["nuclei per osteoclast"],
        pits=1000 * final["pits"],
    )


def who_holds_rankl(mixture, rank=0.02):
    """One hundred RANKL and who holds them, from ``bl.binding.competition(...)``."""
    from .binding_picture import BindingPicture

    shares = mixture.shares()
    return _scene(
        BindingPicture,
        5.6,
        on_rank=float(shares["on RANK"]),
        on_opg=float(shares["on OPG"]),
        on_antibody=float(shares["on antibody"]),
        rank=rank / max(float(mixture.total), 1e-9),
        rankl=float(mixture.total),
    )


def clusters(linked, kind="vesicle", tail=1.0):
    """Surface RANKL alone, in pairs and in clusters, from ``bl.binding.crosslinking(...)``."""
    from bonelab.biology.reverse import tail_signal
    from bonelab.parameters import load

    from .crosslinking_picture import CrosslinkingPicture

    sizes = linked.sizes
    pairs = float(sizes[2]) if len(sizes) > 2 and linked.minimum > 2 else 0.0
    return _scene(
        CrosslinkingPicture,
        5.8,
        clustered=float(linked.clustered),
        pairs=pairs,
        single=float(sizes[1]),
        masked=float(linked.masked),
        kind=kind,
        signal=tail_signal(float(linked.clustered), tail, load("reverse")),
        tail=tail,
    )


def western_blot(bands):
    """A virtual western blot, from ``bl.reverse.western_blot(...)``: one lane per column."""
    from .western_blot import WesternBlot

    with style.course():
        figure = new_figure(8.4, 0.6 + 0.38 * len(bands))
        blot = WesternBlot(figure.add_subplot(), list(bands.index), list(bands.columns))
        blot.update(bands)
    return Drawing(figure, blot.alt(bands))


def immune_response(run, time=None):
    """Dendritic cells and T cells of ``bl.beyond_bone.immunity(...)``, at the end by default."""
    from .immune_picture import ImmunePicture

    here = run.final if time is None else run.at(time)
    return _scene(
        ImmunePicture,
        4.8,
        dendritic=here["dendritic cells"],
        t_cells=here["T cells"],
        occupancy=here["occupancy"],
    )


def curve(x, y, *, xlabel, ylabel, title="", log=False, name=None):
    """One curve: a dose-response, say. ``name`` is the quantity whose colour it wears."""
    with style.course():
        figure = new_figure(6.4, 3.6)
        axes = figure.add_subplot()
        look = style.line(name) if name else {"color": style.INK}
        axes.plot(x, y, **look)
        axes.set(xlabel=xlabel, ylabel=ylabel, title=title, xscale="log" if log else "linear")
    top = max(range(len(y)), key=lambda i: y[i])
    first, last = (value if abs(value) > 1e-4 * abs(y[top]) else 0 for value in (y[0], y[-1]))
    words = f"Curve of {ylabel} against {xlabel}: from {first:.3g} at {x[0]:.3g} to {last:.3g}"
    peak = f"highest {y[top]:.3g} at {x[top]:.3g}"
    return Drawing(figure, f"{words} at {x[-1]:.3g}; {peak}.")
