"""The bridge in a real page: names, spoken values, states, one voice, and keys that stay."""

import json
import os
import re
from pathlib import Path

import pytest

from bonelab.course.asking.bank import question
from bonelab.course.asking.checks import LETTERS as OPTION_LETTERS

DISH = "import bonelab as bl\nlab = bl.labs.culture_dish().skip()\nlab"
CELLS = [DISH, 'bl.check("1.1")', 'bl.predict("1.1")']
REGIONS = """
import bonelab as bl
from bonelab.figures.panels import Curves, Panel
from bonelab.labs.controls import Control
from bonelab.labs.factory import Lab
class Unit(Curves):
    xlabel, xlim, panels = "days", (0, 2200), (Panel("Cells", ("osteoclasts",), "", (0, 2)),)
    regions = {"osteoclast": ("Osteoclast", (0.1, 0.4, 0.2, 0.2))}
    def alt(self, result):
        return "One curve."
Lab("Unit", "What is this?", [Control.from_parameter("protocol", "years", step=1, play=1)],
    lambda years: f"run = bl.simulate(bl.woman(30), years={years})", Unit,
    sentence=lambda run, values: f"The run is {values['years']} years long.",
    clicked=lambda values, where: "It digs." if where == "osteoclast" else f"at {where[0]:.1f}")
"""
CELL_COUNT = "() => jupyterapp.shell.currentWidget.content.widgets.length"
ACTIVE = "() => jupyterapp.shell.currentWidget.content.activeCellIndex"
LETTERS = ["a", "b", "x", "d", "d", "m", "y", "r", "Shift+m", "c", "v", "z", "0", "0",
           "ArrowDown", "ArrowUp", "j", "k", "Home", "End", "Space"]  # fmt: skip
LOOK = """part => { const look = getComputedStyle(part);
    return [look.backgroundColor, look.borderTopColor, look.outlineColor, look.outlineWidth]; }"""


@pytest.fixture(scope="module")
def opened(chromium, server):
    from conftest import Notebook, write

    write(Path(server.folder, "bridge.ipynb"), [*CELLS, REGIONS])
    book = Notebook(chromium, server, "bridge", height=1400)
    book.run()
    book.card(3).wait_for()
    book.page.wait_for_timeout(2000)
    yield book
    book.page.close()


def contrast(one, other):
    """The ratio of two colours as WCAG counts it."""

    def light(colour):
        parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
        parts = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def slider(book, name, card=0):
    return book.card(card).get_by_role("slider", name=name, exact=True)


def test_sliders_have_names_and_speak_values_with_units(opened):
    dose = slider(opened, "RANKL (ng/ml)")
    assert dose.get_attribute("aria-valuetext") == "50 ng/ml"
    dose.press("ArrowRight")
    assert dose.get_attribute("aria-valuetext") == "56.1 ng/ml"  # at once, not after the kernel
    dose.press("ArrowLeft")
    days = slider(opened, "Length of culture (days)")
    days.press("Home")
    assert days.get_attribute("aria-valuetext") == "1 day"
    opg = slider(opened, "OPG (nM)")
    assert opg.get_attribute("aria-valuetext") == "0 nM"


def test_a_typed_value_between_two_stops_is_spoken(opened):
    box = opened.card(0).get_by_label("RANKL (ng/ml), as a number")
    box.fill("12.3")
    box.press("Enter")
    opened.page.wait_for_function(
        "() => document.querySelector('.noUi-handle').ariaValueText === '12.3 ng/ml'"
    )


def test_a_picture_has_an_alternative_and_no_title_that_pops_up(opened):
    picture = opened.card(0).locator(".bonelab-frame img")
    assert len(picture.get_attribute("alt")) > 40
    assert picture.get_attribute("title") is None


