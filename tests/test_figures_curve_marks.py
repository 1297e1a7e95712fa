"""Names at the ends of curves, the cursor of a slider, and the learner's guess."""

import numpy as np
import pytest

from bonelab.figures import style
from bonelab.figures.curve_marks import Cursor, EndNames, Guess, apart
from bonelab.figures.paper import dress, new_figure, settle, stroke


@pytest.fixture
def axes():
    figure = new_figure(5, 3, dpi=100)
    return dress(figure.add_subplot(), xlim=(0, 10), ylim=(0, 1))


LOOKS = style.apart(["osteoclasts", "osteoblasts"])
WORDS = {"osteoclasts": "osteoclasts", "osteoblasts": "builders"}


def test_a_name_stands_at_the_height_where_its_curve_ends(axes):
    names = EndNames(axes, LOOKS, WORDS)
    settle(axes.figure)
    names.place({"osteoclasts": 0.8, "osteoblasts": 0.25})
    renderer = axes.figure.canvas.get_renderer()
    for name, height in (("osteoclasts", 0.8), ("osteoblasts", 0.25)):
        end = names.names[name]
        assert end.height == pytest.approx(height)
        assert end.patch.get_gid() == WORDS[name]
        box = end.patch.get_window_extent(renderer)
        right, middle = axes.transAxes.transform((1, height))
        assert box.x0 > right + 20
        assert (box.y0 + box.y1) / 2 == pytest.approx(middle, abs=3)
        assert box.x1 <= axes.figure.bbox.x1, "clipped at the right"
        sign = end.sign.get_window_extent(renderer)
        assert sign.x0 >= right
        assert sign.x1 < box.x0
        assert (sign.y0 + sign.y1) / 2 == pytest.approx(middle, abs=1.5)


def test_the_sample_before_a_name_is_drawn_like_its_curve(axes):
    names = EndNames(axes, LOOKS, WORDS)
    for name, look in LOOKS.items():
        assert names.names[name].sign.get_color() == look.colour
    assert names.names["osteoclasts"].sign.get_linestyle() == "-"
    assert names.names["osteoblasts"].sign.get_linestyle() == "--"


def test_names_change_no_limits():
    axes = dress(new_figure(5, 3).add_subplot())
    stroke(axes, [0, 1], [50, 60])
    EndNames(axes, LOOKS, WORDS)
    low, high = axes.get_ylim()
    assert low > 49
    assert high < 61


def test_names_of_curves_that_end_together_do_not_overlap(axes):
    names = EndNames(axes, LOOKS, WORDS)
    settle(axes.figure)
    for height in (0.0, 0.5, 1.0):
        names.place({"osteoclasts": height, "osteoblasts": height})
        renderer = axes.figure.canvas.get_renderer()
        one, other = (n.patch.get_window_extent(renderer) for n in names.names.values())
        assert not one.overlaps(other)


def test_a_name_stays_at_the_axes_where_a_curve_leaves_them(axes):
    names = EndNames(axes, LOOKS, WORDS)
    names.place({"osteoclasts": 7.0, "osteoblasts": -3.0})
    assert names.names["osteoclasts"].height == pytest.approx(0.98)
    assert names.names["osteoblasts"].height == pytest.approx(0.02)


def test_names_follow_a_logarithmic_axis():
    figure = new_figure(5, 3, dpi=100)
    axes = dress(figure.add_subplot(), yscale="log", ylim=(1, 100))
    names = EndNames(axes, LOOKS, WORDS)
    names.place({"osteoclasts": 10, "osteoblasts": 0.0})
    assert names.names["osteoclasts"].height == pytest.approx(10)
    assert names.names["osteoblasts"].height == pytest.approx(100**0.02)


def test_neighbours_are_pushed_apart_within_the_axes():
    assert apart({"a": 0.5, "b": 0.52}, 0.1) == pytest.approx({"a": 0.5, "b": 0.6})
    assert apart({"a": 0.95, "b": 0.99}, 0.1) == pytest.approx({"a": 0.9, "b": 1.0})
    assert apart({"a": 0.1, "b": 0.9}, 0.1) == pytest.approx({"a": 0.1, "b": 0.9})
    assert apart({"b": 0.0, "a": 0.0, "c": 0.0}, 0.2) == pytest.approx({"b": 0, "a": 0.2, "c": 0.4})


def test_a_cursor_leads_from_the_point_to_both_axes(axes):
    cursor = Cursor(axes)
    cursor.put(4, 0.3)
    assert list(cursor.line.get_xdata()) == [4, 4, 0]
    assert list(cursor.line.get_ydata()) == [0, 0.3, 0.3]
    assert cursor.moving == [cursor.line]
    assert cursor.line.get_marker() == ""


