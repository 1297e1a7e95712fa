"""One small widget in every card that says what core ipywidgets cannot (``bridge.js``).

It names the handles of sliders and speaks their values with units, makes the title of a picture
its text alternative, tells which buttons are pressed, says all messages of a card in one place,
keeps keys inside the card and tells where a picture was clicked. The card is whole without it:
where anywidget is not installed, :func:`bridge` gives no widget and nothing else changes.
"""

from functools import cache
from pathlib import Path

from traitlets import Dict, Float

CODE = Path(__file__).with_name("bridge.js")


def bridge(stops=None, clicked=None):
    """The bridge of one card, or None without anywidget.

    stops : {class of a slider: [(position, words), ...]}, what is said at each of its stops
    clicked : called with x and y, shares of a picture that has the class "bonelab-clickable"
    """
    if (kind := _kind()) is None:
        return None
    made = kind(stops=stops or {})
    if clicked is not None:
        made.on_msg(lambda widget, content, buffers: _heard(content, clicked))
    return made


def _heard(content, clicked):
    if isinstance(content, dict) and content.get("kind") == "clicked":
        clicked(float(content["x"]), float(content["y"]))


@cache
def _kind():
    """The widget's class, made on first use."""
    try:
        from anywidget import AnyWidget
    except ImportError:  # the course works without it
        return None

    class Bridge(AnyWidget):
        _esm = CODE
        stops = Dict().tag(sync=True)
        density = Float(1.0).tag(sync=True)  # dots of the screen for each pixel of a picture
        exact = Dict().tag(sync=True)  # {class of a slider: (position, words)} off its stops

        def say(self, key, position, words):
            """Say ``words`` where a slider's handle stands at ``position``."""
            at_stops = {text for _, text in self.stops[key]}
            exact = {name: value for name, value in self.exact.items() if name != key}
            if words not in at_stops:
                exact[key] = (position, words)
            self.exact = exact

    return Bridge
