"""The whole site as it was built: open to all, for a phone too, and nothing is asked elsewhere.

``SITE`` names the folder; ``bash .ci/lane site`` builds one and runs this.
"""

import os
from pathlib import Path

import pytest
from test_site_lite import serving

SITE = os.environ.get("SITE", "")
pytestmark = pytest.mark.skipif(not SITE, reason="SITE names no folder: .ci/lane site")
PAGES = sorted(
    path.relative_to(SITE).as_posix()
    for path in Path(SITE or ".").rglob("*.html")
    if SITE and "lite" not in path.parts
)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture(scope="module")
def address():
    with serving(SITE) as base:
        yield base


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_open_to_all(chromium, address, name, width):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page, elsewhere, missing = chromium.new_page(viewport={"width": width, "height": 900}), [], []
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith((address, "data:")) else elsewhere.append(request.url)
        ),
    )
    page.on("response", lambda answer: missing.append(answer.url) if answer.status > 399 else None)
    page.goto(f"{address}/{name}")
    page.wait_for_load_state("networkidle")
    found = axe.run(page, options=RULES).response["violations"]
    told = [(each["id"], each["nodes"][0]["html"][:120]) for each in found]
    side = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    page.close()
    assert told == []
    assert (elsewhere, missing) == ([], [])
    assert side <= 0, f"{side} pixels stand out to the right"


def test_the_site_is_small_and_holds_no_solution():
    files = [path for path in Path(SITE).rglob("*") if path.is_file() and "lite" not in path.parts]
    assert sum(path.stat().st_size for path in files) < 25e6
    handed_out = [
        path for path in files if {"lessons", "exercises", "_downloads"} & set(path.parts)
    ]
    text = "".join(path.read_text("utf-8") for path in handed_out if path.suffix != ".pdf")
    assert len(text) > 100_000
    assert "BEGIN SOLUTION" not in text
    assert "BEGIN HIDDEN TESTS" not in text


def test_every_lesson_has_its_handout():
    lessons = {Path(name).stem for name in PAGES if name.startswith("lessons/")}
    handouts = {path.stem for path in (Path(SITE) / "handouts").glob("*.pdf")}
    assert {name for name in lessons if name != "README"} <= handouts
