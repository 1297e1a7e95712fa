"""What a lab asks, offers and says by itself: every word that does not depend on its run.

The sentences of a run are held by the file of each lab. The words here were read and found good and
are kept in ``lab_words.json``. After a change that is meant, read them and write them anew::

    PYTHONPATH=.:tests python -c "import test_labs_words as t; t.write()"
"""

import json
from pathlib import Path

import ipywidgets as w
import pytest

import bonelab as bl
from bonelab.labs import card, gate, telling, who_is_this

KEPT = Path(__file__).with_name("lab_words.json")
FROM_TABLES = {"first", "second", "disease"}  # their lists are records, which may become more
PLACES = ("immune", "brain", "artery", "breast", "calcium")
LABS = {name: getattr(bl.labs, name) for name in bl.labs.LABS if name != "elsewhere"} | {
    f"elsewhere {place}": lambda place=place: bl.labs.elsewhere(place) for place in PLACES
}


def words(lab):
    """Title, question, sliders with ends and steps, lists, goals, code and prediction."""
    asked = lab.prediction
    own = [control for control in lab.controls.values() if control.kind != "slider"]
    return {
        "name": lab.name,
        "title": f"{lab.title}. {lab.question}",
        "labels": [control.label for control in lab.controls.values()],
        "sliders": {c.label: _span(c) for c in lab.controls.values() if c.kind == "slider"},
        "lists": {c.label: [*_offered(c), c.tooltip] for c in own},
        "goals": [challenge.goal for challenge in lab.challenges],
        "doing": lab.doing,
        "code": lab.code.splitlines(),
        "prediction": asked and [asked.question, *asked.options, asked.unit, asked.explain],
    }


def _span(slider):
    parts = ("unit", "low", "high", "default", "step", "scale", "zero", "play")
    return {part: getattr(slider, part) for part in parts}


def _offered(control):
    return [] if control.name in FROM_TABLES else list(map(str, control.options))


def frame():
    """What stands around every lab: its buttons and what is told when work takes long."""
    shown = bl.labs.virtual_trial().card
    buttons = [shown.reset, shown.code_switch, shown.stop, shown.fill, shown.gate.skip,
               shown.gate.again]  # fmt: skip
    assert all(isinstance(button, (w.Button, w.ToggleButton)) for button in buttons)
    said = [
        telling.STOPPED,
        telling.NOTHING_YET,
        telling.REFUSED,
        card.FILL,
        gate.AGAIN,
        gate.WAIT,
        gate.SKIPPED,
    ]
    return {
        "buttons": {button.description: button.tooltip for button in buttons},
        "said": said,
        "who": [list(map(str, entry)) for entry in who_is_this._UNIT.values()],
        "added": who_is_this._ADDED,
    }


def all_words():
    return {name: words(make()) for name, make in LABS.items()} | {"every lab": frame()}


def write():
    KEPT.write_text(json.dumps(all_words(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


@pytest.mark.parametrize("name", LABS)
def test_a_lab_says_what_was_read_and_found_good(name):
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    assert name in kept, "new, or not yet kept: read it, then write it anew (head of this file)"
    assert json.loads(json.dumps(words(LABS[name]()))) == kept[name]


def test_the_words_around_every_lab():
    assert json.loads(json.dumps(frame())) == json.loads(KEPT.read_text("utf-8"))["every lab"]


def test_no_lab_is_left_out():
    assert [*json.loads(KEPT.read_text("utf-8"))] == [*LABS, "every lab"]
