"""What stands below a lesson's title is what the lesson holds, and what the project says."""

import json
import re

import pytest
from lesson_runs import ROOT

from bonelab import __version__
from bonelab.course import lesson_heads

LESSONS = sorted((ROOT / "lessons").glob("*.ipynb"))


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_the_head_of_a_lesson_is_fresh(path):
    text = path.read_text(encoding="utf-8")
    assert text == lesson_heads.with_head(text), "run python3 -m bonelab.course.lesson_heads"
    second = "".join(json.loads(text)["cells"][1]["source"])
    assert f"bonelab {__version__}," in second
    assert "CC BY 4.0" in second


def test_contents_are_the_numbered_parts_in_order():
    cells = [
        {"cell_type": "markdown", "source": "# T", "id": "t"},
        {"cell_type": "markdown", "source": ["## 1 · First\n", "## Not counted\n"], "id": "a"},
        {"cell_type": "code", "source": "## 2 · code", "id": "b"},
        {"cell_type": "markdown", "source": "## 2 · Second", "id": "c"},
    ]
    assert re.findall(r"^(\d\. .+)$", lesson_heads.head(cells), re.M) == ["1. First", "2. Second"]


def test_a_head_is_written_once():
    book = json.dumps({"cells": [{"cell_type": "markdown", "source": "# T", "id": "title",
                                  "metadata": {}}]})  # fmt: skip
    once = lesson_heads.with_head(book)
    assert lesson_heads.with_head(once) == once
    assert [cell["id"] for cell in json.loads(once)["cells"]] == ["title", "about"]
