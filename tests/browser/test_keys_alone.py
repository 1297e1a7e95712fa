"""Lessons 0 and 1 from the first cell to the last with Shift + Enter, Tab, keys of an answer.

In the lab the walk goes on: arrows on a slider, a typed number, a list, Show as code, Reset.
"""

import json
import re
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LESSONS = [path.stem for path in sorted((ROOT / "lessons").glob("0[01]_*.ipynb"))]
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
# What has the focus, as a screen reader says it: name, state or value.
SPOKEN = """() => { const here = document.activeElement;
        const label = here.labels?.[0]?.innerText;
        const name = here.ariaLabel ?? label ?? here.innerText;
        return [name, here.ariaValueText ?? here.ariaPressed ?? here.value ?? ''].join(' | '); }
"""
ACTIVE = "() => jupyterapp.shell.currentWidget.content.activeCellIndex"
COUNT = "() => jupyterapp.shell.currentWidget.content.widgets.length"
PASSED = "i => i < jupyterapp.shell.currentWidget.content.activeCellIndex"


@pytest.fixture
def open_lesson(notebook, server):
    def open_one(name):
        Path(server.folder, "lessons").mkdir(exist_ok=True)
        shutil.copy(ROOT / "lessons" / f"{name}.ipynb", Path(server.folder, "lessons"))
        book = notebook(f"lessons/{name}")
        book.page.evaluate(
            "() => { const notebook = jupyterapp.shell.currentWidget.content;"
            " notebook.activeCellIndex = 0; notebook.activate(); }"
        )
        return book

    return open_one


def cells_of(name):
    path = ROOT / "lessons" / f"{name}.ipynb"
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def asks(cell):
    """True for a cell that shows a question: a check, a prediction or a lab."""
    last = "".join(cell["source"]).splitlines()[-1]
    question = re.fullmatch(r'bl\.(check|predict)\("[\d.]+"\)|lab', last)
    return cell["cell_type"] == "code" and question is not None


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_with_keys_alone(open_lesson, name):
    page, cells = open_lesson(name).page, cells_of(name)
    asked = [number for number, cell in enumerate(cells) if asks(cell)]
    assert len(asked) >= 6
    for number in range(len(cells) - 1):
        page.keyboard.press("Shift+Enter")
        page.wait_for_function(PASSED, arg=number)
        if number in asked:
            page.wait_for_function(STATE, arg=number)
            answer(page, page.evaluate(STATE, number))
            assert page.evaluate(ACTIVE) == number, "the cell of the question is the active one"
            assert page.evaluate(WHERE) != "lost", f"the focus fell to the page in cell {number}"
            if cells[number]["source"][-1] == "lab":
                work_in_the_lab(page)
                assert page.evaluate(ACTIVE) == number
            page.keyboard.press("Shift+Enter")  # runs it once more, and goes on
            page.wait_for_function(PASSED, arg=number)
    assert page.evaluate(COUNT) == len(cells), "no key has made or deleted a cell"


def answer(page, kind):
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
    page.wait_for_timeout(700)


def tab_to(page, name):
    """Tab on until what has the focus begins with this name; what is said of it."""
    for _ in range(25):
        said = page.evaluate(SPOKEN)
        if said.startswith(name):
            return said
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {name!r}")


def work_in_the_lab(page):
    """Every kind of control, from the verdict on, by keys alone."""
    card = page.locator(".bonelab-lab").filter(has=page.locator(":focus"))
    slider, box = card.get_by_role("slider").first, card.get_by_role("textbox").last
    name = slider.get_attribute("aria-label")
    before = tab_to(page, f"{name} | ")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(SPOKEN) != before, "the new value is spoken"
    sentence = card.locator(".bonelab-sentence").inner_text()
    tab_to(page, card.locator("label", has_text="as a number").last.inner_text())
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    page.wait_for_function(
        "old => document.activeElement.closest('.bonelab-lab')"
        ".querySelector('.bonelab-sentence').innerText !== old", arg=sentence,
    )  # fmt: skip
    assert box.input_value() == "2"
    if card.get_by_role("combobox").count():
        chosen = tab_to(page, card.locator(".widget-dropdown label").first.inner_text())
        page.keyboard.press("ArrowDown")
        assert page.evaluate(SPOKEN) != chosen
    assert tab_to(page, "Reset")
    page.keyboard.press("Space")
    assert tab_to(page, "Show as code").endswith("false")
    page.keyboard.press("Space")
    card.locator("pre.bonelab-code").wait_for()
    assert page.evaluate(SPOKEN).endswith("true")
    page.keyboard.press("Space")


def test_with_pictures_off_the_words_carry_what_lesson_1_asks(open_lesson):
    """Every picture has words that hold the numbers which the text beside it speaks of."""
    book = open_lesson(LESSONS[1])
    book.page.route("**/*.png", lambda route: route.abort())
    book.run()
    book.page.wait_for_timeout(2500)
    for skip in book.page.get_by_role("button", name="Skip").all():
        if skip.is_visible():
            skip.click()
    book.page.wait_for_timeout(2500)
    pictures = book.page.locator(".jp-OutputArea-output img:visible")
    alternatives = [picture.get_attribute("alt") for picture in pictures.all()]
    assert len(alternatives) >= 4
    for words in alternatives:  # "" where the same words stand below the picture
        assert words == "" or len(words) > 60
    lab = book.page.locator(".bonelab-lab .bonelab-frame img").get_attribute("alt")
    assert re.search(r"\d", lab)
    assert "osteoclasts" in lab
