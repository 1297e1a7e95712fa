"""The forward dish as an experiment: how it starts, what it is called and what it gives back."""

import inspect

import numpy as np
import pytest

import bonelab as bl
from bonelab.biology import forward_signalling as biology
from bonelab.parameters import load
from bonelab.simulation import forward

P = load("forward")


def test_the_dish_when_nothing_is_said():
    given = inspect.signature(bl.forward.culture).parameters
    assert {n: g.default for n, g in given.items() if g.default is not None} == {
        "rankl": "50 ng/ml", "opg": 0, "days": 5, "block": (), "rank": 1.0, "points": 241,
    }  # fmt: skip
    run = bl.forward.culture()
    assert (run.kind, run.time_unit, run.time[-1]) == ("forward dish", "hour", 120)
    assert run.subject == "osteoclast precursors in a dish"
    assert run.treatment == "50 ng/ml RANKL"
    start = {name: run[name][0] for name in run.names if run[name][0]}
    assert start == {
        "occupancy": pytest.approx(run.final["occupancy"]),
        "precursors": 1.0,
        "half-life": pytest.approx(np.log(2) / P.loss_max),
    }


def test_times_are_dense_in_the_first_minutes():
    minutes = 60 * forward.dish_hours(1000.0, 2)
    assert minutes == pytest.approx(
        [0, 2, 4, 6, 8, 10, 15, 20, 25, 30, 40, 50, 60, 75, 90, 120, 150, 180, 60_000]
    )
    assert 60 * forward.dish_hours(0.5, 2) == pytest.approx([0, 2, 4, 6, 8, 10, 15, 20, 25, 30])


def test_what_is_added_is_told():
    run = bl.forward.culture("10 ng/ml", "0.1234 nM", 1, ("Akt", "Src"), 0.25)
    assert run.treatment == (
        "10 ng/ml RANKL and 0.123 nM OPG and Akt, Src blocked and 25% of the usual RANK"
    )


def test_a_dish_that_cannot_be_solved_is_named(monkeypatch):
    def solve(*args, what, **options):
        raise RuntimeError(what)

    monkeypatch.setattr(forward, "solve", solve)
    forward._solved.cache_clear()
    with pytest.raises(RuntimeError, match=r"^the dish with 50 ng/ml RANKL$"):
        bl.forward.culture(days=1)


def test_series_that_are_worked_out_from_states():
    """Nuclei over osteoclasts; the activity of NFATc1, none without Src; ln 2 over the loss."""
    run = bl.forward.culture(days=5)
    last = run.final
    assert last["nuclei per osteoclast"] > 1
    assert last["resorption per osteoclast"] == pytest.approx(
        biology.activity(last["NFATc1"], P), rel=1e-9
    )
    assert last["half-life"] == pytest.approx(np.log(2) / biology.death_rate(last["Akt"], P))
    half = bl.forward.culture(days=5, block={"Src": 0.5})
    assert half.final["resorption per osteoclast"] == pytest.approx(
        0.5 * biology.activity(half.final["NFATc1"], P)
    )
    assert np.all(bl.forward.culture(rankl=0, days=1)["nuclei per osteoclast"] == 0)


def test_occupancy_is_that_of_the_rank_there_is():
    """RANK of a dish times its factor takes its share; without RANK nothing is occupied."""
    b = load("binding")
    for factor in (1.0, 3.0):
        bound = bl.binding.competition("50 ng/ml", b.RANK_dish * factor, 0.1)
        run = bl.forward.culture(opg=0.1, rank=factor, days=1, points=2)
        assert run.final["occupancy"] == pytest.approx(float(bound.occupancy))
    assert bl.forward.culture(rank=0, days=1, points=2).final["occupancy"] == 0
    assert run.units["half-life"] == "day"
    assert run.units["pits"] == "osteoclast days"
