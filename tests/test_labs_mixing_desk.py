"""Lab 3: two regulators and a disease; rates and bone over two years."""

import pytest
from seen import Seen

import bonelab as bl


@pytest.fixture(scope="module")
def shown():
    return Seen("mixing_desk", first="IL-1 (human cells)", strength=0.5, second_strength=1)


@pytest.fixture(scope="module")
def run():
    woman = bl.woman(45).with_regulator("IL-1", 0.5, species="human")
    return bl.simulate(woman.with_regulator("IL-4", 1, species="mouse"), years=2)


def test_the_curves_are_drawn_against_years(shown, run):
    assert shown.axis(0)[0] == shown.axis(1)[0] == "years"
    for panel, name in ((0, "resorption"), (0, "formation"), (1, "bone volume spine")):
        assert shown.end(panel, name)[0] == pytest.approx(2)
        for time, x in (("6 months", 0.5), ("18 months", 1.5)):
            assert shown.at(panel, name, x) == pytest.approx(run.at(time, name), rel=3e-3)


def test_each_fader_moves_its_own_regulator(shown):
    alone = Seen("mixing_desk", strength=0.5)
    woman = bl.woman(45).with_regulator("IL-1", 0.5, species="human")
    condition = woman.tissue.condition
    assert f"RANKL ×{condition.RANKL:.2g}" in alone.drawing
    assert f"OPG ×{condition.OPG:.2g}" in alone.drawing
    assert "IL-1 at 50% and IL-4 at 100%" in shown.drawing


def test_the_sentence_says_factors_occupancy_and_bone(shown, run):
    assert shown.says(100 * run["occupancy"][0])
    assert shown.says(100 * float(bl.binding.competition().occupancy))
    assert shown.says(100 * run.final["bone volume spine"])


def test_a_disease_and_opg_after_a_year():
    late = Seen("mixing_desk", disease="rheumatoid arthritis, OPG late")
    ill = bl.woman(45).with_disease("rheumatoid arthritis")
    run = bl.simulate(ill, bl.opg_fc(level="20 nM", start="12 months"), years=2)
    before, after = run.at("11 months", "resorption"), run.at("14 months", "resorption")
    assert after < 0.8 * before
    assert late.at(0, "resorption", 11 / 12) == pytest.approx(before, rel=5e-3)
    assert late.at(0, "resorption", 14 / 12) == pytest.approx(after, rel=2e-2, abs=1e-3)
    assert late.says(100 * run.final["bone volume spine"])
    assert "after one year" in late.text
    assert f"{ill.tissue.condition.extra_RANKL:.2g} nM RANKL from other cells" in late.text


def test_a_growing_tumour_is_told_in_days():
    shown = Seen("mixing_desk", disease="bone metastasis")
    run = bl.simulate(bl.woman(45).with_disease("bone metastasis"), years=2, points=2000)
    half = run.time[(run["tumour burden"] >= 0.5).argmax()]
    day = next(n for n in shown.numbers if abs(n - half) < 8)
    assert f"day {day:.0f}" in shown.text


def test_a_disease_of_one_site_is_not_told_of_the_spine():
    site = Seen("mixing_desk", disease="periodontal disease")
    assert "bone at the diseased site is at" in site.text
    assert "spine" not in site.text
    assert "bone of the spine is at" in Seen("mixing_desk").text


def test_a_small_share_of_rank_is_not_told_as_none():
    paget = Seen("mixing_desk", disease="Paget's disease").text
    gain = bl.woman(45).with_disease("Paget's disease").tissue.condition.RANK_gain
    assert f"{100 * gain:.2g}% of RANK is on by itself" in paget
    assert ", and 0% of RANK" not in paget
    assert "the cells respond to RANK 2 times as strongly" in paget
    assert "respond" not in Seen("mixing_desk", disease="familial expansile osteolysis").text
    assert "0.5% of RANK is on by itself" in Seen("mixing_desk", disease="Paget's disease").drawing
