"""Who holds the RANKL: every molecule is drawn, on one scale that is told."""

import numpy as np
import pytest
from pictures import drawn, extent, whole, written

import bonelab as bl
from bonelab import BonelabError
from bonelab.figures.binding_picture import BindingPicture, counted, scale_for, some
from bonelab.figures.decoy_picture import mixture_values

RANK = 0.02  # nM


def mixture(rankl=0.2, opg=0.4, antibody=0.0, rank=RANK):
    held = bl.binding.competition(rankl, rank, opg, antibody)
    return mixture_values(held)


def shown(**amounts):
    """How many molecules of each kind the drawing shows, read from the drawing."""
    picture, _ = drawn(BindingPicture)
    picture.update(**amounts)
    opg = whole_size(picture.opg) + whole_size(picture.plain_opg)
    rankl = whole_size(picture.rankl) + whole_size(picture.plain_rankl)
    return {
        "OPG": opg,
        "RANKL": rankl + whole_size(picture.second) + whole(picture.seated),
        "RANK": whole(picture.receptors),
        "RANKL on RANK": whole(picture.seated),
        "antibody": whole_size(picture.antibody),
    }


def whole_size(stamp):
    """Copies of a Stamp whose size depends on how full the drawing is, parts by their area."""
    full = stamp.scale.max()
    return float(((stamp.scale / full) ** 2).sum()) if full > 0 else 0.0


def test_the_healthy_mixture_shows_empty_opg():
    """Twice as much OPG as RANKL: 0.4 and 0.2 nM at 0.002 nM a molecule are 200 and 100."""
    values = mixture()
    seen = shown(**values)
    assert seen["OPG"] == pytest.approx(200)
    assert seen["RANKL"] == pytest.approx(100, abs=0.5)
    assert seen["RANK"] == pytest.approx(10)
    told = counted(**values)
    assert told["scale"] == pytest.approx(0.002)
    assert told["empty OPG"] == pytest.approx(200 - values["on_opg"] / 0.002)
    assert told["empty OPG"] > 100, "more OPG is empty than there is RANKL"
    picture, _ = drawn(BindingPicture)
    assert f"200 OPG, {told['empty OPG']:.0f} empty" in written(picture)


def test_opg_that_holds_has_its_rankl_in_it_and_empty_opg_has_none():
    picture, _ = drawn(BindingPicture)
    values = mixture()
    picture.update(**values)
    opg, rankl = picture.opg.scale > 0.1, picture.rankl.scale > 0.1
    both = int((opg & rankl).sum())
    assert both == int(np.ceil(values["on_opg"] / 0.002))
    free = (values["rankl"] - values["on_opg"] - values["on_rank"]) / 0.002
    assert int((rankl & ~opg).sum()) == int(np.ceil(free))
    assert int((opg & ~rankl).sum()) == 200 - both


def test_at_a_hundredfold_excess_nearly_all_opg_is_empty():
    seen = shown(**mixture(opg=20.0))
    assert seen["OPG"] == pytest.approx(1000)
    assert seen["RANKL"] == pytest.approx(10, abs=0.2)
    assert seen["RANK"] == pytest.approx(1)
    told = counted(**mixture(opg=20.0))
    assert told["scale"] == pytest.approx(0.02)
    assert told["empty OPG"] == pytest.approx(990, abs=1)


def test_more_opg_and_more_rankl_show_more_of_both_and_the_same_rank():
    healthy, more = shown(**mixture()), shown(**mixture(rankl=0.6, opg=1.2))
    assert more["OPG"] == pytest.approx(3 * healthy["OPG"])
    assert more["RANKL"] == pytest.approx(3 * healthy["RANKL"], rel=0.01)
    assert more["RANK"] == pytest.approx(healthy["RANK"])


def test_doubling_rankl_keeps_rank():
    healthy, doubled = shown(**mixture()), shown(**mixture(rankl=0.4))
    assert doubled["RANK"] == pytest.approx(healthy["RANK"])
    assert doubled["OPG"] == pytest.approx(healthy["OPG"])
    assert doubled["RANKL"] == pytest.approx(2 * healthy["RANKL"], rel=0.01)
    assert doubled["RANKL on RANK"] > healthy["RANKL on RANK"]


def test_the_mouse_without_rankl_has_opg_and_rank():
    seen = shown(**mixture(rankl=0.0))
    assert seen["OPG"] == pytest.approx(200)
    assert seen["RANK"] == pytest.approx(10)
    assert seen["RANKL"] == 0
    picture, _ = drawn(BindingPicture)
    assert {"no RANKL", "200 OPG, 200 empty", "10 RANK, 10 empty", "0 RANKL"} <= written(picture)
    assert "There is no RANKL" in picture.alt(**mixture(rankl=0.0))


def test_occupancy_is_the_share_of_drawn_rank_that_holds_rankl():
    held = bl.binding.competition(0.4, RANK, 0.4)
    seen = shown(**mixture_values(held))
    assert seen["RANKL on RANK"] / seen["RANK"] == pytest.approx(held.occupancy)


