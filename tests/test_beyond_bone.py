"""Beyond bone: immune cells, artery, mammary gland, fever, vesicles. Signs, not sizes."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit_registry import registry

import bonelab as bl
from bonelab.biology.beyond_bone import calcium_equations as calcium
from bonelab.biology.beyond_bone import fever_equations as fever
from bonelab.biology.beyond_bone import immune_equations as immune
from bonelab.biology.beyond_bone import vesicle_equations as vesicles
from bonelab.biology.forward_signalling import half_life
from bonelab.parameters import load

DOSE = st.floats(0, 100)
SHARE = st.floats(0, 1)


def proper(run):
    """Every value finite and not negative, and the sentence says something."""
    for name in run.names:
        assert np.all(np.isfinite(run[name])), name
        assert np.all(run[name] >= 0), name
    assert run.summary().endswith(".")


# ---- immune system ----------------------------------------------------------------------------


def test_A13_B41_dendritic_cells_respond_to_the_same_RANKL(claim):
    doses = (0, 0.05, 0.2, 1.0)
    cells = [bl.beyond_bone.dendritic_cells(rankl=L).final["dendritic cells"] for L in doses]
    claim("A13, B41", "dendritic cells at RANKL 0, 0.05, 0.2, 1 nM", cells, order="rising")
    claim("A13", "dendritic cells without RANKL", cells[0], near=1, within=1e-9)
    none = bl.beyond_bone.dendritic_cells(rankl="1 nM", rank=0).final["dendritic cells"]
    claim("A13, B41", "dendritic cells without RANK, RANKL 1 nM", none, near=1, within=1e-9)
    run = bl.beyond_bone.dendritic_cells(rankl="0.2 nM", opg=0)
    assert run.final["half-life"] == pytest.approx(half_life(run.final["occupancy"]))
    fewer = bl.beyond_bone.dendritic_cells(rankl="0.2 nM", opg="20 nM").final["dendritic cells"]
    assert fewer < cells[2]


def test_A5_B40_T_cells_are_a_source_of_RANKL(claim):
    active, resting = (bl.beyond_bone.immunity(antigen_days=d)["RANKL"].max() for d in (10, 0))
    claim("A5, B40", "RANKL from activated T cells, at most", active, unit="nM", above=0.05)
    claim("A5, B40", "RANKL from T cells without antigen", resting, unit="nM", high=0)


def test_B42_RANK_and_RANKL_enhance_T_cell_immunity(claim):
    with_rank, without = (bl.beyond_bone.immunity(rank=r)["T cells"].max() for r in (1, 0))
    claim("B42", "peak of T cells with RANK / without", with_rank / without, above=1.5)
    held = bl.beyond_bone.immunity(opg="20 nM")["T cells"].max()
    claim("B42", "peak of T cells under OPG / without OPG", held / with_rank, below=0.7)
    survival = bl.beyond_bone.immunity()["dendritic cells"].max()
    claim("B42", "dendritic cells at their most, times those without RANKL", survival, above=2)


# ---- artery, mammary gland, calcium -----------------------------------------------------------


def test_A41_early_OPG_prevents_late_OPG_does_not_reverse(claim):
    artery = bl.beyond_bone.artery
    normal = artery(1.0).final["arterial calcium"]
    lacking = artery(0.0).final["arterial calcium"]
    early = artery(0.0, treat_from=0, treat_for="16 weeks").final["arterial calcium"]
    late = artery(0.0, treat_from="8 weeks", treat_for="8 weeks")
    at_start = late.at("8 weeks", "arterial calcium")
    claim("A41", "arterial calcium, wild type", normal, unit="a.u.", high=1e-9)
    claim("A41", "arterial calcium, OPG-/-", lacking, unit="a.u.", above=0.5)
    claim("A41", "OPG-/- with OPG from the start, of untreated", early / lacking, below=0.05)
    kept = late.final["arterial calcium"] / at_start
    claim("A41", "OPG-/- treated from week 8: calcium left at week 16", kept, near=1, within=1e-6)
    assert at_start < lacking  # late treatment stops it, and does not take it back


def test_A42_RANKL_rescues_the_gland_without_RANKL_not_the_one_without_RANK(claim):
    gland = bl.beyond_bone.mammary_gland
    claim("A42", "alveoli, wild type", gland().final["alveoli"], above=0.8)
    none = [gland(rankl=0).final["alveoli"], gland(rank=0).final["alveoli"]]
    claim("A42", "alveoli, RANKL-/- and RANK-/-", none, below=0.01)
    rescued = gland(rankl=0, injected="1 nM").final["alveoli"]
    claim("A42", "alveoli, RANKL-/- with RANKL", rescued, above=0.8)
    claim("A42", "alveoli, RANK-/- with RANKL", gland(rank=0, injected="1 nM").final["alveoli"],
          below=0.01)  # fmt: skip


def test_A43_calcium_goes_from_bone_to_milk_and_artery_and_none_is_lost(claim):
    nursing = bl.beyond_bone.calcium_balance(lactating=True)
    pools = sum(nursing[name] for name in ("bone", "blood", "milk", "artery", "urine"))
    error = np.max(np.abs(pools - nursing["intake"] - pools[0])) / pools[0]
    claim("A43", "calcium gained or lost in the balance, share", error, below=1e-9)
    loss = 100 * (1 - nursing.at("2.5 months", "bone") / nursing["bone"][0])
    claim("A43", "bone calcium lost in 2.5 months of lactation", loss, unit="%", low=0.4, high=1.3)
    claim("A43", "calcium in milk over 6 months", nursing.final["milk"], unit="mmol", above=500)
    dry = bl.beyond_bone.calcium_balance(lactating=False)
    assert np.allclose(dry["bone"], dry["bone"][0])  # the healthy state is at rest
    assert np.allclose(dry["blood"], dry["blood"][0])
    lacking = bl.beyond_bone.calcium_balance(lactating=False, opg=0)
    claim("A43", "OPG absent: calcium in arteries", lacking.final["artery"], unit="mmol", above=1)
    claim("A43", "OPG absent: bone calcium, change", lacking.final["bone"] - lacking["bone"][0],
          unit="mmol", below=-10)  # fmt: skip
    for gene in ("rankl", "rank"):
        without = bl.beyond_bone.calcium_balance(**{gene: 0})
        assert without.final["milk"] < 1e-6
        assert without.final["bone"] > without["bone"][0]  # osteopetrosis


# ---- fever ------------------------------------------------------------------------------------


def test_B46_RANKL_in_the_brain_makes_fever_through_RANK_and_PGE2(claim):
    def rise(**conditions):
        temperature = bl.beyond_bone.fever(**conditions)["temperature"]
        return temperature.max() - temperature[0]

    doses = [rise(rankl=L) for L in (0.01, 0.1, 1.0)]
    claim("B46", "rise of temperature at RANKL 0.01, 0.1, 1 nM", doses, unit="°C", order="rising")
    claim("B46", "rise of temperature at 1 nM", doses[-1], unit="°C", above=0.5)
    claim("B46", "rise of temperature without RANK", rise(rank=0), unit="°C", below=1e-6)
    claim("B46", "rise of temperature with COX2 blocked", rise(cox=0), unit="°C", below=1e-6)
    run = bl.beyond_bone.fever()
    assert run["PGE2"].argmax() < run["temperature"].argmax()  # PGE2 first, then temperature
    assert run.final["temperature"] < 37.5  # and it passes


# ---- vesicles ---------------------------------------------------------------------------------


def test_B16_vesicle_sizes_and_the_share_with_RANK(claim):
    sizes = bl.beyond_bone.vesicle_sizes()
    peak = sizes.diameter[sizes.density.argmax()]
    claim("B16", "most frequent diameter of a vesicle", peak, unit="nm", low=88, high=92)
    share = vesicles.size_distribution(90, load("beyond_bone").vesicle_spread)
    claim("B16", "share between 70 and 140 nm", share.cdf(140) - share.cdf(70), above=0.8)
    claim("B16", "share with RANK", sizes.rank_positive, low=0.01, high=0.1)
    claim("B16", "share with three or more RANK, if at random", sizes.three_or_more,
          near=5e-6, within=1e-6)  # fmt: skip
    assert vesicles.at_least(3, 2.67) == pytest.approx(0.5, abs=0.01)
    assert np.trapezoid(sizes.density, sizes.diameter) == pytest.approx(1, abs=0.01)
    assert "carry RANK" in sizes.summary()


@pytest.mark.parametrize(
    ("life", "expected"), [("2 minutes", 0.21), ("30 minutes", 0.669), ("6 hours", 0.89)]
)
def test_B33_share_left_at_40_um(claim, life, expected):
    run = bl.beyond_bone.vesicle_transport("40 um", life, hours=60)
    left = run.final["share at the osteocyte"]
    claim("B33", f"vesicles left at 40 um, half-life {life}", left, near=expected, within=0.05)
    assert left == pytest.approx(run.facts["steady share"], rel=1e-3)


def test_B32_B33_nearer_cells_get_more_and_the_partition_stays_open(claim):
    shares = [bl.beyond_bone.vesicle_transport(z).facts["steady share"] for z in (10, 20, 40, 80)]
    claim("B32, B33", "vesicles left at 10, 20, 40, 80 um", shares, order="falling")
    table = bl.beyond_bone.partition_scan()
    scan = table["30 minutes"].tolist()
    claim("B33", "left at 40 um for a partition of 1, 0.1, 1e-3, 1e-6, 1e-9 (open)", scan,
          order="falling")  # fmt: skip
    assert scan[0] / scan[-1] == pytest.approx(1e9)
    p = load("beyond_bone")
    assert vesicles.gap(p.canaliculus, p.process) < p.vesicle_mode  # a rigid one would not fit


def test_B33_ogston_and_stokes_einstein_give_the_numbers_of_the_literature():
    assert vesicles.ogston_partition(90, 17, 0.6) == pytest.approx(2.7e-9, rel=0.05)
    assert vesicles.ogston_partition(90, 10, 0.6) == pytest.approx(2.4e-23, rel=0.05)
    assert vesicles.ogston_partition(6.1, 17, 0.6) == pytest.approx(0.88, abs=0.01)  # ovalbumin
    # k T/(3 pi eta d) of 90 nm at 37 °C, which the table's source names: 7.3 um2/s in water (0.69
    # mPa s), 1.7 in marrow (3 mPa s)
    for viscosity, expected in ((0.69e-3, 7.3), (3e-3, 1.7)):
        D = 1.380649e-23 * 310.15 / (3 * np.pi * viscosity * 90e-9)
        assert abs(1e12 * D - expected) < 0.05
        assert 0.1 < D * 1e12 < load("beyond_bone").record("vesicle_diffusivity").high
    for life, length in ((120, 26), (1800, 99), (21600, 344)):
        assert vesicles.decay_length(3.8, life) == pytest.approx(length, abs=0.7)


def test_B49_any_cell_with_a_nucleus_releases_vesicles(claim):
    runs = {cell: bl.beyond_bone.vesicle_release(cell) for cell in vesicles.CELLS}
    amounts = [run.final["vesicles"] for run in runs.values()]
    claim("B49", "vesicles around 100 cells of each kind", amounts, above=100)
    claim("B49", "RANK vesicles of fibroblasts", runs["fibroblast"].final["RANK vesicles"], high=0)
    assert runs["fibroblast"].facts == {"RANK-positive share": 0, "share with 3 or more RANK": 0}
    assert runs["osteoclast"].final["RANK vesicles"] > 0
    twice = bl.beyond_bone.vesicle_release(number=200).final["vesicles"]
    assert twice == pytest.approx(2 * runs["osteoclast"].final["vesicles"], rel=1e-6)


# ---- whatever is asked: finite, not negative, errors that help --------------------------------


@given(rankl=DOSE, rank=st.floats(0, 5), opg=DOSE)
def test_dendritic_cells_stay_proper(rankl, rank, opg):
    proper(bl.beyond_bone.dendritic_cells(rankl, rank, opg))


@given(antigen=st.floats(0, 40), rank=st.floats(0, 5), opg=DOSE)
def test_immunity_stays_proper(antigen, rank, opg):
    run = bl.beyond_bone.immunity(antigen, rank, opg)
    proper(run)
    assert run["T cells"].max() <= 1


@given(opg=st.floats(0, 10), begin=st.floats(0, 100), length=st.floats(0.5, 100))
def test_arterial_calcium_never_falls(opg, begin, length):
    run = bl.beyond_bone.artery(opg, begin, length)
    proper(run)
    assert np.all(np.diff(run["arterial calcium"]) >= -1e-8)


@given(rankl=st.floats(0, 10), rank=st.floats(0, 5), injected=DOSE)
def test_mammary_gland_stays_proper(rankl, rank, injected):
    proper(bl.beyond_bone.mammary_gland(rankl, rank, injected))


@given(lactating=st.booleans(), rankl=st.floats(0, 5), rank=st.floats(0, 2), opg=st.floats(0, 10))
def test_calcium_balance_stays_proper_and_closed(lactating, rankl, rank, opg):
    run = bl.beyond_bone.calcium_balance(lactating, rankl, rank, opg)
    proper(run)
    total = sum(run[name] for name in ("bone", "blood", "milk", "artery", "urine"))
    np.testing.assert_allclose(total - run["intake"], total[0], rtol=1e-8)


@pytest.mark.parametrize("days", [183, 730])
@pytest.mark.parametrize(
    "given", [{"rank": 1000, "rankl": 1000, "opg": 0}, {"rank": 0}, {"rankl": 0}, {"opg": 1000}]
)
def test_blood_calcium_stays_where_a_body_can_be(given, days):
    for lactating in (True, False):
        run = bl.beyond_bone.calcium_balance(lactating, days=days, **given)
        proper(run)
        assert run["blood"].max() / 14 < 6.0  # mmol/L: 14 L of blood and the water between cells
        assert run["blood"].min() / 14 > 0.5


def test_a_carrier_of_RANK_is_near_normal_and_a_knock_out_is_not():
    """Spare receptors: 0.5 (1 + h)/(0.5 + h) of the signal at half of RANK, h the record's."""
    h = load("forward").RANK_half
    full, half, none = (
        bl.beyond_bone.calcium_balance(False, rank=r)["occupancy"][0] for r in (1, 0.5, 0)
    )
    held = bl.binding.competition(rank=0.01).occupancy / bl.binding.competition().occupancy
    assert half / full == pytest.approx(held * 0.5 * (1 + h) / (0.5 + h), rel=1e-6)
    assert half / full > 0.85
    assert none == 0


