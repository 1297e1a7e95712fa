"""The mystery patient keeps her secrets, charges for tests and scores predictions."""

from types import SimpleNamespace

import numpy as np
import pytest

import bonelab as bl
from bonelab.parameters import load
from bonelab.simulation import Run
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


# ---- the menu on a chart whose numbers can be worked by hand -------------------------------------

MONTH = 30.4375
COSTS = {
    "CTX": 5, "P1NP": 5, "BMD": 10, "bone biopsy": 30, "denosumab level": 25,
    "denosumab challenge": 35, "teriparatide challenge": 35, "reverse agonist challenge": 45,
}  # fmt: skip


def chart():
    """Ten years: today is the end of the second; then everything falls by a tenth a month."""
    time = np.array([0.0, 730.5, 730.5 + 10 * MONTH, 3652.5])
    falls = [200.0, 200.0, 0.0, 0.0]
    series = {
        "CTX": falls,
        "P1NP": falls,
        "serum drug": falls,
        "BMD spine": falls,
        "BMD hip": falls,
    }
    series |= {
        "resorption": [1.5] * 4,
        "formation": [0.5] * 4,
        "RANKL": [0.3] * 4,
        "OPG": [0.1] * 4,
    }
    series |= {"bone volume hip": [0.8] * 4, "bone volume spine": [0.7] * 4}
    floors = SimpleNamespace(CTX_floor=0.2, P1NP_floor=0.4)
    return Run("tissue", time, "day", series, {}, parameters=floors)


def test_what_each_test_costs_and_reads():
    """CTX 100 (0.2 + 0.8 x 1.5) = 140, P1NP 100 (0.4 + 0.6 x 0.5) = 70; after 1, 3 and 4 months
    90, 70 and 60 % of today are left."""
    assert {name: test.cost for name, test in TESTS.items()} == COSTS
    marker, scan = load("cohort").marker_error, load("cohort").BMD_error
    healthy = "% of a healthy woman of 40"
    read = {name: test.read(chart()) for name, test in TESTS.items()}
    assert read["CTX"] == {"now": (pytest.approx(140), healthy, marker)}
    assert read["P1NP"] == {"now": (pytest.approx(70), healthy, marker)}
    assert read["BMD"] == {
        "hip": (pytest.approx(80), healthy, scan), "spine": (pytest.approx(70), healthy, scan),
    }  # fmt: skip
    assert read["bone biopsy"] == {
        "RANKL": (0.3, "nM in bone", 0.1),
        "OPG": (0.1, "nM in bone", 0.1),
    }
    assert read["denosumab level"] == {
        "antibody after 1 month": (pytest.approx(180), "ng/ml", 0.1),
        "antibody after 3 months": (pytest.approx(140), "ng/ml", 0.1),
    }
    assert read["denosumab challenge"] == {
        "CTX after 1 month": (pytest.approx(90), "% of today", marker),
        "CTX after 3 months": (pytest.approx(70), "% of today", marker),
        "CTX after 4 months": (pytest.approx(60), "% of today", marker),
    }
    assert list(read["teriparatide challenge"]) == ["P1NP after 1 month", "P1NP after 3 months"]
    assert list(read["reverse agonist challenge"]) == ["P1NP after 1 month", "P1NP after 2 months"]


def test_what_is_given_for_a_test_or_a_case_begins_today():
    words = {name: test.treatment().label for name, test in TESTS.items() if test.treatment}
    assert words == {
        "denosumab level": "one dose of denosumab 60 mg from year 2",
        "denosumab challenge": "one dose of denosumab 60 mg from year 2",
        "teriparatide challenge": "teriparatide from year 2 until month 30",
        "reverse agonist challenge": "one dose of 3-armed antibody 60 mg from year 2",
    }
    words = {name: case.treatment().label for name, case in CASES.items() if case.treatment}
    four = "4 doses of denosumab 60 mg every 6 months from year 2"
    assert words == {
        "denosumab 60 mg, CTX at 6 months": "one dose of denosumab 60 mg from year 2",
        "denosumab 60 mg, BMD spine at 24 months": four,
        "denosumab stopped, highest CTX": four,
        "reverse agonist 60 mg, P1NP at 6 months": "one dose of 3-armed antibody 60 mg from year 2",
    }


def test_what_each_case_asks():
    """Forty per cent are left after six months, nothing after 24 and 60; CTX is highest at its end
    where it rises again: 300 on the last day, of 200 today."""
    asked = {name: (c.tolerance, c.years, c.unit) for name, c in CASES.items()}
    assert asked == {
        "denosumab 60 mg, CTX at 6 months": (12, 1, "% of today"),
        "denosumab 60 mg, BMD spine at 24 months": (1.5, 2, "% of today"),
        "denosumab stopped, highest CTX": (25, 4, "% of today"),
        "no treatment, BMD hip at 60 months": (1.5, 5, "% of today"),
        "reverse agonist 60 mg, P1NP at 6 months": (12, 1, "% of today"),
    }
    seen = [case.read(chart()) for case in CASES.values()]
    assert seen == pytest.approx([40, 0, 0, 0, 40], abs=1e-9)
    rises = Run("tissue", [0, 730.5, 730.5 + 23 * MONTH, 730.5 + 25 * MONTH, 2200], "day",
                {"CTX": [200, 200, 900, 300, 250]}, {})  # fmt: skip
    assert CASES["denosumab stopped, highest CTX"].read(rises) == pytest.approx(150)


