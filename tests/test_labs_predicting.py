"""Predict first: a lab is locked until it is answered, and remembers; goals are judged at rest."""

from dataclasses import replace

import numpy as np
import pytest
from small_lab import MANY, QUESTION, make

from bonelab.course.asking.answers_file import answers
from bonelab.course.asking.prediction import Predict
from bonelab.labs import factory
from bonelab.labs.challenge import Challenge
from bonelab.parameters import BonelabError


def test_a_lab_is_locked_until_the_learner_has_answered():
    lab = make(predict=QUESTION)
    assert lab.locked
    assert all(widget.disabled for inputs in lab.card.inputs.values() for widget in inputs)
    assert lab.card.code_switch.disabled
    assert "Predict first" in lab._repr_mimebundle_()["text/plain"]
    assert "63.2" not in str(lab._repr_mimebundle_()["text/plain"])
    said = lab.guess(40)
    assert not lab.locked
    assert "40 cells" in said
    assert "63.2 cells" in said
    assert "too low" in said
    assert "Ten times as many." in said
    assert lab.values["dose"] == 10, "the lab goes where the truth is"
    assert not any(widget.disabled for inputs in lab.card.inputs.values() for widget in inputs)
    assert lab.my_guess == 40.0


def test_the_guess_survives_a_second_run_of_the_cell_and_can_be_forgotten():
    make(predict=QUESTION).guess(40)
    again = make(predict=QUESTION)
    assert not again.locked
    assert "40 cells" in again.verdict
    assert again.predict_again().locked
    assert again.my_guess is None
    assert make(predict=QUESTION).locked


def test_skip_opens_without_a_guess():
    lab = make(predict=QUESTION).skip()
    assert not lab.locked
    assert lab.verdict == ""
    assert lab.my_guess is None


def test_set_from_code_opens_a_locked_lab():
    assert not make(predict=QUESTION).set(dose=3).locked


def test_guess_with_options():
    asked = Predict("More or fewer?", options=("more", "fewer"), values={"blocked": True},
                    truth=lambda run: "fewer" if run.final["osteoclasts"] < 1 else "more",
                    )  # fmt: skip
    lab = make(predict=asked)
    assert "“more”, but the run shows “fewer”" in lab.guess("more")
    lab.predict_again()
    assert "“fewer”, and that is what the run shows" in lab.guess(1)


@pytest.mark.parametrize("wrong", [-1, 101, "many", None, float("nan")])
def test_a_wrong_guess_is_named(wrong):
    with pytest.raises(BonelabError, match=r"^Your guess, .*number from 0 to 100 cells"):
        make(predict=QUESTION).guess(wrong)


BLANK = Predict("How many?", low=0, high=100, truth=lambda run: run.final["osteoclasts"])


@pytest.mark.parametrize("asked", [BLANK, replace(QUESTION, blank=True)], ids=["start", "told"])
def test_a_picture_that_is_the_answer_opens_with_empty_axes(asked):
    lab = make(predict=asked)
    full = make().png()
    assert lab.blank
    assert lab.png() != full
    assert np.ptp(lab.picture.dots()) > 0, "the axes are there"
    for told in (lab.alt, lab.card.sentence.value, lab.card.picture.tooltip, lab.card.still_html):
        assert "6.32" not in told
    assert lab.words == f"A test. Predict first: {asked.question}"
    lab.skip()
    assert lab.png() == full
    assert "6.32 cells" in lab.card.sentence.value
    assert "6.32 cells" in lab.alt


def test_what_to_notice_appears_with_the_picture(monkeypatch):
    monkeypatch.setattr(factory, "lab_words", lambda name: {"notice": f"Look at {name}."})
    lab = make(predict=QUESTION)
    assert lab.notice == lab.card.notice.value == ""
    lab.guess(4)
    assert lab.notice == "Look at a_test."
    assert "Look at a_test." in lab.card.notice.value
    assert lab.card.notice.value.startswith("<details><summary>"), "first try, then open it"


FEW = Challenge("Make fewer than 1.", lambda run, values: run.final["osteoclasts"] < 1)


