"""What a lab looks like in a notebook: core ipywidgets on a white card, styled by one sheet.

The card observes its lab (``lab.state``) and asks it to move when a learner does; the lab does not
know the card. The picture and its text alternative travel in one message. While a slider is dragged
the browser sends a new position only when the kernel has answered the last one (that is how
ipywidgets throttles), so nothing queues up: the latest value wins and the last is always shown.
"""

import os
import threading
from base64 import b64encode
from contextlib import nullcontext, suppress
from html import escape

import ipywidgets as w
from traitlets import Unicode

from bonelab.course.asking.answers_file import answers, worked_in
from bonelab.course.asking.bridge import bridge
from bonelab.course.asking.question_card import explained, live
from bonelab.course.asking.style_sheet import SHEET
from bonelab.course.asking.widgets import box, button, sentence
from bonelab.figures.canvas import DOTS_PER_PIXEL
from bonelab.parameters import BonelabError
from bonelab.simulation.progress import Stopped, tell, watching

from .challenge import in_words
from .collector import collect_at_rest, spare_what_stays
from .gate import Gate
from .inputs import build, key
from .regions import Frame
from .rest import AHEAD_AFTER, Rest
from .slowly import Slowly
from .telling import Telling
from .waiting import LONG_AFTER, Waiting

GREY = "Grey shows the start values."
# folded, because it answers what the lesson asks to be tried first
NOTICE = "<details><summary><b>What to notice</b>, once you have tried</summary>{}</details>"
FILL = "Show this lab on the whole screen; Escape brings the lesson back"


class NamedImage(w.Image):
    """An Image with a name for screen readers: the view reads ``tooltip`` as title, but only
    of widgets that have a ``description``."""

    description = Unicode("").tag(sync=True)


