"""One line about a cell or a molecule that was clicked: who, how many now, what comes next."""

# where -> who it is, which value of the drawn unit counts it, what it does next
_UNIT = {
    "osteoclasts": (
        "Osteoclast, which resorbs bone", "osteoclasts",
        "It dies within weeks unless RANKL keeps it alive.",
    ),
    "precursors": (
        "Osteoclast precursor, which carries RANK", "precursors",
        "With enough RANKL on its RANK it fuses with others to an osteoclast.",
    ),
    "osteoblasts": (
        "Osteoblast, which forms bone", "osteoblasts",
        "Most of them die at their work, and some are walled in and become osteocytes.",
    ),
    "pre_osteoblasts": (
        "Pre-osteoblast", "pre_osteoblasts",
        "Called by what osteoclasts set free, it becomes an osteoblast in some weeks.",
    ),
    "osteocytes": (
        "Osteocyte, which was walled in", "osteocytes",
        "It stays for years, and it goes when its bone is resorbed.",
    ),
    "rankl": (
        "RANKL, made by osteoblasts and osteocytes", "rankl",
        "It binds OPG, which holds it back, or RANK, which passes the order on.",
    ),
}  # fmt: skip


def who(where, values):
    """What is said of a part of the drawn remodelling unit, as ``values`` shows it.

    Returns "" where nothing was hit."""
    if where not in _UNIT:
        return ""
    name, counted, then = _UNIT[where]
    held = f", of which OPG holds {values['on_opg']:.0%}" if where == "rankl" else ""
    return f"{name}: now {_many(values[counted])} in health{held}. {then}"


def _many(times):
    if times < 0.005:
        return "none, unlike"
    return "as many as" if abs(times - 1) < 0.05 else f"{times:.2g} times as many as"


def who_holds(where, mixture, Kd_OPG):
    """What is said of a molecule of a mixture (a ``Competition``); "" where nothing was hit."""
    shares = {name: float(share) for name, share in mixture.shares().items()}
    if where in ("rankl", "free"):
        if not mixture.total:
            return "RANKL: there is none in this mixture."
        return (
            f"One RANKL: OPG holds it {_time(shares['on OPG'])}, RANK {_time(shares['on RANK'])}, "
            f"and {_time(shares['free'])} nobody does. Whoever is free next to it may take it."
        )
    if where == "rank":
        if not mixture.rank:
            return "RANK: these cells have none, so no order reaches them."
        return (
            f"One RANK on a cell: it holds a RANKL {_time(float(mixture.occupancy))}. As long as "
            "it does, the order to become an osteoclast is passed on."
        )
    if where == "opg":
        if not mixture.opg:
            return "OPG: there is none in this mixture."
        busy = float(mixture.on_opg / mixture.opg)
        return (
            f"One OPG: it holds a RANKL {_time(busy)}, because {float(mixture.free):.2g} nM RANKL "
            f"are free and its Kd is {Kd_OPG:.2g} nM. At a free RANKL equal to Kd it would be half."
        )
    return ""


def _time(share):
    """A share of the time."""
    if share <= 0:
        return "at no time"
    if 0.995 <= share < 1:
        return "more than 99% of the time"
    return f"{share:.0%} of the time" if share >= 0.005 else "less than 1% of the time"


_ADDED = {
    "vesicle": "Vesicle with RANK heads",
    "soluble RANK": "Single RANK in solution",
    "antibody": "Antibody with two arms",
    "trimerised antibody": "Antibody with three arms",
}
_MAKES_CLUSTERS = "One that holds three RANKL at once makes a cluster, and only a cluster signals."
_MAKES_NONE = {
    "soluble RANK": "Each holds one RANKL at a time, so they make no cluster.",
    "antibody": "Each holds two RANKL at once at most, and only a cluster of three signals.",
}


def who_clusters(where, dish, kind, dose):
    """What is said of a part of the vesicle bench; "" where nothing was hit."""
    facts = dish.facts
    held = facts["on vesicles"] + facts["on antibody"]
    if where == "crosslinker":
        there = f"now {float(f'{dose:.2g}'):g} nM of them, which hold {held:.0%} of the RANKL"
        return f"{_ADDED[kind]}: {there}. {_MAKES_NONE.get(kind, _MAKES_CLUSTERS)}"
    if where == "rankl":
        return (
            f"RANKL on the osteoblast: {facts['clustered']:.0%} in clusters of three or more, "
            f"{facts['in pairs']:.0%} in pairs, {facts['on OPG']:.0%} covered by OPG, "
            f"{facts['free']:.0%} free. A free one may be held next."
        )
    if where == "tail":
        return (
            f"Tail of RANKL with its kinase: in a cluster the kinases come close enough to act on "
            f"each other. Akt is now {facts['Akt fold']:.1f} times as active as in untreated cells."
        )
    if where == "nucleus":
        return (
            f"Nucleus: Runx2 is {dish.at(120)['Runx2']:.1f} times as high on day 5 as in untreated "
            "cells. It switches on the genes of bone, and mineral follows in weeks."
        )
    return ""
