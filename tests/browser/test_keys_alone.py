"""Lesson 1 from its first cell to its last with Shift + Enter, Tab and the keys of an answer."""

import json
import re
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STATE = """index => {
  const notebook = jupyterapp.shell.currentWidget.content, cell = notebook.widgets[index];
  const card = cell.node.querySelector('.bonelab-lab, .bonelab-check');
  const row = card && [...card.querySelectorAll('.bonelab-answers')].find(e => e.offsetParent);
  const open = card?.querySelector('.bonelab-options') && !card.querySelector('.mod-active');
  return row?.querySelector('input') ? 'number' : row || open ? 'option' : null; }
"""
WHERE = """() => { const here = document.activeElement;
        const row = here.closest('.bonelab-answers, .bonelab-options');
        return row ? `${here.tagName}:${here.innerText}` : here === document.body ? 'lost' : ''; }
"""
ANSWERED = f"index => ({STATE.strip()})(index) === null"
ACTIVE = "() => jupyterapp.shell.currentWidget.content.activeCellIndex"
PASSED = "i => i < jupyterapp.shell.currentWidget.content.activeCellIndex"


@pytest.fixture
def lesson(notebook, server):
    name = "01_forward_signalling"
    Path(server.folder, "lessons").mkdir()
    shutil.copy(ROOT / "lessons" / f"{name}.ipynb", Path(server.folder, "lessons"))
    book = notebook(f"lessons/{name}")
    book.page.evaluate(
        "() => { const notebook = jupyterapp.shell.currentWidget.content;"
        " notebook.activeCellIndex = 0; notebook.activate(); }"
    )
    return book


def cells_of(name):
    path = ROOT / "lessons" / f"{name}.ipynb"
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def asks(cell):
    """True for a cell that shows a question: a check, a prediction or a lab."""
    source = "".join(cell["source"])
    last = source.splitlines()[-1]
    question = re.fullmatch(r'bl\.(check|predict)\("[\d.]+"\)|lab', last)
    return cell["cell_type"] == "code" and question is not None


def test_lesson_1_with_keys_alone(lesson):
    page, cells = lesson.page, cells_of("01_forward_signalling")
    asked = [number for number, cell in enumerate(cells) if asks(cell)]
    assert len(asked) >= 7
    for number in range(len(cells) - 1):
        page.keyboard.press("Shift+Enter")
        page.wait_for_function(PASSED, arg=number)
        if number in asked:
            page.wait_for_function(STATE, arg=number)
            answer(page, number, page.evaluate(STATE, number))
            assert page.evaluate(ACTIVE) == number, "the cell of the question is the active one"
            assert page.evaluate(WHERE) != "lost", f"the focus fell to the page in cell {number}"
            page.keyboard.press("Shift+Enter")  # runs it once more, and goes on
            page.wait_for_function(PASSED, arg=number)


def answer(page, number, kind):
    """Tab back into the question, and answer it."""
    for _ in range(25):
        page.keyboard.press("Shift+Tab")
        where = page.evaluate(WHERE)
        if where.startswith("INPUT" if kind == "number" else "BUTTON") and "Skip" not in where:
            break
    if kind == "number":
        page.keyboard.type("20")
        page.keyboard.press("Enter")
    else:
        page.keyboard.press("Space")
    page.wait_for_function(ANSWERED, arg=number)
