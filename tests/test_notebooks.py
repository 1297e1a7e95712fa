"""Hygiene of every notebook; that they run is nbval's part of the same pytest run."""

import contextlib
import json
import os
import queue
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import notebook_rules as rules
import psutil
import pytest
from jupyter_client.manager import start_new_kernel

ROOT = Path(__file__).parents[1]
NO_GRAMMAR = ROOT / "tests" / "no_grammar"  # see there
NOTEBOOKS = sorted(
    path
    for shelf in ("lessons", "exercises", "solutions")
    for path in (ROOT / shelf).glob("*.ipynb")
)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_notebook_keeps_the_rules(path):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    lesson = path.parent.name == "lessons" and path.stem != "primer"
    assert rules.problems(notebook, lesson=lesson) == []


def test_lesson_numbers_match_their_file_names():
    for path in (ROOT / "lessons").glob("[0-9]*.ipynb"):
        told = json.loads(path.read_text(encoding="utf-8"))["metadata"]["bonelab"]
        assert told["lesson"] == int(path.name[:2]), path.name


# ---- the rules themselves, on tiny notebooks --------------------------------------------------


FOLDED = {"jupyter": {"source_hidden": True}}


def markdown(text, name="a-cell"):
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": text}


def code(text, name="some-code", **more):
    cell = {"cell_type": "code", "id": name, "metadata": {}, "source": text}
    return {**cell, "outputs": [], "execution_count": None, **more}


def notebook(*cells, **told):
    told = {"lesson": 1, "minutes": 40, "objectives": {"1.1": "x"}, "claims": [], **told}
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": {"name": "python3"}, "bonelab": told},
        "cells": [markdown("# Title", "title"), *cells],
    }


def test_a_good_notebook_has_no_problems():
    good = notebook(
        markdown("## Part\n\n```python\n# a comment, no heading\n```\n\n### Detail", "part"),
        markdown("![An osteoclast with five nuclei on bone](images/oc.png)", "drawing"),
        code("import bonelab as bl\n\nbl.labs.culture_dish()", "lab"),
        code("x = 1\nx?\n%timeit x", "magic"),
        code("\n".join(["x = 1"] * 15), "check", metadata=FOLDED),
        code("half = x ___ 2\nrun = f(___, 'a ___')", "half-filled"),
    )
    assert rules.problems(good, lesson=True) == []


@pytest.mark.parametrize(
    ("cell", "complaint"),
    [
        (code("1", outputs=[{"output_type": "stream"}]), "stored outputs"),
        (code("1", execution_count=3), "execution count"),
        (code("1", name="title"), "stands twice"),
        (code("1", name=""), "no valid id"),
        (code("1", name="1f3a9c0e"), "is random"),
        (markdown("# Second title"), "one first-level heading"),
        (markdown("### Too deep"), "jumps from level 1 to 3"),
        (markdown("![](bone.png)"), "no text alternative"),
        (markdown('<img src="bone.png" alt="">'), "no text alternative"),
        (code("\n".join(["x = 1"] * 16)), "16 lines"),
        (code("\n".join(["x = 1"] * 16), metadata=FOLDED), "16 lines"),
        (code("import urllib.request"), "imports urllib.request"),
        (code("from requests import get"), "imports requests"),
        (code("pd.read_csv('https://example.org/x.csv')"), "uses the address"),
        (code("!pip install something"), "installs or fetches"),
        (code("x = ("), "does not parse"),
    ],
)
def test_each_broken_rule_is_found(cell, complaint):
    found = rules.problems(notebook(cell), lesson=True)
    assert len(found) == 1
    assert complaint in found[0]


@pytest.mark.parametrize("told", [{"minutes": 90}, {"minutes": None}, {"lesson": "1"}])
def test_a_lesson_announces_number_and_minutes(told):
    assert len(rules.problems(notebook(**told), lesson=True)) == 1
    assert rules.problems(notebook(**told), lesson=False) == []


# ---- nbval sees what it must ------------------------------------------------------------------

WIDGETS = {
    "observe": "s.observe(lambda change: 1 / 0, 'value')\ns.value = 3",
    "interact": "w.interact(lambda x: 1 / (x - 3), x=s)\ns.value = 3",
    "interactive output": (
        "display(w.interactive_output(lambda x: 1 / (x - 3), dict(x=s)))\ns.value = 3"
    ),
    "button": "b = w.Button()\nb.on_click(lambda _: 1 / 0)\nb.click()",
    "inside an Output": (
        "o = w.Output()\n@o.capture()\ndef f(change):\n    1 / 0\n"
        "s.observe(f, 'value')\ns.value = 3"
    ),
}


NETWORK = [
    "import urllib.request\nurllib.request.urlopen('http://example.org')",
    "import socket\nsocket.create_connection(('192.0.2.1', 80), 1)",
    "import socket as s\ns.socket(s.AF_INET, s.SOCK_DGRAM).sendto(b'', ('192.0.2.1', 9))",
]


