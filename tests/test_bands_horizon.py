"""No drug and no age gives what no body shows, however long a course may be."""

import numpy as np
import pytest

import bonelab as bl
from bonelab.parameters import load

D = load("drugs")
AFTER = 4  # years without the drug
COURSES = {
    "denosumab": lambda years: bl.denosumab(doses=int(2 * years) + 1),
    "alendronate": lambda years: bl.alendronate(stop=f"{years:g} years"),
    "zoledronate": lambda years: bl.zoledronate(doses=int(years) + 1),
    "teriparatide": lambda years: bl.teriparatide(stop=f"{years:g} years"),
    "romosozumab": lambda years: bl.romosozumab(stop=f"{years:g} years"),
}
# Highest hip and spine in percent of the start, and highest CTX after the last dose.
HIGHEST = {
    "denosumab": (112, 124, 215),
    "alendronate": (109, 117, 101),
    "zoledronate": (109, 117, 101),
    "teriparatide": (105, 112, 215),
    "romosozumab": (111, 121, 205),
}


def longest(drug):
    """Years of the longest course that is simulated."""
    return D.beyond_followed * getattr(D, f"{drug}_followed")


@pytest.mark.parametrize("age", [55, 65, 80])
@pytest.mark.parametrize("drug", COURSES)
def test_the_longest_course_of_a_drug_at_any_age(drug, age):
    years = longest(drug)
    run = bl.simulate(bl.woman(age), COURSES[drug](years), years=years + AFTER)
    hip, spine, rebound = HIGHEST[drug]
    assert 100.5 < run["BMD hip"].max() <= hip
    assert run["BMD hip"].max() < run["BMD spine"].max() <= spine
    assert run["CTX"].max() <= rebound
    assert run["CTX"].min() >= 100 * load("tissue").CTX_floor - 1e-6
    lost = 100 - run["BMD hip"].min()
    untreated = 100 - bl.simulate(bl.woman(age), years=years + AFTER)["BMD hip"].min()
    assert lost < untreated  # a course never leaves less bone than none


@pytest.mark.parametrize("drug", ["denosumab", "alendronate", "zoledronate"])
def test_gains_of_the_hip_level_off(drug):
    years = longest(drug)
    run = bl.simulate(bl.woman(70), COURSES[drug](years), years=years)
    third = years / 3
    gains = np.diff([run.at(f"{k * third} years", "BMD hip") for k in range(4)])
    assert gains[0] > 1.3 * gains[1] > 1.3 * 1.05 * gains[2] > 0


@pytest.mark.parametrize("age", [45, 50, 55, 65, 75, 85])
def test_ten_years_without_a_drug(age):
    run = bl.simulate(bl.woman(age), years=10)
    assert 86 < run.final["BMD hip"] < 100
    assert 82 < run.final["BMD spine"] < 100
    assert np.all(np.diff(run["BMD hip"]) <= 1e-9)
    usual = bl.simulate(bl.woman(65), days=1).final["resorption"]
    assert 0.9 < run.final["resorption"] / usual < 1.2
