"""The private environment: what each failure says, and that nothing half made stays behind.

The commands run for real on a small copy of the checkout; where an installer must succeed or fail
in a certain way, a stand-in called ``uv`` is put on PATH.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bonelab.course import cli, environment
from bonelab.course.environment import READY, UNFINISHED, Environment, SetupError

ROOT = Path(__file__).parents[1]
posix = pytest.mark.skipif(os.name == "nt", reason="the stand-in installer is a shell script")


@pytest.fixture
def checkout(tmp_path):
    """A checkout with the commands, but with no lessons and no environment."""
    root = tmp_path / "course folder"  # with a space, as students' folders have
    (root / "lessons").mkdir(parents=True)
    shutil.copy(ROOT / "pyproject.toml", root)
    (root / "bonelab" / "course").mkdir(parents=True)
    for name in ("__init__.py", "__main__.py"):
        shutil.copy(ROOT / "bonelab" / name, root / "bonelab")
    (root / "bonelab" / "course" / "doctor").mkdir()
    for pattern in ("*.py", "doctor/*.py"):
        for path in (ROOT / "bonelab" / "course").glob(pattern):
            shutil.copy(path, root / path.relative_to(ROOT))
    return root


@pytest.fixture
def tools(tmp_path):
    """An otherwise empty PATH."""
    folder = tmp_path / "tools"
    folder.mkdir()
    return folder


def stand_in_uv(tools: Path, script: str) -> None:
    path = tools / "uv"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def bare_python(code: str) -> list[str]:
    """Python without site-packages, as on a machine where nothing was installed."""
    return [environment.base_python(), "-S", "-c", code]


def start(*argv: str, ensurepip: bool = True) -> list[str]:
    """``python3 -m bonelab ARGV`` on such a machine, with or without Debian's python3-venv."""
    hide = "u.find_spec = lambda n, *a, f=u.find_spec: None if n == 'ensurepip' else f(n, *a)\n"
    return bare_python(
        "import importlib.util as u, runpy, sys\n"
        f"sys.path[0] = ''\nsys.argv[1:] = {list(argv)!r}\n"
        f"{'' if ensurepip else hide}"
        "runpy.run_module('bonelab', run_name='__main__', alter_sys=True)"
    )


def run(command, checkout, tools, **more):
    keep = {key: os.environ[key] for key in ("SYSTEMROOT", "TMPDIR") if key in os.environ}
    nowhere = "http://127.0.0.1:9/simple"
    settings = {"PATH": str(tools), "PIP_INDEX_URL": nowhere, "PIP_RETRIES": "0"}
    settings |= {
        "PIP_CONFIG_FILE": os.devnull,
        "UV_DEFAULT_INDEX": nowhere,
        "UV_NO_CONFIG": "1",
        "UV_HTTP_RETRIES": "0",
    }
    return subprocess.run(
        command,
        cwd=checkout,
        env={**keep, **settings, **more},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=3600,
    )


@posix
def test_without_the_network_it_says_so_and_leaves_nothing(checkout, tools):
    """uv fails in a way that says nothing; so pip is tried, and its failure is explained."""
    stand_in_uv(tools, "exit 2")
    result = run(start("doctor"), checkout, tools)
    assert "not made yet" in result.stdout
    assert (
        "So far nothing is wrong, but the environment of the course is not ready" in result.stdout
    )
    assert "Nothing is wrong" not in result.stdout
    result = run(start(), checkout, tools)
    assert result.returncode == 1
    assert "libraries with uv" in result.stdout
    assert "libraries with pip" in result.stdout
    assert "the package index cannot be reached" in result.stderr
    assert "Traceback" not in result.stderr
    assert not (checkout / ".venv").exists()


def test_without_the_network_uv_says_so_too(checkout, tools):
    name = "uv.exe" if os.name == "nt" else "uv"  # of the test environment itself
    shutil.copy(Path(sys.executable).with_name(name), tools)
    result = run(start(ensurepip=False), checkout, tools, HOME=str(checkout))
    assert result.returncode == 1
    assert "the package index cannot be reached" in result.stderr
    assert not (checkout / ".venv").exists()


