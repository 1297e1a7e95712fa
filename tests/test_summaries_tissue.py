"""The sentence of a tissue run, word for word, for runs whose numbers can be seen at once."""

import pytest

from bonelab.simulation import Run
from bonelab.simulation.summaries_tissue import _moment, _span, _times

RATES = ("resorption", "formation", "bone volume hip", "bone volume spine")
PERCENT = ("BMD hip", "BMD spine", "CTX", "P1NP")
LOST = {"BMD_hip": [100, 97, 95], "BMD_spine": [100, 96, 93.26]}
HER_BMD = "Her BMD is 95.0% of its starting value at the hip and 93.3% at the spine"
FLAT = (
    "Her BMD is 100.0% of its starting value at the hip and 100.0% at the spine. Meanwhile, serum "
    "calcium goes from 2.35 to"
)


def said(subject="a woman of 65", treatment="", species="human", local=False, **moved):
    """The sentence of three moments, the start, a year and two; an underline is a blank."""
    series = {name: [1.0] * 3 for name in RATES} | {name: [100.0] * 3 for name in PERCENT}
    series |= {name.replace("_", " "): values for name, values in moved.items()}
    return Run(
        "tissue", [0, 365.25, 730.5], "day", series, {}, subject=subject, treatment=treatment,
        species=species, local=local,
    ).summary()  # fmt: skip


@pytest.mark.parametrize(
    ("resorption", "formation", "words"),
    [
        ([1.2, 1.3, 1.5], [1.2, 1.3, 1.4],
         "1.50 times the healthy rate of resorption but only 1.40 times the healthy rate of form"),
        ([1.2, 2.0, 1.5], [1.2, 1.3, 1.49],
         "1.50 times the healthy rate of resorption (after 2.00 in month 12) and 1.49 times the"),
        ([1.2, 1.3, 1.5], [1.2, 1.3, 1.6],
         "1.50 times the healthy rate of resorption but 1.60 times the healthy rate of formation"),
        ([1, 0.5, 0.0001], [1, 0.9, 0.05],
         "no resorption but 0.05 times the healthy rate of formation"),
        ([1, 0.5, 0.9], [1, 1.7, 0.9],
         "0.90 times the healthy rate of resorption (after 0.50 in month 12) and 0.90 times the "
         "healthy rate of formation (after 1.70 in month 12)"),
    ],
)  # fmt: skip
def test_a_woman_on_no_drug(resorption, formation, words):
    sentence = said(resorption=resorption, formation=formation, **LOST)
    assert sentence.startswith(f"After 2 years without a drug, a woman of 65 has {words}")
    assert sentence.endswith(f". {HER_BMD}.")


def test_less_resorption_than_in_health_gains_bone_first():
    sentence = said(resorption=[1, 0.5, 0.7], formation=[1, 0.9, 0.65], BMD_hip=[100, 101, 102],
                    BMD_spine=[100, 102, 103])  # fmt: skip
    assert sentence.endswith(
        "has 0.70 times the healthy rate of resorption (after 0.50 in month 12) and 0.65 times the "
        "healthy rate of formation. Her BMD is 102.0% of its starting value at the hip and 103.0% "
        "at the spine, because resorption fell before formation."
    )


def test_a_woman_on_a_drug():
    gained = {"resorption": [1, 0.2, 0.3], "BMD_hip": [100, 104, 102.5]}
    assert said(treatment="X", CTX=[100, 20, 30], P1NP=[100, 104, 104],
                BMD_spine=[100, 102, 101.2], **gained) == (
        "A woman of 65 on X is followed for 2 years. Her CTX falls to 20% of its starting value by "
        "month 12, and her P1NP stays within 5% of its starting value. Her BMD ends at 102.5% of "
        "its starting value at the hip (highest 104.0% in month 12) and 101.2% at the spine."
    )  # fmt: skip
    assert said(treatment="X", CTX=[100, 20, 190], P1NP=[100, 150, 60], **gained).startswith(
        "A woman of 65 on X is followed for 2 years. Her CTX falls to 20% of its starting value by "
        "month 12 and rebounds to 190% in month 24, and her P1NP rises to 150% of its starting "
        "value by month 12 and falls to 60% by month 24. Her BMD ends at"
    )


