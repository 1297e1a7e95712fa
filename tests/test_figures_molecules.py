"""The cast: cells and molecules as they are drawn, and their names.

What a glyph means (how many arms, lobes, nuclei, heads) is told here in words; that its outline
is the one that was looked at and found good is kept as numbers in ``outlines.json``. After a
change that is meant, look at the picture of ``bl.draw.who_is_who()`` and write them anew::

    PYTHONPATH=.:tests python -c "import test_figures_molecules as t; t.write()"
"""

import json
from pathlib import Path

import numpy as np
import pytest
from matplotlib.path import Path as Outline

from bonelab.figures import cells, glyph_key, molecules
from bonelab.figures.crosslinkers import KINDS, MOST, pose
from bonelab.figures.diagram import cross, inhibits
from bonelab.figures.paper import new_figure
from bonelab.figures.shapes import SMALLEST, Layer

KEPT = Path(__file__).with_name("outlines.json")
GLYPHS = {name: glyph for name, (glyph, *_) in glyph_key.CAST.items()} | {
    "crowded RANKL": molecules.plain_rankl,
    "crowded OPG": molecules.plain_opg,
    "kinase": molecules.kinase,
    "vesicle with 30 RANK": lambda: molecules.vesicle(2, 30),
    "pit": cells.pit,
    "scale bar": lambda: cells.scale_bar(1, 2, 50),
    "lamellae": lambda: cells.bone_lamellae(0, 50, 0, 30),
    "osteoclast half as wide": lambda: cells.osteoclast(30),
    "osteocyte of another seed": lambda: cells.osteocyte(8, 10, seed=3),
    "cross": cross,
    "inhibits": lambda: inhibits((0, 0), (30, 10)),
    **{f"{kind} on {held}": (lambda kind=kind, held=held: pose(kind, held))
       for kind in KINDS for held in range(MOST[kind] + 1)},
}  # fmt: skip


def fingerprint(layer: Layer):
    """Extent, middle, and spread of an outline, its colours and its line, as plain numbers."""
    path = layer.path
    points = np.asarray(path.vertices, float)
    codes = np.zeros(len(points)) if path.codes is None else path.codes
    box = path.get_extents()
    steps = np.arange(len(points))
    moments = [points.mean(0), points.std(0), (points * np.sin(steps)[:, None]).mean(0)]
    numbers = [*box.bounds, *np.ravel(moments), len(points), float(codes.sum()), layer.width]
    return [round(float(number), 3) for number in numbers] + [
        colour if isinstance(colour, str) else [round(part, 3) for part in colour]
        for colour in (layer.face, layer.edge)
    ]


def prints():
    return {name: [fingerprint(layer) for layer in glyph()] for name, glyph in GLYPHS.items()}


def write():
    rows = ",\n".join(f'"{name}": {json.dumps(glyph)}' for name, glyph in prints().items())
    KEPT.write_text("{\n" + rows + "\n}\n", encoding="utf-8")


@pytest.mark.parametrize("name", GLYPHS)
def test_a_glyph_is_drawn_as_it_was_found_good(name):
    kept = json.loads(KEPT.read_text(encoding="utf-8"))[name]
    found = [fingerprint(layer) for layer in GLYPHS[name]()]
    assert len(found) == len(kept)
    for layer, (mine, theirs) in enumerate(zip(found, kept, strict=True)):
        assert mine[-2:] == theirs[-2:], f"colour of layer {layer}"
        assert mine[:-2] == pytest.approx(theirs[:-2], abs=2e-3), f"outline of layer {layer}"


def parts(layer):
    return int((np.asarray(layer.path.codes) == Outline.MOVETO).sum())


def test_rankl_has_three_lobes_and_opg_two_arms():
    assert parts(molecules.rankl()[0]) == 3
    assert parts(molecules.opg()[0]) == 2 + 1  # and the tail that joins them
    assert parts(molecules.antibody()[-1]) == 2  # binding sites
    assert parts(molecules.trimer_antibody()[-1]) == 3
    assert parts(molecules.rank()[0]) == 2  # stalk and cup


