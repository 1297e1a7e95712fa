"""The solver delivers what it promises: tolerance, convergence, rest, conservation."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import bonelab as bl
from bonelab.biology import remodelling
from bonelab.biology.balance import crowding, grip
from bonelab.biology.changes import known_names
from bonelab.biology.pharmacokinetics import clearance_for_half_life
from bonelab.parameters import load
from bonelab.simulation import SolverError, solve
from bonelab.simulation.drug_supply import equations_with
from bonelab.simulation.tissue import _solved, start_state

WANTED, MEASURED_WANTED = 1.2e-3, 6e-4  # of a series' range; a pixel of a plot is 3e-3
MEASURED = {"CTX", "P1NP", "BSAP", "BMD hip", "BMD spine", "serum drug"}
CASES = {
    "four doses": (bl.woman(65), bl.denosumab(doses=4), 4),
    "a missed dose": (bl.woman(72), bl.denosumab(doses=4, missed=(3,)), 3),
    "reverse agonist": (bl.woman(65), bl.reverse_agonist(doses=2), 2),
    "OPG-Fc": (bl.woman(60), bl.opg_fc("3 mg/kg"), 0.25),
    "teriparatide, then denosumab": (
        bl.woman(65),
        [bl.teriparatide(stop="12 months"), bl.denosumab(doses=2, start="12 months")],
        2.5,
    ),
    "zoledronate": (bl.woman(65), bl.zoledronate(doses=2), 3),
    "menopause": (bl.woman(47), [], 8),
    "metastasis": (bl.woman(55).with_disease("bone metastasis"), [], 2),
    "mouse without OPG": (bl.mouse("OPG-/-"), [], 0.5),
}


def distance(run, reference, names=None):
    """Largest difference of any series, relative to its range.

    Where it hardly moves, relative to a fiftieth of its size; a trace of cells is no cells.
    """
    worst = {}
    for name in reference.names if names is None else names:
        values = reference[name]
        least = 0.05 if name == "osteomorphs" else 1e-9
        span = max(np.ptp(values), 0.02 * np.max(np.abs(values)), least)
        worst[name] = np.max(np.abs(run[name] - values)) / span
    return max(worst.values())


@pytest.mark.parametrize("case", CASES)
def test_default_tolerance_delivers_what_it_promises(case):
    subject, treatments, years = CASES[case]
    reference = bl.simulate(subject, treatments, years=years, rtol=1e-10)
    run = bl.simulate(subject, treatments, years=years)
    assert distance(run, reference) < WANTED
    assert distance(run, reference, MEASURED & set(run.names)) < MEASURED_WANTED


def _random_settings(number):
    """Women, drugs and doses as sliders give them; the same at every run of the test."""
    rng = np.random.default_rng(2)
    for _ in range(number):
        doses, months = int(rng.integers(1, 9)), int(rng.integers(3, 10))
        mg, arms = float(rng.uniform(5, 200)), int(rng.integers(3, 7))
        fewer = min(doses, 1 + 24 // months)  # a course of such an antibody ends after two years
        plans = [
            bl.denosumab(mg, every=f"{months} months", doses=doses),
            bl.reverse_agonist(mg, every=f"{months} months", doses=fewer, valence=arms),
            bl.opg_fc(f"{mg / 60} mg/kg", every="6 weeks", doses=doses),
            [bl.teriparatide(stop="12 months"), bl.denosumab(doses=2, start="12 months")],
            bl.romosozumab(stop=f"{months} months"),
            bl.zoledronate(doses=2),
        ]
        plan = plans[rng.choice(len(plans), p=(0.4, 0.2, 0.1, 0.1, 0.1, 0.1))]
        yield bl.woman(float(rng.uniform(45, 85))), plan, int(rng.integers(2, 7))


@pytest.mark.parametrize("setting", list(_random_settings(30)))
def test_a_run_is_within_a_pixel_of_the_exact_one_wherever_the_sliders_stand(setting):
    subject, treatments, years = setting
    reference = bl.simulate(subject, treatments, years=years, rtol=1e-8)
    assert distance(bl.simulate(subject, treatments, years=years), reference) < 1 / 300


@pytest.mark.parametrize("rtol", [1e-5, 3e-5, 1e-4, 3e-4])
def test_no_step_passes_the_day_on_which_the_antibody_is_used_up(rtol):
    """Bone is quiet for months before it; a solver that trusts a noisy slope steps over it."""
    plan = bl.denosumab(30, every="3 months", doses=7)
    reference = bl.simulate(bl.woman(70), plan, years=2, rtol=1e-9)
    run = bl.simulate(bl.woman(70), plan, years=2, rtol=rtol)
    assert distance(run, reference) < max(100 * rtol, 2e-3)


def test_the_error_falls_with_the_tolerance():
    subject, treatments, years = CASES["a missed dose"]
    reference = bl.simulate(subject, treatments, years=years, rtol=1e-11)
    errors = [
        distance(bl.simulate(subject, treatments, years=years, rtol=rtol), reference)
        for rtol in (1e-4, 1e-6, 1e-8)
    ]
    assert errors[0] > 5 * errors[1] > 25 * errors[2]
    assert errors[2] < 1e-5


def test_a_healthy_woman_stays_as_she_is_for_twenty_years():
    run = bl.simulate(bl.woman(20), years=20)
    for name in run.names:
        assert np.ptp(run[name]) < 1e-6 * max(1.0, np.max(np.abs(run[name]))), name


def test_rest_is_exact_by_construction():
    tissue = bl.woman(25).tissue
    rates = remodelling.rhs(0.0, remodelling.healthy_start(tissue), tissue)
    assert np.max(np.abs(rates)) < 1e-13


def test_doses_take_effect_on_their_day_and_not_before():
    run = bl.simulate(bl.woman(65), bl.denosumab(doses=1, start="1 year"), years=2)
    before, after = run.time <= 365.25, (run.time > 365.25) & (run.time < 500)
    assert np.all(run["serum drug"][before] == 0)
    assert np.all(run["serum drug"][after] > 0)


def test_many_pieces_agree_with_one():
    whole = bl.simulate(bl.woman(65), years=4, rtol=1e-10)
    pieces = bl.simulate(bl.woman(65), bl.denosumab("0 mg", doses=8), years=4, rtol=1e-10)
    assert whole.final["BMD spine"] == pytest.approx(pieces.final["BMD spine"], rel=1e-8)
    assert whole.final["CTX"] == pytest.approx(pieces.final["CTX"], rel=1e-7)


@pytest.mark.parametrize("mg", [6, 60, 210])
def test_antibody_is_conserved_without_its_target(mg):
    """With no target every microgram that is absorbed leaves by linear clearance."""
    woman = bl.woman(65).with_(target_start=10, antibody_clearance=0.005)
    run = bl.simulate(woman, bl.denosumab(mg), days=60, rtol=1e-9, points=2001)
    d = woman.tissue.drugs
    given_ug = d.antibody_bioavailability * mg * 1000
    cleared = d.antibody_clearance * np.trapezoid(run["serum drug"], run.time)
    assert cleared < given_ug
    assert run["serum drug"].max() * d.antibody_volume < given_ug


def test_rankl_is_conserved_in_bone_under_treatment():
    """Free, on RANK, OPG, vesicles and drug: what a run tells adds up at every time."""
    run = bl.simulate(bl.woman(65), bl.denosumab(doses=2), years=1)
    b, p = load("binding"), load("tissue")
    free = run["occupancy"] / (1.0 - run["occupancy"]) * b.Kd_RANK
    crowd = crowding(1.0, b.RANKL_tissue, b)
    each, _, _ = grip(free, b.valence_vesicle, b.Kd_RANK_head, crowd, np)
    total = free + b.RANK_tissue * run["precursors"] * run["occupancy"]
    total = total + p.vesicles * run["osteoclasts"] * each
    total = total + (run["RANKL on OPG"] + run["RANKL on drug"]) * run["RANKL"]
    assert np.allclose(total, run["RANKL"], rtol=1e-11)


def test_a_solver_that_cannot_finish_says_for_which_inputs():
    with pytest.raises(SolverError, match="the runaway between t = 0 and 10"):
        solve(lambda t, y: [y[0] * y[0]], [1.0], [0.0, 10.0], what="the runaway")


def _tissue_parameters():
    """Any parameter of the tissue's rooms, anywhere in its range."""
    records = [
        (name, load(room).record(record)) for name, (room, record) in known_names().items() if room
    ]
    return st.sampled_from(records).flatmap(
        lambda pair: st.tuples(st.just(pair[0]), st.floats(pair[1].low, pair[1].high))
    )


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(change=_tissue_parameters(), other=_tissue_parameters(), drug=st.booleans())
def test_no_parameter_breaks_the_tissue(change, other, drug):
    """Anywhere in the ranges: nothing fails, nothing is negative, nothing is not a number."""
    changes = dict([change, other])
    person = bl.woman(60).with_(**changes)
    if changes.get("RANKL_tissue", 1.0) < 1e-6:  # nothing to be relative to: refused in words
        with pytest.raises(bl.BonelabError, match="healthy bone needs some"):
            bl.simulate(person, years=1)
        return
    run = bl.simulate(person, bl.denosumab(doses=2) if drug else [], years=1, points=51)
    for name in run.names:
        assert np.all(np.isfinite(run[name])), name
        assert np.all(run[name] >= -1e-9), name


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(
    RANKL=st.floats(0, 20), OPG=st.floats(0, 20), RANK=st.floats(0, 5),
    extra_RANKL=st.floats(0, 5), tail=st.floats(0, 1), RANK_gain=st.floats(0, 0.5),
)  # fmt: skip
def test_no_condition_breaks_the_tissue(**condition):
    run = bl.simulate(bl.woman(40).with_(**condition), years=1, points=51)
    for name in run.names:
        assert np.all(np.isfinite(run[name])), name
        assert np.all(run[name] >= -1e-9), name