@pytest.mark.parametrize(("after", "told"), [(104.9, False), (105.1, True), (94.9, True)])
def test_a_marker_moves_by_more_than_five_per_cent(after, told):
    sentence = said(treatment="X", resorption=[1, 0.2, 0.3], CTX=[100, after, after])
    assert ("CTX stays within 5%" in sentence) is not told


def test_a_mouse_and_a_local_site_have_rates_and_volumes():
    moved = {"resorption": [1, 2, 1.5], "formation": [1, 0.5, 0.9],
             "bone_volume_spine": [1, 0.9, 0.8]}  # fmt: skip
    words = (
        "over 2 years: relative to healthy bone, resorption rises to 2.00 by month 12 and ends at "
        "1.50, formation falls to 0.50 by month 12 and ends at 0.90; spine bone volume goes from 1 "
        "to 0.8 times healthy bone."
    )
    assert said("an OPG-/- mouse", species="mouse", **moved) == (
        f"An OPG-/- mouse, untreated, {words}"
    )
    assert said(treatment="X", local=True, **moved) == f"A woman of 65 on X {words}"


@pytest.mark.parametrize(("most", "told"), [(1.105, True), (1.099, False)])
def test_a_turn_is_told_that_is_a_tenth_away_from_the_end(most, told):
    sentence = said("a mouse", species="mouse", resorption=[1, most, 1], formation=[1, 1, 1])
    assert (f"resorption rises to {most:.2f} by month 12 and ends at 1.00" in sentence) is told


def test_at_rest_what_still_moves_is_told():
    assert said(
        "a mouse", species="mouse", osteomorphs=[0, 1, 0.5], occupancy=[0.4, 0.41, 0.4]
    ) == (
        "A mouse, untreated, over 2 years: turnover and bone stay as they were; osteomorphs goes "
        "from 0 to 0.5."
    )
    three = said("a mouse", species="mouse", osteomorphs=[0, 1, 0.5], occupancy=[0.4, 0.5, 0.6],
                 NFATc1=[1, 2, 3])  # fmt: skip
    assert three.endswith("osteomorphs goes from 0 to 0.5; occupancy goes from 0.4 to 0.6.")
    assert said(resorption=[1, 1.0049, 1]).endswith("turnover and bone stay as they were.")
    assert "turnover and bone" not in said(resorption=[1, 1.0051, 1])


def test_a_tumour_and_calcium_are_told_after_the_bone():
    assert said(tumour_burden=[0.02, 0.1, 0.456], resorption=[1, 2, 1.5]).endswith(
        "Meanwhile, the tumour burden goes from 0.02 to 0.46 (full = 1)."
    )


@pytest.mark.parametrize(
    ("calcium", "words"),
    [
        ([2.35, 3.49, 3.0], "3.00 mmol/L."),
        ([2.35, 3.5, 3.0], "3.00 mmol/L (above 3.5 is severe: heart, kidneys and mind fail)."),
        ([2.35, 4.5, 3.0], "3.00 mmol/L (at its highest 4.50; few live above 4.5)."),
        ([2.35, 1.91, 2.2], "2.20 mmol/L."),
        ([2.35, 1.9, 2.2],
         "2.20 mmol/L (at its lowest 1.90; below 1.9 cramps and heart failure threaten)."),
    ],
)  # fmt: skip
def test_what_calcium_threatens_is_told(calcium, words):
    assert said(serum_calcium=calcium, resorption=[1, 2, 1.5]).endswith(f"{FLAT} {words}")


def test_days_months_and_years_in_words():
    spans = {days: _span(days) for days in (1, 2, 129, 130, 365.25, 712, 713, 1461)}
    assert spans == {
        1: "1 day", 2: "2 days", 129: "129 days", 130: "4.27 months", 365.25: "12 months",
        712: "23.4 months", 713: "1.95 years", 1461: "4 years",
    }  # fmt: skip
    assert [_moment(day) for day in (0, 59, 60, 91.3125, 1461, 3652.5)] == [
        "on day 0", "on day 59", "in month 2", "in month 3", "in month 48", "in month 120",
    ]  # fmt: skip
    assert [_times(value) for value in (1.234, 0.095, 0.094, 0.0005, 0.0004)] == [
        "1.23", "0.10", "0.09", "0.0005", "0",
    ]  # fmt: skip
