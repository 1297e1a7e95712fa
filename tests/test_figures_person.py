"""A drawn person: looks differ in skin, hair, shirt and spectacles, and come round again."""

import pytest
from matplotlib.colors import to_hex

from bonelab.figures.paper import new_figure
from bonelab.figures.person import draw_person
from bonelab.figures.shapes import tint


def drawn(look):
    axes = new_figure(2, 2).add_subplot()
    draw_person(axes, look)
    assert (axes.get_xlim(), axes.get_ylim()) == ((0, 100), (0, 100))
    assert axes.get_aspect() == 1
    assert not axes.axison
    return axes.patches


@pytest.mark.parametrize(
    ("look", "skin", "hair", "shirt"),
    [(0, "#E8C4A2", "#B9B9B9", "#3A8FC4"), (1, "#C68E63", "#6B6B6B", "#117C8A"),
     (2, "#8D5B3A", "#E3DFD6", "#8E6BB0"), (3, "#E8C4A2", "#B9B9B9", "#AD8A1E")],
)  # fmt: skip
def test_a_look_has_its_colours_and_every_second_one_has_spectacles(look, skin, hair, shirt):
    parts = drawn(look)
    back, body, _, face, fringe = [to_hex(part.get_facecolor()) for part in parts[:5]]
    assert back == fringe == hair.lower()
    assert face == skin.lower()
    assert body == to_hex(tint(shirt, 0.75))
    assert len(parts) == 8 + look % 2


def test_the_face_stands_in_the_middle_with_one_eye_on_each_side():
    face, eyes = (drawn(0)[k].get_path().vertices for k in (3, 5))
    assert [*face.min(0), *face.max(0)] == pytest.approx([30, 35, 70, 85], abs=0.2)
    assert (eyes[:, 0].min() + eyes[:, 0].max()) / 2 == pytest.approx(50)
    assert eyes[:, 1].mean() == pytest.approx(62, abs=0.3)


def test_looks_come_round_after_twelve():
    one, again = drawn(5), drawn(17)
    assert [p.get_facecolor() for p in one] == [p.get_facecolor() for p in again]
