"""Runs in files: every number exact, and files that hold no run."""

import json

import pytest

import bonelab as bl
from bonelab.simulation import Run


@pytest.fixture(scope="module")
def run():
    person = bl.woman(65).with_(reverse_share=1 / 3)
    return bl.simulate(person, bl.denosumab(doses=2), years=0.7, points=7)


def test_a_run_comes_back_as_it_was(run, tmp_path):
    path = tmp_path / "a run.json"
    assert run.save(path) == path
    again = bl.Run.load(path)
    assert again == run
    assert again.notes == run.notes
    assert again.parameters == run.parameters
    assert again.summary() == run.summary()
    assert again.code == run.code


def test_the_file_is_text_that_a_person_can_read(run, tmp_path):
    text = run.save(tmp_path / "run.json").read_text(encoding="utf-8")
    content = json.loads(text)
    assert content["format"] == "bonelab run 1"
    assert content["subject"] == run.subject
    assert content["series"]["CTX"] == run["CTX"].tolist()
    assert content["parameters"]["values"]["reverse_share"] == 1 / 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "this file holds no run"),
        ("[1, 2]", "this file holds no run"),
        ('{"format": "bonelab run 0"}', "this file holds no run"),
        ('{"format": "bonelab run 1"}', "holds a run that cannot be read"),
        ('{"format": "bonelab run 1", "events": 3}', "holds a run that cannot be read"),
    ],
)
def test_a_file_without_a_run_is_refused(tmp_path, text, words):
    path = tmp_path / "other.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(bl.BonelabError, match=words):
        bl.Run.load(path)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(bl.BonelabError, match=r"none.json.*there is no file of this name"):
        bl.Run.load(tmp_path / "none.json")


def test_words_of_a_file_that_cannot_be_read(tmp_path):
    path = tmp_path / "other.json"
    path.write_text('{"format": "bonelab run 1", "events": 3}', encoding="utf-8")
    with pytest.raises(bl.BonelabError, match=r"^other\.json holds a run that cannot be read: "):
        bl.Run.load(path)
    with pytest.raises(bl.BonelabError, match=r"there is no file of this name that can be read\.$"):
        bl.Run.load(tmp_path / "none.json")


def test_a_run_without_parameters_or_notes_comes_back_too(tmp_path):
    bare = Run("dish", [0, 1], "hour", {"height": [1, 2]}, {"height": "um"}, facts={"a": 3.5})
    again = bl.Run.load(bare.save(tmp_path / "bare.json"))
    assert again == bare
    assert (again.parameters, again.notes, again.facts["a"]) == (None, (), 3.5)
