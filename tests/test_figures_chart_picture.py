"""The chart of a mystery patient: what was measured, and the points that are left."""

import pytest
from pictures import written

from bonelab.figures.chart_picture import ChartPicture

ROWS = [("CTX", "now", 157.26, "% of healthy", "±15%"), ("biopsy", "RANKL", 0.22449, "nM", "±10%")]


def result(rows=(), left=60.0):
    return {"results": list(rows), "left": left, "budget": 100.0}


@pytest.fixture
def picture():
    return ChartPicture(result())


def test_an_empty_chart_has_its_head_and_all_points(picture):
    assert [text.get_text() for text in picture.figure.axes[0].texts] == [
        "Chart", "test", "what", "value", "error", "points left",
    ]  # fmt: skip
    picture.update(result(left=100.0))
    assert written(picture) == {"100"}
    assert list(picture.bar.get_xdata()) == [50, 88]
    assert picture.alt(result(left=100.0)) == (
        "Chart of the patient: nothing ordered yet. 100 points left."
    )


def test_results_are_written_in_their_rows_with_three_figures(picture):
    picture.update(result(ROWS))
    assert written(picture) == {
        "CTX", "now", "157 % of healthy", "±15%", "biopsy", "RANKL", "0.224 nM", "±10%", "60",
    }  # fmt: skip
    first, second = picture.cells[:2]
    row = [cell.moving[0].get_gid() for cell in first]
    assert row == ["CTX", "now", "157 % of healthy", "±15%"]
    assert second[2].moving[0].get_gid() == "0.224 nM"
    assert picture.alt(result(ROWS)) == (
        "Chart of the patient: CTX, now: 157 % of healthy; biopsy, RANKL: 0.224 nM. 60 points left."
    )


@pytest.mark.parametrize(("left", "end"), [(0, 50), (25, 59.5), (100, 88)])
def test_the_bar_is_as_long_as_the_points_that_are_left(picture, left, end):
    picture.update(result(left=left))
    assert list(picture.bar.get_xdata()) == pytest.approx([50, end])
    assert list(picture.bar.get_ydata()) == [95, 95]


def test_the_chart_has_room_for_nine_results(picture):
    picture.update(result(ROWS * 6))
    assert sum(cells[0].moving[0].get_visible() for cells in picture.cells) == 9
    picture.update(result())
    assert not any(cells[0].moving[0].get_visible() for cells in picture.cells)
