"""The pictures of both desks: their curves, along which axes, and what a site leaves out."""

import numpy as np
import pytest
from seen import Seen

from bonelab.figures.desk_picture import ONE_SITE


def panels(picture):
    return [panel.axes for panel in picture.line_panels]


def test_the_desk_of_regulators_shows_two_years_of_rates_and_bone():
    shown = Seen("mixing_desk")
    rates, bone = panels(shown.picture)
    assert (rates.get_xlim(), rates.get_ylim()) == ((0, 2), (0, 5))
    assert (bone.get_xlim(), bone.get_ylim()) == ((0, 2), (0.7, 1.1))
    assert bone.get_xlabel() == "years"
    run = shown.lab.run
    for panel, name in ((0, "resorption"), (0, "formation"), (1, "bone volume spine")):
        years, values = shown.line(panel, name)
        assert years == pytest.approx(run.time / 365.25)
        assert np.array_equal(values, run[name])
    assert shown.picture.figure.get_size_inches() == pytest.approx((8.8, 4.6))


def test_the_desk_of_diseases_shows_bone_and_blood():
    shown = Seen("disease_desk", disease="glucocorticoid osteoporosis")
    bone, marker, calcium = panels(shown.picture)
    assert [axes.get_ylim() for axes in (bone, marker, calcium)] == [
        (0.85, 1.05), (0, 300), (1.6, 3.6),
    ]  # fmt: skip
    assert [axes.get_xlabel() for axes in (bone, marker, calcium)] == ["", "", "years"]
    run = shown.lab.seen.run
    for panel, name, series in ((0, "bone volume spine", "bone volume spine"), (1, "CTX", "CTX"),
                                (2, "calcium", "blood calcium")):  # fmt: skip
        assert np.array_equal(shown.line(panel, name)[1], run[series]), name
    assert np.array_equal(
        shown.line(0, "untreated")[1], shown.lab.seen.untreated["bone volume spine"]
    )
    assert bone.get_title() or bone.get_title(loc="left")


def test_calcium_of_a_tumour_is_its_own():
    shown = Seen("disease_desk", disease="hypercalcaemia of malignancy")
    assert np.array_equal(shown.line(2, "calcium")[1], shown.lab.seen.run["serum calcium"])


def test_a_single_site_does_not_show_in_blood():
    shown = Seen("disease_desk", disease="rheumatoid arthritis")
    assert shown.lab.seen.run.local
    for panel, name in ((1, "CTX"), (2, "calcium")):
        assert len(shown.line(panel, name)[0]) == 0
    silent = shown.picture._silent
    assert [words.get_text() for words in silent] == [ONE_SITE] * 2
    assert all(words.get_visible() for words in silent)
    assert "bone at the diseased site" in shown.picture.alt(shown.lab.seen)
    assert "blood below" not in shown.picture.alt(shown.lab.seen)
    shown.move(disease="glucocorticoid osteoporosis")
    assert not any(words.get_visible() for words in silent)
    assert "CTX and calcium in blood below" in shown.picture.alt(shown.lab.seen)
    assert "bone of the spine" in shown.picture.alt(shown.lab.seen)
