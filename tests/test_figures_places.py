"""Places to click: a box in a drawing's own units becomes shares of the picture from its top."""

import pytest

from bonelab.figures.binding_picture import BindingPicture
from bonelab.figures.crosslinking_picture import CrosslinkingPicture
from bonelab.figures.paper import new_figure
from bonelab.figures.places import BENCH_PARTS, DECOY_PARTS, UNIT_PARTS, regions_of
from bonelab.figures.remodelling_unit import RemodellingUnit


def test_a_box_is_told_from_the_upper_left_corner():
    axes = new_figure(4, 2, layout="none").add_axes([0.5, 0.0, 0.5, 1.0])
    axes.set(xlim=(0, 100), ylim=(0, 50))
    told = regions_of(axes, {"nucleus": ("Nucleus", 20, 10, 60, 40)})
    # the Axes are the right half: 20 of 100 is 0.5 + 0.1; 40 of 50 from below is 0.2 from the top
    assert told == {"nucleus": ("Nucleus", (0.6, 0.2, 0.2, 0.6))}


@pytest.mark.parametrize(
    ("parts", "scene"),
    [(UNIT_PARTS, RemodellingUnit), (DECOY_PARTS, BindingPicture),
     (BENCH_PARTS, CrosslinkingPicture)],
)  # fmt: skip
def test_parts_lie_within_their_drawing_and_not_on_one_another(parts, scene):
    axes = new_figure(4, 4).add_subplot()
    scene(axes)
    (left, right), (foot, top) = axes.get_xlim(), axes.get_ylim()
    boxes = [box for _, *box in parts.values()]
    for x0, y0, x1, y1 in boxes:
        assert left <= x0 < x1 <= right
        assert foot <= y0 < y1 <= top
    for n, (x0, y0, x1, y1) in enumerate(boxes):
        for a0, b0, a1, b1 in boxes[n + 1 :]:
            assert x1 <= a0 or a1 <= x0 or y1 <= b0 or b1 <= y0


def test_parts_of_the_unit_are_where_its_cells_are_drawn():
    """By eye, in micrometres; the osteoclast sits in its pit, osteocytes lie deep in bone."""
    assert UNIT_PARTS["osteoclasts"] == ("Osteoclast", 36, 52, 92, 94)
    assert UNIT_PARTS["osteocytes"][4] < UNIT_PARTS["osteoblasts"][2]
    assert [name for name, *_ in BENCH_PARTS.values()][-1] == "Nucleus"
