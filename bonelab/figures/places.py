"""Where the parts of a drawing lie in a picture, so that they can be clicked."""

# the parts of the drawn remodelling unit: id -> (name, left, foot, right, top), in its micrometres
UNIT_PARTS = {
    "osteoclasts": ("Osteoclast", 36, 52, 92, 94),
    "precursors": ("Osteoclast precursor", 2, 116, 62, 148),
    "osteoblasts": ("Osteoblast", 112, 57, 196, 80),
    "pre_osteoblasts": ("Pre-osteoblast", 128, 98, 192, 115),
    "osteocytes": ("Osteocyte", 2, 22, 34, 48),
    "rankl": ("RANKL", 98, 122, 192, 156),
}

# of the drawn mixture of the decoy bench
DECOY_PARTS = {
    "rankl": ("A RANKL in the fluid", 10, 112, 440, 316),
    "rank": ("A RANK on a cell", 10, 8, 440, 100),
    "opg": ("OPG in the key", 4, 338, 220, 376),
    "free": ("RANKL in the key", 226, 382, 420, 418),
}
# of the drawn osteoblast of the vesicle bench
BENCH_PARTS = {
    "crosslinker": ("What was added", 4, 222, 446, 286),
    "rankl": ("RANKL on the osteoblast", 4, 146, 446, 216),
    "tail": ("Tail of RANKL and its kinase", 4, 112, 446, 142),
    "nucleus": ("Nucleus", 70, 4, 380, 54),
}


def regions_of(axes, parts):
    """``{id: (name, (left, top, width, height))}`` in shares of the picture, for its ``regions``.

    ``parts`` is ``{id: (name, left, foot, right, top)}`` in data units of the drawing's Axes.
    """
    return {
        id: (name, _share(axes, (left, foot), (right, top)))
        for id, (name, left, foot, right, top) in parts.items()
    }


def _share(axes, low, high):
    """Left, top, width and height of a box of data, from the upper left corner of the picture."""
    axes.apply_aspect()
    to_figure = axes.transData + axes.figure.transFigure.inverted()
    (x0, y0), (x1, y1) = to_figure.transform([low, high])
    return tuple(round(float(v), 4) for v in (x0, 1 - y1, x1 - x0, y1 - y0))
