"""The picture of the clinic: the run as lines, published means as marks, the cliff of the drug."""

import numpy as np
import pytest
from pictures import ONCE, seen

import bonelab as bl
from bonelab.figures.clinic_picture import (
    ARMS,
    ENDPOINTS,
    NOT_IN_SERUM,
    WORDS,
    ClinicPicture,
    description,
    illustrative,
    marks_of,
    shown_beside,
)
from bonelab.labs.clinic import DRUGS, clinic

MONTH = 30.4375  # days


@pytest.fixture(scope=ONCE)
def lab():
    return clinic()


@pytest.fixture(scope=ONCE)
def picture(lab):
    return ClinicPicture(lab.seen)


def panel(picture, series):
    (found,) = [panel for panel in picture.line_panels if panel.panel.series == (series,)]
    return found


def visible(picture, endpoint):
    """(marker, points) of every mark that is seen in one panel."""
    return {
        (line.get_marker(), tuple(zip(*line.get_data(), strict=True)))
        for line in panel(picture, endpoint).axes.lines
        if line.get_linestyle() == "None" and line.get_visible() and len(line.get_xdata())
    }


@pytest.mark.parametrize("endpoint", ENDPOINTS)
@pytest.mark.parametrize("drug", ARMS)
def test_the_published_means_of_a_drug_lie_beside_its_own_curves(lab, picture, drug, endpoint):
    picture.update(seen(lab, drug=drug, doses=4))
    until = {"FREEDOM": 24}  # its fifth dose was given in month 24, where this plan has none
    held = {
        (marker, tuple((x, y) for x, y in zip(*bl.trials[name].points(endpoint), strict=True)
                       if x <= until.get(name, 48)))
        for name, marker in ARMS[drug].items()
        if endpoint in bl.trials[name].endpoints
    }  # fmt: skip
    assert held
    assert visible(picture, endpoint) == held


def test_no_marks_lie_beside_a_drug_without_published_means(lab, picture):
    picture.update(seen(lab, drug="zoledronate"))
    assert not any(visible(picture, endpoint) for endpoint in ENDPOINTS)
    assert "No published means" in picture.alt(lab.seen)
    assert "No published means" in description({})


def test_the_rebound_lies_beside_defend():
    for endpoint in ("CTX", "P1NP", "BMD hip"):
        assert len(marks_of("DEFEND", endpoint)[0])
    assert ARMS["denosumab"]["DEFEND"] == "^"


@pytest.mark.parametrize(
    ("plan", "beside"),
    [
        ({"doses": 8}, {"FREEDOM": 36, "DATA denosumab": 24}),
        ({"doses": 6}, {"FREEDOM": 48, "DATA denosumab": 24}),
        ({"doses": 4}, {"FREEDOM": 24, "DATA denosumab": 48, "DEFEND": 48}),
        ({"doses": 2}, {"FREEDOM": 12, "DATA denosumab": 12}),
        ({"missed": 3}, {"FREEDOM": 12, "DATA denosumab": 12}),
        ({"missed": 1}, {}),
        ({"dose": 30}, {}),
        ({"interval": 7}, {"FREEDOM": 6, "DATA denosumab": 6}),
        ({"drug": "teriparatide"}, {"DATA teriparatide": 48}),
        ({"drug": "teriparatide", "doses": 2}, {"DATA teriparatide": 12}),
        ({"drug": "teriparatide, then denosumab"}, {}),
        ({"drug": "romosozumab"}, {}),
    ],
)
def test_a_trial_lies_beside_a_run_as_long_as_both_had_the_same_doses(lab, picture, plan, beside):
    """So what followed the stop of DEFEND never lies beside a plan that goes on."""
    usual = {"drug": "denosumab", "dose": 60, "interval": 6, "doses": 8, "missed": 0}
    course = seen(lab, **(usual | plan))
    picture.update(course)
    assert {name: round(min(month, 48)) for name, month in shown_beside(course).items()} == beside
    for endpoint in ENDPOINTS:
        months = [x for _, points in visible(picture, endpoint) for x, _ in points]
        assert all(x <= max(beside.values(), default=-1) for x in months)
    (key,) = [key for key in picture.figure.legends if key.get_visible()]
    assert [text.get_text() for text in key.get_texts()] == [WORDS.get(n, n) for n in beside]


@pytest.mark.parametrize("drug", DRUGS)
def test_the_panel_of_serum_shows_the_drug_or_says_why_not(drug):
    lab = clinic().skip()
    lab.reset()
    lab.set(drug=drug, doses=2)
    lab.dots()
    serum = lab.picture._serum
    grey, why = serum._grey["serum drug"].get_xdata(), lab.picture._why.get_text()
    if drug in NOT_IN_SERUM:
        assert why.startswith(drug.capitalize())
        assert len(grey) == 0, "the level of another drug does not stand there"
        assert "No level in serum is modelled" in lab.alt
    else:
        assert why == ""
        assert len(grey)
        assert max(serum.lines["serum drug"].get_ydata()) > 1000
        assert "No level" not in lab.alt


