"""Around healthy: carriers, menopause, ageing, and what is at rest."""

import numpy as np
import pytest

import bonelab as bl

MONTHS = "4 months"


def mouse(genotype="wild type", **changes):
    subject = bl.mouse(genotype)
    return bl.simulate(subject.with_(**changes) if changes else subject, days=MONTHS).final


@pytest.fixture(scope="module")
def life():
    return bl.simulate(bl.woman(30), years=65, points=1301)


def at_age(life, name, age):
    return life.at((age - 30) * 365.25, name)


def yearly_loss(life, age, years=1):
    """Percent of hip density lost a year."""
    kept = at_age(life, "BMD hip", age + years) / at_age(life, "BMD hip", age)
    return 100 * (1 - kept ** (1 / years))


def test_half_of_RANKL_leaves_a_near_normal_mouse():
    final = mouse(RANKL=0.5)
    assert 0.45 <= final["resorption"] <= 1.0
    assert final["bone volume spine"] == pytest.approx(1, abs=0.1)


def test_half_of_RANKL_leaves_near_normal_bone_in_a_young_woman():
    run = bl.simulate(bl.woman(25).with_(RANKL=0.5), years=10)
    assert run.final["resorption"] >= 0.4
    assert run["bone volume spine"] == pytest.approx(1, abs=0.1)


def test_carriers_of_a_RANK_mutation_are_normal():
    assert 0.9 <= mouse("RANK+/-")["resorption"] <= 1.05


def test_half_of_OPG_raises_resorption_a_little():
    assert 1.0 <= mouse("OPG+/-")["resorption"] <= 1.5


def test_twice_the_OPG_halves_CTX_in_a_woman_of_65():
    run = bl.simulate(bl.woman(65).with_(OPG=2), years=1)
    assert 35 <= run.at("3 months", "CTX") <= 85
    assert 35 <= run.at("12 months", "CTX") <= 85


def test_without_OPG_turnover_is_high_and_bone_is_lost():
    final = mouse("OPG-/-")
    assert final["resorption"] > 1.3
    assert final["bone volume spine"] < 1.0


def test_without_RANKL_there_are_no_osteoclasts():
    assert mouse("RANKL-/-")["osteoclasts"] < 1e-6


def test_turnover_at_62(life):
    assert 1.65 <= at_age(life, "resorption", 62) <= 2.05
    assert 1.30 <= at_age(life, "formation", 62) <= 1.75


def test_hip_falls_slowly_before_menopause_fast_around_it_and_slowly_late(life):
    before = yearly_loss(life, 43, 5)
    around = yearly_loss(life, 50, 3)
    assert 0.02 < before < 0.4
    assert around > 3 * before
    assert around > 0.6
    for age in range(75, 95):
        assert 0.3 <= yearly_loss(life, age) <= 0.8, age


def test_hip_at_65_is_what_surveys_find(life):
    assert 87 <= 100 * at_age(life, "BMD hip", 65) / at_age(life, "BMD hip", 48) <= 90


def test_a_young_woman_is_at_rest():
    run = bl.simulate(bl.woman(25), years=10)
    for name in run.names:
        assert np.ptp(run[name]) < 1e-6 * max(1.0, np.max(np.abs(run[name]))), name


def test_parathyroid_hormone_rises_two_to_fourfold_after_the_first_dose_and_returns():
    run = bl.simulate(bl.woman(65), bl.denosumab(), years=1)
    week = run.time <= 7
    assert 2 <= run["PTH"][week].max() <= 4
    assert run.at("4 months", "PTH") < 1.8
    assert run.at("6 months", "PTH") < 1.3
    assert run["blood calcium"].min() > 2.1


def test_where_calcium_is_short_the_first_dose_lowers_it_and_tablets_prevent_that():
    woman = bl.woman(65).with_(calcium_supply=0.3)
    short = bl.simulate(woman, bl.denosumab(), days=60)
    assert short["blood calcium"].min() < 2.1
    given = [bl.calcium_and_vitamin_d(start=0), bl.denosumab(start="2 months")]
    assert bl.simulate(woman, given, days=120)["blood calcium"].min() > 2.2


def test_calcium_and_vitamin_d_lower_P1NP_by_a_tenth_and_leave_CTX():
    alone = bl.simulate(bl.woman(65), years=1)
    given = bl.simulate(bl.woman(65), bl.calcium_and_vitamin_d(), years=1)
    assert given.at("6 months", "P1NP") / alone.at("6 months", "P1NP") == pytest.approx(
        0.9, abs=0.01
    )
    assert given.at("6 months", "CTX") == pytest.approx(alone.at("6 months", "CTX"), rel=1e-4)


def test_the_trials_give_calcium_and_vitamin_d_and_a_plain_run_does_not():
    for name in bl.trials:
        assert "calcium and vitamin D" in [plan.kind for plan in bl.trials[name].treatments], name
    assert bl.simulate(bl.woman(65), years=1).final["P1NP"] > 98
