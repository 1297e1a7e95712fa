"""Diseases and genotypes: one number each, worked by hand, and files that tell what is wrong."""

import dataclasses

import claims
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import bonelab as bl
from bonelab.biology import conditions as module
from bonelab.biology.conditions import conditions, joined
from bonelab.biology.forward_signalling import receptor_signal
from bonelab.biology.lesions import bounded_calcium
from bonelab.biology.remodelling import Condition
from bonelab.parameters import BonelabError, load, references

YOUNG = bl.woman(25)


def occupancy(RANKL=1.0, OPG=1.0, RANK=1.0, extra_RANKL=0.0):
    """Share of RANK that holds RANKL in bone of this condition, by bisection of the balance.

    L + 0.02 R L/(L+0.2) + 0.4 O L/(L+0.1) = 0.2 RANKL + extra (all nM, free RANKL L). Vesicles,
    which hold a few per cent, are left out.
    """
    total, low, high = 0.2 * RANKL + extra_RANKL, 0.0, 0.2 * RANKL + extra_RANKL
    for _ in range(100):
        L = (low + high) / 2
        held = L + 0.02 * RANK * L / (L + 0.2) + 0.4 * OPG * L / (L + 0.1)
        low, high = (L, high) if held < total else (low, L)
    return L / (L + 0.2)


# Worked from the balance above. Healthy bone: L = 0.0546 nM, 0.0546/0.2546 = 21.4 % of RANK:
# 0.0546 + 0.02 x 0.0546/0.2546 + 0.4 x 0.0546/0.1546 = 0.0546 + 0.0043 + 0.1413 = 0.2002.
# Glucocorticoid, L_T = 0.6, O_T = 0.06: L = 0.535, 0.535 + 0.0146 + 0.0505 = 0.600; 0.535/0.735 =
# 72.8 %. No OPG: L + 0.02 L/(L+0.2) = 0.2, L = 0.1903, 0.1903/0.3903 = 48.75 %.
OCCUPIED = {
    "rheumatoid arthritis": 0.3795,
    "periodontal disease": 0.3493,
    "giant cell tumour": 0.6960,
    "malignant bone tumour": 0.4767,
    "glucocorticoid osteoporosis": 0.7279,
    "juvenile Paget's disease": 0.4875,
    "osteopetrosis without RANKL": 0.0,
    "hypercalcaemia of malignancy": 0.6798,
}
MICE = {
    "wild type": 0.2143,
    "RANKL-/-": 0.0,
    "RANKL+/-": 0.1033,
    "RANK+/-": 0.2167,
    "OPG-/-": 0.4875,
    "OPG+/-": 0.3237,
    "OPG-Tg": 0.0495,
    "sRANKL-Tg": 0.5194,
    "RANKL-/- + sRANKL": 0.1033,
}


def test_the_numbers_worked_by_hand_are_worked_with_those_of_the_table():
    b = load("binding")
    table = (b.RANKL_tissue, b.RANK_tissue, b.Kd_RANK, b.OPG_tissue, b.Kd_OPG)
    assert table == (0.2, 0.02, 0.2, 0.4, 0.1), "work OCCUPIED, MICE and WORKED out anew"


@pytest.mark.parametrize(("kind", "worked"), [("diseases", OCCUPIED), ("genotypes", MICE)])
def test_whatever_changes_who_holds_RANKL_is_worked_by_hand(kind, worked):
    """Those that change something besides have a test of their own, which the balance is not."""
    balance = {"RANKL", "OPG", "RANK", "extra_RANKL"}
    changed = {
        name
        for name, each in conditions(kind).items()
        if each.changes and set(each.changes) <= balance and each.changes.get("RANK", 1) > 0
    }
    missing = changed - set(worked)
    assert not missing, f"work out the share of RANK that holds RANKL in {missing} by hand"


def test_the_claim_of_an_entry_exists():
    for kind in ("diseases", "genotypes"):
        for name, entry in conditions(kind).items():
            known = not entry.claim or entry.claim in claims.all_claims()
            assert known, f"{kind}.toml, entry [{name}]: tests/claims.csv has no {entry.claim}"


@pytest.mark.parametrize("name", OCCUPIED)
def test_what_a_disease_does_to_RANK_as_worked_by_hand(name):
    changes = conditions("diseases")[name].changes
    molecules = {k: v for k, v in changes.items() if k in ("RANKL", "OPG", "RANK", "extra_RANKL")}
    assert occupancy(**molecules) == pytest.approx(OCCUPIED[name], abs=2e-4)
    start = bl.simulate(YOUNG.with_disease(name), days=1)["occupancy"][0]
    assert start == pytest.approx(OCCUPIED[name], abs=0.03)


