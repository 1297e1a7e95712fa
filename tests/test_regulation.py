"""Regulators of RANKL, OPG and RANK: claims A19 to A30, and the arithmetic of combining them."""

import claims
import pytest
from hypothesis import given
from hypothesis import strategies as st

import bonelab as bl
from bonelab.biology import regulation
from bonelab.biology.regulation import TARGETS
from bonelab.parameters import references

NAMES = st.sampled_from(list(bl.regulators))
FADER = st.floats(0, 1)
CLAIMS = [f"A{number}" for number in range(19, 31)]


def occupancy(factors):
    """Share of RANK that holds RANKL in bone under these factors."""
    held = bl.binding.competition(
        0.2 * factors["RANKL"], 0.02 * factors["RANK"], 0.4 * factors["OPG"]
    )
    return held.occupancy


def drive(factors):
    """RANK that holds RANKL, relative to healthy bone (fewer receptors count too)."""
    healthy = dict.fromkeys(TARGETS, 1.0)
    return occupancy(factors) * factors["RANK"] / occupancy(healthy)


def raises(claim, ids, name, species="human"):
    value = drive(bl.regulators[name].on(species))
    claim(ids, occupied(name, species), value, above=1.2)


def lowers(claim, ids, name, species="human"):
    value = drive(bl.regulators[name].on(species))
    claim(ids, occupied(name, species), value, below=0.9)


def occupied(name, species):
    """What is measured, with the species that its effect was found in."""
    found_in = bl.regulators[name].measured_in(species)
    return f"{name} ({found_in} data): occupied RANK relative to healthy bone"


def test_A19_glucocorticoid(claim):
    raises(claim, "A19", "glucocorticoid")
    factors = bl.regulators["glucocorticoid"].on()
    claim(
        "A19", "glucocorticoid: RANKL/OPG, fold", factors["RANKL"] / factors["OPG"], low=7, high=40
    )
    # the healthy prototype's occupancy under this regulator, claims of the course
    claim("A19", "glucocorticoid: RANK occupancy", occupancy(factors), near=0.728, within=0.01)


def test_A20_vitamin_D(claim):
    raises(claim, "A20", "vitamin D", "mouse")
    raises(claim, "A20", "vitamin D", "human")
    mouse, human = (bl.regulators["vitamin D"].on(s)["OPG"] for s in ("mouse", "human"))
    claim("A20", "vitamin D: factor on OPG in mouse", mouse, below=1)
    claim("A20", "vitamin D: factor on OPG in human cells (a conflict)", human, above=1)


def test_A21_estrogen(claim):
    lowers(claim, "A21", "estrogen")
    raises(claim, "A21", "estrogen loss")
    claim("A21", "estrogen: factor on OPG", bl.regulators["estrogen"].on()["OPG"], low=3, high=7)
    claim(
        "A21", "estrogen loss: RANKL", bl.regulators["estrogen loss"].on()["RANKL"], low=2, high=3
    )
    directions = {e.direction for e in bl.regulators["estrogen"].evidence if e.target == "RANKL"}
    assert directions == {"up", "down"}  # the conflict is kept


def test_A22_TNF(claim):
    raises(claim, "A22", "TNF-alpha")
    claim("A22", "TNF-alpha: factors on RANKL, OPG", pair("TNF-alpha"), above=1)


def test_A23_IL_1(claim):
    raises(claim, "A23", "IL-1")
    claim("A23", "IL-1: factors on RANKL, OPG", pair("IL-1"), above=1)


def test_A24_IL_4_protects(claim):
    lowers(claim, "A24", "IL-4")
    factors = bl.regulators["IL-4"].on("mouse")
    claim("A24", "IL-4: factors on RANKL and RANK", [factors["RANKL"], factors["RANK"]], below=1)
    claim("A24", "IL-4: factor on OPG", factors["OPG"], above=1)


def test_A25_IL_6_depends_on_the_species(claim):
    human = drive(bl.regulators["IL-6"].on("human"))
    claim("A25", "IL-6, human: occupied RANK relative to healthy", human, near=1, within=1e-9)
    raises(claim, "A25", "IL-6", "mouse")
    assert bl.regulators["IL-6"].conflict
    assert {e.species for e in bl.regulators["IL-6"].evidence} == {"human", "mouse"}


