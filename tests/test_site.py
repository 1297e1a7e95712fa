"""The pages of the site: what a reader finds there is what the run says, and nothing too early."""

import html
import io
import json
import re
import tomllib

import pytest
from lesson_runs import ROOT

import bonelab as bl
from bonelab.course.asking.bank import questions
from bonelab.site import (
    contents,
    handouts,
    lab_stills,
    lesson_run,
    pages,
    question_forms,
    sphinx_project,
)
from bonelab.site.pictures import Pictures
from bonelab.site.things import html_of

CELLS = [
    ("markdown", "# A lesson\n\nWords. See [the set](../exercises/set_01_x.ipynb).", False),
    ("code", "import bonelab as bl", True),
    ("code", 'bl.predict("1.1")', False),
    ("code", 'bl.reveal("1.1", 55.5, "a secret sentence")', False),
    ("code", 'print("one\\n\\nthree")\n1 + 1', False),
]


@pytest.fixture
def pictures(tmp_path):
    return Pictures(tmp_path / "pictures")


@pytest.fixture
def book(tmp_path):
    """A small lesson as a file."""
    cells = [
        {"cell_type": kind, "source": text,
         "metadata": {"jupyter": {"source_hidden": True}} if folded else {}}
        for kind, text, folded in CELLS
    ]  # fmt: skip
    path = tmp_path / "00_small.ipynb"
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    return path


# ---- a page --------------------------------------------------------------------------------------


def test_a_page_holds_words_code_and_what_the_cells_show(book, pictures):
    page = pages.lesson_page(book, pictures)
    assert page.startswith("# A lesson\n")
    assert "](../exercises/set_01_x.md)" in page
    assert "{download}`00_small.ipynb" in page
    assert page.count("The code of this step") == 1  # the folded cell
    assert 'bl.predict("1.1")' not in page  # the question stands there itself
    assert "one\n \nthree" in page
    assert '<pre class="bl-text" tabindex="0">2</pre>' in page


def test_no_raw_block_is_cut_by_a_blank_line(book, pictures):
    blocks = re.findall(r"```\{raw\} html\n(.*?)\n```", pages.lesson_page(book, pictures), re.S)
    assert len(blocks) == 3
    assert all("\n\n" not in block for block in blocks)


def test_what_a_result_shows_waits_for_its_prediction(book, pictures):
    page = pages.lesson_page(book, pictures)
    waits = page.index('<div class="bl-waits" data-question="1.1">')
    assert page.rindex("a secret sentence") > waits
    assert 'data-truth="55.5"' in page
    form = page[page.index('<form class="bl-predict"') : page.index("</form>")]
    assert "55.5" not in form
    assert html.escape(questions(1)["prediction"]["1.1"]["question"], quote=False) in form


def test_an_error_is_shown_and_ends_nothing():
    first, second = lesson_run.run_cells(["1 / 0", "2"])
    assert first.text == "ZeroDivisionError: division by zero\n"
    assert (first.things, second.things) == ([], [2])


def test_a_figure_left_open_is_shown_with_words(pictures):
    source = (
        "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\n"
        "ax.plot([1, 2], label='bone')\nax.set(xlabel='years', ylabel='share', title='Loss');"
    )
    (shown,) = lesson_run.run_cells([source])
    told = html_of(shown.things[0], pictures)
    assert 'alt="Loss: share against years (bone)"' in told


def test_the_words_of_an_exercise_are_there_and_its_checks_are_not():
    page = pages.exercise_page(ROOT / "exercises" / "set_00_start_here.ipynb")
    assert "marks.check(" not in page
    assert "0.1" in page
    assert "](../lessons/00_start_here.md)" in page


# ---- questions -----------------------------------------------------------------------------------


def test_every_option_of_a_check_carries_its_feedback():
    check = bl.check("1.1")
    form = question_forms.check_form(check)
    for option in check.entry["options"]:
        assert html.escape(option["feedback"], quote=False) in html.unescape(form) or (
            option["feedback"] in html.unescape(form)
        )
    assert form.count("✓ Right.") == 1
    right = next(i for i, option in enumerate(check.entry["options"]) if option.get("right"))
    assert form.split("<details")[1 + right].count("✓ Right.") == 1


