"""What every picture draws: each line, surface, word and image of it, as it was found good.

What a picture means is told in the tests that bear its name. Here all that reaches a reader's eye
is kept in ``drawn.txt``, a line for a line (``recorder.py`` says how to read one): first the words
for a reader who does not see it and what can be clicked, then title, labels and ranges of its axes,
then what is drawn, from below to above. Under ``--`` stands what another setting changes, and
nothing else. Colours, numbers in words, ticks and errors stand at the end. Where matplotlib is of
another age than the one that drew them, neither places nor ticks are compared, which it chooses
otherwise, only looks and words. After a change that is meant, write it anew, look at the pictures,
and read the difference::

    PYTHONPATH=.:tests python -c "import test_figures_layout as t; t.write()"
"""

from pathlib import Path

import matplotlib as mpl
import pytest
from matplotlib.axes import Axes
from pictures import cache
from recorder import same
from what_is_drawn import DRAWINGS, LABS, STATES, lab_of

KEPT = Path(__file__).with_name("drawn.txt")
DRAWN_BY = "matplotlib " + ".".join(mpl.__version__.split(".")[:2])


def recorded(name):
    """{state: lines} of a picture: the first in full, of the others what is not in the first."""
    states = {
        state: [text.replace("\n", " / ") for text in lines] for state, lines in STATES[name](name)
    }
    first = next(iter(states.values()))
    there = set(first)
    return {
        state: lines if lines is first else [text for text in lines if text not in there]
        for state, lines in states.items()
    }, states


def write():
    text = [f"# {DRAWN_BY}"]
    for name in STATES:
        text += ["", f"== {name}"]
        for state, lines in recorded(name)[0].items():
            text += [f"-- {state}", *lines]
    KEPT.write_text("\n".join(text) + "\n", encoding="utf-8")


@cache
def kept():
    """{picture: {state: lines}} of the file."""
    pictures = {}
    for text in KEPT.read_text(encoding="utf-8").splitlines():
        if text.startswith("== "):
            states = pictures[text[3:]] = {}
        elif text.startswith("-- "):
            lines = states[text[3:]] = []
        elif text and not text.startswith("# "):
            lines.append(text)
    return pictures


@cache
def within():
    """How far apart two places may be, in pixels: another matplotlib lays words out otherwise."""
    first, *_ = KEPT.read_text(encoding="utf-8").splitlines()
    return 0.26 if first == f"# {DRAWN_BY}" else float("inf")


def compare(found, expected):
    """Lines that are drawn in the order in which they were kept."""
    if within() > 1:
        found, expected = (
            [text for text in lines if not text.startswith("axis ")] for lines in (found, expected)
        )
    for mine, theirs in zip(found, expected, strict=False):
        assert same(mine, theirs, within()), (
            f"\n{mine}\nwas\n{theirs}\nMeant? See the head of this file."
        )
    assert found[len(expected) :] == expected[len(found) :], "Meant? See the head of this file."


def missing(lines, among):
    """The lines that are not found among others, to a quarter of a pixel."""
    left = [text for text in lines if text not in set(among)]
    left = [text for text in left if within() < 1 or not text.startswith("axis ")]
    return [text for text in left if not any(same(text, other, within()) for other in among)]


@pytest.mark.skipif(
    mpl.__version_info__ < (3, 10), reason="matplotlib 3.9 chooses other ticks than were looked at"
)
@pytest.mark.parametrize("name", STATES)
def test_a_picture_draws_what_was_found_good(name):
    assert name in kept(), "new: look at the picture, then write it anew (head of this file)"
    expected = kept()[name]
    _, states = recorded(name)
    assert list(states) == list(expected)
    (first, lines), *others = states.items()
    compare(lines, expected[first])
    for state, found in others:
        new = missing(found, [*expected[first], *expected[state]])
        gone = missing(expected[state], found)
        assert (new, gone) == ([], []), f"{state}. Meant? See the head of this file."


def test_what_is_kept_belongs_to_a_picture():
    assert list(kept()) == list(STATES)


# -- words inside the picture --------------------------------------------------------------------
@cache
def figure_of(name):
    if name in LABS:
        return lab_of(name).picture.figure
    figure = DRAWINGS[name]().figure
    figure.draw_without_rendering()
    return figure


WHOLE = ("a run", "two runs", "a cohort", "models", "trials", "a curve", "a blot", "the unit",
         "the cast")  # fmt: skip


@pytest.mark.parametrize("name", [*LABS, *WHOLE])
def test_no_words_of_a_picture_lie_outside_it(name):
    figure = figure_of(name)
    renderer = figure.canvas.get_renderer()
    for axes in filter(Axes.get_visible, figure.axes):
        named = [text for text in axes.texts if text.get_visible() and text.get_text()]
        named += [patch for patch in axes.patches if patch.get_gid() and patch.get_visible()]
        if axes.axison:
            named += [axes.xaxis.label, axes.yaxis.label, axes.title]
            named += [text for text in [axes._left_title] if text.get_text()]
        for artist in named:
            if isinstance(artist, mpl.text.Text) and not artist.get_text():
                continue
            box = artist.get_window_extent(renderer)
            told = artist.get_gid() or artist
            assert box.x0 >= -2, told
            assert box.y0 >= -2, told
            assert box.x1 <= figure.bbox.x1 + 2, told
            assert box.y1 <= figure.bbox.y1 + 2, told
