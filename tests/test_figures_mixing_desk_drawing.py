"""The desks of regulators and of diseases: faders, lamps and meters show what is set."""

import numpy as np
import pytest
from pictures import drawn, written

from bonelab import BonelabError
from bonelab.figures.mixing_desk_drawing import DiseaseDesk, MixingDesk, times


def shown(**values):
    picture, _ = drawn(MixingDesk)
    picture.update(**values)
    return picture


def ill(**values):
    picture, _ = drawn(DiseaseDesk)
    picture.update(**values)
    return picture


def knob(picture, fader):
    """Height of a fader's knob."""
    vertices = picture.faders[fader][0].moving[0].get_path().vertices
    return (vertices[:, 1].min() + vertices[:, 1].max()) / 2


def lit(picture, lamp):
    return picture.lamps[lamp][0].moving[0].get_visible()


def tips(picture):
    """Place of the tip of every arrow, in factors of ten from ×1."""
    one = 266
    found = {}
    for name, path in zip(
        ("RANKL", "OPG", "RANK", "ratio"), picture.arrows.get_paths(), strict=True
    ):
        x = path.vertices[:, 0]
        found[name] = (x[np.argmax(np.abs(x - one))] - one) / 56
    return found


def test_a_fader_stands_where_its_strength_is():
    foot, half, full = (knob(shown(strengths=(s, 0.0)), 0) for s in (0.0, 0.5, 1.0))
    assert (foot, full) == (pytest.approx(262), pytest.approx(352))
    assert half == pytest.approx((foot + full) / 2)
    assert knob(shown(strengths=(0.0, 1.0)), 0) == pytest.approx(foot)
    assert knob(shown(strengths=(0.0, 1.0)), 1) == pytest.approx(full)
    picture = shown(names=("IL-1", "IL-4"), sources=("human cells", "mouse cells"),
                    strengths=(0.5, 0.25))  # fmt: skip
    assert {"IL-1", "IL-4", "human cells", "mouse cells", "50%", "25%"} <= written(picture)


def test_arrows_point_to_more_or_to_less_on_a_scale_of_tens():
    ends = tips(shown(RANKL=10.0, OPG=0.1, RANK=100.0))
    assert ends == pytest.approx({"RANKL": 1, "OPG": -1, "RANK": 2, "ratio": 2})
    assert tips(shown(RANKL=3.0))["RANKL"] == pytest.approx(np.log10(3), abs=1e-6)
    assert tips(shown(RANKL=1e5))["RANKL"] == 2  # the end of the scale
    assert tips(shown()) == pytest.approx(dict.fromkeys(("RANKL", "OPG", "RANK", "ratio"), 0))


def test_the_ratio_is_rankl_over_opg():
    picture = shown(RANKL=3.0, OPG=1.5, RANK=0.5)
    assert tips(picture)["ratio"] == pytest.approx(np.log10(2))
    assert {"×3", "×1.5", "÷2", "×2"} <= written(picture)
    assert "RANKL ×3, OPG ×1.5, RANK ÷2, RANKL/OPG ×2" in picture.alt(RANKL=3.0, OPG=1.5, RANK=0.5)


@pytest.mark.parametrize(
    ("factor", "words"),
    [(1, "×1"), (3, "×3"), (1.4999, "×1.5"), (0.5, "÷2"), (0.4, "÷2.5"), (0.9999, "×1"),
     (12345, "×12300"), (1e-4, "÷10000")],
)  # fmt: skip
def test_a_factor_in_words(factor, words):
    assert times(factor) == words


def test_the_fader_of_a_disease_is_its_severity():
    assert knob(ill(strengths=(0.25,)), 0) == pytest.approx(262 + 0.25 * 90)
    picture = ill(names=("Paget's disease",), sources=("one site",), strengths=(0.25,))
    assert {"Paget's disease", "one site", "25%"} <= written(picture)


def test_lamps_shine_for_what_there_is():
    dark = ill()
    assert not any(lit(dark, lamp) for lamp in ("RANKL", "RANK", "OPG"))
    assert "off" in written(dark)
    picture = ill(extra_RANKL=0.15)
    assert [lit(picture, lamp) for lamp in ("RANKL", "RANK", "OPG")] == [True, False, False]
    assert "+0.15 nM" in written(picture)
    picture = ill(RANK_gain=0.08)
    assert [lit(picture, lamp) for lamp in ("RANKL", "RANK", "OPG")] == [False, True, False]
    assert "8%" in written(picture)
    picture = ill(opg_fc="from month 12")
    assert [lit(picture, lamp) for lamp in ("RANKL", "RANK", "OPG")] == [False, False, True]
    assert "from month 12" in written(picture)
    picture = ill(tumour=1.0)
    assert lit(picture, "RANKL")
    assert "tumour grows" in written(picture)


def test_no_opg_is_told_as_none():
    picture = ill(OPG=0.0)
    assert {"none", "∞"} <= written(picture)
    assert tips(picture)["OPG"] == -2
    assert tips(picture)["ratio"] == 2
    assert "OPG none, RANK ×1, RANKL/OPG without bound" in picture.alt(OPG=0.0)


def test_words_tell_faders_meters_and_lamps():
    values = {"names": ("IL-1", "IL-4"), "strengths": (1.0, 0.0), "RANKL": 3.0, "OPG": 1.5}
    assert drawn(MixingDesk)[0].alt(**values) == (
        "Drawing of a mixing desk with IL-1 at 100% and IL-4 at 0%. Meters: RANKL ×3, OPG ×1.5, "
        "RANK ×1, RANKL/OPG ×2."
    )
    values = {"names": ("a tumour",), "strengths": (0.5,), "extra_RANKL": 0.15,
              "RANK_gain": 0.08, "opg_fc": "from the start", "tumour": 1.0}  # fmt: skip
    assert drawn(DiseaseDesk)[0].alt(**values) == (
        "Drawing of a desk with a tumour at 50% of its severity. Meters: RANKL ×1, OPG ×1, "
        "RANK ×1, RANKL/OPG ×1. 0.15 nM RANKL comes from other cells. A growing tumour makes "
        "RANKL. 8% of RANK is on by itself. OPG-Fc is given from the start."
    )


@pytest.mark.parametrize(
    "wrong", [{"strengths": (2.0,)}, {"RANKL": -1.0}, {"RANK_gain": 1.5}, {"tumour": 2}]
)
def test_what_cannot_be_is_refused(wrong):
    name = next(iter(wrong)).removesuffix("s")
    with pytest.raises(BonelabError, match=name):
        ill(**wrong)
    with pytest.raises(BonelabError, match="strength"):
        shown(strengths=(2.0, 0.0))


def test_a_desk_that_nothing_was_set_on_says_so():
    assert "PTH at 0% and IL-4 at 0%" in drawn(MixingDesk)[0].alt(names=("PTH", "IL-4"))
