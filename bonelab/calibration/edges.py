"""How near each band stands to an edge: ``python3 -m bonelab.calibration edges``.

A band of ``wanted.toml`` has two kinds of edges: those that a fit is held to (*fit*) and those that
a test asks for (*asked*), mostly a little wider. Room is the distance from what the model says to
the nearest edge asked, in percent of the width of the band, or of the edge where there is one only.
"""

from math import isfinite

import pandas as pd

from .experiments import numbers
from .predict import wanted

NARROW = 5.0  # percent: with less room than this a reader should know


def room_to_edge(value, low, high):
    """Room to the nearest edge in percent of the width, below zero outside the band.

    Where there is one edge only, in percent of it, or of the value where that edge is 0.
    """
    away = min(value - low, high - value)
    width = high - low if isfinite(high - low) else abs(low if isfinite(low) else high)
    return 100.0 * away / (width or abs(value))


def edges(values=None):
    """A pandas table with a row per band, the narrowest first.

    ``values`` are numbers by name; those of the parameter tables when left out.
    """
    values = numbers({}) if values is None else values
    rows = [
        {
            "band": want.name,
            "model": f"{values[want.name]:.5g}",
            "asked": _words(*want.asked),
            "room, %": room_to_edge(values[want.name], *want.asked),
            "fit": want.words(),
            "met by": "both" if want.misfit(values[want.name]) == 0 else "what is asked",
        }
        for want in wanted()
        if want.asked
    ]
    for row in rows:
        if row["room, %"] < 0:
            row["met by"] = "neither"
    return pd.DataFrame(rows).sort_values("room, %", kind="stable").set_index("band")


def in_words(table):
    """How many bands stand near an edge, and which."""
    near = table.index[table["room, %"] < NARROW]
    return (
        f"{len(near)} of {len(table)} bands have less than {NARROW:g} % of their width to the edge "
        "that a test asks for, so a small change of any parameter may put them outside: "
        f"{'; '.join(near)}."
    )


def _words(low, high):
    if not isfinite(low):
        return f"below {high:g}"
    return f"{low:g} to {high:g}" if isfinite(high) else f"above {low:g}"
