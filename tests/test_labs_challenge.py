"""The goals of a lab."""

from small_lab import make

from bonelab.labs.challenge import Challenge


def test_a_goal_of_a_pair_looks_back_at_earlier_rests():
    apart = Challenge(
        "Two doses five apart.",
        reached=lambda run, values, other, others: abs(values["dose"] - others["dose"]) >= 5,
        pair=True,
    )
    lab = make(challenges=[apart])
    lab.set(dose=3).set(dose=5)
    assert not lab.state.reached
    lab.set(dose=8)
    assert lab.state.reached == {"Two doses five apart.": 3}
    lab.reset().set(dose=8)
    assert len(lab.state.rests) == 2, "the start counts as a rest, and Reset forgets the others"
