"""The lab factory, driven without a browser on a small stand-in simulation."""

import gc
import io
import sys
import threading
import time
import tracemalloc
from dataclasses import replace

import numpy as np
import pytest
from anywidget import AnyWidget

from bonelab import labs
from bonelab.course.asking.prediction import Predict
from bonelab.figures.panels import Curves, Panel
from bonelab.labs import card as card_module
from bonelab.labs import computing, elsewhere, factory, sweeping, waiting
from bonelab.labs.challenge import Challenge
from bonelab.labs.collector import SOON, collect_at_rest, spare_what_stays
from bonelab.labs.controls import Control
from bonelab.labs.factory import Lab
from bonelab.labs.lines import Code, call
from bonelab.labs.playing import Player
from bonelab.labs.rest import Slowly
from bonelab.labs.sweeping import finite, sweep
from bonelab.parameters import BonelabError
from bonelab.simulation import Run
from bonelab.simulation.progress import tell

calls = []


def grow(dose=1.0, loss=0.1, blocked=False):
    """A stand-in for a simulation: exponential rise towards dose / loss."""
    calls.append((dose, loss, blocked))
    time = np.linspace(0, 10, 60)
    cells = (0.0 if blocked else dose) / loss * (1 - np.exp(-loss * time))
    return Run(
        kind="test", time=time, time_unit="day", series={"osteoclasts": cells}, units={},
        code=f"from test_labs_factory import grow\nrun = grow({dose!r}, {loss!r}, {blocked!r})",
    )  # fmt: skip


class Picture(Curves):
    xlabel, xlim = "days", (0, 10)
    panels = (Panel("Osteoclasts", ("osteoclasts",), "cells", (0, 100)),)

    def alt(self, result):
        return f"One curve over ten days, ending at {result.final['osteoclasts']:.3g} cells."


class OfDict(Picture):
    def curve(self, result, name):
        return super().curve(result["run"], name)

    def alt(self, result):
        return super().alt(result["run"])


def controls():
    return [
        Control.slider("dose", "Dose", unit="nM", low=0.01, high=10, default=1, scale="log",
                       zero=True, tooltip="How much is added"),
        Control.slider("loss", "Loss", unit="1/day", low=0.05, high=1, default=0.1, step=0.05),
        Control.choice("blocked", "Blocked", options={"nothing": False, "growth": True}),
    ]  # fmt: skip


def lines(**values):
    return f"from test_labs_factory import grow\nrun = {call('grow', **values)}"


QUESTION = Predict(
    "The dose is ten times as high. How many cells?", low=0, high=100, unit="cells",
    values={"dose": 10}, truth=lambda run: run.final["osteoclasts"], explain="Ten times as many.",
)  # fmt: skip


def make(**more):
    settings = {
        "title": "A test", "question": "How many?", "controls": controls(), "picture": Picture,
        "lines": lines, "sentence": lambda r, v: f"There are {r.final['osteoclasts']:.3g} cells.",
    }  # fmt: skip
    return Lab(**(settings | more))


@pytest.fixture(autouse=True)
def fresh():
    calls.clear()


# -- controls ----------------------------------------------------------------------------------
def test_six_controls_are_too_many():
    six = [Control.switch(f"s{i}", f"Switch {i}") for i in range(6)]
    with pytest.raises(BonelabError, match="at most 5"):
        make(controls=six)


def test_two_controls_of_one_name_are_refused():
    with pytest.raises(BonelabError, match="same name"):
        make(controls=[Control.switch("a", "A"), Control.switch("a", "A again")])


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"dose": -1}, ["dose", "-1", "0 nM or more"]),
        ({"dose": 11}, ["dose", "11", "10 nM or less"]),
        ({"dose": 0.001}, ["dose", "0.001", "0 or at least 0.01"]),
        ({"dose": float("nan")}, ["dose", "nan", "finite"]),
        ({"dose": "50 apples"}, ["dose", "50 apples", "number in nM"]),
        ({"dose": [1, 2]}, ["dose", "[1, 2]", "one number"]),
        ({"dose": True}, ["dose", "True", "number in nM"]),
        ({"loss": 2}, ["loss", "2", "1/day or less"]),
        ({"blocked": "grwth"}, ["blocked", "grwth", "Did you mean 'growth'"]),
        ({"doze": 1}, ["doze", "Did you mean 'dose'"]),
    ],
)
def test_wrong_values_are_named(wrong, words):
    lab = make()
    before = lab.values
    with pytest.raises(BonelabError) as problem:
        lab.set(**({"loss": 0.5} | wrong))
    assert all(word in str(problem.value) for word in words), str(problem.value)
    assert lab.values == before, "nothing moves when one value is wrong"


