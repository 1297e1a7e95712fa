"""Changes of a subject by name: which number a name reaches, and in which unit."""

import inspect

import pytest

import bonelab as bl
from bonelab.biology.changes import ROOMS, Changes, known_names
from bonelab.parameters import load


def read(**changes):
    return Changes().read("changes", changes)


def test_a_name_of_one_table_reaches_it():
    assert read(reverse_share=0.3) == {"reverse_share": ("tissue", "reverse_share", 0.3)}
    assert read(Kd_RANK="50 pM") == {"Kd_RANK": ("binding", "Kd_RANK", pytest.approx(0.05))}


def test_conditions_come_before_tables():
    assert read(RANKL=2, extra_RANKL="100 pM") == {
        "RANKL": ("", "RANKL", 2.0), "extra_RANKL": ("", "extra_RANKL", pytest.approx(0.1)),
    }  # fmt: skip


def test_a_name_of_two_tables_asks_which():
    with pytest.raises(bl.BonelabError, match="forward_tau_Akt, reverse_tau_Akt"):
        read(tau_Akt=5)
    assert read(forward_tau_Akt=1.5) == {"forward_tau_Akt": ("forward", "tau_Akt", 1.5)}


def test_every_number_of_every_room_has_exactly_one_name():
    reached = [place for name, place in known_names().items() if place[0]]
    assert len(reached) == len(set(reached))
    conditions = {name for name, (room, _) in known_names().items() if not room}
    every = {(room, name) for room in ROOMS for name in load(room).records()}
    assert set(reached) == {place for place in every if place[1] not in conditions}


def test_a_value_beyond_the_table_is_refused():
    with pytest.raises(bl.BonelabError, match=r"reverse_share.*1 or less"):
        read(reverse_share=1.2)


def test_the_words_of_conditions_and_of_what_can_be_changed():
    with pytest.raises(bl.BonelabError, match=r"RANK activity without ligand must be 0\.5 or less"):
        read(RANK_gain=0.9)
    words = " ".join(inspect.getdoc(bl.woman(65).with_).split())
    assert (
        "any parameter of bl.parameters.load(room) for the rooms tissue, binding, forward, reverse "
        "and drugs; or RANKL, OPG, RANK (factors), extra_RANKL (nM), tail, RANK_gain"
    ) in words
