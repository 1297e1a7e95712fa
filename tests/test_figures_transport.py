"""The way to an osteocyte: the canaliculus in nanometres, what arrives in depth."""

import numpy as np
import pytest
from pictures import drawn, written

from bonelab import BonelabError
from bonelab.figures.transport import OSTEOCYTES, Transport

NM = 0.42  # units of the picture for a nanometre
DEPTHS = tuple(range(0, 101, 5))


def shown(**values):
    picture, _ = drawn(Transport)
    picture.update(**values)
    return picture


def span(collection, k=0, axis=1):
    points = collection.get_paths()[k].vertices[:, axis]
    return points.min(), points.max()


def test_everything_is_drawn_to_the_same_scale():
    picture = shown(vesicle=90, canaliculus=300, process=100, gap=100)
    ceiling, floor = span(picture.walls, 0), span(picture.walls, 1)
    assert ceiling[0] - floor[1] == pytest.approx(300 * NM)
    foot, top = span(picture.process)
    assert top - foot == pytest.approx(100 * NM)
    vertices = picture.vesicle.moving[2].get_path().vertices  # the membrane
    assert np.ptp(vertices[:, 0]) == pytest.approx(90 * NM, rel=0.02)


@pytest.mark.parametrize(("gap", "fits"), [(100, True), (90, True), (89.9, False), (10, False)])
def test_a_vesicle_is_inside_when_it_fits_and_outside_when_not(gap, fits):
    picture = shown(vesicle=90, canaliculus=300, process=100, gap=gap)
    x = picture.vesicle.moving[2].get_path().vertices[:, 0].mean()
    assert (x > 158) == fits  # the mouth of the canaliculus
    verdict = "it fits" if fits else "it does not fit"
    assert f"vesicle 90 nm, gap {gap:.0f} nm: {verdict}" in written(picture)
    assert f"gap is {gap:.0f} nm wide" in picture.alt(vesicle=90, gap=gap)


def test_fibres_stand_as_close_as_they_are():
    def number(spacing):
        return len(shown(fibres=spacing).fibres.get_segments())

    assert number(13.5) == pytest.approx(2 * number(27), abs=3)
    first, second = (s[0][0] for s in shown(fibres=50).fibres.get_segments()[::2][:2])
    assert second - first == pytest.approx(50 * NM)


@pytest.mark.parametrize("length", [5.0, 25.0, 100.0])
def test_dots_thin_out_as_the_shares_do(length):
    shares = tuple(0.8 * np.exp(-np.array(DEPTHS) / length))
    picture = shown(depths=DEPTHS, shares=shares)
    seen = picture.dots.scale > 0
    expected = np.interp(picture.depth, DEPTHS, shares)
    assert seen.sum() == pytest.approx(expected.sum(), abs=10)
    near = seen[picture.depth < 20].mean() if seen.any() else 0
    far = seen[picture.depth > 80].mean()
    assert near >= far


def test_shares_at_the_osteocytes_are_written_below_them():
    shares = dict.fromkeys(DEPTHS, 0.0) | {0: 1.0, 25: 0.54, 50: 0.0812, 75: 2.2e-4, 100: 3e-9}
    picture = shown(depths=DEPTHS, shares=tuple(shares.values()))
    assert {"54%", "8.1%", "10⁻⁴", "10⁻⁹"} <= written(picture)
    words = picture.alt(depths=DEPTHS, shares=tuple(shares.values()))
    assert (
        "54% at 25 micrometres; 8.1% at 50 micrometres; 10⁻⁴ at 75 micrometres; "
        "10⁻⁹ at 100 micrometres." in words
    )
    assert OSTEOCYTES == (25, 50, 75, 100)


@pytest.mark.parametrize(
    ("share", "words"),
    [(1, "100%"), (0.0995, "10%"), (0.0994, "9.9%"), (0.001, "0.1%"), (9e-4, "10⁻³"),
     (1e-15, "0"), (0, "0")],
)  # fmt: skip
def test_small_shares_are_powers_of_ten(share, words):
    picture = shown(depths=(0, 100), shares=(share, share))
    assert words in written(picture)


def test_what_is_too_wide_is_drawn_up_to_the_edge():
    picture = shown(vesicle=900, canaliculus=2000, process=1800, gap=100)
    ceiling, floor = span(picture.walls, 0), span(picture.walls, 1)
    assert ceiling[0] - floor[1] == pytest.approx(360 * NM)
    assert np.ptp(picture.vesicle.moving[2].get_path().vertices[:, 0]) <= 200 * NM * 1.02


def test_without_a_process_none_is_drawn():
    assert shown(process=0).process.get_paths() == []


@pytest.mark.parametrize(
    "wrong",
    [{"vesicle": -1}, {"process": 300, "canaliculus": 200}, {"fibres": 0}, {"shares": (2, 0)},
     {"gap": np.nan}],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_name(wrong):
    with pytest.raises(BonelabError, match=next(iter(wrong))):
        shown(**wrong)