def test_antibodies_are_drawn_with_those_that_hold_nothing():
    values = mixture(antibody=0.1)
    seen = shown(**values)
    assert seen["antibody"] == pytest.approx(50)
    assert seen["RANKL"] == pytest.approx(100, abs=0.6)
    picture, _ = drawn(BindingPicture)
    assert "50 antibodies" in written(picture)
    assert picture.glyphs["on antibody"].moving[0].get_visible()
    assert f"{values['on_antibody'] / 0.2:.0%} is on antibody" in picture.alt(**values)


def test_two_rankl_may_sit_on_the_two_arms_of_one_antibody():
    picture, _ = drawn(BindingPicture)
    picture.update(rankl=0.2, rank=0.0, opg=0.0, antibody=0.1, on_antibody=0.16)
    assert whole_size(picture.antibody) == pytest.approx(50)
    assert whole_size(picture.rankl) == pytest.approx(50 + 20)  # one on each antibody, and free
    assert whole_size(picture.second) == pytest.approx(30)


def test_the_key_names_no_antibody_where_there_is_none():
    picture, _ = drawn(BindingPicture)
    picture.update(**mixture())
    assert not any("antibod" in words for words in written(picture))
    assert not picture.glyphs["on antibody"].moving[0].get_visible()
    assert "antibod" not in picture.alt(**mixture())


def test_the_bar_has_the_shares_of_all_rankl():
    picture, _ = drawn(BindingPicture)
    values = mixture()
    picture.update(**values)
    widths = {}
    for name, block in picture.bar.blocks.items():
        corners = block.get_paths()[0].vertices[:, 0]
        widths[name] = np.ptp(corners) / 434  # the bar runs from 8 to 442
    whole_rankl = values["rankl"]
    assert widths["on OPG"] == pytest.approx(values["on_opg"] / whole_rankl)
    assert widths["on RANK"] == pytest.approx(values["on_rank"] / whole_rankl)
    assert widths["on antibody"] == 0
    assert sum(widths.values()) == pytest.approx(1)


def test_the_scale_is_told_and_changes_by_tens():
    picture, _ = drawn(BindingPicture)
    for opg, scale in ((0.0, "0.002"), (1.9, "0.002"), (2.5, "0.02"), (100, "0.2")):
        picture.update(**mixture(opg=opg))
        assert f"One drawn molecule stands for {scale} nM." in written(picture)
        assert f"one molecule stands for {scale} nM" in picture.alt(**mixture(opg=opg))


@pytest.mark.parametrize(
    ("fluid", "rank", "scale"),
    [
        (0.6, 0.02, 0.002),
        (2.1, 0.02, 0.002),  # 1050 molecules: the last that have a place
        (2.101, 0.02, 0.02),
        (0.6, 0.2, 0.002),  # 100 RANK
        (0.6, 0.201, 0.02),
        (0.0, 0.0, 0.002),
        (0.0005, 0.0, 0.0002),  # few molecules: one stands for less
        (21.0, 0.0, 0.02),
    ],
)
def test_the_scale_leaves_every_molecule_a_place(fluid, rank, scale):
    assert scale_for(fluid, rank) == pytest.approx(scale)


def test_words_and_drawing_say_the_same_numbers():
    values = mixture(rankl=0.05, opg=0.1)
    told = counted(**values)
    sentence = drawn(BindingPicture)[0].alt(**values)
    for name in ("RANKL", "OPG", "empty OPG", "RANK", "empty RANK"):
        assert some(told[name]) in sentence, name
    assert some(told["OPG"]) == "50"
    assert some(told["RANKL"]) == "25"
    assert f"{100 * values['on_opg'] / 0.05:.0f}% is on OPG" in sentence


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0"), (0.14, "0.1"), (1, "1"), (9.94, "9.9"), (9.96, "10"), (129.4, "129"),
     (1000, "1,000")],
)  # fmt: skip
def test_numbers_of_molecules_are_whole_from_ten_on(number, words):
    assert some(number) == words


def test_molecules_stay_in_the_fluid_and_keep_their_places():
    picture, _ = drawn(BindingPicture)
    for opg in (0.0, 0.4, 2.0, 20.0, 100.0):
        picture.update(**mixture(opg=opg))
        for stamp in (picture.opg, picture.plain_opg, picture.rankl, picture.plain_rankl):
            if stamp.moving[0].get_visible():
                left, foot, right, top = extent(stamp.moving[0])
                assert left >= 0
                assert right <= 450
                assert foot >= 95
                assert top <= 319
    picture.update(**mixture(opg=0.40))
    before = picture.opg.scale > 0.1
    picture.update(**mixture(opg=0.36))
    after = picture.opg.scale > 0.1
    assert (after <= before).all()
    assert after.sum() == 180


@pytest.mark.parametrize(
    "wrong",
    [
        {"rankl": -1}, {"rankl": np.nan}, {"opg": np.inf}, {"rank": -0.1}, {"antibody": "two"},
        {"on_opg": 0.5}, {"on_rank": 0.03}, {"on_antibody": 0.1}, {"rankl": 0.1, "on_opg": 0.2},
    ],
)  # fmt: skip
def test_amounts_that_cannot_be_are_refused(wrong):
    with pytest.raises(BonelabError):
        drawn(BindingPicture)[0].update(**wrong)