@given(rankl=DOSE, rank=SHARE, cox=SHARE)
def test_fever_stays_proper(rankl, rank, cox):
    run = bl.beyond_bone.fever(rankl, rank, cox)
    proper(run)
    assert 36.9 < run["temperature"].min() <= run["temperature"].max() < 40


@given(depth=st.floats(0, 1000), life=st.floats(1e-3, 100), D=st.floats(1e-3, 100), partition=SHARE)
def test_transport_stays_proper(depth, life, D, partition):
    run = bl.beyond_bone.vesicle_transport(depth, life, D, partition)
    proper(run)
    for name in run.names:
        assert run[name].max() <= partition * (1 + 1e-9)


@given(
    cell=st.sampled_from(list(vesicles.CELLS)), number=st.floats(0, 1e6), share=st.floats(0, 0.99)
)
def test_release_stays_proper(cell, number, share):
    proper(bl.beyond_bone.vesicle_release(cell, number, rank_positive=share))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: bl.beyond_bone.dendritic_cells(rankl=-1), "rankl = -1"),
        (lambda: bl.beyond_bone.dendritic_cells(days=0), "days = 0"),
        (lambda: bl.beyond_bone.immunity(opg="2 km"), "opg = '2 km'"),
        (lambda: bl.beyond_bone.artery(opg=float("nan")), "opg = nan"),
        (lambda: bl.beyond_bone.mammary_gland(rank=-1), "rank = -1"),
        (lambda: bl.beyond_bone.calcium_balance(rankl="much"), "rankl = 'much'"),
        (lambda: bl.beyond_bone.fever(cox=2), "cox = 2"),
        (lambda: bl.beyond_bone.vesicle_transport(half_life=0), "half_life = 0"),
        (lambda: bl.beyond_bone.vesicle_transport(partition=2), "partition = 2"),
        (lambda: bl.beyond_bone.vesicle_release("osteoclasts"), "Did you mean 'osteoclast'"),
        (lambda: bl.beyond_bone.vesicle_sizes(mode=0), "mode = 0"),
    ],
)
def test_errors_name_the_argument_and_the_value(call, words):
    with pytest.raises(bl.BonelabError, match=words):
        call()


