"""A lesson that was run keeps what it showed when it is exported: HTML offline, LaTeX too."""

import re

import nbformat
import pytest

nbconvert = pytest.importorskip("nbconvert")
CELLS = [
    "import bonelab as bl",
    "bl.draw.who_is_who()",
    "lab = bl.labs.culture_dish()\nlab.skip()\nlab",
    'bl.check("1.1")',
]


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    """A small lesson, run in a kernel."""
    from nbconvert.preprocessors import ExecutePreprocessor

    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in CELLS])
    folder = tmp_path_factory.mktemp("exports")
    book, _ = ExecutePreprocessor(timeout=300, kernel_name="python3").preprocess(
        book, {"metadata": {"path": str(folder)}}
    )
    return book


def test_html_shows_labs_questions_and_alternatives_without_the_network(executed):
    page, _ = nbconvert.HTMLExporter().from_notebook_node(executed)
    body = page[page.index("<body") :]
    assert "Culture dish" in body
    assert "How much RANKL does it take" in body
    pictures = re.findall(r"<img[^>]*\bsrc=.data:image/png;base64,[^>]*>", body)
    assert len(pictures) >= 2
    told = [re.search(r"alt=['\"]([^'\"]*)", picture)[1] for picture in pictures]
    assert sum(len(words) > 30 for words in told) >= 2
    assert "Check 1.1." in body
    assert "http" not in "".join(pictures)


def test_latex_keeps_the_drawings(executed):
    text, resources = nbconvert.LatexExporter().from_notebook_node(executed)
    assert text.count(r"\adjustimage{max size") == 2  # who is who, and the lab
    assert sum(name.endswith(".png") for name in resources["outputs"]) >= 2
