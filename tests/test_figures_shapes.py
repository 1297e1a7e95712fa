"""Outlines, stamps and flows: the geometry that drawn pictures are made of."""

import math

import numpy as np
import pytest
from matplotlib.path import Path
from pictures import outlines, whole

from bonelab import BonelabError
from bonelab.figures import shapes
from bonelab.figures.paper import new_figure
from bonelab.figures.shapes import Flow, Layer, Stamp


@pytest.fixture
def ax():
    axes = new_figure(3, 3, layout="none", dpi=100).add_axes([0, 0, 1, 1])
    axes.set(xlim=(0, 100), ylim=(0, 100))
    return axes


SQUARE = (Layer(shapes.polygon([(-1, -1), (1, -1), (1, 1), (-1, 1)]), "red", "black", 2),)


def box(patch):
    found = patch.get_path().get_extents()
    return pytest.approx((found.x0, found.y0, found.x1, found.y1))


def area(path):
    total = 0.0
    for ring in path.to_polygons():
        x, y = ring.T
        total += abs(0.5 * np.sum(x * np.roll(y, -1) - y * np.roll(x, -1)))
    return total


def test_colours_mix_with_white_and_black():
    assert shapes.tint("#FF0000", 0.25) == pytest.approx((1, 0.75, 0.75))
    assert shapes.tint("#FF0000") == pytest.approx((1, 0.5, 0.5))
    assert shapes.tint("#336699", 1) == pytest.approx((0.2, 0.4, 0.6))
    assert shapes.shade("#FF0000", 0.25) == pytest.approx((0.75, 0, 0))
    assert shapes.shade("#FFFFFF") == pytest.approx((0.65, 0.65, 0.65))


@pytest.mark.parametrize(("value", "kept"), [(0, 0), ("0.5", 0.5), (1 + 1e-10, 1), (-1e-10, 0)])
def test_a_number_is_kept_within_its_span(value, kept):
    assert shapes.number("x", value, high=1.0) == kept


@pytest.mark.parametrize("value", [math.nan, math.inf, -0.1, 1.1, "two", None])
def test_what_is_no_number_of_the_span_is_refused_by_name(value):
    with pytest.raises(BonelabError, match=r"x = .* between 0 and 1"):
        shapes.number("x", value, high=1.0)


def test_an_open_span_is_told():
    with pytest.raises(BonelabError, match="of 2 or more"):
        shapes.number("x", 1, low=2)
    assert shapes.number("x", 1e12) == 1e12


def test_growing_copies_show_fractions_by_area():
    assert shapes.grow(2.25, 4) == pytest.approx([1, 1, 0.5, 0])
    assert shapes.grow(1e9, 3) == pytest.approx([1, 1, 1])
    assert shapes.grow(0, 2) == pytest.approx([0, 0])


def test_turning_is_anticlockwise():
    assert shapes.rotate([1, 0], 90) == pytest.approx([0, 1])
    assert shapes.rotate([[0, 1], [2, 0]], 90) == pytest.approx(np.array([[-1, 0], [0, 2]]))
    assert shapes.rotate([1, 0], 30) == pytest.approx([math.sqrt(3) / 2, 0.5])


def test_an_oval_has_its_radii_and_place():
    oval = shapes.oval(3, 4, 2, 1)
    found = oval.get_extents()
    assert (found.x0, found.x1, found.y0, found.y1) == pytest.approx((1, 5, 3, 5), abs=1e-2)
    turned = shapes.oval(0, 0, 2, 1, 90).get_extents()
    assert (turned.width, turned.height) == pytest.approx((2, 4), abs=1e-2)
    assert area(shapes.oval(rx=3)) == pytest.approx(9 * math.pi, rel=0.01)


def test_a_smooth_curve_goes_through_its_points():
    points = np.array([(0, 0), (2, 1), (4, 0), (2, -3)], float)
    closed = shapes.smooth(points)
    assert closed.vertices[0:13:3][:4] == pytest.approx(points)
    assert closed.codes[-1] == Path.CLOSEPOLY
    opened = shapes.smooth(points, closed=False)
    assert opened.vertices[::3] == pytest.approx(points)
    assert Path.CLOSEPOLY not in opened.codes
    # Catmull-Rom: the slope at a point is that between its neighbours
    handle = opened.vertices[4] - opened.vertices[3]
    assert handle == pytest.approx((points[2] - points[0]) / 6)


def test_a_rod_is_as_wide_and_as_long_as_it_says():
    rod = shapes.rod([(0, 0), (10, 0)], 2)
    found = rod.get_extents()
    assert (found.y0, found.y1) == pytest.approx((-1, 1))
    assert (found.x0, found.x1) == pytest.approx((-1, 11))  # round ends
    assert area(rod) == pytest.approx(20 + math.pi, rel=0.02)
    bent = shapes.rod([(0, 0), (5, 5), (10, 0)], 2)
    sharp = shapes.rod([(0, 0), (5, 5), (10, 0)], 2, bend=1)
    assert len(bent.vertices) > len(sharp.vertices)