@pytest.fixture(scope="module")
def nbval_says(tmp_path_factory):
    """What pytest and nbval print with the project's own settings, by notebook and cell."""
    folder = tmp_path_factory.mktemp("nbval")
    start = "import ipywidgets as w\nfrom IPython.display import display"
    good = "s = w.IntSlider(0)\ns.observe(print, 'value')\ns.value = 3"
    widgets = [start, *("s = w.IntSlider(0)\n" + text for text in WIDGETS.values()), good]
    local = "import socket\nwith socket.create_server(('127.0.0.1', 0)) as s:\n"
    local += "    socket.create_connection(s.getsockname()).close()\n"
    local += "assert '_close_network' not in dir()"
    for name, cells in (("widgets", widgets), ("network", [*NETWORK, local])):
        cells = [code(text, f"cell-{number}") for number, text in enumerate(cells)]
        (folder / f"{name}.ipynb").write_text(json.dumps(notebook(*cells)), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-rA", "-p", "no:xdist", "-p", "no:cacheprovider"]
    command += ["-o", "addopts=", "--nbval-lax", "--nbval-current-env", str(folder)]
    command += ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(folder)]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(NO_GRAMMAR)])}
    result = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=3600, env=env
    )
    assert result.returncode == 1, result.stdout
    return result.stdout


def outcomes(said, name):
    """``["PASSED", "FAILED", ...]``: how the cells of a notebook ended."""
    found = re.findall(rf"^(PASSED|FAILED) {name}\.ipynb::Cell (\d+)", said, re.M)
    return [outcome for outcome, _ in sorted(found, key=lambda row: int(row[1]))]


def test_an_error_in_any_widget_callback_fails_the_run(nbval_says):
    failed = ["FAILED"] * len(WIDGETS)
    assert outcomes(nbval_says, "widgets") == ["PASSED", *failed, "PASSED"]


def test_a_lesson_that_uses_the_network_fails_the_run(nbval_says):
    assert outcomes(nbval_says, "network") == [*["FAILED"] * len(NETWORK), "PASSED"]
    assert nbval_says.count("a lesson must not need the network") >= len(NETWORK)


# ---- kernels that share their loading ---------------------------------------------------------


@pytest.fixture
def kernels():
    """Two kernels as this run starts them for notebooks."""
    started = [start_new_kernel(kernel_name="python3", startup_timeout=600) for _ in range(2)]
    for _, client in started:
        hear(client)
    yield started
    for manager, client in started:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def hear(client):
    """Wait until what the kernel shows is heard: a subscription may come later than an answer."""
    for _ in range(600):
        client.kernel_info()
        with contextlib.suppress(queue.Empty):
            client.get_iopub_msg(timeout=1)
            return
    raise AssertionError("the kernel shows nothing")


def said(client, code):
    """What a kernel prints when it runs the code; its error's name where it stops."""
    printed = []
    reply = client.execute_interactive(
        code, timeout=600, output_hook=lambda m: printed.append(m["content"].get("text", ""))
    )
    return reply["content"].get("ename") or "".join(printed).strip()


def test_notebooks_share_neither_names_nor_changes(kernels):
    (_, one), (_, two) = kernels
    said(
        one, "x = 1\nimport numpy, matplotlib\nnumpy.pi = 3\nmatplotlib.rcParams['font.size'] = 99"
    )
    assert said(two, "x") == "NameError"
    assert said(two, "import numpy\nprint(numpy.pi)") == "3.141592653589793"
    assert said(two, "import matplotlib\nprint(matplotlib.rcParams['font.size'])") != "99.0"
    assert said(one, "import os\nprint(os.getpid())") != said(two, "import os\nprint(os.getpid())")


def test_a_notebook_still_has_to_import_what_it_uses(kernels):
    (_, one), _ = kernels
    assert said(one, "bl") == "NameError"
    assert said(one, "np") == "NameError"
    assert said(one, "import os\nprint(os.path.basename(os.getcwd()))") == Path.cwd().name


def test_a_kernel_can_be_interrupted_and_ends_when_it_is_stopped(kernels):
    (manager, client), _ = kernels
    asked = client.execute("import time\nprint('here', flush=True)\ntime.sleep(600)")
    while client.get_iopub_msg(timeout=600)["content"].get("text") != "here\n":
        pass
    manager.interrupt_kernel()
    while (reply := client.get_shell_msg(timeout=600))["parent_header"].get("msg_id") != asked:
        pass
    assert reply["content"]["ename"] == "KeyboardInterrupt"
    assert manager.is_alive()
    manager.shutdown_kernel(now=True)
    assert not manager.is_alive()


@pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux")
def test_no_kernel_outlives_tests_that_were_killed(tmp_path):
    cells = [code("print(1)", "starts"), code("import time\ntime.sleep(600)", "stays")]
    shutil.copy(ROOT / "conftest.py", tmp_path)
    shutil.copytree(ROOT / "tests" / "kernel", tmp_path / "tests" / "kernel")
    (tmp_path / "a.ipynb").write_text(json.dumps(notebook(*cells)), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "-p", "no:cacheprovider"]
    command += ["-p", "no:nbval", "--nbval-lax", "--nbval-current-env", "a.ipynb"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=tmp_path, **quiet) as tests:
        while len(family := psutil.Process(tests.pid).children(recursive=True)) < 2:
            assert tests.poll() is None, "the tests ended by themselves"
            time.sleep(0.1)
        tests.kill()
    _, alive = psutil.wait_procs(family, timeout=600)
    assert alive == []


FORKS = """
import os, signal, sys, time
sys.path.insert(0, {folder!r})
from forked_kernels import end_with
here = os.getpid()
if os.fork() == 0:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with(here)
    print(os.getpid(), flush=True)
    time.sleep(600)
time.sleep(600)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_kernel_outlives_what_forked_it(how):
    code = FORKS.format(folder=str(ROOT / "tests" / "kernel"))
    quiet = {"stderr": subprocess.DEVNULL, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-S", "-c", code], **quiet) as forks:
        kernel = psutil.Process(int(forks.stdout.readline()))
        forks.send_signal(how)
    _, alive = psutil.wait_procs([kernel], timeout=600)
    assert alive == []
