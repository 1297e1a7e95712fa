"""What is on screen of a lab: picture, buttons, names for screen readers, memory."""

import gc
import io
import tracemalloc

import pytest
from anywidget import AnyWidget
from small_lab import MANY, QUESTION, calls, lines, make

from bonelab.labs import factory, telling
from bonelab.parameters import BonelabError


def test_without_widgets_picture_and_sentence_are_shown():
    bundle = make()._repr_mimebundle_()
    assert bundle["text/plain"] == "A test. There are 6.32 cells."
    assert "application/vnd.jupyter.widget-view+json" in bundle


def test_a_locked_lab_shows_no_challenge_and_takes_no_late_move():
    lab = make(predict=QUESTION, challenges=(MANY,))
    assert lab.card.challenges.value == ""
    lab.move("dose", 6.0)  # a message that comes after "Predict again"
    assert lab.locked
    assert lab.values == lab.defaults


def test_at_rest_a_picture_gets_the_dots_that_the_screen_has(monkeypatch):
    from PIL import Image

    def wide(card):
        return Image.open(io.BytesIO(card.picture.value)).size[0]

    card = make().card
    quick = wide(card)
    card._sharpen()
    assert wide(card) == quick, "a screen of the usual kind needs no more"
    card.bridge.density = 2.0
    card._sharpen()
    assert wide(card) == 2 * quick
    card.inputs["dose"][0].value = 2.0
    assert wide(card) == quick, "while it moves it is quick"


def test_a_picture_that_has_moved_meanwhile_is_not_replaced():
    lab = make()
    card = lab.card
    card.bridge.density = 2.0
    sharp = lab.png

    def late(**how):
        picture = sharp(**how)
        if how:
            lab.move("dose", 3.0)
        return picture

    lab.png = late
    card._sharpen()
    lab.png = sharp
    assert card.picture.value == lab.png()


def test_reset_button_and_set_move_the_widgets():
    lab = make()
    lab.set(dose=4, loss=0.5, blocked=True)
    assert [inputs[-1].value for inputs in lab.card.inputs.values()] == ["4", "0.5", True]
    lab.card.reset.click()
    assert lab.values == lab.defaults
    assert [inputs[-1].value for inputs in lab.card.inputs.values()] == ["1", "0.1", False]


def test_an_error_in_a_callback_is_shown_and_raised():
    def fragile(dose, **values):
        if dose > 5:
            raise BonelabError("the dish did not settle")
        return lines(dose=dose, **values)

    lab = make(lines=fragile)
    with pytest.raises(BonelabError, match="did not settle"):
        lab.card.inputs["dose"][0].value = 8.0
    assert "did not settle" in lab.card.sentence.value
    assert "bonelab-stale" in lab.card.sentence.value


def test_every_widget_has_a_name_for_screen_readers():
    import ipywidgets as w

    def descend(widget):
        yield widget
        for child in getattr(widget, "children", ()):
            yield from descend(child)

    for widget in descend(make(predict=QUESTION).card.box):
        if not isinstance(widget, (w.Box, w.HTML, w.Image, w.Label, AnyWidget)):
            assert widget.description, widget
            assert widget.tooltip is not None, f"{widget.description}: its label would say null"
        if isinstance(widget, w.Image):
            assert len(widget.tooltip) > 20
        if isinstance(widget, w.HTML):
            assert " id=" not in widget.value


def test_memory_is_flat_over_many_moves():  # a thousand in a browser: benchmarks/labs.py
    lab = make()
    slider = lab.card.inputs["dose"][0]

    def moves(n):
        for i in range(n):
            slider.value = 0.5 + 9 * ((i * 37) % 1000) / 1000
        gc.collect()

    tracemalloc.start()
    moves(70)  # more than the lab keeps
    before = tracemalloc.take_snapshot()
    moves(300)
    grown = sum(
        stat.size_diff for stat in tracemalloc.take_snapshot().compare_to(before, "filename")
    )
    tracemalloc.stop()
    assert grown < 1_000_000


def test_a_control_that_changes_nothing_is_grey():
    lab = make(idle=lambda values: {"loss"} if values["dose"] > 5 else ())
    card = lab.card
    lab.set(dose=2)
    assert not any(widget.disabled for widget in card.inputs["loss"])
    lab.set(dose=8)
    assert lab.idle == {"loss"}
    assert all(widget.disabled for widget in card.inputs["loss"])
    assert not any(widget.disabled for widget in card.inputs["dose"])
    assert not card.reset.disabled


def test_the_next_stop_is_computed_while_a_learner_looks_at_this_one(monkeypatch):
    monkeypatch.setattr("bonelab.labs.card.worked_in", lambda: True)
    lab = make()
    slider, asked = lab.card.inputs["dose"][0], []
    monkeypatch.setattr(lab.card._ahead, "soon", lambda: asked.append(lab.card._went))
    values = [lab.controls["dose"].tidy(10**at) for at, _ in lab.controls["dose"].stops]
    here = values.index(1.0)
    slider.value = values[here + 1]
    assert asked == [("dose", 1.0)]
    calls.clear()
    lab.card._look_ahead()
    assert calls == [(values[here + 2], 0.1, False)], "one stop on, the same way"
    shown = lab.values
    slider.value = values[here + 2]
    assert len(calls) == 1, "nothing is left to compute"
    assert lab.values["dose"] != shown["dose"]
    lab.card.inputs["blocked"][0].value = True
    assert asked[-1] == ("dose", values[here + 1]), "only sliders have a way"
    make(predict=QUESTION).card._look_ahead()  # a locked lab computes nothing


def test_nothing_is_computed_ahead_where_nobody_looks():
    lab = make()
    lab.card.inputs["dose"][0].value = 2
    assert lab.card._went is None


def test_grey_is_explained_once_something_has_moved(monkeypatch):
    card = make().card
    assert "Grey" not in card.sentence.value
    card.inputs["dose"][0].value = 2.0
    assert "Grey shows the start values." in card.sentence.value
    card.reset.click()
    assert "Grey" not in card.sentence.value


def test_what_to_notice_is_folded_and_absent_where_nothing_is_asked(monkeypatch):
    monkeypatch.setattr(factory, "lab_words", lambda name: {})
    assert make().card.notice.value == ""
    monkeypatch.setattr(factory, "lab_words", lambda name: {"notice": "Look <here>."})
    assert make().card.notice.value == (
        "<details><summary><b>What to notice</b>, once you have tried</summary>Look &lt;here&gt;."
        "</details>"
    )


def test_words_where_work_was_stopped():
    assert telling.STOPPED == (
        "Stopped. The picture shows what was simulated before; move a control to go on."
    )
    assert telling.NOTHING_YET == ("Stopped before there was a picture; move a control to go on.")
