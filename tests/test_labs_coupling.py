"""Coupling: formation against resorption, both over the years, and what comes back of the extra."""

import pytest
from seen import Seen, reached

import bonelab as bl


@pytest.fixture(scope="module")
def shown():
    return Seen("coupling", extra_RANKL=0.1, reverse_share=0.3)


@pytest.fixture(scope="module")
def runs(shown):
    woman = bl.woman(30).with_(
        tail=1, reverse_share=0.3, formation_basal=shown.lab.values["formation_basal"]
    )
    more = woman.with_(extra_RANKL="0.1 nM")
    return bl.simulate(more, years=3), bl.simulate(woman, years=3)


def test_rates_and_bone_are_drawn_against_years(shown, runs):
    run, _ = runs
    assert shown.axis(0)[0] == shown.axis(2)[0] == "years"
    for panel, name in ((0, "bone volume spine"), (2, "resorption"), (2, "formation")):
        assert shown.end(panel, name)[0] == pytest.approx(3)
        for time, x in (("6 months", 0.5), ("2 years", 2)):
            assert shown.at(panel, name, x) == pytest.approx(run.at(time, name), rel=5e-3)


def test_the_path_has_resorption_across_and_formation_up(shown, runs):
    run, _ = runs
    across, up = shown.axis(1)
    assert "resorption" in across
    assert "formation" in up
    assert shown.end(1, "path") == pytest.approx(
        (run.final["resorption"], run.final["formation"]), rel=1e-4
    )
    assert abs(run.final["resorption"] - run.final["formation"]) > 0.01, "they can be told apart"


def test_the_slope_joins_the_two_ends(shown, runs):
    xs, ys = shown.picture.slope.get_data()
    ends = sorted((run.final["resorption"], run.final["formation"]) for run in runs)
    assert sorted(zip(xs, ys, strict=True)) == [pytest.approx(end, rel=1e-4) for end in ends]


def test_the_sentence_says_rates_bone_and_gain(shown, runs):
    run, without = runs
    gain = (run.final["formation"] - without.final["formation"]) / (
        run.final["resorption"] - without.final["resorption"]
    )
    assert shown.says(run.final["resorption"], 2)
    assert shown.says(run.final["formation"], 2)
    assert shown.says(100 * run.final["bone volume spine"])
    assert shown.says(gain, 2)


def test_each_control_reaches_its_own_number():
    deaf = Seen("coupling", tail="cannot signal (P29A)", extra_RANKL=0.05)
    start = deaf.lab.values
    woman = bl.woman(30).with_(
        tail=0.02, reverse_share=start["reverse_share"], formation_basal=start["formation_basal"]
    )
    run = bl.simulate(woman.with_(extra_RANKL=0.05), years=3)
    assert deaf.end(2, "formation") == pytest.approx((3, run.final["formation"]), rel=1e-3)
    basal = Seen("coupling", formation_basal=0.5, extra_RANKL=0)
    assert "no extra resorption for formation to follow" in basal.text


def test_two_worlds_twenty_points_apart():
    lab, loud = bl.labs.coupling(), {"extra_RANKL": 0.15, "reverse_share": 0}
    assert reached(lab, "two worlds", loud, {"reverse_share": 0.6}, {"reverse_share": 1})
    assert not reached(lab, "two worlds", loud, {"reverse_share": 1, "extra_RANKL": 0}), (
        "two changes"
    )


def test_a_third_more_resorption_and_hardly_a_loss():
    lab, dug = bl.labs.coupling(), {"extra_RANKL": 0.1}
    assert reached(lab, "by a third", dug, {"reverse_share": 0}, {"formation_basal": 0})
    assert not reached(lab, "by a third", {"reverse_share": 0, "formation_basal": 0})


def test_half_of_the_formation_while_osteoclasts_rest():
    lab = bl.labs.coupling()
    mutant = {"tail": "cannot signal (P29A)"}
    assert reached(lab, "Halve formation", mutant, {"reverse_share": 0.55}, {"extra_RANKL": 0})
    assert not reached(lab, "Halve formation", {"extra_RANKL": 0.0})


def test_the_second_world_builds_less_and_nothing_tells_it_before():
    lab = bl.labs.coupling()
    lab.predict_again()
    assert lab.blank
    assert "times healthy" not in lab.alt
    P1NP = [bl.simulate(bl.woman(30).with_(reverse_share=w, extra_RANKL=0.05), years=3)
            .final["P1NP"] for w in (0, 1)]  # fmt: skip
    assert P1NP[0] - P1NP[1] > 6
    assert "and that is what the run shows" in lab.guess("at least five points lower")
    assert f"P1NP is at {P1NP[1]:.0f}% of its start" in lab.text


def test_a_click_says_and_draws_how_sure_formation_is():
    shown = Seen("coupling", extra_RANKL=0.1)
    shown.lab.touch("sure")
    shown.lab.png()
    start = shown.lab.values
    woman = bl.woman(30).with_(
        tail=1, reverse_share=start["reverse_share"], formation_basal=start["formation_basal"],
        extra_RANKL=0.1,
    )  # fmt: skip
    band = bl.prediction_bands(woman, years=3, scatter=False).of("formation")
    assert f"formation between {band.low[-1]:.2f} and {band.high[-1]:.2f}" in shown.lab.text
    (path,) = shown.picture.shades["formation"].area.get_paths()
    assert path.vertices[:, 0].max() == pytest.approx(3)
    assert path.vertices[:, 1].max() == pytest.approx(band.high.max())
    assert "osteoclasts" in shown.picture.regions, "the cells can be clicked as well"
    assert "Osteoclast" in shown.lab.touch("osteoclasts")
