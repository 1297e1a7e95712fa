"""Buttons, text boxes that read numbers, and where the focus goes: core ipywidgets alone.

A browser may hand a typed value and the click after it to the kernel in either order. Nothing here
depends on it: a click asks for an answer, and whichever value arrives last is the answer.
"""

import threading
from base64 import b64encode
from html import escape

import ipywidgets as w

from bonelab.parameters import BonelabError

from .sketches import ends, sketch


class TextBox:
    """A text box beside which the course says what became of what was typed.

    ``read(text)`` gives ``(value, words)`` or raises BonelabError; ``taken(value)`` is called with
    each value that was read. ``write(value)`` is the text for a value, and reads back as it.
    """

    def __init__(self, name, read, taken, write=str, value=None, tooltip="", placeholder=""):
        self._read, self._taken, self._write, self._value = read, taken, write, value
        self.text = w.Text(
            value="" if value is None else write(value), description=name, tooltip=tooltip,
            placeholder=placeholder, continuous_update=False,
        )  # fmt: skip
        self.note = w.HTML()
        self.note.layout.display = "none"
        self.text.observe(self._typed, "value")
        self._quiet = False

    @property
    def value(self):
        """The value last read or shown."""
        return self._value

    def show(self, value):
        """Show a value that was not typed here; what was said of the last one goes."""
        self._value = value
        self._put(value)
        self.say("")

    def say(self, words):
        """Words beside the box; "" takes them away."""
        self.note.value = words and f"<div class='bonelab-note' role='status'>{escape(words)}</div>"
        self.note.layout.display = None if words else "none"

    def _put(self, value):
        self._quiet = True
        try:
            self.text.value = self._write(value)
        finally:
            self._quiet = False

    def _typed(self, change):
        if self._quiet:
            return
        try:
            value, words = self._read(change["new"])
        except BonelabError as problem:
            self._put(self._value)
            self.say(f"{problem} The box keeps {self._write(self._value)}.")
            return
        self._value = value
        self._put(value)
        self._taken(value)
        self.say(words)


class NumberAnswer:
    """A box that starts empty, and a button: together one answer.

    Enter and the button ask for the answer to be taken. A value that arrives after that, as it may
    when the browser's messages overtake each other, is the answer too.
    """

    def __init__(self, question, answer):
        self._question, self._answer, self._asked = question, answer, False
        self._one_at_a_time = threading.RLock()  # value and click may come on two threads
        self.box = w.Text(
            description=f"Your prediction, {question.range}", tooltip="", continuous_update=False,
        )  # fmt: skip
        self.button = button("This is my prediction", "", lambda b: self.submit())
        self.note = w.HTML()
        self.note.layout.display = "none"
        self.box.observe(self._arrived, "value")
        self.box.on_msg(self._message)
        self.widgets = [self.box, self.button, self.note]

    def clear(self):
        """Empty, as at the start."""
        self._asked = False
        self.box.value = ""
        self._say("")

    def submit(self):
        """Take what stands in the box; what arrives later is taken in its place."""
        self._asked = True
        with self._one_at_a_time:
            try:
                value = self._question.check(self.box.value)
            except BonelabError as problem:
                self._say(str(problem))
                return
            self._say("")
            self._answer(value)

    def _message(self, widget, content, buffers):
        if content.get("event") == "submit":  # Enter
            self.submit()

    def _arrived(self, change):
        if self._asked and change["new"].strip():
            self.submit()

    def _say(self, words):
        self.note.value = words and f"<div class='bonelab-note' role='alert'>{escape(words)}</div>"
        self.note.layout.display = None if words else "none"


class OptionAnswer:
    """A button for each option, with a sketch above it where there is one."""

    def __init__(self, question, answer):
        self.buttons = [
            button(text, "", lambda b, text=text: answer(text)) for text in question.options
        ]
        self.widgets = self.buttons
        if question.sketches:
            within = ends(question.sketches)
            drawn = [w.HTML(image(sketch(each, *within), "")) for each in question.sketches]
            pairs = zip(drawn, self.buttons, strict=True)
            self.widgets = [box("bonelab-sketch", *pair) for pair in pairs]

    def clear(self):
        """No option is marked."""
        self.mark(None)

    def mark(self, chosen):
        """Show which option was chosen."""
        for shown in self.buttons:
            picked = shown.description == chosen
            (shown.add_class if picked else shown.remove_class)("mod-active")


def answer_to(question, answer):
    """The widgets for an answer to ``question``; ``answer(value)`` is called with it."""
    return (NumberAnswer if question.number else OptionAnswer)(question, answer)


def button(text, tooltip, action):
    """A button that calls ``action(button)``."""
    button = w.Button(description=text, tooltip=tooltip or text)
    button.on_click(action)
    return button


def image(png, alt):
    """A picture as HTML; ``alt`` is "" where the words beside it say the same."""
    data = b64encode(png).decode()
    return f'<img src="data:image/png;base64,{data}" alt="{escape(alt, quote=True)}">'


def box(name, *children):
    """A box with a class of the style sheet."""
    box = w.Box(list(children))
    box.add_class(name)
    return box


def resting_place():
    """Words on which the focus can rest when the button that was pressed is gone.

    Of ipywidgets' own, only a Label takes the focus by program and is no stop for Tab."""
    label = w.Label(tabbable=False)
    label.add_class("bonelab-rest")
    return label


def sentence(text, stale=False, note="", done=None):
    """The live sentence of a card, as HTML.

    ``done`` : the share of long work that is done; below 0 it is not known"""
    kind = "bonelab-sentence bonelab-stale" if stale else "bonelab-sentence"
    note = f" <span class='bonelab-note'>{escape(note)}</span>" if note else ""
    if done is not None:
        share = f"value='{done:.2f}' " if done >= 0 else ""
        note = f" <progress {share}max='1' aria-label='Share done'></progress>"
    return f"<div class='{kind}' role='status'>{escape(text)}{note}</div>"
