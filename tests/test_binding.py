"""Competition for RANKL: shares, sentences and what is left where something is missing."""

import numpy as np
import pytest

import bonelab as bl
from bonelab.biology.binding import Competition


def competition(**amounts):
    given = dict(total=2.0, free=0.5, on_rank=0.25, on_opg=1.0, on_antibody=0.25, occupancy=0.5,
                 free_opg=1.0, free_antibody=0.0, rank=0.5, opg=2.0, antibody=1.0)  # fmt: skip
    return Competition(**(given | amounts))


def test_shares_are_of_all_rankl():
    """0.5, 0.25, 1 and 0.25 of 2 nM."""
    assert competition().shares() == {
        "free": 0.25, "on RANK": 0.125, "on OPG": 0.5, "on antibody": 0.125,
    }  # fmt: skip


def test_without_rankl_every_share_is_none_and_the_sentence_says_so():
    nothing = bl.binding.competition(rankl=0)
    assert {name: float(share) for name, share in nothing.shares().items()} == dict.fromkeys(
        ("free", "on RANK", "on OPG", "on antibody"), 0.0
    )
    assert nothing.summary() == ("There is no RANKL, so nothing is held and no RANK is occupied.")


def test_the_sentence_names_everything_that_is_there():
    assert competition().summary() == (
        "Of the 2 nM RANKL, 50% is held by OPG, 12% is held by the antibody, 25% is free and 12% "
        "is bound to RANK; 50% of RANK is occupied."
    )
    alone = competition(rank=0.0, opg=0.0, antibody=0.0, free=2.0)
    assert alone.summary() == "Of the 2 nM RANKL, 100% is free; there is no RANK to occupy."
    assert repr(alone) == f"<Competition: {alone.summary()}>"
    assert alone._repr_html_() == f"<p>{alone.summary()}</p>"


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.0, "0%"), (0.004, "less than 1%"), (0.01, "1%"), (0.99, "99%"), (0.996, "more than 99%"),
     (1.0, "100%")],
)  # fmt: skip
def test_no_share_is_told_as_none_or_all_that_is_not(share, words):
    told = competition(occupancy=share).summary()
    assert f"; {words} of RANK is occupied." in told


def test_mixtures_in_arrays_are_each_as_alone():
    doses = np.array([0.1, 0.4, 1.6])
    together = bl.binding.competition(opg=doses)
    alone = [bl.binding.competition(opg=dose).occupancy for dose in doses]
    assert together.occupancy == pytest.approx(alone, rel=1e-12)
    assert together.summary() == "Competition for RANKL computed for 3 mixtures."
    with pytest.raises(bl.BonelabError, match="arrays should have one shape"):
        bl.binding.competition(opg=[0.1, 0.2], rank=[0.1, 0.2, 0.3])


def test_one_receptor_and_one_decoy_by_hand():
    """Without OPG and antibody, L_T = L + R L/(L + K): with L = K, L_T = K + R/2."""
    p = bl.parameters.load("binding")
    mixture = bl.binding.competition(rankl=p.Kd_RANK + 0.05, rank=0.1, opg=0)
    assert mixture.free == pytest.approx(p.Kd_RANK, rel=1e-9)
    assert mixture.occupancy == pytest.approx(0.5, rel=1e-9)
    assert mixture.on_rank == pytest.approx(0.05, rel=1e-9)