def test_without_the_venv_module_it_names_the_package_to_install(checkout, tools):
    result = run(start("test", ensurepip=False), checkout, tools)
    assert result.returncode == 1
    assert "apt install python3-venv" in result.stderr
    assert not (checkout / ".venv").exists()
    result = run(start("doctor", ensurepip=False), checkout, tools)
    assert result.returncode == 1
    assert "WRONG" in result.stdout
    assert "apt install python3-venv" in result.stdout


@posix
def test_uv_stands_in_for_the_venv_module(checkout, tools):
    stand_in_uv(tools, f'echo "$@" > "{tools}/asked"')
    result = run(start("open", "nerve", ensurepip=False), checkout, tools)
    asked = (tools / "asked").read_text(encoding="utf-8")
    assert asked.split()[:3] == ["pip", "install", "--python"]
    assert "the environment is ready" in result.stdout
    assert "'nerve' is no lesson of this course" in result.stderr  # inside the new environment
    assert Environment(checkout).state() == "ready"
    again = run(start("open", "nerve", ensurepip=False), checkout, tools)
    assert (again.stdout, again.stderr) == ("", result.stderr)


def test_the_help_of_every_command_needs_nothing_installed(tools):
    """From the checkout itself, in a Python without libraries; an environment would be told."""
    code = (
        "import sys; sys.path[0] = ''\n"
        "from bonelab.course import cli\n"
        "cli.enter_environment = None\n"
        "for name in cli.COMMANDS:\n"
        "    try: cli.main([name, '--help'])\n"
        "    except SystemExit as end: assert end.code == 0\n"
    )
    result = run(bare_python(code), ROOT, tools)
    assert (result.returncode, result.stderr) == (0, "")
    for name in cli.COMMANDS:
        assert f"usage: bonelab {name} " in result.stdout


def test_a_file_of_the_users_own_does_not_hide_pythons(checkout, tools):
    for name in ("random", "argparse", "json"):
        (checkout / f"{name}.py").write_text("raise SystemExit('the wrong one')", encoding="utf-8")
    result = run(start("--version"), checkout, tools)
    assert (result.stdout[:8], result.stderr) == ("bonelab ", "")
    result = run(start("doctor"), checkout, tools)
    assert result.returncode == 1
    assert "random.py hides the library 'random'" in result.stdout


@posix
@pytest.mark.parametrize(
    ("printed", "message"),
    [
        ("error: No space left on device (os error 28)", "the disk is full"),
        ("error: Failed to fetch: dns error", "the package index cannot be reached"),
        ("error: invalid peer certificate: UnknownIssuer", "does not trust"),
        ("error: something unheard of", "something unheard of"),
    ],
)
def test_an_installer_that_fails_is_explained(checkout, tools, printed, message):
    stand_in_uv(tools, f"echo '{printed}' >&2; exit 2")
    result = run(start(ensurepip=False), checkout, tools)
    assert result.returncode == 1
    assert message in result.stderr
    assert not (checkout / ".venv").exists()


@posix
def test_ctrl_c_during_the_set_up_leaves_nothing(checkout, tools):
    stand_in_uv(tools, f"echo working > '{checkout}/begun'; exec /bin/sleep 3600")
    command = start(ensurepip=False)
    settings = {"PATH": str(tools)}
    with subprocess.Popen(
        command, cwd=checkout, env=settings, stderr=subprocess.PIPE, text=True, process_group=0
    ) as process:
        while not (checkout / "begun").exists():
            assert process.poll() is None
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)
        printed = process.stderr.read()
        assert process.wait() == 130
    assert printed.strip().endswith("stopped.")
    assert "Traceback" not in printed
    assert not (checkout / ".venv").exists()


# ---- states, without starting anything -------------------------------------------------------


