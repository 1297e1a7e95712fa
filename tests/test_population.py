"""Virtual women: repeatable one by one, around the typical woman, inside the table's ranges."""

import numpy as np
import pytest

from bonelab.biology import population
from bonelab.parameters import load

SPREAD = load("cohort")
WOMEN = population.draw(0, 1, 65.0, 50.0, SPREAD)


def test_a_batch_is_the_same_again_and_another_one_is_not():
    again, other = (population.draw(batch, 1, 65.0, 50.0, SPREAD) for batch in (0, 1))
    for name, values in WOMEN.items():
        assert (values == again[name]).all()
        assert not (values == other[name]).all()
        assert values.shape == (population.BATCH,)
    assert not (population.draw(0, 2, 65.0, 50.0, SPREAD)["age"] == WOMEN["age"]).all()


def test_woman_17_of_seed_1_is_who_she_has_always_been():
    """Classes compare what they found in her: no other numpy or order may change her."""
    assert WOMEN["age"][17] == pytest.approx(76.5692, abs=1e-4)
    assert WOMEN["menopause"][17] == pytest.approx(46.9579, abs=1e-4)
    faster = WOMEN["turnover_hip"][17] / load("tissue").turnover_hip
    cleared = WOMEN["antibody_clearance"][17] / load("drugs").antibody_clearance
    assert (faster, cleared) == pytest.approx((1.0078, 0.7379), abs=1e-4)


def test_ages_are_normal_around_the_typical_and_cut():
    """The standard error of the mean of 2,500 is a fiftieth of the spread; no one lies beyond three
    standard deviations or the youngest and oldest."""
    for name, typical in (("age", 65.0), ("menopause", 50.0)):
        spread = getattr(SPREAD, name)
        assert WOMEN[name].mean() == pytest.approx(typical, abs=0.1 * spread)
        assert np.abs(WOMEN[name] - typical).max() <= 3 * spread + 1e-9
    assert 45 <= WOMEN["age"].min() < WOMEN["age"].max() <= 95
    assert 40 <= WOMEN["menopause"].min() < WOMEN["menopause"].max() <= 58
    assert population.draw(0, 1, 47.0, 41.0, SPREAD)["age"].min() == 45
    assert population.draw(0, 1, 47.0, 41.0, SPREAD)["menopause"].min() == 40


def test_turnover_moves_both_sites_together():
    """One draw, so the ratio of hip to spine is that of the table in every woman."""
    p = load("tissue")
    ratio = WOMEN["turnover_hip"] / WOMEN["turnover_spine"]
    free = (WOMEN["turnover_hip"] > p.record("turnover_hip").low) & (
        WOMEN["turnover_spine"] < p.record("turnover_spine").high
    )
    assert ratio[free] == pytest.approx(p.turnover_hip / p.turnover_spine)
    assert np.median(WOMEN["turnover_hip"]) == pytest.approx(p.turnover_hip, rel=0.05)


def test_of_the_effect_of_estrogen_the_rise_above_one_differs():
    typical = load("tissue").estrogen_effect
    assert (WOMEN["estrogen_effect"] >= 1).all()
    assert np.median(WOMEN["estrogen_effect"] - 1) == pytest.approx(typical - 1, rel=0.05)


def test_no_spread_makes_everybody_typical():
    none = SPREAD.with_(**dict.fromkeys(SPREAD.records(), 0.0))
    same = population.draw(0, 1, 65.0, 50.0, none)
    assert set(same["age"]) == {65.0}
    assert set(same["turnover_hip"]) == {load("tissue").turnover_hip}


def test_one_woman_is_an_ordinary_subject():
    woman = population.one_woman(WOMEN, 17)
    assert woman.age == WOMEN["age"][17]
    assert woman.tissue.condition.years_after_menopause == pytest.approx(
        WOMEN["age"][17] - WOMEN["menopause"][17]
    )
    assert woman.tissue.p.turnover_hip == WOMEN["turnover_hip"][17]


def test_side_by_side_they_are_one_subject_of_arrays():
    many = population.side_by_side(WOMEN)
    assert many.tissue.condition.years_after_menopause == pytest.approx(
        WOMEN["age"] - WOMEN["menopause"]
    )
    assert (many.tissue.p.turnover_spine == WOMEN["turnover_spine"]).all()
    assert many.human_RANKL