def test_runs_can_be_repeated_from_their_code():
    for run in (
        bl.beyond_bone.dendritic_cells(),
        bl.beyond_bone.immunity(),
        bl.beyond_bone.artery(0, treat_from=7),
        bl.beyond_bone.mammary_gland(),
        bl.beyond_bone.calcium_balance(),
        bl.beyond_bone.fever(),
        bl.beyond_bone.vesicle_release(),
        bl.beyond_bone.vesicle_transport(),
    ):
        names = {"bl": bl}
        exec(run.code, names)
        for series in run.names:
            np.testing.assert_array_equal(names["run"][series], run[series])


def with_units(room):
    """The parameters of a room as quantities with their units."""
    unit = registry()
    values = {
        name: unit.Quantity(r.value, "" if r.unit == "1" else r.unit)
        for name, r in load(room).records().items()
        if "deg" not in r.unit  # temperatures: pint refuses to multiply offset units
    }
    return type("WithUnits", (), values)


def test_every_rate_has_the_unit_of_its_left_side_over_time():
    p, unit = with_units("beyond_bone"), registry()
    day, mmol = unit("day"), unit("mmol")
    pools = [24900 * mmol, 33 * mmol, *(1 * mmol for _ in range(4))]
    for rate in calcium.calcium_rates(0 * day, pools, p, 0.3, 0.2, 0.4, 0.5):
        assert rate.check(mmol / day)
    assert calcium.artery_rate(0.5, p).check(1 / day)
    assert calcium.alveoli_rate(0.2, 0.5, p).check(1 / day)
    assert immune.T_cell_rate(0.1, 2.0, 1.0, p).check(1 / day)
    assert immune.dendritic_rate(1.0, 0.2, with_units("forward")).check(1 / day)
    assert vesicles.release_rate(100.0, 10, p).check(1 / unit("hour"))


