"""Several models under one injection: each relative to its own start, bonelab in colour."""

import numpy as np
import pytest
from matplotlib.figure import Figure
from pictures import ONCE

import bonelab as bl
from bonelab.figures import style
from bonelab.figures.model_comparison import _DASH, PANELS, looks, model_comparison, series_of

MONTH = 30.4375


@pytest.fixture(scope=ONCE)
def runs():
    return bl.peers.same_injection("osteoclasts", days=300)


@pytest.fixture(scope=ONCE)
def drawing(runs):
    return model_comparison(runs, injection=(20, 80))


def curves(axes):
    return {line.get_label(): line for line in axes.lines if line.get_label()[:1] != "_"}


def test_every_run_is_drawn_in_percent_of_its_own_start(runs, drawing):
    for axes, title in zip(drawing.axes, PANELS, strict=True):
        shown = curves(axes)
        for name, run in runs.items():
            series = series_of(run, title)
            if series is None:
                assert name not in shown
                continue
            assert shown[name].get_xdata() == pytest.approx(run.time / MONTH)
            expected = 100 * run[series] / run[series][0]
            assert shown[name].get_ydata() == pytest.approx(expected)
        assert axes.get_title(loc="left") == title
        assert axes.get_ylabel() == "% of own start"
    assert [axes.get_xlabel() for axes in drawing.axes] == ["", "", "months"]
    assert drawing.axes[0].get_xlim() == pytest.approx((0, 300 / MONTH))


def test_the_injection_is_shaded_from_its_first_to_its_last_day(drawing):
    for axes in drawing.axes:
        (shade,) = [patch for patch in axes.patches if not patch.get_gid()]
        box = shade.get_path().get_extents(shade.get_patch_transform())
        assert (box.x0, box.x1) == pytest.approx((20 / MONTH, 80 / MONTH))


def test_bonelab_wears_its_colours_and_the_others_grey(runs, drawing):
    for title, colour in zip(PANELS, ("osteoclast", "osteoblast", "bone"), strict=True):
        seen = looks(runs, title)
        assert (seen["bonelab"].colour, seen["bonelab"].dash) == (style.COLOUR[colour], "-")
        greys = [look.colour for name, look in seen.items() if name != "bonelab"]
        assert all(grey[1:3] == grey[3:5] == grey[5:7] for grey in greys)
        assert len({look.dash for look in seen.values()}) == len(seen)
    own = curves(drawing.axes[0])["bonelab"]
    other = curves(drawing.axes[0])["Lemaire 2004"]
    assert own.get_linewidth() > other.get_linewidth()
    assert own.get_zorder() > other.get_zorder()


def test_a_model_that_nobody_knows_is_drawn_too(runs):
    seen = looks({"bonelab": runs["bonelab"], "mine": runs["bonelab"]}, "Osteoclasts")
    assert seen["mine"].colour == "#3D3D3D"
    assert seen["mine"].dash == style.DASHES[-1]


def test_names_stand_at_the_ends_of_their_curves(drawing):
    for axes in drawing.axes:
        named = [patch.get_gid() for patch in axes.patches if patch.get_gid()]
        assert named == list(curves(axes))


def test_given_axes_are_filled_and_titled(runs):
    axes = Figure().subplots(1, 3)
    assert model_comparison(runs, axes) is axes
    assert [ax.get_title() for ax in axes] == list(PANELS)
    assert [ax.get_xlabel() for ax in axes] == ["months"] * 3
    assert axes[0].get_ylabel() == "% of the model's own start"
    assert list(curves(axes[0])) == list(runs)


def test_words_tell_how_far_each_model_goes(runs, drawing):
    run = runs["Lemaire 2004"]
    y = 100 * run["osteoclasts"] / run["osteoclasts"][0]
    k = int(np.argmax(np.abs(y - 100)))
    assert f"Lemaire 2004: osteoclasts {y[k]:.3g}% on day {run.time[k]:.0f}" in drawing.alt
    assert "no bone in the model" in drawing.alt
    assert drawing.alt.startswith("Furthest from the start. ")


def test_every_published_model_has_a_dash_of_its_own():
    dashes = [style.DASHES[1], style.DASHES[2], style.DASHES[3]]
    names = ("Lemaire 2004", "Komarova 2003", "Pivonka 2008")
    assert [_DASH[name] for name in names] == dashes
