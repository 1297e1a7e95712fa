"""The contest of lesson 9: what counts, what is best, and what the map says of it."""

import dataclasses

import pytest

import bonelab as bl
from bonelab.figures.contest_map import LETTERS, contest_map
from bonelab.labs.map_contest import (
    FALLS_BACK,
    PLACES,
    Entry,
    best,
    designs_of,
    judged,
)

THREE = {"valence": 3, "affinity": 0.003, "half_life": 20.0, "dose": 60.0}


@pytest.fixture(scope="module")
def three():
    return judged(THREE)


def entry(P1NP, control, dose=60.0):
    return Entry(3, 0.003, 20.0, dose, CTX=14.0, P1NP=P1NP, control=control)


def test_an_antibody_is_judged_by_a_run_and_by_its_control(three):
    arms = {"valence": 3, "affinity": "0.003 nM", "half_life": "20 days"}
    woman, drug = bl.woman(65), bl.reverse_agonist("60 mg", doses=2, **arms)
    run = bl.simulate(woman, drug, years=1)
    assert tuple(run.at("3 months", name) for name in ("P1NP", "CTX")) == (three.P1NP, three.CTX)
    p29a = woman.with_(tail=bl.parameters.load("reverse").tail_P29A)
    assert three.control == bl.simulate(p29a, drug, years=1).at("3 months", "P1NP")
    assert three.counts
    assert "3 arms, Kd 0.003 nM, half-life 20 days, twice 60 mg: P1NP" in three.words


def test_two_arms_build_nothing_so_they_do_not_count():
    assert not judged(THREE | {"valence": 2}).counts


def test_the_control_must_fall_back_by_so_many_points():
    assert entry(90, 90 - FALLS_BACK).counts
    assert not entry(90, 90.1 - FALLS_BACK).counts


def test_an_antibody_that_lets_resorption_go_on_does_not_count():
    # a fifth of the start, and no more: denosumab, which stops resorption, stands at 14
    assert dataclasses.replace(entry(90, 40), CTX=20).counts
    assert not dataclasses.replace(entry(90, 40), CTX=20.1).counts


def test_most_formation_wins_and_then_the_fewest_milligrams():
    entries = [entry(80, 40), entry(95.2, 40, dose=60), entry(94.8, 40, dose=30), entry(120, 110)]
    assert [(each.P1NP, each.dose) for each in best(entries)] == [(94.8, 30), (95.2, 60), (80, 60)]
    many = [entry(70 + n, 40) for n in range(PLACES + 3)]
    assert len(best(many)) == PLACES == len(LETTERS)


def test_only_settings_of_the_lab_are_antibodies_and_each_counts_once():
    kept = [THREE | {"osteoblasts": "normal"}, THREE, THREE | {"valence": 99}, {"valence": 3},
            THREE | {"dose": "much"}, THREE | {"dose": [1, 2]}, 7]  # fmt: skip
    assert designs_of(kept) == [THREE]


def test_the_map_has_a_letter_for_each_and_says_the_same_in_words():
    drawing = contest_map([entry(97, 40, dose=30), entry(80, 40)])
    letters = {text.get_text(): text.get_position() for text in drawing.axes[0].texts}
    assert letters == {"A": (30, 97), "B": (60, 80)}
    assert drawing.alt == "Map of formation against dose. A, 30 mg, 97%; B, 60 mg, 80%."
    close = contest_map([entry(97, 40), entry(95, 40), entry(80, 40), entry(96, 40, dose=30)])
    assert {text.get_text() for text in close.axes[0].texts} == {"A B", "C", "D"}
    assert contest_map([]).alt.endswith("No antibody counts yet.")


def test_one_arm_is_told_as_one():
    assert dataclasses.replace(entry(50, 40), valence=1).words.startswith("1 arm, ")