def test_a_sketch_goes_up_where_its_heights_do():
    class Asked:
        sketches = ((0, 1), (1, 0), (2, 2))

    assert question_forms.sketches(Asked) == ["2.0,28.0 58.0,2.0", "2.0,2.0 58.0,28.0",
                                              "2.0,28.0 58.0,28.0"]  # fmt: skip


# ---- labs ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def dish(tmp_path_factory):
    """The culture dish as it stands on a page: ``(html, frames, sliders)``."""
    made = lab_stills.lab_html(
        bl.labs.culture_dish(), Pictures(tmp_path_factory.mktemp("site") / "pictures")
    )
    frames = json.loads(re.search(r'bl-frames"[^>]*>(.*?)</script>', made, re.S)[1])
    counts = [int(n) for n in re.findall(r'data-count="(\d+)"', made)]
    return made, frames, counts


def test_a_slider_has_a_picture_a_sentence_and_words_for_each_stop(dish):
    _, frames, counts = dish
    total = 1
    for count in counts:
        total *= count
    assert len(frames) == total >= lab_stills.POSITIONS
    assert len({frame["src"] for frame in frames}) > lab_stills.POSITIONS / 2
    assert all(frame["alt"] and frame["text"].endswith(".") for frame in frames)


def test_a_sentence_on_the_page_is_that_of_its_own_run(dish):
    """The last stop of RANKL, without a second change: a run made here says the same."""
    made, frames, counts = dish
    words = json.loads(html.unescape(re.search(r'data-values="([^"]*)"', made)[1]))
    assert words[0] == "0 ng/ml"
    others = counts[1] if len(counts) > 1 else 1
    last = frames[(counts[0] - 1) * others]
    lab = bl.labs.culture_dish().skip().reset()
    lab.set(rankl=words[-1])
    assert last["text"] == lab.text
    assert words[-1] in last["setting"]
    assert frames[0]["text"] != last["text"]


def test_a_page_begins_where_the_lab_begins(dish):
    made, _, _ = dish
    lab = bl.labs.culture_dish().skip().reset()
    shown = re.search(r'<p class="bl-sentence" role="status">(.*?)</p>', made)[1]
    assert html.unescape(shown) == lab.text
    assert made.count(lab.alt) or lab.alt in html.unescape(made)


@pytest.mark.parametrize("name", ["culture_dish", "decoy_bench", "clinic", "coupling"])
def test_stops_rise_from_the_least_to_the_most_and_hold_the_start(name):
    lab = getattr(bl.labs, name)()
    control = lab_stills.chosen_controls(lab)[0]
    stops = lab_stills.stops_of(control)
    if control.kind == "slider":
        assert stops == sorted(set(stops))
        assert (stops[0], stops[-1]) == (control.lowest, control.high)
    assert control.default in stops


def test_a_lab_has_its_question_first(dish):
    made, _, _ = dish
    assert made.index("Predict first.") < made.index("bl-moves")
    truth = re.search(r'data-truth="([^"]+)"', made)[1]
    lab = bl.labs.culture_dish()
    asked = lab.prediction
    expected = asked.truth(lab.result(**asked.values))
    assert html.unescape(truth) == str(expected)


# ---- pictures, mathematics, open to all ----------------------------------------------------------


def test_a_picture_is_stored_once_and_without_loss(tmp_path):
    image = pytest.importorskip("PIL.Image")
    drawn = image.new("RGB", (40, 20), (255, 255, 255))
    drawn.putpixel((3, 4), (200, 30, 40))
    packed = io.BytesIO()
    drawn.save(packed, "PNG")
    store = Pictures(tmp_path)
    name = store.add(packed.getvalue())
    assert store.add(packed.getvalue()) == name
    (file,) = tmp_path.iterdir()
    assert image.open(file).convert("RGB").getpixel((3, 4)) == (200, 30, 40)