def test_what_may_be_special_about_her():
    assert CHANGES == {
        "nothing but what differs between all women": {},
        "her bone makes less OPG": {"OPG": (0.35, 0.65)},
        "her bone makes more RANKL": {"RANKL": (1.4, 2.2)},
        "T cells in her marrow add RANKL": {"extra_RANKL": (0.08, 0.25)},
        "she clears antibodies fast": {"antibody_clearance": (0.16, 0.24)},
        "her osteoclast precursors renew slowly": {"precursor_rate": (0.0004, 0.0007)},
    }
    usual = load("drugs").antibody_clearance, load("tissue").precursor_rate
    assert usual[0] < 0.16, "faster than usual"
    assert usual[1] > 0.0007, "more slowly than usual"


def test_her_age_is_that_of_today():
    """Drawn around 66 two years ago, so 68 today: the mean of forty lies within three errors."""
    ages = [bl.mystery_patient(seed).age for seed in range(40)]
    assert np.mean(ages) == pytest.approx(68, abs=3 * load("cohort").age / np.sqrt(40))
    assert np.mean([bl.mystery_patient(seed).menopause for seed in range(40)]) == pytest.approx(
        50, abs=3 * load("cohort").menopause / np.sqrt(40)
    )


def test_the_sentences_of_a_chart_and_a_score():
    patient = bl.mystery_patient(seed=7)
    patient.order("CTX")
    age, menopause = f"{patient.age:g}", f"{patient.menopause:g}"
    assert patient.summary() == (
        f"A woman of {age}, menopause at {menopause}; 1 result so far, 95 of 100 points left."
    )
    score = Score("CTX at 6 months", 50.0, 62.0, 8.0, "% of today")
    assert score.summary() == (
        "CTX at 6 months: predicted 50 % of today, happened 62, tolerance 8: score 50%."
    )


def test_the_menu_in_words():
    patient = bl.mystery_patient(seed=7)
    assert patient.tests["tells"].to_dict() == {
        "CTX": "resorption now",
        "P1NP": "formation now",
        "BMD": "bone at hip and spine now",
        "bone biopsy": "RANKL and OPG in bone now",
        "denosumab level": "antibody in serum after one dose of 60 mg",
        "denosumab challenge": "CTX after one dose of 60 mg",
        "teriparatide challenge": "P1NP on daily teriparatide",
        "reverse agonist challenge": "P1NP after a trimerised antibody",
    }
    assert patient.cases["question"].to_dict() == {
        "denosumab 60 mg, CTX at 6 months": "CTX six months after one dose of denosumab 60 mg",
        "denosumab 60 mg, BMD spine at 24 months":
            "spine BMD after two years of denosumab 60 mg every six months",
        "denosumab stopped, highest CTX":
            "the highest CTX in the two years after four doses of denosumab",
        "no treatment, BMD hip at 60 months": "hip BMD after five years without treatment",
        "reverse agonist 60 mg, P1NP at 6 months":
            "P1NP six months after one dose of a trimerised antibody",
    }  # fmt: skip


def test_a_score_falls_from_one_tolerance_to_two():
    def points(predicted):
        return Score("CTX at 6 months", predicted, 60.0, 10.0, "% of today").points

    assert [points(60 + miss) for miss in (0, 10, -10, 15, 20, -30)] == [1, 1, 1, 0.5, 0, 0]
    assert repr(Score("CTX", 1.0, 2.0, 1.0, "%")).startswith("<Score: CTX: predicted 1 %, ")


def test_a_second_prediction_of_the_same_case_is_refused_and_of_another_is_not(patient):
    one, other = list(CASES)[:2]
    first = patient.predict(one, 50)
    with pytest.raises(bl.BonelabError, match=f"You have predicted '{one}' already; each case"):
        patient.predict(one, 50)
    second = patient.predict(other, 100)
    assert patient.score == pytest.approx((first.points + second.points) / 2)
    with pytest.raises(bl.BonelabError, match="cannot order 'CTX' now: a prediction has been sc"):
        patient.order("CTX")


def test_a_patient_is_drawn_from_a_menu_of_hidden_changes():
    told = [bl.mystery_patient(seed) for seed in range(12)]
    for patient in told:
        patient.predict("no treatment, BMD hip at 60 months", 95)
    words = [patient.reveal() for patient in told]
    assert all(word.startswith("Special about her: ") for word in words)
    named = {next(name for name in CHANGES if name in word) for word in words}
    assert len(named) > 2
    shares = [float(word.split("reverse_share ")[1].split(")")[0]) for word in words]
    assert all(0.1 <= share <= 0.9 for share in shares)
    assert bl.mystery_patient().left == 100
