"""The widgets of a control: a slider with a box for numbers, a drop-down list or a tick box."""

import math

import ipywidgets as w

from bonelab.course.asking.widgets import TextBox
from bonelab.parameters import write

from .controls import LOG_STEPS_PER_DECADE
from .playing import Player


def key(control):
    """The class by which the bridge finds a control."""
    return f"bonelab-of-{control.name}"


def build(control, on_change, bridge=None):
    """Widgets for a control: ``(box to show, show(value), list of inputs)``.

    ``on_change(value)`` is called when the learner moves it; ``show(value)`` moves the
    widgets without calling back. The ``bridge`` says the value of a slider.
    """
    if control.kind == "slider":
        return _build_slider(control, on_change, bridge)
    if control.kind == "choice":
        widget = w.Dropdown(options=list(control.options.items()), value=control.default,
                            description=control.words, tooltip=control.tooltip)  # fmt: skip
    else:
        widget = w.Checkbox(value=control.default, description=control.words, indent=False,
                            tooltip=control.tooltip)  # fmt: skip
    show = _quietly(widget, lambda change: on_change(change["new"]))
    box = w.HBox([widget])
    box.add_class("bonelab-control")
    return box, show, [widget]


def _build_slider(control, on_change, bridge):
    common = {"description": control.words, "readout": False, "tooltip": control.tooltip}
    if control.scale == "log":
        slider = w.FloatLogSlider(
            min=math.log10(control.left_end), max=math.log10(control.high),
            step=1 / LOG_STEPS_PER_DECADE, value=control.position(control.default), **common,
        )  # fmt: skip
    else:
        slider = w.FloatSlider(min=control.low, max=control.high, step=control.step,
                               value=control.position(control.default), **common)  # fmt: skip
    slider.add_class(key(control))
    player = (
        Player(control, lambda value: (on_change(value), show(value))) if control.play else None
    )
    now = [control.default]

    def say():
        if bridge is not None:
            bridge.say(key(control), control.place(now[0]), control.spoken(now[0]))
        if player is not None:
            player.follow(now[0])

    def slid(change):
        if control.same_stop(change["new"], now[0]):
            return  # a browser moves the handle to the nearest stop; the value stays exact
        now[0] = control.tidy(change["new"])
        on_change(now[0])  # the picture first: it is what the learner looks at
        number.show(now[0])
        say()

    def taken(value):
        now[0] = value
        on_change(value)
        say()

    # Its description is the box's name for screen readers; the sheet hides it from view.
    number = TextBox(f"{control.words}, as a number", control.read, taken, write,
                     value=control.default, tooltip=control.tooltip)  # fmt: skip
    show_slider = _quietly(slider, slid)

    def show(value):
        now[0] = value
        if not control.same_stop(slider.value, value):
            show_slider(control.position(value))
        if number.value != value:  # else what was said beside the box stays
            number.show(value)
        say()

    film = [player.button, player.ticker] if player else []
    box = w.HBox([slider, number.text, *film, number.note])
    box.add_class("bonelab-control")
    return box, show, [slider, number.text, *film[:1]]


def _quietly(widget, handler):
    """Observe ``widget.value``; return a setter that does not wake the handler."""
    widget.observe(handler, "value")

    def show(value):
        if widget.value != value:
            widget.unobserve(handler, "value")
            try:
                widget.value = value
            finally:
                widget.observe(handler, "value")

    return show