@pytest.mark.parametrize("receptors", [1, 2, 10, 30])
def test_a_vesicle_is_studded_with_its_receptors(receptors):
    studs = molecules.vesicle(1, receptors)[0]
    assert parts(studs) == 2 * receptors
    rings = [path for path in studs.path.to_polygons()]
    angles = np.degrees([np.arctan2(*ring.mean(0)) for ring in rings[::2]])
    gaps = np.diff(np.sort(angles % 360))
    if receptors > 2:
        assert gaps == pytest.approx(360 / receptors, abs=1)


def test_a_trimer_fits_between_the_arms_of_opg_and_in_the_cup_of_rank():
    trimer = molecules.rankl()[0].path.get_extents()
    arms = molecules.opg()[0].path.vertices
    level = arms[np.abs(arms[:, 1]) < 0.3]
    assert np.abs(level[:, 0]).min() < trimer.width / 2 + 0.1
    cup = molecules.rank()[0].path.get_extents()
    assert 0.5 < molecules.SEAT < cup.y1 + trimer.height / 2


def test_an_osteoclast_has_six_nuclei_and_a_dendritic_cell_nine_arms():
    nuclei = cells.osteoclast()[-2]
    assert parts(nuclei) == 6
    assert cells.osteoclast(30)[0].path.get_extents().width == pytest.approx(
        cells.osteoclast(60)[0].path.get_extents().width / 2
    )
    assert cells.osteoclast()[0].path.get_extents().width == pytest.approx(60, abs=2)
    tips = np.hypot(*cells.dendritic_cell(1)[0].path.vertices[::3].T)
    assert (tips > 0.9).sum() == 9


@pytest.mark.parametrize(("cell", "size"), [(cells.precursor, 10), (cells.t_cell, 9)])
def test_round_cells_are_as_wide_as_they_say(cell, size):
    assert cell(size / 2)[0].path.get_extents().width == pytest.approx(size, rel=0.01)


def test_a_scale_bar_is_as_long_as_it_says():
    bar = cells.scale_bar(10, 20, 100)[0].path.get_extents()
    assert bar.x0 + bar.height / 2 == pytest.approx(10)
    assert bar.x1 - bar.height / 2 == pytest.approx(110)


def test_the_cast_names_everybody_inside_the_figure():
    figure = new_figure(9.6, 6.4, layout="none", dpi=100)
    artists = glyph_key.draw(figure.add_axes([0, 0, 1, 1]))
    texts = [artist for artist in artists if hasattr(artist, "get_text")]
    assert [text.get_text().replace("\n", " ") for text in texts] == list(glyph_key.CAST)
    for text in texts:
        box = text.get_window_extent(figure.canvas.get_renderer())
        assert box.x0 >= 0
        assert box.y0 >= 0
        assert box.x1 <= 960
        assert box.y1 <= 640
    assert glyph_key.alt() == (
        "The cells and molecules of the course as they are drawn: "
        + ", ".join(glyph_key.CAST) + "."
    )  # fmt: skip


def test_every_glyph_of_the_cast_fills_its_place_and_leaves_its_neighbours_theirs():
    figure = new_figure(9.6, 6.4, layout="none", dpi=100)
    axes = figure.add_axes([0, 0, 1, 1])
    artists = glyph_key.draw(axes)
    patches = [artist for artist in artists if hasattr(artist, "get_path")]
    boxes = [patch.get_path().get_extents() for patch in patches]
    for box in boxes:
        if box.width > 0.05:
            assert int(box.x0) == int(box.x1 - 1e-9), "within its column"
    assert (axes.get_xlim(), axes.get_ylim()) == ((0, 5), (-3.75, 0))
    assert max(box.width for box in boxes) > 0.7
    assert SMALLEST < 0.05
