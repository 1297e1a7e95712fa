"""The drawn pictures: they show what they are given, at the ends too, and make no new artists."""

import inspect
import math
from functools import cache

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from bonelab import BonelabError
from bonelab.figures import glyph_key, shapes, style
from bonelab.figures.binding_picture import BindingPicture
from bonelab.figures.crosslinking_picture import KINDS, CrosslinkingPicture
from bonelab.figures.dish import START, Dish
from bonelab.figures.immune_picture import ImmunePicture
from bonelab.figures.mixing_desk import MixingDesk
from bonelab.figures.pathways import ForwardPathway, ReversePathway
from bonelab.figures.remodelling_unit import RemodellingUnit
from bonelab.figures.transport import Transport
from bonelab.figures.western_blot import WesternBlot

HUGE = 1e9
FORWARD = dict.fromkeys(ForwardPathway.names, 0.6)
REVERSE = dict.fromkeys(ReversePathway.names, 0.6)
SHARES = {"on_opg", "on_drug", "occupancy"}
WORDS = ("names", "sources", "strengths", "opg_fc")  # not one number each


def everything(scene, value):
    """All arguments of a scene's update set to one value, shares at most 1."""
    names = inspect.signature(scene.update).parameters
    return {name: min(value, 1.0) if name in SHARES else value for name in names if name != "self"}


# scene -> values at its ends and between
VALUES = {
    RemodellingUnit: [
        everything(RemodellingUnit, 0.0),
        everything(RemodellingUnit, 0.3),
        everything(RemodellingUnit, HUGE),
    ],
    Dish: [
        everything(Dish, 0.0),
        {"precursors": 0.24, "osteoclasts": 0.1, "nuclei": 6.2, "pits": 4.9},
        everything(Dish, HUGE),
    ],
    BindingPicture: [
        {"rankl": 0.0, "rank": 0.0},
        {"on_rank": 0.021, "on_opg": 0.7, "on_antibody": 0.2},
        {"on_rank": 1.0, "rank": HUGE, "rankl": HUGE},
        {"on_antibody": 1.0},
        {"on_opg": 1.0},
    ],
    CrosslinkingPicture: [
        {"loose": 0.0},
        *({"pairs": 0.5, "single": 0.3, "masked": 0.2, "loose": 1.0, "kind": k} for k in KINDS),
        {"clustered": 1.0, "signal": 1.0},
        {"clustered": 1.0, "kind": "trimerised antibody", "tail": 0.02},
    ],
    ForwardPathway: [
        {},
        {"activity": FORWARD, "occupancy": 1.0},
        {"activity": FORWARD, "blocked": ("NF-kB", "Akt", "RANK")},
    ],
    ReversePathway: [
        {},
        {"activity": REVERSE, "clustered": 1.0},
        {"activity": REVERSE, "clustered": 0.4, "rapamycin": 20.0, "tail": 0.02},
    ],
    ImmunePicture: [
        everything(ImmunePicture, 0.0),
        {"dendritic": 2.4, "t_cells": 0.4, "occupancy": 0.5},
        everything(ImmunePicture, HUGE),
    ],
    MixingDesk: [
        {},
        {"names": ("glucocorticoid", "estrogen loss"), "sources": ("human cells", "human cells"),
         "strengths": (1.0, 0.4), "RANKL": 3.6, "OPG": 0.15, "RANK": 0.5, "extra_RANKL": 0.15,
         "RANK_gain": 0.08, "opg_fc": "after one year"},
        {"strengths": (0.0, 1.0), "RANKL": HUGE, "OPG": 1 / HUGE * 1e4, "extra_RANKL": HUGE,
         "RANK_gain": 1.0, "opg_fc": "from the start"},
    ],
    Transport: [
        {"vesicle": 0, "canaliculus": 0, "process": 0, "depth_scale": 0, "partition": 0},
        {"vesicle": 90, "canaliculus": 195.7, "depth_scale": 12, "partition": 0.2},
        {"vesicle": HUGE, "canaliculus": HUGE, "process": HUGE, "depth_scale": HUGE},
    ],
}  # fmt: skip
CASES = [(scene, values) for scene, several in VALUES.items() for values in several]
NUMBERS = [
    (scene, name)
    for scene in VALUES
    for name in inspect.signature(scene.update).parameters
    if name not in ("self", "activity", "blocked", "kind", *WORDS)
]


@cache
def drawn(scene):
    """A scene on a figure of its own, 450 x 400 pixels; every test sets its values anew."""
    with style.course():
        figure = Figure(figsize=(4.5, 4.0), dpi=100)
        FigureCanvasAgg(figure)
        return scene(figure.add_axes([0, 0, 1, 1])), figure


