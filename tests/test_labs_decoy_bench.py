"""Lab 2: who holds the RANKL, in nM and percent, along total OPG."""

import numpy as np
import pytest
from seen import Seen, reached

import bonelab as bl

SETTING = {"rankl": 0.5, "opg": 1.5}


@pytest.fixture(scope="module")
def shown():
    return Seen("decoy_bench", **SETTING)


@pytest.fixture(scope="module")
def now():
    return bl.binding.competition(rankl="0.5 nM", opg="1.5 nM")


def test_occupancy_falls_along_total_opg_on_both_axes(shown):
    for panel in (0, 1):
        assert shown.axis(panel)[0] == "total OPG (nM)"
        for opg in (0.1, 1, 10):
            there = bl.binding.competition(rankl=0.5, opg=opg)
            height = shown.at(panel, "occupancy", opg)
            assert height == pytest.approx(100 * float(there.occupancy), abs=0.3)
    scales = [panel.axes.get_xscale() for panel in shown.picture.line_panels]
    assert scales == ["linear", "log"]


def test_the_cursor_stands_at_the_opg_that_is_set(shown, now):
    for panel in (0, 1):
        assert shown.cursor(panel) == pytest.approx((1.5, 100 * float(now.occupancy)), rel=1e-3)
    assert shown.at(1, "occupancy", 1.5) == pytest.approx(100 * float(now.occupancy), abs=0.3)
    assert f"at 1.5 nM {100 * float(now.occupancy):.1f}%" in shown.lab.alt


def test_the_sentence_says_shares_of_rankl_and_of_rank(shown, now):
    shares = {name: 100 * float(share) for name, share in now.shares().items()}
    assert shown.text == (
        f"Of the 0.5 nM RANKL, {shares['on OPG']:.0f}% is held by OPG, {shares['free']:.0f}% is "
        f"free and less than 1% is bound to RANK; {100 * float(now.occupancy):.0f}% of RANK is "
        "occupied."
    )
    assert 0 < shares["on RANK"] < 1


def test_a_mouse_without_rank_has_no_curve_of_occupied_rank(shown):
    without = Seen("decoy_bench", genotype="RANK-/-")
    for panel in (0, 1):
        assert np.isnan(without.line(panel, "occupancy")[1]).all()
    assert not any(cursor.line.get_visible() for cursor in without.picture.pair.cursors)
    assert "there is no RANK to occupy" in without.text
    assert "No curve of RANK occupancy" in without.lab.alt
    assert "of RANK is occupied" not in without.lab.alt
    without.move(genotype="RANKL-/-")  # RANK that nothing occupies is a curve along zero
    assert (without.line(0, "occupancy")[1] == 0).all()
    assert without.picture.pair.cursors[0].line.get_visible()


def test_the_sentence_leaves_out_what_is_not_there():
    assert "OPG" not in Seen("decoy_bench", genotype="OPG-/-").text
    full = bl.binding.competition(0.2, 0.02, 0.4, antibody=1).summary()
    assert "more than 99% is held by the antibody, less than 1% is free" in full


def test_the_drawing_counts_molecules_on_one_scale(shown, now):
    drawn = shown.drawing
    rankl, opg = (int(drawn.split(f" {name}")[0].split()[-1]) for name in ("RANKL,", "OPG ("))
    assert opg / rankl == pytest.approx(3, rel=0.03), "three times as much OPG as RANKL"


def test_each_control_reaches_its_own_number():
    p = bl.parameters.load("binding", Kd_OPG=0.5, Kd_RANK="1 nM")
    shown = Seen("decoy_bench", Kd_OPG=0.5, Kd_RANK=1)
    own = bl.binding.competition(parameters=p)
    assert shown.says(100 * float(own.occupancy))
    less = bl.binding.competition(rank=0, opg=0.4)
    without = Seen("decoy_bench", genotype="RANK-/-")
    assert without.lab.run["now"].shares()["free"] == pytest.approx(less.shares()["free"], rel=1e-6)
    assert without.says(100 * float(less.shares()["free"]))
    more = bl.binding.competition(opg=5 * 0.4)
    assert Seen("decoy_bench", genotype="OPG-Tg").says(100 * float(more.occupancy))


def test_an_opg_whose_double_changes_little_at_both_ends():
    lab = bl.labs.decoy_bench()
    assert reached(lab, "its double", {"opg": 0.01}, {"opg": 4}, {"opg": 6})
    assert not reached(lab, "its double", {"opg": 0.02}, {"opg": 6}), "too much of the little"
    assert not reached(lab, "its double", {"opg": 6}, {"opg": 20}), "both at one end"
    assert not reached(lab, "its double", {"opg": 0}, {"opg": 6})
    assert not reached(lab, "its double", {"genotype": "OPG-/-"}, {"opg": 6}), "no OPG to double"
    assert not reached(lab, "its double", {"rankl": 0.05, "opg": 6}, {"opg": 0.01}), "as asked"
    tight = {"opg": 6, "Kd_OPG": 0.05}
    assert not reached(lab, "its double", {"opg": 0.01}, tight), "amounts alone"


def test_one_ratio_and_two_occupancies():
    lab = bl.labs.decoy_bench()
    assert reached(lab, "twice as much", {"rankl": 0.4, "opg": 0.8}, {"rankl": 0.05, "opg": 0.1})
    assert not reached(lab, "twice as much", {"rankl": 0.4}, {"rankl": 0.05}), "another ratio"
    assert not reached(lab, "twice as much", {"Kd_OPG": 0.01}), "it is the amounts that are asked"
    assert not reached(lab, "twice as much", {"Kd_RANK": 0.03})


def test_half_of_the_opg_holds_as_well_with_a_tighter_grip():
    lab = bl.labs.decoy_bench()
    assert reached(lab, "grip of OPG", {"opg": 0.2}, {"Kd_OPG": 0.03}, {"Kd_OPG": 0.022})
    assert not reached(lab, "grip of OPG", {"opg": 0.4, "Kd_OPG": 0.1}), "all of the OPG"


def test_the_steepest_place_is_where_opg_is_scarce():
    lab = bl.labs.decoy_bench()
    lab.predict_again()
    assert lab.blank
    assert "21" not in lab.alt
    less = [float(bl.binding.competition(0.2, 0.02, o).occupancy) for o in (0.0, 0.05, 0.4, 0.45)]
    assert less[0] - less[1] > 2 * (less[2] - less[3])
    assert "and that is what the run shows" in lab.guess("where there is hardly any OPG")


def test_a_click_says_who_holds_a_molecule_and_for_how_long():
    shown = Seen("decoy_bench", opg=1, Kd_OPG=0.05)
    p = bl.parameters.load("binding", Kd_OPG=0.05)
    now = bl.binding.competition(0.2, p.RANK_tissue, 1, parameters=p)
    shares = now.shares()
    told = shown.lab.touch("rankl")
    assert f"OPG holds it {shares['on OPG']:.0%} of the time" in told
    assert f"{shares['free']:.0%} of the time nobody does" in told
    assert shown.lab.touch("free") == told
    assert f"holds a RANKL {float(now.occupancy):.0%} of the time" in shown.lab.touch("rank")
    opg = shown.lab.touch("opg")
    assert f"holds a RANKL {float(now.on_opg / now.opg):.0%} of the time" in opg
    assert "its Kd is 0.05 nM" in opg
    assert "there is none" in shown.move(opg=0).lab.touch("opg")
    assert "have none" in shown.move(genotype="RANK-/-").lab.touch("rank")
    assert all(shown.lab.touch(part) for part in shown.picture.regions)
