"""The pictures of both desks: their curves, along which axes, and what a site leaves out."""

import numpy as np
import pytest
from seen import Seen

from bonelab.biology.conditions import conditions
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
    bone, *others = panels(shown.picture)
    assert [axes.get_ylim() for axes in (bone, *others[:3])] == [
        (0.85, 1.05), (0, 3.5), (0, 300), (1.8, 3.6),
    ]  # fmt: skip
    assert [axes.get_xlabel() for axes in (bone, *others[:3])] == ["", "", "years", "years"]
    run = shown.lab.seen.run
    for panel, name, series in ((0, "bone volume spine", "bone volume spine"), (2, "CTX", "CTX"),
                                (1, "resorption", "resorption"), (1, "formation", "formation"),
                                (3, "calcium", "blood calcium")):  # fmt: skip
        assert np.array_equal(shown.line(panel, name)[1], run[series]), name
    assert np.array_equal(
        shown.line(0, "untreated")[1], shown.lab.seen.untreated["bone volume spine"]
    )
    assert bone.get_title() or bone.get_title(loc="left")


def test_calcium_of_a_tumour_is_its_own():
    shown = Seen("disease_desk", disease="hypercalcaemia of malignancy")
    assert np.array_equal(shown.line(3, "calcium")[1], shown.lab.seen.run["serum calcium"])


def below(picture):
    """What is seen below bone and rates: the titles of panels, or the words in their place."""
    seen = [axes.get_title(loc="left") for axes in panels(picture)[2:] if axes.get_visible()]
    return seen + [picture._silent.get_text()] * picture._silent.get_visible()


BLOOD = ["CTX in blood", "Calcium in blood"]


def test_a_single_site_does_not_show_in_blood():
    shown = Seen("disease_desk", disease="rheumatoid arthritis")
    assert shown.lab.seen.run.local
    for panel, name in ((2, "CTX"), (3, "calcium"), (4, "tumour burden")):
        assert len(shown.line(panel, name)[0]) == 0
    assert below(shown.picture) == [ONE_SITE]
    assert "bone at the diseased site" in shown.picture.alt(shown.lab.seen)
    assert "blood below" not in shown.picture.alt(shown.lab.seen)
    shown.move(disease="glucocorticoid osteoporosis")
    assert below(shown.picture) == BLOOD
    assert "CTX and calcium in blood below" in shown.picture.alt(shown.lab.seen)
    assert "bone of the spine" in shown.picture.alt(shown.lab.seen)


def test_a_tumour_is_a_curve_beside_the_untreated_one():
    shown = Seen("disease_desk", disease="bone metastasis", opg_fc="early: from the start")
    assert below(shown.picture) == ["Tumour"]
    ill = shown.lab.seen
    for name, run in (("tumour burden", ill.run), ("untreated tumour", ill.untreated)):
        years, burden = shown.line(4, name)
        assert years == pytest.approx(run.time / 365.25)
        assert np.array_equal(burden, run["tumour burden"])
    assert "the tumour below" in shown.picture.alt(ill)
    names = shown.picture.line_panels[4].names.moving
    assert names
    assert all(name.get_visible() for name in names)
    shown.move(disease="rheumatoid arthritis")
    assert below(shown.picture) == [ONE_SITE]
    assert not any(name.get_visible() for name in names), "no names of curves that are not there"


def test_paget_shows_that_formation_rises_with_resorption():
    shown = Seen("disease_desk", disease="Paget's disease")
    for name in ("resorption", "formation"):
        assert shown.end(1, name)[1] > 1.3


@pytest.mark.parametrize("opg_fc", ["never", "early: from the start", "late: from the month below"])
def test_every_disease_stays_within_the_axes(opg_fc):
    shown = Seen("disease_desk")
    for disease in conditions("diseases"):
        shown.move(disease=disease, opg_fc=opg_fc, month=12)
        for panel in shown.picture.line_panels:
            low, high = panel.axes.get_ylim()
            for name, line in panel.lines.items():
                y = line.get_ydata()
                assert all((low <= y) & (y <= high)) if len(y) else True, (disease, name)
