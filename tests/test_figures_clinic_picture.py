"""The picture of the clinic: the run as lines, published means as marks, the cliff of the drug."""

import numpy as np
import pytest
from pictures import ONCE, seen

import bonelab as bl
from bonelab.figures.clinic_picture import ENDPOINTS, TRIALS, WORDS, ClinicPicture, illustrative
from bonelab.labs.clinic import DRUGS, clinic

MONTH = 30.4375  # days


@pytest.fixture(scope=ONCE)
def lab():
    return clinic()


@pytest.fixture(scope=ONCE)
def picture(lab):
    return ClinicPicture(lab.run)


def panel(picture, series):
    (found,) = [panel for panel in picture.line_panels if panel.panel.series == (series,)]
    return found


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_every_published_mean_of_the_four_years_is_a_mark_at_its_month(picture, endpoint):
    shown = {
        (mark.citation, mark.marker): tuple(zip(mark.x, mark.y, strict=True))
        for mark in panel(picture, endpoint).panel.points
    }
    held = {}
    for name, marker in TRIALS.items():
        if endpoint in bl.trials[name].endpoints:
            months, percent = bl.trials[name].points(endpoint)
            kept = [(m, y) for m, y in zip(months, percent, strict=True) if m <= 48]
            held[WORDS.get(name, name), marker] = tuple(kept)
    assert shown == held
    drawn = [line for line in panel(picture, endpoint).axes.lines if line.get_linestyle() == "None"]
    assert [tuple(line.get_xdata()) for line in drawn] == [
        tuple(month for month, _ in points) for points in held.values()
    ]


def test_the_rebound_lies_beside_defend(picture):
    assert {"CTX", "P1NP", "BMD hip"} <= set(bl.trials["DEFEND"].endpoints)
    for endpoint in ("CTX", "P1NP", "BMD hip"):
        assert "DEFEND" in [mark.citation for mark in panel(picture, endpoint).panel.points]


@pytest.mark.parametrize("series", [*ENDPOINTS, "serum drug"])
def test_a_line_is_the_run_on_an_axis_of_months(lab, picture, series):
    run = seen(lab, doses=4)
    picture.update(run)
    line = panel(picture, series).lines[series]
    assert line.get_xdata() == pytest.approx(run.time / MONTH)
    assert line.get_ydata() == pytest.approx(run[series])
    assert line.get_marker() == ""
    assert panel(picture, series).axes.get_xlabel() == "months"
    assert panel(picture, series).axes.get_xlim() == (0, 48)


def test_the_cliff_is_seen_on_a_logarithmic_axis(lab, picture):
    run = seen(lab, doses=4)
    axes = panel(picture, "serum drug").axes
    assert axes.get_yscale() == "log"
    low, high = axes.get_ylim()
    assert run["serum drug"].max() < high
    assert low <= run["serum drug"].max() / 1000, "three tens of its fall are on the axis"


def test_a_daily_drug_draws_no_line_in_serum(lab, picture):
    picture.update(seen(lab, drug="teriparatide", doses=2))
    line = panel(picture, "serum drug").lines["serum drug"]
    assert max(line.get_ydata()) < panel(picture, "serum drug").axes.get_ylim()[0]


def test_every_drug_stays_within_the_axes(lab, picture):
    for drug in DRUGS:
        run = seen(lab, drug=drug, doses=2)
        for name in ENDPOINTS:
            low, high = panel(picture, name).panel.ylim
            assert low <= run[name].min(), f"{drug}: {name}"
            assert run[name].max() <= high, f"{drug}: {name}"


def test_recalled_values_are_called_illustrative(picture, lab):
    recalled = [
        f"{endpoint} of {WORDS.get(name, name)}"
        for name in TRIALS
        for endpoint, series in bl.trials[name].series.items()
        if endpoint in ENDPOINTS and not series.seen
    ]
    for words in recalled:
        assert words in illustrative()
    assert illustrative().count(" of ") == len(recalled)
    (key,) = picture.figure.legends
    assert [text.get_text() for text in key.get_texts()] == ["FREEDOM", "DATA", "DEFEND"]
    assert illustrative() in key.get_title().get_text()
    assert illustrative() in picture.alt(lab.run)
    assert [handle.get_marker() for handle in key.legend_handles] == list(TRIALS.values())
    assert np.unique(list(TRIALS.values())).size == len(TRIALS)
