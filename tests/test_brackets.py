"""A name that does not exist, or is read with brackets: the message says what was meant."""

import copy
import pickle
import re

import numpy as np
import pytest

import bonelab as bl

RUN = bl.forward.culture(rankl="50 ng/ml", opg=0, days=1)
TISSUE = bl.simulate(bl.woman(65), years=1)
COHORT = bl.cohort(2, seed=1).simulate([], years=1)


@pytest.mark.parametrize(
    ("table", "name", "answer"),
    [
        (bl, "Denosumb", "bonelab has no name 'Denosumb'. Did you mean 'denosumab'? It has: "),
        (bl.labs, "Clinic", "bl.labs has no name 'Clinic'. Did you mean 'clinic'? It has: "),
        (bl.forward, "cultre", "bl.forward has no name 'cultre'. Did you mean 'culture'? It has: "),
        (bl.published, "lemair", "Did you mean 'lemaire2004'?"),
        (bl.trials, "freedom", 'bl.trials.freedom does not work: write bl.trials["FREEDOM"].'),
        (bl.trials, "FREDOM", 'write bl.trials["FREEDOM"].'),
        (bl.regulators, "pth", 'bl.regulators.pth does not work: write bl.regulators["PTH"].'),
        (TISSUE, "P1NP", 'run.P1NP does not work: write run["P1NP"].'),
        (RUN, "nfatc1", 'write run["NFATc1"].'),
        (COHORT, "ctx", 'run.ctx does not work: write run["CTX"].'),
        (TISSUE, "sumary", "run has no name 'sumary'. Did you mean 'summary'? It has: "),
    ],
    ids=str,
)
def test_the_message_says_what_was_meant(table, name, answer):
    with pytest.raises(AttributeError, match=re.escape(answer)) as caught:
        getattr(table, name)
    assert str(caught.value).count(",") <= 8  # at most eight names are listed


@pytest.mark.parametrize("table", [RUN, TISSUE, COHORT, bl.trials, bl.regulators], ids=str)
def test_python_may_still_ask_for_names_of_its_own(table):
    assert not hasattr(table, "_ipython_canary_method_should_not_exist_")
    assert not hasattr(table, "__array_interface__")
    assert copy.copy(table) is not None


def test_a_run_is_read_back_although_it_has_no_series_yet():
    back = pickle.loads(pickle.dumps(RUN))
    assert np.array_equal(back["NFATc1"], RUN["NFATc1"])
