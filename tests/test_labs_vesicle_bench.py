"""Lab 4: clusters along the dose, a blot after one hour, genes on day 5, mineral on day 21."""

import re

import numpy as np
import pytest
from seen import Seen, reached

import bonelab as bl
from bonelab.labs.vesicle_bench import _in_words


@pytest.fixture(scope="module")
def shown():
    return Seen("vesicle_bench", dose=0.003, heads=6)


@pytest.fixture(scope="module")
def run():
    return bl.reverse.culture(vesicles="0.003 nM", valence=6)


def test_clusters_and_mtorc1_along_the_dose_in_percent(shown, run):
    assert shown.axis(0) == ("dose (nM)", "% of all")
    along = bl.reverse.dose_response(np.array([0.001, 0.003, 10]), valence=6)
    for dose, share, signal in zip(along.dose, along.clustered, along.mTORC1, strict=True):
        near = {"rel": 0.03, "abs": 0.3}  # between two stops of the axis
        assert shown.at(0, "clustered RANKL", dose) == pytest.approx(100 * share, **near)
        assert shown.at(0, "mTORC1", dose) == pytest.approx(100 * signal, **near)


def test_genes_are_read_on_day_5_and_mineral_on_day_21(shown, run):
    made = run.at("5 days")
    told = shown.lab.alt
    assert f"Runx2 {made['Runx2']:.1f}, Col1a1 {made['Col1a1']:.1f}, Sp7 {made['Sp7']:.1f}" in told
    assert f"mineral {run.final['mineral']:.1f}" in told
    assert shown.says(made["Runx2"], 1)
    assert shown.says(run.final["mineral"], 1)
    assert abs(made["Runx2"] - run.at("5 h", "Runx2")) > 0.1, "day and hour differ"


def test_the_bars_have_the_length_of_their_genes(shown, run):
    made = run.at("5 days") | {"mineral": run.final["mineral"]}
    bars = shown.picture.bars
    for bar, name in zip(bars.bars, bars.names, strict=True):
        assert bar.get_width() == pytest.approx(made[name], rel=1e-3), name


def test_the_blot_is_read_after_one_hour(shown, run):
    bands = bl.reverse.western_blot({"nothing": run, "start": run, "now": run}, time="60 minutes")
    column = bands["now"] if "now" in bands else bands.loc["now"]
    p_akt = next(float(column[name]) for name in column.index if "Akt" in str(name))
    size = 100 * p_akt if p_akt <= 1.5 else p_akt
    assert f"now {size:.0f}" in shown.lab.alt.split("p-Akt:")[1].split(";")[0]


def test_more_vesicles_than_any_preparation_holds_are_told_with_the_room_they_fill(shown):
    dense = Seen("vesicle_bench", dose=1000)
    # 6.0e17 vesicles a litre, each a ball of 90 nm: 3.8e-19 litres
    assert "would fill 23% of the medium" in dense.text
    assert "would fill" not in shown.text
    assert "would fill" not in Seen("vesicle_bench", dose=1000, kind="antibody").text


def test_what_does_not_happen_is_told_in_words():
    single = Seen("vesicle_bench", kind="soluble RANK", dose=1)
    assert "there are no clusters at any dose" in single.lab.alt
    off = Seen("vesicle_bench", cells="cells without Runx2").text
    assert "its genes stay off and no mineral forms" in off
    assert "0.0 times" not in off


def test_the_cursor_stands_at_the_dose(shown, run):
    assert shown.says(100 * run.facts["clustered"])
    assert shown.numbers[0] == 0.003
    assert shown.cursor(0) == pytest.approx((0.003, 100 * run.facts["clustered"]), rel=1e-3)


@pytest.mark.parametrize(
    ("setting", "given"),
    [
        ({"kind": "antibody", "dose": 1}, {"vesicles": 0, "antibody": "IgG", "dose": 1}),
        ({"opg": 1}, {"vesicles": 0.01, "opg": 1}),
        ({"cells": "cells with P29A RANKL"}, {"vesicles": 0.01, "rankl": "P29A"}),
        ({"cells": "rapamycin (stops mTORC1)"}, {"vesicles": 0.01, "rapamycin": "20 nM"}),
        ({"heads": 3}, {"vesicles": 0.01, "valence": 3}),
    ],
)
def test_each_control_reaches_its_own_number(setting, given):
    shown, run = Seen("vesicle_bench", **setting), bl.reverse.culture(**given)
    assert shown.says(run.final["mineral"], 1)
    assert shown.says(100 * run.facts["clustered"])