@pytest.mark.parametrize("name", MICE)
def test_what_a_genotype_does_to_RANK_as_worked_by_hand(name):
    assert occupancy(**conditions("genotypes")[name].changes) == pytest.approx(MICE[name], abs=2e-4)
    start = bl.simulate(bl.mouse(name), days=1)["occupancy"][0]
    assert start == pytest.approx(MICE[name], abs=0.03)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        *(("opg ko", "OPG-/-"), ("OPG knock-out", "OPG-/-"), ("Opg null", "OPG-/-")),
        *(("Tnfsf11-/-", "RANKL-/-"), ("Tnfrsf11a-/-", "RANK-/-"), ("rankl het", "RANKL+/-")),
        *(("RANKL P29A", "P29A"), ("OPG transgenic", "OPG-Tg"), ("humanized RANKL", "huRANKL")),
    ],
)
def test_a_mouse_is_known_by_what_people_call_it(written, name):
    assert bl.mouse(written) == bl.mouse(name)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("giant cell tumor", "giant cell tumour"),
        ("Hypercalcemia of malignancy", "hypercalcaemia of malignancy"),
    ],
)
def test_a_disease_is_known_in_both_spellings(written, name):
    assert bl.woman(60).with_disease(written) == bl.woman(60).with_disease(name)
    assert bl.regulators["oestrogen"] is bl.regulators["estrogen"]


def test_the_other_genotypes_as_worked_by_hand():
    """A tail of 0.02 leaves a fiftieth of the reverse signal; a gain of 0.12 makes RANK signal
    0.12 + 0.88 x 0.2143 = 0.3086; without RANK no RANKL helps; human RANKL lets denosumab bind."""
    tail = bl.simulate(bl.mouse("P29A"), days=1)["reverse signal"][0]
    assert tail == pytest.approx(0.02, rel=1e-4)
    gain = conditions("genotypes")["RANK gain"].changes["RANK_gain"]
    assert receptor_signal(0.2143, load("forward", RANK_gain=gain)) == pytest.approx(
        0.3086, abs=1e-4
    )
    for name in ("RANK-/-", "RANK-/- + sRANKL"):
        assert bl.simulate(bl.mouse(name), days=60).final["osteoclasts"] < 1e-6
    drug = bl.denosumab(level="1 nM")
    bound, not_bound = (
        bl.simulate(bl.mouse(name), drug, days=30).final["osteoclasts"]
        for name in ("huRANKL", "wild type")
    )
    assert bound < 0.1
    assert not_bound == pytest.approx(1, abs=1e-5)


def test_a_mouse_that_sheds_no_RANKL_is_near_normal_and_loses_bone_without_estrogen():
    """A tenth of RANKL is shed, so without shedding 1/0.9 = 1.11 times as much stands on cells. No
    RANKL is gained or lost: osteoclasts stay, and ovariectomy costs the same bone (Xiong 2018;
    Asano 2019: fewer osteoclasts only in a metastasis). The tail's signal rises by at most that
    crowding, for each of two neighbours: 1 to 1.11 x 1.11 = 1.23."""
    assert load("binding").soluble_share == pytest.approx(0.1)
    normal, none = (
        [bl.simulate(bl.mouse(name, ovariectomised=cut), days=120) for cut in (False, True)]
        for name in ("wild type", "no soluble RANKL")
    )
    assert 1.02 < none[0]["reverse signal"][0] < 1.23
    for name in ("osteoclasts", "resorption"):
        assert none[0].final[name] == pytest.approx(1, abs=0.02), name
    assert none[0].final["formation"] == pytest.approx(1, abs=0.1)
    lost = [runs[1].final["bone volume spine"] - 1 for runs in (normal, none)]
    assert lost[1] < -0.03
    assert lost[1] == pytest.approx(lost[0], abs=0.02)


def test_genes_of_people_and_of_mice_are_the_same_changes():
    mice, people = conditions("genotypes"), conditions("diseases")
    assert people["juvenile Paget's disease"].changes == mice["OPG-/-"].changes
    assert people["osteopetrosis without RANKL"].changes == mice["RANKL-/-"].changes
    assert people["osteopetrosis without RANK"].changes == mice["RANK-/-"].changes
    assert people["familial expansile osteolysis"].changes == mice["RANK gain"].changes
    for name in ("osteopetrosis without RANKL", "osteopetrosis without RANK"):
        assert bl.simulate(YOUNG.with_disease(name), years=2).final["osteoclasts"] < 1e-6
    given_rankl = {
        name: bl.simulate(YOUNG.with_disease(name).with_(extra_RANKL=0.2), years=1).final[
            "osteoclasts"
        ]
        for name in ("osteopetrosis without RANKL", "osteopetrosis without RANK")
    }  # exogenous RANKL makes osteoclasts of the first patients only (Sobacchi 2007, Guerrini 2008)
    assert given_rankl["osteopetrosis without RANKL"] > 0.2
    assert given_rankl["osteopetrosis without RANK"] < 1e-6


