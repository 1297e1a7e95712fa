"""Long simulations tell how far they are, can be stopped, and give the same numbers either way."""

from itertools import pairwise

import numpy as np
import pytest

import bonelab as bl
from bonelab.simulation.progress import Stopped, part, tell, watched, watching

PLAN = '{"no drug": [], "60 mg": bl.denosumab("60 mg", doses=2)}'


def test_nobody_listens_by_default():
    assert not watched()
    tell(0.5)
    with part(0, 2):
        tell(0.5)


def test_parts_of_parts_add_up():
    shares = []
    with watching(shares.append):
        for arm in range(2):
            with part(arm, 2):
                for piece in range(2):
                    with part(piece, 2):
                        tell(0.0)
                        tell(1.0)
    assert shares == [0, 0.25, 0.25, 0.5, 0.5, 0.75, 0.75, 1.0]
    assert not watched()


def test_a_trial_tells_how_far_it_is():
    shares = []
    with watching(shares.append):
        bl.trial({"no drug": [], "other": bl.denosumab("60 mg")}, n=7, years=1, seed=77)
    assert len(shares) > 100
    assert 0 <= min(shares) < 0.05
    assert 0.95 < max(shares) <= 1
    assert all(a <= b for a, b in pairwise(shares)), "it never falls"


def test_a_trial_can_be_stopped_and_run_again():
    def enough(share):
        if share > 0.3:
            raise Stopped

    arms = {"no drug": [], "other": bl.denosumab("60 mg")}
    with watching(enough), pytest.raises(Stopped, match="was stopped"):
        bl.trial(arms, n=8, years=1, seed=78)
    again = bl.trial(arms, n=8, years=1, seed=78)
    assert np.isfinite(again.table()["mean"]).all()


def test_the_numbers_do_not_depend_on_who_listens():
    women = bl.cohort(5, seed=3)
    alone = women.simulate([], years=1)
    with watching(lambda share: None):
        seen = women.simulate([], years=1)
    assert (alone["CTX"] == seen["CTX"]).all()


def test_a_share_stays_between_nothing_and_all_and_never_falls():
    shares = []
    with watching(shares.append):
        assert watched()
        for share in (0.0, 0.5, 0.2, 1.7, 0.9):
            tell(share)
    assert shares == [0, 0.5, 0.5, 1, 1]