# -- the guess ---------------------------------------------------------------------------------
def words_box(guess):
    return guess.patch.get_window_extent(guess.level.axes.figure.canvas.get_renderer())


def on_the_curve(guess, line):
    x, y = np.asarray(line.get_data(), float)
    fine = np.linspace(0, len(x) - 1, 5000)
    points = np.column_stack([np.interp(fine, np.arange(len(x)), v) for v in (x, y)])
    pixels = line.axes.transData.transform(points)
    box = words_box(guess)
    inside = (pixels > (box.x0, box.y0)) & (pixels < (box.x1, box.y1))
    return bool(inside.all(axis=1).any())


def test_a_guess_is_a_level_line_with_words(axes):
    guess = Guess(axes, [])
    assert not any(artist.get_visible() for artist in guess.moving)
    guess.show(0.4)
    assert list(guess.level.get_ydata()) == [0.4, 0.4]
    assert list(guess.level.get_xdata()) == [0, 1]  # across the axes
    assert guess.level.get_transform() == axes.get_yaxis_transform()
    assert guess.level.get_linestyle() == ":"
    assert guess.patch.get_gid() == "your guess: 0.4"
    assert all(artist.get_visible() for artist in guess.moving)
    guess.show(None)
    assert not any(artist.get_visible() for artist in guess.moving)
    guess.place()  # does nothing without a guess
    assert not guess.patch.get_visible()


@pytest.mark.parametrize(
    "curve",
    [
        ([0, 10], [0.4, 0.4]),  # along the guess itself
        ([0, 10], [0.3, 0.5]),
        ([0, 10], [0.5, 0.3]),
        (np.linspace(0, 10, 200), 0.4 + 0.1 * np.sin(np.linspace(0, 6, 200))),
        ([0, 3, 3.1, 10], [0.35, 0.35, 0.9, 0.9]),
        ([0, 10], [0.45, 0.45]),  # where the words would stand above the line
    ],
)
def test_the_words_of_a_guess_never_lie_on_the_curve(axes, curve):
    line = stroke(axes, *curve)
    guess = Guess(axes, [line])
    settle(axes.figure)
    guess.show(0.4)
    assert not on_the_curve(guess, line)
    box, around = words_box(guess), axes.get_window_extent()
    assert box.x0 >= around.x0
    assert box.x1 <= around.x1
    _, level = axes.transData.transform((0, 0.4))
    assert min(abs(box.y0 - level), abs(box.y1 - level)) < 12, "beside the line it belongs to"


def test_the_words_move_out_of_the_way_of_a_moving_curve(axes):
    line = stroke(axes, [0, 10], [0.9, 0.9])
    guess = Guess(axes, [line])
    settle(axes.figure)
    guess.show(0.4)
    for height in np.linspace(0.2, 0.6, 41):
        line.set_ydata([height, height])
        guess.place()
        assert not on_the_curve(guess, line), height


def test_where_curves_run_everywhere_the_words_stand_above_the_axes(axes):
    x = np.linspace(0, 10, 4000)
    line = stroke(axes, x, 0.5 + 0.5 * np.sin(60 * x))
    guess = Guess(axes, [line])
    settle(axes.figure)
    guess.show(0.5)
    box, around = words_box(guess), axes.get_window_extent()
    assert box.y0 > around.y1
    assert box.x1 == pytest.approx(around.x1, abs=1)


def test_words_stay_inside_at_the_top_and_at_the_foot(axes):
    guess = Guess(axes, [])
    settle(axes.figure)
    for value in (0.0, 1.0):
        guess.show(value)
        box, around = words_box(guess), axes.get_window_extent()
        assert around.y0 <= box.y0
        assert box.y1 <= around.y1


def test_the_sample_before_a_name_is_level_and_as_long_as_it_says(axes):
    """From 3 to 21 points right of the axes, at a hundred dots an inch 25 dots long."""
    names = EndNames(axes, LOOKS, WORDS)
    names.place({"osteoclasts": 0.8, "osteoblasts": 0.25})
    sign = names.names["osteoclasts"].sign
    x, y = sign.get_data()
    assert list(y) == [0, 0]
    assert x[-1] - x[0] == 18
    left = axes.transAxes.transform((1, 0))[0]
    drawn = sign.get_transform().transform(np.column_stack([x, y]))
    assert drawn[:, 0] == pytest.approx([left + 3 / 0.72, left + 21 / 0.72])
    assert np.ptp(drawn[:, 1]) == 0


def test_a_name_that_was_not_placed_stands_at_the_foot(axes):
    names = EndNames(axes, LOOKS, WORDS)
    assert [name.height for name in names.names.values()] == [0, 0]