def test_A26_IL_11(claim):
    raises(claim, "A26", "IL-11")


def test_A27_IL_17(claim):
    raises(claim, "A27", "IL-17")


def test_A28_Runx2_raises_OPG(claim):
    lowers(claim, "A28", "Runx2")


def test_A29_PPAR_gamma(claim):
    raises(claim, "A29", "PPAR-gamma")


def test_A30_Indian_hedgehog(claim):
    raises(claim, "A30", "Indian hedgehog")


def balance(factors):
    """Share of RANK that holds RANKL, by bisection of L + 0.02 R L/(L+0.2) + 0.4 O L/(L+0.1)."""
    total = 0.2 * factors["RANKL"]
    low, high = 0.0, total
    for _ in range(100):
        L = (low + high) / 2
        held = L + 0.02 * factors["RANK"] * L / (L + 0.2) + 0.4 * factors["OPG"] * L / (L + 0.1)
        low, high = (L, high) if held < total else (low, L)
    return L / (L + 0.2)


# RANKL/OPG and the share of RANK that holds RANKL, worked from the factors of the table and the
# balance above. IL-1: 3/1.5 = 2; L_T = O_T = 0.6: L = 0.1942, 0.1942 + 0.0099 + 0.3960 = 0.600.
WORKED = {
    ("glucocorticoid", "human"): (20.0, 0.7279),
    ("vitamin D", "mouse"): (5.0, 0.6640),
    ("vitamin D", "human"): (1.714, 0.4447),
    ("vitamin D in the body", "mouse"): (0.7, 0.1471),
    ("estrogen", "human"): (1 / 3, 0.0814),
    ("estrogen loss", "human"): (2.5, 0.5194),
    ("TNF-alpha", "human"): (5 / 3, 0.4132),
    ("IL-1", "human"): (2.0, 0.4926),
    ("IL-4", "mouse"): (1 / 3, 0.0745),
    ("IL-6", "human"): (1.0, 0.2143),
    ("IL-6", "mouse"): (4 / 3, 0.3275),
    ("IL-11", "mouse"): (2.5, 0.4783),
    ("IL-17", "mouse"): (3.0, 0.5923),
    ("Runx2", "mouse"): (1 / 3, 0.0814),
    ("PPAR-gamma", "mouse"): (10 / 3, 0.5279),
    ("Indian hedgehog", "mouse"): (2.0, 0.4300),
    ("PTH", "rat"): (12.5, 0.8078),
    ("TGF-beta", "mouse"): (1 / 3, 0.0814),
    ("PGE2", "mouse"): (2.0, 0.4300),
    ("Wnt", "mouse"): (0.35, 0.0815),
    ("sclerostin", "mouse"): (2.8, 0.4303),
}


@pytest.mark.parametrize(("name", "species"), WORKED)
def test_what_a_regulator_does_as_worked_by_hand(name, species):
    factors = bl.regulators[name].on(species)
    ratio, share = WORKED[name, species]
    assert bl.regulators[name].ratio(species) == pytest.approx(ratio, rel=1e-3)
    assert balance(factors) == pytest.approx(share, abs=2e-4)
    assert occupancy(factors) == pytest.approx(share, abs=5e-4)


def test_every_effect_of_the_table_is_worked():
    table = {(name, species) for name, r in bl.regulators.items() for species in r.species}
    missing, gone = table - set(WORKED), set(WORKED) - table
    assert not missing, f"work out {missing} by hand and write ratio and share into WORKED"
    assert not gone, f"WORKED has {gone}, which regulators.toml has no more"


def test_vitamin_D_in_the_dish_and_in_the_body_are_told_apart():
    dish, body = bl.regulators["vitamin D"], bl.regulators["eldecalcitol"]
    assert body.name == "vitamin D in the body"
    assert dish.ratio("mouse") > 1 > body.ratio("mouse")
    assert "see vitamin D in the body" in dish.summary()


def test_Wnt_and_sclerostin_are_opposites():
    for target in TARGETS:
        both = bl.regulators["Wnt"].on()[target] * bl.regulators["sclerostin"].on()[target]
        assert both == pytest.approx(1.0, abs=0.03)


