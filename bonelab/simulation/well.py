"""What is in the well of the reverse dish: amounts checked, RANKL shared out, all told in words."""

from dataclasses import dataclass

import numpy as np

from bonelab.biology.binding import free_ligand
from bonelab.biology.reverse import Blocks, share_surface
from bonelab.parameters import MOLAR_MASS, amount, one_of, refuse

# What may be said of the RANKL of the cells, and how it is told.
RANKL_FORMS = {
    "wild type": "",
    "P29A": "on cells with P29A RANKL",
    "no proline motif": "on cells whose RANKL lacks the proline motif",
    "knock-out": "on cells without RANKL",
    "soluble only": "on cells that shed all of their RANKL",
}
ANTIBODIES = ("trimerised", "IgG")


@dataclass(frozen=True)
class Well:
    """What follows from the mixture: clustered RANKL, and everything the pathway needs."""

    clustered: object  # relative to all surface RANKL of a normal cell
    shares: dict  # of the surface RANKL, by holder
    tail: float
    rapamycin: float
    blocks: Blocks
    treatment: str


def fill_well(
    vesicles, valence, opg, rapamycin, rankl, antibody, block, dose, soluble, membrane, p, q
):
    """Check what ``culture`` was given and share the surface RANKL out (vesicles or dose: arrays).

    Raises BonelabError for anything that cannot be in a well.
    """
    V = amount(vesicles, "nM", argument="vesicles", what="a vesicle concentration")
    heads = _arms("valence", valence)
    O = amount(opg, "nM", argument="opg", what="an OPG concentration", molar_mass=MOLAR_MASS["OPG"])
    rapa = amount(rapamycin, "nM", argument="rapamycin", what="a rapamycin concentration")
    name, arms, Kd, D = _antibody(antibody, dose, q)
    tail, ell, shed = _form(rankl, p, q)
    if membrane is not None:
        ell = amount(membrane, "1", argument="membrane", what="RANKL on the cells over normal")
    L = shed + amount(
        soluble,
        "nM",
        argument="soluble",
        what="a RANKL concentration",
        molar_mass=MOLAR_MASS["RANKL"],
    )
    blocks = Blocks.of(block)

    # Soluble RANKL fills binding sites: to the cells, every Kd is weaker by 1 + L/K.
    free = free_ligand(L, [(V * heads, q.Kd_RANK), (D * arms, Kd), (O, q.Kd_OPG)])
    crosslinkers = [
        (V, heads, q.Kd_RANK_head * (1.0 + free / q.Kd_RANK)),
        (D, arms, Kd + free),
        (O, 1, q.Kd_OPG + free),
    ]
    holders = ("clustered", "on vesicles", "on antibody", "on OPG", "free", "in pairs")
    shares = dict.fromkeys(holders, 0.0)
    if ell > 0:
        surface = share_surface(ell, crosslinkers, q)
        pairs = _in_pairs(surface, ell, crosslinkers, q)
        found = (surface.clustered, *surface.held, surface.free, pairs)
        shares = dict(zip(shares, map(_plain, found), strict=True))
    words = _in_words(V, heads, O, rapa, rankl, membrane, name, D, L, blocks)
    return Well(ell * shares["clustered"], shares, tail, rapa, blocks, words)


def _in_pairs(surface, ell, crosslinkers, q):
    """Share of the surface RANKL that is held two at a time: with one neighbour at odds z."""
    pairs = 0.0
    for held, (_, arms, Kd) in zip(surface.held, crosslinkers, strict=True):
        z = surface.free * ell * q.effective_concentration / Kd
        pairs = pairs + held * (arms - 1) * z * np.exp(-(arms - 1) * np.log1p(z))
    return pairs


def _plain(value):
    return float(value) if np.ndim(value) == 0 else value


def _arms(argument, value):
    number = amount(value, "1", argument=argument, what="a number of binding sites")
    if np.ndim(number) or number != int(number) or not 1 <= number <= 100:
        refuse(argument, value, "it should be a whole number from 1 to 100.")
    return int(number)


def _form(rankl, p, q):
    """Signal of the tail, RANKL on the cells (relative to normal), RANKL shed (nM)."""
    one_of("rankl", rankl, RANKL_FORMS)
    tail = {"P29A": p.tail_P29A, "no proline motif": 0.0}.get(rankl, 1.0)
    on_cells = 0.0 if rankl in ("knock-out", "soluble only") else 1.0
    return tail, on_cells, q.RANKL_well if rankl == "soluble only" else 0.0


def _antibody(antibody, dose, q):
    """Name, arms, Kd (nM) and dose (nM) of an antibody; a dose of 0 where there is none."""
    if antibody is None:
        return "", 1, q.Kd_denosumab, 0.0
    design = {"kd": q.Kd_denosumab, "dose": dose}
    if isinstance(antibody, dict):
        for key in antibody:
            one_of("antibody", key, ("valence", "kd", "dose"))
        design |= {"valence": 2} | antibody
        name = "antibody"
    else:
        name = one_of("antibody", antibody, ANTIBODIES)
        trimer = antibody == "trimerised"
        design["valence"] = q.valence_trimer if trimer else q.sites_per_antibody
        name = "trimerised antibody" if trimer else "IgG"
    arms = _arms("antibody valence", design["valence"])
    if isinstance(antibody, dict):
        name = f"antibody with {arms} arm{'s' * (arms > 1)}"
    Kd = amount(design["kd"], "nM", argument="kd", what="a Kd", above=True)
    D = amount(
        design["dose"],
        "nM",
        argument="dose",
        what="an antibody dose",
        molar_mass=MOLAR_MASS["antibody"],
    )
    return name, arms, Kd, D


def _nM(amount_nM):
    """Three digits without an exponent: 1000 nM, not 1e+03 nM."""
    return f"{float(f'{amount_nM:.3g}'):g} nM"


def _in_words(V, heads, O, rapamycin, rankl, membrane, name, D, L, blocks):
    if np.ndim(V) or np.ndim(D):
        return "a series of doses"
    parts = []
    if V > 0:
        kind = "single RANK heads in solution" if heads == 1 else f"vesicles of {heads} RANK heads"
        parts.append(f"{_nM(V)} {kind}")
    parts += [f"{_nM(D)} {name}"] if D > 0 else []
    parts += [f"{_nM(O)} OPG"] if O > 0 else []
    parts += [f"{_nM(L)} soluble RANKL"] if L > 0 else []
    parts += [f"{_nM(rapamycin)} rapamycin"] if rapamycin > 0 else []
    for step in blocks.reduced():
        left = getattr(blocks, step)
        parts.append(f"{step} blocked" if left == 0 else f"{step} cut to {left:.0%}")
    words = ", ".join(parts[:-1]) + " and " * (len(parts) > 1) + "".join(parts[-1:])
    words = f"{words or 'nothing added'} {RANKL_FORMS[rankl]}".rstrip()
    return words if membrane is None else f"{words} with {membrane:g} of normal surface RANKL"
