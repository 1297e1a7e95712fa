"""What a lab looks like in a notebook: core ipywidgets on a white card, styled by one sheet.

The picture and its text alternative travel in one message. While a slider is dragged the browser
sends a new position only when the kernel has answered the last one (that is how ipywidgets
throttles), so nothing queues up: the latest value wins and the last one is always shown.
"""

from html import escape

import ipywidgets as w
from traitlets import Unicode

from .sheet import SHEET


class Shown(w.Image):
    """An Image with a name for screen readers: the view reads ``tooltip`` as title, but only
    of widgets that have a ``description``."""

    description = Unicode("").tag(sync=True)


class Card:
    """The widgets of one lab. ``box`` is displayed; ``inputs[name]`` are a control's widgets."""

    def __init__(self, lab):
        self.lab = lab
        self.inputs, self._show_value, rows = {}, {}, []
        for name, control in lab.controls.items():
            row, show, inputs = control.build(lambda value, name=name: self._moved(name, value))
            self.inputs[name], self._show_value[name] = inputs, show
            rows.append(row)
        self.reset = button("Reset", "Put every control back to its start", self._on_reset)
        self.code_switch = w.ToggleButton(
            value=False, description="Show as code", tooltip="The lines that make this picture"
        )
        self.code_switch.observe(lambda change: self._show_code(), "value")
        self.picture, self.sentence, self.code = Shown(format="png"), w.HTML(), w.HTML()
        self.ask = Ask(lab) if lab.prediction else None
        controls = box("bonelab-controls", *rows, box("bonelab-buttons", self.reset,
                        self.code_switch))  # fmt: skip
        self.right = box("bonelab-picture", self.picture, self.sentence)
        head = w.HTML(
            f"<style>{SHEET}</style><b class='bonelab-title'>{escape(lab.title)}.</b> "
            f"<span class='bonelab-question'>{escape(lab.question)}</span>"
        )
        parts = [head, *([self.ask.box] if self.ask else []), box("bonelab-body", controls,
                 self.right), self.code]  # fmt: skip
        self.box = box("bonelab-lab", *parts)
        width, height = lab.picture.pixels
        self.picture.width, self.picture.height = str(width), str(height)  # keeps the place free
        self.picture.layout.max_width = f"{width}px"
        self.show()

    # -- from the learner ----------------------------------------------------------------------
    def _moved(self, name, value):
        try:
            self.lab._move(name, value)
        except Exception as problem:  # the picture no longer belongs to the controls: say so
            self.sentence.value = _sentence(f"This setting could not be computed: {problem}", True)
            raise

    def _on_reset(self, button):
        self.lab.reset()

    # -- to the learner ------------------------------------------------------------------------
    def show(self):
        """Bring everything in line with the lab: controls, lock, prediction, picture."""
        lab = self.lab
        for name, value in lab.values.items():
            self._show_value[name](value)
            for widget in self.inputs[name]:
                widget.disabled = lab.locked
        self.reset.disabled = self.code_switch.disabled = lab.locked
        if self.ask:
            self.ask.show()
        self.right.layout.display = "none" if self.hidden else None
        self.refresh()

    @property
    def hidden(self):
        """A question about the start values themselves hides the picture until it is answered."""
        return self.lab.locked and not self.lab.prediction.values

    def refresh(self):
        """Send the picture, then the sentence (and the code if it is open)."""
        lab = self.lab
        if self.hidden:
            return
        with self.picture.hold_sync():  # picture and its text alternative in one message
            self.picture.value = lab.png()
            self.picture.tooltip = lab.alt
        moved = lab.values != lab.defaults
        self.sentence.value = _sentence(lab.text, note="Grey: the start values." if moved else "")
        self._show_code()

    def _show_code(self):
        shown = self.code_switch.value and not self.lab.locked
        self.code.value = (
            f"<pre class='bonelab-code'>{escape(self.lab.code)}</pre>" if shown else ""
        )


class Ask:
    """Predict first: the question, the answer, Skip; afterwards the guess beside the truth."""

    def __init__(self, lab):
        self.lab, self.question = lab, lab.prediction
        text = f"<b>Predict first.</b> {escape(self.question.question)}"
        self.words = w.HTML(f"<div class='bonelab-predict'>{text}</div>")
        self.answers = answer_widgets(self.question, lab.guess)
        self.skip = button("Skip", "Open the lab without a prediction", lambda b: lab.skip())
        self.skip.add_class("bonelab-quiet")
        self.again = button("Predict again", "Forget the guess", lambda b: lab.predict_again())
        self.again.add_class("bonelab-quiet")
        self.verdict = w.HTML()
        self.row = box("bonelab-answers", *self.answers, self.skip)
        self.told = box("bonelab-told", self.verdict, self.again)
        self.box = box("bonelab-ask", self.words, self.row, self.told)

    def show(self):
        """Question while locked, verdict once answered, nothing when skipped."""
        locked, verdict = self.lab.locked, self.lab.verdict if not self.lab.locked else ""
        self.row.layout.display = None if locked else "none"
        self.told.layout.display = None if verdict else "none"
        self.verdict.value = _sentence(verdict) if verdict else ""
        self.box.layout.display = None if locked or verdict else "none"


def _sentence(text, stale=False, note=""):
    kind = "bonelab-sentence bonelab-stale" if stale else "bonelab-sentence"
    note = f" <span class='bonelab-note'>{escape(note)}</span>" if note else ""
    return f"<div class='{kind}' role='status'>{escape(text)}{note}</div>"


def answer_widgets(question, answer):
    """Inputs for a prediction: a number box and a button, or a button for each option."""
    if not question.number:
        return [button(text, "", lambda b, text=text: answer(text)) for text in question.options]
    low, high = question.low, question.high
    unit = f" ({question.unit})" if question.unit else ""
    number = w.BoundedFloatText(
        value=low, min=low, max=high, step=None,
        description=f"Your prediction{unit}, from {low:g} to {high:g}",
        tooltip="",
    )  # fmt: skip
    return [number, button("This is my prediction", "", lambda b: answer(number.value))]


def button(text, tooltip, action):
    """A button that calls ``action(button)``."""
    button = w.Button(description=text, tooltip=tooltip or text)
    button.on_click(action)
    return button


def box(name, *children):
    """A box with a class of the style sheet."""
    box = w.Box(list(children))
    box.add_class(name)
    return box
