"""Binding and both dishes: bad input, conservation, limits, properties, convergence, failures."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import comb

import bonelab as bl
from bonelab.biology import balance
from bonelab.biology import forward_signalling as forward
from bonelab.biology import reverse_signalling as reverse
from bonelab.parameters import BonelabError, load, records
from bonelab.simulation import Change, SolverError, solve

BINDING = load("binding")
CONCENTRATION = st.one_of(st.just(0.0), st.floats(1e-12, 1e6))  # nM
SHARE = st.floats(0, 1)
FORWARD_BLOCKS = st.dictionaries(st.sampled_from(forward.Blocks.__slots__), SHARE)
REVERSE_BLOCKS = st.dictionaries(st.sampled_from(reverse.Blocks.__slots__), SHARE)

# ---- bad input -----------------------------------------------------------------------------------

BAD = [
    (
        bl.binding.competition,
        {"rankl": -1},
        "rankl = -1 is too low: a RANKL conc.* 0 nM or more",
    ),
    (bl.binding.competition, {"opg": "50 apples"}, "opg = '50 apples'.*OPG concentration.*nM"),
    (bl.binding.competition, {"rank": math.nan}, "rank = nan.*finite number"),
    (
        bl.binding.crosslinking,
        {"valence": 2.5},
        "valence = 2.5.*whole num.* arms from 1 to 100",
    ),
    (bl.binding.crosslinking, {"valence": 0}, "valence = 0.*whole number of arms from 1 to 100"),
    (bl.binding.crosslinking, {"kd": 0}, "kd = 0.*above 0 nM"),
    (bl.binding.crosslinking, {"dose": -1}, "dose = -1"),
    (bl.forward.culture, {"rankl": "50 apples"}, "rankl = '50 apples'.*a RANKL concentration"),
    (bl.forward.culture, {"rankl": "-5 ng/ml"}, "rankl = '-5 ng/ml' is too low.*0 nM or more"),
    (bl.forward.culture, {"days": 0}, "days = 0.*a length of time.*above 0"),
    (bl.forward.culture, {"days": "3 mg"}, "days = '3 mg'.*a length of time"),
    (bl.forward.culture, {"block": "Act"}, "block = 'Act'.*Did you mean 'Akt'"),
    (
        bl.forward.culture,
        {"block": {"Akt": 2}},
        "Akt.* = 2 is too high: the share left must be 1",
    ),
    (bl.forward.culture, {"rank": -0.1}, "rank = -0.1 is too low.*normal amount must be 0 or more"),
    (bl.forward.steady_state, {"occupancy": 1.5}, "occupancy = 1.5 is too high.*1 or less"),
    (bl.reverse.culture, {"vesicles": "-1 nM"}, "vesicles = '-1 nM' is too low.*0 nM or more"),
    (bl.reverse.culture, {"vesicles": math.nan}, "vesicles = nan.*finite"),
    (bl.reverse.culture, {"valence": 3.3}, "valence = 3.3.*whole number of heads from 1 to 100"),
    (bl.reverse.culture, {"opg": "50 apples"}, "opg = '50 apples'"),
    (bl.reverse.culture, {"rapamycin": "20 mg"}, "rapamycin = '20 mg'.*rapamycin concentration"),
    (bl.reverse.culture, {"rankl": "P29"}, "rankl = 'P29'.*Did you mean 'P29A'"),
    (bl.reverse.culture, {"antibody": "trimer"}, "antibody = 'trimer'.*trimerised"),
    (bl.reverse.culture, {"antibody": {"arms": 3}}, "antibody = 'arms'.*valence"),
    (
        bl.reverse.culture,
        {"antibody": {"valence": 0}},
        "'valence'. = 0.*whole number of arms",
    ),
    (bl.reverse.culture, {"antibody": {"kd": 0}}, "'kd'. = 0 is too low: a Kd must be above 0"),
    (bl.reverse.culture, {"antibody": "IgG", "dose": -1}, "dose = -1 is too low.*antibody"),
    (bl.reverse.culture, {"soluble": "1 km"}, "soluble = '1 km'.*RANKL concentration"),
    (bl.reverse.culture, {"membrane": -1}, "membrane = -1"),
    (bl.reverse.culture, {"block": "mTOR"}, "block = 'mTOR'.*Did you mean 'mTORC1'"),
    (bl.reverse.culture, {"vesicles": [0.1, 1]}, "one number is needed here, not several"),
    (bl.reverse.culture, {"days": 0}, "days = 0.*a length of time.*above 0"),
    (bl.reverse.at_distance, {"distance": -1}, "distance = -1 is too low.*0 µm or more"),
    (bl.reverse.dose_response, {"doses": [1], "agent": "IgG"}, "agent = 'IgG'.*vesicles"),
]


@pytest.mark.parametrize(
    ("call", "wrong", "words"), BAD, ids=lambda x: getattr(x, "__name__", str(x)[:60])
)
def test_bad_input_names_argument_value_and_what_is_right(call, wrong, words):
    with pytest.raises(BonelabError, match=words):
        call(**wrong)


def test_a_milligram_per_millilitre_is_a_concentration():
    assert bl.forward.culture(rankl="50 mg/ml").final["occupancy"] == pytest.approx(1, abs=1e-6)


# ---- who holds the RANKL -------------------------------------------------------------------------


@given(CONCENTRATION, CONCENTRATION, CONCENTRATION, CONCENTRATION)
def test_RANKL_is_conserved(rankl, rank, opg, antibody):
    held = bl.binding.competition(rankl, rank, opg, antibody)
    parts = np.array([held.free, held.on_rank, held.on_opg, held.on_antibody])
    assert np.all(parts >= 0)
    assert parts.sum() == pytest.approx(rankl, rel=1e-12, abs=1e-300)
    assert 0 <= held.free <= rankl * (1 + 1e-12)
    assert 0 <= held.occupancy < 1 + 1e-12
    assert -1e-9 * opg <= held.free_opg <= opg


@given(st.lists(st.tuples(*[CONCENTRATION] * 4), min_size=1, max_size=8))
def test_competition_is_the_same_one_by_one_and_all_at_once(mixtures):
    together = bl.binding.competition(*np.array(mixtures).T)
    for index, mixture in enumerate(mixtures):
        alone = bl.binding.competition(*mixture)
        assert together.free[index] == pytest.approx(alone.free, rel=1e-10, abs=1e-300)


def test_competition_broadcasts_over_any_argument():
    held = bl.binding.competition(rankl=[[0.1], [1.0]], opg=[0, 0.4, 4])
    assert held.free.shape == held.occupancy.shape == (2, 3)
    assert np.all(np.diff(held.free, axis=1) < 0)


@given(CONCENTRATION, CONCENTRATION, st.floats(1e-3, 1e3))
def test_more_OPG_never_leaves_more_RANKL(rankl, opg, more):
    opg = min(opg, 1e6 - more)
    free = bl.binding.competition(rankl, 0.02, [opg, opg + more]).free
    assert free[1] <= free[0] * (1 + 1e-12)


def test_limits_of_competition():
    nothing = bl.binding.competition(rankl=0)
    assert (nothing.free, nothing.occupancy) == (0, 0)
    assert bl.binding.competition(rank=0, opg=0).free == pytest.approx(0.2)
    assert bl.binding.competition(opg=1e6).occupancy < 1e-6
    unknown = bl.binding.competition(antibody=100, Kd_antibody=np.inf)
    assert unknown.free == pytest.approx(bl.binding.competition().free, rel=1e-12)


# ---- which RANKL stands in clusters --------------------------------------------------------------

DOSE = st.one_of(st.just(0.0), st.floats(1e-9, 1e6))
VALENCE = st.integers(1, 100)
AFFINITY = st.floats(1e-4, 1e4)


@given(DOSE, VALENCE, AFFINITY, CONCENTRATION, st.floats(0, 100))
def test_crosslinker_and_surface_RANKL_are_conserved(dose, valence, kd, opg, rankl):
    found = bl.binding.crosslinking(dose, valence, kd, opg=opg, rankl=rankl)
    assert 0 <= found.clustered <= 1
    if rankl > 0:
        assert found.sizes.sum() + found.masked == pytest.approx(1, rel=1e-9)
        held = found.sizes[1:] / np.arange(1, valence + 1)  # crosslinkers, not RANKL
        bound = BINDING.RANKL_well * rankl * held.sum()
        assert bound + found.free == pytest.approx(dose, rel=1e-6, abs=1e-15)
    if valence < 3:
        assert found.clustered == 0


KINDS = st.lists(st.tuples(DOSE, VALENCE, AFFINITY), min_size=1, max_size=3)
SHARE = st.one_of(st.just(0.0), st.just(1.0), st.floats(1e-9, 1))


@given(st.floats(1e-9, 1e4), KINDS, CONCENTRATION, CONCENTRATION, SHARE)
def test_RANKL_and_every_crosslinker_are_conserved_to_1e_12(total, kinds, rank, opg, on_cells):
    """Many kinds at once, beside RANK and OPG, whatever share of the RANKL sits on cells."""
    crowd = balance.crowding(on_cells, BINDING.RANKL_tissue, BINDING)
    partners = [(rank, BINDING.Kd_RANK), (opg, BINDING.Kd_OPG)]
    L = balance.free_rankl(total, partners, kinds, crowd)
    held = L + sum(sites * L / (L + Kd) for sites, Kd in partners)
    for X, valence, Kd in kinds:
        each, alone, z = balance.grip(L, valence, Kd, crowd, math)
        sizes = np.arange(1, valence + 1)
        logs = np.log(comb(valence, sizes)) + np.log(L / Kd) + (sizes - 1) * np.log(z)
        if alone > 1e-280:
            bound = alone * np.exp(logs)
            assert alone + bound.sum() == pytest.approx(1, rel=1e-12)
            assert (sizes * bound).sum() == pytest.approx(each, rel=1e-11)
        assert 0 <= each <= valence * (1 + 1e-12)
        held += X * each
    assert held == pytest.approx(total, rel=1e-12)
    clustered = balance.clustered_share(total, L, kinds, crowd, BINDING)
    most = sum(valence * X for X, valence, _ in kinds) / total
    assert 0 <= clustered <= min(1, most) * (1 + 1e-12)
    if on_cells == 0 or max(valence for _, valence, _ in kinds) < 3:
        assert clustered < 1e-200


@given(st.lists(st.tuples(st.floats(1e-6, 1e3), DOSE), min_size=1, max_size=6), VALENCE, AFFINITY)
def test_the_balance_is_the_same_one_by_one_and_all_at_once(mixtures, valence, kd):
    totals, doses = np.array(mixtures).T
    crowd = balance.crowding(1.0, BINDING.RANKL_tissue, BINDING)
    together = balance.free_rankl(totals, [(0.4, 0.1)], [(doses, valence, kd)], crowd)
    for total, dose, free in zip(totals.tolist(), doses.tolist(), together, strict=True):
        alone = balance.free_rankl(total, [(0.4, 0.1)], [(dose, valence, kd)], crowd)
        assert free == pytest.approx(alone, rel=1e-9)


@given(st.floats(1e-6, 1e4), DOSE, VALENCE, AFFINITY, st.floats(-3, 3))
def test_where_the_search_begins_does_not_matter(total, dose, valence, kd, log_guess):
    crowd = balance.crowding(1.0, BINDING.RANKL_tissue, BINDING)
    kinds = [(dose, valence, kd)]
    free = balance.free_rankl(total, [(0.4, 0.1)], kinds, crowd)
    guess = min(free * 10**log_guess, total)
    assert balance.free_rankl(total, [(0.4, 0.1)], kinds, crowd, guess=guess) == pytest.approx(
        free, rel=1e-9
    )


@given(DOSE, VALENCE, AFFINITY, st.floats(1e-3, 100))
def test_a_well_and_the_crosslinking_curve_agree(dose, valence, kd, ell):
    antibody = {"valence": valence, "kd": kd}
    run = bl.reverse.culture(vesicles=0, antibody=antibody, dose=dose, membrane=ell, points=3)
    expected = bl.binding.crosslinking(dose, valence, kd, rankl=ell).clustered
    assert run.facts["clustered"] == pytest.approx(expected, rel=1e-9, abs=1e-12)


@given(DOSE, VALENCE, CONCENTRATION, st.floats(0, 100))
def test_what_holds_the_RANKL_of_a_well_adds_up(dose, heads, opg, soluble):
    run = bl.reverse.culture(
        dose, heads, opg, antibody="trimerised", soluble=soluble, days=1, points=3
    )
    names = ("on vesicles", "on antibody", "on OPG", "free")
    assert sum(run.facts[name] for name in names) == pytest.approx(1, rel=1e-12)
    held = run.facts["on vesicles"] + run.facts["on antibody"]
    assert run.facts["clustered"] + run.facts["in pairs"] <= held * (1 + 1e-9) + 1e-12


def test_soluble_RANKL_takes_clusters_from_the_cells():
    most = [bl.reverse.culture(soluble=dose).final["clustered RANKL"] for dose in (0, 0.1, 1, 10)]
    assert np.all(np.diff(most) < 0)


def test_limits_of_crosslinking():
    assert bl.binding.crosslinking(0).clustered < 1e-200
    assert bl.binding.crosslinking(rankl=0).clustered == 0
    assert bl.binding.crosslinking(opg=1e6).clustered < 1e-12
    assert bl.binding.crosslinking(valence=1).sizes.shape == (2,)


# ---- the forward dish ----------------------------------------------------------------------------


@given(CONCENTRATION, CONCENTRATION, FORWARD_BLOCKS, st.floats(0, 3), st.floats(0.01, 20))
def test_a_forward_culture_stays_possible(rankl, opg, block, rank, days):
    run = bl.forward.culture(rankl, opg, days, block, rank, points=31)
    for name in run.names:
        assert np.all(np.isfinite(run[name])), name
        assert run[name].min() >= -1e-7, name
    assert np.all(run["precursors"] <= 1 + 1e-9)
    assert run.summary().endswith(".")


@given(SHARE, st.dictionaries(st.sampled_from(forward.Blocks.__slots__), SHARE))
def test_the_forward_rest_is_where_nothing_changes(x, block):
    p, b = load("forward"), forward.Blocks.of(block)
    rest = forward.steady_state(x, p, b)
    T = forward.receptor_signal(x, p)
    state = [T, T, rest.NFkB, rest.JNK, rest.Akt, rest.JNK, rest.NFATc1, 0.0, 0.0, 0.0, 0.0]
    assert np.allclose(forward.rhs(0.0, state, p, x, 1.0, b)[:7], 0, atol=1e-9)


def test_every_precursor_is_accounted_for():
    # nuclei that entered osteoclasts plus precursors that are left, where no osteoclast dies
    p = load("forward")
    state = [0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 5.0, 0.8, 0.05, 0.2, 0.0]
    rates = dict(zip(forward.STATES, forward.rhs(0.0, state, p, 0.5), strict=True))
    dying = forward.death_rate(0.3, p) / 24 * 0.2
    assert rates["precursors"] + rates["nuclei"] + dying == pytest.approx(0, abs=1e-15)


@given(st.lists(st.floats(0.01, 1e4), min_size=2, max_size=4, unique=True))
def test_more_RANKL_never_makes_fewer_pits(doses):
    pits = [bl.forward.culture(dose, points=11).final["pits"] for dose in sorted(doses)]
    assert np.all(np.diff(pits) >= -1e-5)


def test_limits_of_the_forward_dish():
    for nothing in ({"rankl": 0}, {"rank": 0}, {"opg": 1e6}):
        run = bl.forward.culture(**nothing)
        assert run.final["osteoclasts"] < 1e-9
        assert "no osteoclasts" in run.summary()


# ---- the reverse dish ----------------------------------------------------------------------------

ANTIBODY = st.one_of(
    st.none(),
    st.sampled_from(bl.reverse.ANTIBODIES),
    st.fixed_dictionaries({"valence": VALENCE, "kd": AFFINITY}),
)
WELL = st.fixed_dictionaries(
    {
        "vesicles": CONCENTRATION,
        "valence": VALENCE,
        "opg": CONCENTRATION,
        "rapamycin": CONCENTRATION,
        "rankl": st.sampled_from(list(bl.reverse.RANKL_FORMS)),
        "antibody": ANTIBODY,
        "dose": CONCENTRATION,
        "soluble": CONCENTRATION,
        "block": REVERSE_BLOCKS,
        "days": st.floats(0.01, 30),
    }
)


@given(WELL)
def test_a_reverse_culture_stays_possible(well):
    run = bl.reverse.culture(**well, points=31)
    for name in run.names:
        assert np.all(np.isfinite(run[name])), name
        assert run[name].min() >= -1e-7, name
    holders = ("on vesicles", "on antibody", "on OPG", "free")
    total = sum(run.facts[name] for name in holders)
    assert total == pytest.approx(0 if well["rankl"] in ("knock-out", "soluble only") else 1)
    assert run.summary().endswith(".")


@given(SHARE, SHARE, CONCENTRATION, REVERSE_BLOCKS)
def test_the_reverse_rest_is_where_nothing_changes(clustered, tail, rapamycin, block):
    p, b = load("reverse"), reverse.Blocks.of(block)
    rest = reverse.resting_state(clustered, tail, p, rapamycin, b)
    rates = reverse.rhs(0.0, (*rest, 0.0), p, clustered, tail, rapamycin, b)
    assert np.allclose(rates[:7], 0, atol=1e-12)


def test_limits_of_the_reverse_dish():
    silent = [{"vesicles": 0}, {"valence": 1}, {"valence": 2}, {"opg": 1e6}]
    silent += [{"rankl": form} for form in ("knock-out", "soluble only", "no proline motif")]
    for well in silent:
        facts = bl.reverse.culture(**well).facts
        for name in ("Runx2", "Col1a1", "Sp7", "mineral"):
            assert facts[f"{name} fold"] == pytest.approx(1, abs=1e-6), (well, name)


def test_plain_antibody_blocks_vesicles():
    whole = bl.reverse.culture()
    held = bl.reverse.culture(antibody="IgG", dose="1 nM")
    assert whole.facts["Runx2 fold"] > 1.5
    assert held.facts["Runx2 fold"] == pytest.approx(1, abs=0.05)


def test_soluble_RANKL_competes_and_never_signals():
    doses = (0, 0.1, 1, 10)
    folds = [bl.reverse.culture(soluble=dose).facts["Runx2 fold"] for dose in doses]
    assert np.all(np.diff(folds) < 0)
    alone = bl.reverse.culture(vesicles=0, soluble=10).facts["Runx2 fold"]
    assert alone == pytest.approx(1, abs=1e-6)
    # it also takes OPG away, so that a little of it frees the surface
    with_opg = [bl.reverse.culture(opg=1, soluble=s).facts["Runx2 fold"] for s in (0, 0.9)]
    assert with_opg[1] > with_opg[0]


def test_dose_response_is_the_dish_at_rest():
    answer = bl.reverse.dose_response([0.0, 1e-3, 1e-2])
    for dose, fold in zip(answer.dose, answer.Runx2, strict=True):
        run = bl.reverse.culture(vesicles=dose, days=30)
        assert run.final["Runx2"] == pytest.approx(fold, abs=1e-5)
    assert "0.01 nM" in answer.summary()
    assert "nothing is signalled" in bl.reverse.dose_response([0, 1], valence=2).summary()
    designed = bl.reverse.dose_response([0.02], "antibody", antibody="trimerised", soluble=0.1)
    run = bl.reverse.culture(vesicles=0, antibody="trimerised", soluble=0.1, days=30)
    assert run.final["Runx2"] == pytest.approx(designed.Runx2[0], abs=1e-5)


def test_a_western_blot_shows_where_the_chain_is_cut():
    lanes = {"vehicle": {"vesicles": 0}, "vesicles": {}, "rapamycin": {"rapamycin": 20}}
    blot = bl.reverse.western_blot(
        {name: bl.reverse.culture(days=1, **well) for name, well in lanes.items()}, "2 h"
    )
    assert np.all(blot.loc["p-Akt (Thr308)", ["vesicles", "rapamycin"]] > 0.5)
    assert blot.loc["p-S6K1 (Thr389)", "vesicles"] > 0.5
    assert blot.loc["p-S6K1 (Thr389)", "rapamycin"] < 0.1
    assert np.all(blot.loc["actin (loading control)"] == 1)


@pytest.mark.parametrize(
    ("well", "words"),
    [
        ({}, ["0.01 nM vesicles", "75.2% of surface RANKL", "Runx2 2.07", "mineral 4.28"]),
        ({"vesicles": 0}, ["nothing added", "no RANKL stands in clusters", "Runx2 1.00"]),
        ({"rankl": "P29A"}, ["P29A RANKL", "its tail passes on 2% of the signal"]),
        ({"rapamycin": 20}, ["20 nM rapamycin", "Akt 15.48, mTORC1 0.74", "Runx2 0.98"]),
        ({"block": {"Akt": 0.5}}, ["Akt cut to 50%"]),
        ({"antibody": "IgG", "vesicles": 0}, ["0.02 nM IgG", "nothing is signalled"]),
        ({"rankl": "knock-out"}, ["on cells without RANKL", "no RANKL stands in clusters"]),
        ({"valence": 1}, ["single RANK heads", "nothing is signalled"]),
    ],
)
def test_the_sentence_of_the_reverse_dish(well, words):
    sentence = bl.reverse.culture(**well).summary()
    for word in words:
        assert word in sentence


@pytest.mark.parametrize(
    "make",
    [
        lambda: bl.forward.culture("10 ng/ml", opg="0.1 nM", days=3, block={"Akt": 0.5}),
        lambda: bl.reverse.culture(vesicles="1 pM", antibody="IgG", dose="1 pM", block="SFK"),
        lambda: bl.reverse.culture(rankl="P29A", antibody={"valence": 4}, membrane=0.5, days=5),
    ],
)
def test_the_shown_code_makes_the_same_run(make):
    run, names = make(), {"bl": bl}
    exec(run.code, names)
    assert names["run"].final == run.final


# ---- every parameter over its whole range --------------------------------------------------------


def anywhere(room):
    """Parameter sets of a room with every number anywhere in its range."""
    ranges = {name: st.floats(r.low, r.high) for name, r in records(room).items()}
    for name, r in records(room).items():
        if name.startswith(("valence", "minimum", "sites")):
            ranges[name] = st.integers(int(r.low), int(r.high))
    return st.fixed_dictionaries(ranges).map(lambda values: load(room).with_(**values))


def check_possible(run):
    for name in run.names:
        assert np.all(np.isfinite(run[name])), name
        assert run[name].min() >= -1e-7 * max(1, run[name].max()), name


@given(anywhere("forward"), anywhere("binding"), st.floats(0, 1e3))
def test_forward_with_any_parameters(p, q, rankl):
    check_possible(bl.forward.culture(rankl, parameters=p, binding=q, points=31))
    lives = forward.half_life(np.linspace(0, 1, 5), p)
    assert np.all(lives > 0)


@given(anywhere("reverse"), anywhere("binding"), st.floats(0, 1e3), st.floats(0, 1e3))
def test_reverse_with_any_parameters(p, q, vesicles, dose):
    well = {"antibody": "trimerised", "dose": dose, "parameters": p, "binding": q}
    check_possible(bl.reverse.culture(vesicles, points=31, **well))


# ---- the solver ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("module", "table"), [(forward, "forward"), (reverse, "reverse")])
def test_error_shrinks_with_the_tolerance(module, table):
    p = load(table)
    start = [0.0] * 7 + [1.0, 0, 0, 0] if module is forward else [0.0] * 4 + [1.0, 1, 1, 0]
    hours = np.linspace(0, 120, 25)

    def states(rtol):
        return solve(module.rhs, start, hours, (p, 0.6), rtol=rtol, atol=rtol * 1e-3).states

    exact = states(1e-12)
    errors = [np.abs(states(rtol) - exact).max() for rtol in (1e-3, 1e-6, 1e-9)]
    assert errors[0] > errors[1] > errors[2]
    assert errors[1] < 1e-4
    assert errors[2] < 1e-7


def test_an_event_is_never_stepped_over():
    # a pulse of one second in a thousand hours
    times = np.linspace(0, 1000, 11)
    pulse = [Change(500.0, args=(3600.0,)), Change(500.0 + 1 / 3600, args=(0.0,))]
    result = solve(lambda t, y, rate: (rate,), [0.0], times, (0.0,), pulse)
    assert result.states[-1, 0] == pytest.approx(1, rel=1e-6)
    jump = solve(
        lambda t, y: (0.0,), [1.0], times, (), [Change(500.0, jump=lambda state: state + 2)]
    )
    assert list(jump.states[:, 0]) == [1.0] * 6 + [3.0] * 5


def test_a_solver_that_cannot_finish_says_so_and_for_which_inputs():
    with pytest.raises(SolverError, match="the dish with too much of it"):
        solve(lambda t, y: (y[0] * y[0],), [1.0], [0, 2.0], what="the dish with too much of it")
    with pytest.raises(SolverError, match="the dish of nothing"):
        solve(lambda t, y: (math.nan,), [1.0], [0, 2.0], what="the dish of nothing")


@given(st.integers(1, 6), st.integers(0, 30), st.floats(0, 1))
def test_the_share_of_large_clusters_is_the_same_on_arrays(least, more, chance):
    from bonelab.numerics import beta_share

    several = beta_share(float(least), more + 1.0, np.array([chance, 0.0, 0.05, 0.5, 1.0]))
    alone = beta_share(float(least), more + 1.0, chance)
    assert several[0] == pytest.approx(alone, rel=1e-9, abs=1e-300)
    assert np.all((several >= 0) & (several <= 1 + 1e-12))


def test_vesicles_fall_off_over_their_decay_length():
    """sqrt(3.8 um2/s x 1800 s/ln 2) = 99.34 um: there 1/e of 0.01 nM are left, at twice it 1/e2."""
    far = bl.reverse.at_distance([0, 99.338, 198.676], vesicles=0.01)
    assert far.dose == pytest.approx([0.01, 0.01 / np.e, 0.01 / np.e**2], rel=1e-4)
    assert far.distance.tolist() == [0, 99.338, 198.676]
    assert far.Runx2 == pytest.approx(bl.reverse.dose_response(far.dose).Runx2)


def test_early_signals_are_listed_by_the_minute():
    hours = bl.forward.culture(days=1, points=2).time
    minutes = [0, 2, 4, 6, 8, 10, 15, 20, 25, 30, 40, 50, 60, 75, 90, 120, 150, 180, 24 * 60]
    assert hours * 60 == pytest.approx(minutes)
