"""Beyond bone, one place at a time: each picture and sentence is that of its own run."""

import numpy as np
import pytest
from seen import Seen, reached

import bonelab as bl
from bonelab.labs.sweeping import sweep

PLACES = ("immune", "brain", "artery", "breast", "calcium")


def place(name, **values):
    return Seen(bl.labs.elsewhere(name), **values)


@pytest.mark.parametrize(
    ("name", "values", "run", "series", "axis"),
    [
        ("immune", {"opg": 6}, lambda: bl.beyond_bone.immunity(opg="6 nM"),
         ("T cells", "dendritic cells"), ("days", 10)),
        ("brain", {"rankl": 0.2, "cox": 0.5},
         lambda: bl.beyond_bone.fever(rankl="0.2 nM", cox=0.5), ("temperature", "PGE2"),
         ("hours", 4)),
        ("artery", {"opg": 0, "treated": "from week 8"},
         lambda: bl.beyond_bone.artery(opg=0, treat_from="8 weeks", treat_for="8 weeks"),
         ("arterial calcium", "OPG"), ("weeks", 12)),
        ("breast", {"rankl": 0, "injected": 0.05},
         lambda: bl.beyond_bone.mammary_gland(rankl=0, injected="0.05 nM"),
         ("alveoli", "occupancy"), ("days", 10)),
    ],
)  # fmt: skip
def test_a_place_shows_its_own_run(name, values, run, series, axis):
    shown, own = place(name, **values), run()
    unit, x = axis
    for panel, each in enumerate(series):
        assert shown.axis(panel)[0] == unit
        expected = own.at(7 * x if unit == "weeks" else x, each)
        assert shown.at(panel, each, x) == pytest.approx(expected, rel=1e-3)
    assert own.summary() in shown.text
    assert "only the direction is claimed" in shown.text


def test_the_drawing_of_an_immune_response_is_its_busiest_day():
    shown, run = place("immune", antigen_days=5), bl.beyond_bone.immunity(antigen_days=5)
    peak = run["T cells"].argmax()
    assert f"T cells at {100 * run['T cells'][peak]:.0f}% of the most" in shown.drawing
    assert f"{run['dendritic cells'][peak]:.1f} times as many dendritic cells" in shown.drawing


@pytest.mark.parametrize("rank", [0, 0.5, 1])
def test_the_dendritic_cells_carry_the_rank_that_is_set(rank):
    shown = place("immune", rank=rank)
    drawn = shown.picture.drawing.receptors.scale
    cells = np.floor(shown.lab.run["dendritic cells"].max())
    assert (drawn**2).sum() == pytest.approx(4 * rank * min(cells, 6))
    assert f"RANK at {100 * rank:.0f}% of normal" in shown.text
    assert ("dendritic cells without RANK" in shown.drawing) == (rank == 0)


def test_the_artery_begins_in_a_mouse_without_opg():
    lab, never = bl.labs.elsewhere("artery"), bl.beyond_bone.artery(opg=0)
    assert lab.values == {"opg": 0, "treated": "never"}
    shown = Seen(lab)
    assert shown.end(0, "arterial calcium") == (
        16, pytest.approx(never.final["arterial calcium"]),
    )  # fmt: skip
    assert never.summary() in shown.text


def test_what_bone_gives_to_milk_is_counted_from_the_start():
    shown = place("calcium", absorption=10, opg=1.5)
    run = bl.beyond_bone.calcium_balance(absorption=10, opg=1.5)
    given = run["bone"][0] - run["bone"][-1]
    assert shown.axis(0) == ("months", "mmol")
    assert shown.end(0, "given by bone")[1] == pytest.approx(given)
    assert shown.end(1, "milk")[1] == pytest.approx(run.final["milk"])
    assert shown.says(given)
    assert shown.says(run.final["milk"])


def test_more_absorption_spares_bone_a_little():
    given = {a: -np.ptp(bl.beyond_bone.calcium_balance(absorption=a)["bone"]) for a in (2, 5, 15)}
    assert given[2] < given[5] < given[15]
    assert given[5] == -np.ptp(bl.beyond_bone.calcium_balance()["bone"])
    assert given[15] < 0.7 * given[5], "it does not make up for what the milk takes"


@pytest.mark.parametrize("name", PLACES)
def test_every_control_of_a_place_can_be_moved(name):
    lab = bl.labs.elsewhere(name)
    lab.skip()
    assert sweep(lab, np.random.default_rng(1)) > 2
    assert lab.question.endswith("?")
    assert all(control.tooltip for control in lab.controls.values())


def test_places_keep_their_settings_apart():
    names = [bl.labs.elsewhere(name).name for name in PLACES]
    assert names[0] == "elsewhere"
    assert len(set(names)) == 5
    with pytest.raises(bl.BonelabError, match="brain"):
        bl.labs.elsewhere("brian")


def test_nothing_tells_the_peak_before_the_guess():
    lab = bl.labs.elsewhere()
    lab.predict_again()
    assert lab.blank
    assert "90" not in lab.alt
    with_, without = (bl.beyond_bone.immunity(opg=o)["T cells"].max() for o in (20, 0))
    assert with_ < 0.45 * without
    assert "and that is what the run shows" in lab.guess("less than half as high")


@pytest.mark.parametrize(
    ("name", "goal", "near", "there"),
    [
        ("immune", "half of the T cells", {"opg": 6}, {"opg": 7.1}),
        ("immune", "85%", {"antigen_days": 25}, {"opg": 6}),
        ("brain", "with COX2 at full work", {"rankl": 10, "rank": 0.1}, {"rank": 0.03}),
        ("brain", "with RANK as usual", {"rankl": 10, "cox": 0.2}, {"cox": 0.05}),
        ("artery", "Halve the calcium", {"opg": 0, "treated": "from week 12"},
         {"treated": "from week 8"}),
        ("artery", "how little OPG", {"opg": 0.5}, {"opg": 0.53}),
        ("breast", "Have fewer", {"rankl": 2, "rank": 0.1}, {"rank": 0}),
        ("breast", "Give a mouse", {"rankl": 0, "injected": 1}, {"injected": 0.5}),
        ("calcium", "half the cost", {"absorption": 20}, {"opg": 1.6}),
        ("calcium", "pay nothing", {"absorption": 12, "opg": 1.6}, {"opg": 3}),
    ],
)  # fmt: skip
def test_a_challenge_is_reached_there_and_not_near_it(name, goal, near, there):
    assert reached(bl.labs.elsewhere(name), goal, near, there)
