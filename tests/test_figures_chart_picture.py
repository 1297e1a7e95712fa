"""The chart of a mystery patient: marks, grey bands, a dashed curve and the points left."""

import numpy as np
import pytest
from pictures import ONCE, seen, written

import bonelab as bl
from bonelab.figures.chart_picture import ROWS, ChartPicture


@pytest.fixture(scope=ONCE)
def lab():
    return bl.labs.mystery_patient()


@pytest.fixture(scope=ONCE)
def picture(lab):
    return ChartPicture(seen(lab))


def test_the_rows_are_what_the_tests_find(lab, picture):
    assert set(ROWS) == set(lab.seen.usual) == set(lab.seen.suspect)
    ticks = [label.get_text() for label in picture.axes.get_yticklabels()]
    assert ticks == list(ROWS.values())
    assert picture.axes.get_ylim()[0] > picture.axes.get_ylim()[1], "the first row is on top"


def test_a_grey_band_reaches_from_five_to_ninety_five_percent(lab, picture):
    for row, key in enumerate(ROWS):
        x = picture.bands.get_paths()[row].vertices[:, 0]
        usual = lab.seen.usual[key]
        ends = np.clip([usual.place(usual.low), usual.place(usual.high)], -6, 6)
        assert (min(x), max(x)) == pytest.approx(tuple(ends))
    assert picture.bands.get_gid() == "ghost", "it tells the answer of the lab"


def test_only_what_was_ordered_has_a_mark_and_a_value(lab, picture):
    chart = seen(lab)
    picture.update(chart)
    assert len(picture.marks.get_xdata()) == 4
    assert len([w for row in picture.values for w in row.moving if w.get_visible()]) == 4
    chart = seen(lab, biopsy=True)
    picture.update(chart)
    assert list(picture.marks.get_ydata()) == [0, 1, 2, 3, 4, 5]
    RANKL = next(value for test, what, value, *_ in chart.results if what == "RANKL")
    assert f"{RANKL:.3g} nM" in written(picture)
    assert f"{chart.left:.0f} of 100 points left" in written(picture)


def test_the_curve_runs_through_every_row(lab, picture):
    chart = seen(lab, suspect="less OPG", strength=1)
    picture.update(chart)
    x, y = picture.curve.get_data()
    assert list(y) == list(range(len(ROWS)))
    OPG = chart.usual["bone biopsy", "OPG"].place(chart.suspect["bone biopsy", "OPG"][0])
    assert x[list(ROWS).index(("bone biopsy", "OPG"))] == pytest.approx(max(OPG, -6))


def test_words_tell_the_person_her_values_and_what_is_usual(lab, picture):
    chart = seen(lab, biopsy=True)
    words = picture.alt(chart)
    assert words.startswith(chart.person.told)
    usual = chart.usual["bone biopsy", "OPG"]
    assert f"(usual {usual.low:.3g} to {usual.high:.3g})" in words
    assert f"misses her marks by {chart.misfit:.1f} standard deviations" in words