def pixels(figure):
    figure.canvas.draw()
    return np.asarray(figure.canvas.buffer_rgba()).copy()


@pytest.fixture(scope="module", params=VALUES, ids=lambda scene: scene.__name__)
def stage(request):
    return request.param, *drawn(request.param)


@pytest.mark.parametrize(("scene", "values"), CASES)
def test_a_scene_draws_every_value_with_the_artists_it_has(scene, values):
    picture, figure = drawn(scene)
    before = {id(artist) for artist in figure.findobj()}
    picture.update(**values)
    pixels(figure)
    assert {id(artist) for artist in figure.findobj()} == before


@pytest.mark.parametrize(("scene", "values"), CASES)
def test_no_text_leaves_the_figure(scene, values):
    picture, figure = drawn(scene)
    picture.update(**values)
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()
    words = [text for text in figure.axes[0].texts if text.get_visible()]
    words += [artist for artist in picture.moving if artist.get_gid() and artist.get_visible()]
    assert len(words) >= 3
    for text in words:
        box = text.get_window_extent(renderer)
        inside = box.x0 >= 0 and box.y0 >= 0 and box.x1 <= 450 and box.y1 <= 400
        assert inside, (text, text.get_gid(), box.extents)
    assert all(text.get_fontsize() >= 11 for text in figure.axes[0].texts)


@pytest.mark.parametrize(("scene", "values"), CASES)
def test_text_alternative_is_a_sentence_without_gaps(scene, values):
    picture, _ = drawn(scene)
    sentence = picture.alt(**values)
    assert sentence.startswith(("Drawing", "Diagram", "Field"))
    assert sentence.endswith(".")
    assert len(sentence) > 40
    assert not any(bad in sentence for bad in ("nan", "None", "$"))


def test_only_the_moving_artists_change(stage):
    scene, picture, figure = stage
    rest = [artist for artist in figure.findobj() if artist not in picture.moving]
    shots = []
    for artist in picture.moving:
        artist.set_animated(True)
    for values in VALUES[scene]:
        picture.update(**values)
        assert all(artist.axes in figure.axes for artist in picture.moving)
        shots.append(pixels(figure))
    for artist in picture.moving:
        artist.set_animated(False)
    assert rest
    assert all(np.array_equal(shot, shots[0]) for shot in shots)


def test_a_picture_is_the_same_again_after_other_values(stage):
    scene, picture, figure = stage
    first, *others = VALUES[scene]
    picture.update(**first)
    shot = pixels(figure)
    for values in others:
        picture.update(**values)
        assert not np.array_equal(pixels(figure), shot)
    picture.update(**first)
    assert np.array_equal(pixels(figure), shot)


@pytest.mark.parametrize(("scene", "name"), NUMBERS)
@pytest.mark.parametrize("wrong", [math.nan, -1.0, math.inf, "two"])
def test_a_value_that_cannot_be_drawn_is_refused_by_name(scene, name, wrong):
    picture, _ = drawn(scene)
    with pytest.raises(BonelabError, match=name):
        picture.update(**{name: wrong})


@pytest.mark.parametrize("scene", [ForwardPathway, ReversePathway])
def test_a_pathway_refuses_steps_it_does_not_have(scene):
    picture, _ = drawn(scene)
    with pytest.raises(BonelabError, match="p38"):
        picture.update({"p38": 0.5})
    with pytest.raises(BonelabError, match=r"TRAF6|Akt"):
        picture.update({"TRAF6" if scene is ForwardPathway else "Akt": math.nan})


def test_shares_above_one_together_are_refused():
    with pytest.raises(BonelabError):
        drawn(BindingPicture)[0].update(on_rank=0.6, on_opg=0.6)
    with pytest.raises(BonelabError):
        drawn(CrosslinkingPicture)[0].update(clustered=0.6, pairs=0.6)


def test_the_dish_draws_as_many_cells_and_nuclei_as_it_is_told():
    picture, _ = drawn(Dish)
    picture.update(precursors=0.4, osteoclasts=10 / START, nuclei=6.0)
    assert _outlines(picture._bodies) == 10
    assert _outlines(picture._nuclei) == pytest.approx(60, abs=4)
    assert _outlines(picture._precursors.moving[0]) == round(0.4 * START)


def test_precursors_keep_their_places_when_some_have_fused():
    picture, _ = drawn(Dish)
    picture.update(precursors=1.0)
    before = {tuple(p) for p in picture._precursors.moving[0].get_path().vertices.round(6)}
    picture.update(precursors=0.5, osteoclasts=0.05, nuclei=4)
    after = {tuple(p) for p in picture._precursors.moving[0].get_path().vertices.round(6)}
    assert after < before


