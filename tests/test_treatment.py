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
