"""The years of many women before a run: each as her own single run would have it, kept once."""

import numpy as np
import pytest

import bonelab as bl
from bonelab.biology.population import side_by_side
from bonelab.parameters import DAYS_PER_YEAR, load
from bonelab.simulation import histories
from bonelab.simulation.solver import solve
from bonelab.simulation.tissue import start_state


def women(ages):
    """Typical women of these ages, menopause at 50, as one tissue."""
    cohort = bl.cohort(len(ages), spread=0)
    drawn = cohort.women(0) | {"age": np.array(ages, float)}
    return side_by_side(drawn).before


def test_each_woman_starts_as_her_own_run_does():
    """Before bone ages (39), on the way (45), at menopause (50) and long after it (65, 80)."""
    ages = (39, 45, 50, 65, 80)
    found = histories.history(women(ages), 1e-6)
    for column, age in zip(found.T, ages, strict=True):
        alone = start_state(bl.woman(age))
        assert column == pytest.approx(alone, rel=2e-4, abs=2e-5), age


def test_the_years_are_solved_with_the_derivatives_of_their_own_equations(monkeypatch):
    """Each woman's years run on one clock, and the derivatives with them."""
    given = []

    def solved(rhs, start, times, **options):
        given.append((rhs, options["jacobian"], start))
        return solve(rhs, start, times, **options)

    monkeypatch.setattr(histories, "solve", solved)
    histories.history(women((45, 65)), 1e-6)
    for rhs, jacobian, start in given:
        y = start * np.linspace(0.9, 1.2, start.shape[0])[:, None] + 0.01
        here, found = np.array(rhs(0.3, y)), jacobian(0.3, y)
        for k in range(y.shape[0]):
            moved = y.copy()
            moved[k] += 1e-3
            change = (np.array(rhs(0.3, moved)) - here) / 1e-3
            assert change == pytest.approx(found[:, k], rel=0.05, abs=1.0), k
        years = found[4, 4] / -(load("tissue").osteoblast_rate * DAYS_PER_YEAR)
        assert years == pytest.approx([5, 10] if start[2].max() == 0 else [0, 15], rel=1e-5)


def test_what_is_kept_for_women_is_not_worked_out_again(monkeypatch):
    lived = []
    monkeypatch.setattr(histories, "_HISTORIES", {})
    monkeypatch.setattr(histories, "_HISTORIES_KEPT", 2)
    monkeypatch.setattr(histories, "_lived", lambda *a: lived.append(a) or np.zeros(3))
    for name in ("a", "a", "b", "a", "c", "a"):
        histories.history("tissue", 1e-3, name)
    assert len(lived) == 4, "a, b, c, and a again, for which there was no more room"
    histories.history("tissue", 1e-4, "a")
    histories.history("tissue", 1e-4)
    assert len(lived) == 6, "another tolerance, or women without a name, is other work"
    with pytest.raises(ValueError, match="read-only"):
        histories.history("tissue", 1e-4, "a")[0] = 1
