"""One colour, dash and marker per quantity, the same in every figure of the course.

    from bonelab.figures import style
    ax.plot(run.time, run["osteoclasts"], **style.line("osteoclasts"))

``COLOUR[key]`` is the colour of a quantity, ``LINE[key]`` its whole look (colour, dash,
marker, label). One grammar holds in every figure: **lines are the model, marks are data**. So a
curve is told apart by its colour, its dash and the label at its end, a measured point by its hollow
marker. Colour is never the only code: two quantities whose colours come close for a reader with
red-green colour blindness differ in dash and in marker (tested with the simulation of
Machado, Oliveira & Fernandes 2009, doi:10.1109/TVCG.2009.113). Every colour stands at least 3:1
against white. The hues start from Okabe & Ito's set; warm removes bone, cool builds it. No dash is
long or has a wide gap: a spike would fall into it.
"""

from typing import NamedTuple


class Look(NamedTuple):
    """How one quantity is drawn."""

    colour: str
    dash: str | tuple  # a matplotlib line style
    marker: str
    label: str  # in words


_SOLID, _DASHED, _DOTTED = "-", (0, (4, 1.3)), (0, (1.2, 1.1))
_DASHDOT, _SHORT = (0, (4.5, 1.2, 1.2, 1.2)), (0, (2.2, 1.1))
_DASHDOTDOT = (0, (4.5, 1.1, 1.1, 1.1, 1.1, 1.1))
DASHES = (_SOLID, _DASHED, _DOTTED, _DASHDOT, _SHORT, _DASHDOTDOT)  # in the order of first choice

_QUANTITIES = {
    "osteoclast": Look("#D55E00", _SOLID, "o", "osteoclasts"),
    "osteoblast": Look("#0072B2", _DASHED, "s", "osteoblasts"),
    "pre-osteoblast": Look("#3A8FC4", _SHORT, "^", "pre-osteoblasts"),
    "osteocyte": Look("#117C8A", _DOTTED, "*", "osteocytes"),
    "precursor": Look("#AD8A1E", _DASHED, "h", "osteoclast precursors"),
    "bone": Look("#6B5B45", _SOLID, "D", "bone"),
    "RANKL": Look("#CC3E96", _DASHED, "v", "RANKL"),
    "RANK": Look("#8A5A00", _DOTTED, "<", "RANK"),
    "OPG": Look("#005E46", _DASHDOT, "P", "OPG"),
    "vesicle": Look("#8353D1", _DOTTED, "p", "RANK vesicles"),
    "antibody": Look("#222222", _SHORT, ">", "antibody"),
    "drug": Look("#4D5B7C", _SOLID, "X", "drug"),
    "resorption": Look("#9E2A00", _SOLID, "d", "resorption"),
    "formation": Look("#08478A", _DASHED, "H", "formation"),
    "forward": Look("#D1420A", _DASHDOTDOT, "8", "forward signalling"),
    "reverse": Look("#1F5FD0", _DASHDOTDOT, "X", "reverse signalling"),
    "ghost": Look("#8A8A8A", _SHORT, "", "baseline"),
}