def test_what_the_theme_leaves_out_is_mended():
    raw = '<p role="heading"><span class="caption-text">A</span></p><pre>x</pre><pre tabindex="0">'
    raw += '<div class="math-wrapper docutils">y</div><div class="other">z</div>'
    raw += '<div class="math">x</div><div class="bl-value">x</div><div class="mathless">x</div>'
    mended = sphinx_project.open_to_all(raw)
    assert 'aria-level="2"' in mended
    assert mended.count('<pre tabindex="0">') == 2
    assert '<div tabindex="0" class="math-wrapper docutils">' in mended
    assert '<div class="other">' in mended
    assert '<div tabindex="0" class="math">x</div><div tabindex="0" class="bl-value">' in mended
    assert '<div class="mathless">' in mended
    assert sphinx_project.open_to_all(mended) == mended


def test_mathematics_needs_no_script():
    pytest.importorskip("latex2mathml")
    from bonelab.site.mathml import convert

    assert "<mfrac>" in convert(r"\frac{L}{L+K_R}")


def test_a_computer_without_a_browser_prints_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(handouts, "browser", lambda: None)
    assert handouts.print_all(tmp_path, ["00_x"]) == []


def test_what_the_site_needs_is_declared():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = [re.match(r"[\w-]+", line)[0] for line in extras["optional-dependencies"]["site"]]
    assert {"sphinx", "myst-parser", "furo", "latex2mathml", "mistune"} == set(names)


def test_a_blank_is_told_as_in_the_notebook():
    cells = ["one = ___\nprint(one)", "two = 2\ntwo", "print()"]
    blank, full, empty = lesson_run.run_cells(cells)
    assert blank.text == "There is still a blank, ___, in this cell, line 1: one = ___\n"
    assert (full.text, full.things, empty.text) == ("", [2], "\n")


def test_a_page_says_what_coming_back_means_there(tmp_path, pictures):
    told = "# A lesson\n\n*Coming back? Run all; your answers return.* (It is\nin a menu.)\n\nThen."
    path = tmp_path / "00_small.ipynb"

    def page_with(code):
        cells = [{"cell_type": "markdown", "source": told, "metadata": {}},
                 {"cell_type": "code", "source": code, "metadata": {}}]  # fmt: skip
        path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
        return pages.lesson_page(path, pictures)

    kept = page_with('import bonelab as bl\nbl.check("1.1")')
    assert "browser has kept your answers.*\n\nThen." in kept
    assert "Coming back" not in page_with("1 + 1")


def test_first_page_begins_with_a_lesson_that_is_there_and_counts_to_ten():
    teaching = [f"docs/teaching/lesson-{number}" for number in (10, 2, 1)]
    made = contents.first_pages(["05_a", "primer"], [], ["docs/glossary", "RELEASING", *teaching])
    assert "[the first lesson](lessons/05_a.md)" in made["index"]
    assert "00_" not in made["index"]
    assert "\n".join(["", *reversed(teaching), ""]) in made["teachers"]


def test_a_learner_finds_lessons_and_not_the_pages_of_those_who_build_the_course(tmp_path):
    sphinx_project.write_project(tmp_path, {"00_start_here": "# A lesson"})
    pages = {name: listed(tmp_path / f"{name}.md") for name in ("index", "teachers", "developers")}
    assert pages["index"][0] == "lessons/00_start_here"
    assert {"docs/glossary", "reference", "teachers", "developers"} <= set(pages["index"])
    assert not {"CHANGELOG", "docs/teaching", "docs/architecture"} & set(pages["index"])
    assert "docs/teaching/lesson-0" in pages["teachers"]
    assert "CONTRIBUTING" in pages["developers"]
    every = sorted(name for names in pages.values() for name in names)
    there = sorted(
        path.relative_to(tmp_path).with_suffix("").as_posix() for path in tmp_path.rglob("*.md")
    )
    assert every == [name for name in there if name != "index"], "each page stands in one place"


def listed(page):
    """What the lists of a page name."""
    trees = re.findall(r"```\{toctree\}\n(.*?)```", page.read_text(encoding="utf-8"), re.S)
    return [line for tree in trees for line in tree.splitlines() if line and line[0] != ":"]
