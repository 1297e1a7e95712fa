"""A simulation of a subject: its length, its times, its events and the years before it."""

import pytest

import bonelab as bl
from bonelab.biology.dosing import Schedule
from bonelab.parameters import load
from bonelab.simulation import tissue

YEAR = 365.25


def test_a_run_lasts_four_years_where_nothing_is_said():
    assert tissue.length_in_days(None, None) == 4 * YEAR
    assert tissue.length_in_days(2.5, None) == 2.5 * YEAR
    assert tissue.length_in_days(None, 77.0) == 77
    with pytest.raises(bl.BonelabError, match=r"days = 77.*give years= or days=, not both"):
        tissue.length_in_days(1.0, 77.0)


def test_a_woman_of_65_is_simulated_where_nobody_is_named():
    run = bl.simulate(days=3, points=2)
    assert run.subject == "a woman of 65"
    assert (run.kind, run.time_unit, run.species, run.local) == ("tissue", "day", "human", False)
    assert run.facts["years"] == pytest.approx(3 / YEAR)
    assert run == bl.simulate(bl.woman(65), days=3, points=2)


def test_after_a_dose_times_are_dense():
    """A dose on day 40: the day itself and a quarter of a day to a month later."""
    plan = Schedule(doses=((40.0, 60.0),))
    times = tissue._times(100.0, 3, [plan], bl.woman(65))
    after = [0, 0.25, 0.5, 1, 2, 3, 5, 7, 10, 14, 21, 30]
    assert times.tolist() == sorted({0, 50, 100, *(40 + day for day in after)})
    taken = tissue._times(100.0, 2, [Schedule(windows=((90.0, 95.0, 1.0),))], bl.woman(65))
    switched = {90 + day for day in after if day <= 10} | {95 + day for day in after if day <= 5}
    assert set(taken) == {0, 100} | switched


def test_moments_are_doses_switches_and_the_kinks_of_age():
    """Menopause in three years is day 1095.75 of a run; bone ages from some years before it."""
    plan = Schedule(doses=((0.0, 1.0), (30.0, 1.0)), windows=((10.0, 20.0, 1.0),))
    assert tissue.moments(bl.woman(65), [plan], 100.0) == [10, 20, 30]
    assert tissue.moments(bl.woman(65), [plan], 30.0) == [10, 20]
    lead = load("tissue").ageing_before_menopause
    assert tissue.moments(bl.woman(47), [], 10 * YEAR) == pytest.approx([3 * YEAR])
    assert tissue.moments(bl.woman(39), [], 20 * YEAR) == pytest.approx(
        [(11 - lead) * YEAR, 11 * YEAR]
    )


def test_two_plans_of_one_drug_are_one_drug_with_both_schedules():
    plans = [bl.denosumab(doses=1), bl.denosumab(doses=1, start="1 year"), bl.zoledronate()]
    drugs, schedules = tissue.drugs_of(bl.woman(65), plans)
    assert len(drugs) == len(schedules) == 2
    assert [day for day, _ in schedules[0].doses] == [0, YEAR]


def test_a_woman_starts_where_her_years_have_brought_her():
    """Before bone ages she is healthy; then what the years take is there on day 0."""
    lead = load("tissue").ageing_before_menopause
    young = bl.simulate(bl.woman(50 - lead - 1), days=1, points=2)
    assert young["bone volume hip"][0] == pytest.approx(1, abs=1e-9)
    assert young["resorption"][0] == pytest.approx(1, abs=1e-9)
    older = [bl.simulate(bl.woman(age), days=1, points=2)["bone volume hip"][0] for age in (60, 70)]
    assert 1 > older[0] > older[1] > 0.5
    grown = bl.simulate(bl.woman(60), years=10)
    assert grown.final["bone volume hip"] == pytest.approx(older[1], rel=1e-3)


def test_ctx_is_relative_to_what_was_before_a_disease():
    """RANKL of a metastasis raises resorption at once: CTX starts above 100%, P1NP at 100%."""
    run = bl.simulate(bl.woman(65).with_disease("bone metastasis"), days=30)
    assert run["P1NP"][0] == pytest.approx(100)
    assert run["CTX"][0] > 100
    assert bl.simulate(bl.woman(65), days=30)["CTX"][0] == pytest.approx(100)


def test_small_states_are_held_more_strictly():
    names = tissue.STATES
    sizes = tissue.tolerances((), 1e-5)
    assert sizes[names.index("pre-osteoblasts")] == pytest.approx(2.5e-5)
    assert sizes[names.index("osteoclasts")] == pytest.approx(5e-5)
    lesions = bl.woman(65).with_disease("bone metastasis").lesions
    assert len(tissue.tolerances(lesions, 1e-5)) == len(sizes) + 1


def test_a_run_that_cannot_be_solved_is_named(monkeypatch):
    def solve(*args, what, **options):
        raise RuntimeError(what)

    monkeypatch.setattr(tissue, "solve", solve)
    tissue._solved.cache_clear()
    tissue._history.cache_clear()
    with pytest.raises(RuntimeError, match=r"^a woman of 34$"):
        bl.simulate(bl.woman(34), days=11)
    with pytest.raises(RuntimeError, match=r"^a woman of 34 on one dose of denosumab 60 mg$"):
        bl.simulate(bl.woman(34), bl.denosumab(), days=11)
    with pytest.raises(RuntimeError, match=r"^the 21 years before the run$"):
        bl.simulate(bl.woman(61, menopause=50), days=11)
