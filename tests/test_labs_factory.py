"""The lab factory, driven without a browser on a small stand-in simulation."""

import io

import numpy as np
import pytest
from PIL import Image
from small_lab import QUESTION, OfDict, controls, make

from bonelab import labs
from bonelab.labs.controls import Control
from bonelab.parameters import BonelabError


def test_six_controls_are_too_many():
    six = [Control.switch(f"s{i}", f"Switch {i}") for i in range(6)]
    with pytest.raises(BonelabError, match="at most 5"):
        make(controls=six)


def test_two_controls_of_one_name_are_refused():
    with pytest.raises(BonelabError, match="same name"):
        make(controls=[Control.switch("a", "A"), Control.switch("a", "A again")])


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


def test_picture_and_sentence_can_see_more_than_the_run():
    lab = make(
        seen=lambda names, values: {"run": names["run"], "dose": values["dose"]}, picture=OfDict,
        sentence=lambda result, values: f"{result['dose']:g} nM give some cells.",
    )  # fmt: skip
    assert lab.set(dose=3).text == "3 nM give some cells."
    assert lab.run.final["osteoclasts"] > 0


def test_figure_is_whole_for_documents():
    lab = make()
    lab.dots()  # for the screen what moves is left out of the background
    figure = lab.set(dose=5).figure()
    assert not any(artist.get_animated() for artist in figure.findobj())


def test_a_picture_comes_as_png_with_usual_dots_or_twice_as_many():
    lab = make()
    usual, sharp = (Image.open(io.BytesIO(lab.png(sharp=sharp))) for sharp in (False, True))
    assert (usual.format, sharp.format) == ("PNG", "PNG")
    assert sharp.size == tuple(2 * side for side in usual.size)


def test_a_lab_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(AttributeError, match=r"'cliniq'\. Did you mean 'clinic'\? It has: rem"):
        labs.cliniq  # noqa: B018


def test_what_is_sticky_stays_on_for_a_learner():
    lab = make(sticky=("blocked",))
    lab.move("blocked", True)
    lab.move("blocked", False)
    assert lab.values["blocked"] is True
    lab.move("dose", 7)
    lab.start_again()
    assert lab.values == lab.defaults | {"blocked": True}
    assert lab.reset().values == lab.defaults


def test_a_lab_tells_its_title_and_settings():
    assert repr(make()) == "<Lab 'A test': {'dose': 1.0, 'loss': 0.1, 'blocked': False}>"
    twice = [controls()[0], controls()[0]]
    with pytest.raises(BonelabError, match=r"controls = .*two controls have the same name\.$"):
        make(controls=twice)


def test_a_click_on_the_picture_moves_controls_or_says_something_unless_the_lab_is_locked():
    def clicked(values, where):
        return {"dose": 2, "loss": 0.5} if where == "there" else f"The dose is {values['dose']:g}."

    lab = make(clicked=clicked)
    assert lab.touch("there") == ""
    assert (lab.values["dose"], lab.values["loss"]) == (2, 0.5)
    assert lab.touch("elsewhere") == "The dose is 2."
    locked = make(clicked=clicked, predict=QUESTION)
    assert (locked.touch("there"), locked.touch("elsewhere")) == ("", "")
    assert locked.values["dose"] == 1
    assert make().touch("there") == "", "nothing can be clicked"


def test_what_stays_in_grey_is_the_start_as_the_picture_sees_it():
    lab = make(seen=lambda names, values: {"run": names["run"]}, picture=OfDict,
               sentence=lambda seen, values: "A run.")  # fmt: skip
    lab.set(dose=5)
    (axes,) = lab.figure().axes
    (grey,) = [line for line in axes.lines if line.get_gid() == "ghost"]
    assert grey.get_ydata()[-1] == lab.set(dose=1).run["osteoclasts"][-1]
