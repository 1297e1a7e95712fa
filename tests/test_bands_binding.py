"""Nothing comes from nothing: RANKL and antibodies are conserved, and what follows from that."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import bonelab as bl
from bonelab.biology import balance, remodelling
from bonelab.biology.remodelling import Inputs
from bonelab.parameters import load

BINDING = load("binding")
WOMAN = bl.woman(65)
DOSES = np.geomspace(1e-6, 1e5, 111)  # nM


def relative(run, reference, names=("CTX", "P1NP", "BSAP", "BMD hip", "BMD spine")):
    """Largest difference of the markers at any time, relative to the reference."""
    return max(np.max(np.abs(run[name] / reference[name] - 1.0)) for name in names)


@given(
    valence=st.integers(1, 12),
    kd=st.floats(-4, 4).map(lambda log: 10.0**log),
    antibody=st.floats(-9, 6).map(lambda log: 10.0**log),
    cells=st.tuples(*[st.floats(0.01, 5)] * 6),
    extra=st.sampled_from([0.0, 0.01, 1.0, 100.0]),
    opg_fc=st.sampled_from([0.0, 20.0]),
)
def test_RANKL_and_antibody_are_conserved_in_bone_to_1e_12(
    valence, kd, antibody, cells, extra, opg_fc
):
    tissue = WOMAN.with_(extra_RANKL=extra).tissue
    inputs = Inputs(crosslinkers=[(antibody, valence, kd)], opg_fc=opg_fc)
    state = [*cells, *remodelling.healthy_start(tissue)[6:]]
    f = remodelling.fluxes(0.0, state, inputs, tissue)
    P, C = cells[:2]
    partners, crosslinkers, crowd = remodelling.holders(f.rankl, extra, P, C, f.opg, inputs, tissue)
    L = f.free_rankl
    total = L + sum(sites * L / (L + Kd) for sites, Kd in partners)
    for X, v, Kd in crosslinkers:
        each, alone, z = balance.grip(L, v, Kd, crowd, math)
        total += X * each
        bound = alone * (L / Kd) * math.expm1(v * math.log1p(z)) / z if alone > 0 else 1.0
        assert alone + bound == pytest.approx(1, rel=1e-12)
    assert total == pytest.approx(f.rankl, rel=1e-12)
    assert f.clustered <= (valence * antibody + 10 * tissue.p.vesicles * C) / f.rankl * (1 + 1e-12)


@pytest.mark.parametrize("valence", [1, 2, 3, 6, 12])
@pytest.mark.parametrize("kd", [1e-4, 3e-3, 1.0, 100.0, 1e4])
def test_clustered_RANKL_is_never_more_than_the_arms_there_are(valence, kd):
    clustered = bl.binding.crosslinking(DOSES, valence, kd).clustered
    assert np.all(clustered <= valence * DOSES / BINDING.RANKL_well * (1 + 1e-12))
    assert np.all(clustered <= 1)
    if valence < BINDING.minimum_cluster:
        assert np.all(clustered == 0)


@pytest.mark.parametrize("valence", [2, 3, 4, 6])
def test_a_trace_of_antibody_changes_no_marker(valence):
    alone = bl.simulate(WOMAN, years=1)
    trace = bl.simulate(WOMAN, bl.reverse_agonist("0.001 mg", valence=valence), years=1)
    for name in ("CTX", "P1NP", "BSAP", "BMD hip", "BMD spine"):
        expected = np.interp(trace.time, alone.time, alone[name])
        assert np.max(np.abs(trace[name] / expected - 1.0)) < 0.005, name


def test_two_arms_of_the_same_affinity_are_denosumab_at_every_time():
    plan = {"every": "6 months", "doses": 4}
    own = bl.simulate(WOMAN, bl.reverse_agonist("60 mg", valence=2, **plan), years=4)
    drug = bl.simulate(WOMAN, bl.denosumab("60 mg", **plan), years=4)
    assert np.array_equal(own.time, drug.time)
    for name in drug.names:
        size = np.max(np.abs(drug[name]))
        assert np.max(np.abs(own[name] - drug[name])) <= 1e-6 * size, name


def test_clusters_rise_with_the_dose_hold_and_fall_beyond_the_density_of_neighbours():
    clustered = bl.binding.crosslinking(DOSES, 3, 0.003).clustered
    best = clustered.max()
    assert best > 0.9
    most = DOSES[clustered > 0.9 * best]
    assert most[0] == pytest.approx(BINDING.RANKL_well / 3, rel=0.5)  # an arm for each RANKL
    held = DOSES[clustered > 0.5 * best]
    assert held[-1] / held[0] > 100  # it holds over two decades
    beyond = BINDING.effective_concentration < DOSES
    assert np.all(np.diff(clustered[beyond]) < 0)
    assert clustered[-1] < 0.05 * best


def test_one_antibody_for_each_RANKL_is_too_much_only_in_great_excess_in_bone():
    def signal(nM):
        run = bl.simulate(WOMAN, bl.reverse_agonist(level=nM), days=2, points=3)
        return run["reverse signal"][-1]

    signals = [signal(nM) for nM in (1e-3, 0.1, 1, 10, 100, 1000)]
    best = int(np.argmax(signals))
    assert 0 < best < 5
    assert signals[-1] < 0.5 * signals[best]  # the prozone
    assert np.all(np.diff(signals[: best + 1]) > 0)
    assert np.all(np.diff(signals[best:]) < 0)


def test_a_grip_of_100_nM_neither_blocks_nor_builds():
    alone = bl.simulate(WOMAN, years=1)
    weak = bl.simulate(WOMAN, bl.reverse_agonist("60 mg", affinity="100 nM"), years=1)
    for name in ("CTX", "P1NP"):
        expected = np.interp(weak.time, alone.time, alone[name])
        assert np.max(np.abs(weak[name] / expected - 1.0)) < 0.1, name


# The map at rest of the second edition: what constant antibody in bone (nM) blocks of RANK's
# occupancy, %, and what is left of the reverse signal, % of the start, in a woman of 65.
_AT = (0.001, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 100.0, 1000.0)


def _block_and_signal(valence, kd, nM):
    run = bl.simulate(
        WOMAN, bl.reverse_agonist(valence=valence, affinity=kd, level=nM), days=1, points=2
    )
    alone = bl.simulate(WOMAN, days=1, points=2)
    ratio = {name: run[name][0] / alone[name][0] for name in ("occupancy", "reverse signal")}
    return 100 * (1 - ratio["occupancy"]), 100 * ratio["reverse signal"]


def test_the_map_of_block_and_signal_at_rest():
    two = np.array([_block_and_signal(2, 0.003, nM) for nM in _AT])
    three = np.array([_block_and_signal(3, 0.003, nM) for nM in _AT])
    loose = np.array([_block_and_signal(3, 10, nM) for nM in _AT])
    none = np.array([_block_and_signal(3, 100, nM) for nM in _AT])
    six = np.array([_block_and_signal(6, 0.003, nM) for nM in _AT])
    # below one antibody for each two or three RANKL it does neither
    assert np.all(two[0] == pytest.approx([0, 100], abs=2))
    assert np.all(three[0] == pytest.approx([0, 110], abs=20))
    # two arms block and silence, three arms block and signal
    assert np.all(two[4:, 0] > 99)
    assert np.all(two[4:, 1] < 5)
    assert np.all(three[4:, 0] > 99)
    assert np.all(three[4:8, 1] > 120)
    assert three[-1, 1] < 0.5 * three[4:8, 1].min()
    # from two arms to three is the step, from three to six adds little
    assert np.all(six[4:7, 1] - three[4:7, 1] < 0.25 * three[4:7, 1])
    # a grip of 10 nM keeps most of the signal and blocks half as well at 1 nM
    assert 35 < loose[5, 0] < 70
    assert loose[5, 1] > 0.8 * three[5, 1]
    # a grip of 100 nM does neither at any dose in use
    assert none[5, 0] < 5
    assert none[5, 1] == pytest.approx(100, abs=10)