def test_the_bell_is_not_seen_before_the_question_about_it_is_answered():
    lab = bl.labs.vesicle_bench()
    hidden = lab.png()
    assert lab.blank
    assert not re.search(r"\d+ ?%", lab.alt)
    lab.skip()
    assert lab.png() != hidden
    assert re.search(r"\d+ ?%", lab.alt)


def test_half_in_clusters_with_few_particles():
    lab = bl.labs.vesicle_bench()
    few = {"dose": 0.0015}
    assert reached(lab, "0.0015 nM", few, {"heads": 30})
    assert not reached(lab, "0.0015 nM", {"dose": 0.01}), "too many"


def test_held_and_silent():
    lab = bl.labs.vesicle_bench()
    IgG = {"kind": "antibody, two arms (IgG)"}
    assert reached(lab, "held", IgG | {"dose": 0.005}, {"dose": 1})
    assert not reached(lab, "held", {"dose": 1000}), "some clusters are left"
    assert not reached(lab, "held", {"cells": "cells with P29A RANKL"} | IgG | {"dose": 1})


def test_runx2_silent_and_akt_active():
    lab = bl.labs.vesicle_bench()
    assert reached(lab, "ten times", {"cells": "Akt inhibitor"},
                   {"cells": "rapamycin (stops mTORC1)"})  # fmt: skip
    assert not reached(lab, "ten times", {"cells": "cells without RANKL"})


def test_a_click_says_what_each_part_does_now():
    shown = Seen("vesicle_bench", dose=0.1, heads=5)
    dish = shown.lab.run["dish"]
    assert f"{dish.facts['clustered']:.0%} in clusters" in shown.lab.touch("rankl")
    added = shown.lab.touch("crosslinker")
    assert added.startswith("Vesicle with RANK heads: now 0.1 nM")
    assert f"hold {dish.facts['on vesicles']:.0%} of the RANKL" in added
    assert f"{dish.facts['Akt fold']:.1f} times as active" in shown.lab.touch("tail")
    assert f"{dish.at(5 * 24)['Runx2']:.1f} times as high" in shown.lab.touch("nucleus")
    antibody = shown.move(kind="antibody, three arms").lab.touch("crosslinker")
    assert antibody.startswith("Antibody with three arms")
    assert all(shown.lab.touch(part) for part in ("crosslinker", "rankl", "tail", "nucleus"))


def test_a_click_on_the_blot_sets_a_scissor_there_and_takes_it_away():
    shown = Seen("vesicle_bench", dose=0.1)
    steps = {"p-Src": "Src-family kinase", "p-Akt": "Akt", "p-S6K1": "mTORC1"}
    cuts = [part for part in shown.picture.regions if part.startswith("cut ")]
    assert cuts == [f"cut {step}" for step in steps]
    before = shown.lab.run["dish"]
    for part, (step, series) in zip(cuts, steps.items(), strict=True):
        assert shown.lab.touch(part) == ""
        assert shown.picture.regions[part][0] == f"Scissor at {step}"
        after = shown.lab.run["dish"]
        stays = {
            "p-Src": [],
            "p-Akt": ["Src-family kinase"],
            "p-S6K1": ["Src-family kinase", "Akt"],
        }
        for above in stays[step]:
            assert after.at(1)[above] > 0.7 * before.at(1)[above], (step, above)
        assert after.at(1)[series] < 0.4 * before.at(1)[series] or step == "p-S6K1"
        if step == "p-S6K1":
            assert after.facts["mTORC1 fold"] < 0.2 * before.facts["mTORC1 fold"]
        shown.lab.touch(part)
        assert shown.lab.values["cells"] == shown.lab.defaults["cells"], "the second click heals"


def test_the_strips_of_the_blot_lie_over_their_bands():
    picture = Seen("vesicle_bench").picture
    box = picture.blot.axes.get_position()
    tops = []
    for step in ("p-Src", "p-Akt", "p-S6K1"):
        _, (left, top, width, height) = picture.regions[f"cut {step}"]
        assert (left, width) == pytest.approx((box.x0, box.width), abs=4e-3)
        assert 1 - box.y1 - 0.02 <= top < top + height <= 1 - box.y0 + 0.02
        assert height * 460 >= 20
        tops.append(top)
    assert tops == sorted(tops)


@pytest.mark.parametrize(
    ("clustered", "words"),
    [(0.76, "nearly all RANKL is in clusters"), (0.74, "about as many as before"),
     (0.21, "about as many as before"), (0.19, "hardly any are left")],
)  # fmt: skip
def test_clusters_have_the_words_of_their_share(clustered, words):
    assert _in_words(clustered) == words
