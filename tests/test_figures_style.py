"""The look of the course: colours, dashes and markers that everybody can tell apart."""

import itertools

import matplotlib as mpl
import numpy as np
import pytest

from bonelab.figures import style

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
        ways = [by_colour, a.dash != b.dash, a.marker != b.marker, a.label != b.label]
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


def test_an_unknown_quantity_names_what_there_is():
    with pytest.raises(KeyError, match="osteoclast"):
        style.line("osteoclats")


def test_curves_of_one_panel_never_share_a_dash():
    looks = style.apart(["osteoclasts", "resorption", "CTX", "pits", "unheard of"])
    assert len({look.dash for look in looks.values()}) == 5
    assert looks["osteoclasts"].dash == "-"  # the first keeps its own
    assert looks["unheard of"][:1] + looks["unheard of"][3:] == (style.INK, "unheard of")


def test_a_curve_that_stands_alone_is_solid():
    assert style.LINE["occupancy"].dash != "-"
    assert style.apart(["occupancy"])["occupancy"].dash == "-"


@pytest.mark.parametrize("dash", [d for d in style.DASHES if d != "-"], ids=str)
def test_no_gap_of_a_dash_is_wide_enough_for_a_spike(dash):
    on_and_off = dash[1]
    assert max(on_and_off[1::2]) * 2.4 <= 3.2  # points, at the width of the course's lines
    assert max(on_and_off[::2]) * 2.4 <= 11


def test_lines_are_the_model_and_marks_are_data():
    assert not {"marker", "markevery"} & set(style.line("CTX"))
    marks = style.points("CTX")
    assert (marks["linestyle"], marks["markerfacecolor"]) == ("none", style.PAPER)
    assert (marks["marker"], marks["color"]) == ("d", "#9E2A00")


def test_curves_of_one_panel_differ_in_colour_and_in_dash():
    panels = (
        ("clustered RANKL", "mTORC1"), ("NF-kB", "JNK", "NFATc1"),
        ("bone volume spine", "untreated"), ("BMD hip", "BMD spine", "mineral"),
    )  # fmt: skip
    for names in panels:
        looks = style.apart(names).values()
        assert len({look.colour for look in looks}) == len(names)
        assert len({look.dash for look in looks}) == len(names)
