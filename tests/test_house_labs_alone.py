"""``bonelab show LESSON --labs``: the labs of a lesson for a lecture room, and nothing else."""

import ast
import json
import os
import re
from pathlib import Path

import pytest
from lesson_runs import NAMES, ROOT

from bonelab.course import cli, course_folders, labs_alone, right_python
from bonelab.course.environment import SetupError


def cells_of(path):
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def labs_in(text):
    return re.findall(r"bl\.labs\.(\w+\([^)]*\))", text)


@pytest.mark.parametrize("name", NAMES.values())
def test_every_lab_of_a_lesson_is_there_once_and_no_other_code(name, tmp_path):
    lesson = ROOT / "lessons" / f"{name}.ipynb"
    title, *labs = cells_of(labs_alone.write(tmp_path, lesson))
    assert title["source"].startswith("# Lesson ")
    assert "\n" not in title["source"]
    wanted = [labs_in("".join(c["source"])) for c in cells_of(lesson) if c["cell_type"] == "code"]
    assert [lab for cell in labs for lab in labs_in(cell["source"])] == [
        lab for cell in wanted for lab in cell
    ]
    for cell in labs:
        lines = [line for line in cell["source"].splitlines() if line]
        assert lines[0] == "import bonelab as bl"
        assert len(lines) <= 3
        compile(cell["source"], name, "exec")


def test_a_page_without_a_lab_is_told(tmp_path):
    with pytest.raises(SetupError, match="has no lab"):
        labs_alone.write(tmp_path, ROOT / "lessons" / "primer.ipynb")


@pytest.fixture
def started(tmp_path, monkeypatch):
    """Commands that would replace the process, and the extras that were asked for."""
    asked = []
    monkeypatch.setattr(cli, "enter_environment", lambda argv, extras: asked.append(extras))
    monkeypatch.setattr(right_python, "replace_process", asked.append)
    monkeypatch.setattr(course_folders, "work", lambda: tmp_path / "bonelab-work")
    for name in ("LAB_SETTINGS_DIR", "LAB_WORKSPACES_DIR", "_PREFER_ENV_PATH", "_CONFIG_PATH"):
        monkeypatch.setenv(f"JUPYTER{name}", "")  # so that it is put back
    monkeypatch.setenv("BONELAB_PROJECTOR", "")
    return asked


def test_voila_shows_them_large_and_to_this_computer_only(started, tmp_path, monkeypatch):
    monkeypatch.setattr(labs_alone.importlib.util, "find_spec", lambda name: name)
    assert cli.main(["show", "1", "--labs", "--no-browser", "--port", "8899"]) == 0
    extras, command = started
    assert extras == ("show",)
    assert command[2:4] == ["-m", "voila"]
    book = Path(command[4])
    assert book.is_relative_to(tmp_path / "bonelab-work")
    assert labs_in(book.read_text(encoding="utf-8")) == ["culture_dish()"]
    assert {"--Voila.ip=127.0.0.1", "--Voila.port=8899", "--no-browser"} < set(command)
    (settings,) = (word for word in command if word.startswith("--Voila.tornado_settings="))
    allowed = ast.literal_eval(settings.partition("=")[2])["headers"]["Content-Security-Policy"]
    assert "http" not in allowed, "icons of Voila's page come from another host"
    assert "'self'" in allowed
    assert os.environ["BONELAB_PROJECTOR"], "labs are larger"


def test_without_voila_it_says_how_to_get_it(started, monkeypatch, capsys):
    monkeypatch.setattr(labs_alone.importlib.util, "find_spec", lambda name: None)
    assert cli.main(["show", "1", "--labs"]) == 1
    assert "python3 -m pip install voila" in capsys.readouterr().err
    assert len(started) == 1, "nothing was started"


def test_the_whole_lesson_needs_nothing_more(started):
    cli.main(["show", "1"])
    assert started[0] == ()
