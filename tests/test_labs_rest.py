"""What has come to rest counts as a move."""

import threading

from small_lab import MANY, make

from bonelab.labs.rest import Rest


def test_on_screen_a_move_counts_when_the_control_rests():
    lab = make(challenges=(MANY,))
    slider = lab.card.inputs["dose"][0]
    for value in (2.0, 4.0, 6.0):
        slider.value = value
    assert lab.state.moves == 0
    lab.rest()
    assert lab.state.moves == 1
    assert lab.state.reached == {MANY.goal: 1}


def test_what_comes_to_rest_counts_as_a_move():
    lab = make()
    card = lab.card
    lab.move("dose", 5.0)
    assert lab.state.moves == 0
    card._at_rest()
    assert lab.state.moves == 1, "nothing is computed any more"


def test_rest_is_told_once_after_the_last_move():
    told, done = [], threading.Event()
    rest = Rest(lambda: told.append(1) or done.set(), after=0.05)
    for _ in range(5):
        rest.soon()
    assert done.wait(60)
    assert told == [1]
    done.clear()
    rest.soon()
    assert done.wait(60)
    assert told == [1, 1]


def test_where_python_ends_what_waits_is_told_at_the_end():
    told = []
    rest = Rest(lambda: told.append("rest"), after=3600, at_end=lambda: told.append("end"))
    rest.end()
    assert told == [], "nothing had moved"
    rest.soon()
    rest.end()
    assert told == ["end"]
