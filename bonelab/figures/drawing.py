"""A finished picture and what it shows in words, for a notebook as for a plain script."""

import base64
import io
import os
import pickle
import sys
from html import escape
from os import PathLike
from pathlib import Path
from typing import Any

from bonelab.parameters import refuse

from .paper import empty_in_words

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
    def axes(self) -> list:
        """The figure's axes, to add to the drawing."""
        return self.figure.axes

    def png(self) -> bytes:
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

    def save(self, path: str | PathLike[str]) -> Any:
        """Write the picture to a file that ends in .png, .pdf or .svg; returns its path.

        The words of the picture go into the file. Raises BonelabError for another ending.
        """
        path = Path(path)
        kind = path.suffix.lower().removeprefix(".")
        if kind not in FORMATS:
            refuse("path", str(path), "its name should end in .png, .pdf or .svg.")
        path.write_bytes(self._bytes(kind))
        return path

    def show(self) -> None:
        """Show the picture: below the cell of a notebook, or in the computer's picture viewer.

        Without a screen it says in words what it would show, and how to save it.
        """
        if _in_notebook():
            from IPython.display import display

            display(self)
        elif not (_has_screen() and _open_in_viewer(self.png())):
            print(f'{self.alt}\n(There is no screen here. Write it with .save("picture.png").)')

    def close(self) -> None:
        """Free the figure's memory now; nothing else needs closing, for no window is open."""
        self.figure.clear()

    def blank(self) -> "Drawing":
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
            "image/png": data,  # for exports that know no HTML, such as LaTeX
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