def test_values_with_units_and_texts_of_choices_work():
    lab = make().set(dose="2000 pM", blocked="growth")
    assert lab.values == {"dose": pytest.approx(2.0), "loss": 0.1, "blocked": True}


def test_a_control_from_the_parameter_table_has_its_words_range_and_source():
    from bonelab.parameters import load

    control = Control.from_parameter("forward", "tau_NFATc1")
    record = load("forward").record("tau_NFATc1")
    assert (control.default, control.low, control.high) == (record.value, record.low, record.high)
    assert record.meaning in control.words
    assert record.unit in control.words
    assert record.source in control.tooltip


@pytest.mark.parametrize("control", controls(), ids=lambda control: control.name)
def test_samples_are_allowed_and_reach_both_ends(control):
    values = [control.check(value) for value in control.samples(np.random.default_rng(1))]
    if control.kind == "slider":
        assert {min(values), max(values)} == {0 if control.zero else control.low, control.high}


def test_slider_positions_are_tidied():
    dose, loss = controls()[:2]
    assert dose.tidy(3.16227766) == 3.16
    assert dose.tidy(dose.position(0)) == 0
    assert dose.tidy(0.01) == 0.01
    assert loss.tidy(0.15000000000000002) == 0.15


# -- the lab -----------------------------------------------------------------------------------
def test_set_run_text_code_reset():
    lab = make()
    assert lab.text == "There are 6.32 cells."
    lab.set(dose=2, loss=0.2)
    assert lab.run.final["osteoclasts"] == pytest.approx(2 / 0.2 * (1 - np.exp(-2)))
    assert lab.text == "There are 8.65 cells."
    assert "grow(dose=2, loss=0.2, blocked=False)" in lab.code
    assert "import bonelab as bl" in lab.code
    assert "8.65 cells" in lab.alt
    assert lab.reset().values == lab.defaults


def test_nothing_is_computed_twice():
    lab = make()
    lab.card  # noqa: B018  builds the widgets and the first picture
    assert len(calls) == 1
    lab.set(dose=2)
    lab.reset()
    assert lab.text
    assert lab.result()
    assert calls == [(1.0, 0.1, False), (2.0, 0.1, False)]


def test_the_cache_of_runs_is_bounded():
    lab = make()
    for dose in np.linspace(1, 9, computing._RUNS_KEPT + 20):
        lab.result(dose=float(dose))
    assert len(lab._runs) == computing._RUNS_KEPT


def test_the_code_shown_is_the_code_that_ran():
    lab = make().set(dose=3)
    names = {}
    exec(lab.code, names)
    assert (names["run"]["osteoclasts"] == lab.run["osteoclasts"]).all()
    assert calls[-1] == (3.0, 0.1, False)
    wrong = make(lines=lambda **values: "result = 1")
    with pytest.raises(KeyError, match="run"):
        wrong.run  # noqa: B018


def test_a_call_is_spelled_as_one_writes_it():
    assert call("bl.woman", 65, age="a") == 'bl.woman(65, age="a")'
    assert call("f", 2.0, x=0.05, y=1e-9) == "f(2, x=0.05, y=1e-09)"
    inner = Code(call("bl.denosumab", "60 mg"))
    assert call("bl.simulate", inner, [inner], years=4) == (
        'bl.simulate(bl.denosumab("60 mg"), [bl.denosumab("60 mg")], years=4)'
    )


def test_picture_and_sentence_can_see_more_than_the_run():
    lab = make(
        seen=lambda names, values: {"run": names["run"], "dose": values["dose"]}, picture=OfDict,
        sentence=lambda result, values: f"{result['dose']:g} nM give some cells.",
    )  # fmt: skip
    assert lab.set(dose=3).text == "3 nM give some cells."
    assert lab.run.final["osteoclasts"] > 0


def test_finite_looks_into_everything():
    assert finite({"a": grow(1.0)})
    assert not finite({"a": float("nan")})
    assert not finite([np.array([1.0, np.inf])])


