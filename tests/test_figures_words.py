"""Words that move, and the bar of shares with its key."""

import numpy as np
import pytest

from bonelab.figures.paper import new_figure
from bonelab.figures.share_bar import ShareBar, box, percent
from bonelab.figures.words import Words, count


@pytest.fixture
def ax():
    axes = new_figure(4, 3, layout="none", dpi=100).add_axes([0, 0, 1, 1])
    axes.set(xlim=(0, 400), ylim=(0, 300))
    return axes


def seen(words):
    (patch,) = words.moving
    return patch.get_window_extent(patch.axes.figure.canvas.get_renderer())


@pytest.mark.parametrize(("side", "edge"), [("left", 0), ("center", 0.5), ("right", 1)])
def test_words_stand_at_their_place_by_their_side(ax, side, edge):
    found = seen(Words(ax, 200, 150, "osteoclasts", side))
    assert found.x0 + edge * found.width == pytest.approx(200, abs=1.5)
    assert (found.y0 + found.y1) / 2 == pytest.approx(150, abs=2)


def test_words_are_as_large_as_those_that_stand_still(ax):
    still = ax.text(10, 50, "osteoclasts", fontsize=11, family="DejaVu Sans")
    width = still.get_window_extent(ax.figure.canvas.get_renderer()).width
    assert seen(Words(ax, 10, 150, "osteoclasts")).width == pytest.approx(width, rel=0.03)


def test_words_change_hide_and_come_back(ax):
    words = Words(ax, 10, 20, "one")
    (patch,) = words.moving
    assert patch.get_gid() == "one"
    words.show("much longer")
    assert patch.get_gid() == "much longer"
    width = seen(words).width
    words.show(" ")
    assert not patch.get_visible()
    words.show("much longer")
    assert patch.get_visible()
    assert seen(words).width == pytest.approx(width)


def test_words_move_to_another_place(ax):
    words = Words(ax, 10, 20, "here")
    words.put(300, 200, "right")
    words.show("here")
    assert seen(words).x1 == pytest.approx(300, abs=1.5)
    assert seen(words).y0 > 190


def test_letters_stand_one_after_the_other(ax):
    one, two = seen(Words(ax, 0, 50, "nn")), seen(Words(ax, 0, 50, "n n"))
    single = seen(Words(ax, 0, 50, "n")).width
    assert one.width > 2 * single
    assert two.width > one.width + 2


@pytest.mark.parametrize(
    ("value", "digits", "words"),
    [(0.44, 0, "0"), (1.26, 1, "1.3"), (9999, 0, "9999"), (1e4, 0, "1e4"), (2.5e6, 1, "2e6")],
)
def test_a_count_in_words(value, digits, words):
    assert count(value, digits) == words


@pytest.mark.parametrize(
    ("share", "words"),
    [(0, "0%"), (4.9e-4, "0%"), (5e-4, "0.1%"), (0.021, "2.1%"), (0.0994, "9.9%"),
     (0.0996, "10%"), (0.714, "71%"), (1, "100%")],
)  # fmt: skip
def test_a_share_in_words(share, words):
    assert percent(share) == words


def test_a_box_has_four_corners():
    assert box(1, 2, 3, 4) == [(1, 3), (2, 3), (2, 4), (1, 4)]


def test_the_parts_of_a_bar_are_as_long_as_their_shares(ax):
    look = {"held": ("#FF0000", "//"), "free": ("#00FF00", ""), "lost": ("#0000FF", "xx")}
    spots = {name: (10 + 100 * k, 200) for k, name in enumerate(look)}
    bar = ShareBar(ax, look, spots, 100, 300, 40, 60)
    bar.show({"held": 0.25, "free": 0.5, "lost": 0.0})
    ends = {}
    for name, block in bar.blocks.items():
        corners = block.get_paths()[0].vertices
        ends[name] = corners[:, 0].min(), corners[:, 0].max()
        assert (corners[:, 1].min(), corners[:, 1].max()) == (40, 60)
        assert block.get_visible() == (name != "lost")
    assert ends["held"] == pytest.approx((100, 150))
    assert ends["free"] == pytest.approx((150, 250))
    assert {artist.get_gid() for artist in bar.moving} >= {"held 25%", "free 50%", "lost 0%"}
    assert {block.get_hatch() for block in bar.blocks.values()} >= {"//", "xx"}
    swatch = bar.swatches["held"].get_path().get_extents()
    assert (swatch.x0, swatch.y0, swatch.x1, swatch.y1) == (10, 193, 28, 207)


def test_a_part_can_be_left_out_of_the_key(ax):
    bar = ShareBar(ax, {"a": ("red", ""), "b": ("blue", "")}, {"a": (0, 0), "b": (0, 50)},
                   0, 100, 0, 10)  # fmt: skip
    bar.show({"a": 1.0, "b": 0.0})
    bar.hide("b")
    assert not bar.swatches["b"].get_visible()
    assert "b 0%" not in {a.get_gid() for a in bar.moving if a.get_visible()}
    bar.show({"a": 0.5, "b": 0.5})
    assert bar.swatches["b"].get_visible()
    assert np.isclose(len({a.get_gid() for a in bar.moving if a.get_visible()} & {"b 50%"}), 1)
