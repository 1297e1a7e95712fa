"""The claims about reverse signalling: a dish of osteoblasts with vesicles and antibodies."""

import numpy as np
import pytest

import bonelab as bl

DISH = bl.reverse.culture
GENES = ("Runx2", "Col1a1", "Sp7")


def fold(name="Runx2", days=5, **conditions):
    return DISH(days=days, **conditions).facts[f"{name} fold"]


def test_A3_OPG_alone_gives_no_reverse_signal(claim):
    run = DISH(vesicles=0, opg="1 nM", days=5)
    claim("A3", "RANKL clustered by 1 nM OPG alone", run.final["clustered RANKL"], high=0)
    claim(
        "A3",
        "Runx2 fold after 5 days of 1 nM OPG alone",
        run.facts["Runx2 fold"],
        near=1,
        within=1e-6,
    )


def test_B0_one_binding_event_two_outputs(claim):
    # the same two molecules: soluble RANKL acts on RANK cells, vesicular RANK on RANKL cells
    claim(
        "B0",
        "osteoclasts per 1,000 precursors after 5 days of RANKL on RANK cells",
        1000 * bl.forward.culture().final["osteoclasts"],
        above=50,
    )
    claim("B0", "Runx2 fold after 5 days of RANK vesicles on RANKL cells", fold(), above=1.5)


def test_B4_osteoclasts_release_vesicles_with_RANK(claim):
    cells = (25, 50, 100, 200)
    released = [bl.beyond_bone.vesicle_release(number=n).final["RANK vesicles"] for n in cells]
    claim("B4", "RANK vesicles around 25, 50, 100, 200 osteoclasts", released, order="rising")
    each = [number / n for number, n in zip(released, cells, strict=True)]
    claim(
        "B4",
        "RANK vesicles per osteoclast, over those of the first",
        [e / each[0] for e in each],
        near=1,
        within=1e-6,
    )
    without = bl.beyond_bone.vesicle_release("osteoblast").final["RANK vesicles"]
    claim("B4", "RANK vesicles around osteoblasts", without, high=0)


def test_B6_whether_osteocytes_are_reached_is_open(claim):
    left = bl.beyond_bone.partition_scan()["30 minutes"].to_numpy()  # 40 um deep
    folds = bl.reverse.dose_response(0.01 * left).Runx2
    claim("B6", "Runx2 fold 40 µm deep if vesicles enter canaliculi freely", folds[0], above=1.5)
    claim(
        "B6",
        "the same if one in 1e9 enters (which of the two is true is open)",
        folds[-1],
        near=1,
        within=1e-3,
    )


def test_B5_B17_vesicles_raise_Runx2_with_dose(claim):
    folds = [fold(vesicles=dose) for dose in (1e-5, 1e-4, 1e-3, 1e-2)]
    claim(
        "B5, B17",
        "Runx2 fold after 5 days of vesicles at 1e-5, 1e-4, 1e-3, 1e-2 nM",
        folds,
        order="rising",
    )
    claim("B5, B17", "Runx2 fold at 0.01 nM vesicles", folds[-1], low=1.5, high=3)


def test_B5_vesicles_and_surface_RANKL_are_both_needed(claim):
    claim("B5", "Runx2 fold without vesicles", fold(vesicles=0), near=1, within=1e-6)
    claim(
        "B5",
        "Runx2 fold with vesicles on cells without RANKL",
        fold(rankl="knock-out"),
        near=1,
        within=1e-6,
    )


@pytest.mark.parametrize("gene", GENES)
def test_B17_vesicles_raise_three_genes(claim, gene):
    claim("B17", f"{gene} fold after 5 days of 0.01 nM vesicles", fold(gene), low=1.5, high=5)


def test_ED3_OPG_blocks_reverse_signalling_too(claim):
    folds = [fold(opg=opg) for opg in (0, 0.1, 0.3, 1)]
    claim("ED3", "Runx2 fold with vesicles and OPG 0, 0.1, 0.3, 1 nM", folds, order="falling")
    claim("ED3", "Runx2 fold with vesicles and 1 nM OPG", folds[-1], below=1.1)


def test_B18_B19_B20_vesicles_make_mineral_through_Runx2(claim):
    claim("B18, B19", "mineral fold after 21 days of vesicles", fold("mineral", 21), above=1.5)
    claim(
        "B18, B19",
        "mineral fold with 20 nM rapamycin",
        fold("mineral", 21, rapamycin=20),
        low=0.8,
        high=1.1,
    )
    claim("B20", "mineral fold without Runx2", fold("mineral", 21, block="Runx2"), high=0)


def test_B22_rapamycin_stops_Runx2_below_Akt(claim):
    whole, treated = DISH(days=5), DISH(days=5, rapamycin="20 nM")
    ratio = {name: treated.final[name] / whole.final[name] for name in ("Akt", "mTORC1")}
    claim("B22", "Akt with 20 nM rapamycin over without", ratio["Akt"], above=0.95)
    claim("B22", "mTORC1 with 20 nM rapamycin over without", ratio["mTORC1"], below=0.1)
    claim(
        "B22",
        "Runx2 fold over untreated cells with vesicles and 20 nM rapamycin",
        treated.facts["Runx2 fold"],
        low=0.9,
        high=1.1,
    )
    flat = bl.reverse.dose_response(np.geomspace(1e-5, 1, 30), rapamycin=20).Runx2
    claim(
        "B22",
        "largest minus smallest Runx2 fold over all vesicle doses, with rapamycin",
        np.ptp(flat),
        below=0.1,
    )