def test_without_widgets_picture_and_sentence_are_shown():
    bundle = make()._repr_mimebundle_()
    assert bundle["text/plain"] == "A test. There are 6.32 cells."
    assert "application/vnd.jupyter.widget-view+json" in bundle


def test_whole_numbers_stay_whole_where_a_slider_counts():
    days = Control.slider("days", "Days", unit="day", low=1, high=7, default=5, step=1)
    assert repr(days.default) == repr(days.check(5.0)) == repr(days.tidy(5.0)) == "5"
    assert days.check(2.5) == 2.5
    doses = Control.slider("doses", "Doses", low=1, high=8, default=4, step=1)
    with pytest.raises(BonelabError, match=r"doses = 2.5.*whole numbers only"):
        doses.check(2.5)


def test_figure_is_whole_for_documents():
    figure = make().set(dose=5).figure()
    assert not any(artist.get_animated() for artist in figure.findobj())


# -- predict first -----------------------------------------------------------------------------
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


# -- challenges --------------------------------------------------------------------------------
MANY = Challenge("Make more than 30 cells.", lambda run, values: run.final["osteoclasts"] > 30)
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


def test_on_screen_a_move_counts_when_the_control_rests():
    lab = make(challenges=(MANY,))
    slider = lab.card.inputs["dose"][0]
    for value in (2.0, 4.0, 6.0):
        slider.value = value
    assert lab.state.moves == 0
    lab.rest()
    assert lab.state.moves == 1
    assert lab.state.reached == {MANY.goal: 1}


def test_a_locked_lab_shows_no_challenge_and_takes_no_late_move():
    lab = make(predict=QUESTION, challenges=(MANY,))
    assert lab.card.challenges.value == ""
    lab.move("dose", 6.0)  # a message that comes after "Predict again"
    assert lab.locked
    assert lab.values == lab.defaults


# -- slow labs ---------------------------------------------------------------------------------
@pytest.fixture
def slow(monkeypatch):
    """A lab whose simulation tells how far it is, and waits for the test to let it go on."""
    gate = threading.Semaphore(0)

    def wait(share):
        assert gate.acquire(timeout=600)
        tell(share)

    monkeypatch.setattr(sys.modules[__name__], "pause", wait, raising=False)
    monkeypatch.setattr(waiting, "LONG_AFTER", 0.0)
    monkeypatch.setattr(waiting, "TOLD_EVERY", 0.0)

    def slowly(**values):
        steps = "for share in (0.25, 0.5, 0.75):\n    pause(share)\n"
        return f"from test_labs_factory import grow, pause\n{steps}run = {call('grow', **values)}"

    lab = make(lines=slowly, slow=True)
    lab.go_on = lambda times: [gate.release() for _ in range(times)]
    yield lab
    lab.go_on(50)


def until(true):
    """Wait for another thread."""
    for _ in range(60_000):
        if true():
            return
        time.sleep(0.01)
    raise AssertionError("it does not happen")


def test_a_slow_lab_shows_itself_at_once_and_then_its_picture(slow):
    card = slow.card
    assert card.picture.value == b""
    slow.go_on(1)
    until(lambda: "25% done" in card.sentence.value)
    assert card.stop.layout.display is None
    slow.go_on(2)
    until(lambda: "6.32 cells" in card.sentence.value)
    until(lambda: card.stop.layout.display == "none")
    assert bytes(card.picture.value).startswith(b"\x89PNG")


def test_a_slow_simulation_can_be_stopped_and_another_one_takes_its_place(slow):
    card = slow.card
    slow.go_on(3)
    until(lambda: "6.32 cells" in card.sentence.value)
    until(lambda: not card._waiting.busy)
    before = card.picture.value
    card.inputs["dose"][0].value = 2.0
    slow.go_on(1)
    until(lambda: "25% done" in card.sentence.value)
    card.stop.click()
    slow.go_on(1)
    until(lambda: "Stopped." in card.sentence.value)
    assert "bonelab-old" in card.right._dom_classes
    assert card.picture.value == before
    card.inputs["dose"][0].value = 4.0
    slow.go_on(3)
    until(lambda: "25.3 cells" in card.sentence.value)
    assert "bonelab-old" not in card.right._dom_classes


