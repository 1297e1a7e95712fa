"""A picture that can be redrawn while a slider is held: the part of a lab that draws.

A :class:`Picture` is drawn once on a figure of its own (Agg, no pyplot, no window). Its layout and
axes are then frozen, everything that never changes is kept as a background, and each update redraws
the *moving* artists alone and encodes one small PNG with a palette (Pillow).

Write one like this::

    class DishPicture(Picture):
        size = (8.6, 4.4)                               # in units of 100 screen pixels

        def build(self, result):                        # once: axes with fixed limits, artists
            axes = dress(self.figure.subplots(), xlabel="days", ylabel="osteoclasts (per well)",
                         xlim=(0, 5), ylim=(0, 100))
            self.curve = stroke(axes, **style.line("osteoclasts"))
            self.moving = [self.curve]

        def update(self, result):                       # each time: move the artists, nothing else
            self.curve.set_data(result.time, result["osteoclasts"])

        def alt(self, result):
            return "Osteoclasts over five days. " + result.summary()

For curves over time use :class:`bonelab.figures.panels.Curves`, which does all this.
"""

import io
from typing import ClassVar

import numpy as np
from matplotlib.collections import Collection
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from . import style
from .paper import empty_in_words, new_figure, settle

DOTS_PER_PIXEL = 1.0  # picture dots per screen pixel while it moves: quick to draw, send and show
SHARP = 2.0  # the same at rest, for screens with so many dots
PIXELS_PER_INCH = 100


class Picture:
    """Base of all pictures in labs. Subclasses give ``build``, ``update`` and ``alt``."""

    size = (8.6, 4.3)  # width and height in inches of 100 screen pixels
    # What can be clicked: id -> (name, (left, top, width, height) as shares of the picture)
    regions: ClassVar[dict] = {}

    def __init__(self, result):
        self.moving = []
        self.blanked = False
        self._background = self._palette = None
        self.figure = new_figure(*self.size, dpi=PIXELS_PER_INCH * DOTS_PER_PIXEL)
        self.build(result)
        self.update(result)
        for artist in self.figure.findobj(_clipped):  # what stays inside its axes asks for
            artist.set_in_layout(False)  # no room; measuring it would take most of the time
        settle(self.figure)

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
        """Draw the baseline in grey; it stays while sliders move. Optional.

        Its artists have the ``gid`` "ghost"."""

    def guess(self, value):
        """Mark the learner's guess (None removes the mark). Optional."""

    # -- what every picture can do -------------------------------------------------------------
    @property
    def pixels(self):
        """Width and height on screen, in CSS pixels."""
        return tuple(round(side * PIXELS_PER_INCH) for side in self.size)

    def restart(self):
        """Forget the kept background: call after a static artist changed (ghost, guess)."""
        self._background = None

    def blank(self):
        """Show axes and scenery alone, with nothing that tells a result, until :meth:`reveal`.

        For a question whose answer the picture would give away. Returns the picture."""
        return self._cover(True)

    def reveal(self):
        """Show everything (again). Returns the picture."""
        return self._cover(False)

    def _cover(self, blanked):
        if blanked != self.blanked:
            self.blanked = blanked
            self.restart()
        return self

    def words(self, result):
        """The picture in words as it is seen now: :meth:`alt`, or what a blank one lets know."""
        return empty_in_words(self.figure) if self.blanked else self.alt(result)

    def dots(self):
        """The picture as an array (rows, columns, 4) of bytes; only moving artists are drawn."""
        canvas = self.figure.canvas
        if self._background is None:
            self._draw_background(canvas)
        canvas.restore_region(self._background)
        self._draw_moving(canvas.get_renderer())
        return np.asarray(canvas.buffer_rgba())

    def _sharp_dots(self):
        """The same with ``SHARP`` dots per pixel, all drawn anew."""
        usual = self.figure.dpi
        self.figure.dpi = PIXELS_PER_INCH * SHARP
        try:
            canvas = self.figure.canvas
            canvas.draw()
            self._draw_moving(canvas.get_renderer())
            return np.array(canvas.buffer_rgba())
        finally:
            self.figure.dpi = usual

    def _draw_moving(self, renderer):
        shown = [] if self.blanked else self.moving
        for artist in sorted(shown, key=lambda artist: artist.get_zorder()):
            artist.draw(renderer)

    def _draw_background(self, canvas):
        for artist in self.moving:
            artist.set_animated(True)  # leaves it out of the next ordinary draw
        for artist in self.figure.findobj(lambda artist: artist.get_gid() == "ghost"):
            artist.set_visible(not self.blanked)
        canvas.draw()
        self._background = canvas.copy_from_bbox(self.figure.bbox)
        self._palette = None

    def png(self, sharp=False):
        """The picture as PNG bytes (256 colours): quick ones, or ``sharp`` ones for a picture at
        rest, with more dots and better packed."""
        image = _image(self.dots())
        if self._palette is None:
            self._palette = _palette(image)
        if sharp:
            return _packed(_image(self._sharp_dots()), self._palette, compress_level=6)
        # run lengths: quick, and small here
        return _packed(image, self._palette, compress_level=1, compress_type=3)


def _image(dots):
    from PIL import Image

    height, width = dots.shape[:2]
    return Image.frombuffer("RGBA", (width, height), dots, "raw", "RGBA", 0, 1).convert("RGB")


def _packed(image, palette, **how):
    from PIL import Image

    packed = io.BytesIO()
    image.quantize(palette=palette, dither=Image.Dither.NONE).save(packed, "PNG", **how)
    return packed.getvalue()


def _clipped(artist):
    """True for curves, patches and collections that are cut off at the edge of their axes."""
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
    in_picture = image.quantize(256 - len(fixed), method=Image.Quantize.MEDIANCUT, dither=0)
    in_picture = np.array(in_picture.getpalette()).reshape(-1, 3)
    # Pillow looks colours up coarsely: paper must stay white
    in_picture = in_picture[in_picture.min(axis=1) < 240]
    palette = Image.new("P", (1, 1))
    palette.putpalette(np.concatenate([fixed, in_picture]).ravel().tolist())
    return palette
