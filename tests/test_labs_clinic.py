"""The clinic: four years in months of 30.4375 days; doses that are given, missed and stopped."""

import numpy as np
import pytest
from seen import Seen, reached

import bonelab as bl

MONTH = 30.4375
SERIES = {"CTX": 0, "P1NP": 1, "BMD hip": 2, "BMD spine": 3}


@pytest.fixture(scope="module")
def woman():
    return bl.woman(65)


@pytest.fixture(scope="module")
def shown():
    return Seen("clinic", doses=4)


@pytest.fixture(scope="module")
def run(woman):
    return bl.simulate(woman, bl.denosumab("60 mg", every="6 months", doses=4), years=4)


def test_the_curves_are_drawn_against_months(shown, run):
    for name, panel in SERIES.items():
        assert shown.axis(panel)[0] in ("months", "")
        x, _ = shown.line(panel, name)
        assert x[-1] == pytest.approx(48)
        assert np.allclose(x, run.time / MONTH, atol=1e-6)
        for month in (3, 12, 27, 40):
            value = run.at(f"{month} months", name)
            assert shown.at(panel, name, month) == pytest.approx(value, rel=2e-3)


def test_a_dose_that_is_missed_is_missed(woman):
    shown = Seen("clinic", missed=3)
    plan = bl.denosumab("60 mg", every="6 months", doses=8, missed=(3,))
    run = bl.simulate(woman, plan, years=4)
    whole = bl.simulate(woman, bl.denosumab("60 mg", every="6 months", doses=8), years=4)
    for month in (17, 18, 20):
        assert shown.at(0, "CTX", month) == pytest.approx(
            run.at(f"{month} months", "CTX"), rel=0.02
        )
    assert run.at("17 months", "CTX") > 1.5 * whole.at("17 months", "CTX"), "month 12 was missed"
    assert run.at("11 months", "CTX") == pytest.approx(whole.at("11 months", "CTX"), rel=1e-3)


def test_dose_interval_and_number_reach_the_plan(woman):
    shown = Seen("clinic", dose=15, interval=3, doses=5)
    run = bl.simulate(woman, bl.denosumab("15 mg", every="3 months", doses=5), years=4)
    for month in (2, 13, 24):
        assert shown.at(0, "CTX", month) == pytest.approx(
            run.at(f"{month} months", "CTX"), rel=0.02
        )
    assert "5 doses of denosumab 15 mg every 3 months" in shown.text


def test_the_sentence_says_the_run(shown, run):
    low, day = run["CTX"].min(), run.time[run["CTX"].argmin()]
    assert shown.says(low)
    assert shown.text == run.summary()
    assert day < 183


def test_a_daily_drug_is_taken_for_doses_times_months(woman):
    shown = Seen("clinic", drug="teriparatide", interval=6, doses=3)
    run = bl.simulate(woman, bl.teriparatide(stop="18 months"), years=4)
    for month in (6, 17, 24):
        value = run.at(f"{month} months", "P1NP")
        assert shown.at(1, "P1NP", month) == pytest.approx(value, rel=0.02)
    assert run.at("24 months", "P1NP") < 0.8 * run.at("17 months", "P1NP")


def test_one_drug_after_another(woman):
    shown = Seen("clinic", drug="teriparatide, then denosumab", doses=4)
    plan = [
        bl.teriparatide(stop="2 years"),
        bl.denosumab("60 mg", every="6 months", doses=4, start="2 years"),
    ]
    run = bl.simulate(woman, plan, years=4)
    for month in (12, 30, 47):
        value = run.at(f"{month} months", "BMD spine")
        assert shown.at(3, "BMD spine", month) == pytest.approx(value, rel=2e-3)


@pytest.mark.parametrize(("drug", "months"), [("teriparatide", 24), ("romosozumab", 12)])
def test_a_course_ends_where_its_trial_ended_and_says_so(woman, drug, months):
    shown = Seen("clinic", drug=drug, interval=6, doses=8)
    run = bl.simulate(woman, getattr(bl, drug)(stop=f"{months} months"), years=4)
    for month in (12, 30, 40):
        value = run.at(f"{month} months", "P1NP")
        assert shown.at(1, "P1NP", month) == pytest.approx(value, rel=0.02)
    assert f"{drug.capitalize()} is given for {months} months and no longer" in shown.text
    assert "no longer" not in Seen("clinic", drug=drug, interval=3, doses=4).text


def test_a_control_that_does_nothing_is_idle():
    lab = bl.labs.clinic()
    for drug, names in {"denosumab": set(), "zoledronate": {"dose"},
                        "alendronate": {"dose", "missed"}, "romosozumab": {"dose", "missed"},
                        "teriparatide, then denosumab": set()}.items():  # fmt: skip
        assert lab.set(drug=drug).idle == names, drug
        for name in names:
            lab.reset()
            before = lab.set(drug=drug).run
            assert lab.set(**{name: {"dose": 5, "missed": 2}[name]}).run == before, drug