def test_a_lab_judges_its_challenges_and_counts_the_moves():
    lab = make(challenges=(MANY, FEW))
    assert "○ Make more than 30 cells." in lab.card.challenges.value
    lab.set(dose=2).set(dose=2)  # a control that stays where it is has not moved
    lab.set(dose=4)
    assert lab.state.reached == {}
    lab.set(dose=6)
    assert lab.state.reached == {MANY.goal: 3}
    assert "✓ Make more than 30 cells. Reached in 3 moves." in lab.card.challenges.value
    lab.set(dose=5)
    assert lab.state.reached == {MANY.goal: 3}, "once reached, it stays"
    lab.reset()
    lab.set(blocked=True)
    assert lab.state.reached == {MANY.goal: 3, FEW.goal: 1}
    assert "Reached in 1 move." in lab.card.challenges.value
    assert make(challenges=(MANY,)).state.reached == {MANY.goal: 3}, "kept"


def test_to_look_is_no_move_and_computes_nothing():
    lab = make(looking=("loss",))
    lab.set(dose=8)
    assert lab.state.moves == 1
    lab.set(loss=0.4)
    assert lab.state.moves == 1
    lab.set(dose=6)
    assert lab.state.moves == 2


def kept(lab):
    """What the file of answers holds of a lab."""
    told = answers().get("labs", lab.name)
    return told and {name: value for name, value in told.items() if name != "when"}


def test_what_is_kept_of_a_lab():
    """Nothing of an untouched one; the guess with what the run gave; what was skipped; goals."""
    lab = make(predict=QUESTION)
    lab.keep()
    assert kept(lab) is None
    lab.guess(60)
    told = kept(lab)["prediction"]
    assert told == {
        "question": QUESTION.question, "unit": "cells", "answer": 60,
        "run": pytest.approx(lab.run.final["osteoclasts"]),
    }  # fmt: skip
    assert kept(lab)["settings"] == {"dose": 10}
    lab.predict_again()
    lab.skip()
    assert kept(lab)["prediction"] == {
        "question": QUESTION.question, "unit": "cells", "skipped": True,
    }  # fmt: skip
    goals = make(challenges=(MANY,), name="goals")
    goals.set(dose=9)
    assert kept(goals) == {"settings": {"dose": 9}, "challenges": {MANY.goal: 1}}
    goals.reset()
    assert kept(goals) == {"settings": {}, "challenges": {MANY.goal: 1}}
    plain = make(name="plain")
    plain.set(dose=9).reset()
    assert kept(plain) is None


def test_a_slow_lab_keeps_the_guess_without_running_it():
    lab = make(predict=QUESTION, slow="Growing cells", name="slow one")
    lab.answer(60)
    assert "run" not in kept(lab)["prediction"]
    assert kept(lab)["prediction"]["answer"] == 60


def test_a_goal_is_reached_once_and_the_move_is_told():
    lab = make(challenges=(MANY,))
    lab.set(dose=2)
    assert lab.state.reached == {}
    lab.set(dose=8).set(dose=1).set(dose=9)
    assert lab.state.reached == {MANY.goal: 2}
    lab.rest()
    assert lab.state.moves == 4, "nothing has moved since"


def test_the_guess_is_drawn_where_it_is_a_number():
    lab = make(predict=QUESTION)
    drawn = []
    lab.picture.guess = drawn.append
    lab.guess(60)
    lab.predict_again()
    assert drawn == [60, None]
    words = make(predict=Predict("More?", options=("yes", "no"), truth=lambda run: "no"))
    words.picture.guess = drawn.append
    words.guess("yes")
    assert drawn == [60, None]


def test_a_lab_begins_as_it_was_left_and_passes_over_what_no_longer_fits():
    lab = make(predict=QUESTION, name="left")
    lab.guess(60)
    lab.set(dose=3)
    again = make(predict=QUESTION, name="left")
    assert (again.my_guess, again.values["dose"], again.locked) == (60, 3, False)
    changed = replace(QUESTION, question="Another?")
    other = make(predict=changed, name="left")
    assert (other.my_guess, other.locked) == (None, True)
    assert other.values == other.defaults