def test_gains_of_RANK_need_no_more_RANKL():
    for name in ("Paget's disease", "familial expansile osteolysis"):
        run = bl.simulate(YOUNG.with_disease(name), years=2)
        assert run["occupancy"][0] == pytest.approx(0.214, abs=0.03), name
        assert run.final["resorption"] > 1.3, name
        assert run.final["formation"] > 1.1, name
        assert run.local


def test_postmenopausal_osteoporosis_is_the_loss_of_estrogen():
    ill = bl.simulate(YOUNG.with_disease("postmenopausal osteoporosis"), years=10)
    assert ill.final["resorption"] > ill.final["formation"] > 1.2
    assert ill.final["BMD spine"] < 95
    old = bl.woman(65)
    more = bl.simulate(old.with_disease("postmenopausal osteoporosis"), years=5)
    assert more.final["BMD hip"] == pytest.approx(
        bl.simulate(old, years=5).final["BMD hip"], abs=1.5
    )


# ---- calcium ------------------------------------------------------------------------------------


def test_calcium_of_the_blood_by_hand():
    """Slope 1 at rest, and the bounds: 2.35 + 0.1 for 0.1; a = 3.65/1.85, k = 5.5/(1.85 x 3.65)."""
    p = load("lesions")
    assert bounded_calcium(0.0, p) == pytest.approx(2.35, rel=1e-12)
    assert bounded_calcium(1e-6, p) - 2.35 == pytest.approx(1e-6, rel=1e-3)
    assert bounded_calcium(1.0, p) == pytest.approx(
        0.5 + 5.5 / (1 + 1.97297 * np.exp(-0.81451)), rel=1e-5
    )
    assert bounded_calcium(1e9, p) == pytest.approx(6.0)
    assert bounded_calcium(-1e9, p) == pytest.approx(0.5)
    np.testing.assert_allclose(bounded_calcium(np.array([-1e9, 0.0, 1e9]), p), [0.5, 2.35, 6.0])


def test_PTHrP_raises_calcium_by_bone_and_kidney_and_OPG_mends_the_part_of_bone():
    sick = YOUNG.with_disease("hypercalcaemia of malignancy")
    ill, treated = (
        bl.simulate(sick, drugs, days=119)["serum calcium"]
        for drugs in ([], bl.opg_fc(level="20 nM"))
    )
    assert 2.9 < ill.max() < 3.7
    # resorption 0, formation about 0.2 by then: 2.35 + 0.2 - 0.055 x 0.2 = 2.54
    assert treated[-1] == pytest.approx(2.54, abs=0.02)
    assert sick.tissue.condition.RANKL == 3.0
    assert sick.tissue.condition.OPG == 0.5
    assert sick.tissue.condition.extra_RANKL == 0.0  # the tumour itself makes no RANKL


def test_no_legal_parameter_takes_calcium_where_no_body_was():
    p = load("lesions", calcium_per_turnover=2, calcium_kept=2, calcium_rate=10)
    sick = YOUNG.with_(extra_RANKL=1000, RANKL=1000, OPG=0).with_disease(
        "hypercalcaemia of malignancy"
    )
    lesion = module.Hypercalcaemia(p)
    run = bl.simulate(dataclasses.replace(sick, lesions=(lesion,)), years=2)
    assert run["serum calcium"].min() >= 0.5
    assert run["serum calcium"].max() <= 6.0
    assert "few live above" in run.summary()


# ---- several causes, and faults in files ---------------------------------------------------------


def test_a_second_cause_does_not_undo_the_first():
    both = YOUNG.with_disease("glucocorticoid osteoporosis").with_disease("rheumatoid arthritis")
    turned = YOUNG.with_disease("rheumatoid arthritis").with_disease("glucocorticoid osteoporosis")
    for each in (both, turned):
        c = each.tissue.condition
        assert (c.RANKL, c.OPG, c.extra_RANKL) == (3.0, 0.15, 0.15)
    under = YOUNG.with_regulator("PTH", species="rat").with_disease("glucocorticoid osteoporosis")
    assert pytest.approx(15.0) == under.tissue.condition.RANKL
    assert pytest.approx(0.06) == under.tissue.condition.OPG
    assert both.name == "a woman of 25 with glucocorticoid osteoporosis and rheumatoid arthritis"


@given(st.floats(0, 1e3), st.floats(0, 0.5), st.floats(0, 1))
def test_joined_conditions_stay_in_range(more, gain, lost):
    given = {"extra_RANKL": more, "RANK_gain": gain, "estrogen_removed": lost}
    c = joined(Condition(extra_RANKL=900.0, RANK_gain=0.3, estrogen_removed=0.4), given)
    assert 900 <= c.extra_RANKL <= 1e3
    assert 0.3 <= c.RANK_gain <= 0.5
    assert 0.4 <= c.estrogen_removed <= 1


