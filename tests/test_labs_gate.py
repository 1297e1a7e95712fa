"""The question of a lab on screen: its answer, Skip, and the guess beside the truth."""

import re

from small_lab import QUESTION, make

from bonelab.course.asking.style_sheet import SHEET


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


def test_words_of_the_question_and_of_who_skipped_it():
    lab = make(predict=QUESTION)
    gate = lab.card.gate
    words = gate.words.value
    assert "<b>Predict first.</b> The dose is ten times as high. How many cells?" in words
    assert gate.verdict.value == ""
    gate.skip.click()
    assert "You have skipped this question. You can still answer it." in gate.verdict.value
    gate.again.click()
    gate.answer.box.value = "40"
    gate.answer.button.click()
    assert "skipped" not in gate.verdict.value
    assert gate.again.tooltip == "Forget the guess, and put the lab back to its start"
    assert gate.skip.tooltip == "Open the lab without a prediction"


def test_a_question_that_was_answered_stands_below_picture_and_sentence():
    """Else the sentence is out of sight on a projector; measured in JupyterLab at 1024 x 768."""
    rule = '.bonelab-lab .bonelab-ask:not(:has(.bonelab-told[style*="none"])) { order: 9; }'
    outside = re.sub(r"@(container|media)[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", SHEET)
    assert rule in outside, "on a card of any width"
    gate = make(predict=QUESTION).card.gate
    assert (gate.row.layout.display, gate.verdict_row.layout.display) == (None, "none"), "asked"
    gate.skip.click()
    assert (gate.row.layout.display, gate.verdict_row.layout.display) == ("none", None)
    assert "bonelab-told" in gate.verdict_row._dom_classes
    assert "bonelab-ask" in gate.box._dom_classes
