"""A real JupyterLab in headless Chromium, where both are; skipped in words elsewhere.

CHROMIUM=/path/to/chromium python -m pytest tests/browser
"""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "benchmarks"))
READY = (
    "() => window.jupyterapp?.shell.currentWidget?.context?.sessionContext?.session"
    "?.kernel?.status === 'idle'"
)


@pytest.fixture(scope="module")
def server(chromium, tmp_path_factory):
    """A JupyterLab whose folder holds the notebooks of one file of tests."""
    from lab_server import LabServer

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))
        with LabServer(tmp_path_factory.mktemp("evening")) as server:
            yield server


@pytest.fixture
def notebook(chromium, server):
    """``notebook("name", cells)`` opens a notebook of these cells; ``.run()`` runs them all."""
    opened = []

    def open_one(name, sources=None, **size):
        if sources is not None:
            write(Path(server.folder, f"{name}.ipynb"), sources)
        opened.append(Notebook(chromium, server, name, **size))
        return opened[-1]

    yield open_one
    for one in opened:
        one.page.close()
    server.stop_kernels()


def write(path, sources):
    """A notebook of code cells."""
    import nbformat.v4 as v4

    book = v4.new_notebook(cells=[v4.new_code_cell(source) for source in sources])
    book.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(v4.writes(book), encoding="utf-8")


class Notebook:
    """One notebook open in the browser."""

    def __init__(self, browser, server, name, width=1280, height=1000, **more):
        self.server = server
        self.page = browser.new_page(viewport={"width": width, "height": height}, **more)
        self.page.set_default_timeout(600_000)
        self.page.goto(server.address(f"{name}.ipynb"))
        self.page.wait_for_function(READY, timeout=600_000)

    def command(self, name):
        """Run a command of JupyterLab by its id."""
        self.page.evaluate("name => jupyterapp.commands.execute(name)", name)

    def run(self):
        """Run all cells as soon as there is a kernel, and wait until the last one is done."""
        self.page.wait_for_function(READY, timeout=600_000)
        self.page.evaluate("() => jupyterapp.commands.execute('notebook:run-all-cells')")
        self.page.wait_for_function(READY, timeout=600_000)

    def save(self):
        """Save the notebook."""
        self.page.evaluate("() => jupyterapp.shell.currentWidget.context.save()")

    def card(self, number):
        """The card of the number-th cell that has one, from 0."""
        return self.page.locator(".bonelab-lab, .bonelab-check").nth(number)

    @property
    def focused(self):
        """The text of the element that has the focus, or ""."""
        return self.page.evaluate(
            "() => document.activeElement === document.body ? '' : document.activeElement.innerText"
        )