# ---- the equations with round numbers, worked by hand --------------------------------------------

ROUND = SimpleNamespace(
    artery_rate=0.2, artery_threshold=0.3, alveoli_rate=0.5, blood_calcium=30.0, bone_flux=8.0,
    coupling=0.5, milk_flux=6.0, artery_flux=2.0, intake=5.0, urine_threshold=0.8,
    fever_most=2.0, PGE2_half=0.5, brain_half_life=2.0, PGE2_time=0.5, temperature_normal=37.0,
    temperature_time=2.0, T_seed=0.02, T_growth=0.4, T_loss=0.3, vesicle_release=40.0,
    vesicle_half_life=0.5,
)  # fmt: skip


def test_an_artery_is_laid_down_above_the_threshold():
    """0.2 x (0.8 - 0.3) = 0.1 a day, nothing below 0.3; alveoli 0.5 x 0.4 x (1 - 0.25) = 0.15."""
    assert calcium.artery_rate(0.8, ROUND) == pytest.approx(0.1)
    assert calcium.artery_rate(0.2, ROUND) == 0
    assert calcium.alveoli_rate(0.25, 0.4, ROUND) == pytest.approx(0.15)


def test_where_calcium_goes_by_hand():
    """b = 27/30 = 0.9; resorption 8 x 1.5 = 12; formation 8 (0.5 + 0.5 x 1.5) 0.9 = 9; milk
    6 x 0.5 x 0.9 = 2.7; artery 2 (0.4 - 0.3) 0.9 = 0.18; urine 5 (0.9 - 0.8)/0.2 = 2.5."""
    rates = calcium.calcium_rates(0.0, (0, 27.0, 0, 0, 0, 0), ROUND, 0.3, 0.2, 0.4, 0.5)
    blood = 5 + 12 - 9 - 2.7 - 0.18 - 2.5
    assert rates == pytest.approx((-3, blood, 2.7, 0.18, 2.5, 5))


