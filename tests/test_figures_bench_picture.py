"""The picture of the vesicle bench: drawing, dose curve, blot, genes and mineral are the dish's."""

from types import SimpleNamespace

import numpy as np
import pytest
from pictures import ONCE, seen, whole, written

import bonelab as bl
from bonelab.figures.bench_picture import DOSES, TICKS, BenchPicture
from bonelab.simulation.readings import has_RANKL, over_untreated


@pytest.fixture(scope=ONCE)
def lab():
    return bl.labs.vesicle_bench()


@pytest.fixture(scope=ONCE)
def picture(lab):
    picture = BenchPicture(seen(lab))
    picture.ghost(seen(lab))
    return picture


@pytest.fixture
def shown(lab, picture):
    def show(**values):
        result = seen(lab, **values)
        picture.update(result)
        return result

    return show


def test_the_curves_are_shares_in_percent_along_the_dose(shown, picture):
    along = shown(opg=0.3)["along dose"]
    (panel,) = picture.line_panels
    for name, share in (("clustered RANKL", along.clustered), ("mTORC1", along.mTORC1)):
        assert panel.lines[name].get_xdata() == pytest.approx(along.dose)
        assert panel.lines[name].get_ydata() == pytest.approx(100 * share)
    assert panel.axes.get_xscale() == "log"
    assert (panel.axes.get_xlabel(), panel.axes.get_ylabel()) == ("dose (nM)", "% of all")
    assert [label.get_text() for label in panel.axes.get_xticklabels()] == ["0.0001", "0.1", "100"]
    assert tuple(panel.axes.get_xticks()) == TICKS
    assert panel.axes.get_xlim() == (DOSES[0], 3000)
    assert [end.words for end in panel.names.names.values()] == ["in clusters", "mTORC1"]


@pytest.mark.parametrize("dose", [0.01, 1.0])
def test_the_cursor_stands_at_the_dose_and_its_clusters(shown, picture, dose):
    dish = shown(dose=dose)["dish"]
    x, y = picture.cursor.line.get_data()
    assert (x[0], y[1]) == pytest.approx((dose, 100 * dish.final["clustered RANKL"]))
    shown(dose=0)
    assert picture.cursor.line.get_xdata()[0] == DOSES[0]


def test_the_drawing_takes_what_the_dish_says(shown, picture):
    result = shown(opg=0.1)
    facts, values = result["dish"].facts, picture.scene_values(result)
    assert values["clustered"] == facts["clustered"]
    assert values["pairs"] == facts["in pairs"]
    assert values["masked"] == facts["on OPG"]
    held = facts["on vesicles"] + facts["on antibody"]
    assert values["single"] == pytest.approx(held - facts["clustered"] - facts["in pairs"])
    assert values["signal"] == result["dish"].final["Src-family kinase"]
    assert (values["kind"], values["heads"], values["tail"]) == ("vesicle", 10, 1.0)
    assert (values["present"], values["stopped"]) == (1.0, 0.0)
    assert f"in clusters {100 * facts['clustered']:.0f}%" in written(picture.drawing)


@pytest.mark.parametrize("heads", [1, 10, 30])
def test_the_vesicles_have_as_many_heads_as_the_slider_says(shown, picture, heads):
    shown(heads=heads)
    stamps = picture.drawing.crosslinkers.stamps
    (studs, *_) = stamps["vesicle", 0].moving
    number = round(whole(stamps["vesicle", 0]) + 0.499)
    assert int((studs.get_path().codes == 1).sum()) == 2 * heads * number


@pytest.mark.parametrize(("dose", "loose"), [(0, 0), (1e-4, 0), (1e3, 1), (0.0316, 2.5 / 7)])
def test_crosslinkers_in_the_fluid_follow_the_tens_of_the_dose(shown, picture, dose, loose):
    assert picture.scene_values(shown(dose=dose))["loose"] == pytest.approx(loose, abs=1e-3)


def test_cells_without_rankl_and_blocked_cells_are_told(shown, picture):
    none = shown(cells="cells without RANKL")
    assert not has_RANKL(none["dish"].facts)
    assert picture.scene_values(none)["present"] == 0.0
    blocked = shown(cells="Akt inhibitor")
    assert picture.scene_values(blocked)["stopped"] == 1.0
    assert "(stopped below)" in written(picture.drawing)
    assert picture.scene_values(shown(cells="cells with P29A RANKL"))["tail"] < 0.5


def test_genes_are_read_on_day_5_and_mineral_on_day_21(shown, picture):
    dish = shown()["dish"]
    made = over_untreated(dish)
    assert dish.time_unit == "hour"
    for name in ("Runx2", "Col1a1", "Sp7"):
        assert made[name] == pytest.approx(dish.at("5 days", name))
        assert made[name] != pytest.approx(dish.at("5 hours", name))
    assert made["mineral"] == pytest.approx(dish.at("21 days", "mineral"))
    widths = dict(zip(picture.bars.names, (b.get_width() for b in picture.bars.bars), strict=True))
    assert widths == pytest.approx({name: min(fold, 6) for name, fold in made.items()})
    assert picture.bars.bars[0].axes.get_xlabel() == "times untreated (day 5; mineral day 21)"


def test_the_blot_has_untreated_cells_the_start_and_the_dish_after_an_hour(lab, shown, picture):
    result = shown(dose=1.0)
    bands = picture.bands(result)
    assert list(bands) == ["nothing", "start", "now"]
    start = seen(lab)["dish"]
    for lane, dish in (("nothing", result["nothing"]), ("start", start), ("now", result["dish"])):
        assert bands.loc["p-Src", lane] == pytest.approx(dish.at("1 hour", "Src-family kinase"))
        assert bands.loc["p-S6K1 (Thr389)", lane] == pytest.approx(dish.at("1 hour", "mTORC1"))


def test_before_there_is_a_start_its_lane_is_the_dish(lab):
    picture = BenchPicture(seen(lab))
    bands = picture.bands(seen(lab, dose=1.0))
    assert (bands["start"] == bands["now"]).all()


def test_the_start_stays_as_grey_marks_beside_the_bars(lab, picture, shown):
    shown(dose=1.0)
    axes = picture.bars.bars[0].axes
    greys = [line.get_xdata()[0] for line in axes.lines if line.get_gid() == "ghost"]
    assert greys == pytest.approx(list(over_untreated(seen(lab)["dish"]).values()))


def test_words_tell_the_four_fields(shown, picture):
    result = shown()
    words, along = picture.alt(result), result["along dose"]
    best = int(np.argmax(along.clustered))
    assert picture.drawing.alt(**picture.scene_values(result)) in words
    assert f"highest, {100 * along.clustered[best]:.0f}%, at {along.dose[best]:.2g} nM" in words
    assert picture.blot.alt(picture.bands(result)) in words
    assert picture.bars.alt(over_untreated(result["dish"])) in words
    made_up = SimpleNamespace(clustered=np.array([0.1, 0.8, 0.3]), dose=np.array([0.1, 2, 30]))
    assert "clusters are highest, 80%, at 2 nM" in picture.alt({**result, "along dose": made_up})


def test_an_ordinary_antibody_is_drawn_as_one(shown, picture):
    values = picture.scene_values(shown(kind="antibody"))
    assert values["kind"] == "antibody"
    assert values["clustered"] == 0
    stamps = picture.drawing.crosslinkers.stamps
    assert whole(stamps["vesicle", 0]) == 0