def test_the_same_question_gets_the_same_run_and_another_one_its_own():
    def ask(*plans, years=1, **options):
        return bl.simulate(bl.woman(65), [bl.reverse_agonist(*plans)], years=years, **options)

    run = ask("30 mg")
    assert ask("30 mg").series["CTX"] is run["CTX"]
    assert ask("30 mg") == run
    with pytest.raises(ValueError, match="read-only"):
        run["CTX"][0] = 0.0
    for other in (ask("31 mg"), ask("30 mg", years=1.01), ask("30 mg", points=402)):
        assert other != run
        assert not np.array_equal(other["CTX"], run["CTX"])
    words = ask("30 mg", years="1 year")  # the same numbers, asked for in other words
    assert "1 year" in words.code
    assert words == run
    more = bl.simulate(bl.woman(65), [bl.reverse_agonist("30 mg", valence=4)], years=1)
    assert more.at("6 months", "CTX") != run.at("6 months", "CTX")


@pytest.mark.parametrize("case", CASES)
def test_a_run_that_is_solved_again_is_the_same(case):
    subject, plans, years = CASES[case]
    run = bl.simulate(subject, plans, years)
    _solved.cache_clear()
    again = bl.simulate(subject, plans, years)
    assert again is not run
    assert all(np.array_equal(again[name], run[name]) for name in run.names)


