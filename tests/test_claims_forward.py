"""The claims about forward signalling: a dish of osteoclast precursors with RANKL and OPG."""

import numpy as np
import pytest

import bonelab as bl

HOURS = "120 h"
DISH = bl.forward.culture


def at_five_days(name, **conditions):
    return DISH(**conditions).at(HOURS, name)


def test_A2_A12_B2_nothing_without_RANK(claim):
    run = DISH(rank=0)
    claim(
        "A2, A12",
        "NFATc1 after 5 days of 50 ng/ml RANKL without RANK",
        run.at(HOURS, "NFATc1"),
        below=1e-6,
    )
    claim(
        "A2, B2",
        "osteoclasts per precursor after 5 days without RANK",
        run.at(HOURS, "osteoclasts"),
        below=1e-6,
    )
    levels = [at_five_days("osteoclasts", rank=rank) for rank in (0, 0.1, 0.3, 1)]
    claim(
        "A2, B2",
        "osteoclasts per precursor at RANK 0, 0.1, 0.3, 1 of normal",
        levels,
        order="rising",
    )


def test_A3_OPG_alone_signals_nothing(claim):
    run = DISH(rankl=0, opg="1 nM")
    claim("A3", "NFATc1 after 5 days of 1 nM OPG alone", run.at(HOURS, "NFATc1"), below=1e-6)


def test_A3_A17_A18_OPG_stops_resorption(claim):
    pits = [at_five_days("pits", rankl="0.83 nM", opg=opg) for opg in (0, 0.1, 0.3, 1, 3)]
    claim(
        "A3, A17, A18",
        "pits after 5 days at OPG 0, 0.1, 0.3, 1, 3 nM (RANKL 0.83 nM)",
        pits,
        order="falling",
    )
    claim("A3, A17, A18", "pits at 3 nM OPG over pits without", pits[-1] / pits[0], below=0.2)


@pytest.mark.parametrize("name", ["osteoclasts", "nuclei per osteoclast", "NFATc1"])
def test_A17_OPG_lowers_every_output(claim, name):
    values = [at_five_days(name, rankl="0.83 nM", opg=opg) for opg in (0, 0.1, 0.3, 1, 3)]
    claim("A17", f"{name} after 5 days at OPG 0, 0.1, 0.3, 1, 3 nM", values, order="falling")


def test_A17_the_ratio_is_the_control_knob(claim):
    # the same ratio of RANKL to OPG, both far above their Kd: nearly the same occupancy
    occupancy = bl.binding.competition(rankl=[0.5, 5, 50], rank=0.02, opg=[1, 10, 100]).occupancy
    claim(
        "A17",
        "occupancy at RANKL 0.5, 5, 50 nM with twice as much OPG",
        occupancy,
        near=0.33,
        within=0.07,
    )


def test_A6_B2_RANKL_is_essential_for_formation(claim):
    doses = ("0", "2.5 ng/ml", "10 ng/ml", "50 ng/ml")
    cells = [at_five_days("osteoclasts", rankl=dose) for dose in doses]
    claim("A6, B2", "osteoclasts per precursor after 5 days without RANKL", cells[0], high=0)
    claim(
        "A6, B2", "osteoclasts per precursor at RANKL 0, 2.5, 10, 50 ng/ml", cells, order="rising"
    )
    fine = np.geomspace(0.3, 50, 40)
    formed = [at_five_days("osteoclasts", rankl=f"{dose} ng/ml") for dose in fine]
    half = np.interp(0.5 * formed[-1], formed, fine)
    claim(
        "A6, B2",
        "RANKL for half of the osteoclasts of 50 ng/ml",
        half,
        unit="ng/ml",
        low=1,
        high=10,
    )


def test_A7_RANKL_drives_fusion(claim):
    nuclei = [
        at_five_days("nuclei per osteoclast", rankl=f"{dose} ng/ml") for dose in (2.5, 10, 50)
    ]
    claim(
        "A7",
        "nuclei per osteoclast after 5 days at RANKL 2.5, 10, 50 ng/ml",
        nuclei,
        order="rising",
    )
    claim("A7", "nuclei per osteoclast at 2.5 ng/ml", nuclei[0], low=2, high=4)
    claim("A7", "nuclei per osteoclast at 50 ng/ml", nuclei[-1], low=4, high=12)


