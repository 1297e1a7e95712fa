"""The bridge, Python's side: what is spoken, and that everything is there without it."""

import sys

import pytest

import bonelab as bl
from bonelab.course.asking import bridge as bridging
from bonelab.figures.cycle_picture import CyclePicture, Moment
from bonelab.labs.controls import Control
from bonelab.labs.factory import Lab
from bonelab.labs.playing import Player
from bonelab.parameters import BonelabError

DOSE = Control.slider("dose", "Dose", unit="nM", low=0.01, high=10, default=1, scale="log",
                      zero=True, play=2)  # fmt: skip
DAYS = Control.slider("days", "Days", unit="day", low=1, high=7, default=5, step=1, play=0.6)


@pytest.fixture
def no_anywidget(monkeypatch):
    bridging._kind.cache_clear()
    monkeypatch.setitem(sys.modules, "anywidget", None)
    yield
    bridging._kind.cache_clear()


def kinds(widget):
    yield type(widget).__name__
    for child in getattr(widget, "children", ()):
        yield from kinds(child)


def test_every_stop_of_a_slider_has_its_words():
    said = [words for _, words in DOSE.stops]
    assert said[:3] == ["0 nM", "0.01 nM", "0.0112 nM"]
    assert said[-1] == "10 nM"
    assert len(said) == 62, "20 a decade, both ends, and 0"
    assert [words for _, words in DAYS.stops][:2] == ["1 day", "2 days"]
    assert DAYS.stops[-1] == (7, "7 days")


def test_a_range_that_is_no_whole_number_of_steps_ends_at_its_end():
    odd = Control.slider("x", "X", low=0, high=1, default=0, step=0.3)
    assert [words for _, words in odd.stops] == ["0", "0.3", "0.6", "0.9", "1"]


def test_a_value_between_stops_is_spoken_as_it_is():
    lab = bl.labs.culture_dish().skip()
    bridge = lab.card.bridge
    lab.set(rankl=12.3)
    (place, words) = bridge.exact["bonelab-of-rankl"]
    assert (10**place, words) == (pytest.approx(12.3), "12.3 ng/ml")
    lab.reset()
    assert words not in str(bridge.exact)


def test_one_bridge_in_every_card():
    for shown in (bl.labs.culture_dish(), bl.check("1.1"), bl.predict("1.1"), bl.reveal("1.1", 3)):
        assert list(kinds(shown.box)).count("Bridge") == 1, shown


def test_without_anywidget_the_cards_are_whole(no_anywidget):
    lab = bl.labs.culture_dish().skip()
    assert lab.card.bridge is None
    for shown in (lab, bl.check("1.1"), bl.predict("1.1")):
        assert "Bridge" not in kinds(shown.box)
    before = lab.card.picture.value
    slider, box = lab.card.inputs["rankl"]
    slider.value = 2.5
    assert lab.values["rankl"] == 2.5
    assert lab.card.picture.value != before
    box.value = "10"
    assert lab.values["rankl"] == 10


# -- clicks ------------------------------------------------------------------------------------
class Unit(CyclePicture):
    regions = {"osteoclast": ("Osteoclast", (0.1, 0.2, 0.2, 0.3))}  # noqa: RUF012


def now(names, values):
    """What the picture takes: the run, on its last day."""
    return Moment(names["run"], names["run"])


def clickable():
    def clicked(values, where):
        return {"years": 9} if where == "wrong" else {"years": 2} if where == "two" else f"{where}!"

    return Lab(
        "Clicks", "What is this?", [Control.from_parameter("protocol", "years", step=1)],
        lambda years: f"run = bl.simulate(bl.woman(30), years={years})", Unit,
        sentence=lambda run, values: "Three words here.", clicked=clicked, seen=now,
    )  # fmt: skip


def test_a_region_is_a_button_over_the_picture():
    card = clickable().card
    (button,) = card.frame.buttons.values()
    assert (button.description, button.layout.left, button.layout.height) == (
        "Osteoclast", "10.00%", "30.00%",
    )  # fmt: skip
    button.click()
    assert "osteoclast!" in card.answer.value
    card._clicked(0.25, 0.5)
    assert "(0.25, 0.5)!" in card.answer.value


def test_a_click_can_move_a_control():
    lab = clickable()
    assert lab.touch("two") == ""
    assert lab.values == {"years": 2}
    with pytest.raises(BonelabError, match="years"):
        lab.touch("wrong")


def test_the_message_of_a_click_reaches_the_lab():
    card = clickable().card
    for content in ({"kind": "clicked", "x": 0.5, "y": 1}, {"kind": "other"}, "noise"):
        card.bridge._handle_custom_msg(content, [])
    assert "(0.5, 1.0)!" in card.answer.value


def test_a_locked_lab_does_not_answer():
    lab = bl.labs.culture_dish()
    lab.clicked = lambda values, where: "an answer"
    assert lab.touch("dish") == ""
    lab.skip()
    assert lab.touch("dish") == "an answer"


# -- play --------------------------------------------------------------------------------------
def test_play_moves_the_control_to_its_end_and_stops():
    moves = []
    player = Player(DAYS, moves.append)
    player.button.value = True
    assert (player.ticker.playing, player.button.description) == (True, "Pause")
    first = player.ticker.value
    assert player.value(first) == 5, "it starts where the control stands"
    for tick in range(first + 1, player.ticker.max + 1):
        player.ticker.value = tick
    assert moves[-1] == 7
    player.ticker.playing = False  # the browser's word that it is over
    assert (player.button.value, player.button.description) == (False, "Play")
    player.follow(7)
    player.button.value = True
    assert player.value(player.ticker.value) == 1, "at the end it starts anew"


def test_play_on_a_log_scale_goes_by_equal_steps():
    player = Player(DOSE, print)
    assert player.value(0) == 0
    assert player.value(player.ticker.max) == 10
    ratios = [player.value(t + 1) / player.value(t) for t in (5, 10, 15)]
    assert ratios == pytest.approx([ratios[0]] * 3, rel=0.01)


def test_a_lab_with_play_has_the_button_among_its_inputs():
    lab = Lab(
        "Play", "What now?", [Control.from_parameter("protocol", "years", step=1, play=1)],
        lambda years: f"run = bl.simulate(bl.woman(30), years={years})", CyclePicture,
        sentence=lambda run, values: "Three words here.", seen=now,
    )  # fmt: skip
    slider, box, play = lab.card.inputs["years"]
    play.value = True
    ticker = lab.card.controls.children[0].children[3]
    ticker.value = ticker.max
    assert lab.values["years"] == 6
    assert (slider.value, box.value) == (6, "6")