def test_states_are_told(opened):
    code = opened.card(0).get_by_role("button", name="Show as code")
    assert code.get_attribute("aria-pressed") == "false"
    code.click()
    opened.card(0).locator("pre").wait_for()
    assert code.get_attribute("aria-pressed") == "true"
    answer = opened.card(1).get_by_role("button", name="A. ")
    answer.click()
    opened.card(1).get_by_text("Not quite").wait_for()
    pressed = [b.get_attribute("aria-pressed") for b in opened.card(1).get_by_role("button").all()]
    assert pressed == ["true", "false", "false"]
    names = [opened.card(n).get_attribute("aria-label") for n in range(3)]
    assert names == ["Culture dish", "Check 1.1", "Predict 1.1"]


def test_one_voice_says_the_sentence_once_things_rest(opened):
    card = opened.card(0)
    voice = card.get_by_role("status")
    assert voice.count() == 1, "and no other live region"
    dose = slider(opened, "RANKL (ng/ml)")
    heard = """voice => { window.heard = [];
        new MutationObserver(() => heard.push(voice.textContent)).observe(voice,
        {childList: true, characterData: true, subtree: true}); }"""
    voice.evaluate(heard)
    for _ in range(6):
        dose.press("ArrowRight")
        opened.page.wait_for_timeout(60)
    opened.page.wait_for_function("() => heard.length > 0")
    opened.page.wait_for_timeout(1500)
    said = opened.page.evaluate("heard")
    assert len(said) <= 2, "not one for each step"
    assert said[-1].startswith(card.locator(".bonelab-sentence").inner_text()[:60])


@pytest.mark.parametrize("role", ["slider", "button", "combobox"])
def test_keys_stay_with_what_has_the_focus(opened, role):
    page = opened.page
    opened.card(0).get_by_role(role).first.focus()
    page.wait_for_timeout(200)  # the cell becomes the active one
    before = page.evaluate(CELL_COUNT), page.evaluate(ACTIVE)
    for key in LETTERS:
        page.keyboard.press(key)
        assert page.evaluate(CELL_COUNT) == before[0], key
    page.wait_for_timeout(400)
    assert (page.evaluate(CELL_COUNT), page.evaluate(ACTIVE)) == before
    assert page.locator(".jp-Dialog").count() == 0, "0 0 does not ask to restart the kernel"


def test_escape_goes_back_to_the_notebook(opened):
    page = opened.page
    slider(opened, "RANKL (ng/ml)").focus()
    page.keyboard.press("Escape")
    assert "jp-Cell" in page.evaluate("() => document.activeElement.className")
    before = page.evaluate(CELL_COUNT)
    page.keyboard.press("b")
    page.wait_for_function(f"n => ({CELL_COUNT})() === n + 1", arg=before)
    page.keyboard.press("d")
    page.keyboard.press("d")
    page.wait_for_function(f"n => ({CELL_COUNT})() === n", arg=before)


def test_a_region_of_a_picture_is_a_button(opened):
    card, page = opened.card(3), opened.page
    card.get_by_role("button", name="Osteoclast").press("Enter")
    card.get_by_text("It digs.").first.wait_for()
    box = card.locator(".bonelab-frame img").bounding_box()
    page.mouse.click(box["x"] + 0.9 * box["width"], box["y"] + 0.5 * box["height"])
    card.get_by_text("at 0.9").first.wait_for()


def test_a_region_writes_nothing_on_its_picture_on_a_projector(opened):
    region = opened.card(3).locator(".bonelab-region").first
    size = "part => getComputedStyle(part).fontSize"
    card = opened.page.locator(".bonelab-lab", has=opened.page.locator(".bonelab-region")).first
    card.evaluate("card => card.classList.add('bonelab-projector')")
    told = [region.evaluate(size), card.locator(".bonelab-buttons button").first.evaluate(size)]
    card.evaluate("card => card.classList.remove('bonelab-projector')")
    assert told == ["0px", "18px"]


