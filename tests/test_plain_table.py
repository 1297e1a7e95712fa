"""A table shows each number with its own digits."""

import pandas as pd

import bonelab as bl
from bonelab.simulation.plain_table import PlainTable


def test_a_column_shows_large_and_small_numbers_with_their_own_digits():
    table = PlainTable({"value": [14.15, 1886.0, 0.00123456, -2.5, 123456.0]})
    assert repr(table).split()[2::2] == ["14.15", "1886", "0.001235", "-2.5", "123500"]
    html = table._repr_html_()
    assert all(f"<td>{each}</td>" in html for each in ("14.15", "1886", "-2.5"))


def test_what_is_cut_from_it_is_shown_in_the_same_way_and_the_numbers_stay_exact():
    table = PlainTable({"value": [14.15, 1886.0], "unit": ["%", "nM"]})
    assert "1886.0" not in repr(table[table["value"] > 10])
    assert table["value"].sum() == 1900.15


def test_nothing_about_pandas_changes_for_other_tables():
    before = repr(pd.DataFrame({"value": [14.15, 1886.0]}))
    repr(PlainTable({"value": [14.15]}))
    assert repr(pd.DataFrame({"value": [14.15, 1886.0]})) == before


def test_the_results_of_a_patient_show_no_zeros_that_nobody_measured():
    patient = bl.mystery_patient(7)
    patient.order("bone biopsy")
    patient.order("denosumab level")
    assert patient.results["value"].max() > 1000
    assert ".0000" not in repr(patient.results)
    assert "00 " not in repr(patient.results)
