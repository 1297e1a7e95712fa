"""The wheel: what travels in it, and that the course runs from it alone."""

import importlib.util
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

import pytest
import websocket

from bonelab import __version__

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The wheel unpacked, to stand before everything else on the path."""
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run(installed, cwd, *argv, **settings):
    return subprocess.run(
        [sys.executable, "-m", "bonelab", *argv],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(installed), **settings},
        capture_output=True,
        text=True,
    )


def test_the_wheel_holds_lessons_and_exercises_and_no_solution(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for shelf in ("lessons", "exercises"):
        for path in (ROOT / shelf).glob("*.ipynb"):
            assert f"bonelab/course/material/{shelf}/{path.name}" in names
    for path in (ROOT / "bonelab").rglob("*.py"):
        assert path.relative_to(ROOT).as_posix() in names
    for path in (ROOT / "bonelab").rglob("*.toml"):
        assert path.relative_to(ROOT).as_posix() in names
    assert not [name for name in names if "solution" in name.lower()]
    tops = {name.split("/")[0] for name in names}
    assert tops == {"bonelab"} | {f"bonelab-{__version__}.{kind}" for kind in ("data", "dist-info")}


def test_the_wheel_holds_no_answer(wheel):
    archive = zipfile.ZipFile(wheel)
    for name in archive.namelist():
        if name.endswith(".ipynb"):
            text = archive.read(name).decode()
            assert "### BEGIN SOLUTION" not in text, name
            assert "### BEGIN HIDDEN TESTS" not in text, name


def test_the_wheel_switches_jupyters_news_off(wheel):
    name = f"bonelab-{__version__}.data/data/share/jupyter/lab/settings/overrides.d/bonelab.json"
    settings = json.loads(zipfile.ZipFile(wheel).read(name))
    assert settings["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"


def test_the_version_stands_in_one_place(wheel):
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.search(r"^version: (.+)$", citation, re.M)[1] == __version__
    assert wheel.name.startswith(f"bonelab-{__version__}-")
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_requirements_have_lower_bounds_and_no_caps():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    for requirement in [*project["dependencies"], *(r for extra in extras for r in extra)]:
        if not requirement.startswith("bonelab["):
            name, _, where = requirement.partition("; ")
            assert re.fullmatch(r"[\w.-]+(\[\w+\])?>=[\d.]+", name), requirement
            assert not where or re.fullmatch(r"sys_platform != '\w+'", where), requirement


def test_the_wheel_alone_copies_its_lessons_into_the_current_folder(installed, tmp_path):
    result = run(installed, tmp_path, "open", "no such lesson")
    assert result.returncode == 1
    assert "is no lesson of this course" in result.stderr
    ours = sorted(path.name for path in (ROOT / "lessons").glob("*.ipynb"))
    theirs = sorted(path.name for path in (tmp_path / "bonelab-work/lessons").glob("*.ipynb"))
    assert theirs == ours
    assert not (tmp_path / ".venv").exists()


def test_the_wheel_alone_has_no_tests_and_says_so(installed, tmp_path):
    result = run(installed, tmp_path, "test")
    assert (result.returncode, "source checkout" in result.stderr) == (1, True)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_right_answers_are_right_on_a_console_without_utf_8(installed, tmp_path, encoding):
    solution = ROOT / "tests" / "grading" / "example" / "solutions" / "00_example.ipynb"
    mine = shutil.copy(solution, tmp_path / "mine.ipynb")
    result = run(installed, tmp_path, "check", str(mine), PYTHONIOENCODING=encoding)
    assert "UnicodeEncodeError" not in result.stdout + result.stderr
    assert (result.returncode, result.stderr) == (0, "")
    assert "[right]" in result.stdout


# ---- the server, as a student gets it --------------------------------------------------------


def answer(address: str, data: bytes | None = None) -> bytes:
    """What the server answers; it prints its address a moment before it listens."""
    for _ in range(6000):
        try:
            return urllib.request.urlopen(address, data, timeout=600).read()
        except urllib.error.HTTPError as error:
            return str(error.code).encode()
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"nothing listens at {address}")


def wait_until_idle(address: str) -> None:
    """Listen to a kernel, as a browser does, until it says that it has nothing to do."""
    connection = websocket.create_connection(address, timeout=600)
    try:
        while json.loads(connection.recv())["content"].get("execution_state") != "idle":
            pass
    finally:
        connection.close()


@pytest.fixture(scope="module")
def served(installed, tmp_path_factory):
    """One start of the lessons: what each address answered, what was printed, how it ended."""
    if os.name == "nt":
        pytest.skip("sends a POSIX signal")
    folder = tmp_path_factory.mktemp("served")
    settings = {**os.environ, "PYTHONPATH": str(installed), "JUPYTER_RUNTIME_DIR": str(folder)}
    with subprocess.Popen(
        [sys.executable, "-m", "bonelab", "--no-browser"],
        cwd=folder,
        env=settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        process_group=0,
    ) as process:
        try:
            printed = ""
            for line in process.stdout:
                printed += line
                if address := re.search(r"(http://127\.0\.0\.1:\d+)/\S*\?(token=\w+)", line):
                    break
            assert address, printed
            facts = {
                name: answer(f"{address[1]}/{name}?{address[2]}") for name in ("api/status", "lab")
            }
            facts["without the token"] = answer(f"{address[1]}/api/contents")
            facts["formgrader"] = answer(f"{address[1]}/formgrader?{address[2]}")
            facts["kernel"] = answer(f"{address[1]}/api/kernels?{address[2]}", b"{}")
            kernel = json.loads(facts["kernel"])["id"]
            wait_until_idle(
                f"ws{address[1].removeprefix('http')}/api/kernels/{kernel}/channels?{address[2]}"
            )
            facts["servers"] = [path.stem for path in folder.glob("jpserver-*.json")]
            facts["process"] = process.pid
        finally:
            os.killpg(process.pid, signal.SIGINT)
            printed += process.communicate()[0]
        facts["exit code"] = process.returncode
    return facts | {"printed": printed}


def test_the_server_answers_to_its_owner_only(served):
    assert json.loads(served["api/status"])["kernels"] == 0
    assert served["without the token"] == b"403"


def test_the_process_that_was_started_became_the_server(served):
    assert served["servers"] == [f"jpserver-{served['process']}"]


def test_ctrl_c_ends_the_server(served):
    assert served["exit code"] == 0
    assert "Traceback" not in served["printed"]


def test_nbgrader_stands_in_no_lesson(served):
    if importlib.util.find_spec("nbgrader") is None:
        pytest.skip("nbgrader is not here")
    page = re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', served["lab"].decode(), re.S)
    assert "@jupyter/nbgrader" in json.loads(page[1])["disabledExtensions"]
    assert served["formgrader"] == b"404"


def test_a_kernel_prints_no_warning(served):
    assert "without encryption" not in served["printed"]
