"""What may be drawn: each kind of argument takes what it should, and says what would be right."""

import numpy as np
import pandas as pd
import pytest

import bonelab as bl
from bonelab import BonelabError
from bonelab.figures import drawing_kinds as kinds


def test_without_a_run_no_moment_can_be_asked_for():
    kinds.needs_run(None)
    with pytest.raises(BonelabError, match="without a run there is no moment to draw"):
        kinds.needs_run(3)


def test_amounts_of_the_unit_go_by_the_names_it_knows():
    assert kinds.unit_amounts("values", {"osteoclasts": 2}) == {"osteoclasts": 2}
    with pytest.raises(BonelabError, match="osteoclasts"):
        kinds.unit_amounts("values", {"osteoclast": 2})
    with pytest.raises(BonelabError, match="self"):
        kinds.unit_amounts("values", {"self": 2})


def test_bands_come_as_a_table():
    table = pd.DataFrame({"lane": [1.0]}, index=["Runx2"])
    assert kinds.bands_table("bands", table) is table
    for wrong in ([1, 2], np.ones(3), {"Runx2": 1}):
        with pytest.raises(BonelabError, match=r"bands.*bl\.reverse\.western_blot"):
            kinds.bands_table("bands", wrong)


def test_numbers_of_a_curve_are_one_row():
    assert kinds.row_of_numbers("x", [1, -2]).tolist() == [1, -2]
    assert kinds.row_of_numbers("x", 3).tolist() == [3]
    with pytest.raises(BonelabError, match=r"x.*a row of numbers"):
        kinds.row_of_numbers("x", np.ones((2, 2)))
    with pytest.raises(BonelabError, match=r"x.*holds no number"):
        kinds.row_of_numbers("x", [])
    with pytest.raises(BonelabError, match="x"):
        kinds.row_of_numbers("x", [1, float("nan")])


@pytest.mark.parametrize("value", [True, False, "both", np.True_])
def test_an_axis_is_logarithmic_or_not_or_both(value):
    assert kinds.scales_of_x("log", value) == value
    assert isinstance(kinds.scales_of_x("log", value), bool | str)


@pytest.mark.parametrize("value", ["Both", 1, None, "log"])
def test_another_kind_of_axis_is_refused(value):
    with pytest.raises(BonelabError, match=r'log.*True, False or "both"'):
        kinds.scales_of_x("log", value)


def test_one_published_trial_is_a_list_of_one():
    freedom = bl.trials["FREEDOM"]
    assert kinds.published_trials("trials", freedom) == [freedom]
    assert kinds.published_trials("trials", (freedom, freedom)) == [freedom, freedom]
    for wrong in ("FREEDOM", {"FREEDOM": freedom}, 5, [freedom, "FREEDOM"], b"FREEDOM"):
        with pytest.raises(BonelabError, match=r'trials.*bl\.trials\["FREEDOM"\]'):
            kinds.published_trials("trials", wrong)


def test_models_are_runs_of_one_injection_by_name():
    runs = bl.peers.same_injection(days=100)
    assert kinds.model_runs("runs", runs) == dict(runs)
    other = bl.forward.culture(days=1)  # nothing was injected
    for wrong in ({}, [1], None, {"a": 1}, {"a": other}, {**runs, "a": other}):
        with pytest.raises(BonelabError, match=r"runs.*bl\.peers\.same_injection"):
            kinds.model_runs("runs", wrong)