def test_a_fever_by_hand():
    """L falls by ln 2/2 x 0.6; half of RANK at L = K, of which 0.8 is there: 0.4, of COX2 half:
    (0.2 - 0.1)/0.5 = 0.2; warming 2 x 0.1 x 1.5/0.6 = 0.5: (37 + 0.5 - 38)/2 = -0.25."""
    rates = fever.rhs(0.0, (0.6, 0.1, 38.0), ROUND, 0.6, 0.8, 0.5)
    assert rates == pytest.approx((-0.207944, 0.2, -0.25), abs=1e-6)


def test_T_cells_by_hand():
    """0.02 + 0.4 x 2 x 0.5 x 0.5 = 0.22, less 0.3 x 0.5 = 0.15; without antigen only the loss."""
    assert immune.T_cell_rate(0.5, 2.0, 1.0, ROUND) == pytest.approx(0.07)
    assert immune.T_cell_rate(0.5, 2.0, 0.0, ROUND) == pytest.approx(-0.15)


def test_vesicles_by_hand():
    """10 cells x 40 an hour, ln 2/0.5 of 100 lost; gap (300 - 100)/2; half as wide, twice as fast;
    Poisson with ln 2 on average: half have none; three or more 1 - (1 + a + a^2/2)/2 = 0.03331."""
    assert vesicles.release_rate(100.0, 10, ROUND) == pytest.approx(400 - 138.629, abs=1e-3)
    assert vesicles.gap(300, 100) == 100
    assert [vesicles.fits(width, 300, 100) for width in (100, 100.1)] == [True, False]
    assert vesicles.diffusivity_of(45, 3.8, 90) == pytest.approx(7.6)
    assert vesicles.mean_RANK(0.5) == pytest.approx(np.log(2))
    assert vesicles.at_least(3, np.log(2)) == pytest.approx(0.033313, abs=1e-6)
    assert vesicles.share_at(0.0, 100.0, 3.8, 1800.0) == pytest.approx(1)
    assert vesicles.share_at(10.0, 0.0, 3.8, 1800.0) == 0


