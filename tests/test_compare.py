"""Runs side by side: what is shown first, in the table and in the sentence."""

import pytest

import bonelab as bl
from bonelab.simulation import Run


def run_of(last, kind="forward dish", unit="hour", days=3):
    series = {"occupancy": [0.5] * days, "osteoclasts": [0.0, last / 2, last], "rest": [1.0] * days}
    return Run(kind, [0, 10, 20], unit, series, {"osteoclasts": "1"})


PAIR = bl.compare({"low": run_of(0.2), "high": run_of(0.8)})


def test_the_series_that_matter_come_first():
    assert PAIR.names == ["low", "high"]
    assert PAIR.series == ["occupancy", "osteoclasts"]
    assert bl.compare({"a": run_of(1, "other"), "b": run_of(2, "other")}).series == [
        "occupancy", "osteoclasts", "rest",
    ]  # fmt: skip
    assert PAIR["high"].final["osteoclasts"] == 0.8
    with pytest.raises(bl.BonelabError, match="Did you mean 'high'"):
        PAIR["hihg"]


def test_the_table_is_read_at_the_end_or_at_a_time():
    assert PAIR.table()["osteoclasts"].to_dict() == {"low": 0.2, "high": 0.8}
    assert PAIR.table(5)["osteoclasts"].to_dict() == pytest.approx({"low": 0.05, "high": 0.2})
    assert list(PAIR.table(names=["rest"])) == ["rest"]


def test_the_sentence_names_time_series_and_values():
    assert PAIR.summary() == (
        "After 20 hours: occupancy: low 0.5, high 0.5; osteoclasts: low 0.2, high 0.8."
    )


def test_the_end_is_the_last_time_that_all_reach():
    short = Run("forward dish", [0, 5], "hour", {"occupancy": [0, 0.4]}, {})
    pair = bl.compare({"short": short, "long": run_of(1)})
    assert pair.end == 5
    assert pair.series == ["occupancy"]


@pytest.mark.parametrize(
    ("days", "words"), [(100, "100 days"), (182.625, "6 months"), (730.5, "2 years")]
)
def test_times_of_the_tissue_are_told_in_months_and_years(days, words):
    runs = {n: bl.simulate(bl.woman(60), days=days, points=5) for n in ("a", "b")}
    assert bl.compare(runs).summary().startswith(f"After {words}: CTX (%): a ")


def test_runs_without_blood_are_compared_at_their_site():
    mouse = bl.simulate(bl.mouse(), days=30, points=5)
    pair = bl.compare({"woman": bl.simulate(bl.woman(60), days=30, points=5), "mouse": mouse})
    assert pair.series == ["resorption", "formation", "bone volume hip", "bone volume spine"]


@pytest.mark.parametrize("runs", [{}, {"a": PAIR["low"]}, [PAIR["low"]], {"a": 1, "b": 2}])
def test_what_is_not_two_runs_is_refused(runs):
    with pytest.raises(bl.BonelabError, match="runs"):
        bl.compare(runs)
    with pytest.raises(bl.BonelabError, match="the runs should be of one kind"):
        bl.compare({"a": PAIR["low"], "b": run_of(1, "reverse dish")})
