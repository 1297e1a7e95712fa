"""What is usual at a patient's age, and by how much a suspect misses what was found."""

import numpy as np
import pytest

import bonelab as bl
from bonelab.simulation import mystery_reference as ref
from bonelab.simulation.mystery_menu import CHANGES


def test_the_reference_holds_nine_of_ten_virtual_women():
    usual = ref.reference(71)
    women = bl.cohort(n=500, seed=2018, age=71, spread=bl.parameters.load("cohort", age=0))
    RANKL = women.simulate(years=0.1, keep=("RANKL", "OPG")).at(0, "RANKL")
    level = usual["bone biopsy", "RANKL"]
    assert level.low < level.middle < level.high
    assert level.mean == pytest.approx(RANKL.mean(), rel=0.02)
    assert pytest.approx(np.hypot(RANKL.std(), 0.1 * RANKL.mean()), rel=0.1) == level.SD
    assert usual["BMD", "hip"].high < 100, "less bone than at 40"
    assert usual["CTX", "now"].low > 100, "and more resorption"
    assert level.place(level.middle) == 0
    assert level.place(level.high) == pytest.approx(1.65, abs=0.4)


def test_a_misfit_is_in_standard_deviations():
    usual = ref.reference(71)
    key = ("bone biopsy", "OPG")
    value = usual[key].middle
    results = [(*key, value * np.exp(2 * usual[key].spread), "nM", "±10%")]
    assert ref.misfit(results, {key: (value, 0.1)}, usual) == pytest.approx(2)
    assert ref.misfit([], {}, usual) == 0
    bone = [("BMD", "hip", 60.0, "%", "")]
    assert ref.misfit(bone, {("BMD", "hip"): (80.0, 0.01)}, usual) == 0, "her past is no clue"


def test_a_suspect_is_a_typical_woman_with_one_change_of_some_strength():
    assert ref.suspect_changes("her bone makes less OPG", 0) == {"OPG": 0.35}
    assert ref.suspect_changes("her bone makes less OPG", 1) == pytest.approx({"OPG": 0.65})
    assert ref.suspect_changes(next(iter(CHANGES)), 0.5) == {}
    run = ref.suspect_run(70, 50, "she clears antibodies fast", 0.5)
    her = bl.woman(68, menopause=50).with_(antibody_clearance=0.2)
    own = bl.simulate(her, bl.denosumab("60 mg", start=730.5), days=974, points=801)
    assert run.time[-1] == pytest.approx(730.5 + 8 * 30.4375), "eight months after the dose"
    found = ref.expected(run)["denosumab level", "antibody after 1 month"][0]
    assert found == pytest.approx(own.at(730.5 + 30.4375, "serum drug"), rel=1e-2)
    later = 100 * own.at(730.5 + 6 * 30.4375, "CTX") / own.at(730.5, "CTX")
    assert ref.six_months(run) == pytest.approx(later, rel=1e-2)


def test_suspects_are_alike_where_no_test_parts_them():
    def of(suspect, strength=0.5):
        return ref.expected(ref.suspect_run(70, 50, suspect, strength))

    nothing = of(next(iter(CHANGES)))
    assert ref.alike(nothing, of("her osteoclast precursors renew slowly"))
    assert not ref.alike(nothing, of("she clears antibodies fast"))


def test_what_tests_would_find_in_women_of_her_age():
    """Each from its own series and day: CTX of a challenge in percent of the start, and so on."""
    women = bl.cohort(n=500, seed=2018, age=71, spread=bl.parameters.load("cohort", age=0))
    run = women.simulate(bl.denosumab("60 mg"), years=0.42, keep=ref._KEPT)
    month = 30.4375
    middle = {
        ("denosumab challenge", "CTX after 3 months"): run.at(3 * month, "CTX"),
        ("denosumab level", "antibody after 1 month"): run.at(month, "serum drug"),
        ("BMD", "hip"): 100 * run.at(0, "bone volume hip"),
    }
    usual = ref.reference(71)
    for key, values in middle.items():
        assert usual[key].middle == pytest.approx(np.median(values), rel=0.05), key
        assert usual[key].mean == pytest.approx(values.mean(), rel=0.05), key
    floor = bl.parameters.load("tissue").CTX_floor
    now = 100 * (floor + (1 - floor) * run.at(0, "resorption"))
    assert usual["CTX", "now"].middle == pytest.approx(np.median(now), rel=0.05)


def test_nine_tenths_of_a_normal_distribution():
    """From 5 to 95 % are 2 x 1.6449 standard deviations."""
    spread = 0.2
    usual = ref.Usual(np.exp(-1.64485 * spread), 1.0, np.exp(1.64485 * spread), 1.0, 0.0)
    assert usual.spread == pytest.approx(spread, rel=1e-4)
    assert usual.place(np.exp(2 * spread)) == pytest.approx(2, rel=1e-4)


def test_a_suspects_course_is_read_every_29_hours_for_two_years_and_eight_months():
    run = ref.suspect_run(70, 50, next(iter(CHANGES)), 0.5)
    assert run.time[-1] == pytest.approx(2 * 365.25 + 8 * 30.4375)
    apart = np.diff(run.time[run.time < 700])  # more moments follow the dose
    assert 24 * apart == pytest.approx(29.2, abs=0.05)
