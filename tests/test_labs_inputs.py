"""The widgets of a control: slider, box for numbers, list."""

from small_lab import make

from bonelab.labs import elsewhere
from bonelab.labs.controls import Control
from bonelab.labs.inputs import build


def test_moving_a_slider_moves_picture_sentence_box_and_code():
    lab = make()
    card = lab.card
    slider, number = card.inputs["dose"]
    before = card.picture.value
    card.code_switch.value = True
    slider.value = 2.0
    assert lab.values["dose"] == 2.0
    assert number.value == "2"
    assert card.picture.value != before
    assert bytes(card.picture.value).startswith(b"\x89PNG")
    assert "12.6 cells" in card.sentence.value
    assert "12.6 cells" in card.picture.tooltip
    assert "grow(dose=2" in card.code.value
    number.value = "5"
    assert slider.value == 5.0
    assert "31.6 cells" in card.sentence.value


def test_a_browser_that_moves_the_handle_to_a_stop_leaves_the_value_exact():
    lab = make().set(dose=0.4)
    slider, number = lab.card.inputs["dose"]
    slider.value = 10**-0.4  # what a browser sends back: the nearest stop, 0.398
    assert lab.values["dose"] == 0.4
    assert number.value == "0.4"
    slider.value = 10**-0.35  # the learner's next step to the right
    assert lab.values["dose"] == float(number.value) == 0.447
    slider.value = 10**-0.4
    assert lab.values["dose"] == float(number.value) == 0.398


def test_a_number_midway_between_two_stops_stays_as_it_was_typed():
    lab = elsewhere("calcium")
    slider, number = lab.card.inputs["absorption"]
    for typed, stop, value in (("7,5", 8, 7.5), ("8,5 mmol/day", 9, 8.5), ("8.4", 8.4, 8.4)):
        number.value = typed
        assert (lab.values["absorption"], slider.value) == (value, stop)
    number.value = "7,5"
    slider.value = 7  # the learner's step to the left, from the stop at 8
    assert (lab.values["absorption"], number.value) == (7, "7")


def test_what_a_typed_unit_stands_for_is_told_with_its_unit():
    days = elsewhere("immune").card.inputs["antigen_days"][1]
    days.value = "1 week"
    assert days.value == "7"
    read = Control.slider("days", "Days", unit="day", low=0, high=30, default=5).read
    assert read("1 week") == (7, "1 week is 7 days.")
    assert read("24 h") == (1, "24 h is 1 day.")


def test_a_control_has_a_film_where_it_says_so_and_names_for_screen_readers():
    lab = make()
    slider, number = lab.card.inputs["dose"]
    assert number.description == "Dose (nM), as a number"
    assert slider.description == "Dose (nM)"
    assert len(lab.card.inputs["dose"]) == 2, "no film was asked for"
    shown = Control.slider("dose", "Dose", low=0, high=10, default=1, play=4)
    box, _, parts = build(shown, lambda value: None)
    assert [type(part).__name__ for part in parts[2:]] == ["ToggleButton"]
    assert "bonelab-control" in box._dom_classes


def test_a_value_from_code_moves_the_slider_and_calls_nobody():
    moved = []
    control = Control.slider("dose", "Dose", low=0.0, high=10.0, default=1.0, step=0.5)
    _, show, (slider, number) = build(control, moved.append)
    show(4.0)
    assert (slider.value, number.value, moved) == (4.0, "4", [])
    slider.value = 6.5
    assert (number.value, moved) == ("6.5", [6.5])
    number.value = "2"
    assert moved == [6.5, 2.0]
    options = Control.choice("blocked", "Blocked", options={"nothing": False, "growth": True})
    _, show, (menu,) = build(options, moved.append)
    show(True)
    assert (menu.value, moved) == (True, [6.5, 2.0])
    menu.value = False
    assert moved[-1] is False
