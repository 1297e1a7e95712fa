"""A page of the site in a real browser: questions, results and labs work without Python."""

import io

import pytest

import bonelab as bl
from bonelab.site import lab_stills, question_forms
from bonelab.site.pictures import Pictures
from bonelab.site.sphinx_project import HERE


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A page with a prediction, its result, a check and a lab, as files on this computer."""
    root = tmp_path_factory.mktemp("site")
    (root / "lessons").mkdir()
    pictures = Pictures(root / "_static" / "pictures")
    asked = bl.predict("1.1")
    parts = [
        question_forms.prediction_form(asked.id, asked.asked),
        question_forms.reveal_block(bl.reveal("1.1", 80.3), ["<p id='secret'>four of five</p>"]),
        question_forms.check_form(bl.check("1.1")),
        lab_stills.lab_html(bl.labs.culture_dish(), pictures),
    ]
    script, style = (
        (HERE / "static" / f"bonelab.{kind}").read_text(encoding="utf-8") for kind in ("js", "css")
    )
    page = root / "lessons" / "01_page.html"
    page.write_text(
        "<!doctype html><html lang='en'><head><meta charset='utf-8'><title>page</title>"
        f"<style>{style}</style></head><body><main>{''.join(parts)}</main>"
        f"<script>{script}</script></body></html>",
        encoding="utf-8",
    )
    return page.as_uri()


@pytest.fixture
def page(chromium, address):
    context = chromium.new_context(viewport={"width": 390, "height": 800})
    opened = context.new_page()
    opened.goto(address)
    yield opened
    context.close()


def box(page):
    return page.locator(".bl-predict[data-question='1.1'] input[type=text]")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("79", "You predicted 79%, and the run gives 80.3%, so you were close."),
        ("12,5", "You predicted 12.5%, and the run gives 80.3%, so your guess was too low."),
        ("99.5 %", "You predicted 99.5%, and the run gives 80.3%, so your guess was too high."),
    ],
)
def test_a_guess_opens_its_result(page, typed, said):
    assert not page.locator("#secret").is_visible()
    box(page).fill(typed)
    box(page).press("Enter")
    assert page.locator("#secret").is_visible()
    assert page.locator(".bl-verdict").inner_text() == said


@pytest.mark.parametrize("typed", ["", "eighty", "1,000", "12 5", "101", "-1", "1e1", "8O"])
def test_what_is_no_answer_opens_nothing(page, typed):
    box(page).fill(typed)
    box(page).press("Enter")
    assert not page.locator("#secret").is_visible()
    told = page.locator(".bl-predict[data-question='1.1'] .bl-told").inner_text()
    assert told.startswith("Type one number from 0% to 100%")


def test_answers_come_back_the_next_day(page):
    box(page).fill("12.5")
    box(page).press("Enter")
    page.locator(".bl-option summary").nth(1).press("Enter")
    page.reload()
    assert box(page).input_value() == "12.5"
    assert page.locator("#secret").is_visible()
    assert page.locator(".bl-option[open]").count() == 1
    assert page.locator(".bl-check .bl-told").inner_text().startswith("You chose B.")


def test_a_choice_is_kept_before_anything_else_can_happen(page):
    choose = "document.querySelectorAll('.bl-option summary')[2].click()"
    stored = "JSON.stringify(localStorage)"
    assert page.evaluate(f"() => {{ const old = {stored}; {choose}; return old !== {stored} }}")
    page.reload()
    assert page.locator(".bl-check .bl-told").inner_text().startswith("You chose C.")


def test_one_option_is_open_at_a_time_and_is_read_out(page):
    summaries = page.locator(".bl-option summary")
    summaries.nth(0).click()
    summaries.nth(2).click()
    page.wait_for_function("document.querySelectorAll('.bl-option[open]').length === 1")
    said = page.locator(".bl-check .bl-told").inner_text()
    assert said.startswith("You chose C.")
    assert bl.check("1.1").entry["options"][2]["feedback"] in said


def test_a_lab_opens_after_its_question_and_moves_by_keys(page):
    slider = page.locator(".bl-lab input[type=range]")
    assert not slider.is_visible()
    page.locator(".bl-lab .bl-skip").click()
    slider.focus()
    before = page.locator(".bl-lab .bl-picture").first.get_attribute("src")
    slider.press("End")
    shown = page.locator(".bl-lab .bl-picture").first
    assert shown.get_attribute("src") != before
    assert slider.get_attribute("aria-valuetext") == page.locator(".bl-lab output").inner_text()
    lab = bl.labs.culture_dish().skip().reset()
    lab.set(rankl=slider.get_attribute("aria-valuetext"))
    assert page.locator(".bl-lab .bl-sentence").inner_text() == lab.text
    assert shown.get_attribute("alt") == lab.alt
    page.wait_for_function("document.querySelector('.bl-lab .bl-picture').naturalWidth > 0")


def test_a_phone_needs_no_scrolling_to_the_side(page):
    page.locator(".bl-lab .bl-skip").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_paper_shows_settings_together_and_large_enough_to_read(page):
    page.set_viewport_size({"width": 640, "height": 900})  # the text of a sheet of A4
    page.emulate_media(media="print")
    assert page.locator(".bl-paper img").count() == 3
    drawn = page.locator(".bl-paper img").first.evaluate("e => e.clientWidth / innerWidth")
    assert drawn > 0.55
    assert page.locator(".bl-paper").is_visible()
    assert not page.locator(".bl-moves").is_visible()
    assert page.locator("#secret").is_visible()


def test_paper_opens_what_is_folded_and_leaves_out_what_only_a_screen_needs(page):
    page.evaluate("""() => document.querySelector('main').insertAdjacentHTML('beforeend',
        `<a class="skip-to-content">Skip</a>
         <details class="more"><summary>For the curious</summary><p>an equation</p></details>
         <details class="bl-folded"><summary>The code of this step</summary><p>x</p></details>`)""")
    page.emulate_media(media="print")
    assert page.locator(".more p").bounding_box()["height"] > 10
    option = page.locator(".bl-option").first
    assert option.bounding_box()["height"] < 60, "what is right is not told before an answer"
    assert not page.locator(".skip-to-content").is_visible()
    assert not page.locator(".bl-folded").is_visible()


def test_without_a_script_everything_is_open(chromium, address):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.locator("#secret").is_visible()
    page.locator(".bl-option summary").first.click()
    assert page.locator(".bl-option p").first.is_visible()
    context.close()


@pytest.mark.parametrize("part", ["rail", "handle"])
def test_a_slider_stands_out_from_the_page(page, part):
    from PIL import Image

    page.locator(".bl-lab .bl-skip").click()
    slider = page.locator(".bl-lab input[type=range]")
    slider.press("Home")
    page.evaluate("document.activeElement.blur()")
    seen = Image.open(io.BytesIO(slider.screenshot())).convert("RGB")
    across = 12 if part == "handle" else seen.width * 3 // 4
    column = [seen.getpixel((across, down)) for down in range(seen.height)]
    assert max(to_white(colour) for colour in column) >= 3


def to_white(colour):
    """Contrast of a colour with the white of the page, after WCAG."""
    parts = [v / 255 for v in colour]
    parts = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
    return 1.05 / (sum(w * v for w, v in zip((0.2126, 0.7152, 0.0722), parts, strict=True)) + 0.05)


def test_nothing_moves_where_somebody_wants_no_motion(page):
    page.evaluate("""() => document.body.insertAdjacentHTML('beforeend',
        '<style>html { scroll-behavior: smooth } #moves { transition: all 2s }</style>'
        + '<p id="moves">a drawer of the theme</p>')""")
    moves = """() => [getComputedStyle(document.getElementById('moves')).transitionDuration,
        getComputedStyle(document.documentElement).scrollBehavior]"""
    assert page.evaluate(moves) == ["2s", "smooth"]
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(moves) == ["0s", "auto"]