CHAIN = ("Src-family kinase", "PI3K", "Akt", "mTORC1", "Runx2")


@pytest.mark.parametrize("step", range(4))
def test_B21_B23_B24_a_block_stops_what_is_below(claim, step):
    block = ("SFK", "PI3K", "Akt", "mTORC1")[step]
    whole, blocked, vehicle = DISH(days=5), DISH(days=5, block=block), DISH(days=5, vesicles=0)
    ids = "B24" if block == "SFK" else "B21"
    for name in CHAIN[:step]:
        claim(
            ids,
            f"{name} with {block} blocked over unblocked",
            blocked.final[name] / whole.final[name],
            near=1,
            within=1e-6,
        )
    for name in CHAIN[step:]:
        claim(
            ids,
            f"{name} with {block} blocked minus {name} of untreated cells",
            blocked.final[name] - vehicle.final[name],
            high=1e-6,
        )


def test_B23_B25_the_tail_carries_the_signal_not_the_binding(claim):
    whole, cut, mutant = DISH(), DISH(rankl="no proline motif"), DISH(rankl="P29A")
    same = [run.final["clustered RANKL"] - whole.final["clustered RANKL"] for run in (cut, mutant)]
    claim(
        "B23, B25",
        "RANKL clustered without the proline motif and with P29A minus wild type",
        same,
        near=0,
        within=1e-12,
    )
    claim(
        "B23",
        "PI3K without the proline motif minus PI3K of untreated cells",
        cut.final["PI3K"] - DISH(vesicles=0).final["PI3K"],
        near=0,
        within=1e-6,
    )
    claim(
        "B25", "Runx2 fold after 5 days of vesicles with P29A RANKL", fold(rankl="P29A"), below=1.1
    )


def test_B7_signal_runs_down_the_chain_in_time(claim):
    run = DISH(days=5, points=4801)
    times = []
    for name in ("Src-family kinase", "Akt", "mTORC1", "Runx2", "Col1a1"):
        rise = (run[name] - run[name][0]) / (run.final[name] - run[name][0])
        times.append(np.interp(0.9, rise, run.time))
    claim(
        "B7",
        "time to 90 % of the day-5 rise of SFK, Akt, mTORC1, Runx2, Col1a1",
        times,
        unit="h",
        order="rising",
    )


def test_B9_antibody_signals_without_vesicles(claim):
    claim(
        "B9",
        "Runx2 fold after 5 days of 0.02 nM trimerised antibody, no vesicles",
        fold(vesicles=0, antibody="trimerised"),
        above=1.5,
    )


def test_B26_B29_soluble_RANK_monomers_do_not_signal(claim):
    claim(
        "B26, B29",
        "Runx2 fold with 0.1 nM RANK as soluble monomers",
        fold(vesicles="0.1 nM", valence=1),
        near=1,
        within=1e-6,
    )
    claim(
        "B29",
        "Runx2 fold with 0.1 nM RANK, ten on each vesicle",
        fold(vesicles="0.01 nM", valence=10),
        above=1.5,
    )
    full = bl.reverse.dose_response([1e4], valence=1)
    claim(
        "B26",
        "Runx2 fold with 10,000 nM RANK monomers (every RANKL held)",
        full.Runx2,
        near=1,
        within=1e-6,
    )


def test_B27_signal_is_bell_shaped_in_dose(claim):
    answer = bl.reverse.dose_response(np.geomspace(1e-5, 1e4, 91), "antibody")
    best = int(np.argmax(answer.Runx2))
    ends = answer.Runx2[[0, -1]]
    claim(
        "B27",
        "largest Runx2 fold over the dose of trimerised antibody",
        answer.Runx2[best],
        above=1.5,
    )
    claim("B27", "Runx2 fold at 1e-5 and 1e4 nM", ends, below=1.1)


def test_B28_only_the_trimerised_antibody_signals(claim):
    folds = [fold(vesicles=0, antibody={"valence": arms, "dose": "0.02 nM"}) for arms in (1, 2, 3)]
    claim("B28", "Runx2 fold with an antibody of one or two arms", folds[:2], near=1, within=1e-6)
    claim("B28", "Runx2 fold with an antibody of three arms", folds[2], above=1.5)


def test_B30_only_RANKL_on_the_cell_signals(claim):
    claim("B30", "RANKL clustered, RANKL on the cells", DISH().final["clustered RANKL"], above=0.3)
    claim(
        "B30",
        "RANKL clustered, all RANKL soluble",
        DISH(rankl="soluble only").final["clustered RANKL"],
        high=0,
    )


def test_B32_only_nearby_osteoblasts_are_reached(claim):
    answer = bl.reverse.at_distance([0, 50, 100, 200, 400, 800])
    claim(
        "B32",
        "Runx2 fold of osteoblasts 0, 50, 100, 200, 400, 800 µm away",
        answer.Runx2,
        order="falling",
    )
    claim("B32", "Runx2 fold 800 µm away", answer.Runx2[-1], below=1.1)