def test_the_start_state_is_computed_once():
    assert start_state(bl.woman(65)) is start_state(bl.woman(65))


@pytest.mark.parametrize("days", [3.0, 20.0, 37.0, 60.0])
def test_a_half_life_asked_for_is_the_half_life_one_gets(days):
    """The slower of the two decays of serum and slow tissue, from the matrix of their rates."""
    d = bl.parameters.load("drugs")
    leaving = clearance_for_half_life(days, d) / d.antibody_volume
    out, back = (d.antibody_exchange / v for v in (d.antibody_volume, d.antibody_slow_volume))
    rates = np.linalg.eigvals([[-leaving - out, back], [out, -back]])
    assert np.log(2) / -max(rates) == pytest.approx(days)


def test_the_drugs_of_the_equations_change_on_the_days_of_the_events():
    def piece(given, index, rtol):
        return given, index, rtol

    first, changes = equations_with("drugs", "tissue", "lesions", [30.0, 182.5], 1e-5, piece)
    assert first == ("tissue", ("drugs", 0, 1e-5), "lesions")
    assert [(change.time, change.args) for change in changes] == [
        (30.0, ("tissue", ("drugs", 1, 1e-5), "lesions")),
        (182.5, ("tissue", ("drugs", 2, 1e-5), "lesions")),
    ]
