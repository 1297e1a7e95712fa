"""Whatever a lab computes: it is told, the old picture is marked, it can be stopped, nothing waits.

On a machine that is slow enough any lab takes seconds. Here the run of every lab takes as long as
the test wants, because it waits at a gate."""

import threading
from html import unescape

import numpy as np
import pytest
from small_lab import MANY, QUESTION, make, until
from test_labs_moving import another, turn
from test_labs_words import LABS

from bonelab.labs import card as card_module
from bonelab.labs import waiting
from bonelab.labs.slowly import Slowly
from bonelab.labs.telling import STOPPED
from bonelab.simulation.progress import tell


@pytest.fixture
def at_once(monkeypatch):
    """A kernel in which everything counts as long."""
    monkeypatch.setattr(card_module, "live", lambda: True)
    monkeypatch.setattr(card_module, "LONG_AFTER", 0.0)
    monkeypatch.setattr(waiting, "SILENT_AFTER", 0.0)
    monkeypatch.setattr(card_module, "Slowly", lambda *two: Slowly(*two, after=0.0))


class Gate:
    """Lets a lab's runs begin only when it is opened; with ``tells`` they say how far they are."""

    def __init__(self, lab, tells=False):
        self.opened, self.begun, execute = threading.Event(), threading.Event(), lab._executed

        def wait(code):
            self.begun.set()
            assert self.opened.wait(600)
            if tells:
                tell(0.5)
            return execute(code)

        lab._executed = wait


@pytest.mark.parametrize("name", LABS)
def test_every_lab_says_that_it_works_can_be_stopped_and_goes_on(name, at_once):
    lab = LABS[name]().skip().reset()
    card = lab.card
    until(lambda: card.picture.value and not card._waiting.busy)
    before, words, gate = card.picture.value, card.sentence.value, Gate(lab)
    control, value = next(another(lab))
    move = next(turn(lab, control, value))
    move()  # comes back, although nothing is computed yet
    assert lab.values[control] == pytest.approx(value) or isinstance(value, str)
    until(lambda: card.stop.layout.display is None and "<progress" in card.sentence.value)
    assert "bonelab-old" in card.right._dom_classes
    assert f"{lab.doing} …" in card.sentence.value
    assert (card.picture.value, card._waiting.busy) == (before, True)
    card.stop.click()
    assert STOPPED in card.sentence.value, "at once, although the run does not hear it"
    assert card.stop.layout.display == "none"
    gate.opened.set()
    until(lambda: not card._waiting.busy)
    assert card.picture.value == before, "what was stopped is not shown"
    assert "bonelab-old" in card.right._dom_classes
    lab.reset()
    until(lambda: card.sentence.value == words)
    move()
    until(lambda: card.picture.value != before)
    until(lambda: not card._waiting.busy)
    assert "bonelab-old" not in card.right._dom_classes
    assert lab.text in unescape(card.sentence.value)
    lab.reset()


def test_the_newest_of_three_moves_is_shown_and_the_others_never(at_once):
    lab = make()
    card, gate, seen = lab.card, None, []
    gate = Gate(lab)
    card.picture.observe(lambda change: seen.append(lab.values["dose"]), "value")
    for dose in (2.0, 3.0, 5.0):
        card.inputs["dose"][0].value = dose
    gate.opened.set()
    until(lambda: "31.6 cells" in card.sentence.value)
    until(lambda: not card._waiting.busy)
    assert seen == [5.0]


def test_a_run_that_is_quick_enough_is_shown_before_the_move_ends(monkeypatch):
    monkeypatch.setattr(card_module, "live", lambda: True)
    monkeypatch.setattr(card_module, "LONG_AFTER", None)  # as long as it takes
    lab = make()
    lab.card.inputs["dose"][0].value = 2.0
    assert "12.6 cells" in lab.card.sentence.value
    assert not lab.card._waiting.busy
    assert "bonelab-old" not in lab.card.right._dom_classes


