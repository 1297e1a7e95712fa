"""What every question looks like: a white card, and a still copy of it for when no kernel runs.

A cell with a card has two outputs. The second is the widget. The first is the *still*: the same
card as plain HTML, with one sentence that says how to wake it. While the widget lives, its style
sheet hides the still; a notebook opened the next day, without its kernel, has no live widget and
therefore shows the still. See ``docs/kept-answers.md`` for what else was tried and measured.
"""

import sys
import uuid
from base64 import b64encode
from functools import cache
from html import escape
from importlib import import_module

from .style_sheet import SHEET, STILL

WAKE = (
    "This is a still picture of what you last saw. To wake it, choose Run All Cells in the menu "
    "Run: your answers come back."
)


OLD = (
    "Labs and questions need ipywidgets 8.1 or newer, and here is {version}. In a cell of its own "
    'run  %pip install "ipywidgets>=8.1"  and restart the kernel (in Colab: Runtime, Restart '
    "session); then run the notebook again from the top."
)


def too_old():
    """What to do where ipywidgets is of a generation that can show no card; "" elsewhere."""
    import ipywidgets as w

    known = hasattr(w.Widget, "_repr_mimebundle_")
    return "" if known else OLD.format(version=w.__version__)


@cache
def ask_colab():
    """Colab shows widgets of today's generation once it has been asked to, in each session."""
    if "google.colab" in sys.modules:
        import_module("google.colab.output").enable_custom_widget_manager()


class Shown:
    """Shows ``self.box`` and its still copy in a notebook, ``self.words`` elsewhere."""

    def _ipython_display_(self):
        from IPython.display import display

        if words := too_old():
            print(words)
            return
        ask_colab()
        if live():
            self.still.show()
        display(_Widget(self))

    @property
    def still(self):
        """The still copy, made when it is first needed."""
        if "_still" not in self.__dict__:
            self._still = Still(lambda: self.still_html, lambda: self.still_png)
        return self._still

    @property
    def still_html(self):
        """The card as plain HTML."""
        return "".join(f"<p>{escape(line)}</p>" for line in self.words.split("\n"))

    @property
    def still_png(self):
        """Its picture as PNG bytes for exports that know no HTML, such as LaTeX; b"" for none."""
        return b""

    def _repr_mimebundle_(self, include=None, exclude=None):
        return self.box._repr_mimebundle_() | {"text/plain": self.words}

    def __repr__(self):
        return self.words


class _Widget:
    """The widget alone, for ``display``; its plain text stands in where no widget can be shown."""

    def __init__(self, shown):
        self._shown = shown

    def _repr_mimebundle_(self, include=None, exclude=None):
        return self._shown._repr_mimebundle_(include, exclude)

    def __repr__(self):
        return repr(self._shown)


class Still:
    """One output of plain HTML that is replaced when the card beside it has changed."""

    def __init__(self, html, png=bytes):
        self._html, self._png, self._id = html, png, None

    def show(self):
        """Put it out, below the cell that is running."""
        from IPython.display import publish_display_data

        self._id = uuid.uuid4().hex
        publish_display_data(self._data(), transient={"display_id": self._id})

    def refresh(self):
        """Bring it up to date, where it was put out."""
        if self._id is not None:
            from IPython.display import publish_display_data

            publish_display_data(self._data(), transient={"display_id": self._id}, update=True)

    def _data(self):
        html = (
            f"<div class='bonelab-still'><style>{STILL}</style>{self._html()}"
            f"<p class='bonelab-wake'>{WAKE}</p></div>"
        )
        picture = self._png()
        shown = {"image/png": b64encode(picture).decode()} if picture else {}
        return {"text/html": html, "text/plain": WAKE, **shown}


def live():
    """True in the kernel of a notebook, where widgets can be shown."""
    from IPython import get_ipython

    return getattr(get_ipython(), "kernel", None) is not None


def card(name, text, *parts):
    """The widgets of one question: its name and words, then ``parts``."""
    import ipywidgets as w

    from .answers_file import answers
    from .bridge import bridge
    from .widgets import box

    title = f"<b><span class='bonelab-name'>{escape(name)}</span>.</b>"
    head = w.HTML(f"<style>{SHEET}</style>{title} {explained(text)}")
    trouble = w.HTML(explained(answers().trouble)) if answers().trouble else None
    shown = [part for part in (head, *parts, trouble, bridge()) if part is not None]
    return box("bonelab-check", *shown)


def explained(text):
    """Plain text as HTML."""
    return escape(text)
