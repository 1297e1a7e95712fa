"""The balance of RANKL: mixtures whose free RANKL is known by hand, and clusters by counting."""

from math import comb
from types import SimpleNamespace

import numpy as np
import pytest

from bonelab.biology import balance
from bonelab.biology.balance import clustered_share, crowding, free_rankl, grip, large_share

P = SimpleNamespace(effective_concentration=300.0, Kd_RANK=0.1, minimum_cluster=3)


def test_one_partner_half_full():
    """With L = K half of 0.4 nM is bound: L_T = 0.1 + 0.2."""
    assert free_rankl(0.3, [(0.4, 0.1)], [], 0.0) == pytest.approx(0.1, rel=1e-12)


def test_two_partners():
    """L = 0.1: 0.4 x 1/2 and 0.9 x 0.1/0.3 = 0.3 are bound: L_T = 0.6."""
    assert free_rankl(0.6, [(0.4, 0.1), (0.9, 0.2)], [], 0.0) == pytest.approx(0.1, rel=1e-12)


def test_a_crosslinker_with_two_arms():
    """L/K = 1 and z = 2: states 1, 2 x 1 held alone, 1 x 2 pairs: 1 + ((1 + 2)^2 - 1)/2 = 5, so a
    fifth is free; held on average 2 x 1 x 3/5 = 1.2. With 0.5 nM: L_T = 1 + 0.6."""
    each, alone, z = grip(1.0, 2, 1.0, 2.0, np)
    assert (each, alone, z) == pytest.approx((1.2, 0.2, 2.0))
    assert free_rankl(1.6, [(0.0, 1.0)], [(0.5, 2, 1.0)], 2.0) == pytest.approx(1.0, rel=1e-9)


@pytest.mark.parametrize("guess", [None, 1e-6, 0.1, 0.29])
def test_the_root_does_not_depend_on_where_the_search_begins(guess):
    found = free_rankl(0.3, [(0.4, 0.1)], [], 0.0, guess=guess)
    assert found == pytest.approx(0.1, rel=1e-9)


def test_many_mixtures_are_each_as_alone():
    totals, decoys = np.array([0.3, 0.6, 5.0]), np.array([0.0, 0.9, 2.0])
    both = free_rankl(totals, [(0.4, 0.1), (decoys, 0.2)], [(0.1, 10, 0.1)], 1.5)
    for total, decoy, found in zip(totals, decoys, both, strict=True):
        alone = free_rankl(total, [(0.4, 0.1), (decoy, 0.2)], [(0.1, 10, 0.1)], 1.5)
        assert found == pytest.approx(alone, rel=1e-10)


def test_crowding_is_neighbours_over_free_rankl():
    """Three quarters of RANKL on cells, at twice the density: 0.75 x 300/2 nM."""
    assert crowding(0.75, 2.0, P) == pytest.approx(112.5)


@pytest.mark.parametrize(("valence", "minimum"), [(10, 3), (3, 3), (4, 2), (2, 3)])
def test_large_clusters_by_counting(valence, minimum):
    """A held RANKL has valence - 1 neighbours, each bound with odds 2: two thirds."""
    p = 2 / 3
    counted = sum(
        comb(valence - 1, k) * p**k * (1 - p) ** (valence - 1 - k)
        for k in range(minimum - 1, valence)
    )
    assert large_share(2.0, valence, minimum) == pytest.approx(counted)


def test_two_arms_never_signal_and_three_only_as_a_whole():
    """z = 2, L/K = 1, three arms: held 3 x 9/(1 + 26/2) = 27/14, of it (2/3)^2 in threes: 12/14.
    0.1 nM of them among 2 nM of RANKL: 0.1 x 12/14/2."""
    assert clustered_share(2.0, 1.0, [(0.1, 2, 1.0)], 2.0, P) == 0
    found = clustered_share(2.0, 1.0, [(0.1, 3, 1.0), (0.7, 2, 1.0)], 2.0, P)
    assert found == pytest.approx(0.1 * 12 / 14 / 2)


def test_without_rankl_nothing_is_clustered():
    assert clustered_share(0.0, 0.0, [(0.1, 10, 1.0)], 2.0, P) == 0


@pytest.mark.parametrize("free", [0.3, np.array([1e-9, 1e-3, 4.0, 1e6])])
@pytest.mark.parametrize("crowd", [0.0, 1e-3, 5.0, 1500.0])
def test_a_pair_of_arms_in_the_balance_is_the_crosslinker_of_any_number(free, crowd):
    """The balance of an antibody is written without powers; ``grip`` holds for any valence."""
    each, _, _ = grip(free, 2, 0.1, crowd, np)
    total = free + 0.7 * free / (free + 0.1) + 0.5 * each
    found = free_rankl(total, [(0.7, 0.1)], [(0.5, 2, 0.1)], crowd)
    assert found == pytest.approx(free, rel=1e-9)


def test_a_search_that_begins_near_ends_at_the_same_root():
    exact = free_rankl(0.2, [(0.02, 0.1), (0.4, 0.2)], [(0.05, 2, 0.003)], 3.0)
    for guess in (0.9, 0.7, 1.4, 1e-3, 1e3):
        near = free_rankl(
            0.2, [(0.02, 0.1), (0.4, 0.2)], [(0.05, 2, 0.003)], 3.0, guess=guess * exact
        )
        assert near == pytest.approx(exact, rel=1e-12)


@pytest.mark.parametrize("given", ["antibody", "RANKL"])
def test_among_many_a_root_that_is_found_is_not_left_again(given, monkeypatch):
    """What is near waits for what is far; sent back into its bracket it took sixty evaluations."""
    asked = []
    evaluate = balance._sum_and_rise
    monkeypatch.setattr(balance, "_sum_and_rise", lambda *each: asked.append(1) or evaluate(*each))
    doses = np.geomspace(1e-3, 10.0, 400) if given == "antibody" else 0.2
    totals = np.geomspace(1e-2, 10.0, 400) if given == "RANKL" else np.full(400, 0.23)
    kinds = [(0.002, 10.0, 48.5), (doses, 2, 0.003)]
    partners = [(0.016, 0.2), (0.35, 0.1)]
    free = free_rankl(totals, partners, kinds, 1500.0)
    assert len(asked) < 20
    bound, _ = evaluate(free, partners, kinds, 1500.0, np)
    assert bound == pytest.approx(totals, rel=1e-12)