def test_play_goes_to_the_end_and_tells_its_state(opened):
    card = opened.card(3)
    card.get_by_role("button", name="Play").click()
    card.get_by_role("button", name="Pause").wait_for()
    assert card.get_by_role("button", name="Pause").get_attribute("aria-pressed") == "true"
    card.get_by_text("The run is 6 years long.").first.wait_for()
    card.get_by_role("button", name="Play").wait_for()
    assert card.get_by_role("button", name="Play").get_attribute("aria-pressed") == "false"


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_rails_handles_and_focus_rings_stand_out(opened, theme):
    page, card = opened.page, opened.card(0)
    page.evaluate("theme => jupyterapp.commands.execute('apputils:change-theme', {theme})", theme)
    page.wait_for_timeout(1500)
    paper = card.evaluate(LOOK)[0]
    rail = card.locator(".noUi-connects").first.evaluate(LOOK)[0]
    assert contrast(rail, paper) >= 3
    page.keyboard.press("Tab")  # rings are for those who use keys
    for role in ("slider", "textbox", "button", "combobox", "checkbox"):
        part = card.get_by_role(role).first
        part.focus()
        _, border, ring, width = part.evaluate(LOOK)
        assert contrast(ring, paper) >= 3, role
        assert float(width.removesuffix("px")) >= 2, role
        if role in ("slider", "textbox"):
            assert contrast(border, paper) >= 3, role


def test_where_somebody_has_chosen_the_colours_rails_and_choices_are_still_seen(opened):
    card = opened.card(0)
    card.get_by_role("button", name="Show as code").click()
    opened.page.emulate_media(forced_colors="active")
    rail, _, _, _ = card.locator(".noUi-connects").first.evaluate(LOOK)
    width = card.locator(".jupyter-button.mod-active").evaluate(
        "b => getComputedStyle(b).borderWidth"
    )
    paper = card.evaluate(LOOK)[0]
    opened.page.emulate_media(forced_colors="none")
    card.get_by_role("button", name="Show as code").click()
    assert contrast(rail, paper) >= 3
    assert width == "4px"


@pytest.mark.parametrize("width", [380, 320])
def test_a_prediction_is_whole_on_a_narrow_screen(opened, width):
    opened.page.set_viewport_size({"width": width, "height": 1400})
    opened.page.wait_for_timeout(600)
    card = opened.card(2)
    frame = card.bounding_box()
    for part in (card.get_by_role("textbox"), *card.get_by_role("button").all()):
        box = part.bounding_box()
        assert box["x"] >= frame["x"]
        assert box["x"] + box["width"] <= frame["x"] + frame["width"]
    opened.page.set_viewport_size({"width": 1280, "height": 1400})


def test_what_was_taken_back_is_not_read_out(opened):
    """Enter may reach Python before what was typed: "An empty box is no answer", for a moment.

    Comes after all that look at the empty box: it is answered here.
    """
    card = opened.card(2)
    box = card.get_by_role("textbox")
    box.press("Enter")
    voice = card.get_by_role("status")
    opened.page.wait_for_function(
        "v => v.textContent.includes('empty box')", arg=voice.element_handle()
    )
    box.fill("79")
    box.press("Enter")
    card.get_by_text("(kept)").wait_for()
    opened.page.wait_for_timeout(1500)
    assert "empty box" not in voice.inner_text()


@pytest.mark.parametrize("name", ["coupling", "vesicle_bench", "clinic"])
def test_sentence_and_picture_are_in_sight_on_a_projector(notebook, name):
    book = notebook(name, [f"import bonelab as bl\nbl.labs.{name}().skip()"],
                    width=1024, height=768)  # fmt: skip
    book.run()
    card, page = book.card(0), book.page
    card.locator(".bonelab-frame img").wait_for()
    page.wait_for_timeout(1500)
    card.locator(".bonelab-controls").evaluate("part => part.scrollIntoView()")
    room = page.locator(".jp-WindowedPanel-outer").bounding_box()
    for part in (".bonelab-controls", ".bonelab-frame img", ".bonelab-sentence"):
        box = card.locator(part).bounding_box()
        assert box["y"] >= room["y"] - 1
        assert box["y"] + box["height"] <= room["y"] + room["height"], part
    card.get_by_role("button", name="Whole screen").click()
    page.wait_for_function("() => document.fullscreenElement")
    page.wait_for_timeout(2000)
    picture, words = (card.locator(f".bonelab-{p}") for p in ("frame img", "sentence"))
    box = words.bounding_box()
    assert box["y"] + box["height"] <= 768
    assert picture.bounding_box()["height"] > 430
    assert picture.evaluate("picture => picture.naturalWidth / picture.width") > 1.1


