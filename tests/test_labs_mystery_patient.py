"""Lab 9b: the chart of one woman; each test costs its points and shows its own result."""

import pytest
from seen import Seen

import bonelab as bl
from bonelab.figures import chart_picture


@pytest.fixture
def shown():
    return Seen("mystery_patient", blood=True)


def test_the_budget_falls_by_what_the_tests_cost(shown):
    patient = bl.mystery_patient(7)
    patient.order("CTX")
    patient.order("P1NP")
    assert shown.says(patient.left)
    assert f"{patient.left} points left" in shown.lab.alt
    assert shown.says(len(patient.results))


def test_each_switch_orders_its_own_test():
    for switch, test in (("biopsy", "bone biopsy"), ("level", "denosumab level")):
        shown, patient = Seen("mystery_patient", **{switch: True}), bl.mystery_patient(7)
        patient.order(test)
        assert shown.lab.run["left"] == patient.left
        assert shown.lab.run["results"] == [
            tuple(row) for row in patient.results.itertuples(index=False)
        ]


def test_the_number_is_the_woman():
    assert Seen("mystery_patient", patient=12).text == bl.mystery_patient(12).summary()
    assert Seen("mystery_patient", patient=12).text != Seen("mystery_patient", patient=13).text


def test_another_number_to_start_with():
    assert bl.labs.mystery_patient(patient=12).defaults["patient"] == 12


def test_the_chart_shows_what_was_ordered(shown):
    assert isinstance(shown.picture, chart_picture.ChartPicture)
    for name, *_ in shown.lab.run["results"]:
        assert str(name).split()[0] in shown.lab.alt