def test_continuous_PTH_tilts_the_ratio_as_in_the_rat():
    factors = bl.regulators["PTH"].on("rat")
    assert factors == {"RANKL": 5.0, "OPG": 0.4, "RANK": 1.0}
    assert occupancy(factors) == pytest.approx(0.808, abs=0.01)


def pair(name):
    factors = bl.regulators[name].on()
    return [factors["RANKL"], factors["OPG"]]


def test_every_claim_has_a_regulator_with_evidence():
    by_claim = {regulator.claim for regulator in bl.regulators.values()}
    assert by_claim - {""} <= set(claims.all_claims()), "a claim that tests/claims.csv has not"
    assert set(CLAIMS) <= by_claim
    for regulator in bl.regulators.values():
        assert regulator.evidence
        for finding in regulator.evidence:
            assert finding.target in TARGETS
            assert finding.species in ("human", "mouse", "rat")
            assert not finding.ref or finding.ref in references()
            assert str(finding)
            if finding.fold is not None and finding.direction != "none":
                assert (finding.fold > 1) == (finding.direction == "up")
            if finding.seen:
                assert finding.ref, f"{regulator.name}: a finding that was read needs its source"
                assert references()[finding.ref].seen, f"{finding.ref} was not read"


def test_every_factor_agrees_with_some_finding_in_its_species():
    for regulator in bl.regulators.values():
        for species in regulator.species:
            for target, factor in regulator.on(species).items():
                found = [
                    e for e in regulator.evidence if (e.target, e.species) == (target, species)
                ]
                if factor != 1.0:
                    wanted = "up" if factor > 1 else "down"
                    assert wanted in {e.direction for e in found}, (
                        f"regulators.toml, entry [{regulator.name}]: {target} goes {wanted} in "
                        f"{species}, and no evidence for {target} in {species} says so"
                    )


@given(NAMES, FADER)
def test_a_fader_moves_between_nothing_and_the_full_effect(name, fader):
    part, rest = (bl.regulators[name].on(fader=f) for f in (fader, 1 - fader))
    whole, nothing = bl.regulators[name].on(), bl.regulators[name].on(fader=0)
    for target in TARGETS:
        assert nothing[target] == 1
        assert part[target] * rest[target] == pytest.approx(whole[target])
        assert part[target] > 0


@given(st.dictionaries(NAMES, FADER, max_size=5), st.sampled_from(["human", "mouse"]))
def test_several_regulators_multiply(faders, species):
    together = bl.regulators.combine(faders, species)
    for target in TARGETS:
        product = 1.0
        for name, fader in faders.items():
            product *= bl.regulators[name].on(species, fader)[target]
        assert together[target] == pytest.approx(product)


def test_names_are_forgiving_and_errors_helpful():
    assert bl.regulators["il-1"].name == bl.regulators["interleukin 1"].name == "IL-1"
    assert "cbfa-1" in bl.regulators
    with pytest.raises(bl.BonelabError, match="Did you mean 'IL-1"):
        bl.regulators["IL-12"]
    with pytest.raises(bl.BonelabError, match="species = 'fish'"):
        bl.regulators["IL-1"].on("fish")
    with pytest.raises(bl.BonelabError, match="fader = 2"):
        bl.regulators["IL-1"].on(fader=2)


def test_table_and_sentences():
    table = bl.regulators.table()
    assert set(TARGETS) <= set(table.columns)
    assert table.loc["IL-6", "RANKL"] == 1
    assert bl.regulators.table("mouse").loc["IL-6", "RANKL"] == 2
    assert table.loc["IL-17", "measured in"] == "mouse"
    assert "taken over for human" in bl.regulators["IL-17"].summary()
    assert "Findings disagree" in bl.regulators["IL-6"].summary("mouse")
    assert bl.regulators["IL-1"]._repr_html_().count("<li>") == 2


