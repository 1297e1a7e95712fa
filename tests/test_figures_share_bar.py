"""A stacked bar of shares: where each part begins and ends, and what its key says."""

import pytest
from pictures import ONCE

from bonelab.figures.paper import new_figure
from bonelab.figures.share_bar import ShareBar, box, percent

LOOK = {"free": ("#aaaaaa", ""), "on RANK": ("#cc0000", "//"), "on OPG": ("#0000cc", "")}
SPOTS = {"free": (10, 90), "on RANK": (110, 90), "on OPG": (10, 60)}


@pytest.fixture(scope=ONCE)
def bar():
    axes = new_figure(4, 4, layout="none", dpi=100).add_axes([0, 0, 1, 1])
    axes.set(xlim=(0, 200), ylim=(0, 200))
    return ShareBar(axes, LOOK, SPOTS, 20, 180, 120, 140)


def corners(artist):
    path = artist.get_paths()[0] if hasattr(artist, "get_paths") else artist.get_path()
    return tuple(path.vertices.min(0)), tuple(path.vertices.max(0))


def written(bar):
    return [words.moving[0].get_gid() for words in bar._words.values()]


@pytest.mark.parametrize(
    ("share", "words"),
    [(0, "0%"), (0.0004, "0%"), (0.0006, "0.1%"), (0.034, "3.4%"), (0.0994, "9.9%"),
     (0.0996, "10%"), (0.256, "26%"), (1, "100%")],
)  # fmt: skip
def test_a_share_has_one_decimal_below_ten_percent(share, words):
    assert percent(share) == words


def test_parts_stand_one_after_another_as_long_as_their_shares(bar):
    bar.show({"free": 0.25, "on RANK": 0.05, "on OPG": 0.7})
    # 160 units long: 40, then 8, then 112
    assert corners(bar.blocks["free"]) == ((20, 120), (60, 140))
    assert corners(bar.blocks["on RANK"]) == ((60, 120), (68, 140))
    assert corners(bar.blocks["on OPG"]) == ((68, 120), (180, 140))
    assert written(bar) == ["free 25%", "on RANK 5.0%", "on OPG 70%"]


def test_the_rest_of_the_bar_stays_empty(bar):
    bar.show({"free": 0.5, "on RANK": 0, "on OPG": 0})
    assert corners(bar.blocks["free"])[1][0] == 100
    assert [block.get_visible() for block in bar.blocks.values()] == [True, False, False]
    assert written(bar) == ["free 50%", "on RANK 0%", "on OPG 0%"]


def test_a_swatch_has_the_colour_of_its_part_and_stands_before_its_words(bar):
    bar.show({"free": 0.2, "on RANK": 0.3, "on OPG": 0.5})
    for name, (colour, hatch) in LOOK.items():
        block, swatch = bar.blocks[name], bar.swatches[name]
        assert tuple(block.get_facecolor()[0]) == tuple(swatch.get_facecolor())
        assert (swatch.get_hatch() or "") == (block.get_hatch() or "") == hatch, colour
        x, y = SPOTS[name]
        assert corners(swatch) == ((x, y - 7), (x + 18, y + 7))
        words = bar._words[name].moving[0].get_window_extent()  # 400 pixels for 200 units
        assert words.x0 / 2 == pytest.approx(x + 24, abs=0.9)
        assert (words.y0 + words.y1) / 4 == pytest.approx(y, abs=3)


def test_what_is_left_out_has_no_key_until_it_is_shown_again(bar):
    shares = {"free": 0.2, "on RANK": 0.3, "on OPG": 0.5}
    bar.show(shares)
    bar.hide("on OPG")
    assert not bar.swatches["on OPG"].get_visible()
    assert bar.swatches["free"].get_visible()
    assert not bar._words["on OPG"].moving[0].get_visible()
    bar.show(shares)
    assert bar.swatches["on OPG"].get_visible()
    assert written(bar)[2] == "on OPG 50%"


def test_everything_that_changes_is_drawn_anew(bar):
    assert len(bar.moving) == 3 * len(LOOK)
    assert {*bar.blocks.values(), *bar.swatches.values()} < set(bar.moving)


def test_a_box_goes_round_its_corners():
    assert box(1, 2, 3, 4) == [(1, 3), (2, 3), (2, 4), (1, 4)]
