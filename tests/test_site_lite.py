"""The lessons in the browser: what can be tested without the libraries that only the network has.

``PYODIDE`` names a folder with Pyodide's core and the wheels of its kernel; ``bash .ci/lane lite``
makes one. What is compared with the lock, compiled or opened there is skipped without it.
"""

import http.server
import json
import os
import re
import shutil
import subprocess
import threading
import tomllib
from pathlib import Path

import pytest
from lesson_runs import ROOT
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.version import Version

from bonelab.site import lite

PYODIDE = os.environ.get("PYODIDE", "")
needs_pyodide = pytest.mark.skipif(not PYODIDE, reason="PYODIDE names no folder: .ci/lane lite")
BROWSER = {"sys_platform": "emscripten", "platform_machine": "wasm32", "os_name": "posix"}
# Pure wheels that the browser's Python gets from the package index.
PURE = {"ipywidgets", "filelock", "anywidget"}


def wanted():
    """The requirements that hold in the browser."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    every = [Requirement(line) for line in project["dependencies"]]
    return [each for each in every if each.marker is None or each.marker.evaluate(BROWSER)]


def test_the_browser_needs_no_server_and_no_kernel_of_ours():
    names = {each.name for each in wanted()}
    assert names.isdisjoint({"jupyterlab", "ipykernel", "psutil", "nbformat"})
    assert {"numpy", "scipy", "matplotlib", "pandas", "ipywidgets"} <= names
    assert Marker("sys_platform != 'emscripten'").evaluate()  # and everywhere else all of them


def test_a_notebook_is_for_the_kernel_of_the_browser():
    text = (ROOT / "lessons" / "00_start_here.ipynb").read_text(encoding="utf-8")
    book = json.loads(lite.with_first_cell(text))
    assert book["metadata"]["kernelspec"]["name"] == "python"
    assert book["cells"][0]["id"] == "title"
    assert book["cells"][1]["source"].startswith("%pip install -q bonelab")
    assert book["cells"][2:] == json.loads(text)["cells"][1:]


def test_lessons_and_exercises_are_there_and_no_solution(tmp_path):
    lite.write_contents(tmp_path / "contents")
    names = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.ipynb")}
    assert len(names) == len(list((ROOT / "lessons").glob("*.ipynb"))) + len(
        list((ROOT / "exercises").glob("*.ipynb"))
    )
    assert not any("solution" in name for name in names)


def test_a_given_pyodide_is_served_from_the_site(tmp_path):
    (tmp_path / "lite").mkdir()
    (tmp_path / "lite" / "jupyter-lite.json").write_text('{"jupyter-config-data": {"a": 1}}')
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "pyodide.mjs").write_text("//")
    lite.serve_pyodide(tmp_path / "lite", tmp_path / "own")
    told = json.loads((tmp_path / "lite" / "jupyter-lite.json").read_text())["jupyter-config-data"]
    address = told["litePluginSettings"][lite.KERNEL]["pyodideUrl"]
    assert told["a"] == 1
    assert (tmp_path / "lite" / address).is_file()


@needs_pyodide
def test_our_versions_fit_the_lock_of_pyodide():
    lock = json.loads(Path(PYODIDE, "pyodide-lock.json").read_text(encoding="utf-8"))["packages"]
    plain = {name.replace("_", "-"): entry for name, entry in lock.items()}
    missing = {each.name for each in wanted()} - set(plain)
    assert missing <= PURE
    wrong = [
        f"{each} against {plain[each.name]['version']}"
        for each in wanted()
        if each.name in plain and Version(plain[each.name]["version"]) not in each.specifier
    ]
    assert wrong == []


@needs_pyodide
@pytest.mark.skipif(not shutil.which("node"), reason="no node here")
def test_the_package_compiles_and_imports_under_pyodide():
    script = f"""
import {{ loadPyodide }} from "{Path(PYODIDE, "pyodide.mjs").as_uri()}";
const python = await loadPyodide({{ indexURL: "{PYODIDE}/" }});
python.FS.mkdirTree("/course");
python.FS.mount(python.FS.filesystems.NODEFS, {{ root: "{ROOT}" }}, "/course");
console.log(python.runPython(`
import pathlib, sys
sys.path.insert(0, "/course")
count = 0
for path in pathlib.Path("/course/bonelab").rglob("*.py"):
    compile(path.read_text(encoding="utf-8"), str(path), "exec")
    count += 1
import bonelab as bl
from bonelab.course.asking import answers_file, verdict
f"{{sys.platform}} {{count}} {{bl.__version__}} {{verdict.compare(40, 50, '%')}}"
`));
"""
    done = subprocess.run(
        ["node", "--input-type=module", "-e", script], capture_output=True, text=True, check=True
    )
    platform, count, _, said = done.stdout.strip().split(" ", 3)
    assert platform == "emscripten"
    assert int(count) > 250
    assert said == "You predicted 40%, and the run gives 50%, so your guess was too low."


@needs_pyodide
def test_a_notebook_runs_in_the_browser_without_a_request_elsewhere(
    tmp_path, monkeypatch, chromium
):
    first = lite.write_contents

    def and_a_small_one(folder):
        first(folder)
        book = {"cells": [], "metadata": {"kernelspec": {"name": "python", "display_name": "P"}},
                "nbformat": 4, "nbformat_minor": 5}  # fmt: skip
        book["cells"].append(
            {"cell_type": "code", "id": "a", "metadata": {}, "execution_count": None,
             "outputs": [], "source": "import sys\nprint(sys.platform, 6 * 7)"}
        )  # fmt: skip
        (folder / "small.ipynb").write_text(json.dumps(book), encoding="utf-8")

    monkeypatch.setattr(lite, "write_contents", and_a_small_one)
    wheels = sorted(Path(PYODIDE, "served").glob("*.whl"))
    built = lite.build(tmp_path, tmp_path / "work", Path(PYODIDE), wheels)
    assert (built / "files" / "lessons" / "00_start_here.ipynb").is_file()
    with serving(tmp_path) as address:
        page, elsewhere = chromium.new_page(), []
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((address, "data:", "blob:"))
                else elsewhere.append(request.url)
            ),
        )
        page.goto(f"{address}/lite/lab/index.html?path=small.ipynb")
        cell = page.locator(".jp-Notebook .jp-CodeCell .cm-content").first
        cell.click(timeout=180_000)
        page.keyboard.press("Shift+Enter")
        output = page.locator(".jp-OutputArea-output pre").first
        output.wait_for(timeout=300_000)
        assert output.inner_text().strip() == "emscripten 42"
        assert elsewhere == []
        page.close()


class serving:
    """A folder on a port of this computer, while the block runs."""

    def __init__(self, folder):
        class Quiet(http.server.SimpleHTTPRequestHandler):
            def __init__(self, *args, **more):
                super().__init__(*args, directory=str(folder), **more)

            def log_message(self, *args):
                pass

        Quiet.extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | {
            ".mjs": "text/javascript",
            ".wasm": "application/wasm",
        }
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_port}"

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


def test_the_lane_asks_for_a_pyodide_that_the_kernel_knows():
    """The lane reads the version from the kernel itself; nothing is typed twice."""
    lane = (ROOT / ".ci" / "lane").read_text(encoding="utf-8")
    assert "PYODIDE=$folder/pyodide" in lane
    assert not re.search(r"pyodide@\d", lane)