def test_what_is_stopped_before_the_first_picture_says_so(slow):
    card = slow.card
    slow.slow = "Growing cells"
    slow.go_on(1)
    until(lambda: "Growing cells: 25% done" in card.sentence.value)
    assert "<progress value='0.25' max='1'" in card.sentence.value
    card.stop.click()
    slow.go_on(1)
    until(lambda: "before there was a picture" in card.sentence.value)


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


def test_the_latest_setting_wins(slow):
    card = slow.card
    slow.go_on(3)
    until(lambda: "6.32 cells" in card.sentence.value)
    for dose in (2.0, 3.0, 5.0):
        card.inputs["dose"][0].value = dose
    slow.go_on(20)
    until(lambda: "31.6 cells" in card.sentence.value)
    assert (3.0, 0.1, False) not in calls, "what nobody waits for is not computed to its end"


def test_what_takes_long_marks_the_old_picture(monkeypatch):
    monkeypatch.setattr(card_module, "Slowly", lambda *two: Slowly(*two, after=0.0))
    seen, told = [], threading.Event()
    here = sys.modules[__name__]
    monkeypatch.setattr(here, "said", lambda: None, raising=False)
    first = "from test_labs_factory import said\nsaid()\n"
    lab = make(lines=lambda **values: f"{first}{lines(**values)}")

    def hear(change):
        seen.append(change["new"])
        told.set()

    lab.card.sentence.observe(hear, "value")
    # The next simulation takes until something is said of it.
    monkeypatch.setattr(here, "said", lambda: told.wait(600))
    lab.card.inputs["dose"][0].value = 2.0
    assert any("Simulating" in text and "bonelab-stale" in text for text in seen)
    assert "12.6 cells" in seen[-1]
    assert "bonelab-old" not in lab.card.right._dom_classes


# -- widgets, without a browser ----------------------------------------------------------------
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


@pytest.mark.parametrize("typed", ["30", "30 %", "30%", "30,0 % a year"])
def test_a_percentage_a_year_may_be_typed_as_a_percentage(typed):
    assert Control.from_parameter("protocol", "dropout").read(typed) == (30, "")


def test_a_film_of_what_is_counted_goes_from_one_whole_number_to_the_next():
    control = Control.from_parameter("protocol", "trials", step=1, play=8)
    player = Player(control, None)
    shown = [player.value(tick) for tick in range(81)]
    assert [control.check(value) for value in shown] == shown
    assert sorted(set(shown)) == list(range(1, 41))


def test_reset_button_and_set_move_the_widgets():
    lab = make()
    lab.set(dose=4, loss=0.5, blocked=True)
    assert [inputs[-1].value for inputs in lab.card.inputs.values()] == ["4", "0.5", True]
    lab.card.reset.click()
    assert lab.values == lab.defaults
    assert [inputs[-1].value for inputs in lab.card.inputs.values()] == ["1", "0.1", False]


def test_predicting_by_buttons():
    lab = make(predict=QUESTION)
    gate = lab.card.gate
    gate.answer.box.value = "60"
    assert lab.locked, "a number alone is no answer yet"
    gate.answer.button.click()
    assert "60 cells" in gate.verdict.value
    assert gate.row.layout.display == "none"
    gate.again.click()
    assert lab.locked
    assert gate.answer.box.value == ""
    gate.skip.click()
    assert not lab.locked
    assert "skipped" in gate.verdict.value


def test_a_number_that_comes_after_the_click_is_judged_on_the_card_too():
    lab = make(predict=QUESTION)
    gate = lab.card.gate
    gate.answer.box.value = "10"
    gate.answer.button.click()
    assert "You predicted 10 cells" in gate.verdict.value
    gate.answer.box.value = "25"
    assert "You predicted 25 cells" in gate.verdict.value
    assert lab.my_guess == 25


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


def test_the_collector_passes_over_what_stood_before_the_first_lab_and_only_that():
    spare_what_stays.cache_clear()
    gc.unfreeze()
    try:
        make().card  # noqa: B018
        spared = gc.get_freeze_count()
        assert spared > 10_000, "the libraries"
        make().card  # noqa: B018
        assert gc.get_freeze_count() <= spared, "what a lab makes is looked at"
    finally:
        gc.unfreeze()


