"""The one factory that builds every lab: controls, picture, sentence, prediction, code.

A lab module holds one function, its picture stands in ``bonelab/figures/``; this is a whole,
minimal lab (``bonelab/labs/culture_dish.py`` has more of everything)::

    import bonelab as bl
    from bonelab.figures.panels import Curves, Panel
    from bonelab.labs.controls import Control
    from bonelab.labs.factory import Lab
    from bonelab.course.asking.prediction import Predict


    class DishPicture(Curves):
        xlabel, xlim = "days", (0, 7)
        panels = (
            Panel("Osteoclasts", ("osteoclasts",), "per precursor", (0, 0.1)),
            Panel("Signals", ("NF-kB", "NFATc1"), "model units", (0, 4)),
        )


    def culture_dish():
        \"\"\"A dish of bone-marrow cells; how much RANKL makes an osteoclast?\"\"\"
        return Lab(
            title="Culture dish",
            question="How much RANKL does it take to make an osteoclast?",
            controls=[
                Control.from_parameter("protocol", "dish_RANKL", name="rankl"),
                Control.choice("block", "Block", options={"nothing": (), "Akt": "Akt"}),
            ],
            lines=lambda rankl, block: (
                f"run = bl.forward.culture('{rankl} ng/ml', block={block!r})"
            ),
            picture=DishPicture,
            predict=Predict(
                "Akt is blocked. How many osteoclasts do 1,000 precursors become?",
                low=0, high=100, unit="osteoclasts", values={"block": "Akt"},
                truth=lambda run: round(1000 * run.final["osteoclasts"]),
            ),
        )

and one line in ``bonelab/labs/__init__.py``. Then, with or without a browser::

    lab = bl.labs.culture_dish()
    lab                                 # shows it
    lab.set(rankl=10)                   # moves a control
    lab.values, lab.run, lab.text       # what is set, the result, the live sentence
    lab.code                            # the lines that made it
    lab.guess(40), lab.skip()           # answer "predict first", or pass over it
"""

import threading
from functools import cached_property

from traitlets import Any, HasTraits

from bonelab.course.asking.bank import lab_words
from bonelab.course.asking.question_card import Shown
from bonelab.parameters import refuse

from .computing import Computing
from .moving import Moving
from .predicting import Predicting, State

MOST_CONTROLS = 5


