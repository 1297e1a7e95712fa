"""What a treatment is called: doses, gaps, what was missed, and what falls into a run."""

import pytest

import bonelab as bl
from bonelab.biology.treatment import Treatments


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (bl.denosumab(), "one dose of denosumab 60 mg"),
        (bl.denosumab(doses=4), "4 doses of denosumab 60 mg every 6 months"),
        (bl.zoledronate(doses=3), "3 doses of zoledronate 5 mg every year"),
        (bl.denosumab(doses=4, missed=3),
         "4 doses of denosumab 60 mg every 6 months (dose 3 missed)"),
        (bl.denosumab(doses=4, missed=(2, 4)),
         "4 doses of denosumab 60 mg every 6 months (dose 2, 4 missed)"),
        (bl.denosumab("30 mg", start="1 year"), "one dose of denosumab 30 mg from year 1"),
        (bl.denosumab(level="5 nM"), "denosumab held at 5 nM"),
        (bl.rapamycin(start="1 month", stop="1 year"),
         "rapamycin from month 1 until year 1"),
        (bl.teriparatide(), "teriparatide until year 2"),
        (bl.teriparatide("40 ug"), "teriparatide 40 ug a day until year 2"),
        (bl.romosozumab("70 mg"), "romosozumab 70 mg a month until year 1"),
        (bl.alendronate(), "alendronate"),
        (bl.alendronate("70 mg", every="1 week"), "alendronate"),
        (bl.alendronate("10 mg", every="1 day"), "alendronate 10 mg every day"),
        (bl.alendronate("35 mg"), "alendronate 35 mg every week"),
        (bl.calcium_and_vitamin_d(stop="3 months"), "calcium and vitamin D until month 3"),
        (bl.reverse_agonist(valence=4), "one dose of 4-armed antibody 60 mg"),
        (bl.opg_fc("1 mg/kg", doses=2), "2 doses of OPG-Fc 65 mg every 6 weeks"),
    ],
)  # fmt: skip
def test_the_label(plan, words):
    assert plan.label == words
    assert repr(plan) == f"<Treatment: {words}>"
    assert plan._repr_html_() == f"<p>Treatment: {words}</p>"


def test_within_a_run_only_its_doses_are_told():
    plan = bl.denosumab(doses=8, missed=(2, 7))
    words = "3 of 8 doses of denosumab 60 mg every 6 months (dose 2 missed)"
    assert plan.within(2.5 * 182.625) == words
    assert bl.rapamycin(stop="2 years").within(365.25) == "rapamycin"


def test_equal_are_treatments_of_one_drug_and_schedule():
    assert bl.denosumab(doses=2) == bl.denosumab("60000 ug", doses=2)
    assert bl.denosumab(doses=2) != bl.denosumab(doses=3)
    assert bl.denosumab() != bl.zoledronate()


@pytest.mark.parametrize(
    ("plan", "level"),
    [
        (bl.teriparatide(), 1.0),
        (bl.teriparatide("40 ug"), 1.5),  # twice the dose, half of the most at 20 ug + its half
        (bl.romosozumab("70 mg"), 0.5),
        (bl.alendronate("10 mg", every="1 day"), 1.0),  # 70 mg a week
        (bl.alendronate("35 mg"), 0.5),
        (bl.alendronate("70 mg", every="2 weeks"), 0.5),
        (bl.calcium_and_vitamin_d(), 1.0),
        (bl.rapamycin("20 nM"), 20.0),
        (bl.denosumab(level="5 nM"), 5.0),
    ],
)
def test_the_level_that_is_held(plan, level):
    ((start, _, held),) = plan.schedule.windows
    assert (start, held) == (0, pytest.approx(level))


@pytest.mark.parametrize(
    ("plan", "days", "size"),
    [
        (bl.denosumab(doses=3), (0, 182.625, 365.25), 60),
        (bl.reverse_agonist(doses=2), (0, 182.625), 60),
        (bl.opg_fc(doses=2), (0, 42), 195),  # 3 mg/kg of 65 kg
        (bl.zoledronate(doses=2), (0, 365.25), 5),
    ],
)
def test_the_usual_doses(plan, days, size):
    assert plan.schedule.doses == tuple((pytest.approx(day), size) for day in days)


@pytest.mark.parametrize("doses", [0, 1001])
def test_how_many_doses_there_may_be(doses):
    assert len(bl.zoledronate(doses=1000).planned) == 1000
    with pytest.raises(bl.BonelabError, match="whole number of doses from 1 to 1000"):
        bl.zoledronate(doses=doses)
    with pytest.raises(bl.BonelabError, match="whole number of doses from 1 to 1000"):
        bl.zoledronate(doses=1000, missed=doses)


@pytest.mark.parametrize("arms", [0, 13])
def test_how_many_arms_there_may_be(arms):
    assert bl.reverse_agonist(valence=12).name == "12-armed antibody"
    with pytest.raises(bl.BonelabError, match="whole number of arms from 1 to 12"):
        bl.reverse_agonist(valence=arms)


def read(value):
    return Treatments().read("treatments", value)


def test_one_several_or_none():
    one = bl.denosumab()
    assert read(None) == read([]) == ()
    assert read(one) == read([one]) == read((one,)) == (one,)
    assert read(plan for plan in (one, one)) == (one, one)


@pytest.mark.parametrize("value", ["denosumab", {"a": 1}, 3, [bl.denosumab(), "x"]])
def test_what_is_no_treatment_is_refused(value):
    with pytest.raises(bl.BonelabError, match=r"a treatment comes from bl.denosumab\(...\)"):
        read(value)


def test_a_function_without_its_brackets_is_told():
    with pytest.raises(bl.BonelabError, match=r"Write bl.denosumab\(\) with its brackets"):
        read(bl.denosumab)
