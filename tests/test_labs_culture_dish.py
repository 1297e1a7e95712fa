"""Lab 1: the dish is drawn per 1,000 precursors, against days."""

import pytest
from seen import Seen

import bonelab as bl


@pytest.fixture(scope="module")
def shown():
    return Seen("culture_dish", rankl=20, days=6)


@pytest.fixture(scope="module")
def run():
    return bl.forward.culture("20 ng/ml", days=6)


def test_the_curves_are_drawn_against_days(shown, run):
    assert shown.axis(0) == ("days", "per 1,000 precursors")
    assert shown.axis(1) == ("days", "fold")
    for days in (1, 2.5, 5):
        now = run.at(f"{days} days")
        assert shown.at(0, "osteoclasts", days) == pytest.approx(
            1000 * now["osteoclasts"], rel=2e-3
        )
        assert shown.at(1, "NFATc1", days) == pytest.approx(now["NFATc1"], rel=2e-3)
    assert shown.end(0, "osteoclasts")[0] == pytest.approx(6)


def test_the_sentence_says_days_dose_cells_nuclei_and_occupancy(shown, run):
    final = run.final
    assert shown.numbers[:2] == [6, 20]
    assert shown.says(1000 * final["osteoclasts"])
    assert shown.says(final["nuclei per osteoclast"], 1)
    assert shown.says(100 * final["occupancy"])


def test_the_drawn_field_counts_the_cells_of_150_precursors(shown, run):
    final = run.final
    assert f"{150 * final['osteoclasts']:.0f} osteoclasts" in shown.drawing
    assert f"{final['nuclei per osteoclast']:.1f} nuclei" in shown.drawing
    assert f"among {150 * final['precursors']:.0f} precursors" in shown.drawing


@pytest.mark.parametrize(
    ("setting", "given"),
    [
        ({"opg": 1}, {"opg": "1 nM"}),
        ({"rankl": "2 ng/ml"}, {"rankl": "2 ng/ml"}),
        ({"days": 3}, {"days": "72 h"}),
        ({"block": "JNK / c-Jun"}, {"block": "JNK"}),
        ({"rank": True}, {"rank": 0}),
        ({"rankl": 0}, {"rankl": 0}),
    ],
)
def test_each_control_reaches_its_own_number(setting, given):
    shown = Seen("culture_dish", **setting)
    cells = bl.forward.culture(**given).final["osteoclasts"]
    assert shown.end(0, "osteoclasts")[1] == pytest.approx(1000 * cells, rel=1e-6, abs=1e-9)


def test_blank_dishes_are_told_in_words():
    assert "RANK" in Seen("culture_dish", rank=True).text
