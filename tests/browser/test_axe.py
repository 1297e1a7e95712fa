"""No violation of WCAG 2.2 A and AA in what the course puts below the cells of its notebooks.

Every lesson and every set is run in a JupyterLab and judged by axe-core: as it opens, and once
more when every question is answered or skipped, every lab has moved and its code is open. The
interface of JupyterLab itself is not judged. ``BONELAB_AXE=02`` takes the notebooks of that name.
"""

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMED = os.environ.get("BONELAB_AXE", "")
NOTEBOOKS = [
    path
    for folder in ("lessons", "exercises")
    for path in sorted((ROOT / folder).glob("*.ipynb"))
    if NAMED in str(path.relative_to(ROOT))
]
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
# JupyterLab's body is 0 high, so axe takes every text for hidden; a height changes nothing else.
JUDGE = """async levels => {
  document.body.style.height = '100vh';
  const scope = '.jp-Notebook .jp-OutputArea-output';
  if (!document.querySelector(scope)) return {faults: [], judged: 0};
  const errors = '[data-mime-type="application/vnd.jupyter.stderr"]';  // JupyterLab's own colours
  const found = await axe.run({include: [[scope]], exclude: [[errors]]}, {runOnly: levels});
  const faults = found.violations.flatMap(rule => rule.nodes.map(
      node => `${rule.id}: ${node.html.slice(0, 200)} ${node.failureSummary.slice(0, 300)}`));
  return {faults, judged: found.passes.reduce((sum, rule) => sum + rule.nodes.length, 0)}; }
"""
OPEN = """() => {
  for (const button of document.querySelectorAll('.jp-OutputArea button')) {
    const first = button.matches('.bonelab-options button:first-child');
    if (first || /^(Skip|Show as code)$/.test(button.innerText)) button.click(); } }
"""


@pytest.fixture(scope="module")
def axe():
    """The text of axe-core, from the package that brings it."""
    package = pytest.importorskip(
        "axe_playwright_python", reason="no axe here: python -m pip install axe-playwright-python"
    )
    return Path(package.__file__).with_name("axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def opened(notebook, server, axe):
    def open_one(path, **size):
        folder = Path(server.folder, path.parent.name)
        folder.mkdir(exist_ok=True)
        shutil.copy(path, folder)
        book = notebook(f"{path.parent.name}/{path.stem}", **size)
        book.page.evaluate(f"() => {{ {axe} }}")
        return book

    return open_one


def settle(page):
    """Wait until nothing is computed and drawn any more."""
    page.wait_for_function(
        "() => jupyterapp.shell.currentWidget.context.sessionContext.session.kernel.status"
        " === 'idle' && !document.querySelector('.bonelab-stale')"
    )
    page.wait_for_timeout(1200)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_outputs_of_a_notebook_have_no_violation(opened, path):
    book = opened(path, height=14_000)  # what is not on the screen would not be judged
    page = book.page
    page.evaluate("() => jupyterapp.commands.execute('notebook:run-all-cells').catch(() => 0)")
    settle(page)
    first = page.evaluate(JUDGE, LEVELS)
    assert first["faults"] == []
    if path.parent.name == "lessons":
        assert first["judged"] > (10 if path.stem == "primer" else 20)  # the primer has no lab
    page.evaluate(OPEN)
    settle(page)
    for handle in page.locator(".noUi-handle").all():
        handle.press("ArrowRight")
    settle(page)
    assert page.evaluate(JUDGE, LEVELS)["faults"] == []


def test_axe_would_find_what_core_ipywidgets_leave_open(opened, tmp_path):
    """The judge sees the outputs: a bare slider and a bare picture are found."""
    import nbformat.v4 as v4

    bare = (
        "import ipywidgets as w\nimport bonelab as bl\n"
        "w.VBox([w.FloatSlider(), w.Image(value=bl.labs.culture_dish().png()),\n"
        "        w.HTML('<p style=\"color: #aaa\">faint</p>')])"
    )
    book = v4.new_notebook(cells=[v4.new_code_cell(bare)])
    book.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    path = tmp_path / "bare" / "bare.ipynb"
    path.parent.mkdir()
    path.write_text(v4.writes(book), encoding="utf-8")
    page = opened(path).page
    page.evaluate("() => jupyterapp.commands.execute('notebook:run-all-cells')")
    page.locator(".noUi-handle").wait_for()
    settle(page)
    rules = {fault.partition(":")[0] for fault in page.evaluate(JUDGE, LEVELS)["faults"]}
    assert {"aria-input-field-name", "image-alt", "color-contrast"} <= rules
