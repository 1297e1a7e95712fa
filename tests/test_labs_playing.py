"""The film of a slider."""

import pytest

import bonelab as bl
from bonelab.labs.controls import Control
from bonelab.labs.playing import Player


def test_a_film_of_what_is_counted_goes_from_one_whole_number_to_the_next():
    control = Control.from_parameter("protocol", "trials", step=1, play=8)
    player = Player(control, None)
    shown = [player.value(tick) for tick in range(81)]
    assert [control.check(value) for value in shown] == shown
    assert sorted(set(shown)) == list(range(1, 41))


class Moved(list):
    """The values that a film has shown."""


def film(low=0.0, high=10.0, scale="linear", **more):
    """A player of two seconds, so of twenty ticks, and what it has moved to."""
    moved = Moved()
    control = Control.slider(
        "dose", "Dose", unit="nM", low=low, high=high, default=low, scale=scale, play=2,
        tooltip="How much", **more,
    )  # fmt: skip
    return Player(control, moved.append), moved


def test_a_film_goes_from_low_to_high_in_its_seconds():
    """Two seconds at ten pictures a second are twenty ticks; halfway the value is in the middle."""
    player, moved = film(step=0.5)
    assert (player.ticker.min, player.ticker.max, player.ticker.interval) == (0, 20, 100)
    assert [player.value(tick) for tick in (0, 10, 20)] == [0, 5, 10]
    decades, _ = film(low=0.01, high=100.0, scale="log")
    assert [decades.value(tick) for tick in (0, 5, 10, 20)] == [0.01, 0.1, 1, 100]
    player.button.value = True
    assert player.ticker.playing
    assert player.button.description == "Pause"
    player.ticker.value = 4
    assert moved == [2.0]
    player.button.value = False
    assert not player.ticker.playing
    assert player.button.description == "Play"
    player.ticker.value = 6
    assert moved == [2.0], "a tick that comes late moves nothing"


def test_a_film_begins_where_the_control_stands():
    player, _ = film(step=0.5)
    player.follow(5.2)
    player.button.value = True
    assert player.ticker.value == 10
    player.ticker.playing = False
    assert player.button.value is False, "the film has ended"
    player.follow(10.0)
    player.button.value = True
    assert player.ticker.value == 0, "from its end it begins anew"
    assert player.button.tooltip == "Move “Dose” from low to high"
    assert [player.tick(value) for value in (0.0, 0.49, 5.0, 9.99, 10.0)] == [0, 0, 10, 19, 20]


def test_a_film_shows_only_values_at_which_the_handle_can_stand():
    films = [
        control
        for name in ("coupling", "remodelling_cycle", "virtual_trial")
        for control in getattr(bl.labs, name)().controls.values()
        if control.play
    ]
    assert len(films) >= 3
    for control in films:
        player = Player(control, lambda value: None)
        shown = [player.value(tick) for tick in range(player._last + 1)]
        steps = [(value - control.low) / control.step for value in shown[:-1]]
        assert steps == pytest.approx([round(step) for step in steps], abs=1e-9), control.name
        assert shown == sorted(shown)
        assert (shown[0], shown[-1]) == (control.low, control.high)
