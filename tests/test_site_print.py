"""What a learner has of a lesson, on paper: the own notebook, the own answers."""

import json

import pytest

from bonelab.course.asking import answers_file, bank

pytest.importorskip("mistune")
pytest.importorskip("latex2mathml")
from bonelab.site import paper_math, print_command

BOOK = [
    ("markdown", "# My lesson\n\nA share $x = \\frac{1}{2}$.\n\n| a | b |\n|---|---|\n| 1 | 2 |"),
    ("code", "import bonelab as bl\n\nmine = 3  # <my own line>"),
    ("code", 'bl.predict("1.1")'),
    ("code", 'bl.reveal("1.1", 80.3, "four of five")'),
    ("code", 'bl.check("1.1")'),
    ("code", "bl.labs.culture_dish()"),
]


@pytest.fixture
def answers(tmp_path, monkeypatch):
    """A learner's file of answers, which the page is to show."""
    kept = answers_file.Kept(tmp_path / "answers.json")
    monkeypatch.setattr(answers_file, "_session", kept)
    return kept


def page(tmp_path):
    cells = [{"cell_type": kind, "source": text, "metadata": {}} for kind, text in BOOK]
    path = tmp_path / "01_mine.ipynb"
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    return print_command.paper(path)


def test_answers_stand_on_the_page(tmp_path, answers):
    answers.put("predictions", "1.1", {"answer": 40.0, "unit": "%"})
    options = bank.question("check", "1.1")["options"]
    right = next(option for option in options if option.get("right"))
    answers.put("checks", "1.1", {"choices": [right["text"]], "right": True})
    made = page(tmp_path)
    assert "You predicted 40%, and the run gives 80.3%, so your guess was too low." in made
    assert made.count("four of five") == 2  # in the code, and shown
    letter = "ABCDE"[options.index(right)]
    assert f"You chose {letter}. Right." in made


def test_what_was_not_answered_is_not_told(tmp_path, answers):
    made = page(tmp_path)
    assert made.count("four of five") == made.count("80.3") == 1  # in the code alone
    assert "You chose" not in made


def test_words_code_and_pictures_are_inside_one_file(tmp_path, answers):
    answers.put("labs", "culture_dish", {"settings": {"rankl": 10.0}, "prediction": {}})
    made = page(tmp_path)
    assert "<h1>My lesson</h1>" in made
    assert "<mfrac>" in made
    assert "<td>1</td>" in made
    assert "import bonelab as bl\n\nmine = 3  # &lt;my own line&gt;" in made
    assert "_static" not in made
    assert "http" not in made.replace("http://www.w3.org", "")


@pytest.mark.parametrize(
    ("source", "formulas"),
    [
        ("$x$ and $y$", 2),
        ("$$a = b$$", 1),
        ("it costs $5 and $6", 0),
        ("`$x$` is code", 0),
        ("```\n$x$\n```", 0),
        ("$ x $", 0),
    ],
)
def test_only_formulas_become_mathematics(source, formulas):
    assert paper_math.mathematics(source).count("<math") == formulas