# A series of a Run wears the look of the quantity it tells of; its own words, sometimes its dash.
_SERIES: dict[str, tuple[str, dict]] = {
    "osteoclasts": ("osteoclast", {}),
    "nuclei per osteoclast": (
        "osteoclast",
        {"marker": "D", "dash": _SHORT, "label": "nuclei per osteoclast"},
    ),
    "osteoblasts": ("osteoblast", {}),
    "pre-osteoblasts": ("pre-osteoblast", {}),
    "osteocytes": ("osteocyte", {}),
    "precursors": ("precursor", {}),
    "occupancy": ("RANK", {"label": "RANK occupied by RANKL"}),
    "TRAF6": ("forward", {"marker": "8", "dash": _SOLID, "label": "TRAF6"}),
    "NF-kB": ("forward", {"marker": "s", "dash": _DASHED, "label": "NF-κB"}),
    "JNK": ("forward", {"marker": "^", "dash": _DOTTED, "label": "JNK"}),
    "NFATc1": ("forward", {"marker": "D", "label": "NFATc1"}),
    "pits": ("resorption", {"marker": "v", "dash": _SOLID, "label": "pits"}),
    "clustered RANKL": ("reverse", {"marker": "o", "dash": _SOLID, "label": "clustered RANKL"}),
    "Src-family kinase": ("reverse", {"marker": "p", "dash": _SHORT, "label": "Src-family kinase"}),
    "PI3K": ("reverse", {"marker": "v", "dash": _DOTTED, "label": "PI3K"}),
    "Akt": ("reverse", {"marker": "P", "dash": _DASHED, "label": "Akt"}),
    "mTORC1": ("reverse", {"marker": "h", "dash": _DASHDOT, "label": "mTORC1"}),
    "Runx2": ("reverse", {"marker": "D", "label": "Runx2"}),
    "Col1a1": ("formation", {"marker": "^", "dash": _DASHED, "label": "Col1a1"}),
    "Sp7": ("formation", {"marker": "v", "dash": _DOTTED, "label": "Sp7 (osterix)"}),
    "mineral": ("bone", {"marker": "p", "dash": _DASHED, "label": "mineral"}),
    "CTX": ("resorption", {"label": "CTX (resorption marker)"}),
    "P1NP": ("formation", {"label": "P1NP (formation marker)"}),
    "BSAP": ("formation", {"marker": "s", "dash": _DASHDOT, "label": "BSAP (formation marker)"}),
    "bone volume hip": ("bone", {"label": "bone volume, hip"}),
    "bone volume spine": ("bone", {"marker": "<", "dash": _DASHED, "label": "bone volume, spine"}),
    "BMD hip": ("bone", {"label": "BMD, hip"}),
    "BMD spine": ("bone", {"marker": "<", "dash": _DASHED, "label": "BMD, spine"}),
    "serum drug": ("drug", {"label": "drug in serum"}),
    "untreated": ("bone", {"marker": "8", "dash": _DOTTED, "label": "untreated"}),
    "tumour burden": ("osteoclast", {"marker": "h", "label": "tumour"}),
    "untreated tumour": (
        "osteoclast",
        {"marker": "8", "dash": _DOTTED, "label": "untreated tumour"},
    ),
    "given by bone": ("bone", {"marker": "h", "label": "given by bone"}),
    "T cells": ("forward", {"marker": "p", "dash": _SOLID, "label": "T cells"}),
    "dendritic cells": ("precursor", {"marker": "8", "label": "dendritic cells"}),
    "temperature": ("resorption", {"marker": "^", "label": "temperature"}),
    "PGE2": ("drug", {"marker": "v", "label": "prostaglandin E2"}),
    "arterial calcium": ("bone", {"marker": "*", "label": "calcium in the wall"}),
    "alveoli": ("formation", {"marker": "8", "label": "alveoli"}),
    "milk": ("formation", {"marker": "p", "dash": _SOLID, "label": "milk"}),
    "urine": ("drug", {"marker": "h", "dash": _DASHED, "label": "urine"}),
    "calcium": ("bone", {"marker": "X", "label": "calcium in blood"}),
}

LINE = _QUANTITIES | {
    name: _QUANTITIES[key]._replace(**own) for name, (key, own) in _SERIES.items()
}
COLOUR = {name: look.colour for name, look in LINE.items()}

INK, PAPER, FAINT = "#1A1A1A", "#FFFFFF", "#E3E3E3"  # text, background, grid
_SPARE = (COLOUR["drug"], COLOUR["osteocyte"], COLOUR["bone"], INK)  # for a colour that is taken
BEHIND = {"fc": "white", "ec": "none", "pad": 1, "alpha": 0.85}  # box that keeps words legible


def line(name, **overrides):
    """Keyword arguments for ``Axes.plot`` that give a quantity or series its look.

    Raises KeyError naming what exists when the course has no such quantity."""
    if name not in LINE:
        raise KeyError(f"no look for {name!r}; the course has: {', '.join(LINE)}")
    look = LINE[name]
    return {"color": look.colour, "linestyle": look.dash, "label": look.label} | overrides


def apart(names):
    """A look for each series of one panel, by name: no two have the same dash or colour.

    A series that stands alone is solid. One that the course has no look for is drawn in ink and
    called by its own name.
    """
    looks, taken, worn = {}, [], []
    for name in names:
        look = LINE.get(name) or Look(INK, _SOLID, "o", name)
        if len(names) == 1:
            look = look._replace(dash=_SOLID)
        if look.dash in taken:
            look = look._replace(dash=next((d for d in DASHES if d not in taken), look.dash))
        if look.colour in worn:
            look = look._replace(colour=next((c for c in _SPARE if c not in worn), look.colour))
        taken.append(look.dash)
        worn.append(look.colour)
        looks[name] = look
    return looks


def points(name, **overrides):
    """Keyword arguments for ``Axes.plot`` that draw measured points of a quantity (no line)."""
    look = LINE[name]
    marker = {"color": look.colour, "marker": look.marker, "linestyle": "none", "markersize": 7}
    return marker | {"markerfacecolor": PAPER, "markeredgewidth": 1.8} | overrides
