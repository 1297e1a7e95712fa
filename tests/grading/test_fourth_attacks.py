"""A fourth set of attacks: what the kernel counts per user; odd ways to answer, end and show."""

import classroom
import pytest
from classroom import FULL, RIGHT, ROOMY, Handed, grade_class
from hostile import CANARY, TOKEN
from hostile_fourth import SHARED, SUBMISSIONS, TOOLS
from test_between_submissions import run, value
from test_hostile import (
    leaks,
    prepared,
    reports_show_words_as_words,
    spreadsheets_find_no_formula,
)

from bonelab.grading import sandbox
from bonelab.grading.limits import Limits

pytestmark = pytest.mark.skipif(bool(classroom.no_sandbox()), reason=str(classroom.no_sandbox()))
HONEST = {f"honest {n}": Handed(dict(RIGHT), dict(FULL)) for n in (1, 2)}
LONG = 1_000_000  # characters of a file that no attack may make longer


def test_nothing_that_is_counted_for_all_can_be_used_up():
    learner = sandbox.start(Limits())
    try:
        assert run(learner, TOOLS)["error"] is None
        got = {}
        for name, (line, _) in SHARED.items():
            assert run(learner, f"found = {line}")["error"] is None, name
            got[name] = value(learner, "found")
    finally:
        learner.stop()
    assert {name: n for name, n in got.items() if n > SHARED[name][1]} == {}


def test_every_submission_gets_its_fair_marks_and_the_honest_keep_theirs():
    assert len(SUBMISSIONS) >= 35
    handed = prepared(SUBMISSIONS) | HONEST
    graded = grade_class(handed, limits=ROOMY, environment={"SECRET": CANARY}, token=TOKEN)
    unfair = {
        name: (graded.marks(name), graded.words(name))
        for name, one in handed.items()
        if graded.marks(name) != one.fair or one.told not in graded.words(name)
    }
    assert unfair == {}
    assert leaks(graded) == [], "leaked"
    assert graded.left_behind == [], "still running"
    reports_show_words_as_words(graded)
    spreadsheets_find_no_formula(graded)
    for name, text in graded.files().items():
        assert "\x1b" not in text, name
        assert len(text) < LONG, name
    assert "\x1b" not in graded.said
    assert len(graded.said) < 1000
