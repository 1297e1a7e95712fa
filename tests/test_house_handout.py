"""The ZIP that a teacher hands out: complete, without a solution, and it starts."""

import os
import re
import shutil
import stat
import subprocess
import sys
import zipfile

import pytest
from lesson_runs import NAMES, ROOT

from bonelab.course import handout
from bonelab.course.cli import COMMANDS

SECRET = ("BEGIN SOLUTION", "BEGIN HIDDEN TESTS", "[[also_right]]")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The handout of all sets, as a ZIP."""
    out = tmp_path_factory.mktemp("handout") / "course.zip"
    assert handout.main(["--out", str(out)]) == 0
    return out


@pytest.fixture(scope="module")
def unpacked(made, tmp_path_factory):
    """The handout unpacked where a student would: a folder with a blank and an umlaut."""
    folder = tmp_path_factory.mktemp("Eigene Übungen") / "my course"
    with zipfile.ZipFile(made) as packed:
        for told in packed.infolist():
            path = packed.extract(told, folder)
            os.chmod(path, told.external_attr >> 16)
    return folder / handout.TOP


def names(path):
    with zipfile.ZipFile(path) as packed:
        return packed.namelist()


def test_lessons_and_exercises_are_all_there(made):
    inside = set(names(made))
    for name in NAMES.values():
        assert f"bonelab-course/lessons/{name}.ipynb" in inside
        assert f"bonelab-course/exercises/set_{name}.ipynb" in inside


def test_no_solution_no_test_and_no_proof(made):
    with zipfile.ZipFile(made) as packed:
        for name in packed.namelist():
            assert not name.startswith(("bonelab-course/solutions", "bonelab-course/tests")), name
            if name.endswith((".ipynb", ".toml")):
                text = packed.read(name).decode("utf-8")
                assert not any(word in text for word in SECRET), name


def test_only_the_sets_that_were_asked_for(tmp_path, capsys):
    out = tmp_path / "two.zip"
    assert handout.main(["2", "0", "--out", str(out)]) == 0
    sets = [name for name in names(out) if "/exercises/" in name]
    assert len(sets) == 2
    assert all("set_00_" in name or "set_02_" in name for name in sets)
    assert "2 exercise sets, no solution" in capsys.readouterr().out


@pytest.mark.parametrize("wrong", ["99", "two", "-1", "²", "1.0"])
def test_a_set_that_does_not_exist_is_refused_in_words(wrong, tmp_path, capsys):
    assert handout.main([*(["--"] if wrong == "-1" else []), wrong]) == 2
    assert "there is no exercise set" in capsys.readouterr().out


def test_the_same_course_gives_the_same_bytes(made, tmp_path):
    again = tmp_path / "again.zip"
    handout.main(["--out", str(again)])
    assert again.read_bytes() == made.read_bytes()


def test_the_files_to_double_click_may_be_started(unpacked):
    for name in ("Start bonelab.sh", "Start bonelab.command"):
        assert (unpacked / name).stat().st_mode & stat.S_IXUSR
    windows = (unpacked / "Start bonelab.bat").read_bytes()
    windows.decode("ascii")
    assert windows.count(b"\n") == windows.count(b"\r\n") > 10


def test_mac_and_linux_start_alike():
    one, other = (handout.START / f"Start bonelab.{end}" for end in ("sh", "command"))
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.skipif(os.name == "nt", reason="a file for sh")
def test_it_finds_python_and_starts_the_course(unpacked, tmp_path):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python3").symlink_to(sys.executable)
    done = start(unpacked, tmp_path / "bin", "--version")
    assert done.stdout.startswith("bonelab ")
    assert done.returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="a file for sh")
def test_an_old_python_is_passed_over_and_none_is_named(unpacked, tmp_path):
    (tmp_path / "bin").mkdir()
    old = tmp_path / "bin" / "python3"
    old.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")  # what a Python 3.8 answers
    old.chmod(0o755)
    done = start(unpacked, tmp_path / "bin", "--version")
    assert done.returncode == 1
    assert "needs Python 3.11 or newer" in done.stdout
    (tmp_path / "bin" / "python3.12").symlink_to(sys.executable)
    assert start(unpacked, tmp_path / "bin", "--version").stdout.startswith("bonelab ")


def start(folder, path, *words):
    """Run the file for Linux with only this folder of programs, and what a shell needs."""
    for name in ("dirname", "sh"):
        if not (path / name).exists():
            (path / name).symlink_to(shutil.which(name))
    environment = {"PATH": str(path), "HOME": str(path)}
    command = ["/bin/sh", str(folder / "Start bonelab.sh"), *words]
    return subprocess.run(
        command, env=environment, input="\n", capture_output=True, text=True, check=False
    )


def test_the_readme_is_for_students_and_names_what_is_there(unpacked):
    text = (unpacked / "README.md").read_text(encoding="utf-8")
    for path in re.findall(r"`([\w/.-]+\.(?:md|html))`", text):
        assert (unpacked / path).is_file(), path
    named = set(re.findall(r"python3 -m bonelab ([a-z]+)", text))
    assert named <= set(COMMANDS)
    assert "test" not in named  # no test travels with it


def test_the_picture_of_what_to_do_has_words(unpacked):
    page = (unpacked / "Start here.html").read_text(encoding="utf-8")
    assert "<title id=" in page
    for name in ("Start bonelab.bat", "Start bonelab.command", "Start bonelab.sh"):
        assert name in page
        assert (unpacked / name).is_file()
    assert (ROOT / "LICENSE").read_bytes() == (unpacked / "LICENSE").read_bytes()
