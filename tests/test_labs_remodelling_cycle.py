"""Lab 0: what is drawn and said is what the run gives, on an axis of years."""

import numpy as np
import pytest
from seen import Seen, reached

import bonelab as bl
from bonelab.simulation import Run


@pytest.fixture(scope="module")
def shown():
    return Seen("remodelling_cycle", RANKL=2, years=4)


@pytest.fixture(scope="module")
def early(run):
    return Seen("remodelling_cycle", RANKL=2, years=4, day=50)


@pytest.fixture(scope="module")
def run():
    return bl.simulate(bl.woman(30).with_(RANKL=2), years=4)


def test_the_curves_are_drawn_against_years(shown, run):
    assert shown.axis(0)[0] == shown.axis(1)[0] == "years"
    for panel, name in ((0, "resorption"), (0, "formation"), (1, "bone volume spine")):
        assert shown.end(panel, name)[0] == pytest.approx(4)
        for time, x in (("6 months", 0.5), ("1 year", 1), ("30 months", 2.5)):
            assert shown.at(panel, name, x) == pytest.approx(run.at(time, name), rel=2e-3)


def test_resorption_and_formation_are_not_exchanged(shown, run):
    early = run.at("2 months")
    assert early["resorption"] > early["formation"] * 1.05
    assert shown.at(0, "resorption", 2 / 12) == pytest.approx(early["resorption"], rel=3e-3)
    assert shown.at(0, "formation", 2 / 12) == pytest.approx(early["formation"], rel=3e-3)


def test_the_sentence_says_years_rates_and_bone(shown, run):
    assert shown.text.startswith("After 4 years")
    for value, digits in (
        (run.final["resorption"], 1),
        (run.final["formation"], 1),
        (100 * run.final["bone volume spine"], 0),
    ):
        assert shown.says(value, digits)


def test_a_rate_that_is_gone_and_health_are_told_in_words():
    none = Seen("remodelling_cycle", RANKL=0.2, OPG=5, years=6).text
    assert "resorption is almost zero and formation is 0." in none
    assert "about as in health" in Seen("remodelling_cycle").text


def test_the_drawing_shows_the_day_that_one_looks_at(early, run):
    now = run.at(50)
    for name in ("resorption", "formation", "osteoclasts"):
        assert f"{name} ×{now[name]:.1f}" in early.drawing
    assert abs(now["osteoblasts"] - run.at(400, "osteoblasts")) > 0.2
    assert f"osteoblasts ×{now['osteoblasts']:.1f}" in early.drawing


def test_to_look_at_another_day_computes_nothing_and_is_no_move():
    lab = bl.labs.remodelling_cycle()
    lab.skip().reset()
    run = lab.set(RANKL=2).run
    assert lab.set(day=20).run is run
    assert lab.state.moves == 1
    assert lab.set(RANKL=3).state.moves == 2
    assert lab.controls["day"].play


def test_rankl_is_doubled_from_today_by_a_click():
    lab = bl.labs.remodelling_cycle()
    lab.skip().reset()
    lab.set(day=120)
    assert lab.touch("today") == ""
    assert (lab.values["RANKL"], lab.values["start"]) == (2, 120)
    lab.set(day=300)
    run = bl.simulate(bl.woman(30).with_(RANKL=2), years=3)
    assert lab.seen.values["osteoblasts"] == pytest.approx(run.at(180, "osteoblasts"))


def test_a_click_on_a_cell_says_who_how_many_and_what_next(early, run):
    told = early.lab.touch("osteoclasts")
    assert told.startswith("Osteoclast, which resorbs bone")
    assert f"{run.at(50, 'osteoclasts'):.2g} times as many" in told
    assert "RANKL keeps it alive" in told
    held = early.lab.touch("rankl")
    assert f"OPG holds {run.at(50, 'RANKL on OPG'):.0%}" in held
    assert early.lab.touch((0.5, 0.5)) == ""
    for part in early.picture.regions:
        assert part == "today" or early.lab.touch(part)


def test_each_control_reaches_its_own_number():
    shown = Seen("remodelling_cycle", OPG=2, years=1)
    run = bl.simulate(bl.woman(30).with_(OPG=2), years="12 months")
    assert shown.end(0, "resorption") == pytest.approx((1, run.final["resorption"]), rel=1e-4)
    assert run.final["resorption"] < 1
    assert shown.text.startswith("After 1 year")
    assert "1 years" not in shown.text


def test_six_years_of_twice_the_rankl_with_opg_alone():
    lab, more = bl.labs.remodelling_cycle(), {"RANKL": 2, "years": 6}
    assert reached(lab, "within one percent", more, {"OPG": 2}, {"OPG": 2.2})
    assert not reached(lab, "within one percent", {"RANKL": 1, "years": 6}), "no excess of RANKL"


def test_formation_ahead_of_resorption_for_a_month():
    lab = bl.labs.remodelling_cycle()
    assert reached(lab, "for a month", {"RANKL": 2}, {"OPG": 1.5}, {"OPG": 4})
    assert not reached(lab, "for a month", {"RANKL": 0.5}), "that would be little RANKL"
    assert not reached(lab, "for a month", {"RANKL": 1.9, "OPG": 5})


def test_resorption_moves_first_and_nothing_tells_it_before():
    lab = bl.labs.remodelling_cycle()
    lab.predict_again()
    assert lab.blank
    assert "times" not in lab.alt
    run = bl.simulate(bl.woman(30).with_(RANKL=2), years=3)
    away = {n: abs(run[n] - 1) >= 0.05 for n in ("resorption", "formation")}
    assert away["resorption"].argmax() < away["formation"].argmax()
    assert "and that is what the run shows" in lab.guess("resorption moves first")


@pytest.mark.parametrize(
    ("resorption", "formation", "first"),
    [(3.0, 3.0, "both move together"), (3.0, 3.9, "both move together"),
     (3.0, 4.1, "resorption moves first"), (4.1, 3.0, "formation moves first")],
)  # fmt: skip
def test_the_rate_that_moves_a_day_or_more_before_the_other_is_the_first(
    resorption, formation, first
):
    time = np.linspace(0, 10, 1001)
    series = {"resorption": 1.0 + (time >= resorption), "formation": 1.0 + (time >= formation)}
    run = Run(kind="tissue", time=time, time_unit="day", series=series, units={})
    assert first == bl.labs.remodelling_cycle().prediction.truth(run)
