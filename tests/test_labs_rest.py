"""What has come to rest counts as a move."""

import threading
import time

import pytest
from small_lab import MANY, make

from bonelab.labs import rest as rest_module
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


class Clock:
    """A clock that only a sleep of this thread moves on; ``during`` is called amid a sleep."""

    def __init__(self, during=()):
        self.now, self.slept, self._during = 100.0, [], list(during)
        self._own = threading.get_ident()

    def monotonic(self):
        return self.now if threading.get_ident() == self._own else time.monotonic()

    def sleep(self, seconds):
        if threading.get_ident() != self._own:  # a card of an earlier test comes to rest
            time.sleep(seconds)
            return
        self.slept.append(round(seconds, 6))
        self.now += seconds / 2
        if self._during:
            self._during.pop(0)()
        self.now += seconds / 2


def test_rest_is_told_once_and_as_long_after_the_last_move_as_it_says(monkeypatch):
    """A move in the middle of the first 0.6 s: rest is 0.6 s after that one, so 0.3 s later."""
    told = []
    still = Rest(lambda: told.append(clock.now))
    clock = Clock(during=[still.soon])
    monkeypatch.setattr(rest_module, "time", clock)
    still._waiting = True  # the work of its thread is done here
    still.soon()
    still._wait()
    assert clock.slept == [0.6, 0.3]
    assert told == [pytest.approx(100.9)]
    assert not still._waiting
    assert (rest_module.STILL_AFTER, rest_module.AHEAD_AFTER) == (0.6, 0.1)


def test_a_thread_waits_for_the_rest():
    done = threading.Event()
    still = Rest(done.set, after=0.0)
    for _ in range(2):
        still.soon()
        assert done.wait(60)
        done.clear()


def test_where_python_ends_what_waits_is_told_at_the_end():
    told = []
    rest = Rest(lambda: told.append("rest"), after=3600, at_end=lambda: told.append("end"))
    rest.end()
    assert told == [], "nothing had moved"
    rest.soon()
    rest.end()
    assert told == ["end"]
