"""Who is who: a table of all drawn cells and molecules, five in a row, each named below itself."""

import numpy as np
import pytest
from matplotlib.text import Text
from pictures import ONCE

from bonelab.figures import glyph_key
from bonelab.figures.paper import new_figure

NAMES = (
    "osteoclast", "precursor", "pre-osteoblast", "osteoblast", "osteocyte", "T cell",
    "dendritic cell", "vesicle with RANK", "RANKL, soluble", "RANKL on a membrane", "RANK",
    "OPG, the decoy", "antibody (IgG)", "trimerised antibody", "small-molecule drug",
)  # fmt: skip


@pytest.fixture(scope=ONCE)
def table():
    axes = new_figure(8, 6, layout="none").add_axes([0, 0, 1, 1])
    return axes, glyph_key.draw(axes)


def test_every_glyph_is_named_in_its_place(table):
    axes, artists = table
    words = [artist for artist in artists if isinstance(artist, Text)]
    assert [" ".join(text.get_text().split()) for text in words] == list(NAMES)
    across, up = zip(*(text.get_position() for text in words[:6]), strict=True)
    assert across == pytest.approx([0.5, 1.5, 2.5, 3.5, 4.5, 0.5])
    assert up == pytest.approx([-0.91] * 5 + [-2.16])
    assert (axes.get_xlim(), axes.get_ylim()) == ((0, 5), (-3.75, 0))


def test_each_glyph_fills_its_cell_of_the_table_and_no_more(table):
    _, artists = table
    cells, part = [], []
    for artist in artists:
        if isinstance(artist, Text):
            cells.append(part)
            part = []
        else:
            part.append(artist.get_path().vertices)
    for place, parts in enumerate(cells):
        (x0, y0), (x1, y1) = np.vstack(parts).min(0), np.vstack(parts).max(0)
        column, row = place % 5, place // 5
        assert column <= x0 < x1 <= column + 1, NAMES[place]
        assert -1.25 * row - 0.92 <= y0 < y1 <= -1.25 * row, NAMES[place]
        assert max(x1 - x0, y1 - y0) > 0.3, f"{NAMES[place]} is drawn too small"
        assert (x0 + x1) / 2 == pytest.approx(column + 0.5, abs=0.12), NAMES[place]


def test_the_table_is_told_by_its_names():
    start = "The cells and molecules of the course as they are drawn: osteoclast, precursor, "
    assert glyph_key.alt().startswith(start)
    assert glyph_key.alt().endswith("trimerised antibody, small-molecule drug.")
