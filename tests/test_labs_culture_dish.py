"""Lab 1: the dish is drawn per 1,000 precursors, against days."""

import pytest
from seen import Seen, reached

import bonelab as bl
from bonelab.labs.culture_dish import half_dose


@pytest.fixture(scope="module")
def shown():
    return Seen("culture_dish", rankl=20, days=6)


@pytest.fixture(scope="module")
def run():
    return bl.forward.culture("20 ng/ml", days=6)


def test_the_curves_are_drawn_against_days(shown, run):
    assert shown.axis(0) == ("days", "per 1,000 precursors")
    assert shown.axis(1) == ("days", "model units")
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


def test_equally_many_cells_and_other_pits():
    lab = bl.labs.culture_dish()
    many, long = {"rankl": 100, "days": 4}, {"rankl": 7, "days": 7}
    assert reached(lab, "equally many", many, {"days": 5}, long)
    assert not reached(lab, "equally many", {"rankl": 50}, {"rankl": 200})
    assert not reached(lab, "equally many", {"block": "Akt"}, {"block": "Src"}), "no pits at all"


def test_cells_without_pits():
    lab = bl.labs.culture_dish()
    assert reached(lab, "not one pit", {"block": "Akt"}, {"block": "Src"})
    assert not reached(lab, "not one pit", {"block": "IKK"}), "nor cells"


def test_many_nuclei_with_little_rankl():
    lab = bl.labs.culture_dish()
    assert reached(lab, "nuclei", {"rankl": 20}, {"days": 7})
    assert not reached(lab, "nuclei", {"rankl": 12, "days": 7})
    assert not reached(lab, "nuclei", {"rankl": 100, "days": 7}), "too much RANKL"


def test_half_of_the_cells_is_asked_before_anything_is_shown():
    lab = bl.labs.culture_dish()
    lab.predict_again()
    assert lab.blank
    assert "osteoclasts per" not in lab.alt
    most, half = (bl.forward.culture(f"{d} ng/ml", days=5).final["osteoclasts"]
                  for d in (200, half_dose()))  # fmt: skip
    assert half == pytest.approx(most / 2, rel=0.02)
    assert f"{half_dose():g} ng/ml" in lab.guess(100)


def test_the_sentence_says_how_much_was_dug():
    shown = Seen("culture_dish", rankl=20)
    pits = 1000 * bl.forward.culture("20 ng/ml", days=5).final["pits"]
    assert f"pits is {pits:.2g} units" in shown.text
    assert "There are no pits." in shown.move(block="Src").text


def test_a_guessed_dose_is_drawn_as_the_dish_it_makes_and_not_as_a_number_of_cells():
    lab = bl.labs.culture_dish()
    lab.guess(100)
    (x, y), words = lab.picture.guessed.get_data(), lab.picture.guess_name.moving[0]
    made = bl.forward.culture("100 ng/ml", days=5)
    assert (x[-1], y[-1]) == pytest.approx((5, 1000 * made.final["osteoclasts"]))
    assert words.get_visible()
    assert words.get_gid() == "your guess"
    lab.predict_again()
    assert not lab.picture.guess_name.moving[0].get_visible()
    assert len(lab.picture.guessed.get_xdata()) == 0