def test_a_run_that_was_overtaken_can_be_stopped_with_the_one_that_waits_for_it(at_once):
    lab = make()
    card, ran = lab.card, []
    gate, waited = Gate(lab), lab._executed
    lab._executed = lambda code: ran.append(code) or waited(code)
    for dose in (2.0, 3.0):
        card.inputs["dose"][0].value = dose
        until(lambda: card.stop.layout.display is None)
        assert gate.begun.wait(600)
    card.stop.click()
    gate.opened.set()
    until(lambda: not card._waiting.busy)
    assert len(ran) == 1, "what waited is not begun"
    assert STOPPED in card.sentence.value


def test_after_a_stop_the_next_move_is_shown(at_once):
    lab = make()
    card, gate = lab.card, Gate(lab)
    card.inputs["dose"][0].value = 2.0
    card.stop.click()
    card.inputs["dose"][0].value = 4.0
    gate.opened.set()
    until(lambda: "25.3 cells" in card.sentence.value)
    until(lambda: not card._waiting.busy)
    assert STOPPED not in card.sentence.value


def test_an_answer_waits_for_its_run_and_nothing_else_does(at_once):
    lab = make(predict=QUESTION)
    card, gate = lab.card, Gate(lab)
    card.gate.answer.box.value = "60"
    card.gate.answer.button.click()
    assert not lab.locked
    assert "Your prediction is kept" in card.gate.verdict.value
    gate.opened.set()
    until(lambda: "You predicted 60 cells" in card.gate.verdict.value)


def test_a_goal_that_takes_long_to_judge_holds_up_no_move():
    begun, judged = threading.Event(), threading.Event()

    def reached(run, values):
        begun.set()
        assert judged.wait(600)
        return MANY.reached(run, values)

    lab = make(challenges=[MANY.__class__(MANY.goal, reached)])
    lab.move("dose", 8.0)
    resting = threading.Thread(target=lab.rest)
    resting.start()
    assert begun.wait(600)
    lab.move("dose", 2.0)  # would wait for ever
    judged.set()
    resting.join(600)
    assert (lab.state.moves, lab.state.reached) == (1, {MANY.goal: 1})
    assert (lab.values["dose"], lab.state.rested["dose"]) == (2.0, 8.0)
    lab.rest()
    assert lab.state.moves == 2


def test_what_was_judged_before_a_reset_does_not_count_after_it():
    begun, judged = threading.Event(), threading.Event()

    def reached(run, values):
        begun.set()
        return judged.wait(600)

    lab = make(challenges=[MANY.__class__(MANY.goal, reached)])
    lab.move("dose", 8.0)
    resting = threading.Thread(target=lab.rest)
    resting.start()
    assert begun.wait(600)
    lab.reset()
    judged.set()
    resting.join(600)
    assert (lab.state.moves, lab.state.rests, lab.state.reached) == (0, (), {})


def test_at_rest_a_lab_computes_what_will_take_long_and_gives_it_up_when_something_moves(
    monkeypatch,
):
    monkeypatch.setattr(card_module, "worked_in", lambda: True)
    lab = make(soon=lambda values: values | {"blocked": True})
    card, gate = lab.card, Gate(lab, tells=True)
    ahead = threading.Thread(target=card._at_rest)
    ahead.start()
    assert gate.begun.wait(600)
    assert lab.png(), "what is kept is shown meanwhile"
    assert lab._computing.acquire(timeout=600), "and what is new need not wait either"
    lab._computing.release()
    del lab._executed
    lab.move("dose", 2.0)
    gate.opened.set()
    ahead.join(600)
    coming = lab._code_for(lab.defaults | {"blocked": True})
    assert coming not in lab._runs
    lab.move("dose", 1.0)
    card._at_rest()
    assert coming in lab._runs
    assert lab.values == lab.defaults, "nothing has moved"


def test_the_second_year_of_a_trial_is_computed_ahead(monkeypatch):
    import bonelab as bl
    from bonelab.simulation import trial

    monkeypatch.setattr(trial, "_ARMS", {})
    lab = bl.labs.virtual_trial().skip().reset()
    soon = lab.soon(lab.values)
    assert soon == lab.defaults | {"months": 24}
    lab.beforehand(soon)
    arms = dict(trial._ARMS)
    assert {years for _, _, years in arms} == {2}
    for months in (18, 24):
        assert np.isfinite(lab.run_at(lab.values | {"months": months})["p"]).all()
    assert list(trial._ARMS) == list(arms), "no woman was simulated again"