def test_garbage_is_collected_at_rest_once_python_would_do_it_soon():
    gc.collect()
    enabled = gc.isenabled()
    gc.disable()  # only what is asked for counts here
    try:
        for _ in range(SOON - 1):
            gc.collect(1)
        collect_at_rest()
        assert gc.get_count()[2] == SOON - 1  # not yet
        gc.collect(1)
        collect_at_rest()
        assert gc.get_count()[2] == 0
    finally:
        if enabled:
            gc.enable()


def test_memory_is_flat_over_many_moves():  # a thousand in a browser: benchmarks/labs.py
    lab = make()
    slider = lab.card.inputs["dose"][0]

    def moves(n):
        for i in range(n):
            slider.value = 0.5 + 9 * ((i * 37) % 1000) / 1000
        gc.collect()

    moves(70)  # more than the lab keeps
    tracemalloc.start()
    before = tracemalloc.take_snapshot()
    moves(300)
    grown = sum(
        stat.size_diff for stat in tracemalloc.take_snapshot().compare_to(before, "filename")
    )
    tracemalloc.stop()
    assert grown < 1_000_000


# -- sweep -------------------------------------------------------------------------------------
def test_the_sweep_moves_everything_and_finds_faults():
    lab = make()
    assert sweep(lab) >= 4 * 2
    assert {blocked for _, _, blocked in calls} == {True, False}
    doses = {dose for dose, _, _ in calls}
    assert {0.0, 0.01, 10.0} <= doses

    def broken(blocked, **values):
        made = lines(blocked=blocked, **values).replace("run = ", "made = ")
        ratio = "float('nan')" if blocked else "1.0"
        return f"{made}\nrun = {{'run': made, 'ratio': {ratio}}}"

    with pytest.raises(BonelabError, match=r"blocked.*not finite"):
        sweep(make(lines=broken, picture=OfDict, sentence=lambda r, v: "Three words here"))
    with pytest.raises(BonelabError, match="sentence"):
        sweep(make(sentence=lambda r, v: ""))
    for odd in ("every 197.8440 days", "a share of 7e-10", "235 % of health", "two\nlines"):
        with pytest.raises(BonelabError, match="its words hold"):
            sweep(make(sentence=lambda r, v, odd=odd: f"A run with {odd}."))
    assert sweep(make(sentence=lambda r, v: "A run with 0.0125 nM and 1,033.5 mmol.")) > 2

    class Low(Picture):
        panels = (
            Panel("Osteoclasts", ("osteoclasts",), "cells", (0, 63)),
        )  # 10/0.1 x (1 - 1/e) = 63.2 at the most

    with pytest.raises(BonelabError, match=r"'dose': 10.*curve of osteoclasts leaves its axes"):
        sweep(make(picture=Low))
    assert sweeping.sweep is sweep


def test_what_comes_to_rest_counts_as_a_move():
    lab = make()
    card = lab.card
    lab.move("dose", 5.0)
    assert lab.state.moves == 0
    card._at_rest()
    assert lab.state.moves == 1, "nothing is computed any more"


def test_a_lab_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(AttributeError, match=r"'cliniq'\. Did you mean 'clinic'\? It has: rem"):
        labs.cliniq  # noqa: B018


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


def test_what_is_sticky_stays_on_for_a_learner():
    lab = make(sticky=("blocked",))
    lab.move("blocked", True)
    lab.move("blocked", False)
    assert lab.values["blocked"] is True
    lab.move("dose", 7)
    lab.start_again()
    assert lab.values == lab.defaults | {"blocked": True}
    assert lab.reset().values == lab.defaults


def test_to_look_is_no_move_and_computes_nothing():
    lab = make(looking=("loss",))
    lab.set(dose=8)
    assert lab.state.moves == 1
    lab.set(loss=0.4)
    assert lab.state.moves == 1
    lab.set(dose=6)
    assert lab.state.moves == 2


def test_a_goal_of_a_pair_looks_back_at_earlier_rests():
    apart = Challenge(
        "Two doses five apart.",
        reached=lambda run, values, other, others: abs(values["dose"] - others["dose"]) >= 5,
        pair=True,
    )
    lab = make(challenges=[apart])
    lab.set(dose=3).set(dose=5)
    assert not lab.state.reached
    lab.set(dose=8)
    assert lab.state.reached == {"Two doses five apart.": 3}
    lab.reset().set(dose=8)
    assert len(lab.state.rests) == 2, "the start counts as a rest, and Reset forgets the others"
