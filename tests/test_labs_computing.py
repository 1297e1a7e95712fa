"""What a lab computes: the lines that it shows, each setting once, and no more than it keeps."""

import threading
from dataclasses import replace

import numpy as np
import pytest
from small_lab import QUESTION, Picture, calls, make

from bonelab.labs import computing


@pytest.fixture(autouse=True)
def fresh():
    calls.clear()


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


@pytest.fixture
def drawn(monkeypatch):
    """Every time that the small lab's picture is moved to a result."""
    results, update = [], Picture.update
    monkeypatch.setattr(
        Picture, "update", lambda self, result: (results.append(result), update(self, result))[1]
    )
    return results


def test_a_picture_is_drawn_once_and_kept_with_its_words(drawn):
    lab = make()
    first, words = lab.png(), lab.alt
    second = lab.set(dose=2).png()
    assert second != first
    assert lab.at_hand
    drawn.clear()
    assert lab.set(dose=1).png() == first
    assert lab.alt == words
    assert lab.set(dose=2).png() == second
    assert "ending at 12.6 cells" in lab.alt
    assert drawn == []
    other = make().reset()  # it begins where the learner was
    assert other.png() == first  # the first picture sets the colours of all
    assert other.set(dose=2).png() == second, "as if it had been drawn now"


def test_no_more_pictures_are_kept_than_runs():
    lab = make()
    for dose in np.linspace(1, 9, computing._RUNS_KEPT + 3):
        lab.set(dose=float(dose)).png()
    assert len(lab._views) == computing._RUNS_KEPT


def test_a_picture_whose_run_was_pushed_out_is_not_at_hand():
    lab = make()
    lab.png()
    assert lab.at_hand
    for dose in np.linspace(2, 9, computing._RUNS_KEPT):
        lab.result(dose=float(dose))
    assert not lab.at_hand, "its sentence needs the run anew"
    calls.clear()
    assert lab.text
    assert calls == [(1.0, 0.1, False)]
    assert lab.at_hand


def test_what_is_kept_is_shown_while_somebody_computes_something_else():
    lab = make()
    here, words, text = lab.png(), lab.alt, lab.text
    begun, done = threading.Event(), threading.Event()

    def computing():
        with lab._computing:
            begun.set()
            assert done.wait(600)

    somebody = threading.Thread(target=computing)
    somebody.start()
    assert begun.wait(600)
    seen = []
    reader = threading.Thread(target=lambda: seen.append((lab.png(), lab.alt, lab.text)))
    reader.start()
    reader.join(600)
    done.set()
    somebody.join(600)
    assert seen == [(here, words, text)]


def test_looking_ahead_draws_the_next_stop_and_leaves_what_is_seen_as_it_is(drawn):
    lab = make().set(loss=0.5)
    here, words = lab.png(), lab.alt
    lab.look_ahead("loss", 0.45)
    drawn.clear()
    assert (lab.png(), lab.alt) == (here, words)
    ahead = lab.set(loss=0.55).png()
    assert drawn == []
    other = make().set(loss=0.5)
    assert (other.png(), other.set(loss=0.55).png()) == (here, ahead)
    assert np.ptp(lab.dots()) > 0, "the picture itself follows when it is asked for"
    assert drawn[-1].final["osteoclasts"] == lab.run.final["osteoclasts"]


def test_a_picture_is_another_one_with_a_guess_and_while_it_is_an_answer():
    lab = make(predict=replace(QUESTION, blank=True), picture=Guessed)
    hidden = lab.png()
    open_ = lab.skip().png()
    assert hidden != open_
    lab.predict_again()
    assert lab.png() == hidden
    lab.guess(40)
    guessed = lab.set(dose=1).png()
    assert guessed not in (hidden, open_)
    lab.predict_again()
    lab.skip()
    assert lab.png() == open_


class Guessed(Picture):
    def guess(self, value):
        for line in self.line_panels[0].axes.lines:
            if line.get_gid() == "guess":
                line.remove()
        if value is not None:
            self.line_panels[0].axes.axhline(value, gid="guess")
        self.restart()


def test_a_picture_is_drawn_again_where_more_was_asked_about_the_same_setting(drawn):
    lab = make()
    lab.png()
    lab.state = replace(lab.state, asked=1)  # how sure is it? A band comes with the curve
    drawn.clear()
    lab.png()
    assert len(drawn) == 1
