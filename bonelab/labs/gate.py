"""Predict first, on screen: question, answer and Skip; then the guess beside the truth."""

from html import escape

import ipywidgets as w

from bonelab.course.asking.widgets import answer_to, box, button, resting_place

AGAIN = "Forget the guess, and put the lab back to its start"
WAIT = "Your prediction is kept. The simulation that answers the question is running."
SKIPPED = "You have skipped this question. You can still answer it."


class Gate:
    """The part of a lab's card that asks. ``show`` brings it in line with the lab.

    ``refusing()`` is the block in which an answer is taken: it tells what raises there."""

    def __init__(self, lab, refusing):
        self.lab, question = lab, lab.prediction
        text = f"<b>Predict first.</b> {escape(question.question)}"
        self.words = w.HTML(f"<div class='bonelab-predict'>{text}</div>")

        def answered(value):
            with refusing():
                lab.answer(value)

        self.answer = answer_to(question, answered)
        self.skip = button("Skip", "Open the lab without a prediction", lambda b: lab.skip())
        self.again = button("Predict again", AGAIN, lambda b: lab.predict_again())
        for quiet in (self.skip, self.again):
            quiet.add_class("bonelab-quiet")
        self.verdict = resting_place()
        self.row = box("bonelab-answers", *self.answer.widgets, self.skip)
        self.verdict_row = box("bonelab-told", self.verdict, self.again)
        self.box = box("bonelab-ask", self.words, self.row, self.verdict_row)

    def show(self):
        """The question while locked; the verdict once answered, or that it was skipped."""
        locked = self.lab.locked
        if locked:
            self.answer.clear()
        self.row.layout.display = None if locked else "none"
        self.verdict_row.layout.display = "none" if locked else None
        asked = "" if locked else SKIPPED
        if self.lab.my_guess is not None:
            asked = self.lab.verdict if self.lab.truth_at_hand else WAIT
        self.verdict.value = asked
