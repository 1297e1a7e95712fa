"""A course of a drug is simulated a little further than women have been followed on it."""

import pytest

import bonelab as bl
from bonelab.biology import treatments
from bonelab.biology.horizon import refuse_beyond

YEAR = 365.25
D = bl.parameters.load("drugs")


@pytest.mark.parametrize(
    ("plan", "followed"),
    [
        (bl.denosumab(doses=60), D.denosumab_followed),
        (bl.zoledronate(doses=30), D.zoledronate_followed),
        (bl.alendronate(), D.alendronate_followed),
    ],
)
def test_the_bound_is_the_record_times_a_factor(plan, followed):
    """Just within passes; the dose or day that lies beyond is refused with the record."""
    most = D.beyond_followed * followed * YEAR
    refuse_beyond([plan], most)
    with pytest.raises(bl.BonelabError, match=f"followed on .* for more than {followed:g} years"):
        refuse_beyond([plan], most + 2 * YEAR)


def test_a_drug_has_a_record_or_is_known_to_have_none():
    """A new drug says in drugs.toml how long women have been followed on it: name_followed."""
    makers = [getattr(treatments, name) for name in treatments.__all__ if name.islower()]
    kinds = {maker().kind for maker in makers}
    without = {kind for kind in kinds if f"{kind}_followed" not in D.records()}
    known = {"reverse agonist", "OPG-Fc", "rapamycin", "calcium and vitamin D"}
    assert without == known, "drugs.toml needs name_followed for each that is no exception"


def test_a_course_counts_from_its_first_to_its_last_day():
    """Doses in year 20 to 22 are a course of two years, whatever came before."""
    late = bl.denosumab(doses=5, start="20 years")
    refuse_beyond([late], 23 * YEAR)
    early = bl.denosumab(doses=1)
    with pytest.raises(bl.BonelabError, match="a course of 22 years"):
        refuse_beyond([early, late], 23 * YEAR)


def test_what_was_switched_off_is_no_course():
    stopped = bl.alendronate(stop="5 years")
    refuse_beyond([stopped], 50 * YEAR)
    refuse_beyond([bl.rapamycin(), bl.calcium_and_vitamin_d()], 50 * YEAR)
    refuse_beyond([], 50 * YEAR)


def test_an_antibody_of_ones_own_has_no_record():
    most = D.designed_most
    own = bl.reverse_agonist(doses=100)
    refuse_beyond([own], most * YEAR)
    with pytest.raises(bl.BonelabError, match="no woman has ever had such an antibody"):
        refuse_beyond([own], (most + 1) * YEAR)


def test_a_day_more_than_the_bound_is_let_pass():
    """So that a dose on the last day, or a leap year, is no reason to refuse."""
    most = D.beyond_followed * D.alendronate_followed * YEAR
    refuse_beyond([bl.alendronate()], most + 0.9)
    with pytest.raises(bl.BonelabError):
        refuse_beyond([bl.alendronate()], most + 1.1)
