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
        return "none, in contrast to what there is"
    return "as many as" if abs(times - 1) < 0.05 else f"{times:.2g} times as many as"
