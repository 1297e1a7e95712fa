"""What is in the well of the reverse dish: RANKL shared out, all told in words."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bonelab.biology.balance import crowding, free_rankl, grip, large_share
from bonelab.biology.blocks import Steps
from bonelab.biology.reverse_signalling import Blocks
from bonelab.parameters import Checked, Choice, ParameterSet, Quantity, Whole, one_of

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
    shares: dict  # of the RANKL, by holder
    tail: float
    rapamycin: float
    blocks: Blocks
    treatment: str


# The arguments of a well, as ``culture`` and ``dose_response`` take them.
WELL = {
    "valence": Whole(
        "RANK heads per vesicle that can bind RANKL; 1 is a soluble RANK monomer", 1, 100, "heads"
    ),
    "opg": Quantity("OPG", "total OPG"),
    "rapamycin": Quantity("rapamycin", "rapamycin, which stops mTORC1, below Akt"),
    "rankl": Choice(
        'RANKL of the cells: "P29A" and "no proline motif" have tails that cannot signal, '
        '"soluble only" cells shed all of their RANKL into the medium',
        RANKL_FORMS,
        {"wt": "wild type", "knock out": "knock-out", "ko": "knock-out", "RANKL-/-": "knock-out"},
    ),
    "antibody": Checked(
        'three arms, two arms, or one of your own design; its total dose is a design\'s "dose"',
        lambda name, value: _design(name, value),
        expects='"trimerised", "IgG" or {"valence": 6, "kd": "0.1 nM"}',
    ),
    "vesicles": Quantity("vesicles", "vesicles; 0 for none"),
    "block": Steps(Blocks, "steps that an inhibitor or a knock-out takes away"),
    "soluble": Quantity(
        "RANKL",
        "soluble RANKL; it takes its share of every holder and never signals",
    ),
    "membrane": Quantity(
        "factor", "RANKL on the cells relative to normal, in place of what rankl says"
    ),
    "parameters": ParameterSet("reverse"),
    "binding": ParameterSet("binding"),
}
_ARMS = Whole("RANKL-binding arms", 1, 100, "arms")
_KD = Quantity("affinity", "Kd of one arm")
DOSE = Quantity("antibody", "total antibody, used where there is one")


def _design(argument, antibody):
    """A named antibody, or {"valence": arms, "kd": nM, "dose": nM} with what was given."""
    if not isinstance(antibody, Mapping):
        return one_of(argument, antibody, ANTIBODIES)
    kinds = {"valence": _ARMS, "kd": _KD, "dose": DOSE}
    named = {one_of(argument, key, kinds): value for key, value in antibody.items()}
    return {key: kinds[key].read(f"{argument}[{key!r}]", value) for key, value in named.items()}


def fill_well(
    vesicles, valence, opg, rapamycin, rankl, antibody, block, dose, soluble, membrane, p, q
):
    """Share the surface RANKL out (vesicles or dose: arrays); all amounts in nM."""
    name, arms, Kd, dose = _antibody(antibody, dose, q)
    tail, on_cells, shed = _form(rankl, p, q)
    on_cells = on_cells if membrane is None else membrane
    soluble = shed + soluble
    crosslinkers = [(vesicles, valence, q.Kd_RANK_head), (dose, arms, Kd)]
    shares = _share_out(on_cells * q.RANKL_well, soluble, opg, crosslinkers, q)
    words = _in_words(
        vesicles, valence, opg, rapamycin, rankl, membrane, name, dose, soluble, block
    )  # fmt: skip
    return Well(on_cells * shares["clustered"], shares, tail, rapamycin, block, words)


HOLDERS = ("clustered", "on vesicles", "on antibody", "on OPG", "free", "in pairs")


def _share_out(on_cells, soluble, opg, crosslinkers, q):
    """Shares of the RANKL of the cells, by holder; ``on_cells``, ``soluble``, ``opg`` in nM.

    Soluble RANKL is held like that of the cells, but offers no neighbour.
    """
    if on_cells <= 0:
        return dict.fromkeys(HOLDERS, 0.0)
    size = np.broadcast_shapes(*(np.shape(X) for X, _, _ in crosslinkers))
    total = np.full(size, on_cells + soluble)
    crowd = crowding(on_cells / (on_cells + soluble), q.RANKL_well, q)
    L = free_rankl(total, [(opg, q.Kd_OPG)], crosslinkers, crowd)
    clustered, held, pairs = 0.0, [], 0.0
    for X, arms, Kd in crosslinkers:
        each, _, z = grip(L, arms, Kd, crowd, np)
        share = X * each / total
        held.append(share)
        clustered = clustered + share * large_share(z, arms, q.minimum_cluster)
        pairs = pairs + share * (arms - 1) * z * np.exp(-(arms - 1) * np.log1p(z))
    on_opg = opg * L / (L + q.Kd_OPG) / total
    shares = (np.minimum(clustered, 1.0), *held, on_opg, L / total, pairs)
    return dict(zip(HOLDERS, map(_plain, shares), strict=True))


def _plain(value):
    return float(value) if np.ndim(value) == 0 else value


def _form(rankl, p, q):
    """Signal of the tail, RANKL on the cells (relative to normal), RANKL shed (nM)."""
    tail = {"P29A": p.tail_P29A, "no proline motif": 0.0}.get(rankl, 1.0)
    on_cells = 0.0 if rankl in ("knock-out", "soluble only") else 1.0
    return tail, on_cells, q.RANKL_well if rankl == "soluble only" else 0.0


def _antibody(antibody, dose, q):
    """Name, arms, Kd (nM) and dose (nM) of an antibody; a dose of 0 where there is none."""
    if antibody is None:
        return "", 1, q.Kd_denosumab, 0.0
    usual = {"valence": 2, "kd": q.Kd_denosumab, "dose": dose}
    if isinstance(antibody, dict):
        design = usual | antibody
        name = f"antibody with {design['valence']} arm{'s' * (design['valence'] > 1)}"
    else:
        trimer = antibody == "trimerised"
        design = usual | {"valence": int(q.valence_trimer if trimer else q.sites_per_antibody)}
        name = "trimerised antibody" if trimer else "IgG"
    return name, design["valence"], design["kd"], design["dose"]


SPOKEN = {"SFK": "Src-family kinase"}  # steps that a sentence calls otherwise than the code


def _nM(amount_nM):
    """Three digits without an exponent: 1000 nM, not 1e+03 nM."""
    return f"{float(f'{amount_nM:.3g}'):g} nM"


def _in_words(
    vesicles, heads, opg, rapamycin, rankl, membrane, antibody, dose, soluble, blocks
):  # fmt: skip
    if np.ndim(vesicles) or np.ndim(dose):
        return "a series of doses"
    parts = []
    if vesicles > 0:
        kind = "single RANK heads in solution" if heads == 1 else f"vesicles of {heads} RANK heads"
        parts.append(f"{_nM(vesicles)} {kind}")
    parts += [f"{_nM(dose)} {antibody}"] if dose > 0 else []
    parts += [f"{_nM(opg)} OPG"] if opg > 0 else []
    parts += [f"{_nM(soluble)} soluble RANKL"] if soluble > 0 else []
    parts += [f"{_nM(rapamycin)} rapamycin"] if rapamycin > 0 else []
    for step in blocks.reduced():
        left, called = getattr(blocks, step), SPOKEN.get(step, step)
        parts.append(f"{called} blocked" if left == 0 else f"{called} cut to {left:.0%}")
    words = ", ".join(parts[:-1]) + " and " * (len(parts) > 1) + "".join(parts[-1:])
    words = f"{words or 'nothing added'} {RANKL_FORMS[rankl]}".rstrip()
    return words if membrane is None else f"{words} with {membrane:g} of normal surface RANKL"
