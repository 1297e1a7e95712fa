"""What a lab computes: the lines that it shows, each setting once, and no more than it keeps."""

import numpy as np
import pytest
from small_lab import calls, make

from bonelab.labs import computing


@pytest.fixture(autouse=True)
def fresh():
    calls.clear()


def test_nothing_is_computed_twice():
    lab = make()
    lab.card  # noqa: B018  builds the widgets and the first picture
    assert len(calls) == 1
    lab.set(dose=2)
    lab.reset()
    assert lab.text
    assert lab.result()
    assert calls == [(1.0, 0.1, False), (2.0, 0.1, False)]


def test_the_cache_of_runs_is_bounded():
    lab = make()
    for dose in np.linspace(1, 9, computing._RUNS_KEPT + 20):
        lab.result(dose=float(dose))
    assert len(lab._runs) == computing._RUNS_KEPT


def test_the_code_shown_is_the_code_that_ran():
    lab = make().set(dose=3)
    names = {}
    exec(lab.code, names)
    assert (names["run"]["osteoclasts"] == lab.run["osteoclasts"]).all()
    assert calls[-1] == (3.0, 0.1, False)
    wrong = make(lines=lambda **values: "result = 1")
    with pytest.raises(KeyError, match="run"):
        wrong.run  # noqa: B018
