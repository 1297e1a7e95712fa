"""The doctor: what it finds on a computer where everything works, and where something does not."""

import errno
import json
import os
import re
import sys
from pathlib import Path

import pytest
from jupyter_client.launcher import launch_kernel
from jupyter_client.provisioning import local_provisioner

from bonelab.course import course_folders, doctor
from bonelab.course.doctor import computer, libraries, rehearsal

LESSON = "bonelab-work/lessons"
MANAGER = "@jupyter-widgets/jupyterlab-manager"


@pytest.fixture
def student(tmp_path, monkeypatch):
    """The folder of a student who has a wheel and one lesson."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(course_folders, "checkout", lambda: None)
    # A kernel that loads its libraries itself, as on a student's computer.
    monkeypatch.setattr(local_provisioner, "launch_kernel", launch_kernel)
    monkeypatch.setattr(computer, "disk_space", lambda: computer.Finding(True, "disk", "enough"))
    (tmp_path / LESSON).mkdir(parents=True)
    (tmp_path / LESSON / "01_forward_signalling.ipynb").write_text("{}", encoding="utf-8")
    return tmp_path


def printed_findings(capsys):
    """``{what: (ok or WRONG, words)}`` of the findings that were printed."""
    rows = re.findall(r"^(ok|WRONG) +(.{14}) (.*)$", capsys.readouterr().out, re.M)
    return {what.strip(): (state, words) for state, what, words in rows}


# ---- all of it -------------------------------------------------------------------------------


def test_it_does_what_a_student_does(student, capsys):
    assert doctor.main(None) == 0
    out = capsys.readouterr().out
    assert "WRONG" not in out
    for what in ("kernel", "one dish", "its picture", "a lab", "saving", "widgets", "plug-ins"):
        assert re.search(rf"^ok +{what} +\w", out, re.M), what
    assert "Nothing is wrong." in out
    assert [path.name for path in (student / LESSON).iterdir()] == ["01_forward_signalling.ipynb"]


def test_a_numpy_of_the_students_own_is_found(student, capsys, monkeypatch):
    """By its name before the kernel starts, and by what it does in the kernel."""
    monkeypatch.setattr(libraries, "findings", lambda private: ())
    (student / LESSON / "numpy.py").write_text("array = 1", encoding="utf-8")
    assert doctor.main(None) == 1
    finding = printed_findings(capsys)
    state, words = finding["file names"]
    assert state == "WRONG"
    assert "numpy.py hides the library 'numpy': give it another name, for example my_numpy" in words
    assert finding["one dish"][0] == "WRONG"
    assert "its picture" not in finding


def test_nothing_is_wrong_is_said_only_when_everything_was_tried(monkeypatch, student, capsys):
    monkeypatch.setattr(doctor, "set_up", lambda environment: False)
    assert doctor.main(None) == 0
    out = capsys.readouterr().out
    assert "Nothing is wrong" not in out
    assert "So far nothing is wrong, but" in out


# ---- the computer ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["numpy.py", "random.py", "matplotlib.py", "json.py", "jinja2.py"])
def test_a_file_that_hides_a_library(tmp_path, name):
    (tmp_path / name).touch()
    finding = computer.file_names([tmp_path])
    assert not finding.fine
    assert f"{tmp_path / name} hides the library '{name[:-3]}'" in finding.words


@pytest.mark.parametrize("name", ["my_numpy.py", "numpy.txt", "random.ipynb", "numpy/notes.txt"])
def test_a_file_that_hides_nothing(tmp_path, name):
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).touch()
    assert computer.file_names([tmp_path]).fine


def test_a_folder_that_hides_a_library(tmp_path):
    (tmp_path / "scipy").mkdir()
    (tmp_path / "scipy" / "__init__.py").touch()
    assert "scipy hides the library 'scipy'" in computer.file_names([tmp_path]).words


def test_every_folder_with_notebooks_is_looked_into(student):
    extra = student / LESSON / "mine" / "deeper"
    extra.mkdir(parents=True)
    (extra / "a.ipynb").touch()
    looked = {folder.resolve() for folder in computer.folders_of_notebooks()}
    work = student / "bonelab-work"
    assert {folder.resolve() for folder in (student, work, work / "lessons", extra)} == looked


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full: free some space"),
        (errno.EROFS, "it can be read only: move the course"),
        (errno.EACCES, "you may not write there: move the course"),
        (errno.ENAMETOOLONG, "its path is too long: move the course up"),
        (errno.EIO, "Input/output error: move the course to another folder"),
    ],
)
def test_a_folder_in_which_nothing_can_be_written(tmp_path, monkeypatch, number, words):
    def refuse(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    finding = computer.writing("your copy", tmp_path)
    assert not finding.fine
    assert f"cannot write in {tmp_path}: {words}" in finding.words
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_a_file(tmp_path):
    (tmp_path / "file").touch()
    assert not computer.writing("your copy", tmp_path / "file").fine


def test_a_path_that_is_too_long_for_windows(tmp_path):
    longest = computer.LONGEST_ON_WINDOWS - computer.DEEPEST
    root = Path(tmp_path.anchor)
    fits = root / ("x" * (longest - len(str(root))))
    assert computer.path_length(fits, limited=True).fine
    too_long = computer.path_length(fits.with_name(fits.name + "x"), limited=True)
    assert not too_long.fine
    assert f"{longest + 1} characters, and Windows allows {longest} here" in too_long.words
    assert computer.path_length(fits / "x", limited=False).fine


def test_the_deepest_file_of_the_environment_is_as_deep_as_is_said():
    folder = Path(sys.prefix)
    deepest = max(len(str(path.relative_to(folder))) for path in folder.rglob("*"))
    # On Windows Lib stands in the place of lib/python3.11, and .venv\ before it.
    assert deepest <= computer.DEEPEST


# ---- libraries and JupyterLab ----------------------------------------------------------------


def test_a_library_that_is_there_but_cannot_load(tmp_path, monkeypatch):
    for name, code in (("scipy", "raise ImportError('DLL load failed')"), ("pint", "1 / 0")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(code, encoding="utf-8")
    (tmp_path / "psutil.py").write_text("import os\nos._exit(3)", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    loaded = libraries.try_to_load(["scipy.integrate", "pint", "tqdm", "psutil"])
    assert loaded["scipy.integrate"] == ("", "ImportError: DLL load failed")
    assert loaded["pint"] == ("", "ZeroDivisionError: division by zero")
    assert loaded["tqdm"][1] == ""
    assert loaded["psutil"] == ("", "Python itself crashes when it is loaded")
    finding = libraries.library("scipy", "1.0", *loaded["scipy.integrate"], private=True)
    assert not finding.fine
    assert "is there but cannot load (ImportError: DLL load failed)" in finding.words


@pytest.mark.parametrize(
    ("name", "least", "file", "fine", "words"),
    [
        ("ipywidgets", "8.1", "", True, "8."),
        ("ipywidgets", "99.0", "", False, "is older than 99.0, which the lessons need"),
        ("no-such-library", "1.0", "", False, "is not installed"),
        ("ipywidgets", "8.1", "/elsewhere/ipywidgets/__init__.py", False, "is taken from"),
        ("ipywidgets", "8.1", f"{sys.prefix}/lib/ipywidgets/__init__.py", True, "8."),
    ],
)
def test_a_library(name, least, file, fine, words):
    finding = libraries.library(name, least, file, "", private=True)
    assert (finding.fine, words in finding.words) == (fine, True)


@pytest.mark.parametrize(("newer", "older"), [("8.10", "8.9"), ("2.0.1", "2.0"), ("10", "9.9.9")])
def test_versions_are_compared_as_numbers(newer, older):
    assert libraries.numbers(newer) > libraries.numbers(older)
    assert libraries.numbers("8.1.0rc2") == libraries.numbers("8.1")


def test_the_libraries_looked_at_are_those_that_the_lessons_need():
    wanted = libraries.requirements()
    assert {"numpy", "scipy", "matplotlib", "pandas", "jupyterlab", "ipywidgets"} <= set(wanted)
    assert "pytest" not in wanted


def test_an_old_widget_extension_that_wins_is_named(tmp_path, monkeypatch):
    folder = tmp_path / "labextensions" / MANAGER
    folder.mkdir(parents=True)
    (folder / "package.json").write_text('{"version": "3.1.11"}', encoding="utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    finding = libraries.widget_manager("do it again")
    assert not finding.fine
    assert f"an old widget extension (3.1.11) from {folder}: delete" in finding.words


@pytest.mark.parametrize("name", [MANAGER, f"{MANAGER}:plugin", "@jupyterlab/mathjax-extension"])
def test_a_plug_in_that_is_switched_off_is_named(tmp_path, monkeypatch, name):
    (tmp_path / "labconfig").mkdir()
    page = json.dumps({"disabledExtensions": {name: True, "@someone/theirs": True}})
    (tmp_path / "labconfig" / "page_config.json").write_text(page, encoding="utf-8")
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(tmp_path))
    finding = libraries.plugins()
    assert not finding.fine
    assert finding.words.startswith(f"{name} of JupyterLab is switched off")
    assert finding.words.endswith(f"jupyter labextension enable {name}")


def test_looking_at_jupyterlab_changes_no_variable(monkeypatch):
    before = dict(os.environ)
    assert libraries.plugins().fine
    assert dict(os.environ) == before


def test_a_kernel_that_does_not_start_is_told(tmp_path, monkeypatch):
    def refuse(folder):
        raise RuntimeError("Kernel died\nbefore replying")

    monkeypatch.setattr(rehearsal, "start", refuse)
    (finding,) = rehearsal.findings(tmp_path)
    assert not finding.fine
    assert f"does not start in {tmp_path} (Kernel died before replying)" in finding.words
