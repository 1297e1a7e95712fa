"""Bone at two sites: every term of its rates with round numbers, worked by hand."""

from types import SimpleNamespace

import pytest

from bonelab.biology import bone

P = SimpleNamespace(
    turnover_hip=0.01,  # 1/day
    turnover_spine=0.02,
    mineralisation_rate=0.03,  # 1/day
    marrow_limit=3.0,
    young_mineral=0.8,
    young_mineral_spine=0.9,
    BSAP_delay=10.0,  # days
)


def test_the_rates_of_both_sites():
    """Hip: room (3 - 0.5 - 0.5)/2 = 1; formation 0.01 x 2 x 1 = 0.02; maturing 0.03 x 0.5 = 0.015;
    resorption of young bone 0.01 x 4 x 0.5 = 0.02. Spine: room (3 - 0.4 - 1.6)/2 = 0.5; formation
    0.02 x 2 x 0.5 = 0.02; maturing 0.012; resorption 0.02 x 4 x 0.4 = 0.032 and x 1.6 = 0.128."""
    found = bone.rates((0.5, 0.5, 0.4, 1.6, 2.0), 4.0, 2.0, P)
    assert found == pytest.approx(
        [0.02 - 0.015 - 0.02, 0.015 - 0.02, 0.02 - 0.012 - 0.032, 0.012 - 0.128, 0.0]
    )


def test_where_the_marrow_is_full_nothing_can_be_laid_down():
    """V = V_max = 3: no room, so young bone only matures, and resorbs where there is resorption."""
    young, old, *_ = bone.rates((1.0, 2.0, 0.0, 3.0, 0.0), 0.0, 5.0, P)
    assert (young, old) == pytest.approx((-0.03, 0.03))


def test_healthy_bone_is_at_rest_with_a_volume_of_one():
    """Young bone of the hip: 0.01/(0.01 + 0.03) = 0.25; of the spine 0.02/0.05 = 0.4."""
    start = bone.healthy_start(P)
    assert start == pytest.approx([0.25, 0.75, 0.4, 0.6, 1.0])
    assert bone.rates(start, 1.0, 1.0, P) == pytest.approx([0] * 5)


def test_young_bone_holds_less_mineral():
    """Hip 0.8 x 0.25 + 0.75 = 0.95; spine 0.9 x 0.4 + 0.6 = 0.96."""
    assert bone.mineral(0.25, 0.75, 0.4, 0.6, P) == pytest.approx((0.95, 0.96))


def test_maturing_matrix_follows_formation_with_its_delay():
    """Formation 2.0, matrix 0.5, a delay of 10 days: (2.0 - 0.5)/10 = 0.15 a day."""
    assert bone.rates((0.0, 0.0, 0.0, 0.0, 0.5), 0.0, 2.0, P)[4] == pytest.approx(0.15)


@pytest.mark.parametrize(
    ("floor", "now", "start", "percent"),
    [(0.0, 3.0, 2.0, 150), (0.2, 0.0, 2.0, 20), (0.2, 2.0, 2.0, 100), (0.2, 4.0, 2.0, 180)],
)
def test_a_marker_is_in_percent_of_its_start_above_its_floor(floor, now, start, percent):
    """With a floor of 0.2 and twice the cells: 100 (0.2 + 0.8 x 2) = 180."""
    assert bone.marker(floor, now, start) == pytest.approx(percent)
