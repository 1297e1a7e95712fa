"""The mystery patient: tests stay paid, ranges are those of her age, a suspect lies beside her."""

import numpy as np
import pytest
from seen import Seen, reached

import bonelab as bl
from bonelab.simulation import mystery_reference as ref
from bonelab.simulation.mystery_menu import CHANGES

MORE = "more RANKL"


@pytest.fixture(scope="module")
def shown():
    return Seen("mystery_patient", biopsy=True, suspect=MORE, strength=0.5)


def test_the_budget_falls_by_what_the_tests_cost(shown):
    patient = bl.mystery_patient(12)
    for test in ("CTX", "P1NP", "BMD", "bone biopsy"):
        patient.order(test)
    assert shown.lab.run["results"] == [
        tuple(row) for row in patient.results.itertuples(index=False)
    ]
    assert f"{patient.left} of 100 points are left" in shown.text
    assert f"{patient.left} points left" in shown.lab.alt


def test_each_switch_orders_its_own_test():
    tests = {"biopsy": 30, "challenge": 35, "level": 25}
    for switch, cost in tests.items():
        assert Seen("mystery_patient", **{switch: True}).lab.run["left"] == 80 - cost


def test_what_is_paid_stays_paid():
    lab = bl.labs.mystery_patient()
    lab.skip().reset()
    lab.move("biopsy", True)
    lab.move("biopsy", False)
    assert lab.values["biopsy"] is True
    assert "biopsy" in lab.idle
    lab.move("suspect", MORE)
    lab.start_again()
    assert lab.values == lab.defaults | {"biopsy": True}
    assert bl.labs.mystery_patient().values["biopsy"] is True, "also on another evening"
    lab.reset()


def test_a_test_that_costs_more_than_is_left_cannot_be_ordered():
    lab = bl.labs.mystery_patient()
    lab.set(biopsy=True, level=True)
    assert lab.run["left"] == 25
    assert {"biopsy", "level", "challenge"} <= lab.idle, "the third costs 35"
    lab.reset()
    lab.set(biopsy=True)
    assert not {"challenge", "level"} & lab.idle, "50 points are enough for either"
    assert lab.card.inputs["challenge"][0].disabled is False
    lab.move("challenge", True)
    assert lab.card.inputs["level"][0].disabled is True, "15 points are left, and it costs 25"
    lab.start_again()
    assert "15 of 100 points are left" in lab.text
    lab.reset()


def test_the_marks_lie_where_her_values_are_among_women_of_her_age(shown):
    usual = ref.reference(71)
    x, y = shown.picture.marks.get_data()
    found = {(t, w): v for t, w, v, *_ in shown.lab.run["results"]}
    rows = [list(shown.picture.axes.get_yticklabels())[int(row)].get_text() for row in y]
    assert rows[:2] == ["CTX", "P1NP"]
    assert rows[-2:] == ["RANKL", "OPG"]
    for place, key in zip(x, found, strict=True):
        assert place == pytest.approx(np.clip(usual[key].place(found[key]), -6, 6))


def test_the_dashed_curve_is_the_suspect_and_the_sentence_says_its_misfit(shown):
    patient = bl.mystery_patient(12)
    woman = bl.woman(patient.age - 2, menopause=patient.menopause)
    low, high = CHANGES["her bone makes more RANKL"]["RANKL"]
    run = bl.simulate(woman.with_(RANKL=(low + high) / 2), bl.denosumab("60 mg", start=730.5),
                      days=974, points=801)  # fmt: skip
    usual = ref.reference(71)
    x, _ = shown.picture.curve.get_data()
    RANKL = usual["bone biopsy", "RANKL"].place(run.at(730.5, "RANKL"))
    assert x[4] == pytest.approx(min(RANKL, 6), abs=0.05)
    assert shown.picture.curve.get_linestyle() != "-"
    assert shown.says(shown.lab.seen.misfit, 1)
    later = 100 * run.at(730.5 + 6 * 30.4375, "CTX") / run.at(730.5, "CTX")
    assert shown.says(later)


def test_the_whole_sentence_counts_what_lies_outside_the_bands(shown):
    usual, results = ref.reference(71), shown.lab.run["results"]
    outside = 0
    for test, what, value, *_ in results:
        band = usual[test, what]
        outside += not band.low <= value <= band.high
    chart = shown.lab.seen
    assert outside > 1
    assert shown.text == (
        f"{outside} of her {len(results)} values lie outside the grey bands. The suspect “{MORE}” "
        f"misses her marks by {chart.misfit:.1f} standard deviations on average, and would have "
        f"CTX at {chart.six_months:.0f}% of today six months after a dose. 50 of 100 points are "
        "left."
    )


def test_another_suspect_fits_better_or_worse(shown):
    good, bad = (
        Seen("mystery_patient", biopsy=True, suspect=s, strength=0).lab.seen.misfit
        for s in (MORE, "clears antibodies fast")
    )
    assert good < 1 < bad


def test_the_number_is_the_woman():
    first, other = (bl.labs.mystery_patient(patient=n) for n in (12, 13))
    assert first.name != other.name
    assert first.result()["results"] != other.result()["results"]
    assert first.seen.person.told != other.seen.person.told
    assert f"She is {bl.mystery_patient(12).age:.0f}" in first.seen.person.told
    assert "Invented" in first.seen.person.wrapped


def test_a_suspect_that_fits_for_sixty_points():
    lab = bl.labs.mystery_patient()
    few = {"biopsy": True, "strength": 0}
    assert reached(lab, "60 points", few, {"suspect": "less OPG"}, {"suspect": MORE})
    assert lab.set(biopsy=False, level=True, suspect="nothing special").seen.misfit <= 1.2
    assert not reached(lab, "60 points", {"level": True}), "she is as usual: that is no suspect"
    assert not reached(lab, "60 points", {"level": True, "suspect": "slow precursors"})
    assert reached(lab, "60 points", {"level": True}, {"suspect": "less OPG"})
    assert not reached(lab, "60 points", {"suspect": MORE, "strength": 0}), "nothing was paid"
    all_ = {"biopsy": True, "challenge": True, "suspect": MORE, "strength": 0}
    assert not reached(lab, "60 points", all_), "85 points"


def test_a_prediction_with_two_tests():
    lab = bl.labs.mystery_patient()
    two = {"biopsy": True, "level": True, "suspect": "slow precursors"}
    assert reached(lab, "With two tests", two, {"suspect": MORE})
    assert not reached(lab, "With two tests", {"biopsy": True, "suspect": MORE})


def test_two_suspects_that_nothing_separates():
    lab = bl.labs.mystery_patient()
    assert reached(lab, "no test here", {"suspect": MORE, "strength": 0.5},
                   {"suspect": "T cells add RANKL", "strength": 0.7})  # fmt: skip
    assert not reached(lab, "no test here", {"suspect": MORE}, {"suspect": "less OPG"})
    assert not reached(lab, "no test here", {"suspect": "slow precursors"}), "from nothing special"
    assert not reached(lab, "no test here", {"suspect": "slow precursors"}, {"strength": 1})


def test_nothing_tells_the_range_before_the_guess():
    lab = bl.labs.mystery_patient()
    lab.predict_again()
    assert lab.blank
    assert "usual" not in lab.alt
    usual, CTX = ref.reference(71)["CTX", "now"], bl.mystery_patient(12).order("CTX")["now"]
    where = "above it" if usual.high < CTX else "within it" if usual.low <= CTX else "below it"
    assert "and that is what the run shows" in lab.guess(where)
