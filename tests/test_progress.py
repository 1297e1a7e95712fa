"""Long simulations tell how far they are, can be stopped, and give the same numbers either way."""

from itertools import pairwise

import numpy as np
import pytest

import bonelab as bl
from bonelab.simulation import cohort as cohorts
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


@pytest.mark.parametrize(("wanted", "shown"), [(True, True), (False, False), (None, False)])
def test_a_bar_is_shown_when_it_is_asked_for(capsys, monkeypatch, wanted, shown):
    monkeypatch.setattr(cohorts, "PATIENCE", 3600)  # on no machine does it take that long
    bl.cohort(3, seed=4).simulate([], years=1, progress=wanted)
    assert ("100%" in capsys.readouterr().err) == shown


def test_a_bar_is_shown_where_it_takes_long(capsys, monkeypatch):
    monkeypatch.setattr(cohorts, "PATIENCE", 0)
    bl.cohort(3, seed=5).simulate([], years=1)
    assert "%" in capsys.readouterr().err