def test_no_mark_is_seen_while_the_picture_is_blank(lab):
    lab.predict_again()
    shot = np.asarray(lab.picture.blank().dots()).copy()
    lab.picture.update(seen(lab, drug="alendronate"))
    lab.predict_again()
    lab.picture.update(lab.seen)
    assert np.array_equal(shot, lab.picture.blank().dots())
    marks = [mark for marks in lab.picture.marks.values() for mark in marks.values()]
    assert set(marks) <= set(lab.picture.moving), "what moves is not drawn on a blank picture"


@pytest.mark.parametrize("series", [*ENDPOINTS, "serum drug"])
def test_a_line_is_the_run_on_an_axis_of_months(lab, picture, series):
    course = seen(lab, doses=4)
    picture.update(course)
    line = panel(picture, series).lines[series]
    assert line.get_xdata() == pytest.approx(course.run.time / MONTH)
    assert line.get_ydata() == pytest.approx(course.run[series])
    assert line.get_marker() == ""
    assert panel(picture, series).axes.get_xlabel() == "months"
    assert panel(picture, series).axes.get_xlim() == (0, 48)


def test_the_cliff_is_seen_on_a_logarithmic_axis(lab, picture):
    run = seen(lab, doses=4).run
    axes = panel(picture, "serum drug").axes
    assert axes.get_yscale() == "log"
    low, high = axes.get_ylim()
    assert run["serum drug"].max() < high
    assert low <= run["serum drug"].max() / 1000, "three tens of its fall are on the axis"


def test_a_daily_drug_draws_no_line_in_serum(lab, picture):
    picture.update(seen(lab, drug="teriparatide", doses=2))
    line = panel(picture, "serum drug").lines["serum drug"]
    assert max(line.get_ydata()) < panel(picture, "serum drug").axes.get_ylim()[0]


@pytest.mark.parametrize("doses", [2, 8])
def test_every_drug_stays_within_the_axes(lab, picture, doses):
    for drug in DRUGS:
        run = seen(lab, drug=drug, doses=doses).run
        for name in ENDPOINTS:
            low, high = panel(picture, name).panel.ylim
            assert low <= run[name].min(), f"{drug}: {name}"
            assert run[name].max() <= high, f"{drug}: {name}"


@pytest.mark.parametrize("drug", ARMS)
def test_recalled_values_are_called_illustrative(picture, lab, drug):
    course = seen(lab, drug=drug, doses=4, dose=60, interval=6, missed=0)
    arms = shown_beside(course)
    recalled = [
        f"{endpoint} of {WORDS.get(name, name)}"
        for name in arms
        for endpoint, series in bl.trials[name].series.items()
        if endpoint in ENDPOINTS and not series.seen
    ]
    for words in recalled:
        assert words in illustrative(arms)
    assert illustrative(arms).count(" of ") == len(recalled)
    picture.update(course)
    (key,) = [key for key in picture.figure.legends if key.get_visible()]
    assert [text.get_text() for text in key.get_texts()] == [WORDS.get(n, n) for n in arms]
    assert illustrative(arms) in key.get_title().get_text()
    assert illustrative(arms) in picture.alt(course)
    markers = list(ARMS[drug].values())
    assert [handle.get_marker() for handle in key.legend_handles] == markers
    assert np.unique(markers).size == len(arms)


@pytest.mark.parametrize(("doses", "interval", "end"), [(8, 6, 48), (8, 7, 96), (8, 12, 96)])
def test_the_axis_is_four_or_eight_years_long(doses, interval, end):
    """So that a slider that lengthens the run does not have everything drawn anew at each step."""
    lab = clinic().skip()
    lab.set(doses=doses, interval=interval)
    lab.png()
    panels = lab.picture.line_panels
    assert {panel.axes.get_xlim() for panel in panels} == {(0, end)}
    assert all(tick % 12 == 0 for panel in panels for tick in panel.axes.get_xticks())


@pytest.mark.parametrize(("doses", "months", "apart"), [(4, 48, 12), (8, 96, 24)])
def test_ticks_stand_a_year_apart_over_four_years_and_two_beyond(lab, doses, months, apart):
    course = seen(lab, drug="denosumab", interval=6 * doses / 4, doses=doses)
    picture = ClinicPicture(course)
    assert course.months == months
    axes = picture.line_panels[0].axes
    assert list(axes.get_xticks()) == list(range(0, months + 1, apart))
    assert [label.get_text() for label in axes.get_xticklabels()] == [
        str(month) for month in range(0, months + 1, apart)
    ]


def test_every_tick_of_a_long_axis_has_its_number():
    """Twelve years: the numbers were those of the four years before, and none behind."""
    lab = clinic().skip()
    lab.reset()
    lab.dots()
    lab.set(drug="teriparatide, then denosumab", interval=12, doses=8)
    lab.dots()
    for panel in lab.picture.line_panels:
        assert [label.get_text() for label in panel.axes.get_xticklabels()] == [
            "0", "24", "48", "72", "96", "120", "144",
        ]  # fmt: skip
