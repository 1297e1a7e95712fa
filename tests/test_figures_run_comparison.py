"""Runs side by side: one panel for each series, and a line for each run."""

import numpy as np
import pytest

import bonelab as bl
from bonelab.simulation import Run


def made(end, days=(0.0, 400.0)):
    return Run("tissue", days, "day", {"CTX": [100, end], "P1NP": [100, end / 2],
                                       "BMD hip": [100, 101]}, {"CTX": "%"})  # fmt: skip


@pytest.fixture
def both():
    return bl.compare({"one": made(50), "other": made(150, (0.0, 300.0))})


@pytest.mark.parametrize("names", [("CTX",), ("CTX", "P1NP"), ("CTX", "P1NP", "BMD hip")])
def test_a_panel_for_each_series(both, names):
    """7.8 by 1.3 and 2.6 for each, in units of a hundred pixels."""
    drawing = both.plot(*names)
    figure = drawing.axes[0].figure
    assert tuple(figure.get_size_inches()) == pytest.approx((7.8, 1.3 + 2.6 * len(names)))
    assert len(drawing.axes) == len(names)
    for axes, name in zip(drawing.axes, names, strict=True):
        ends = [line.get_ydata()[-1] for line in axes.lines[:2]]
        assert ends == [both.runs["one"][name][-1], both.runs["other"][name][-1]]
        assert axes.get_xlabel() == "months"
        assert axes.get_xlim()[1] == pytest.approx(400 / 30.4375)
        assert [line.get_label() for line in axes.lines[:2]] == ["one", "other"]


def test_on_given_axes_the_first_series_is_drawn_with_a_legend(both):
    import matplotlib.pyplot as plt

    _, axes = plt.subplots()
    assert both.plot(ax=axes) is axes
    assert len(axes.lines) == 2
    assert np.array_equal(axes.lines[0].get_ydata(), both.runs["one"][both.series[0]])
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["one", "other"]
    assert axes.get_xlabel() == "months"
    plt.close("all")
    with pytest.raises(bl.BonelabError, match="NTX"):
        both.plot("NTX")


def test_the_axis_is_as_long_as_the_longest_run_wherever_it_stands():
    runs = {"short": made(50, (0.0, 20.0)), "long": made(150, (0.0, 400.0))}
    axes = bl.compare(runs).plot("CTX").axes[0]
    assert axes.get_xlabel() == "months"
    assert max(axes.get_xticks()) <= 400 / 30.4375 < max(axes.get_xticks()) + 6
    long = axes.lines[1]
    assert long.get_xdata()[-1] == pytest.approx(400 / 30.4375)
