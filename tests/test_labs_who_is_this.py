"""The line about a cell or a molecule that was clicked: who it is, how many, what comes next."""

from types import SimpleNamespace

import numpy as np
import pytest

import bonelab as bl
from bonelab.labs.who_is_this import who, who_clusters, who_holds

UNIT = {"osteoclasts": 1.234, "precursors": 1.04, "osteoblasts": 0.5, "pre_osteoblasts": 0.004,
        "osteocytes": 1.0, "rankl": 2.0, "on_opg": 0.256}  # fmt: skip


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("osteoclasts", "Osteoclast, which resorbs bone: now 1.2 times as many as in health. It "
         "dies within weeks unless RANKL keeps it alive."),
        ("precursors", "Osteoclast precursor, which carries RANK: now as many as in health. With "
         "enough RANKL on its RANK it fuses with others to an osteoclast."),
        ("osteoblasts", "Osteoblast, which forms bone: now 0.5 times as many as in health. Most of "
         "them die at their work, and some are walled in and become osteocytes."),
        ("pre_osteoblasts", "Pre-osteoblast: now none, unlike in health. "
         "Called by what osteoclasts set free, it becomes an osteoblast in some weeks."),
        ("osteocytes", "Osteocyte, which was walled in: now as many as in health. It stays for "
         "years, and it goes when its bone is resorbed."),
        ("rankl", "RANKL, made by osteoblasts and osteocytes: now 2 times as many as in health, of "
         "which OPG holds 26%. It binds OPG, which holds it back, or RANK, which passes the order "
         "on."),
        ("marrow", ""),
    ],
)  # fmt: skip
def test_a_part_of_the_remodelling_unit(where, words):
    assert who(where, UNIT) == words


def mixture(**parts):
    """0.2 nM RANKL, of which OPG holds half, RANK a fifth of a hundredth, and nobody the rest."""
    usual = {"total": 0.2, "rank": 0.02, "opg": 0.4, "on_opg": 0.1, "free": 0.0999,
             "occupancy": 0.333}  # fmt: skip
    shares = {"on OPG": np.array(0.5), "on RANK": np.array(0.002), "free": np.array(0.498)}
    return SimpleNamespace(**usual | parts, shares=lambda: shares)


CLUSTERS = "One that holds three RANKL at once makes a cluster, and only a cluster signals."


def test_a_molecule_of_a_mixture():
    one = (
        "One RANKL: OPG holds it 50% of the time, RANK less than 1% of the time, and 50% of the "
        "time nobody does. Whoever is free next to it may take it."
    )
    assert [who_holds(where, mixture(), 0.1) for where in ("rankl", "free")] == [one, one]
    assert who_holds("rank", mixture(), 0.1) == (
        "One RANK on a cell: it holds a RANKL 33% of the time. As long as it does, the order to "
        "become an osteoclast is passed on."
    )
    assert who_holds("opg", mixture(), 0.1) == (
        "One OPG: it holds a RANKL 25% of the time, because 0.1 nM RANKL are free and its Kd is "
        "0.1 nM. At a free RANKL equal to Kd it would be half."
    )
    assert who_holds("opg", mixture(on_opg=0), 0.1).startswith("One OPG: it holds a RANKL at no ")
    nearly = {"on OPG": np.array(0.0), "on RANK": np.array(0.004), "free": np.array(0.996)}
    alone = SimpleNamespace(**vars(mixture()) | {"shares": lambda: nearly})
    assert who_holds("rankl", alone, 0.1).startswith(
        "One RANKL: OPG holds it at no time, RANK less than 1% of the time, and more than 99% of "
        "the time nobody does."
    )
    nothing = mixture(total=0, rank=0, opg=0)
    assert who_holds("rankl", nothing, 0.1) == "RANKL: there is none in this mixture."
    assert who_holds("rank", nothing, 0.1) == (
        "RANK: these cells have none, so no order reaches them."
    )
    assert who_holds("opg", nothing, 0.1) == "OPG: there is none in this mixture."
    assert who_holds("water", mixture(), 0.1) == ""


@pytest.mark.parametrize(
    ("kind", "words", "makes"),
    [("vesicle", "Vesicle with RANK heads", CLUSTERS),
     ("soluble RANK", "Single RANK in solution",
      "Each holds one RANKL at a time, so they make no cluster."),
     ("antibody", "Antibody with two arms",
      "Each holds two RANKL at once at most, and only a cluster of three signals."),
     ("trimerised antibody", "Antibody with three arms", CLUSTERS)],
)  # fmt: skip
def test_a_part_of_the_vesicle_bench(kind, words, makes):
    dish = bl.reverse.culture()
    facts = dish.facts
    held = facts["on vesicles"] + facts["on antibody"]
    assert who_clusters("crosslinker", dish, kind, 0.0123) == (
        f"{words}: now 0.012 nM of them, which hold {held:.0%} of the RANKL. {makes}"
    )
    assert f"{words}: now 1000 nM of them" in who_clusters("crosslinker", dish, kind, 1000.0)


def test_the_other_parts_of_the_vesicle_bench():
    dish = bl.reverse.culture(opg="0.1 nM")
    facts = dish.facts
    assert who_clusters("rankl", dish, "vesicle", 0.01) == (
        f"RANKL on the osteoblast: {facts['clustered']:.0%} in clusters of three or more, "
        f"{facts['in pairs']:.0%} in pairs, {facts['on OPG']:.0%} covered by OPG, "
        f"{facts['free']:.0%} free. A free one may be held next."
    )
    assert who_clusters("tail", dish, "vesicle", 0.01) == (
        "Tail of RANKL with its kinase: in a cluster the kinases come close enough to act on each "
        f"other. Akt is now {facts['Akt fold']:.1f} times as active as in untreated cells."
    )
    day5 = dish.at("5 days", "Runx2")
    assert who_clusters("nucleus", dish, "vesicle", 0.01) == (
        f"Nucleus: Runx2 is {day5:.1f} times as high on day 5 as in untreated cells. It switches "
        "on the genes of bone, and mineral follows in weeks."
    )
    assert who_clusters("marrow", dish, "vesicle", 0.01) == ""
