"""What drugs bring into bone: pieces between events, as exact as the equations of each drug."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

import bonelab as bl
from bonelab.biology import drugs, remodelling
from bonelab.biology.dosing import Schedule
from bonelab.biology.drugs import Drug
from bonelab.biology.remodelling import Inputs
from bonelab.parameters import load
from bonelab.simulation import drug_supply as supply
from bonelab.simulation.tissue import start_state

LN2 = np.log(2)


@dataclass(frozen=True)
class Fading(Drug):
    """Filled at once by a dose, lost with a half-life of ten days, held up by its level."""

    name: str = "fading"
    half_life: float = 10.0
    states = ("amount",)
    sizes = (1.0,)

    def rates(self, y, level):
        return [level - LN2 / self.half_life * y[0]]

    def dose(self, y, size):
        return [y[0] + size]

    def bring(self, seen, level, inputs):
        inputs.supplements = inputs.supplements + seen[0] + 0 * level


TWICE = Schedule(doses=((0.0, 8.0), (0.5, 2.0), (20.0, 1.0)))


def amount(t):
    """8 at the start, 2 more after half a day, 1 more after twenty; half is lost in ten days."""
    given = [(0.0, 8.0), (0.5, 2.0), (20.0, 1.0)]
    return sum(size * 2 ** (-(t - day) / 10) * (t > day) for day, size in given)


@pytest.fixture(scope="module")
def course():
    (only,) = supply.courses([Fading()], [TWICE], [0.5, 20.0], 60.0, 1e-6)
    return only


def test_pieces_go_from_event_to_event(course):
    assert course.begins.tolist() == [0, 0.5, 20]
    assert len(course.splines) == len(course.levels) == 3
    assert course.levels == (0, 0, 0)


def test_a_course_is_the_drugs_own(course):
    """On a dosing day it shows what was there just before the dose; before the first, nothing."""
    days = np.array([0.0, 0.25, 0.5, 1.0, 10.0, 20.0, 20.5, 59.0])
    inputs = Inputs()
    seen = course.bring(days, inputs)
    assert seen[0] == pytest.approx([amount(t) for t in days], abs=2e-4)
    assert inputs.supplements == pytest.approx(seen[0])
    assert seen[0][0] == 0


def test_at_one_moment_the_pieces_say_the_same(course):
    for index, (begin, end) in enumerate(((0, 0.5), (0.5, 20), (20, 60))):
        piece = supply.Piece([course], index, 1e-6)
        for t in np.linspace(begin + 1e-6, end, 7):
            assert piece.at(t).supplements == pytest.approx(amount(t), abs=3e-4)


def test_doses_of_one_day_add_up():
    both = Schedule(doses=((0.0, 3.0), (0.0, 4.0)))
    (course,) = supply.courses([Fading()], [both], [], 30.0, 1e-6)
    assert course.bring(np.array([10.0]), Inputs())[0] == pytest.approx([3.5], abs=1e-4)


def test_a_level_is_switched_on_and_off():
    """From day 5 to day 15 one a day: it rises to 10/ln 2 (1 - 1/2) by then, and fades again."""
    window = Schedule(windows=((5.0, 15.0, 1.0),))
    (course,) = supply.courses([Fading()], [window], [5.0, 15.0], 35.0, 1e-6)
    assert course.levels == (0, 1, 0)
    seen = course.bring(np.array([4.0, 15.0, 25.0]), Inputs())[0]
    assert seen == pytest.approx([0, 5 / LN2, 2.5 / LN2], abs=1e-3)


def test_women_side_by_side_are_each_as_alone():
    drug = Fading(half_life=np.array([5.0, 10.0, 20.0]))
    between = supply.between_of_many(3, 0.1)
    (course,) = supply.courses([drug], [TWICE], [0.5, 20.0], 60.0, 1e-5, between)
    alone = [
        supply.courses([Fading(half_life=h)], [TWICE], [0.5, 20.0], 60.0, 1e-6)[0]
        for h in (5.0, 10.0, 20.0)
    ]
    days = np.array([0.0, 0.3, 7.0, 33.0])
    seen = course.bring(days, Inputs())[0]
    assert seen.shape == (3, 4)
    for row, single in zip(seen, alone, strict=True):
        assert row == pytest.approx(single.bring(days, Inputs())[0], abs=1e-3)
    many = supply.PieceOfMany([course], 1, 1e-5).at(7.0).supplements
    assert many == pytest.approx(seen[:, 2], abs=1e-3)


def test_arguments_change_on_the_days_of_events(course):
    first, changes = supply.equations_with([course], "tissue", "lesions", [0.5, 20.0], 1e-6)
    assert first[0] == "tissue"
    assert first[2] == "lesions"
    assert [change.time for change in changes] == [0.5, 20.0]
    at_day_30 = [args[1].at(30.0).supplements for args in (first, changes[0].args, changes[1].args)]
    assert at_day_30[2] == pytest.approx(amount(30.0), abs=3e-4)
    assert len({round(value, 3) for value in at_day_30}) == 3, "each knows its own piece"


def test_what_a_lesion_brings_does_not_pile_up_where_one_moment_is_asked_for_twice():
    """The solver asks for most moments twice; what drugs bring is kept for the second time."""
    woman = bl.woman(55).with_disease("bone metastasis")
    first, _ = supply.equations_with([], woman.tissue, woman.lesions, [], 1e-5)
    y = [*start_state(woman), *(0.3 for _ in woman.lesions)]
    once = remodelling.rhs_supplied(5.0, y, *first)
    assert remodelling.rhs_supplied(5.0, y, *first) == pytest.approx(once, rel=1e-9)
    assert first[1].at(5.0) is first[1].at(5.0)
    assert first[1].at(5.0).extra_RANKL == 0


@pytest.mark.parametrize(
    ("changes", "shared"),
    [({"Kd": 0.1}, True), ({"valence": 3}, True), ({"bone_to_serum": 0.2}, True),
     ({"clearance": 0.2}, False), ({"antibody_absorption": 0.3}, False),
     ({"target_start": 300.0}, False)],
)  # fmt: skip
def test_antibodies_that_differ_in_bone_only_are_solved_once(changes, shared):
    d = load("drugs")
    of_the_body = {name: value for name, value in changes.items() if name in d.records()}
    usual = drugs.Antibody("denosumab", d, 0.003)
    own = {name: value for name, value in changes.items() if name not in of_the_body}
    other = replace(usual, d=replace(d, **of_the_body), **own)
    given = [
        supply.courses([each], [Schedule(doses=((0.0, 60.0),))], [], 30.0, 1e-4)[0]
        for each in (usual, other)
    ]
    assert (given[0].splines[0] is given[1].splines[0]) == shared
    assert given[1].drug is other
