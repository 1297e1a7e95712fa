"""The years of many women before a run: each as her own single run would have it, kept once."""

import numpy as np
import pytest

import bonelab as bl
from bonelab.biology.population import side_by_side
from bonelab.simulation import histories
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
