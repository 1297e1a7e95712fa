"""Lab 7: resorption across, formation up, three months after the first dose."""

import numpy as np
import pytest
from seen import Seen, reached

import bonelab as bl
from bonelab.labs.antibody_designer import _rise_in_words

DESIGN = {"valence": 3, "affinity": 0.01, "half_life": 20, "dose": 40}


@pytest.fixture(scope="module")
def shown():
    return Seen("antibody_designer", **DESIGN)


@pytest.fixture(scope="module")
def run():
    drug = bl.reverse_agonist("40 mg", doses=2, valence=3, affinity="0.01 nM", half_life="20 days")
    return bl.simulate(bl.woman(65), drug, years=1)


def test_the_sentence_reads_both_markers_after_three_months(shown, run):
    now = run.at("3 months")
    assert shown.says(now["CTX"])
    assert shown.says(now["P1NP"])
    assert shown.says(run.final["BMD spine"], 1)
    assert abs(now["CTX"] - run.at("3 days", "CTX")) > 1, "months and days differ"


def test_more_arms_than_anybody_was_given_are_told_as_a_prediction(shown):
    assert "a prediction that no trial has tested" in shown.text
    assert "prediction" not in Seen("antibody_designer", **(DESIGN | {"valence": 2})).text


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ({"dose": 60}, "resorption is all but stopped and formation falls with it"),
        ({"valence": 6}, "resorption is all but stopped and formation goes on"),
        ({"dose": 8}, "resorption is held down and formation falls with it"),
        ({"dose": 1}, "the antibody hardly acts."),
        ({"dose": 1, "osteoblasts": "treated with rapamycin"},
         "the antibody hardly acts, and formation is low because rapamycin stops mTORC1."),
        ({"affinity": 1000, "osteoblasts": "P29A: tail of RANKL cannot signal"},
         "the antibody hardly acts, and formation is low because RANKL's tail cannot signal."),
    ],
)  # fmt: skip
def test_the_words_name_what_keeps_formation_low(setting, words):
    shown = Seen("antibody_designer", **setting)
    assert words in shown.text
    assert "on its way back" not in shown.text


def test_the_drawn_density_is_that_of_the_year_in_months(shown, run):
    bone = shown.picture.bone
    assert (bone.axes.get_xlabel(), bone.axes.get_ylabel()) == ("months", "% of start")
    x, y = bone.lines["BMD spine"].get_data()
    for month in (3, 9, 12):
        own = run.at(f"{month} months", "BMD spine")
        assert np.interp(month, x, y) == pytest.approx(own, rel=1e-3)


def test_the_map_says_where_the_design_stands(shown, run):
    now = run.at("3 months")
    words = f"Your antibody: resorption {now['CTX']:.0f}%, formation {now['P1NP']:.0f}%"
    assert words in shown.lab.alt


def test_the_path_ends_where_the_year_ends(shown, run):
    x, y = shown.picture.path.get_data()
    points = list(zip(x, y, strict=True))
    month = run.at("3 months")
    near = min(points, key=lambda p: abs(p[0] - month["CTX"]) + abs(p[1] - month["P1NP"]))
    assert near == pytest.approx((month["CTX"], month["P1NP"]), rel=0.03, abs=1.0)
    assert run.final["CTX"] != pytest.approx(run.final["P1NP"], rel=0.02), "axes can be told apart"


def test_the_comparators_keep_their_places(shown):
    other = bl.simulate(bl.woman(65), bl.denosumab("60 mg", doses=2), years=1).at("3 months")
    words = f"Denosumab: resorption {other['CTX']:.0f}%, formation {other['P1NP']:.0f}%"
    assert words in shown.lab.alt


@pytest.mark.parametrize(
    ("setting", "changes", "more"),
    [
        ({"osteoblasts": "P29A: tail of RANKL cannot signal"}, {"tail": 0.02}, []),
        ({"osteoblasts": "treated with rapamycin"}, {}, ["20 nM"]),
    ],
)
def test_the_controls_of_the_experiment(setting, changes, more, shown):
    lab = Seen("antibody_designer", **DESIGN, **setting)
    drug = bl.reverse_agonist("40 mg", doses=2, valence=3, affinity=0.01, half_life=20)
    woman = bl.woman(65).with_(**changes) if changes else bl.woman(65)
    run = bl.simulate(woman, [drug, *map(bl.rapamycin, more)], years=1)
    assert lab.says(run.at("3 months", "P1NP"))
    assert lab.text != shown.text


def test_more_formation_and_less_resorption():
    lab = bl.labs.antibody_designer()
    assert reached(lab, "above 102%", {"valence": 3}, {"affinity": 10})
    assert not reached(lab, "above 102%", {"valence": 4, "affinity": 30, "dose": 15})


def test_as_under_denosumab_but_formation_stays():
    lab = bl.labs.antibody_designer()
    assert reached(lab, "as under denosumab", {"valence": 3}, {"affinity": 0.1}, {"dose": 30})
    assert not reached(lab, "as under denosumab", {"valence": 4, "dose": 30}), "four arms"


def test_one_change_loses_the_building():
    lab = bl.labs.antibody_designer()
    mutant = {"osteoblasts": "P29A: tail of RANKL cannot signal"}
    assert reached(lab, "one change", {"valence": 4}, mutant)
    assert not reached(lab, "one change", {"valence": 4}, {"valence": 2, "dose": 80}), "two changes"


def test_no_design_doubles_formation_while_resorption_goes_on():
    for arms, Kd, mg in ((4, 30, 15), (6, 100, 15), (6, 30, 5), (5, 300, 60), (3, 30, 15)):
        drug = bl.reverse_agonist(f"{mg} mg", doses=2, valence=arms, affinity=Kd)
        now = bl.simulate(bl.woman(65), drug, years=1).at("3 months")
        assert now["CTX"] < 95 or now["P1NP"] < 130
    lab = bl.labs.antibody_designer()
    lab.predict_again()
    assert lab.blank
    assert "formation 39%" not in lab.alt
    assert "and that is what the run shows" in lab.guess("by less than a third")


def test_no_curve_stands_on_the_blank_map():
    lab = bl.labs.antibody_designer()
    lab.predict_again()
    lab.png()
    still = [line for line in lab.picture.map.lines if line.get_gid() == "ghost"]
    assert len(still) == 2
    assert not any(line.get_visible() for line in still)
    lab.skip().png()
    assert all(line.get_visible() for line in still)


@pytest.mark.parametrize(
    ("P1NP", "words"),
    [(101, "not at all"), (103, "by less than a third"), (132, "by less than a third"),
     (134, "it can double")],
)  # fmt: skip
def test_a_rise_has_the_words_of_its_size(P1NP, words):
    assert _rise_in_words(P1NP) == words
