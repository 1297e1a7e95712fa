"""Surface RANKL in clusters at a dose of a crosslinker: conserved, counted and told."""

import numpy as np
import pytest

import bonelab as bl


def test_every_rankl_is_free_alone_or_in_a_group_or_on_opg():
    found = bl.binding.crosslinking("0.02 nM", valence=5, opg="0.1 nM")
    assert found.sizes.shape == (6,)
    assert found.sizes.sum() + found.masked == pytest.approx(1, rel=1e-9)
    assert found.clustered == pytest.approx(found.sizes[3:].sum())


@pytest.mark.parametrize("minimum", [2, 3, 4])
def test_a_cluster_is_of_at_least_the_minimum(minimum):
    found = bl.binding.crosslinking("0.02 nM", valence=6, minimum=minimum)
    assert found.minimum == minimum
    assert found.clustered == pytest.approx(found.sizes[minimum:].sum())


def test_too_few_arms_never_signal():
    two = bl.binding.crosslinking([0.01, 1, 100], valence=2)
    assert two.clustered.tolist() == [0, 0, 0]
    assert two.summary() == (
        "A crosslinker with 2 arm(s) forms no cluster of 3 RANKL at any of these doses, so nothing "
        "is signalled."
    )


def test_without_surface_rankl_nothing_is_clustered_and_all_crosslinker_is_free():
    none = bl.binding.crosslinking("1 nM", rankl=0)
    assert none.clustered == 0
    assert none.free == pytest.approx(1.0)


def test_too_much_crosslinker_parts_the_rankl_again():
    """One RANKL each: the curve rises and falls, and the sentence names its top."""
    doses = np.logspace(-4, 4, 33)
    found = bl.binding.crosslinking(doses)
    best = int(found.clustered.argmax())
    assert 0 < best < 32
    assert found.clustered[-1] < 0.5 * found.clustered[best]
    assert found.summary() == (
        f"At {doses[best]:.3g} nM a crosslinker with 10 arms holds {found.clustered[best]:.0%} of "
        "surface RANKL in clusters of 3 or more."
    )


def test_a_weaker_head_holds_less():
    strong, weak = (bl.binding.crosslinking("0.001 nM", kd=kd) for kd in ("1 nM", "1 uM"))
    assert weak.sizes[0] > strong.sizes[0]
    assert weak.free > strong.free


def test_three_arms_by_hand():
    """Neighbours stand at 300 nM, RANKL at 0.05 nM, K = 1 nM: z = 300/0.05 L/K, so z = 2 at
    L = 1/3000 nM. States 1 + (L/K)(3^3 - 1)/2 = 1 + 13/3000; held 3 L/K 3^2 = 27/3000 for each
    that is free, of which 12/3000 in pairs (2 x 3 x 2 L/K) and 12/3000 in threes (3 x 4 L/K)."""
    L = 1 / 3000
    each = 27 * L / (1 + 13 * L)
    dose = (0.05 - L) / each
    three = bl.binding.crosslinking(dose, valence=3, kd="1 nM")
    alone = dose / (1 + 13 * L)
    shares = [L / 0.05, *(np.array([3, 12, 12]) * L * alone / 0.05)]
    assert three.sizes == pytest.approx(shares, rel=1e-9)
    assert three.clustered == pytest.approx(12 * L * alone / 0.05, rel=1e-9)
    assert three.free == pytest.approx(alone, rel=1e-9)
