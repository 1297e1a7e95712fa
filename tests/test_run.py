"""A run: values in time, what it refuses, and which runs belong together."""

import dataclasses

import numpy as np
import pytest

import bonelab as bl
from bonelab.simulation.run import Moment, NamedRuns, Note, Run, RunOf


def made(kind="dish", time=(0.0, 1.0, 3.0), unit="hour", **series):
    named = series or {"height": [1.0, 2.0, 6.0]}
    return Run(kind, np.array(time), unit, named, {"height": "um"})


def test_between_two_times_a_value_is_interpolated():
    run = made()
    assert run.at(0, "height") == 1
    assert run.at(2, "height") == 4
    assert run.at("2 h", "height") == 4
    assert run.at(3.0) == {"height": 6.0}
    assert run.final == {"height": 6.0}


@pytest.mark.parametrize("moment", [3.01, "4 h", "1 day"])
def test_outside_the_run_there_is_nothing(moment):
    with pytest.raises(bl.BonelabError, match=r"is outside this run.*hours 0 to 3\. Choose a time"):
        made().at(moment, "height")


def test_a_run_that_begins_late_has_nothing_before():
    late = made(time=(10.0, 20.0, 30.0))
    assert late.at(10, "height") == 1
    with pytest.raises(bl.BonelabError, match=r"hours 10 to 30"):
        late.at(9.9, "height")


def test_a_series_has_a_value_for_every_time():
    with pytest.raises(ValueError, match=r"'height' has shape \(2,\), not that of time"):
        made(height=[1.0, 2.0])
    run = made()
    with pytest.raises(ValueError, match="read-only"):
        run["height"][0] = 5
    with pytest.raises(TypeError):
        run.series["width"] = [1, 2, 3]


def test_the_table_has_units_in_its_header():
    table = made(height=[1, 2, 6], share=[0, 1, 1]).table()
    assert list(table.columns) == ["time (hour)", "height (um)", "share"]
    assert table["height (um)"].tolist() == [1, 2, 6]
    assert made().to_csv().splitlines()[1] == "0.0,1.0"


def test_the_page_of_a_run_tells_its_last_values():
    page = made(height=[1, 2, 6.123456], share=[0, 1, 0.5])._repr_html_()
    assert "<caption style='text-align:left'>" in page
    assert "height</th><td>6.123</td><td>um</td>" in page
    assert "share</th><td>0.5</td><td></td>" in page
    assert "<th>at the end</th><th>unit</th>" in page


def test_runs_are_equal_where_every_number_is():
    assert made() == made()
    assert hash(made()) == hash(made())
    assert made() != made(kind="other")
    assert made() != made(height=[1, 2, 6.5])
    assert made() != made(time=(0, 1, 4))
    assert made() != made(width=[1, 2, 6])
    assert made() != 3


def test_a_note_stays_as_it_is_and_is_found_by_its_kind():
    note = Note("local", "This is one site.")
    with pytest.raises(dataclasses.FrozenInstanceError):
        note.text = "other"
    run = Run("dish", [0, 1], "hour", {"height": [1, 2]}, {}, notes=(note,))
    assert run.noted("local")
    assert not run.noted("beyond")


def test_a_moment_may_be_the_start():
    moment = Moment("when")
    assert moment.read("time", 0) == 0
    assert moment.read("time", "0 h") == "0 h"
    assert moment.read("time", "2 months") == "2 months"
    with pytest.raises(bl.BonelabError, match="time = -1"):
        moment.read("time", -1)


def test_runs_by_name_are_of_one_kind():
    dish, other = made(), made("well")
    both = {"a": dish, "b": made()}
    assert NamedRuns("runs").read("runs", both) == both
    assert NamedRuns("runs", kind="dish").read("runs", both) == both
    for wanted, kind in ((NamedRuns("runs"), "of one kind"), (NamedRuns("r", "dish"), "of a dish")):
        with pytest.raises(bl.BonelabError, match=f"the runs should be {kind}"):
            wanted.read("runs", {"a": dish, "b": other})
    with pytest.raises(bl.BonelabError, match="the runs should be of a well"):
        NamedRuns("runs", kind="well").read("runs", {"a": dish})
    with pytest.raises(bl.BonelabError, match=r"one or more runs by name: \{'a': run1, 'b': run2"):
        NamedRuns("runs").read("runs", {})
    with pytest.raises(bl.BonelabError, match=r"runs\['a'\] = 3.*should be a Run"):
        NamedRuns("runs").read("runs", {"a": 3})
    with pytest.raises(bl.BonelabError, match="two or more runs by name"):
        NamedRuns("runs", fewest=2).read("runs", {"a": dish})


def test_the_run_of_an_experiment_is_asked_for_by_name():
    wanted = RunOf("dish", "bl.forward.culture")
    run = made()
    assert wanted.read("run", run) is run
    assert wanted.meaning == "the run that is drawn, from bl.forward.culture(...)"
    for wrong in (3, made("well")):
        with pytest.raises(bl.BonelabError, match=r"should come from bl\.forward\.culture\(\.\.\."):
            wanted.read("run", wrong)