def test_A8_B3_RANKL_drives_activation(claim):
    activity = bl.forward.steady_state([0.05, 0.2, 0.5, 0.9]).activity
    claim(
        "A8, B3",
        "resorption of one osteoclast at occupancy 0.05, 0.2, 0.5, 0.9",
        activity,
        order="rising",
    )
    claim("A8", "last over first", activity[-1] / activity[0], above=5)


def test_B3_osteoclasts_resorb_bone(claim):
    run = DISH(days=10)
    grown = np.diff(run["pits"])[run["osteoclasts"][1:] > 0.01]
    claim("B3", "smallest growth of the pits while there are osteoclasts", grown.min(), above=0)
    claim("B3", "pits after 10 days without RANKL", DISH(rankl=0, days=10).final["pits"], high=0)


def test_A9_RANKL_drives_survival(claim):
    lives = bl.forward.half_life(np.array([0, 0.05, 0.2, 0.5]))
    claim(
        "A9",
        "half-life of osteoclasts at occupancy 0, 0.05, 0.2, 0.5",
        lives,
        unit="days",
        order="rising",
    )
    claim("A9", "half-life without RANKL", lives[0], unit="days", low=0.4, high=1.5)
    claim("A9", "half-life at occupancy 0.5 over that at 0", lives[-1] / lives[0], above=5)


ARMS = {"NF-kB": ("A15", 70), "JNK": ("A14", 60), "Akt": ("A16", 45)}


def _peak(claim, name):
    number, latest = ARMS[name]
    run = DISH(days="4 h", points=481)
    peak = int(np.argmax(run[name]))
    claim(
        number,
        f"time of the peak of {name} at 50 ng/ml RANKL",
        60 * run.time[peak],
        unit="min",
        low=5,
        high=latest,
    )
    claim(
        number,
        f"{name} after 4 h over its peak",
        run.final[name] / run[name][peak],
        low=0.4,
        high=0.95,
    )


def _relative(names, block):
    blocked, whole = DISH(block=block).at(HOURS), DISH().at(HOURS)
    return [blocked[name] / whole[name] for name in names]


def test_A14_JNK_rises_and_is_needed(claim):
    _peak(claim, "JNK")
    nfatc1, nfkb = _relative(["NFATc1", "NF-kB"], "JNK")
    claim("A14", "NFATc1 with JNK blocked over unblocked", nfatc1, below=0.3)
    claim("A14", "NF-kB with JNK blocked over unblocked", nfkb, near=1, within=0.05)


def test_A15_NFkB_rises_and_is_needed(claim):
    _peak(claim, "NF-kB")
    cells, akt = _relative(["osteoclasts", "Akt"], "IKK")
    claim("A15", "osteoclasts with IKK blocked over unblocked", cells, below=0.05)
    claim("A15", "Akt with IKK blocked over unblocked", akt, near=1, within=0.05)


def test_A16_Akt_rises_and_keeps_osteoclasts_alive(claim):
    _peak(claim, "Akt")
    cells, nfkb, nfatc1 = _relative(["osteoclasts", "NF-kB", "NFATc1"], "Akt")
    claim("A16", "osteoclasts with Akt blocked over unblocked", cells, below=0.5)
    claim("A16", "NF-kB with Akt blocked over unblocked", nfkb, near=1, within=0.05)
    claim("A16", "NFATc1 with Akt blocked over unblocked", nfatc1, near=1, within=0.05)
    lives = [bl.forward.half_life(0.5, block=block) for block in ((), "Akt", "Src")]
    claim(
        "A16",
        "half-life of osteoclasts with Akt, then Src blocked, over unblocked",
        [life / lives[0] for life in lives[1:]],
        below=0.5,
    )
