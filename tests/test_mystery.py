"""The mystery patient keeps her secrets, charges for tests and scores predictions."""

import numpy as np
import pytest

import bonelab as bl
from bonelab.simulation.mystery import Score
from bonelab.simulation.mystery_menu import CASES, CHANGES, TESTS


@pytest.fixture
def patient():
    return bl.mystery_patient(seed=7)


def test_the_same_seed_is_the_same_patient(patient):
    twin, other = bl.mystery_patient(seed=7), bl.mystery_patient(seed=8)
    assert (patient.age, patient.menopause) == (twin.age, twin.menopause)
    assert patient.order("CTX") == twin.order("CTX")
    assert patient.order("CTX") != other.order("CTX")


def test_nothing_hidden_shows(patient):
    from bonelab.parameters import load

    hidden = {"subject", "tissue", "condition", "changes", "special"}
    names = set(dir(patient))
    assert not hidden & names
    assert not hasattr(patient, "__dict__")
    words = " ".join([repr(patient), patient.summary(), str(patient.tests), str(patient.cases)])
    assert not [secret for secret in CHANGES if secret in words]
    public = [getattr(patient, name) for name in names if not name.startswith("_")]
    assert not [value for value in public if isinstance(value, type(load("tissue")))]
    with pytest.raises(AttributeError):
        patient.budget = 1000


def test_every_test_on_the_menu_works_and_costs_what_it_says():
    for name, row in bl.mystery_patient(1).tests.iterrows():
        patient = bl.mystery_patient(1)
        found = patient.order(name)
        assert patient.left == patient.budget - row["cost"]
        assert len(patient.results) == len(found)
        assert all(np.isfinite(value) and value >= 0 for value in found.values())


def test_the_budget_is_kept(patient):
    patient.order("reverse agonist challenge")
    patient.order("denosumab challenge")
    left = patient.left
    with pytest.raises(bl.BonelabError, match="costs 25 points and you have 20 left"):
        patient.order("denosumab level")
    assert patient.left == left
    assert not patient.results["test"].eq("denosumab level").any()


def test_measuring_twice_costs_twice_and_differs(patient):
    first, second = patient.order("P1NP"), patient.order("P1NP")
    assert first != second
    assert first["now"] == pytest.approx(second["now"], rel=1.0)
    assert patient.left == 90


def test_what_a_test_shows_does_not_depend_on_other_tests(patient):
    alone = patient.order("bone biopsy")
    later = bl.mystery_patient(seed=7)
    later.order("CTX")
    assert later.order("bone biopsy") == alone


@pytest.mark.parametrize("case", CASES)
def test_a_prediction_is_scored_against_a_run(case):
    truth = bl.mystery_patient(5).predict(case, 100).truth
    assert bl.mystery_patient(5).predict(case, truth).points == 1
    tolerance = CASES[case].tolerance
    assert bl.mystery_patient(5).predict(case, truth + 1.5 * tolerance).points == pytest.approx(0.5)
    assert bl.mystery_patient(5).predict(case, truth + 3 * tolerance).points == 0


def test_a_prediction_closes_the_chart(patient):
    with pytest.raises(bl.BonelabError, match="Make a prediction first; then"):
        patient.reveal()
    score = patient.predict("no treatment, BMD hip at 60 months", 95)
    assert isinstance(score, Score)
    assert patient.score == score.points
    assert "predicted 95" in score.summary()
    with pytest.raises(bl.BonelabError, match="closes the chart"):
        patient.order("CTX")
    with pytest.raises(bl.BonelabError, match="already; each case counts once"):
        patient.predict("no treatment, BMD hip at 60 months", 96)
    assert "Special about her" in patient.reveal()


def test_tests_tell_patients_apart():
    """What the challenge shows goes with what happens: the exercise can be solved."""
    seen, happened = [], []
    for seed in range(12):
        patient = bl.mystery_patient(seed)
        seen.append(patient.order("denosumab challenge")["CTX after 4 months"])
        happened.append(patient.predict("denosumab 60 mg, CTX at 6 months", 50).truth)
    assert np.corrcoef(np.argsort(np.argsort(seen)), np.argsort(np.argsort(happened)))[0, 1] > 0.5


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: bl.mystery_patient("x"), "seed = 'x'"),
        (lambda: bl.mystery_patient(1, budget=-5), "budget"),
        (lambda: bl.mystery_patient(1).order("MRI"), "MRI"),
        (lambda: bl.mystery_patient(1).predict("tomorrow", 5), "tomorrow"),
        (lambda: bl.mystery_patient(1).predict("no treatment, BMD hip at 60 months", "x"), "value"),
    ],
)
def test_what_makes_no_sense_is_refused(call, words):
    with pytest.raises(bl.BonelabError, match=words):
        call()


def test_the_menu_fits_the_budget():
    assert min(test.cost for test in TESTS.values()) < 10
    assert sum(test.cost for test in TESTS.values()) > 100
