"""The look of the course, and the picture that is redrawn while a slider is held."""

import io
import itertools

import matplotlib as mpl
import numpy as np
import pytest
from PIL import Image

from bonelab.figures import style
from bonelab.figures.canvas import Picture
from bonelab.figures.panels import Curves, Panel, Points, in_unit
from bonelab.simulation import Run

# Red-green colour blindness, severity 1, on linear RGB: Machado et al. 2009,
# doi:10.1109/TVCG.2009.113
VISION = {
    "normal": np.eye(3),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
         [-0.011820, 0.042940, 0.968881]]),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
         [-0.003882, -0.048116, 1.051998]]),
}  # fmt: skip
TOGETHER = [  # quantities that a reader must tell apart by colour at a glance
    ("osteoclast", "osteoblast"), ("RANKL", "OPG"), ("RANK", "OPG"), ("RANKL", "RANK"),
    ("resorption", "formation"), ("forward", "reverse"), ("osteoclast", "ghost"),
    ("osteoblast", "ghost"), ("osteoclast", "bone"),
]  # fmt: skip


def linear(colour):
    channels = np.array(mpl.colors.to_rgb(colour))
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def contrast_on_white(colour):
    return 1.05 / (linear(colour) @ [0.2126, 0.7152, 0.0722] + 0.05)


def lab(rgb):
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    xyz = np.array(to_xyz) @ rgb / [0.9505, 1.0, 1.089]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def distance(one, other, vision):
    seen = [lab(np.clip(VISION[vision] @ linear(colour), 0, 1)) for colour in (one, other)]
    return np.linalg.norm(seen[0] - seen[1])


@pytest.mark.parametrize("name", style.LINE)
def test_every_colour_stands_out_on_white(name):
    assert contrast_on_white(style.COLOUR[name]) >= 3.0


@pytest.mark.parametrize("pair", TOGETHER, ids="-".join)
@pytest.mark.parametrize("vision", VISION)
def test_partners_differ_in_colour_for_every_reader(pair, vision):
    assert distance(*(style.COLOUR[name] for name in pair), vision) >= 14


def test_colour_is_never_the_only_code():
    keys = list(style._QUANTITIES)
    for one, other in itertools.combinations(keys, 2):
        a, b = style.LINE[one], style.LINE[other]
        by_colour = min(distance(a.colour, b.colour, vision) for vision in VISION) >= 12
        ways = [by_colour, a.dash != b.dash, a.marker != b.marker, a.symbol != b.symbol]
        assert sum(ways) >= 2, (one, other)
        assert a.dash != b.dash or a.marker != b.marker, (one, other)


def test_series_that_share_a_colour_differ_in_dash_or_marker():
    for one, other in itertools.combinations(style._SERIES, 2):
        a, b = style.LINE[one], style.LINE[other]
        if a.colour == b.colour and one not in ("osteoclasts", "osteoblasts"):
            alike = (a.dash, a.marker) == (b.dash, b.marker)
            # hip and spine of one quantity never share a panel with the other quantity
            bones = one.startswith(("BMD", "bone volume")) and other.startswith(("BMD", "bone v"))
            assert not alike or bones, (one, other)


def test_the_style_changes_nothing_outside():
    mpl.get_backend()  # resolves the backend, which is no part of the style
    before = dict(mpl.rcParams)
    with style.course():
        assert mpl.rcParams["font.size"] >= 11
        assert mpl.rcParams["figure.facecolor"] == style.PAPER
        sizes = ("axes.labelsize", "xtick.labelsize", "ytick.labelsize", "legend.fontsize")
        assert all(mpl.rcParams[size] >= 11 for size in sizes)
    assert dict(mpl.rcParams) == before


def test_an_unknown_quantity_names_what_there_is():
    with pytest.raises(KeyError, match="osteoclast"):
        style.line("osteoclats")


# -- pictures ----------------------------------------------------------------------------------
def run(height=1.0, n=50):
    time = np.linspace(0, 96, n)
    return Run(
        kind="test", time=time, time_unit="hour", units={},
        series={"osteoclasts": height * time / 96, "osteoblasts": 1 - height * time / 96},
        code=f"run = {height}",
    )  # fmt: skip


class Two(Curves):
    xlabel, xlim = "days", (0, 4)
    panels = (
        Panel("Cells", ("osteoclasts", "osteoblasts"), "share", (0, 1)),
        Panel("Osteoclasts", ("osteoclasts",), "share", (0, 1),
              points=(Points("osteoclasts", (1, 2), (0.2, 0.4), "made up for this test"),)),
    )  # fmt: skip

    def alt(self, result):
        return "Two panels."


