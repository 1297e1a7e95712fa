"""Drugs as they are in people: the bands of the second edition, named by what they say."""

import pytest

import bonelab as bl

WOMAN = bl.woman(65)


@pytest.fixture(scope="module")
def stopped():
    """Four doses of denosumab, then none (the woman of DEFEND)."""
    return bl.simulate(bl.woman(59.4), bl.denosumab(doses=4), years=4)


@pytest.fixture(scope="module")
def alendronate():
    return bl.simulate(bl.woman(73), bl.alendronate(), years=10)


@pytest.fixture(scope="module")
def alendronate_stopped():
    return bl.simulate(bl.woman(73), bl.alendronate(stop="5 years"), years=11)


@pytest.fixture(scope="module")
def teriparatide():
    return bl.simulate(WOMAN, bl.teriparatide(stop="24 months"), years=2)


@pytest.fixture(scope="module")
def romosozumab():
    return bl.simulate(bl.woman(71), bl.romosozumab(stop="12 months"), years=2.5)


# ---- denosumab ----------------------------------------------------------------------------------


def test_after_four_doses_CTX_rebounds_and_P1NP_follows(stopped):
    peak = stopped["CTX"].argmax()
    assert 140 <= stopped["CTX"][peak] <= 185
    assert 28 <= stopped.time[peak] / 30.4375 <= 34
    assert stopped["P1NP"].max() > 120


def test_after_one_dose_the_peak_lies_between_day_240_and_480():
    run = bl.simulate(WOMAN, bl.denosumab(), years=3)
    assert 240 <= run.time[run["CTX"].argmax()] <= 480
    assert run["CTX"].max() > 105


def test_ten_years_of_denosumab():
    run = bl.simulate(bl.woman(72.3), bl.denosumab(doses=20), years=10)
    assert 107 <= run.at("10 years", "BMD hip") <= 111
    assert 117 <= run.at("10 years", "BMD spine") <= 124


def test_after_four_doses_alendronate_or_zoledronate_protect_in_part(stopped):
    four = bl.denosumab(doses=4)
    later = {"start": "24 months"}
    held = bl.simulate(bl.woman(59.4), [four, bl.alendronate(**later)], years=4)
    infused = bl.simulate(bl.woman(59.4), [four, bl.zoledronate(**later)], years=4)
    for run in (held, infused):
        kept = run.at("48 months", "BMD hip") - stopped.at("48 months", "BMD hip")
        assert kept > 2
        assert run["CTX"].max() < stopped["CTX"].max() - 15
    # CTX stays down, and the spine loses at most a point of its gain in two years
    for run in (held, infused):
        assert 25 <= run.at("36 months", "CTX") <= 60
        spent = stopped.at("24 months", "BMD spine") - run.at("36 months", "BMD spine")
        assert -1 < spent < 2
    best = stopped.at("24 months", "BMD hip")
    assert infused.at("48 months", "BMD hip") < best
    assert held.at("48 months", "BMD hip") < best + 1


# ---- bisphosphonates ----------------------------------------------------------------------------


def test_the_hip_under_alendronate_rises_to_a_plateau(alendronate):
    for years in (3, 5, 8, 10):
        assert 103 <= alendronate.at(f"{years} years", "BMD hip") <= 108, years
    gain = alendronate.at("10 years", "BMD hip") - alendronate.at("5 years", "BMD hip")
    assert gain < 2
    assert 22 <= alendronate.at("12 months", "CTX") <= 45


def test_alendronate_stopped_after_five_years(alendronate_stopped):
    run = alendronate_stopped
    assert 45 <= run.at("6 years", "CTX") <= 65
    fall = run.at("5 years", "BMD hip") - run.at("11 years", "BMD hip")
    assert 1 <= fall <= 5


def test_zoledronate_once_a_year():
    run = bl.simulate(bl.woman(72), bl.zoledronate("5 mg", "1 year", doses=3), years=3)
    assert 35 <= run.at("12 months", "CTX") <= 60
    assert 103 <= run.at("3 years", "BMD hip") <= 107


def test_one_dose_of_zoledronate_fades_over_three_to_five_years():
    run = bl.simulate(bl.woman(72), bl.zoledronate("5 mg"), years=6)
    assert run.at("12 months", "CTX") < 60
    assert 50 <= run.at("3 years", "CTX") <= 85
    assert 75 <= run.at("5 years", "CTX") <= 100


# ---- anabolic drugs -----------------------------------------------------------------------------


def test_teriparatide_raises_P1NP_first(teriparatide):
    assert 140 <= teriparatide.at("28 days", "P1NP") <= 220
    assert teriparatide.at("28 days", "CTX") < 130
    day = teriparatide.time[teriparatide["CTX"].argmax()]
    assert 4 <= day / 30.4375 <= 12


