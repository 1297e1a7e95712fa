"""All drawn scenes: they show what they are given, at the ends too, and make no new artists.

What a scene means is told in the tests that bear its name; that all it draws of the values below is
what was looked at and found good, in ``test_figures_layout.py``.
"""

import inspect

import numpy as np
import pytest
from pictures import ONCE, drawn, pixels

from bonelab.figures.binding_picture import BindingPicture
from bonelab.figures.crosslinkers import KINDS
from bonelab.figures.crosslinking_picture import CrosslinkingPicture
from bonelab.figures.dish import Dish
from bonelab.figures.immune_picture import ImmunePicture
from bonelab.figures.mixing_desk_drawing import DiseaseDesk, MixingDesk
from bonelab.figures.pathways import ForwardPathway, ReversePathway
from bonelab.figures.remodelling_unit import RemodellingUnit
from bonelab.figures.transport import Transport

HUGE = 1e9
FORWARD = dict.fromkeys(ForwardPathway.names, 0.6)
REVERSE = dict.fromkeys(ReversePathway.names, 0.6)
SHARES = {"on_opg", "on_drug", "occupancy"}


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
        {"gone": -500.0, "osteoclasts": 0.2},
    ],
    Dish: [
        everything(Dish, 0.0),
        {"precursors": 0.24, "osteoclasts": 0.1, "nuclei": 6.2, "pits": 4.9},
        everything(Dish, HUGE),
    ],
    BindingPicture: [
        {"rankl": 0.0, "rank": 0.0, "opg": 0.0},
        {"on_rank": 0.004, "on_opg": 0.14},
        {"rankl": 10.0, "opg": 20.0, "on_opg": 9.9, "on_rank": 0.02},
        {"antibody": 2.0, "on_antibody": 0.2},
        {"rankl": HUGE, "rank": HUGE, "opg": HUGE},
    ],
    CrosslinkingPicture: [
        {"loose": 0.0},
        *({"pairs": 0.5, "single": 0.3, "masked": 0.2, "loose": 1.0, "kind": k} for k in KINDS),
        {"clustered": 1.0, "signal": 1.0},
        {"clustered": 1.0, "kind": "trimerised antibody", "tail": 0.02},
        *({"clustered": 0.5, "single": 0.5, "heads": heads} for heads in (3, 30)),
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
        {"dendritic": 2.4, "t_cells": 0.4, "occupancy": 0.5, "rank": 0.6},
        everything(ImmunePicture, HUGE),
    ],
    MixingDesk: [
        {},
        {"names": ("glucocorticoid", "estrogen loss"), "sources": ("human cells", "human cells"),
         "strengths": (1.0, 0.4), "RANKL": 3.6, "OPG": 0.15, "RANK": 0.5},
        {"strengths": (0.0, 1.0), "RANKL": HUGE, "OPG": 1 / HUGE * 1e4},
    ],
    DiseaseDesk: [
        {},
        {"names": ("expansile osteolysis",), "sources": ("one site",), "strengths": (0.4,),
         "RANKL": 3.6, "OPG": 0.15, "RANK": 0.5, "extra_RANKL": 0.15, "RANK_gain": 0.08,
         "opg_fc": "from month 12"},
        {"strengths": (1.0,), "RANKL": HUGE, "OPG": 0.0, "extra_RANKL": HUGE,
         "RANK_gain": 1.0, "opg_fc": "from the start"},
    ],
    Transport: [
        {"vesicle": 0, "canaliculus": 0, "process": 0, "gap": 0, "shares": (0, 0)},
        {"vesicle": 90, "canaliculus": 195.7, "gap": 48, "shares": (0.2, 0.01), "follow": 60},
        {"vesicle": HUGE, "canaliculus": HUGE, "process": HUGE, "gap": HUGE, "shares": (1, 1)},
    ],
}  # fmt: skip
CASES = [(scene, values) for scene, several in VALUES.items() for values in several]


@pytest.fixture(scope=ONCE, params=VALUES, ids=lambda scene: scene.__name__)
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
