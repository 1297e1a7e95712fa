"""The way of a vesicle: the share at each depth in percent, three bars, and the same in words."""

import pytest
from pictures import ONCE

from bonelab.figures.way_picture import DEEP, DEPTHS, FEWEST, WayPicture


class Result(dict):
    """What the picture takes: shares at depths, ranges of three unknowns, values of the drawing."""

    transport: dict


def result(follow=40, share=lambda depth: 0.5 * 2 ** (-depth / 10), **otherwise):
    shares = [share(depth) for depth in DEPTHS]
    told = Result({"share at depth": shares, "otherwise": {
        "half_life": (0.001, 0.3), "vesicle": (0.01, 0.02), "partition": (1e-12, 0.8),
    } | otherwise})  # fmt: skip
    told.transport = {
        "vesicle": 90, "canaliculus": 300, "process": 100, "fibres": 20, "gap": 100,
        "depths": DEPTHS, "shares": shares, "follow": follow,
    }  # fmt: skip
    return told


@pytest.fixture(scope=ONCE)
def picture():
    picture = WayPicture(result())
    picture.update(result())
    return picture


def bar(picture, row):
    corners = picture.bars.get_paths()[row].vertices
    return [*corners.min(0), *corners.max(0)]


def test_depth_goes_in_steps_of_five_micrometres_to_a_hundred(picture):
    assert (DEPTHS[0], DEPTHS[1], DEPTHS[-1], len(DEPTHS), DEEP) == (0, 5, 100, 21, 40)
    (panel,) = picture.line_panels
    x, percent = panel.lines["vesicle"].get_data()
    assert tuple(x) == DEPTHS
    assert percent[[0, 2, 8]] == pytest.approx([50, 25, 3.125])  # it halves every 10 um
    axes = panel.axes
    assert axes.get_title(loc="left") == "Vesicles that get there"
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("depth in bone (µm)", "% of surface")
    assert (axes.get_xlim(), axes.get_ylim()) == ((0, 100), (0, 105))


def test_the_cursor_stands_where_one_follows(picture):
    for depth, percent in ((40, 3.125), (45, 50 * 2**-4.5)):
        picture.update(result(follow=depth))
        x, y = picture.cursor.line.get_data()
        assert (max(x), max(y)) == (depth, pytest.approx(percent))
        assert picture.here.get_xdata() == pytest.approx([percent / 100] * 2)  # as a share
        assert tuple(picture.here.get_ydata()) == (-0.6, 2.6)
    picture.update(result())


def test_each_unknown_has_a_bar_over_its_range_in_the_order_of_its_words(picture):
    picture.update(result())
    assert bar(picture, 0) == pytest.approx([0.001, 1.72, 0.3, 2.28])  # half-life, at the top
    assert bar(picture, 1) == pytest.approx([0.01, 0.72, 0.02, 1.28])
    assert bar(picture, 2) == pytest.approx([FEWEST, -0.28, 0.8, 0.28])
    axes = picture.bars_axes
    names = [label.get_text() for label in axes.get_yticklabels()]
    assert names == ["Φ, the door", "its width", "half-life"]
    assert list(axes.get_yticks()) == [0, 1, 2]
    assert axes.get_xscale() == "log"
    assert (axes.get_xlim(), axes.get_ylim()) == ((FEWEST, 2), (-0.6, 2.6))
    assert list(axes.get_xticks()) == [1e-9, 1e-6, 1e-3, 1]
    assert axes.get_title(loc="left") == "If one of them were otherwise"
    assert axes.get_xlabel() == "share that gets there"
    assert FEWEST == 1e-9


def test_a_share_of_nothing_stands_at_the_left_end(picture):
    none = result(share=lambda depth: 0.0, vesicle=(0.0, 0.0))
    picture.update(none)
    assert bar(picture, 1)[::2] == pytest.approx([FEWEST, FEWEST])
    assert picture.here.get_xdata() == pytest.approx([FEWEST] * 2)
    assert "The curve of vesicles against depth in bone lies at nothing." in picture.alt(none)
    picture.update(result())


def test_drawing_curve_and_bars_are_told_in_this_order(picture):
    told = picture.alt(result())
    drawing = picture.drawing.alt(**result().transport)
    assert told.startswith(f"{drawing} A falling curve of vesicles against depth in bone. ")
    assert "if one unknown went through its whole range: half-life from 0.1% to 30%; its" in told
    assert "; its width from 1.0% to 2.0%; Φ, the door from 10⁻¹² to 80%." in told


def test_all_that_changes_is_drawn_anew(picture):
    parts = [*picture.line_panels[0].moving, *picture.cursor.moving, *picture.drawing.moving]
    assert set(picture.moving) == {*parts, picture.bars, picture.here}
    assert picture.figure.get_size_inches() == pytest.approx((8.8, 4.6))
    grid = picture.bars_axes.get_subplotspec().get_gridspec()
    assert grid.get_width_ratios() == [1.15, 1.0]