def test_one_hundred_trimers_are_shared_out_by_the_shares():
    picture, _ = drawn(BindingPicture)
    picture.update(on_rank=0.1, on_opg=0.6, on_antibody=0.1, rank=0.3)
    assert _outlines(picture._receptors.moving[0]) == 2 * 30  # a cup and a stalk each
    assert _outlines(picture._seated.moving[0]) == 3 * 10  # three lobes each
    assert _outlines(picture._trimers.moving[0]) == 3 * 90
    assert _outlines(picture._opg.moving[0]) == 3 * 60  # two arms and a tail each


def test_arrows_of_the_unit_grow_with_the_rate_and_vanish_without_it():
    picture, _ = drawn(RemodellingUnit)
    widths = []
    for rate in (0.5, 1.0, 2.0):
        picture.update(resorption=rate)
        widths.append(np.ptp(picture._resorption.moving[0].get_path().vertices[:, 0]))
    assert widths[0] < widths[1] < widths[2]
    picture.update(resorption=0.0)
    assert not picture._resorption.moving[0].get_visible()


def test_two_trimers_are_never_a_cluster_in_the_drawing():
    picture, _ = drawn(CrosslinkingPicture)
    picture.update(pairs=0.9, kind="antibody")
    assert not picture._phosphates.moving[0].get_visible()
    picture.update(clustered=0.9, kind="trimerised antibody")
    assert picture._phosphates.moving[0].get_visible()


def blot():
    figure = Figure(figsize=(4.5, 2.0), dpi=100, layout="constrained")
    FigureCanvasAgg(figure)
    return WesternBlot(figure.add_subplot(), ("p-Akt", "actin"), ("none", "vesicles"))


def test_a_band_is_the_darker_the_more_there_is():
    picture = blot()
    darkest = []
    for strength in (0.0, 0.1, 0.5, 1.0):
        picture.update({"none": (0, 1), "vesicles": (strength, 1)})
        strip = picture._image.get_array()[:20]
        half = strip.shape[1] // 2
        assert strip[:, :half].min() == pytest.approx(0.9)  # nothing in the other lane
        darkest.append(strip[:, half:].min())
    assert darkest == sorted(darkest, reverse=True)
    assert darkest[0] - darkest[-1] > 0.7
    assert "vesicles 100" in picture.alt({"none": (0, 1), "vesicles": (1, 1)})


@pytest.mark.parametrize("wrong", [math.nan, -0.1, 1.2])
def test_a_band_that_cannot_be_is_refused_by_protein_and_lane(wrong):
    with pytest.raises(BonelabError, match="p-Akt of vesicles"):
        blot().update({"none": (0, 1), "vesicles": (wrong, 1)})
    with pytest.raises(BonelabError, match="denosumab"):
        blot().update({"none": (0, 1), "denosumab": (0, 1)})


def test_growing_copies_show_fractions_by_area():
    assert shapes.grow(2.25, 4) == pytest.approx([1, 1, 0.5, 0])
    assert shapes.grow(HUGE, 3) == pytest.approx([1, 1, 1])


def test_the_cast_names_everybody_inside_the_figure():
    with style.course():
        figure = Figure(figsize=(9.6, 6.4), dpi=100)
        FigureCanvasAgg(figure)
        artists = glyph_key.draw(figure.add_axes([0, 0, 1, 1]))
    names = [a.get_text().replace("\n", " ") for a in artists if hasattr(a, "get_text")]
    assert names == list(glyph_key.CAST)
    for text in (a for a in artists if hasattr(a, "get_text")):
        box = text.get_window_extent(figure.canvas.get_renderer())
        assert box.x0 >= 0 and box.y0 >= 0 and box.x1 <= 960 and box.y1 <= 640  # noqa: PT018
    assert all(name in glyph_key.alt() for name in glyph_key.CAST)


def _outlines(patch):
    """Number of closed outlines of a patch."""
    return int((patch.get_path().codes == 1).sum())


def test_an_arrow_of_the_desk_points_to_more_or_to_less():
    picture, _ = drawn(MixingDesk)
    picture.update(RANKL=10.0, OPG=0.1)
    rankl, opg, rank, ratio = (path.vertices[:, 0] for path in picture._arrows.get_paths())
    one = rank.mean()
    assert rankl.max() - one == pytest.approx(one - opg.min())
    assert ratio.max() - one == pytest.approx(2 * (rankl.max() - one))
    assert np.ptp(rank) == 0
    with pytest.raises(BonelabError, match="strength"):
        picture.update(strengths=(2.0, 0.0))
