"""The claims about binding: who holds the RANKL, and which RANKL stands in clusters."""

import bonelab as bl

HEALTHY = {"rankl": "0.2 nM", "rank": "0.02 nM", "opg": "0.4 nM"}


def test_A1_one_system_of_three_molecules(claim):
    held = bl.binding.competition(**HEALTHY)
    error = abs(held.free + held.on_rank + held.on_opg + held.on_antibody - held.total)
    claim("A1", "RANKL free + on RANK + on OPG minus total RANKL", error, unit="nM", below=1e-9)
    shares = held.shares()
    claim("A1", "shares of RANKL in healthy bone, sum", sum(shares.values()), near=1, within=1e-12)
    claim("A1", "share of RANKL on OPG in healthy bone", shares["on OPG"], low=0.5, high=0.9)
