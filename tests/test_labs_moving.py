"""A setting that cannot be computed is refused in words, and the lab stays as it was."""

import numpy as np
import pytest
from small_lab import QUESTION, lines, make, until
from test_labs_words import LABS

from bonelab.labs import card as card_module
from bonelab.labs import telling
from bonelab.labs.playing import Player
from bonelab.parameters import BonelabError

NAMES = list(LABS)
ODD = (np.nan, np.inf, -np.inf, 1e99, -1e99, "", "much", "1e999", None, [1, 2], {}, b"1", object())


def stands(lab):
    """All that a learner sees of a lab, and what it is set to."""
    card = lab.card
    inputs = {
        name: [getattr(widget, "value", None) for widget in widgets]
        for name, widgets in card.inputs.items()
    }
    seen = bytes(card.picture.value), card.picture.tooltip, "bonelab-old" in card.right._dom_classes
    return lab.values, lab.png(), lab.text, lab.state.reached, inputs, seen, lab.code


def another(lab):
    """A setting of one control at which other lines run, as (name, value)."""
    for name, control in lab.controls.items():
        for value in map(control.check, control.samples(np.random.default_rng(5))):
            values = lab.values | {name: value}
            if name not in lab.idle and lab._code_for(values) != lab.code:
                yield name, value
                break


def turn(lab, name, value):
    """Move a control as a key or a mouse does, and by its box where it has one."""
    control, (widget, *boxes) = lab.controls[name], lab.card.inputs[name]
    if control.kind != "slider":
        yield lambda: setattr(widget, "value", value)
        return
    yield lambda: setattr(widget, "value", control.position(value))
    yield lambda: setattr(boxes[0], "value", f"{value:.6g}")


def broken(lab, problem):
    """From now on every run that is new raises."""

    def execute(code):
        raise problem

    lab._executed = execute


PROBLEMS = (BonelabError("the run did not settle."), ZeroDivisionError("division by zero"))


@pytest.mark.parametrize("live", [False, True], ids=["document", "live"])
@pytest.mark.parametrize("name", NAMES)
def test_what_cannot_be_computed_leaves_the_lab_as_it_was(name, live, monkeypatch):
    monkeypatch.setattr(card_module, "live", lambda: live)
    lab = LABS[name]().skip().reset()
    card = lab.card
    until(lambda: card.picture.value and not card._waiting.busy)
    before, (problem, *_) = stands(lab), PROBLEMS
    broken(lab, problem)
    for control, value in another(lab):
        with pytest.raises(BonelabError, match="did not settle"):
            lab.set(**{control: value})
        assert stands(lab) == before
        for act in turn(lab, control, value):
            card.sentence.value = ""
            if lab.slow:
                act()
                until(lambda: telling.REFUSED in card.sentence.value and not card._waiting.busy)
            else:
                with pytest.raises(BonelabError, match="did not settle"):
                    act()
            assert f"{telling.REFUSED}the run did not settle." in card.sentence.value
            assert stands(lab) == before
    del lab._executed
    name, value = next(another(lab))
    lab.set(**{name: value})
    until(lambda: card.picture.value != before[5][0])
    assert telling.REFUSED not in card.sentence.value
    lab.reset()


@pytest.mark.parametrize("name", NAMES)
def test_odd_values_are_refused_for_every_control(name):
    lab = LABS[name]().skip().reset()
    before = lab.values
    for control in lab.controls:
        for odd in ODD:
            for act in (lambda: lab.move(control, odd), lambda: lab.set(**{control: odd})):  # noqa: B023
                with pytest.raises(BonelabError, match=control):
                    act()
                assert lab.values == before
    with pytest.raises(BonelabError, match="nonsense"):
        lab.move("nonsense", 1)
    assert lab.values == before


@pytest.mark.parametrize("problem", PROBLEMS)
def test_without_a_card_too(problem):
    lab = make()
    broken(lab, problem)
    for act in (lambda: lab.set(dose=2), lambda: lab.move("dose", 2)):
        with pytest.raises(type(problem)):
            act()
        assert lab.values == lab.defaults
        assert (lab.state.moves, lab.state.rests) == (0, ())


def test_a_sentence_that_fails_is_refused_as_a_run_is():
    def says(run, values):
        return f"There are {1 / (values['dose'] - 2):.3g} of them."

    lab = make(sentence=says)
    before = stands(lab)
    with pytest.raises(ZeroDivisionError):
        lab.set(dose=2)
    with pytest.raises(ZeroDivisionError):
        lab.card.inputs["dose"][1].value = "2"
    assert stands(lab) == before
    assert "division by zero. " not in lab.card.sentence.value
    assert f"{telling.REFUSED}float division by zero.</div>" in lab.card.sentence.value
    assert "There are -1 of them." in lab.card.sentence.value, "what the picture shows stands below"


def test_a_click_that_cannot_be_computed_is_refused_whole():
    lab = make(clicked=lambda values, where: {"dose": 2, "loss": 0.5})
    before = stands(lab)
    broken(lab, PROBLEMS[0])
    with pytest.raises(BonelabError):
        lab.card._touched("there")
    assert stands(lab) == before
    assert "did not settle" in lab.card.sentence.value
    del lab._executed
    lab.card._touched("there")
    assert (lab.values["dose"], lab.values["loss"]) == (2, 0.5)


def test_a_film_ends_where_it_cannot_go_on():
    lab = make()
    seen = []

    def move(value):
        seen.append(value)
        if value > 5:
            raise PROBLEMS[0]

    player = Player(lab.controls["loss"].__class__.slider(
        "days", "Days", low=0, high=10, default=0, step=1, tooltip="How long", play=1,
    ), move)  # fmt: skip
    player.button.value = True
    player.ticker.value = 2
    with pytest.raises(BonelabError):
        player.ticker.value = 8
    assert not player.ticker.playing
    player.ticker.value = 9
    assert seen == [2, 8]


def test_a_lab_that_was_left_where_it_cannot_be_computed_begins_at_its_start():
    first = make(name="left")
    first.set(dose=3)

    def fragile(dose, **values):
        if dose == 3:
            raise BonelabError("three is too much.")
        return lines(dose=dose, **values)

    again = make(name="left", lines=fragile)
    assert again.values["dose"] == 3
    assert "6.32 cells" in again.card.sentence.value
    assert "three is too much." in again.card.sentence.value
    assert again.values == again.defaults
    with pytest.raises(BonelabError):
        make(lines=lambda **values: fragile(dose=3)).card  # noqa: B018  its start cannot be shown


def test_a_question_stays_locked_where_its_answer_cannot_be_computed():
    lab = make(predict=QUESTION)
    lab.card.gate.answer.box.value = "60"
    broken(lab, PROBLEMS[0])
    lab.card.gate.answer.button.click()  # ipywidgets writes down what a button raises
    assert lab.locked
    assert lab.my_guess is None
    assert "did not settle" in lab.card.sentence.value
    del lab._executed
    lab.card.gate.answer.box.value = "60"
    lab.card.gate.answer.button.click()
    assert not lab.locked
