"""Plans of treatment before a run: refused, cut to the run, and told in words."""

import pytest

import bonelab as bl
from bonelab.biology.treatments import Treatments
from bonelab.simulation.study_plans import (
    check_plans,
    plan_events,
    plan_notes,
    plans_in_words,
    same_until,
)

YEAR = 365.25


def plans(*given):
    return Treatments().read("treatments", given)


def test_what_begins_when_the_run_has_ended_is_refused():
    check_plans(plans(bl.denosumab(start="23 months")), 2 * YEAR)
    with pytest.raises(bl.BonelabError) as error:
        check_plans(plans(bl.denosumab(start="2 years")), 2 * YEAR)
    assert str(error.value).endswith(
        "it begins in year 2, but the run ends after 2 years. Start it earlier, or simulate for "
        "longer."
    )
    for start in ("2 years", "3 years"):
        with pytest.raises(bl.BonelabError, match=r"it begins in .* ends after 2 years"):
            check_plans(plans(bl.denosumab(start=start)), 2 * YEAR)


def test_two_levels_of_one_drug_at_once_are_refused():
    low, high = bl.denosumab(level="1 nM"), bl.denosumab(level="5 nM", start="1 year")
    with pytest.raises(bl.BonelabError, match=r"two levels of it are held at once from year 1 on"):
        check_plans(plans(low, high), 2 * YEAR)
    check_plans(plans(bl.denosumab(level="1 nM", stop="1 year"), high), 2 * YEAR)


def test_only_what_falls_into_the_run_is_told():
    """Doses at 0, 6, 12 ... months: two of eight within a year that ends before the third."""
    words = plans_in_words(plans(bl.denosumab(doses=8), bl.teriparatide()), YEAR - 1)
    assert words == "2 of 8 doses of denosumab 60 mg every 6 months and teriparatide"


def test_events_are_doses_starts_and_stops_in_order():
    events = plan_events(plans(bl.denosumab(doses=3), bl.rapamycin(start=10, stop=20)), 200)
    assert events == (
        (0, "denosumab 60 mg"), (10, "rapamycin starts"), (20, "rapamycin stops"),
        (pytest.approx(182.625), "denosumab 60 mg"),
    )  # fmt: skip


def noted(person, *given):
    return {note.kind: note.text for note in plan_notes(person, plans(*given))}


def test_what_a_reader_should_know():
    assert noted(bl.woman(65), bl.denosumab()) == {}
    assert "does not bind mouse RANKL" in noted(bl.mouse(), bl.denosumab())["not bound"]
    assert noted(bl.mouse("huRANKL"), bl.denosumab()) == {}
    assert "No woman has ever had" in noted(bl.woman(65), bl.reverse_agonist())["untried"]
    assert noted(bl.mouse(), bl.reverse_agonist()) == {}
    site = bl.woman(65).with_disease("periodontal disease")
    assert "no blood marker" in noted(site)["local"]


def test_one_drug_after_another_is_more_than_the_model_was_fitted_to():
    """Tablets of calcium are no second drug, and of a mouse nothing was fitted."""
    then = (bl.denosumab(doses=4), bl.teriparatide(start="24 months", stop="36 months"))
    words = noted(bl.woman(65), *then)["beyond"]
    assert "fitted to denosumab and teriparatide each alone" in words
    assert words in bl.simulate(bl.woman(65), list(then), years=3).status
    assert noted(bl.woman(65), then[0], bl.calcium_and_vitamin_d()) == {}
    assert "beyond" not in noted(bl.mouse("huRANKL"), *then)
    three = noted(bl.woman(65), *then, bl.alendronate(start="30 months", stop="4 years"))
    assert "denosumab and alendronate and teriparatide each alone" in three["beyond"]


def test_what_follows_romosozumab_is_told_where_a_run_goes_on():
    def notes(years):
        return bl.simulate(bl.woman(71), bl.romosozumab(stop="12 months"), years=years).notes

    (note,) = (note for note in notes(1.5) if note.kind == "beyond")
    assert note.kind == "beyond"
    assert "after romosozumab was not fitted to any trial" in note.text
    assert "beyond" not in {note.kind for note in notes(1)}


@pytest.mark.parametrize(
    ("doses", "words"), [(1, "On 1 day two"), (2, "On 2 days two"), (3, "On 3 days two")]
)
def test_two_doses_on_one_day_add_up_and_are_told(doses, words):
    twice = noted(bl.woman(65), bl.denosumab(doses=doses), bl.denosumab(doses=4))
    assert twice["two doses"] == f"{words} doses of denosumab are given, which add up."


@pytest.mark.parametrize(
    "plan", [bl.romosozumab(stop="12 months"), bl.teriparatide(), bl.reverse_agonist("60 mg")]
)
def test_calcium_and_its_hormone_are_not_to_be_read_under_a_drug_that_builds(plan):
    """Set by a first dose of denosumab (threefold, Bekker 2004); 4.8-fold under romosozumab."""
    run = bl.simulate(bl.woman(65), plan, years=0.25)
    (words,) = run.notes_on("PTH", "blood calcium")
    assert "do not read these two curves" in words
    assert words in run.status
    assert words not in run.summary()
    assert run.notes_on("CTX") == []
    assert words in run._repr_html_()
    assert "unread" not in noted(bl.woman(65), bl.denosumab(), bl.zoledronate())
    assert "unread" not in noted(bl.mouse(), plan)
    assert "unread" not in noted(bl.woman(65).with_disease("periodontal disease"), plan)


@pytest.mark.parametrize(
    ("plan", "month"),
    [
        (bl.denosumab("60 mg", doses=4), 48.0),
        (bl.denosumab("60 mg", doses=8), 24.0),
        (bl.denosumab("60 mg", doses=4, missed=(2,)), 6.0),
        (bl.denosumab("30 mg", doses=4), 0.0),
        ([bl.denosumab("60 mg", doses=4), bl.zoledronate(start="30 months", doses=1)], 30.0),
        ([bl.denosumab("60 mg", doses=4), bl.calcium_and_vitamin_d()], 48.0),
        ([], 0.0),
    ],
)
def test_how_long_a_run_follows_the_plan_of_defend(plan, month):
    run = bl.simulate(bl.woman(65), plan, years=4)
    days = same_until(run, bl.trials["DEFEND"].treatments)
    assert min(days / 30.4375, 48) == pytest.approx(month, abs=0.02)
