"""The western blot and the bars of genes: darkness and length follow the run."""

import numpy as np
import pytest
from matplotlib.colors import to_rgb

import bonelab as bl
from bonelab import BonelabError
from bonelab.figures import style
from bonelab.figures.gene_bars import GeneBars
from bonelab.figures.paper import new_figure
from bonelab.figures.western_blot import WesternBlot


@pytest.fixture
def blot():
    return WesternBlot(new_figure(4.5, 2).add_subplot(), ("p-Akt", "actin"), ("none", "vesicles"))


def strip(blot, row, lane):
    rows, lanes = len(blot.proteins), len(blot.lanes)
    image = np.asarray(blot.image.get_array())
    tall, wide = image.shape[0] // rows, image.shape[1] // lanes
    return image[row * tall : row * tall + 26, lane * wide : (lane + 1) * wide]


@pytest.mark.parametrize("strength", [0.0, 0.1, 0.5, 0.8])
def test_a_band_is_as_dark_as_it_is_strong(blot, strength):
    blot.update({"none": (0, 1), "vesicles": (strength, 1)})
    assert strip(blot, 0, 0).min() == pytest.approx(0.9)  # nothing in the other lane
    darkest = strip(blot, 0, 1).min()
    assert darkest == pytest.approx(0.9 - 1.25 * strength * 0.74, abs=0.02)
    assert strip(blot, 1, 1).min() == pytest.approx(0.16, abs=1e-6)  # the strongest there is
    assert blot.image.get_clim() == (0, 1)


def test_between_two_strips_is_paper(blot):
    blot.update({"none": (1, 1), "vesicles": (1, 1)})
    image = np.asarray(blot.image.get_array())
    assert image[26:34].min() == 1.0


def test_a_band_is_soft_at_its_edges_and_flat_in_its_middle(blot):
    blot.update({"none": (0.8, 0), "vesicles": (0, 0)})
    band = strip(blot, 0, 0)
    middle = band[13]
    assert np.ptp(middle[10:34]) < 0.02
    assert middle[0] > 0.85
    assert band[0].min() > 0.85
    assert band[12].min() < 0.2


def test_lanes_and_proteins_are_named_where_they_are(blot):
    axes = blot.image.axes
    assert [label.get_text() for label in axes.get_yticklabels()] == ["p-Akt", "actin"]
    assert list(axes.get_yticks()) == [13, 47]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["none", "vesicles"]
    assert list(axes.get_xticks()) == [22, 66]
    assert "vesicles 80" in blot.alt({"none": (0, 1), "vesicles": (0.8, 1)})
    assert blot.alt({"none": (0, 1), "vesicles": (0.8, 1)}) == (
        "Drawing of a western blot, bands from 0 to 100. p-Akt: none 0, vesicles 80; actin: "
        "none 100, vesicles 100."
    )


def test_what_can_be_clicked_is_a_strip_and_half_of_the_paper_on_each_side(blot):
    tall = 26 + 8  # pixels of a strip and of the paper between two
    assert blot.strips() == {
        "p-Akt": (0, 26 + 4, 2 * 44, -4),
        "actin": (0, tall + 26 + 4, 2 * 44, tall - 4),
    }


@pytest.mark.parametrize("wrong", [np.nan, -0.1, 1.2])
def test_a_band_that_cannot_be_is_refused_by_protein_and_lane(blot, wrong):
    with pytest.raises(BonelabError, match="p-Akt of vesicles"):
        blot.update({"none": (0, 1), "vesicles": (wrong, 1)})
    with pytest.raises(BonelabError, match="denosumab"):
        blot.update({"none": (0, 1), "denosumab": (0, 1)})


def test_the_blot_of_a_run_shows_the_kinases_at_that_time():
    run = bl.reverse.culture()
    bands = bl.reverse.western_blot({"now": run}, time="1 h")
    words = bl.draw.western_blot(bands).alt
    assert f"p-Src: now {100 * run.at('1 h', 'Src-family kinase'):.0f};" in words
    assert f"p-S6K1 (Thr389): now {100 * run.at('1 h', 'mTORC1'):.0f};" in words
    assert "actin (loading control): now 100." in words


# -- genes -------------------------------------------------------------------------------------
FOLDS = {"Runx2": 2.0, "Col1a1": 3.5, "mineral": 9.0}


@pytest.fixture
def bars():
    return GeneBars(new_figure(4, 2).add_subplot(), ("Runx2", "Col1a1", "mineral"), 6, "times")


def test_bars_are_as_long_as_the_folds(bars):
    bars.update(FOLDS)
    assert [bar.get_width() for bar in bars.bars] == [2.0, 3.5, 6.0]  # up to the end of the axis
    assert [bar.get_facecolor()[:3] for bar in bars.bars] == [
        pytest.approx(to_rgb(style.COLOUR[name])) for name in FOLDS
    ]
    axes = bars.bars[0].axes
    assert [label.get_text() for label in axes.get_yticklabels()] == list(FOLDS)
    assert axes.get_xlim() == (0, 6)
    assert axes.get_xlabel() == "times"
    low, high = axes.get_ylim()
    assert low > high, "the first stands at the top"
    assert bars.alt(FOLDS) == "Bars: Runx2 2.0, Col1a1 3.5, mineral 9.0."


def test_one_is_marked_and_the_start_stays_in_grey(bars):
    bars.update(dict.fromkeys(FOLDS, 1.0))
    bars.ghost(FOLDS)
    axes = bars.bars[0].axes
    upright = [line for line in axes.lines if line.get_gid() != "ghost"]
    assert [list(line.get_xdata()) for line in upright] == [[1, 1]]
    greys = [line.get_xdata() for line in axes.lines if line.get_gid() == "ghost"]
    assert [x[0] for x in greys] == [2.0, 3.5, 9.0]
    assert [bar.get_width() for bar in bars.bars] == [1.0, 1.0, 1.0]


def test_a_fold_that_cannot_be_is_refused_by_name(bars):
    with pytest.raises(BonelabError, match="Col1a1"):
        bars.update(FOLDS | {"Col1a1": -1})
