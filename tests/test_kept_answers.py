"""The learner's file of answers: what is kept comes back, and nothing is lost or half-written."""

import json
import multiprocessing
import os
import subprocess
import sys
from pathlib import Path

import pytest

import bonelab as bl
from bonelab.course import answers_command, course_folders
from bonelab.course.asking import answers_file
from bonelab.course.asking.answers_file import Kept, of_folder

ROOT = Path(__file__).parents[1]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "answers.json"


@pytest.fixture
def own(path, monkeypatch):
    """The kernel keeps its answers in a file, as in a learner's folder."""

    def new_evening():
        monkeypatch.setattr(answers_file, "_session", Kept(path))

    new_evening()
    return new_evening


# -- the file --------------------------------------------------------------------------------------
def test_what_was_put_is_there_in_the_next_session(path):
    Kept(path).put("predictions", "1.1", {"answer": 40.0, "unit": "%"})
    assert Kept(path).get("predictions", "1.1")["answer"] == 40.0
    Kept(path).put("predictions", "1.1", None)
    assert Kept(path).get("predictions", "1.1") is None


def test_the_file_is_readable_and_says_what_it_is(path):
    Kept(path).put("checks", "1.2", {"choices": ["NFATc1 – der Schalter"], "right": True})
    text = path.read_text(encoding="utf-8")
    data = json.loads(text)
    assert data["schema"] == 1
    assert set(data) == {"about", "schema", "predictions", "checks", "labs", "parts"}
    assert "– der Schalter" in text, "no escapes"
    assert len(text.splitlines()) > 8, "one thing a line"


def test_two_sessions_see_each_other(path):
    one, other = Kept(path), Kept(path)
    one.put("predictions", "1.1", {"answer": 1})
    other.put("predictions", "1.2", {"answer": 2})
    assert one.all("predictions").keys() == other.all("predictions").keys() == {"1.1", "1.2"}


def test_an_entry_cannot_be_changed_from_outside(path):
    one = Kept(path)
    one.put("labs", "clinic", {"settings": {"dose": 60}})
    one.get("labs", "clinic")["settings"]["dose"] = 1
    assert one.get("labs", "clinic")["settings"] == {"dose": 60}


def _many(path, name):
    answers_file.PATIENCE = 600  # on a busy machine others may have the file for long
    one = Kept(path)
    for i in range(25):
        one.put("predictions", f"{name}.{i}", {"answer": i})


MOVED_LAST = """
import bonelab as bl
lab = bl.labs.culture_dish().skip()
lab.card
lab.move("rankl", 10)
"""


def test_a_move_just_before_the_kernel_ends_is_kept(path):
    done = subprocess.run(
        [sys.executable, "-c", MOVED_LAST],
        env={**os.environ, "BONELAB_ANSWERS": str(path), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert Kept(path).get("labs", "culture_dish")["settings"] == {"rankl": 10}


def test_four_kernels_at_once_lose_nothing(path):
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_many, args=(path, name)) for name in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0] * 4
    entries = Kept(path).all("predictions")
    assert len(entries) == 100
    assert all(entries[f"{n}.{i}"]["answer"] == i for n in range(4) for i in range(25))


def test_a_write_that_fails_leaves_the_file_and_the_session_whole(path, monkeypatch):
    one = Kept(path)
    one.put("predictions", "1.1", {"answer": 1})
    before = path.read_bytes()

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    one.put("predictions", "1.2", {"answer": 2})
    assert path.read_bytes() == before
    assert one.get("predictions", "1.2")["answer"] == 2, "the kernel remembers"
    assert "No space left" in one.trouble
    assert list(path.parent.glob("*.new")) == [], "nothing is left lying about"


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"schema": 1, "checks": {"1": 2}}', "null"])
def test_a_file_that_cannot_be_read_is_set_aside_with_a_sentence(path, broken):
    path.write_text(broken, encoding="utf-8")
    one = Kept(path)
    assert one.get("checks", "1.1") is None
    assert "could not be read" in one.trouble
    assert "answers-unreadable-1.json" in one.trouble
    assert (path.parent / "answers-unreadable-1.json").read_text(encoding="utf-8") == broken
    one.put("checks", "1.1", {"choices": ["a"], "right": False})
    assert Kept(path).get("checks", "1.1")["choices"] == ["a"]


def test_a_second_unreadable_file_does_not_take_the_place_of_the_first(path):
    for text in ("first", "second"):
        path.write_text(text, encoding="utf-8")
        Kept(path).get("labs", "clinic")
    aside = sorted(path.parent.glob("answers-unreadable-*.json"))
    assert [file.read_text(encoding="utf-8") for file in aside] == ["first", "second"]


def test_a_file_of_a_later_version_is_left_as_it_is(path):
    text = '{"schema": 2, "predictions": {}, "checks": {}, "labs": {}}'
    path.write_text(text, encoding="utf-8")
    one = Kept(path)
    one.put("predictions", "1.1", {"answer": 1})
    assert path.read_text(encoding="utf-8") == text
    assert one.get("predictions", "1.1")["answer"] == 1
    assert "another version" in one.trouble


