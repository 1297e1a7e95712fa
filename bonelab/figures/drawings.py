"""Drawings for the text of a lesson: ``bl.draw.forward_pathway(run)`` shows one, with words.

Each function takes a Run (or nothing) and returns a :class:`Drawing`, which a notebook shows as a
picture with a text alternative. Nothing is computed here.
"""

import base64
import io
import os
import pickle
import sys
from html import escape
from pathlib import Path

from bonelab.parameters import refuse

from . import style
from .paper import dress, empty_in_words, new_figure, stroke

FORMATS = ("png", "pdf", "svg")


class Drawing:
    """A finished figure and what it shows in words. ``.figure`` is the matplotlib figure.

    A notebook shows it at the end of a cell. From a plain script::

        drawing = run.plot("CTX")
        drawing.save("ctx.png")         # or .pdf, .svg
        drawing.show()                  # opens it, where there is a screen
    """

    def __init__(self, figure, alt):
        self.figure, self.alt = figure, alt

    @property
    def axes(self):
        """The figure's axes, to add to the drawing."""
        return self.figure.axes

    def png(self):
        """The picture as PNG bytes."""
        return self._bytes("png")

    def _bytes(self, kind):
        file = io.BytesIO()
        words = {"png": "Description", "svg": "Description", "pdf": "Subject"}[kind]
        metadata = {words: self.alt} | ({} if kind == "png" else {"Creator": "bonelab"})
        self.figure.savefig(
            file, format=kind, dpi=self.figure.dpi, transparent=False,
            bbox_inches=self.figure.bbox_inches, facecolor=self.figure.get_facecolor(),
            edgecolor="none", metadata=metadata,
        )  # fmt: skip
        return file.getvalue()

    def save(self, path):
        """Write the picture to a file that ends in .png, .pdf or .svg; returns its path.

        The words of the picture go into the file. Raises BonelabError for another ending.
        """
        path = Path(path)
        kind = path.suffix.lower().removeprefix(".")
        if kind not in FORMATS:
            refuse("path", str(path), "its name should end in .png, .pdf or .svg.")
        path.write_bytes(self._bytes(kind))
        return path

    def show(self):
        """Show the picture: below the cell of a notebook, or in the computer's picture viewer.

        Without a screen it says in words what it would show, and how to save it.
        """
        if _in_notebook():
            from IPython.display import display

            display(self)
        elif not (_has_screen() and _open_in_viewer(self.png())):
            print(f'{self.alt}\n(There is no screen here. Write it with .save("picture.png").)')

    def close(self):
        """Free the figure's memory now; nothing else needs closing, for no window is open."""
        self.figure.clear()

    def blank(self):
        """The same axes with nothing drawn in them, for a question that the picture answers."""
        figure = pickle.loads(pickle.dumps(self.figure))
        for axes in figure.axes:
            for artist in [
                *axes.lines,
                *axes.collections,
                *axes.patches,
                *axes.artists,
                *axes.texts,
            ]:
                artist.set_visible(False)
            if axes.get_legend():
                axes.get_legend().remove()
        return Drawing(figure, empty_in_words(figure))

    def _repr_mimebundle_(self, include=None, exclude=None):
        data = base64.b64encode(self.png()).decode()
        image = f'<img src="data:image/png;base64,{data}" alt="{escape(self.alt, quote=True)}" '
        return {
            "text/html": image + 'style="max-width:100%;background:#fff">',
            "text/plain": self.alt,
        }

    def __repr__(self):
        return self.alt


def _in_notebook():
    shell = sys.modules.get("IPython") and sys.modules["IPython"].get_ipython()
    return shell is not None and hasattr(shell, "kernel")


def _has_screen():
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _open_in_viewer(png):
    """Hand a picture to the computer's own viewer; False where it has none."""
    from PIL import Image, ImageShow

    return ImageShow.show(Image.open(io.BytesIO(png)))


def _scene(kind, width, /, *args, **values):
    """One drawn scene alone on a figure."""
    figure = new_figure(width, width / kind.aspect, layout="none")
    scene = kind(figure.add_axes([0.01, 0.01, 0.98, 0.98]))
    scene.update(*args, **values)
    return Drawing(figure, scene.alt(*args, **values))


def who_is_who():
    """All cells and molecules of the course, with their names."""
    from . import glyph_key

    figure = new_figure(8.4, 6.0, layout="none")
    glyph_key.draw(figure.add_axes([0.01, 0.01, 0.98, 0.98]))
    return Drawing(figure, glyph_key.alt())


def remodelling_unit(run=None, time=None, **values):
    """The remodelling unit of a run of the tissue, at its end by default; healthy without a run.

    ``values`` go before the run's: see ``figures/remodelling_unit.py``.
    """
    from .cycle_picture import unit_values
    from .remodelling_unit import RemodellingUnit

    shown = {} if run is None else unit_values(run, time)
    return _scene(RemodellingUnit, 7.2, **(shown | values))


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
    from .dish_picture import dish_values

    return _scene(Dish, 4.4, **dish_values(run))


def who_holds_rankl(mixture, rank=0.02):
    """Every molecule of ``bl.binding.competition(...)``; ``rank`` is the mixture's, in nM."""
    from .binding_picture import BindingPicture
    from .decoy_picture import mixture_values

    return _scene(BindingPicture, 5.6, **mixture_values(mixture, rank))


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
        heads=linked.valence if kind == "vesicle" else 10,
        signal=tail_signal(float(linked.clustered), tail, load("reverse")),
        tail=tail,
    )


def western_blot(bands):
    """A virtual western blot, from ``bl.reverse.western_blot(...)``: one lane per column."""
    from .western_blot import WesternBlot

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
    """One curve: a dose-response, say. ``name`` is the quantity whose colour it wears.

    ``log=True`` makes the axis of x logarithmic; ``log="both"`` draws the curve twice, on a linear
    and on a logarithmic axis side by side. For a dose of 0 a logarithmic axis has no place.
    """
    from .dose_pair import SCALES

    scales = SCALES if log == "both" else (SCALES[1] if log else SCALES[0],)
    figure = new_figure(6.4 if len(scales) == 1 else 8.0, 3.6)
    look = style.line(name, label="_") if name else {}
    for axes, scale in zip(figure.subplots(1, len(scales), squeeze=False)[0], scales, strict=True):
        words = scale.title(title) if len(scales) > 1 else title
        dress(axes, words, xlabel, ylabel, xscale=scale.name)
        stroke(axes, x, y, **look)
    top = max(range(len(y)), key=lambda i: y[i])
    first, last = (value if abs(value) > 1e-4 * abs(y[top]) else 0 for value in (y[0], y[-1]))
    words = f"Curve of {ylabel} against {xlabel}: from {first:.3g} at {x[0]:.3g} to {last:.3g}"
    peak = f"highest {y[top]:.3g} at {x[top]:.3g}"
    return Drawing(figure, f"{words} at {x[-1]:.3g}; {peak}.")


def against_trials(run, trials, *names):
    """A run of the tissue as lines, the published means of trials as marks beside them."""
    from .plots import plot_against_trials

    return plot_against_trials(run, trials, *names)