def test_two_years_of_teriparatide_on_the_bones(teriparatide):
    assert 101 <= teriparatide.final["BMD hip"] <= 103.5
    assert 107 <= teriparatide.final["BMD spine"] <= 112


def test_romosozumab_raises_P1NP_early_and_for_months_only(romosozumab):
    month = romosozumab.time <= 31
    assert 150 <= romosozumab["P1NP"][month].max() <= 260
    assert romosozumab["P1NP"].argmax() <= month.sum()
    for months in (9, 12):
        assert 80 <= romosozumab.at(f"{months} months", "P1NP") <= 115, months


def test_romosozumab_on_CTX_and_hip_under_it_and_after(romosozumab):
    for months in (1, 2, 3):
        assert 40 <= romosozumab.at(f"{months} months", "CTX") <= 65, months
    assert 105 <= romosozumab.at("12 months", "BMD hip") <= 108
    after = romosozumab.time > 366
    assert 105 < romosozumab["CTX"][after].max() < 152
    assert romosozumab.final["BMD hip"] < romosozumab.at("12 months", "BMD hip") - 1


def test_denosumab_or_alendronate_after_romosozumab_keep_the_gain_and_no_rebound():
    start = {"start": "12 months"}
    for later in (bl.denosumab(doses=4, **start), bl.alendronate(**start)):
        run = bl.simulate(bl.woman(71), [bl.romosozumab(stop="12 months"), later], years=3)
        assert run["CTX"][run.time > 370].max() < 80
        assert 0 < run.at("36 months", "BMD hip") - run.at("12 months", "BMD hip") < 4.5


def test_denosumab_after_teriparatide_adds_to_it():
    plans = [bl.teriparatide(stop="24 months"), bl.denosumab(doses=4, start="24 months")]
    run = bl.simulate(WOMAN, plans, years=4)
    assert run.at("27 months", "CTX") < 20
    assert 4 < run.at("48 months", "BMD hip") - run.at("24 months", "BMD hip") < 8


# ---- doses and horizons -------------------------------------------------------------------------


def test_every_drug_has_a_dose_and_more_of_it_does_more():
    def change(plan, name="CTX", at="3 months"):
        run = bl.simulate(WOMAN, plan, days=100)
        return abs(run.at(at, name) - 100)

    assert change(bl.zoledronate("5 mg")) > change(bl.zoledronate("2.5 mg")) > 5
    weekly = change(bl.alendronate("70 mg", "1 week"))
    assert change(bl.alendronate("10 mg", "1 day")) == pytest.approx(weekly, rel=1e-9)
    assert weekly > change(bl.alendronate("35 mg")) > 5
    formation = [change(bl.teriparatide(f"{ug} ug"), "P1NP") for ug in (10, 20, 40)]
    assert formation[0] < formation[1] < formation[2] < 2 * formation[1]
    early = [change(bl.romosozumab(f"{mg} mg"), "P1NP", "1 month") for mg in (70, 140, 210)]
    assert early[0] < early[1] < early[2] < 3 * early[0]
    assert change(bl.denosumab("140 mg"), "CTX", "3 months") > 80
    assert change(bl.opg_fc("6 mg/kg"), at="14 days") > change(bl.opg_fc("1 mg/kg"), at="14 days")


LONG = {
    "denosumab": bl.denosumab(doses=60),
    "alendronate": bl.alendronate(),
    "zoledronate": bl.zoledronate(doses=30),
    "teriparatide": bl.teriparatide(stop="30 years"),
    "romosozumab": bl.romosozumab(stop="30 years"),
}


@pytest.mark.parametrize("drug", LONG)
def test_thirty_years_of_a_drug_are_refused_with_a_sentence(drug):
    with pytest.raises(bl.BonelabError, match=rf"{drug}.*years.*nobody"):
        bl.simulate(bl.woman(60), LONG[drug], years=30)
    assert bl.simulate(bl.woman(60), LONG[drug], years=2).final["BMD hip"] > 100


def test_an_antibody_of_ones_own_ends_after_two_years_and_says_that_no_woman_had_it():
    two = bl.simulate(bl.woman(65), bl.reverse_agonist(doses=4), years=2)
    assert two.noted("untried")
    assert "no trial holds" in two.status
    bl.simulate(bl.woman(65), bl.reverse_agonist(doses=5), years=4)  # the fifth ends two years
    for plan in (bl.reverse_agonist(doses=6), bl.reverse_agonist(level="1 nM")):
        with pytest.raises(bl.BonelabError, match=r"no woman has ever had.*2 years of it"):
            bl.simulate(bl.woman(65), plan, years=4)
    mouse = bl.simulate(bl.mouse("huRANKL"), bl.reverse_agonist(level="1 nM"), days=60)
    assert not mouse.noted("untried")
    assert not bl.simulate(bl.woman(65), bl.denosumab(), years=1).noted("untried")