@pytest.mark.parametrize(
    ("run", "subject", "treatment"),
    [
        (bl.beyond_bone.dendritic_cells(opg=3), "dendritic cells",
         "0.2 nM RANKL, 3 nM OPG and RANK at 100% of normal"),
        (bl.beyond_bone.immunity(5, 0.5), "dendritic cells and T cells",
         "antigen for 5 days, 0 nM OPG and RANK at 50% of normal"),
        (bl.beyond_bone.artery(0.5), "a mouse artery with 50% of normal OPG", "no treatment"),
        (bl.beyond_bone.artery(0, treat_from="2 weeks"), "a mouse artery with 0% of normal OPG",
         "OPG from week 2 to week 6"),
        (bl.beyond_bone.mammary_gland(0, 0.5, injected=1),
         "a pregnant mouse (RANKL 0%, RANK 50%)", "1 nM RANKL injected"),
        (bl.beyond_bone.mammary_gland(), "a pregnant mouse (RANKL 100%, RANK 100%)",
         "no injection"),
        (bl.beyond_bone.calcium_balance(), "a woman in full lactation",
         "RANKL 100%, RANK 100%, OPG 100% of normal"),
        (bl.beyond_bone.calcium_balance(rankl=0),
         "a woman after a birth whose milk glands have not formed",
         "RANKL 0%, RANK 100%, OPG 100% of normal"),
        (bl.beyond_bone.calcium_balance(rankl=0.05), "a woman in full lactation",
         "RANKL 5%, RANK 100%, OPG 100% of normal"),
        (bl.beyond_bone.calcium_balance(False, opg=0), "a woman who does not lactate",
         "RANKL 100%, RANK 100%, OPG 0% of normal"),
        (bl.beyond_bone.fever(cox=0.5), "a mouse brain",
         "1 nM RANKL with RANK at 100% and COX2 at 50% of normal"),
        (bl.beyond_bone.vesicle_release("T cell", 5), "5 T cells", ""),
        (bl.beyond_bone.vesicle_transport(), "an osteocyte 40 um from the bone surface",
         "half-life 30 min, D 3.8 um2/s, partition 1"),
    ],
)  # fmt: skip
def test_what_a_run_is_of(run, subject, treatment):
    assert (run.subject, run.treatment) == (subject, treatment)
    start, step = run.time[0], np.diff(run.time)
    assert start == 0
    assert step == pytest.approx(step[0])


