"""The claims about binding: who holds the RANKL, and which RANKL stands in clusters."""

import numpy as np
import pytest

import bonelab as bl

HEALTHY = {"rankl": "0.2 nM", "rank": "0.02 nM", "opg": "0.4 nM"}
DOSES = np.geomspace(1e-7, 1e4, 111)  # nM


def test_A1_one_system_of_three_molecules(claim):
    held = bl.binding.competition(**HEALTHY)
    error = abs(held.free + held.on_rank + held.on_opg + held.on_antibody - held.total)
    claim("A1", "RANKL free, on RANK and on OPG minus total RANKL", error, unit="nM", below=1e-9)
    shares = held.shares()
    claim("A1", "shares of RANKL in healthy bone, sum", sum(shares.values()), near=1, within=1e-12)
    claim("A1", "share of RANKL on OPG in healthy bone", shares["on OPG"], low=0.5, high=0.9)


def test_A11_RANKL_occupies_RANK(claim):
    p = bl.parameters.load("binding")
    doses = np.array([0.001, 0.01, 0.1, 1, 10])
    held = bl.binding.competition(rankl=doses, rank=p.RANK_dish, opg=0)
    claim(
        "A11",
        "RANK occupied at RANKL 0.001, 0.01, 0.1, 1, 10 nM",
        held.occupancy,
        above=0,
        below=1,
        order="rising",
    )
    fine = np.geomspace(0.001, 10, 2001)
    occupancy = bl.binding.competition(rankl=fine, rank=p.RANK_dish, opg=0).occupancy
    half = np.interp(0.5, occupancy, fine)
    claim(
        "A11",
        "RANKL that occupies half of RANK (Kd 0.2, RANK 0.02 nM)",
        half,
        unit="nM",
        near=p.Kd_RANK,
        within=p.RANK_dish,
    )
    steepness = np.gradient(occupancy, np.log(fine))
    steepest = occupancy[np.argmax(steepness)]
    claim(
        "A11",
        "occupancy where it is steepest in log dose (sigmoid)",
        steepest,
        near=0.5,
        within=0.1,
    )


def test_A18_OPG_neutralises_RANKL(claim):
    free = bl.binding.competition(rankl=0.2, rank=0.02, opg=[0, 0.1, 0.3, 1, 3, 1e6]).free
    claim("A18", "free RANKL at OPG 0, 0.1, 0.3, 1, 3, 1e6 nM", free, unit="nM", order="falling")
    claim("A18", "free RANKL at OPG 1e6 nM", free[-1], unit="nM", below=1e-6)


FREE_FORM = [
    ("soluble RANK (1 head)", 1, 100.0, None),
    ("IgG (2 arms)", 2, 0.003, None),
    ("trimerised antibody (3 arms)", 3, 0.003, 0.7),
    ("vesicles (10 heads)", 10, 100.0, 0.4),
]


@pytest.mark.parametrize(("name", "valence", "kd", "least"), FREE_FORM)
def test_B26_B27_B28_B9_clusters_of_free_crosslinker(claim, name, valence, kd, least):
    # so little RANKL in the well that what it holds is not missed
    p = bl.parameters.load("binding", RANKL_well=1e-4)
    clustered = bl.binding.crosslinking(DOSES, valence=valence, kd=kd, parameters=p).clustered
    band = {"high": 1e-12} if least is None else {"above": least, "below": 1}
    ids = "B26" if valence == 1 else "B27, B28, B9"
    claim(ids, f"most RANKL clustered by {name}, free 1e-7 to 1e4 nM", clustered.max(), **band)
    claim(ids, f"RANKL clustered by {name} at free 1e4 nM", clustered[-1], below=0.1)


CONSERVED = [
    ("IgG (2 arms)", 2, 0.003, False),
    ("trimerised antibody (3 arms)", 3, 0.003, True),
    ("vesicles (10 heads)", 10, 100.0, True),
]


@pytest.mark.parametrize(("name", "valence", "kd", "signals"), CONSERVED)
def test_B27_B28_clusters_over_total_dose(claim, name, valence, kd, signals):
    clustered = bl.binding.crosslinking(DOSES, valence=valence, kd=kd).clustered
    if not signals:
        claim("B27, B28", f"most RANKL clustered by {name}, any dose", clustered.max(), high=1e-12)
        return
    claim("B27, B28", f"most RANKL clustered by {name}", clustered.max(), low=0.5, high=1)
    best = DOSES[np.argmax(clustered)]
    claim("B27, B28", f"dose of {name} that clusters most", best, unit="nM", low=0.01, high=10)
    claim("B27, B28", f"RANKL clustered by {name} at 1e4 nM", clustered[-1], below=0.1)


def test_B27_more_heads_cluster_more(claim):
    most = [bl.binding.crosslinking(DOSES, valence=v).clustered.max() for v in (1, 2, 3, 4, 6, 10)]
    claim("B27", "most RANKL clustered by 1 or 2 RANK heads", most[:2], high=1e-12)
    claim("B27", "most RANKL clustered by 2, 3, 4, 6, 10 RANK heads", most[1:], order="rising")


def test_B27_clusters_below_the_threshold_size_do_not_signal(claim):
    sizes = [
        bl.binding.crosslinking(DOSES, valence=3, kd=0.003, minimum=m).clustered.max()
        for m in (2, 3, 4)
    ]
    claim(
        "B27",
        "most RANKL clustered by three arms if a cluster needs 2, 3, 4 RANKL",
        sizes,
        order="falling",
    )
    claim("B27", "the same if a cluster needs 4 RANKL", sizes[-1], high=1e-12)