def test_pictures_are_sharp_at_rest_where_the_screen_has_the_dots(notebook):
    book = notebook("sharp", [DISH], device_scale_factor=2)
    book.run()
    dots = "document.querySelector('.bonelab-frame img').naturalWidth"
    drawn = "document.querySelector('.bonelab-frame img').getAttribute('width')"
    book.page.wait_for_function(f"() => {dots} === 2 * {drawn}")
    slider(book, "RANKL (ng/ml)").press("ArrowRight")
    book.page.wait_for_function(f"() => {dots} < 1.3 * {drawn}", polling=20)
    book.page.wait_for_function(f"() => {dots} === 2 * {drawn}")


def test_without_anywidget_all_works_as_before(notebook):
    book = notebook("bare", ["import sys\nsys.modules['anywidget'] = None", *CELLS])
    book.run()
    card = book.card(0)
    box = card.get_by_label("RANKL (ng/ml), as a number")
    box.fill("10")
    box.press("Enter")
    card.get_by_text("with 10 ng/ml RANKL").wait_for()
    options = question("check", "1.1")["options"]
    right = next(i for i, option in enumerate(options) if option.get("right"))
    name = f"{OPTION_LETTERS[right]}. {options[right]['text']}"
    book.card(1).get_by_role("button", name=name).click()
    book.card(1).get_by_text("✓ Right.").wait_for()
    assert book.page.locator(".bonelab-voice").count() == 0
    assert card.get_by_role("button", name="Whole screen").count() == 0


def test_a_page_that_cannot_load_the_bridge_shows_no_fault(chromium, tmp_path):
    """The kernel has anywidget, the server of the page does not."""
    from lab_server import LabServer

    from conftest import Notebook, write

    off = tmp_path / "config" / "labconfig" / "page_config.json"
    off.parent.mkdir(parents=True)
    off.write_text(json.dumps({"disabledExtensions": {"anywidget": True}}))
    (tmp_path / "books").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
        more = os.environ.get("JUPYTER_CONFIG_PATH", "")
        patch.setenv("JUPYTER_CONFIG_PATH", f"{off.parents[1]}{os.pathsep}{more}")
        with LabServer(tmp_path / "books") as server:
            write(tmp_path / "books" / "t.ipynb", CELLS)
            book = Notebook(chromium, server, "t")
            book.run()
            book.card(2).wait_for()
            book.page.wait_for_timeout(2500)
            assert book.page.locator(".bonelab-voice").count() == 0
            parts = ".bonelab-lab > .jupyter-widgets, .bonelab-check > .jupyter-widgets"
            seen = book.page.locator(parts).filter(visible=True).all_inner_texts()
            assert not [text for text in seen if "error" in text.lower()]
            book.page.close()


def test_keys_stay_in_notebook_7(chromium, server):
    pytest.importorskip("notebook", minversion="7", reason="no Notebook 7 here")
    from conftest import write

    write(Path(server.folder, "seven.ipynb"), [DISH])
    page = chromium.new_page(viewport={"width": 1280, "height": 1000})
    page.goto(f"http://127.0.0.1:{server.port}/notebooks/seven.ipynb?token={server.token}")
    asks_for_a_kernel = page.get_by_role("button", name="Select", exact=True)
    page.add_locator_handler(asks_for_a_kernel, lambda button: button.click())
    page.wait_for_timeout(3000)
    page.get_by_role("menuitem", name="Run", exact=True).click(timeout=60_000)
    page.get_by_text("Run All Cells", exact=True).click()
    handle = page.get_by_role("slider", name="RANKL (ng/ml)", exact=True)
    handle.wait_for(timeout=60_000)
    page.wait_for_timeout(1000)
    before = page.locator(".jp-Cell").count()
    handle.focus()
    for key in LETTERS[:-1]:
        page.keyboard.press(key)
        page.wait_for_timeout(50)
        assert page.locator(".jp-Cell").count() == before, key
    assert handle.is_visible()
    page.close()