class Lab(Moving, Predicting, Computing, Shown, HasTraits):
    """Something to play with: at most five controls, one picture, one sentence.

    Everything that can change is in the trait ``state``; what shows the lab observes that.

    Parameters
    ----------
    title, question : what it is; the question a learner answers with it
    controls : list of :class:`~bonelab.labs.controls.Control`, order: subject, disease, drug, view
    lines : called with the controls' values by name, returns the lines of Python that the lab runs
        and shows; they call what comes out ``run``
    picture : class (or function of a result) that gives a :class:`~bonelab.figures.canvas.Picture`
    sentence : ``sentence(result, values)`` -> one sentence; default ``result.summary()``
    seen : ``seen(names, values)`` -> what picture and sentence take, from the names that the lines
        made; default the run
    predict : a :class:`~bonelab.course.asking.prediction.Predict` that locks the lab until answered
    challenges : some :class:`~bonelab.labs.challenge.Challenge`, which the lab judges by itself
    clicked : ``clicked(values, where)`` -> words to show, or values to set; ``where`` is the id of
        one of the picture's ``regions``, or x and y as shares of the picture
    slow : what the lab is doing in a run that may take seconds, such as "Simulating 400 women"; it
        is then computed beside the widgets' messages
    name : its name in the file of answers and of questions; default the title's words
    idle : ``idle(values)`` -> the names of controls that change nothing at this setting
    looking : names of controls that choose what is looked at; to move one is no move
    sticky : names of switches that a learner cannot turn off again, such as tests that are paid
    soon : ``soon(values)`` -> values whose run takes long and is likely to be asked for, so that it
        is computed while nothing moves

    Raises BonelabError for more than five controls or two of the same name.
    """

    state = Any(State())

    def __init__(
        self,
        title,
        question,
        controls,
        lines,
        picture,
        *,
        sentence=None,
        seen=None,
        predict=None,
        challenges=(),
        clicked=None,
        slow=False,
        name=None,
        idle=None,
        looking=(),
        sticky=(),
        soon=None,
    ):
        super().__init__()
        if len(controls) > MOST_CONTROLS:
            names = ", ".join(control.name for control in controls)
            refuse(
                "controls", names, f"a lab has at most {MOST_CONTROLS}, so that one can learn it."
            )
        self.title, self.question, self.prediction = title, question, predict
        self.controls = {control.name: control for control in controls}
        if len(self.controls) < len(controls):
            refuse("controls", [c.name for c in controls], "two controls have the same name.")
        self._lines, self._make_picture = lines, picture
        self._sentence, self._seen = sentence, seen or (lambda names, values: names["run"])
        self.challenges, self.slow, self.clicked = tuple(challenges), slow, clicked
        self.name = name or title.lower().replace(" ", "_")
        self._idle, self._looking = idle or (lambda values: ()), frozenset(looking)
        self._sticky, self.soon = frozenset(sticky), soon
        # Messages may come on several threads: one lock for what is set, one for what is computed.
        self._runs, self._shown, self._views = {}, {}, {}
        self.lock, self._computing = threading.RLock(), threading.RLock()
        self._restore()

    # -- what is set, and what comes of it -----------------------------------------------------
    @property
    def defaults(self):
        """The values a lab starts with; their result is the grey baseline."""
        return {name: control.default for name, control in self.controls.items()}

    @property
    def values(self):
        """The values now set, by control name (a copy)."""
        return dict(self.state.values)

    @property
    def moved(self):
        """The values that are not at their start."""
        start = self.defaults
        return {name: value for name, value in self.values.items() if value != start[name]}

    @property
    def idle(self):
        """The names of the controls that change nothing as the lab is set now."""
        return frozenset(self._idle(self.values))

    # -- picture -------------------------------------------------------------------------------
    @cached_property
    def picture(self):
        """The lab's picture, drawn on first use, with the baseline in grey and the guess."""
        with self._computing:
            start = self._compute(self.defaults)[1]
            picture = self._make_picture(start)
            picture.ghost(start)
            if self.state.guess is not None and self.prediction.number:
                picture.guess(self.state.guess)
            return picture

    @property
    def size(self):
        """Width and height of the picture in units of 100 screen pixels, known before it is."""
        return getattr(self._make_picture, "size", None) or self.picture.size

    def png(self, sharp=False):
        """The picture of what is set now, as PNG bytes; empty axes while it is an answer.

        ``sharp`` : with more dots, for a picture at rest"""
        if not sharp:
            return self._view(self.values)[0]
        with self._computing:
            return self._drawn().png(sharp)

    def dots(self):
        """The same as an array of bytes: see :meth:`bonelab.figures.canvas.Picture.dots`."""
        with self._computing:
            return self._drawn().dots()

    def _drawn(self):
        return self._drawn_of(self.seen)

    def _drawn_of(self, seen):
        (self.picture.blank if self.blank else self.picture.reveal)()
        self.picture.update(seen)
        return self.picture

    def figure(self):
        """The matplotlib figure of what is set now, for documents."""
        with self._computing:
            picture = self._drawn()
            for artist in picture.moving:
                artist.set_animated(False)
            picture.restart()
            return picture.figure

    # -- on screen -----------------------------------------------------------------------------
    @cached_property
    def card(self):
        """The widgets (made on first use). ``lab.card.inputs["rankl"]`` are a control's."""
        from .card import Card

        return Card(self)

    @property
    def box(self):
        """The widget to display."""
        return self.card.box

    @property
    def words(self):
        """Title and sentence, or the question that comes first."""
        says = f"Predict first: {self.prediction.question}" if self.locked else self.text
        return f"{self.title}. {says}"

    @property
    def notice(self):
        """What to notice, from the file of questions; "" while the lab is locked."""
        return "" if self.locked else lab_words(self.name).get("notice", "")

    @property
    def still_html(self):
        """What the lab shows, without anything that can be moved."""
        return self.card.still_html

    @property
    def still_png(self):
        """The picture that is on screen now."""
        return self.card.picture.value

    def __repr__(self):
        return f"<Lab {self.title!r}: {self.values}>"
