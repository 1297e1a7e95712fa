"""What a run says where nobody could live, and beyond what the model was fitted to."""

import numpy as np
import pytest

import bonelab as bl
from bonelab.simulation.range_of_validity import limit_notes, limits, livable_notes

YEAR = 365.25


@pytest.mark.parametrize(
    ("values", "size"), [([2.4, 5.01], "5.01"), ([2.4, 0.99], "0.99"), ([2.4, 15_470], "15500")]
)
def test_calcium_that_stops_the_heart_is_told_with_its_worst_value(values, size):
    (note,) = livable_notes({"serum calcium": np.array(values)})
    assert (note.kind, note.about) == ("unlivable", "serum calcium")
    assert note.text == (
        f"Serum calcium reaches {size} mmol/L, which nobody could live with (1 to 5): the model "
        "has left life."
    )


def test_the_bounds_themselves_can_be_lived_with():
    for name, bound in limits()["livable"].items():
        assert list(livable_notes({name: np.array([bound.low, bound.high])})) == []
    assert list(livable_notes({"osteoclasts": np.array([1e6])})) == []


def test_every_bound_is_of_a_series_that_some_run_has():
    """A name that no run has would bound nothing, and nobody would be told."""
    sick = bl.woman(60).with_disease("hypercalcaemia of malignancy")
    runs = (bl.simulate(sick, days=1), bl.beyond_bone.fever())
    assert set(limits()["livable"]) <= {name for run in runs for name in run.names}
    assert set(limits()["fitted"]) == {"human", "mouse"}


def test_both_ends_of_one_series_are_told():
    notes = list(livable_notes({"temperature": np.array([10.0, 37.0, 50.0])}))
    assert [note.text.split(",")[0] for note in notes] == [
        "Temperature reaches 50 °C", "Temperature reaches 10 °C",
    ]  # fmt: skip


def kinds(person, years):
    return [note.text for note in limit_notes({}, person, years * YEAR)]


def test_a_run_that_outlives_the_longest_trial_says_so():
    assert kinds(bl.woman(60), 10) == []
    (words,) = kinds(bl.woman(60), 10.5)
    assert words == (
        "The longest trial that the model was fitted to ends after 10 years: beyond that this is a "
        "guess."
    )
    (words,) = kinds(bl.mouse(), 3.5)
    assert words.startswith("The life of a mouse ends after 3 years")


def test_a_woman_who_grows_older_than_those_of_the_trials():
    """90 and six years are 96, one more than 95."""
    assert kinds(bl.woman(90), 5) == []
    (words,) = kinds(bl.woman(90), 6)
    assert words.startswith("She would be 96 at the end;")
