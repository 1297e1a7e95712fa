"""Regulators of RANKL, OPG and RANK: claims A19 to A30, and the arithmetic of combining them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bonelab as bl
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
    claim(ids, f"{name}, {species}: occupied RANK relative to healthy bone", value, above=1.2)


def lowers(claim, ids, name, species="human"):
    value = drive(bl.regulators[name].on(species))
    claim(ids, f"{name}, {species}: occupied RANK relative to healthy bone", value, below=0.9)


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


def test_continuous_PTH_tilts_the_ratio_as_in_the_rat():
    factors = bl.regulators["PTH"].on("rat")
    assert factors == {"RANKL": 5.0, "OPG": 0.4, "RANK": 1.0}
    assert occupancy(factors) == pytest.approx(0.808, abs=0.01)


def pair(name):
    factors = bl.regulators[name].on()
    return [factors["RANKL"], factors["OPG"]]


def test_every_claim_has_a_regulator_with_evidence():
    by_claim = {regulator.claim for regulator in bl.regulators.values()}
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
                    assert wanted in {e.direction for e in found}, (regulator.name, target)


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
