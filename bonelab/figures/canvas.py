"""A picture that can be redrawn while a slider is held: the part of a lab that draws.

A :class:`Picture` is drawn once on a figure of its own (Agg, no pyplot, no window). Its layout and
axes are then frozen, everything that never changes is kept as a background, and each update redraws
the *moving* artists alone and encodes one small PNG with a palette (Pillow).

Write one like this::

    class DishPicture(Picture):
        size = (8.6, 4.4)                               # in units of 100 screen pixels

        def build(self, result):                        # once: axes with fixed limits, artists
            axes = self.figure.subplots()
            axes.set(xlim=(0, 5), ylim=(0, 100), xlabel="days", ylabel="osteoclasts (per well)")
            (self.curve,) = axes.plot([], [], **style.line("osteoclasts"))
            self.moving = [self.curve]

        def update(self, result):                       # each time: move the artists, nothing else
            self.curve.set_data(result.time, result["osteoclasts"])

        def alt(self, result):
            return "Osteoclasts over five days. " + result.summary()

For curves over time use :class:`bonelab.figures.panels.Curves`, which does all this.
"""

import io

import numpy as np

from . import style

DOTS_PER_PIXEL = 1.25  # picture dots per screen pixel: sharp on a projector, quick to send
PIXELS_PER_INCH = 100


class Picture:
    """Base of all pictures in labs. Subclasses give ``build``, ``update`` and ``alt``."""

    size = (8.6, 4.3)  # width and height in inches of 100 screen pixels

    def __init__(self, result):
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        self.moving = []
        self._background = self._palette = None
        with style.course():
            self.figure = Figure(
                figsize=self.size, dpi=PIXELS_PER_INCH * DOTS_PER_PIXEL, layout="constrained"
            )
            FigureCanvasAgg(self.figure)
            self.build(result)
            self.update(result)
            for artist in self.figure.findobj(_clipped):  # what stays inside its axes asks for
                artist.set_in_layout(False)  # no room; measuring it would take most of the time
            self.figure.draw_without_rendering()  # lets the layout settle ...
            self.figure.set_layout_engine("none")  # ... and freezes it

    # -- what a subclass writes ----------------------------------------------------------------
    def build(self, result):
        """Make axes with fixed limits and all artists; list those that change in ``moving``."""
        raise NotImplementedError

    def update(self, result):
        """Move the artists so that they show ``result``."""
        raise NotImplementedError

    def alt(self, result):
        """The picture in words, for a reader who does not see it."""
        raise NotImplementedError

    def ghost(self, result):
        """Draw the baseline in grey; it stays while sliders move. Optional."""

    def guess(self, value):
        """Mark the learner's guess (None removes the mark). Optional."""

    def view(self, **values):
        """Take the values of view-only controls (which curve, which scale). Optional."""

    # -- what every picture can do -------------------------------------------------------------
    @property
    def pixels(self):
        """Width and height on screen, in CSS pixels."""
        return tuple(round(side * PIXELS_PER_INCH) for side in self.size)

    def restart(self):
        """Forget the kept background: call after a static artist changed (ghost, guess, view)."""
        self._background = None

    def dots(self):
        """The picture as an array (rows, columns, 4) of bytes; only moving artists are drawn."""
        canvas = self.figure.canvas
        if self._background is None:
            self._draw_background(canvas)
        canvas.restore_region(self._background)
        renderer = canvas.get_renderer()
        for artist in sorted(self.moving, key=lambda artist: artist.get_zorder()):
            artist.draw(renderer)
        return np.asarray(canvas.buffer_rgba())

    def _draw_background(self, canvas):
        with style.course():
            for artist in self.moving:
                artist.set_animated(True)  # leaves it out of the next ordinary draw
            canvas.draw()
        self._background = canvas.copy_from_bbox(self.figure.bbox)
        self._palette = None

    def png(self):
        """The picture as PNG bytes (256 colours, quickest compression)."""
        from PIL import Image

        dots = self.dots()
        height, width = dots.shape[:2]
        image = Image.frombuffer("RGBA", (width, height), dots, "raw", "RGBA", 0, 1).convert("RGB")
        if self._palette is None:
            self._palette = _palette(image)
        packed = io.BytesIO()
        image.quantize(palette=self._palette, dither=Image.Dither.NONE).save(
            packed,
            "PNG",
            compress_level=1,
            compress_type=3,  # run lengths: quick, and small here
        )
        return packed.getvalue()


def _clipped(artist):
    """True for curves, patches and collections that are cut off at the edge of their axes."""
    from matplotlib.collections import Collection
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    drawn = isinstance(artist, (Line2D, Patch, Collection)) and artist.get_clip_on()
    return drawn and artist.axes is not None and artist is not artist.axes.patch


def _palette(image):
    """256 colours for all pictures to come: those of this one, greys, and the course's tints."""
    from matplotlib.colors import to_rgb
    from PIL import Image

    white = np.ones(3)
    tints = {
        tuple(np.round(255 * (white + share * (np.array(to_rgb(colour)) - white))).astype(int))
        for colour in sorted({look.colour for look in style.LINE.values()})
        for share in (1.0, 0.75, 0.5, 0.25)
    }
    greys = {(level, level, level) for level in range(0, 256, 17)}
    fixed = np.array(sorted(tints | greys))
    own = image.quantize(256 - len(fixed), method=Image.Quantize.MEDIANCUT, dither=0)
    own = np.array(own.getpalette()).reshape(-1, 3)
    own = own[own.min(axis=1) < 240]  # Pillow looks colours up coarsely: paper must stay white
    palette = Image.new("P", (1, 1))
    palette.putpalette(np.concatenate([fixed, own]).ravel().tolist())
    return palette
