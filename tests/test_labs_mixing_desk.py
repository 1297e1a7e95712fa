"""The mixing desk: two regulators with their strengths; rates and bone over two years."""

import pytest
from seen import Seen, reached

import bonelab as bl


@pytest.fixture(scope="module")
def shown():
    return Seen("mixing_desk", strength=0.5, second_strength=1)


@pytest.fixture(scope="module")
def run():
    woman = bl.woman(45).with_regulator("IL-1", 0.5, species="human")
    return bl.simulate(woman.with_regulator("IL-4", 1, species="mouse"), years=2)


def test_the_curves_are_drawn_against_years(shown, run):
    assert shown.axis(0)[0] == shown.axis(1)[0] == "years"
    for panel, name in ((0, "resorption"), (0, "formation"), (1, "bone volume spine")):
        assert shown.end(panel, name)[0] == pytest.approx(2)
        for time, x in (("6 months", 0.5), ("18 months", 1.5)):
            assert shown.at(panel, name, x) == pytest.approx(run.at(time, name), rel=3e-3)


def test_each_fader_moves_its_own_regulator(shown):
    alone = Seen("mixing_desk", strength=0.5)
    woman = bl.woman(45).with_regulator("IL-1", 0.5, species="human")
    condition = woman.tissue.condition
    assert f"RANKL ×{condition.RANKL:.2g}" in alone.drawing
    assert f"OPG ×{condition.OPG:.2g}" in alone.drawing
    assert "IL-1 at 50% and IL-4 at 100%" in shown.drawing


def test_the_sentence_says_factors_occupancy_and_bone(shown, run):
    condition = bl.woman(45).with_regulator("IL-1", 0.5, species="human")
    condition = condition.with_regulator("IL-4", 1, species="mouse").tissue.condition
    assert f"RANKL per cell ÷{1 / condition.RANKL:.3g}" in shown.text
    assert f"OPG ×{condition.OPG:.3g}" in shown.text
    assert shown.says(100 * run["occupancy"][0])
    assert shown.says(100 * float(bl.binding.competition().occupancy))
    assert shown.says(100 * run.final["bone volume spine"])


def test_six_regulators_stand_in_front_and_every_other_behind():
    lab = bl.labs.mixing_desk()
    texts = list(lab.controls["first"].options)
    pairs = sum(len(regulator.species) for regulator in bl.regulators.values())
    assert len(texts) == pairs
    assert not any(text.startswith("more: ") for text in texts[:6])
    assert all(text.startswith("more: ") for text in texts[6:])
    assert list(lab.controls) == ["first", "strength", "second", "second_strength"]
    assert "IL-6" in lab.set(first="more: IL-6 (mouse cells)", strength=1).code


def test_the_weakest_il_4_that_will_do():
    lab, il_1 = bl.labs.mixing_desk(), {"strength": 1}
    assert reached(lab, "weakest IL-4", il_1, {"second_strength": 0.55}, {"second_strength": 0.6})
    assert not reached(lab, "weakest IL-4", il_1, {"second_strength": 0.65})
    assert not reached(lab, "weakest IL-4", {"strength": 0.6, "second_strength": 0.05})


def test_bone_can_be_lost_with_more_opg():
    lab = bl.labs.mixing_desk()
    IL_6 = {"first": "IL-6 (mouse cells)"}
    assert reached(lab, "more OPG than in health", IL_6 | {"strength": 0.1}, {"strength": 1})
    assert not reached(lab, "more OPG than in health", {"strength": 1}), "that is IL-1"
    helped = {"strength": 1, "second": "IL-6 (mouse cells)", "second_strength": 1}
    assert not reached(lab, "more OPG than in health", helped), "IL-1 is there as well"
    assert reached(lab, "more OPG than in health", helped, {"strength": 0}), "and now it is not"
    glucocorticoid = {"first": "glucocorticoid (human cells)", "strength": 1}
    assert not reached(lab, "more OPG than in health", glucocorticoid)


def test_one_name_has_two_signs_of_opg():
    lab = bl.labs.mixing_desk()
    human, mouse = ({"first": f"vitamin D ({who} cells)"} for who in ("human", "mouse"))
    assert reached(lab, "lowers OPG", human | {"strength": 1}, mouse)
    other = {"first": "glucocorticoid (human cells)"}
    assert not reached(lab, "lowers OPG", human | {"strength": 1}, other), "another name"
    il_6 = [{"first": f"IL-6 ({who} cells)", "strength": 1} for who in ("human", "mouse")]
    assert not reached(lab, "lowers OPG", *il_6), "no sign in human cells"


def test_nothing_tells_the_ratio_before_the_guess():
    lab = bl.labs.mixing_desk()
    lab.predict_again()
    assert lab.blank
    assert "÷" not in lab.alt
    assert lab.guess("less RANKL per OPG").startswith("You predicted")
    assert "the ratio is ÷1.5" in lab.text
