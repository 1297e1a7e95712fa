"""The well of the reverse dish: who holds the RANKL, which tail it has, and how it is told."""

import numpy as np
import pytest

from bonelab.biology.reverse_signalling import Blocks
from bonelab.parameters import load
from bonelab.simulation import reverse, reverse_dish_well
from bonelab.simulation.reverse_dish_well import HOLDERS, fill_well

P, Q = load("reverse"), load("binding")


def well(**given):
    """A well with nothing in it but what is given."""
    usual = {
        "vesicles": 0.0, "valence": 10, "opg": 0.0, "rapamycin": 0.0, "rankl": "wild type",
        "antibody": None, "block": Blocks(), "dose": 0.02, "soluble": 0.0, "membrane": None,
    }  # fmt: skip
    return fill_well(**usual | given, p=P, q=Q)


def test_opg_alone_holds_what_its_kd_says():
    """0.05 nM of RANKL and 1 nM of OPG, Kd 0.01: free RANKL F solves F + F/(F + Kd) = 0.05."""
    shares = well(opg=1.0).shares
    total, Kd = Q.RANKL_well, Q.Kd_OPG
    b = 1.0 + Kd - total
    free = (-b + np.sqrt(b * b + 4 * Kd * total)) / 2
    assert shares["free"] == pytest.approx(free / total, rel=1e-9)
    assert shares["on OPG"] == pytest.approx(1 - free / total, rel=1e-9)
    assert [shares[name] for name in ("clustered", "on vesicles", "on antibody")] == [0, 0, 0]


def test_clusters_of_two_agents_add_up():
    """Little of both: what vesicles and a trimerised antibody cluster alone, they do together."""
    little, antibody = {"vesicles": 2e-4}, {"antibody": "trimerised", "dose": 1e-3}
    alone = [well(**little).clustered, well(**antibody).clustered]
    assert min(alone) > 0.02
    assert well(**little, **antibody).clustered == pytest.approx(sum(alone), rel=0.05)


@pytest.mark.parametrize(
    ("form", "tail", "on_cells"),
    [("wild type", 1.0, 1.0), ("P29A", P.tail_P29A, 1.0), ("no proline motif", 0.0, 1.0),
     ("knock-out", 1.0, 0.0), ("soluble only", 1.0, 0.0)],
)  # fmt: skip
def test_what_each_form_of_rankl_can_do(form, tail, on_cells):
    found = well(vesicles=0.01, rankl=form)
    assert found.tail == tail
    assert sum(found.shares[name] for name in HOLDERS[1:5]) == pytest.approx(on_cells)
    assert (found.clustered > 0) == (on_cells > 0)


def test_cells_that_shed_their_rankl_put_all_of_it_into_the_medium():
    assert "0.05 nM soluble RANKL" in well(rankl="soluble only").treatment
    assert "soluble RANKL" not in well(rankl="wild type").treatment
    assert "0.55 nM soluble RANKL" in well(rankl="soluble only", soluble=0.5).treatment


@pytest.mark.parametrize(
    ("antibody", "words"),
    [("IgG", "0.02 nM IgG"), ("trimerised", "0.02 nM trimerised antibody"),
     ({"valence": 1}, "0.02 nM antibody with 1 arm"),
     ({"valence": 4, "dose": 3.0}, "3 nM antibody with 4 arms"), (None, "nothing added")],
)  # fmt: skip
def test_an_antibody_is_told_with_its_dose(antibody, words):
    assert well(antibody=antibody).treatment == words


def test_a_design_has_two_arms_of_denosumab_where_nothing_is_said():
    named, designed = well(antibody="IgG"), well(antibody={})
    assert designed.shares == named.shares
    tighter = well(antibody={"kd": Q.Kd_denosumab / 10})
    assert tighter.shares["on antibody"] > named.shares["on antibody"]


def test_what_is_in_the_well_is_told_in_order():
    full = well(
        vesicles=0.01, opg=1234.0, rapamycin=20.0, soluble=0.5, membrane=0.25, rankl="P29A",
        antibody="IgG", block=Blocks(SFK=0.0, Akt=0.4), valence=8,
    )  # fmt: skip
    assert full.treatment == (
        "0.01 nM vesicles of 8 RANK heads, 0.02 nM IgG, 1230 nM OPG, 0.5 nM soluble RANKL, 20 nM "
        "rapamycin, Src-family kinase blocked and Akt cut to 40% on cells with P29A RANKL with "
        "0.25 of normal surface RANKL"
    )
    assert well(vesicles=0.01, valence=1).treatment == "0.01 nM single RANK heads in solution"
    assert well(vesicles=np.array([0.1, 1.0])).treatment == "a series of doses"


def test_more_rankl_on_the_cells_clusters_more_of_it():
    folds = [well(vesicles=0.01, membrane=ell).clustered for ell in (0.25, 0.5, 1.0)]
    assert folds == sorted(folds)
    assert well(vesicles=0.01, membrane=1.0).clustered == well(vesicles=0.01).clustered


@pytest.mark.parametrize(
    ("written", "form"),
    [("wt", "wild type"), ("ko", "knock-out"), ("knock out", "knock-out"),
     ("RANKL-/-", "knock-out"), ("p29a", "P29A")],
)  # fmt: skip
def test_rankl_of_the_cells_in_its_usual_spellings(written, form):
    assert reverse.culture(rankl=written, days=1, points=2).treatment.endswith(
        reverse_dish_well.RANKL_FORMS[form] or "10 RANK heads"
    )
