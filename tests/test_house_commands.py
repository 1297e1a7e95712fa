"""The commands that students and teachers type, and their own copy of the lessons."""

import dataclasses
import os
import sys
from pathlib import Path

import pytest

from bonelab import __version__
from bonelab.course import check, cli, course_folders, right_python, server, working_copy
from bonelab.course.working_copy import WorkingCopy

EXERCISE = "exercises/set_01_forward_signalling.ipynb"


@pytest.fixture
def material(tmp_path):
    folder = tmp_path / "material"
    for name in (
        "lessons/00_start_here.ipynb",
        "lessons/01_forward_signalling.ipynb",
        "lessons/02_opg_decoy.ipynb",
        "lessons/images/cell.png",
        "lessons/README.md",
        "lessons/.ipynb_checkpoints/00_start_here-checkpoint.ipynb",
        "exercises/set_01_forward_signalling.ipynb",
        "solutions/set_01_forward_signalling.ipynb",
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"the course's {name}", encoding="utf-8")
    return folder


@pytest.fixture
def started(material, tmp_path, monkeypatch):
    """Commands that would replace the process are kept in a list instead."""
    commands = []
    monkeypatch.setattr(cli, "enter_environment", lambda *_: None)
    monkeypatch.setattr(right_python, "replace_process", commands.append)
    monkeypatch.setattr(course_folders, "material", lambda: material)
    monkeypatch.setattr(course_folders, "work", lambda: tmp_path / "bonelab-work")
    for name in ("LAB_SETTINGS_DIR", "LAB_WORKSPACES_DIR", "_PREFER_ENV_PATH", "_CONFIG_PATH"):
        monkeypatch.setenv(f"JUPYTER{name}", "")  # so that it is put back
    monkeypatch.setenv("BONELAB_PROJECTOR", "")
    return commands


# ---- the student's own copy ------------------------------------------------------------------


def test_the_copy_holds_lessons_and_exercises_only(material, tmp_path):
    working_copy.prepare(material, tmp_path / "w")
    copied = {p.relative_to(tmp_path / "w").as_posix() for p in (tmp_path / "w").rglob("*.*")}
    assert copied == {
        ".bonelab-copied.json",
        "lessons/00_start_here.ipynb",
        "lessons/01_forward_signalling.ipynb",
        "lessons/02_opg_decoy.ipynb",
        "lessons/images/cell.png",
        "exercises/set_01_forward_signalling.ipynb",
    }


def test_a_students_file_is_never_overwritten(material, tmp_path, capsys):
    mine = tmp_path / "w" / "lessons" / "01_forward_signalling.ipynb"
    working_copy.prepare(material, tmp_path / "w")
    mine.write_text("my answers", encoding="utf-8")
    (material / "lessons" / mine.name).write_text("a newer lesson", encoding="utf-8")
    (material / "lessons" / "03_new.ipynb").write_text("new", encoding="utf-8")
    capsys.readouterr()
    copy = working_copy.prepare(material, tmp_path / "w")
    assert mine.read_text(encoding="utf-8") == "my answers"
    assert (tmp_path / "w" / "lessons" / "03_new.ipynb").exists()
    printed = capsys.readouterr().out
    assert "newer lessons/01_forward_signalling.ipynb; yours is kept" in printed
    assert "02_opg" not in printed
    fresh = [copy.fresh(Path("lessons", mine.name)) for _ in range(2)]
    assert [path.name for path in fresh] == [
        "01_forward_signalling-2.ipynb",
        "01_forward_signalling-3.ipynb",
    ]
    assert (copy.folder / fresh[0]).read_text(encoding="utf-8") == "a newer lesson"
    assert mine.read_text(encoding="utf-8") == "my answers"


def test_a_file_that_was_there_before_the_course_is_kept_too(material, tmp_path):
    mine = tmp_path / "w" / "lessons" / "00_start_here.ipynb"
    mine.parent.mkdir(parents=True)
    mine.write_text("older", encoding="utf-8")
    working_copy.prepare(material, tmp_path / "w")
    assert mine.read_text(encoding="utf-8") == "older"


def test_a_full_disk_leaves_no_truncated_notebook(tmp_path, monkeypatch):
    class FullDisk:
        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

        def write(self, content):
            raise OSError(28, "No space left on device")

    def open_full(path, mode):
        path.touch()
        return FullDisk()

    monkeypatch.setattr(Path, "open", open_full)
    with pytest.raises(OSError, match="No space"):
        working_copy.write_new(tmp_path / "a.ipynb", b"content")
    assert not (tmp_path / "a.ipynb").exists()


