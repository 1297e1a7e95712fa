"""Figures in the course's look, whatever matplotlib's settings are, and from several threads."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import matplotlib as mpl
import matplotlib.style
import numpy as np
import pandas as pd
import pytest
from pictures import ONCE

import bonelab as bl
from bonelab.figures.balance_map import BalanceMap
from bonelab.figures.dish_picture import DishPicture
from bonelab.figures.paper import dress, figures, legend, new_figure, rule, settle, stroke, write

# Left out: "classic" scales no dashes and "fast" joins points, which no artist can say for itself.
LOOKS = ("dark_background", "ggplot", "grayscale", "Solarize_Light2", "seaborn-v0_8-poster")


@pytest.fixture(scope=ONCE)
def dish():
    return bl.forward.culture(days=5)


def drawings(dish):
    """Several kinds of picture, as pixels, by name."""
    picture = DishPicture(dish)
    picture.ghost(dish)
    picture.guess(50)
    bands = pd.DataFrame({"now": [0.1, 0.6]}, index=["p-Akt", "actin"])
    return {
        "run": dots(dish.plot("osteoclasts", "precursors", "NFATc1")),
        "lab": picture.dots().copy(),
        "scene": dots(bl.draw.who_holds_rankl(bl.binding.competition())),
        "blot": dots(bl.draw.western_blot(bands)),
        "curve": dots(bl.draw.curve([0.1, 1, 10], [3, 2, 1], xlabel="x", ylabel="y", log="both")),
    }


def dots(drawing):
    drawing.figure.canvas.draw()
    return np.asarray(drawing.figure.canvas.buffer_rgba()).copy()


@pytest.fixture(scope=ONCE)
def plain(dish):
    return drawings(dish)


def test_drawing_writes_none_of_the_global_settings(dish, monkeypatch):
    def refuse(self, *args, **kwargs):
        raise AssertionError(f"matplotlib's settings were written: {args}")

    before = dict(mpl.rcParams)
    for write_ in ("__setitem__", "update", "_set", "_update_raw"):
        if hasattr(mpl.RcParams, write_):
            monkeypatch.setattr(mpl.RcParams, write_, refuse)
    drawings(dish)
    dish.plot().png()
    monkeypatch.undo()
    assert dict(mpl.rcParams) == before


def test_several_threads_draw_the_same_pictures_and_leave_the_settings_alone(dish, plain):
    before = dict(mpl.rcParams)
    seen, done = [], threading.Event()

    def watch():
        while not done.is_set():
            seen.append(dict(mpl.rcParams) == before)
            time.sleep(0.002)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        with ThreadPoolExecutor(4) as pool:
            results = list(pool.map(lambda _: drawings(dish), range(5)))
    finally:
        done.set()
        watcher.join()
    assert seen
    assert all(seen)
    for result in results:
        for name, picture in result.items():
            assert np.array_equal(picture, plain[name]), name


@pytest.mark.parametrize("look", LOOKS)
def test_a_readers_own_settings_change_no_picture(look, dish, plain):
    with mpl.rc_context(), matplotlib.style.context(look):
        mine = drawings(dish)
    for name, picture in mine.items():
        assert picture.shape == plain[name].shape, name
        differs = np.abs(picture.astype(int) - plain[name]).max(axis=2) > 24
        assert differs.mean() < 1e-4, f"{name} in the look {look}"


def test_a_readers_own_axes_keep_their_look(dish):
    from matplotlib.figure import Figure

    with mpl.rc_context({"axes.facecolor": "#123456", "axes.labelsize": 33}):
        axes = Figure().add_subplot()
        dish.plot("osteoclasts", ax=axes)
    assert mpl.colors.to_hex(axes.get_facecolor()) == "#123456"
    assert axes.xaxis.label.get_fontsize() == 33


def test_axes_are_dressed_in_sizes_that_can_be_read():
    figure = new_figure(4, 3)
    axes = dress(figure.add_subplot(), "Title", "x (nM)", "y (%)", xlim=(0, 10), ylim=(0, 5))
    stroke(axes, [0, 10], [0, 5], label="line")
    legend(axes)
    settle(figure)
    assert axes.get_title(loc="left") == "Title"
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("x (nM)", "y (%)")
    assert (axes.get_xlim(), axes.get_ylim()) == ((0, 10), (0, 5))
    sizes = {text.get_fontsize() for text in figure.findobj(mpl.text.Text) if text.get_text()}
    assert sizes == {13.5, 12.5, 11.5}
    seen = {side for side, spine in axes.spines.items() if spine.get_visible()}
    assert seen == {"left", "bottom"}
    assert figure.get_layout_engine() is None or not figure.get_layout_engine().adjust_compatible


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0"), (0.1, "0.1"), (1000, "1,000"), (-2.5, "−2.5"), (0.0001, "0.0001"),
        (1e-6, "10⁻⁶"), (2e-9, "2·10⁻⁹"), (1e8, "10⁸"), (0.30000000000000004, "0.3"),
    ],
)  # fmt: skip
def test_numbers_at_ticks_are_written_as_one_says_them(value, words):
    assert figures(value) == words


def test_a_rule_runs_across_the_axes_at_its_value():
    axes = dress(new_figure(4, 3).add_subplot(), xlim=(0, 10), ylim=(0, 5))
    level, upright = rule(axes, y=2), rule(axes, x=3)
    assert list(level.get_ydata()) == [2, 2]
    assert list(upright.get_xdata()) == [3, 3]
    assert level.get_transform() == axes.get_yaxis_transform()
    assert upright.get_transform() == axes.get_xaxis_transform()


def test_words_and_lines_say_all_their_looks():
    axes = dress(new_figure(4, 3).add_subplot())
    words = write(axes, 0.5, 0.25, "here")
    assert (words.get_fontsize(), words.get_position()) == (11.5, (0.5, 0.25))
    line = stroke(axes, [1, 2], [3, 4], color="#0072B2")
    assert (line.get_linewidth(), line.get_marker(), line.get_color()) == (2.4, "", "#0072B2")


def test_a_map_is_drawn_without_settings_too():
    woman = bl.woman(65)
    run = bl.simulate(woman, [bl.denosumab("60 mg", doses=2)], years=1)
    result = dict.fromkeys(("your antibody", "denosumab", "OPG-Fc"), run)
    before = dict(mpl.rcParams)
    assert np.ptp(BalanceMap(result).dots()) > 0
    assert dict(mpl.rcParams) == before