# -- where it stands -------------------------------------------------------------------------------
def test_a_script_and_a_test_write_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BONELAB_ANSWERS", raising=False)
    monkeypatch.setattr(answers_file, "_session", None)
    assert answers_file.place() is None
    bl.check("1.1").choose(1)
    bl.predict("1.1").guess(40)
    bl.labs.culture_dish().guess(40)
    assert list(tmp_path.rglob("*")) == []


def test_the_file_stands_beside_the_folders_of_the_learner(tmp_path):
    work = tmp_path / course_folders.WORK
    (work / "lessons").mkdir(parents=True)
    assert of_folder(work / "lessons") == work / "answers.json"
    assert of_folder(tmp_path) == work / "answers.json"
    elsewhere = tmp_path / "my notebooks"
    elsewhere.mkdir()
    assert of_folder(elsewhere) == elsewhere / "answers.json"


def test_the_lessons_of_a_checkout_keep_nothing_beside_themselves():
    root = course_folders.checkout()
    assert of_folder(root / "lessons") == root / course_folders.WORK / "answers.json"


def test_another_place_can_be_named(monkeypatch, path):
    monkeypatch.setenv("BONELAB_ANSWERS", str(path))
    assert answers_file.place() == path
    monkeypatch.setenv("BONELAB_ANSWERS", "off")
    assert answers_file.place() is None


# -- two evenings ----------------------------------------------------------------------------------
def test_a_check_comes_back_with_its_feedback(own):
    bl.check("1.1").choose("A")
    bl.check("1.1").choose("C")
    own()
    again = bl.check("1.1")
    assert again.right
    assert again.tried == again.options[::2], "the first try is kept too"
    assert "60 ng/ml is 1 nM, and 1/1.2 is 0.83" in again.box.children[2].value
    assert "You chose C. Right." in again.words


def test_a_prediction_comes_back_beside_the_run(own):
    bl.predict("1.1").guess(40)
    own()
    assert bl.predict("1.1").my_guess == 40
    assert "You predicted 40%, and the run gives 80%" in bl.predict("1.1").compare(80)
    own()
    assert answers_file.answers().get("predictions", "1.1")["run"] == 80


def test_a_lab_comes_back_with_its_guess_and_settings(own):
    lab = bl.labs.culture_dish()
    lab.guess(55)
    lab.set(rankl=10, block="Src", rank=True)
    lab.keep()
    own()
    again = bl.labs.culture_dish()
    assert not again.locked
    assert again.values == lab.values
    assert again.verdict == lab.verdict
    assert again.verdict.startswith("You predicted 55 ng/ml")
    assert again.values != again.defaults


def test_a_skipped_lab_stays_open_and_one_that_was_forgotten_is_locked(own):
    bl.labs.culture_dish().skip()
    own()
    assert not bl.labs.culture_dish().locked
    bl.labs.culture_dish().predict_again()
    own()
    assert bl.labs.culture_dish().locked


def test_settings_that_no_longer_fit_are_passed_over(own):
    question = bl.labs.coupling().prediction.question
    settings = {"tail": "cannot signal (P29A)", "extra_RANKL": 1000, "gone": 1}
    answers_file.answers().put("labs", "coupling", {
        "settings": settings, "prediction": {"question": question, "skipped": True},
    })  # fmt: skip
    lab = bl.labs.coupling()
    assert lab.values == lab.defaults | {"tail": 0.02}


def test_a_guess_that_no_longer_fits_the_question_is_none(own):
    answers_file.answers().put("predictions", "1.1", {"answer": 400, "unit": "%"})
    assert bl.predict("1.1").my_guess is None
    assert "have not predicted" in bl.predict("1.1").compare(80)


# -- bonelab answers -------------------------------------------------------------------------------
@pytest.mark.usefixtures("own")
def test_the_command_prints_what_was_predicted_and_answered(path, capsys):
    bl.predict("1.1").guess(40)
    bl.predict("1.1").compare(80.55)
    bl.predict("1.3").skip()
    bl.check("1.1").choose("A")
    bl.check("1.1").choose("C")
    lab = bl.labs.culture_dish().set(rankl=10)
    lab.keep()
    assert answers_command.main([str(path)]) == 0
    told = capsys.readouterr().out
    assert "predicted 40%, the run gave 80.5%" in told or "the run gave 80.6%" in told
    assert "1.3" in told
    assert "skipped" in told
    assert (
        "then “It rises from 83 to 91%, because most of RANK was occupied before.” (right)" in told
    )
    assert "culture_dish" in told
    assert "rankl = 10" in told


@pytest.mark.usefixtures("own")
def test_the_command_clears_and_says_so(path, capsys):
    bl.check("1.1").choose(1)
    assert answers_command.main(["--clear", str(path)]) == 0
    assert "is empty now" in capsys.readouterr().out
    assert Kept(path).all("checks") == {}


def test_the_command_says_that_there_is_nothing_yet(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert answers_command.main([]) == 0
    assert answers_command.main([str(tmp_path / "none.json")]) == 2
    assert capsys.readouterr().err.count("no answers yet") == 2