def decoded(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


def test_a_blitted_update_shows_the_same_as_drawing_everything():
    picture = Two(run(1.0))
    picture.dots()
    picture.update(run(0.3))
    quick = picture.dots().copy()
    for artist in picture.moving:
        artist.set_animated(False)
    picture.figure.canvas.draw()
    whole = np.asarray(picture.figure.canvas.buffer_rgba()).astype(int)
    # the fixed points are drawn below the moving curve, nothing else may differ
    assert np.mean(np.abs(quick - whole).max(axis=2) > 8) < 0.002


def test_axes_and_layout_stay_while_curves_move():
    picture = Two(run(1.0))
    before = [axes.get_position().bounds for axes in picture.figure.axes]
    limits = [(axes.get_xlim(), axes.get_ylim()) for axes in picture.figure.axes]
    for height in (0.1, 5.0, -3.0):
        picture.update(run(height))
        picture.png()
    assert [axes.get_position().bounds for axes in picture.figure.axes] == before
    assert [(axes.get_xlim(), axes.get_ylim()) for axes in picture.figure.axes] == limits


def test_paper_is_white_and_the_png_is_faithful():
    picture = Two(run())
    png = picture.png()
    colours = decoded(png)
    assert tuple(colours[2, 2]) == (255, 255, 255)
    assert np.abs(colours - picture.dots()[..., :3]).mean() < 1.0
    want = np.array(mpl.colors.to_rgb(style.COLOUR["osteoclast"])) * 255
    assert np.abs(colours - want).max(axis=2).min() <= 4, "the course's colours survive"
    assert colours.shape[1] == pytest.approx(1.25 * picture.pixels[0], abs=2)


def test_only_moving_artists_are_redrawn():
    picture = Two(run())
    picture.png()
    drawn = []
    for axes in picture.figure.axes:
        axes.draw = lambda *a, **k: drawn.append("axes")
    picture.update(run(0.5))
    picture.png()
    assert drawn == []


def test_ghost_and_guess_stay_and_go():
    picture = Two(run())
    plain = picture.dots().copy()
    picture.ghost(run(0.2))
    ghosted = picture.dots().copy()
    assert (plain != ghosted).any()
    picture.guess(0.6)
    assert (picture.dots() != ghosted).any()
    picture.guess(None)
    assert (picture.dots() == ghosted).all()


def test_names_of_curves_do_not_overlap():
    picture = Two(run(0.5))  # both curves end at the same height
    words = [artist for artist in picture.line_panels[0].names.values()]
    renderer = picture.figure.canvas.get_renderer()
    boxes = [one.patch.get_window_extent(renderer) for one in words]
    assert not boxes[0].overlaps(boxes[1])
    assert all(box.x1 <= picture.figure.bbox.x1 for box in boxes), "clipped at the right edge"


def test_no_text_is_clipped_or_small():
    picture = Two(run())
    renderer = picture.figure.canvas.get_renderer()
    for text in picture.figure.findobj(mpl.text.Text):
        if text.get_text() and text.get_visible():
            box = text.get_window_extent(renderer)
            assert text.get_fontsize() >= 11, text.get_text()
            assert box.x0 >= -1, text.get_text()
            assert box.x1 <= picture.figure.bbox.x1 + 1, text.get_text()


def test_memory_of_a_picture_is_flat():
    picture = Two(run())
    picture.png()
    count = len(picture.figure.findobj())
    for i in range(20):
        picture.update(run(i / 20))
        picture.guess(i / 20)
        picture.png()
    picture.guess(None)
    assert len(picture.figure.findobj()) == count


def test_times_are_converted_to_the_axis():
    assert in_unit(run(), "days")[-1] == pytest.approx(4)
    assert in_unit(run(), "hours")[-1] == pytest.approx(96)
    assert in_unit(run(), "dose")[-1] == pytest.approx(96)


def test_a_run_plots_itself_in_the_course_colours():
    from matplotlib.figure import Figure

    axes = Figure().add_subplot()
    returned = run().plot("osteoclasts", "osteoblasts", ax=axes)
    assert returned is axes
    assert [line.get_color() for line in axes.lines] == [
        style.COLOUR["osteoclast"], style.COLOUR["osteoblast"],
    ]  # fmt: skip
    with pytest.raises(ValueError, match="osteoclat"):
        run().plot("osteoclat", ax=axes)


def test_a_picture_without_its_parts_says_which():
    with pytest.raises(NotImplementedError):
        Picture(run())
