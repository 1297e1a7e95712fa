"""The wheel: what travels in it, and that the course runs from it alone."""

import json
import os
import re
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


def run(installed, cwd, *argv):
    return subprocess.run(
        [sys.executable, "-m", "bonelab", *argv],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(installed)},
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
            assert re.fullmatch(r"[\w.-]+(\[\w+\])?>=[\d.]+", requirement), requirement


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


def read_when_it_listens(address: str) -> bytes:
    """Jupyter prints its address a moment before it listens."""
    for _ in range(100):
        try:
            return urllib.request.urlopen(address, timeout=10).read()
        except urllib.error.HTTPError:
            raise
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"nothing listens at {address}")


@pytest.mark.skipif(os.name == "nt", reason="sends a POSIX signal")
def test_the_server_answers_to_its_owner_and_ends_with_ctrl_c(installed, tmp_path):
    settings = {**os.environ, "PYTHONPATH": str(installed), "JUPYTER_RUNTIME_DIR": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-m", "bonelab", "--no-browser"],
        cwd=tmp_path,
        env=settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        process_group=0,
    ) as process:
        try:
            told = ""
            for line in process.stdout:
                told += line
                if found := re.search(r"(http://127\.0\.0\.1:\d+)/\S*\?(token=\w+)", line):
                    break
            assert found, told
            # The process that was started became the server: nothing stands between.
            status = f"{found[1]}/api/status?{found[2]}"
            assert json.loads(read_when_it_listens(status))["kernels"] == 0
            with pytest.raises(urllib.error.HTTPError, match="403"):
                urllib.request.urlopen(f"{found[1]}/api/contents", timeout=10)
            servers = list(tmp_path.glob("jpserver-*.json"))
            assert [path.stem for path in servers] == [f"jpserver-{process.pid}"]
        finally:
            os.killpg(process.pid, signal.SIGINT)
            process.stdout.read()
        assert process.wait(20) == 0