@pytest.mark.parametrize(
    ("name", "notebook"),
    [
        ("1", "lessons/01_forward_signalling.ipynb"),
        ("01", "lessons/01_forward_signalling.ipynb"),
        ("OPG", "lessons/02_opg_decoy.ipynb"),
        ("00_start_here.ipynb", "lessons/00_start_here.ipynb"),
        ("lessons/02_opg_decoy.ipynb", "lessons/02_opg_decoy.ipynb"),
        ("exercises/1", EXERCISE),
        ("exercises/forward", EXERCISE),
        ("exercises/set_01_forward_signalling", EXERCISE),
        ("bonelab-work/exercises/set_01_forward_signalling.ipynb", EXERCISE),
    ],
)
def test_a_lesson_is_found_by_number_or_name(material, tmp_path, name, notebook):
    assert WorkingCopy(material, tmp_path).find(name).as_posix() == notebook


@pytest.mark.parametrize("name", ["7", "nerve", "_", "solutions/1"])
def test_an_unknown_lesson_is_answered_with_those_there_are(material, tmp_path, name):
    with pytest.raises(course_folders.NotFound, match=r"Choose one of:\n  lessons/00_start_here"):
        WorkingCopy(material, tmp_path).find(name)


# ---- commands --------------------------------------------------------------------------------


def test_the_version_and_the_help(capsys):
    with pytest.raises(SystemExit, match="0"):
        cli.main(["--version"])
    assert capsys.readouterr().out == f"bonelab {__version__}\n"
    for asked in (["--help"], ["-h"], ["help"]):
        with pytest.raises(SystemExit, match="0"):
            cli.main(asked)
        printed = capsys.readouterr().out
        assert all(f"\n    {name} " in printed for name in cli.COMMANDS), asked


@pytest.mark.parametrize("name", cli.COMMANDS)
@pytest.mark.parametrize("form", ["{} --help", "help {}"])
def test_the_help_of_a_command_makes_no_environment(monkeypatch, capsys, name, form):
    def refuse(*_):
        raise AssertionError("an environment was made")

    monkeypatch.setattr(cli, "enter_environment", refuse)
    with pytest.raises(SystemExit, match="0"):
        cli.main(form.format(name).split())
    assert f"usage: bonelab {name}" in capsys.readouterr().out


@pytest.mark.parametrize("port", ["99999", "0", "-1", "eight", "80.5", "²"])
def test_a_port_that_cannot_be_is_refused_in_words(started, capsys, port):
    with pytest.raises(SystemExit, match="2"):
        cli.main(["open", f"--port={port}"])
    assert (
        f"{port!r} is no port. Ports are whole numbers from 1 to 65535" in capsys.readouterr().err
    )
    assert started == []


def test_an_option_that_a_command_does_not_have_is_named(started, capsys):
    assert cli.main(["open", "--frehs", "1"]) == 2
    assert "open does not know '--frehs'. See: bonelab open --help" in capsys.readouterr().err
    assert started == []


def test_an_unknown_command_is_answered_kindly(capsys):
    assert cli.main(["opne"]) == 1
    printed = capsys.readouterr().err
    assert "there is no command 'opne'. Did you mean 'open'?" in printed
    assert "usage:" in printed


def test_without_a_command_the_first_lesson_opens(started, tmp_path):
    assert cli.main([]) == 0
    (command,) = started
    assert command[:4] == [sys.executable, "-P", "-m", "jupyterlab"]
    assert "--LabApp.default_url=/lab/tree/lessons/00_start_here.ipynb" in command
    assert "--ServerApp.ip=127.0.0.1" in command
    assert f"--ServerApp.root_dir={tmp_path / 'bonelab-work'}" in command
    assert "--no-browser" not in command


def test_options_need_no_command(started):
    cli.main(["--no-browser", "--port", "9000"])
    assert {"--no-browser", "--ServerApp.port=9000"} <= set(started[0])


def test_open_fresh_opens_the_new_copy(started):
    cli.main(["open", "--fresh", "opg"])
    cli.main(["open", "opg", "--fresh"])
    assert [c[6].rpartition("/")[2] for c in started] == [
        "02_opg_decoy-2.ipynb",
        "02_opg_decoy-3.ipynb",
    ]
    assert cli.main(["open", "--fresh"]) == 2


def test_the_tabs_of_other_folders_do_not_open(started, tmp_path):
    cli.main(["open"])
    folder = Path(os.environ["JUPYTERLAB_WORKSPACES_DIR"])
    assert folder.is_relative_to(tmp_path / "bonelab-work")