def test_moved_and_placed_scale_then_turn_then_shift():
    path = shapes.line((1, 0), (2, 0))
    assert shapes.moved(path, 10, 20, 90, 3).vertices == pytest.approx(
        np.array([[10, 23], [10, 26]])
    )
    (layer,) = shapes.placed(SQUARE, 5, 6, size=2)
    assert layer.path.get_extents().bounds == pytest.approx((3, 4, 4, 4))
    assert (layer.face, layer.edge, layer.width) == ("red", "black", 2)


def test_inked_shapes_have_one_common_outline():
    below, above = shapes.inked(shapes.oval(), "white", "black", 0.9)
    assert (below.face, below.edge, below.width) == ("none", "black", 1.8)
    assert (above.face, above.edge, above.width) == ("white", "none", 0)


def test_a_ribbon_is_an_arrow_from_its_first_to_its_last_point():
    ribbon = shapes.ribbon([(0, 0), (100, 0)], 4, 10)
    found = ribbon.get_extents()
    assert (found.x0, found.x1) == pytest.approx((0, 100))
    assert (found.y0, found.y1) == pytest.approx((-5, 5))
    # a shaft of 92 by 4 and a head 8 long and 10 wide
    assert area(ribbon) == pytest.approx(92 * 4 + 8 * 10 / 2, rel=0.01)
    short = shapes.ribbon([(0, 0), (4, 0)], 4, 10)  # a head is at most seven tenths of the arrow
    heads = short.vertices[np.isclose(np.abs(short.vertices[:, 1]), 5)]
    assert heads[:, 0] == pytest.approx([1.2, 1.2])


def test_a_stamp_shows_its_copies_where_they_belong(ax):
    stamp = Stamp(ax, SQUARE, [(10, 10), (50, 60)], size=[1, 2])
    (patch,) = stamp.moving
    assert outlines(patch) == whole(stamp) == 2
    assert box(patch) == (9, 9, 52, 62)
    stamp.show([1, 0])
    assert outlines(patch) == 1
    assert box(patch) == (9, 9, 11, 11)
    stamp.show(0.5, np.array([(20, 20), (80, 80)]))
    assert box(patch) == (19.5, 19.5, 81, 81)
    stamp.show(0.0)
    assert not patch.get_visible()
    stamp.show(shapes.SMALLEST)
    assert not patch.get_visible()
    stamp.show(0.03)
    assert patch.get_visible()


def test_a_stamp_turns_its_copies(ax):
    bar = (Layer(shapes.polygon([(0, -1), (10, -1), (10, 1), (0, 1)])),)
    stamp = Stamp(ax, bar, [(50, 50)], turn=90)
    assert box(stamp.moving[0]) == (49, 50, 51, 60)


def test_a_stamp_can_take_another_glyph(ax):
    stamp = Stamp(ax, SQUARE, [(10, 10), (50, 50)], size=2)
    stamp.reshape((Layer(shapes.oval(rx=3)),))
    stamp.show(1.0)
    found = stamp.moving[0].get_path().get_extents()
    assert (found.x0, found.x1) == pytest.approx((4, 56), abs=0.1)


def test_layers_of_a_glyph_lie_on_each_other_in_their_order(ax):
    stamp = Stamp(ax, (*SQUARE, *SQUARE), [(1, 1)], zorder=4)
    assert [patch.get_zorder() for patch in stamp.moving] == [4, 4.01]
    painted = shapes.paint(ax, (*SQUARE, *SQUARE), 30, 40, size=2, zorder=2)
    assert [patch.get_zorder() for patch in painted] == [2, 2.01]
    assert box(painted[0]) == (28, 38, 32, 42)
    assert painted[0].get_linewidth() == 2


def test_a_flow_is_as_wide_as_its_rate(ax):
    flow = Flow(ax, [(10, 50), (90, 50)], "#0000FF", 6, most=2.0)
    (arrow,) = flow.moving
    (outline,) = [patch for patch in ax.patches if patch is not arrow]

    def shaft():
        vertices = arrow.get_path().vertices
        start = vertices[np.isclose(vertices[:, 0], 10)]
        return np.ptp(start[:, 1])

    assert outline.get_path().vertices == pytest.approx(arrow.get_path().vertices)
    for rate in (0.01, 0.5, 1.0, 2.0):
        flow.show(rate)
        assert shaft() == pytest.approx(6 * rate)
        assert flow.rate == rate
    flow.show(5.0)
    assert shaft() == pytest.approx(12)  # no wider than at its most
    flow.show(0.009)
    assert not arrow.get_visible()
    flow.show(0.5)
    assert arrow.get_visible()


def test_a_head_is_wider_than_its_shaft(ax):
    flow = Flow(ax, [(10, 50), (90, 50)], "#0000FF", 6)
    for rate, head in ((0.25, 6 * (0.4 + 0.6)), (1.0, 6 * 2.8), (2.0, 6 * 4.4)):
        flow.show(rate)
        assert np.ptp(flow.moving[0].get_path().vertices[:, 1]) == pytest.approx(head)


def test_a_flow_without_an_outline_leaves_nothing_when_it_rests(ax):
    flow = Flow(ax, [(10, 50), (90, 50)], "#0000FF", 6, outline=False)
    flow.show(0.0)
    assert not any(patch.get_visible() for patch in ax.patches)
