"""The field of a culture dish: as many cells, nuclei and pits as the run says."""

import math

import numpy as np
import pytest
from pictures import drawn, outlines, whole, written

from bonelab import BonelabError
from bonelab.figures.dish import FIELD, MOST_NUCLEI, PLACES, START, Dish


def shown(**values):
    picture, _ = drawn(Dish)
    picture.update(**values)
    return picture


def covered(stamp):
    """Area (square micrometres) that the copies of a Stamp cover, from their first layer."""
    total = 0.0
    path = stamp.moving[0].get_path()
    for polygon in path.to_polygons():
        x, y = polygon.T
        total += abs(0.5 * np.sum(x * np.roll(y, -1) - y * np.roll(x, -1)))
    return total


def test_cells_and_nuclei_are_as_many_as_one_is_told():
    picture = shown(precursors=0.4, osteoclasts=10 / START, nuclei=6.0)
    assert outlines(picture.bodies) == 10
    assert outlines(picture.nuclei) == pytest.approx(60, abs=4)
    assert whole(picture.precursors) == 60
    assert {"10 osteoclasts, 6.0 nuclei each", "60 precursors", "pit area 0"} <= written(picture)


def test_the_field_starts_with_150_precursors():
    picture = shown()
    assert START == 150
    assert whole(picture.precursors) == START
    assert outlines(picture.bodies) == outlines(picture.nuclei) == 0
    assert {"0 osteoclasts", "150 precursors"} <= written(picture)


@pytest.mark.parametrize("mean", [2, 4, 8, 16, 24, 40])
def test_nuclei_spread_around_their_mean_and_are_two_at_least(mean):
    picture = shown(osteoclasts=1.0, nuclei=mean)
    assert outlines(picture.bodies) == PLACES
    expected = min(mean, MOST_NUCLEI)
    assert outlines(picture.nuclei) / PLACES == pytest.approx(expected, rel=0.1)
    assert outlines(picture.nuclei) >= 2 * PLACES


def test_an_osteoclast_is_the_larger_the_more_nuclei_it_holds():
    def size(nuclei):
        path = shown(osteoclasts=1 / START, nuclei=nuclei).bodies.get_path()
        return np.ptp(path.vertices[:, 0])

    assert size(3) < size(8) < size(20)


def test_precursors_keep_their_places_when_some_have_fused():
    def places(**values):
        vertices = shown(**values).precursors.moving[0].get_path().vertices
        return {tuple(point) for point in vertices.round(6)}

    assert places(precursors=0.5, osteoclasts=0.05, nuclei=4) < places(precursors=1.0)


def test_no_precursor_lies_under_an_osteoclast():
    picture = shown(precursors=1.0, osteoclasts=10 / START, nuclei=8)
    bodies = picture.bodies.get_path().to_polygons()
    from matplotlib.path import Path

    places = picture.precursors.places[picture.precursors.scale > 0]
    assert not any(Path(body).contains_points(places).any() for body in bodies)


def test_pits_cover_their_share_of_the_bone():
    """At 700 (day-works per 1,000 precursors) 40 % of the field is eaten."""
    full = 0.4 * math.pi * FIELD**2
    ideal = covered(shown(osteoclasts=1.0, nuclei=5, pits=100.0).pits)
    twice = covered(shown(osteoclasts=1.0, nuclei=5, pits=200.0).pits)
    assert twice == pytest.approx(2 * ideal, rel=1e-3)
    assert ideal == pytest.approx(full / 7, rel=0.08)  # a pit is scalloped: no exact circle
    assert whole(shown(pits=0.0).pits) == 0
    assert "pit area 206" in written(shown(pits=206.4))


def test_pits_stay_where_osteoclasts_have_been():
    assert whole(shown(osteoclasts=0.0, pits=50.0).pits) > 0


def test_beyond_the_full_scale_no_more_is_drawn():
    assert covered(shown(pits=1e6).pits) == pytest.approx(covered(shown(pits=700).pits))
    assert "pit area 1e6" in written(shown(pits=1e6))


def test_words_say_what_is_drawn():
    picture = shown(precursors=0.24, osteoclasts=0.1, nuclei=6.2, pits=206)
    words = picture.alt(precursors=0.24, osteoclasts=0.1, nuclei=6.2, pits=206)
    assert words == (
        "Field of a culture dish from above: 15 osteoclasts with 6.2 nuclei each on average among "
        "36 precursors (150 at the start); the pit area is 206 (relative)."
    )
    one = picture.alt(precursors=0.9, osteoclasts=1 / 150, nuclei=2, pits=0.15)
    assert "1 osteoclast with 2.0 nuclei among" in one
    assert "the pit area is 0.15 (relative)" in one
    assert "no osteoclasts among 150 precursors" in picture.alt()
    assert {"15 osteoclasts, 6.2 nuclei each", "36 precursors", "pit area 206"} <= written(picture)


def test_everything_lies_in_the_glass():
    picture = shown(precursors=1.0, osteoclasts=1.0, nuclei=24, pits=700)
    assert np.hypot(*picture.precursors.places.T).max() < FIELD
    assert np.hypot(*picture.pits.places.T).max() < FIELD
    apart = picture.precursors.places
    nearest = [np.sort(np.hypot(*(apart - place).T))[1] for place in apart]
    assert min(nearest) > 15, "precursors do not lie on each other"


@pytest.mark.parametrize("argument", ["precursors", "osteoclasts", "nuclei", "pits"])
def test_what_cannot_be_is_refused_by_name(argument):
    with pytest.raises(BonelabError, match=argument):
        shown(**{argument: -1.0})