@pytest.fixture
def place(checkout, monkeypatch):
    """An environment whose installer succeeds at once; ``place.ran`` keeps what it was told."""
    place, place.ran = Environment(checkout), []

    def pretend(command, what):
        place.ran.append(command)
        if "venv" in command:
            place.python.parent.mkdir(parents=True, exist_ok=True)
            place.python.touch()

    monkeypatch.setattr(environment, "run", pretend)
    monkeypatch.setattr(environment, "find_uv", lambda: "uv")
    return place


def test_it_is_made_once(place):
    assert place.state() == "missing"
    place.ensure()
    place.ensure()
    assert (len(place.ran), place.state()) == (2, "ready")
    assert not (place.folder / UNFINISHED).exists()


def test_extras_are_added_and_kept(place):
    place.ensure()
    assert place.state(["test"]) == "stale"
    place.ensure(["test"])
    assert place.ran[-1][-1] == f"{place.root}[test]"
    assert (place.state(), place.state(["test"])) == ("ready", "ready")


def test_changed_requirements_are_noticed(place):
    place.ensure()
    settings = place.root / "pyproject.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("line-length = 100", "line-length = 99"), encoding="utf-8")
    assert place.state() == "ready"
    settings.write_text(text.replace('"numpy>=', '"numpy>=9'), encoding="utf-8")
    assert place.state() == "stale"
    place.ensure()
    assert place.state() == "ready"


def test_a_moved_checkout_is_installed_again(place):
    place.ensure()
    moved = place.root.rename(place.root.with_name("moved"))
    assert Environment(moved).state() == "stale"


def test_a_set_up_that_was_cut_short_is_made_again(place, capsys):
    place.folder.mkdir()
    (place.folder / UNFINISHED).write_text("999999999", encoding="utf-8")
    (place.folder / "rubbish").touch()
    assert place.state() == "half-made"
    place.ensure()
    assert "cut short" in capsys.readouterr().out
    assert place.state() == "ready"
    assert not (place.folder / "rubbish").exists()


@posix
def test_a_set_up_that_is_under_way_elsewhere_is_left_alone(place):
    place.folder.mkdir()
    (place.folder / UNFINISHED).write_text(str(os.getpid()), encoding="utf-8")
    with pytest.raises(SetupError, match=r"is setting up .* right now"):
        place.ensure()
    assert (place.folder / UNFINISHED).exists()


def test_an_environment_whose_python_has_gone_is_made_again(place):
    place.ensure()
    place.python.unlink()
    assert place.state() == "half-made"
    place.ensure()
    assert place.state() == "ready"


def test_a_folder_that_is_not_ours_is_never_deleted(place):
    place.folder.mkdir()
    (place.folder / "precious").touch()
    assert place.state() == "broken"
    with pytest.raises(SetupError, match="Delete or rename it"):
        place.ensure()
    assert (place.folder / "precious").exists()


def test_a_working_environment_of_the_users_own_is_used(place):
    place.python.parent.mkdir(parents=True)
    place.python.touch()
    assert place.state() == "not ours"
    place.ensure()
    assert place.state() == "ready"
    assert [command[1] for command in place.ran] == ["pip"]


def test_a_damaged_marker_counts_as_none(place):
    place.ensure()
    (place.folder / READY).write_text("{", encoding="utf-8")
    assert place.state() == "not ours"
    place.ensure()
    assert json.loads((place.folder / READY).read_text(encoding="utf-8"))["extras"] == []


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (OSError(28, "No space left on device"), "the disk is full"),
        (PermissionError(13, "Permission denied", "here"), "cannot write in here"),
    ],
)
def test_a_folder_that_cannot_be_written_is_explained(place, monkeypatch, error, message):
    def refuse(*_):
        raise error

    monkeypatch.setattr(environment, "run", refuse)
    with pytest.raises(SetupError, match=message):
        place.ensure()
    assert not place.folder.exists()


def test_an_old_python_is_told_what_it_needs(monkeypatch, capsys):
    from bonelab import __main__

    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    assert __main__.main([]) == 1
    assert "needs Python 3.11 or newer; this is Python 3.9.2" in capsys.readouterr().err