def test_the_users_own_configuration_of_jupyter_is_still_read(started, monkeypatch):
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "/mine")
    cli.main(["open"])
    assert os.environ["JUPYTER_CONFIG_PATH"] == f"{server.SETTINGS}{os.pathsep}/mine"


def test_an_unknown_lesson_starts_no_server(started, capsys):
    assert cli.main(["open", "nerve"]) == 1
    assert "'nerve' is no lesson of this course" in capsys.readouterr().err
    assert started == []


def test_show_has_settings_of_its_own(started, tmp_path):
    cli.main(["show", "1"])
    assert "--LabApp.default_url=/doc/tree/lessons/01_forward_signalling.ipynb" in started[0]
    settings = Path(os.environ["JUPYTERLAB_SETTINGS_DIR"])
    assert settings.is_relative_to(tmp_path / "bonelab-work")
    themes = settings / "@jupyterlab/apputils-extension/themes.jupyterlab-settings"
    assert "20px" in themes.read_text(encoding="utf-8")
    assert os.environ["BONELAB_PROJECTOR"], "labs are larger too"


@pytest.mark.parametrize(("user", "allowed"), [(0, True), (1000, False)])
def test_root_is_allowed_only_when_root(monkeypatch, user, allowed):
    monkeypatch.setattr(os, "geteuid", lambda: user, raising=False)
    assert ("--allow-root" in server.command(Path("w"), None)) is allowed


# ---- one's own exercises ---------------------------------------------------------------------


@pytest.fixture
def checked(started, monkeypatch):
    """The files that ``bonelab check`` would run."""
    files = []
    monkeypatch.setattr(check, "main", lambda paths: files.extend(paths) or 0)
    return files


@pytest.mark.parametrize("name", ["1", "01", "forward", "exercises/1", "set_01_forward_signalling"])
def test_an_exercise_to_check_is_found_as_a_lesson_to_open(checked, tmp_path, name):
    assert cli.main(["check", name]) == 0
    assert checked == [str(tmp_path / "bonelab-work" / EXERCISE)]


def test_a_file_to_check_is_taken_as_it_is(checked, tmp_path):
    (tmp_path / "1").touch()
    assert cli.main(["check", str(tmp_path / "1")]) == 0
    assert checked == [str(tmp_path / "1")]


def test_without_a_name_every_exercise_that_was_begun_is_checked(checked, tmp_path, capsys):
    assert cli.main(["check"]) == 1
    assert "no exercise in" in capsys.readouterr().err
    mine = tmp_path / "bonelab-work" / EXERCISE
    mine.write_text("my answers", encoding="utf-8")
    assert cli.main(["check"]) == 0
    assert checked == [str(mine)]


def test_an_unknown_exercise_is_answered_with_those_there_are(checked, capsys):
    assert cli.main(["check", "nerve"]) == 1
    printed = capsys.readouterr().err
    assert "'nerve' is no exercise of this course" in printed
    assert EXERCISE in printed
    assert "lessons/" not in printed


def test_test_passes_its_arguments_on(started):
    here = Path.cwd()
    try:
        cli.main(["test", "-k", "A9", "-x"])
        cli.main(["test", "-n", "0"])
    finally:
        os.chdir(here)
    workers = str(min(os.cpu_count() or 1, 4) + 1)
    assert started[0][1:] == ["-m", "pytest", "-n", workers, "-k", "A9", "-x"]
    assert started[1][1:] == ["-m", "pytest", "-n", "0"]


def test_a_folder_that_cannot_be_written_is_explained(started, monkeypatch, tmp_path, capsys):
    (tmp_path / "file").touch()
    monkeypatch.setattr(course_folders, "work", lambda: tmp_path / "file" / "bonelab-work")
    assert cli.main([]) == 1
    assert "cannot write your copy of the lessons" in capsys.readouterr().err


def test_a_wheel_without_its_extra_says_what_to_install(started, monkeypatch, capsys):
    def missing(options):
        raise ModuleNotFoundError("No module named 'sphinx'", name="sphinx")

    for name, extras in (("site", ("site",)), ("check", ())):
        command = dataclasses.replace(cli.COMMANDS[name], run=missing, extras=extras)
        monkeypatch.setitem(cli.COMMANDS, name, command)
    assert cli.main(["site", "out"]) == 1
    told = capsys.readouterr().err
    assert "site needs sphinx, which is not installed here" in told
    assert "[site]" in told
    with pytest.raises(ModuleNotFoundError):  # a fault of ours is not explained away
        cli.main(["check"])