class Card(Telling):
    """The widgets of one lab. ``box`` is displayed; ``inputs[name]`` are a control's widgets."""

    def __init__(self, lab):
        self.lab = lab
        self.inputs, self._show_value, rows = {}, {}, []
        sliders = [control for control in lab.controls.values() if control.kind == "slider"]
        self.bridge = bridge({key(control): control.stops for control in sliders}, self._clicked)
        for name, control in lab.controls.items():
            row, show, inputs = build(
                control, lambda value, name=name: self._moved(name, value), self.bridge
            )
            self.inputs[name], self._show_value[name] = inputs, show
            rows.append(row)
        self.reset = button(
            "Reset", "Put every control back to its start", lambda b: lab.start_again()
        )
        self.code_switch = w.ToggleButton(
            value=False, description="Show as code", tooltip="The lines that make this picture"
        )
        self.code_switch.observe(lambda change: self._show_code(), "value")
        self.picture, self.sentence, self.code = NamedImage(format="png"), w.HTML(), w.HTML()
        self.notice, self.challenges, self.answer = w.HTML(), w.HTML(), w.HTML()
        self.frame = Frame(self.picture, self._touched)
        if lab.clicked:
            self.picture.add_class("bonelab-clickable")
        self.stop = button("Stop", "Give up this simulation", lambda b: self._give_up())
        self.stop.layout.display = "none"
        self.gate = Gate(lab, self._refusing) if lab.prediction else None
        self.fill = button("Whole screen", FILL, lambda b: None)  # the bridge does it
        self.fill.add_class("bonelab-fill")
        buttons = [self.reset, self.code_switch, *([self.fill] if self.bridge else [])]
        self.controls = box("bonelab-controls", *rows, box("bonelab-buttons", *buttons))
        self.right = box(
            "bonelab-picture", self.frame.box, self.answer, self.sentence, self.stop, self.notice,
            self.challenges,
        )  # fmt: skip
        head = w.HTML(
            f"<style>{SHEET}</style><b class='bonelab-title'><span class='bonelab-name'>"
            f"{escape(lab.title)}</span>.</b> "
            f"<span class='bonelab-question'>{escape(lab.question)}</span>"
        )
        trouble = [w.HTML(explained(answers().trouble))] if answers().trouble else []
        parts = [head, *([self.gate.box] if self.gate else []),
                 box("bonelab-body", self.controls, self.right), self.code, *trouble,
                 *([self.bridge] if self.bridge else [])]  # fmt: skip
        self.box = box("bonelab-lab", *parts)
        if os.environ.get("BONELAB_PROJECTOR"):
            self.box.add_class("bonelab-projector")
        self.picture.width, self.picture.height = self.frame.size(*lab.size)  # keeps its place
        self.picture.layout.display = "none"  # until there is one
        self._painting = threading.Lock()
        self._rest = Rest(self._at_rest, at_end=lab.keep)
        self._sharp = Rest(self._sharpen)
        self._ahead = Rest(self._look_ahead, AHEAD_AFTER)
        self._sliders = {control.name for control in sliders}
        self._went = None  # the slider that moved last, and from where
        if self.bridge:
            self.bridge.observe(lambda change: self._sharp.soon(), "density")
        self._waiting = Waiting(self._paint, self._told, self._ended, self._failed)
        self._shown = lab.defaults  # the values that were painted last
        self._begin()
        spare_what_stays()
        lab.observe(self._changed, "state")

    # -- from the learner ----------------------------------------------------------------------
    def _moved(self, name, value):
        before = self.lab.values[name]
        with self._refusing():
            self.lab.move(name, value)
        if worked_in() and name in self._sliders:
            self._went = name, before
            self._ahead.soon()

    def _look_ahead(self):
        """While a learner looks at a stop of a slider, compute the next one on the same way."""
        self._at_leisure(lambda: self.lab.look_ahead(*self._went))

    def _at_leisure(self, work):
        """Do what nobody asked for yet; as soon as something moves it is given up."""
        lab, here = self.lab, self.lab.values

        def report(share):
            if lab.values != here:
                raise Stopped

        if not (lab.locked or self._waiting.busy):
            with suppress(BonelabError), watching(report):  # said when the learner goes there
                work()

    def _clicked(self, x, y):
        self._touched((x, y))

    def _touched(self, where):
        with self._refusing():
            words = escape(self.lab.touch(where))
        self.answer.value = words and f"<div class='bonelab-answer' role='status'>{words}</div>"

    # -- to the learner ------------------------------------------------------------------------
    def _changed(self, change):
        old, new = change["old"], change["new"]
        was_locked = old.locked
        if _told_apart(old) == _told_apart(new):
            self._show_challenges()
            return
        self._follow(opened=was_locked != new.locked or old.guess != new.guess)
        if was_locked and not new.locked:
            self.gate.verdict.focus()  # the button that was pressed is gone; keys go on from here
        self._rest.soon()

    def _begin(self):
        """The first picture; a lab that was left where it cannot be computed goes to its start."""
        try:
            self._follow()
        except Exception as problem:
            if self.lab.values == self.lab.defaults:
                raise
            self.lab.go_back(self.lab.defaults)
            self._follow()
            self._say_refused(problem)

    def _follow(self, opened=True):
        """Bring everything in line with the lab: the picture first, it is what is looked at."""
        ready = self.lab.at_hand and not self._waiting.busy
        if self.lab.slow and not ready:
            self._waiting.ask()
        elif ready or not (live() and self.picture.value):
            self._paint()
        else:  # messages are heard again after two seconds, and then it can be stopped
            self._waiting.ask(awaited=True)
            self._waiting.wait(LONG_AFTER)
        for name, value in self.lab.values.items():
            self._show_value[name](value)
        self._grey()
        if opened and self.gate:
            self.gate.show()

    def _grey(self):
        """All controls are grey while the lab is locked, and later those that change nothing."""
        locked, idle = self.lab.locked, self.lab.idle
        for name, inputs in self.inputs.items():
            for widget in inputs:
                widget.disabled = locked or name in idle
        self.reset.disabled = self.code_switch.disabled = locked

    def _paint(self):
        """Send the picture, then the sentence (and the code if it is open)."""
        lab, values = self.lab, self.lab.values
        with nullcontext() if lab.at_hand else Slowly(self._grow_old, self._young):
            picture = lab.png()
            tell(1.0)  # what was stopped meanwhile, or is out of date, is not shown
            alt = lab.alt
            text, verdict = "" if lab.blank else lab.text, lab.verdict
        tell(1.0)
        self._young()
        self._shown = values
        with self._painting, self.picture.hold_sync():  # with its text alternative in one message
            self.picture.value = picture
            self.picture.tooltip = alt
        self.picture.layout.display = None
        self.frame.show({} if self.lab.locked else lab.picture.regions)
        self.sentence.value = sentence(text, note=GREY if lab.moved else "")
        if self.gate and verdict:
            self.gate.verdict.value = verdict
        self.notice.value = lab.notice and NOTICE.format(escape(lab.notice))
        self._show_challenges()
        self._show_code()

    def _sharpen(self):
        """Nothing moves: put a sharp picture in the place of the quick one, where it is seen."""
        before = self.lab.state
        if self._waiting.busy or not self.picture.value:
            return
        if self.bridge and self.bridge.density <= DOTS_PER_PIXEL:
            return
        picture = self.lab.png(sharp=True)
        with self._painting:
            if self.lab.state == before and not self._waiting.busy:
                self.picture.value = picture

    def _show_challenges(self):
        reached = self.lab.state.reached
        self.challenges.value = "".join(
            "<div class='bonelab-challenge{}'>{}</div>".format(
                " bonelab-reached" if challenge.goal in reached else "",
                escape(in_words(challenge.goal, reached.get(challenge.goal))),
            )
            for challenge in (() if self.lab.locked else self.lab.challenges)
        )

    def _show_code(self):
        shown = self.code_switch.value and not self.lab.locked
        self.code.value = (
            f"<pre class='bonelab-code'>{escape(self.lab.code)}</pre>" if shown else ""
        )

    def _at_rest(self):
        """Nothing has moved for a moment: a move is done, and the still copy follows."""
        if not self._waiting.busy:
            self.lab.rest()
            self._sharpen()
            self.lab.still.refresh()
            collect_at_rest()
            if worked_in() and self.lab.soon:
                self._at_leisure(lambda: self.lab.beforehand(self.lab.soon(self.lab.values)))

    @property
    def still_html(self):
        """Title, question, picture and sentence as plain HTML."""
        lab = self.lab
        head = f"<p><b>{escape(lab.title)}.</b> {escape(lab.question)}</p>"
        asked = (
            f"<p><b>Predict first.</b> {escape(lab.prediction.question)}</p>" if lab.locked else ""
        )
        verdict = f"<p>{escape(self.gate.verdict.value)}</p>" if self.gate else ""
        if not self.picture.value:
            return head + asked
        data = b64encode(self.picture.value).decode()
        picture = f"<img style='max-width:100%' src='data:image/png;base64,{data}' "
        picture += f"alt='{escape(self.picture.tooltip, quote=True)}'>"
        text = "" if lab.blank else escape(lab.text)
        return f"{head}{asked}{verdict}{picture}<p>{text}</p>"


def _told_apart(state):
    """What of a lab's state shows in its picture and its sentence."""
    return state.values, state.locked, state.guess, state.asked