def test_a_dose_after_the_plan_cannot_be_missed():
    told = Seen("clinic", doses=2, missed=5).text
    assert "Dose 5 cannot be missed, because the plan ends before it" in told
    last = Seen("clinic", doses=5, missed=5)
    assert "cannot be missed" not in last.text
    assert "missed=(5,)" in last.lab.code, "the last one can be"
    assert "missed" not in Seen("clinic", doses=4, missed=5).lab.code
    assert "missed=(1,)" in Seen("clinic", missed=1).lab.code


def test_zoledronate_more_than_once_a_year_is_told_to_be_no_plan_in_use():
    usual = "zoledronate 5 mg is given once a year (an interval of 12 months)"
    assert usual in Seen("clinic", drug="zoledronate", interval=11).text
    assert usual not in Seen("clinic", drug="zoledronate", interval=12, doses=4).text
    assert usual not in Seen("clinic", drug="denosumab").text


def test_a_long_plan_makes_the_run_as_long(woman):
    shown = Seen("clinic", interval=12, doses=8)
    run = bl.simulate(woman, bl.denosumab("60 mg", every="12 months", doses=8), years=8)
    assert shown.end(0, "CTX")[0] == pytest.approx(96)
    assert shown.picture.line_panels[0].axes.get_xlim() == (0, 96)
    assert shown.at(2, "BMD hip", 90) == pytest.approx(run.at("90 months", "BMD hip"), rel=1e-3)
    assert shown.move(interval=6).end(0, "CTX")[0] == pytest.approx(48)
    after = shown.move(drug="teriparatide, then denosumab", interval=6, doses=8)
    assert after.end(0, "CTX")[0] == pytest.approx(72), "two years and four"


def test_low_ctx_for_four_years_with_few_milligrams():
    lab = bl.labs.clinic()
    assert reached(lab, "720 mg", {"dose": 80}, {"dose": 90})
    assert not reached(lab, "720 mg", {"dose": 150}), "1,200 mg"
    assert not reached(lab, "720 mg", {"dose": 90, "interval": 5}), "40 months"


def test_what_is_gained_can_be_kept():
    lab = bl.labs.clinic()
    plan = {"interval": 12, "doses": 2}
    assert reached(lab, "two years", plan, {"drug": "zoledronate"})
    assert not reached(lab, "two years", {"drug": "zoledronate"}), "four years of it"
    assert not reached(lab, "two years", {"drug": "romosozumab", "doses": 2})


def test_the_longest_time_between_doses():
    lab = bl.labs.clinic()
    assert reached(lab, "longest time", {"interval": 9}, {"interval": 7}, {"interval": 8})
    assert not reached(lab, "longest time", {"interval": 8, "dose": 210})


def test_nothing_tells_the_rebound_before_the_guess():
    lab = bl.labs.clinic()
    lab.predict_again()
    assert lab.blank
    lab.png()
    assert "rebounds" not in lab.alt
    said = lab.guess("it passes its start, and comes back later")
    assert "and that is what the run shows" in said
    assert lab.run["CTX"][lab.run.time > 24 * MONTH].max() > 140


def test_what_follows_romosozumab_is_told_as_not_fitted():
    assert "was not fitted to any trial" in Seen("clinic", drug="romosozumab", doses=2).text


def test_a_click_draws_the_band_of_this_setting_and_says_it(woman):
    shown = Seen("clinic", doses=2)
    shades = shown.picture.shades
    assert not any(shade.area.get_paths() for shade in shades.values())
    state = shown.lab.state
    assert shown.lab.touch("sure") == ""
    assert shown.lab.state.asked == state.asked + 1, "so that the card paints"
    assert shown.lab.state.moves == state.moves, "to ask is no move"
    shown.lab.png()
    bands = bl.prediction_bands(woman, bl.denosumab("60 mg", every="6 months", doses=2), years=4)
    low, _, high = bands.at("20 months", "CTX")
    (path,) = shades["CTX"].area.get_paths()
    x, y = path.vertices[:-1].T
    half = len(x) // 2
    assert np.interp(20, x[:half], y[:half]) == pytest.approx(low, rel=0.01)
    assert np.interp(20, x[half:][::-1], y[half:][::-1]) == pytest.approx(high, rel=0.01)
    assert bands.summary() in shown.lab.text
    shown.move(doses=3)
    assert not any(shade.area.get_paths() for shade in shades.values())
    assert "models that fit" not in shown.text
    assert shown.move(doses=2).picture.shades["CTX"].area.get_paths(), "it is kept"