def test_how_long_the_runs_are_where_nothing_is_said():
    days = [
        run.time[-1]
        for run in (
            bl.beyond_bone.dendritic_cells(), bl.beyond_bone.immunity(), bl.beyond_bone.artery(),
            bl.beyond_bone.mammary_gland(), bl.beyond_bone.calcium_balance(),
            bl.beyond_bone.fever(), bl.beyond_bone.vesicle_release(),
            bl.beyond_bone.vesicle_transport(),
        )
    ]  # fmt: skip
    assert days == pytest.approx(
        [14, 30, 112, 20, 182.625, 24, 24, 24]
    )  # days, the last three hours


def test_the_facts_of_the_way_of_a_vesicle():
    """lambda = sqrt(3.8 x 1800/ln 2) = 99.34 um; exp(-40/99.34) = 0.6685; gap (195.7 - 100)/2."""
    facts = bl.beyond_bone.vesicle_transport().facts
    assert facts["depth (um)"] == 40
    assert facts["decay length (um)"] == pytest.approx(99.34, abs=0.01)
    assert facts["steady share"] == pytest.approx(0.6685, abs=1e-4)
    assert (facts["vesicle (nm)"], facts["canaliculus (nm)"]) == (90, 195.7)
    assert facts["gap (nm)"] == pytest.approx(47.85)
    assert list(bl.beyond_bone.partition_scan().columns) == ["2 minutes", "30 minutes", "6 hours"]


def test_without_RANK_no_share_of_it_is_occupied():
    for run in (bl.beyond_bone.immunity(rank=0), bl.beyond_bone.dendritic_cells(rank=0)):
        assert run["occupancy"].max() == 0
    assert bl.beyond_bone.mammary_gland(rank=0)["occupancy"].max() == 0


# what a run is called and of whom it tells: plots, drawings and sentences go by these words
TOLD = {
    "dendritic_cells": ("dendritic cells", "dendritic cells",
                        "0.2 nM RANKL, 0 nM OPG and RANK at 100% of normal", {"half-life": "day"}),
    "immunity": ("immunity", "dendritic cells and T cells",
                 "antigen for 10 days, 0 nM OPG and RANK at 100% of normal", {"RANKL": "nM"}),
    "fever": ("fever", "a mouse brain", "1 nM RANKL with RANK at 100% and COX2 at 100% of normal",
              {"temperature": "°C", "RANKL": "nM"}),
    "artery": ("artery", "a mouse artery with 100% of normal OPG", "no treatment",
               {"arterial calcium": "arbitrary units", "OPG": "nM"}),
    "mammary_gland": ("mammary gland", "a pregnant mouse (RANKL 100%, RANK 100%)", "no injection",
                      {}),
    "calcium_balance": ("calcium balance", "a woman in full lactation",
                        "RANKL 100%, RANK 100%, OPG 100% of normal",
                        dict.fromkeys(["bone", "blood", "milk", "artery", "urine", "intake"],
                                      "mmol")),
    "vesicle_release": ("vesicle release", "100 osteoclasts", "", {}),
}  # fmt: skip


@pytest.mark.parametrize("name", TOLD)
def test_a_run_says_its_kind_of_whom_it_tells_what_was_given_and_its_units(name):
    run = getattr(bl.beyond_bone, name)()
    assert (run.kind, run.subject, run.treatment, dict(run.units)) == TOLD[name]


def test_the_share_of_a_medium_that_vesicles_fill():
    # 1 nM is 6.022e14 a litre; a ball of 100 nm holds 5.236e-22 m3, so 5.236e-19 l: 3.15e-4
    assert vesicles.share_filled(1, 100) == pytest.approx(3.153e-4, rel=1e-3)
    assert vesicles.share_filled(2, 200) == pytest.approx(16 * 3.153e-4, rel=1e-3)


def test_the_share_that_gets_so_deep_in_the_end():
    # D 2 um2/s and 60 s of half-life: sqrt(2 * 60 / ln 2) = 13.16 um
    share = vesicles.steady_share(13.16, 0.5, 2, 60)
    assert share == pytest.approx(0.5 / 2.71828, rel=1e-3)