FINDING = """[[x.evidence]]
target = "RANKL"
direction = "up"
species = "mouse"
system = "a dish"
ref = "kong1999"
seen = true
"""
GOOD = f"""[x]
claim = ""
kind = "cytokine"
words = "x"
aliases = []
[x.effect.mouse]
RANKL = 2.0
status = "assumed"
basis = "none"
{FINDING}"""


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("RANKL = 2.0", "RANLK = 2.0", "'RANLK' is no key here. Did you mean 'RANK"),
        ("RANKL = 2.0", "RANKL = 0.0", "RANKL = 0.0"),
        ("effect.mouse", "effect.fish", "effect = 'fish' is not known"),
        ('"assumed"', '"sure"', "status = 'sure' is not known"),
        ('direction = "up"', 'direction = "sideways"', "direction = 'sideways' is not known"),
        ('direction = "up"', 'direction = "up"\nfold = 0.5', "fold = 0.5 does not go up"),
        ('ref = "kong1999"', 'ref = "kong2099"', "ref = 'kong2099' is not known"),
        ('ref = "kong1999"\n', "", "a finding that was read needs its ref"),
        ("kind = ", "kinds = ", "'kinds' is no key here"),
        (FINDING, "", "the key 'evidence' is missing"),
        (
            "effect.mouse",
            "effekt.mouse",
            "the key 'effect' is missing. Should 'effekt' be 'effect'?",
        ),
        ('kind = "', 'kind = "x', "kind = 'x"),
    ],
)
def test_a_fault_in_the_table_is_told_with_file_and_entry(tmp_path, monkeypatch, old, new, says):
    path = tmp_path / "regulators.toml"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    monkeypatch.setattr(regulation, "_TABLE", path)
    with pytest.raises(bl.BonelabError) as error:
        list(regulation.Regulators())
    assert str(error.value).startswith("regulators.toml, entry [x]: ")
    assert says in str(error.value)


def test_a_table_without_fault_is_read(tmp_path, monkeypatch):
    path = tmp_path / "regulators.toml"
    path.write_text(GOOD, encoding="utf-8")
    monkeypatch.setattr(regulation, "_TABLE", path)
    assert regulation.Regulators()["x"].on("human")["RANKL"] == 2.0


@pytest.mark.parametrize("name", ["IL-1", "PTH", "IL-4"])
def test_half_strength_is_the_square_root_of_the_full_effect(name):
    """A fader works on the logarithm: of a factor of 3, half strength is 1.732 and not 2."""
    whole, half = bl.regulators[name].on(), bl.regulators[name].on(fader=0.5)
    for target, factor in whole.items():
        assert half[target] == pytest.approx(factor**0.5)
    assert any(factor != 1 for factor in whole.values())


@pytest.mark.parametrize(
    ("name", "species", "words"),
    [
        ("IL-1", "human",
         "IL-1: RANKL x3, OPG x1.5, so RANKL/OPG is up (x2) (human data; measured). It raises "
         "RANKL and OPG alike; the ratio still rises."),
        ("Runx2", "human",
         "Runx2: OPG x3, so RANKL/OPG is down (x0.333) (mouse data, taken over for human; "
         "assumed)."),
        ("IL-6", "human",
         "IL-6: no change, so RANKL/OPG is unchanged (human data; measured). Findings disagree: No "
         "effect in human stromal cells, RANKL and OPG both up in mouse calvariae."),
    ],
)  # fmt: skip
def test_the_sentence_of_a_regulator(name, species, words):
    assert bl.regulators[name].summary(species) == words


def test_a_finding_is_told_with_its_cells_source_and_standing():
    assert [str(finding) for finding in bl.regulators["IL-1"].evidence] == [
        "RANKL up 3-fold (human: marrow stromal cells and MG-63, IL-1β 5 nM, mRNA; Hofbauer LC, et "
        "al. 1999; read)",
        "OPG up (human: MG-63, mRNA and secretion, through p38; Pantouli E, et al. 2005; read)",
    ]
    none, *up = (str(finding) for finding in bl.regulators["IL-6"].evidence)
    assert none.startswith("RANKL unchanged (human: ")
    assert all(words.endswith("; illustrative value)") for words in up)


def test_a_finding_without_a_reference_says_so():
    told = {
        finding.source
        for regulator in bl.regulators.values()
        for finding in regulator.evidence
        if not finding.ref
    }
    assert told == {"illustrative; no source named"}
