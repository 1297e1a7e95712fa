"""Who is who: every drawn cell and molecule of the course with its name."""

from textwrap import fill

from . import cells, molecules
from .paper import write
from .shapes import paint

# name, glyph, units across that fill one cell of the table, sideways and upwards shift
CAST = {
    "osteoclast": (cells.osteoclast, 62, 0, -10),
    "precursor": (cells.precursor, 17, 0, 0),
    "pre-osteoblast": (cells.pre_osteoblast, 27, 0, 0),
    "osteoblast": (cells.osteoblast, 24, 0, -7.3),
    "osteocyte": (cells.osteocyte, 36, 0, 0),
    "T cell": (cells.t_cell, 17, 0, 0),
    "dendritic cell": (cells.dendritic_cell, 28, 0, 0),
    "vesicle with RANK": (molecules.vesicle, 3.1, 0, 0),
    "RANKL, soluble": (molecules.rankl, 2.4, 0, 0),
    "RANKL on a membrane": (molecules.rankl_on_membrane, 2.8, 0, -0.5),
    "RANK": (molecules.rank, 2.4, 0, -0.35),
    "OPG, the decoy": (molecules.opg, 2.8, 0, 0.2),
    "antibody (IgG)": (molecules.antibody, 3.0, 0, 0.1),
    "trimerised antibody": (molecules.trimer_antibody, 5.0, 0, 0),
    "small-molecule drug": (molecules.small_molecule, 3.4, 0, 0),
}


def draw(ax, columns=5):
    """Draw the whole cast into `ax` as a table; returns the artists.

    Sizes are not to scale between cells and molecules: each is drawn as large as its place allows.
    """
    rows = -(-len(CAST) // columns)
    ax.set(xlim=(0, columns), ylim=(-1.25 * rows, 0), aspect="equal")
    ax.axis("off")
    artists = []
    for place, (name, (glyph, across, dx, dy)) in enumerate(CAST.items()):
        x, y = place % columns + 0.5, -1.25 * (place // columns) - 0.45
        artists += paint(ax, glyph(), x + dx / across, y + dy / across, 0.82 / across)
        artists.append(write(ax, x, y - 0.46, fill(name, 14), ha="center", va="top"))
    return artists


def alt():
    """Text alternative of the table."""
    return "The cells and molecules of the course as they are drawn: " + ", ".join(CAST) + "."