def test_every_entry_has_words_a_source_and_a_factor_that_is_used():
    for kind in ("diseases", "genotypes"):
        for name, entry in conditions(kind).items():
            assert entry.words
            assert entry.name == name
            assert all(key in references() for key in entry.refs)
            sourced = entry.refs or name == "wild type"
            assert sourced, f"{kind}.toml, entry [{name}]: refs is empty; it needs a source"


def written(tmp_path, monkeypatch, kind, text):
    (tmp_path / f"{kind}.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(module, "_FOLDER", tmp_path)
    return lambda: module.conditions.__wrapped__(kind)


GOOD = 'words = "x"\nsite = "local"\nrefs = ["kong1999"]\nchanges = { RANKL = 2.0 }\n'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[x]\n" + GOOD.replace("words", "word"), "'word' is no key here. Did you mean 'words'"),
        ("[x]\n" + GOOD.replace("RANKL", "RANLK"), "changes = 'RANLK' is not known. Did you mean"),
        ("[x]\n" + GOOD.replace("2.0", "-2.0"), "RANKL = -2.0 is too low"),
        ("[x]\n" + GOOD.replace("2.0", "'two'"), "RANKL = 'two' does not work"),
        ("[x]\n" + GOOD.replace("kong1999", "king1999"), "refs = 'king1999' is not known"),
        ("[x]\n" + GOOD.replace("local", "elbow"), "site = 'elbow' is not known"),
        ("[x]\n" + GOOD.replace('refs = ["kong1999"]\n', ""), "the key 'refs' is missing"),
        ("[x]\n" + GOOD.replace('"x"', "5"), "words = 5 does not work: it should be text"),
        ("[x]\n" + GOOD + 'lesion = "hole"\n', "lesion = 'hole' is not known"),
        ("x = 5\n", "it should be a table of keys and values, not 5"),
    ],
)
def test_a_fault_in_a_disease_is_told_with_file_and_entry(tmp_path, monkeypatch, text, says):
    read = written(tmp_path, monkeypatch, "diseases", text)
    with pytest.raises(BonelabError) as error:
        read()
    assert str(error.value).startswith("diseases.toml, entry [x]: ")
    assert says in str(error.value)


def test_a_file_that_is_no_table_is_told(tmp_path, monkeypatch):
    read = written(tmp_path, monkeypatch, "genotypes", "[x\n")
    with pytest.raises(BonelabError, match=r"genotypes\.toml cannot be read"):
        read()


def test_a_part_of_a_disease_is_that_part_of_the_way_from_health():
    arthritis = YOUNG.with_disease("rheumatoid arthritis", severity=0.4)
    assert arthritis.tissue.condition.extra_RANKL == pytest.approx(0.06)
    assert arthritis.name.endswith("rheumatoid arthritis at 40% of its severity")
    steroid = YOUNG.with_disease("glucocorticoid osteoporosis", "50 %").tissue.condition
    assert pytest.approx((2.0, 0.575)) == (steroid.RANKL, steroid.OPG)
    paget = YOUNG.with_disease("Paget's disease", 0.5).tissue.condition
    assert (paget.RANK_gain, paget.RANK_response) == pytest.approx((0.0025, 1.5))
    assert YOUNG.with_disease("juvenile Paget's disease", 0.25).tissue.condition.OPG == 0.75
    whole = YOUNG.with_disease("Paget's disease")
    assert whole == YOUNG.with_disease("Paget's disease", severity=1)
    assert "severity" not in whole.name


def test_no_severity_is_health_and_a_lesion_has_a_part_of_its_strength():
    none = YOUNG.with_disease("bone metastasis", severity=0)
    assert none.lesions == ()
    assert none.tissue == YOUNG.tissue
    (half,) = YOUNG.with_disease("bone metastasis", severity=0.5).lesions
    assert half.p.tumour_RANKL == pytest.approx(0.5 * load("lesions").tumour_RANKL)
    (mild,) = YOUNG.with_disease("hypercalcaemia of malignancy", severity=0.5).lesions
    assert mild.p.calcium_kept == pytest.approx(0.5 * load("lesions").calcium_kept)
    with pytest.raises(bl.BonelabError, match="severity"):
        YOUNG.with_disease("bone metastasis", severity=1.5)


def test_the_mouse_P29A_has_the_tail_of_the_table():
    """The table of genotypes cannot refer to a record, so this holds the two together."""
    assert bl.mouse("P29A").tissue.condition.tail == bl.parameters.load("reverse").tail_P29A
