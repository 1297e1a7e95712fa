"""The picture that is redrawn while a slider is held, and that can hide what answers a question."""

import io

import matplotlib as mpl
import numpy as np
import pytest
from PIL import Image

from bonelab.figures import style
from bonelab.figures.canvas import Picture
from bonelab.figures.panels import Curves, Panel
from bonelab.simulation import Run


def run(height=1.0, n=50):
    time = np.linspace(0, 96, n)
    return Run(
        kind="test", time=time, time_unit="hour", units={},
        series={"osteoclasts": height * time / 96, "osteoblasts": 1 - height * time / 96},
        code=f"run = {height}",
    )  # fmt: skip


class Two(Curves):
    xlabel, xlim = "days", (0, 4)
    panels = (
        Panel("Cells", ("osteoclasts", "osteoblasts"), "share", (0, 1)),
        Panel("Osteoclasts", ("osteoclasts",), "share", (0, 1)),
    )

    def alt(self, result):
        return "Two panels."


def decoded(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


def test_a_blitted_update_shows_the_same_as_drawing_everything():
    picture = Two(run(1.0))
    picture.dots()
    picture.update(run(0.3))
    quick = picture.dots().copy()
    for artist in picture.moving:
        artist.set_animated(False)
    picture.figure.canvas.draw()
    whole = np.asarray(picture.figure.canvas.buffer_rgba()).astype(int)
    assert np.mean(np.abs(quick - whole).max(axis=2) > 8) < 0.002


def test_axes_and_layout_stay_while_curves_move():
    picture = Two(run(1.0))
    before = [axes.get_position().bounds for axes in picture.figure.axes]
    limits = [(axes.get_xlim(), axes.get_ylim()) for axes in picture.figure.axes]
    for height in (0.1, 5.0, -3.0):
        picture.update(run(height))
        picture.png()
    assert [axes.get_position().bounds for axes in picture.figure.axes] == before
    assert [(axes.get_xlim(), axes.get_ylim()) for axes in picture.figure.axes] == limits


def test_paper_is_white_and_the_png_is_faithful():
    picture = Two(run())
    png = picture.png()
    colours = decoded(png)
    assert tuple(colours[2, 2]) == (255, 255, 255)
    assert np.abs(colours - picture.dots()[..., :3]).mean() < 1.0
    want = np.array(mpl.colors.to_rgb(style.COLOUR["osteoclast"])) * 255
    assert np.abs(colours - want).max(axis=2).min() <= 4, "the course's colours survive"
    assert colours.shape[1] == pytest.approx(picture.pixels[0], abs=2)


def test_only_moving_artists_are_redrawn():
    picture = Two(run())
    picture.png()
    drawn = []
    for axes in picture.figure.axes:
        axes.draw = lambda *a, **k: drawn.append("axes")
    picture.update(run(0.5))
    picture.png()
    assert drawn == []


def test_ghost_and_guess_stay_and_go():
    picture = Two(run())
    plain = picture.dots().copy()
    picture.ghost(run(0.2))
    ghosted = picture.dots().copy()
    assert (plain != ghosted).any()
    picture.guess(0.6)
    assert (picture.dots() != ghosted).any()
    picture.guess(None)
    assert (picture.dots() == ghosted).all()


def test_no_text_is_clipped_or_small():
    picture = Two(run())
    renderer = picture.figure.canvas.get_renderer()
    for text in picture.figure.findobj(mpl.text.Text):
        if text.get_text() and text.get_visible():
            box = text.get_window_extent(renderer)
            assert text.get_fontsize() >= 11, text.get_text()
            assert box.x0 >= -1, text.get_text()
            assert box.x1 <= picture.figure.bbox.x1 + 1, text.get_text()


def test_memory_of_a_picture_is_flat():
    picture = Two(run())
    picture.png()
    count = len(picture.figure.findobj())
    for i in range(20):
        picture.update(run(i / 20))
        picture.guess(i / 20)
        picture.png()
    picture.guess(None)
    assert len(picture.figure.findobj()) == count


def test_a_picture_without_its_parts_says_which():
    with pytest.raises(NotImplementedError):
        Picture(run())


def ink(picture, axes):
    """How many dots inside some axes are neither paper nor grid."""
    dots = picture.dots()[..., :3].astype(int)
    box = axes.get_window_extent()
    rows = slice(int(len(dots) - box.y1) + 4, int(len(dots) - box.y0) - 4)
    inside = dots[rows, int(box.x0) + 4 : int(box.x1) - 4]
    return int((inside.min(axis=2) < 200).sum())


def test_a_blank_picture_shows_axes_and_nothing_that_tells():
    picture = Two(run(1.0))
    picture.ghost(run(0.5))
    picture.guess(0.4)
    (left, _) = picture.figure.axes
    assert ink(picture, left) > 500
    shown = picture.png()
    assert picture.blank() is picture
    assert picture.blanked
    picture.update(run(0.2))
    assert ink(picture, left) == 0
    assert "Cells" in picture.words(run(0.2))
    assert "until you have answered" in picture.words(run(0.2))
    assert picture.words(run(0.2)) != picture.alt(run(0.2))
    picture.update(run(1.0))
    assert picture.reveal() is picture
    assert not picture.blanked
    assert picture.png() == shown
    assert picture.words(run(1.0)) == picture.alt(run(1.0))


def test_blank_and_reveal_may_be_said_twice():
    picture = Two(run())
    shown = picture.dots().copy()
    hidden = picture.blank().blank().dots().copy()
    assert (picture.dots() == hidden).all()
    assert (picture.reveal().reveal().dots() == shown).all()


def test_a_picture_is_as_large_on_screen_as_it_says():
    picture = Two(run())
    assert picture.pixels == (860, 430)
    assert picture.dots().shape == (430, 860, 4)  # a dot for each pixel


def test_a_sharp_picture_is_the_same_with_more_dots_and_leaves_the_quick_one_as_it_was():
    picture = Two(run(1.0))
    quick = picture.png()
    picture.update(run(0.3))
    moved, sharp = picture.png(), picture.png(sharp=True)
    assert Image.open(io.BytesIO(sharp)).size == tuple(2 * side for side in picture.pixels)
    assert apart(sharp, moved) < 0.3 * apart(sharp, quick), "it shows what moved"
    assert picture.png() == moved
    assert len(sharp) < 3 * len(moved)


def apart(one, other):
    """How far two pictures of one scene are apart, whatever their dots."""
    small = [
        np.asarray(Image.open(io.BytesIO(png)).convert("L").resize((80, 40), Image.Resampling.BOX))
        for png in (one, other)
    ]
    return np.abs(small[0].astype(float) - small[1]).mean()
