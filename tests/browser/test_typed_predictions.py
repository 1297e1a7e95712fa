"""What is typed is what is judged, whichever of value and click reaches the kernel first.

Forty predictions in the ordinary run; ``BONELAB_TYPED=200`` types as many as it says.
"""

import os
import random
import re
from pathlib import Path

import pytest

TYPED = int(os.environ.get("BONELAB_TYPED", "40"))
# Keeps each typed value back for a moment, so that the click overtakes it.
LATE = """
import time
import ipywidgets
kept_back = ipywidgets.Text.set_state
def set_state(box, data):
    time.sleep(0.06)
    kept_back(box, data)
"""
CELLS = [
    f"{LATE}import bonelab as bl\nbl.labs.culture_dish()",
    'bl.predict("1.1")',
    'bl.predict("5.1")',
]
AGAIN = {0: "Predict again", 1: "Change it", 2: "Change it"}


def judged(card, typed):
    """The number that the course took for the prediction, once nothing is on its way any more."""
    for _ in range(6000):  # a slow machine draws a lab for the older number first
        told = card.locator(".bonelab-told .bonelab-rest").inner_text()
        number = re.search(r"predict(?:ed|ion:) ([\d.]+)", told)[1]
        if number == typed:
            break
        card.page.wait_for_timeout(100)
    return number


def focus_rests_on(book, words):
    """Wait until the element that has the focus begins with these words."""
    book.page.wait_for_function(
        "words => document.activeElement.innerText.startsWith(words)", arg=words
    )


@pytest.fixture(scope="module")
def opened(chromium, server):
    from conftest import Notebook, write

    write(Path(server.folder, "typed.ipynb"), CELLS)
    book = Notebook(chromium, server, "typed")
    book.run()
    book.card(2).wait_for()
    yield book
    book.page.close()


@pytest.fixture
def book(opened):
    """The notebook with nothing answered."""
    yield opened
    for number, name in AGAIN.items():
        again = opened.card(number).get_by_role("button", name=name)
        if again.is_visible():
            again.click()
            opened.card(number).locator(".bonelab-answers input").wait_for()


def test_typed_predictions_are_judged_as_typed(book):
    rng, wrong = random.Random(1), []
    for count in range(TYPED):
        number = count % len(CELLS)
        card, typed = book.card(number), f"{rng.randint(10, 999) / 10:g}"
        box = card.locator(".bonelab-answers input")
        box.press_sequentially(typed)
        card.get_by_role("button", name="This is my prediction").click()
        again = card.get_by_role("button", name=AGAIN[number])
        again.wait_for()
        book.page.wait_for_timeout(100)  # for what may still be on its way
        if (number := judged(card, typed)) != typed:
            wrong.append((typed, number))
        again.click()
        box.wait_for()
    assert wrong == []


def test_a_number_typed_over_another_one_is_the_one_judged(book):
    """The worst case: the kernel knows an older number when the click comes, and learns the new
    one after it, each time."""
    book.page.evaluate(
        "() => jupyterapp.shell.currentWidget.context.sessionContext.session.kernel"
        ".requestExecute({code: 'ipywidgets.Text.set_state = set_state'}).done"
    )
    wrong = []
    for count in range(max(4, TYPED // 10)):
        card, older, typed = book.card(0), str(10 + count), str(60 + count)
        box = card.locator(".bonelab-answers input")
        box.press_sequentially(older)
        box.press("Tab")
        book.page.wait_for_timeout(100)
        box.fill("")
        box.press_sequentially(typed)
        card.get_by_role("button", name="This is my prediction").click()
        card.get_by_role("button", name="Predict again").wait_for()
        if (number := judged(card, typed)) != typed:
            wrong.append((older, typed, number))
        card.get_by_role("button", name="Predict again").click()
        box.wait_for()
    book.page.evaluate(
        "() => jupyterapp.shell.currentWidget.context.sessionContext.session.kernel"
        ".requestExecute({code: 'ipywidgets.Text.set_state = kept_back'}).done"
    )
    assert wrong == []


def test_enter_submits_and_the_focus_rests_on_the_answer(book):
    for number, said in ((0, "You predicted 45"), (1, "Your prediction: 45")):
        box = book.card(number).locator(".bonelab-answers input")
        box.press_sequentially("45")
        box.press("Enter")
        book.card(number).get_by_role("button", name=AGAIN[number]).wait_for()
        focus_rests_on(book, said)


def test_after_skip_the_focus_rests_on_the_lab(book):
    book.card(0).get_by_role("button", name="Skip").click()
    book.card(0).get_by_role("button", name="Predict again").wait_for()
    focus_rests_on(book, "You have skipped")


def test_an_empty_box_is_no_answer(book):
    card = book.card(0)
    assert card.locator(".bonelab-answers input").input_value() == ""
    card.get_by_role("button", name="This is my prediction").click()
    card.get_by_text("An empty box is no answer").wait_for()
    assert card.get_by_role("button", name="Predict again").is_hidden()
