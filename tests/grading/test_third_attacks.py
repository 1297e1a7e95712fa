"""A third set of attacks on the wall, the wire and the words: each gets its fair marks, no more."""

import classroom
import pytest
from classroom import ROOMY, grade_class
from hostile import CANARY, TOKEN
from hostile_third import CALLS, MEETINGS, SUBMISSIONS
from test_between_submissions import TOOLS, run, value
from test_hostile import (
    Listener,
    leaks,
    prepared,
    reports_show_words_as_words,
    spreadsheets_find_no_formula,
)

from bonelab.grading import sandbox
from bonelab.grading.call_filter import NOT_IMPLEMENTED, program
from bonelab.grading.limits import Limits
from bonelab.grading.refused_calls import NEWEST, REFUSED

pytestmark = pytest.mark.skipif(bool(classroom.no_sandbox()), reason=str(classroom.no_sandbox()))
EXTRA = "import fcntl, socket, time\n"


@pytest.fixture(scope="module")
def pair():
    """Two sandboxes that run at the same time."""
    both = [sandbox.start(Limits()), sandbox.start(Limits())]
    yield both
    for one in both:
        one.stop()


def test_a_call_that_tells_or_reaches_anything_is_refused(pair):
    lines = [TOOLS, EXTRA, "found = {}"]
    for name, call in CALLS.items():
        lines += ["try:", f"    found[{name!r}] = {call}"]
        lines += ["except Exception as error:", f"    found[{name!r}] = 'no'"]
    assert run(pair[0], "\n".join(lines))["error"] is None
    found = value(pair[0], "found")
    assert len(found) == len(CALLS) >= 40
    assert {name for name, told in found.items() if told != "no"} == set()


def test_two_sandboxes_never_meet(pair):
    for name, (here, there) in MEETINGS.items():
        assert run(pair[0], f"{TOOLS}{EXTRA}{here}")["error"] is None, name
        other = there.replace("OTHER", "pid") if "OTHER" in there else there
        code = f"{TOOLS}{EXTRA}pid = {value_of_pid(pair[0], name)}\n"
        code += f"try:\n    {other}\n    met = 'met'\nexcept OSError as error:\n    met = 'no'"
        assert run(pair[1], code)["error"] is None, name
        assert value(pair[1], "met") == "no", name


def value_of_pid(learner, name):
    return value(learner, "pid") if "process" in name else 0


def test_the_same_meetings_work_within_one_sandbox(pair):
    """The test above can fail: each of these finds the other where there is no wall between."""
    for name, (here, there) in MEETINGS.items():
        if "socket" in name:  # it stands there already, see above
            continue
        there = there.replace("OTHER", "pid")
        code = f"{TOOLS}{EXTRA}{there}"
        assert run(pair[0], code)["error"] is None, (name, here)


def test_calls_newer_than_the_list_are_not_there():
    """What a later kernel adds is refused until somebody has looked at it."""
    numbers = [number for call in REFUSED.values() for number in (call.x86, call.arm) if number]
    assert max(numbers) <= NEWEST
    assert NOT_IMPLEMENTED.to_bytes(4, "little") in program() or not program()


def test_every_submission_gets_its_fair_marks_and_nothing_more():
    assert len(SUBMISSIONS) >= 40
    listener = Listener()
    handed = prepared(SUBMISSIONS, listener.port)
    graded = grade_class(handed, limits=ROOMY, environment={"SECRET": CANARY}, token=TOKEN)
    listener.close()
    unfair = {
        name: (graded.marks(name), graded.words(name))
        for name, one in SUBMISSIONS.items()
        if graded.marks(name) != one.fair or one.told not in graded.words(name)
    }
    assert unfair == {}, f"forged, or unfairly graded: {unfair}"
    assert leaks(graded) == [], "leaked"
    assert listener.heard == [], "called out"
    assert graded.left_behind == [], "still running"
    reports_show_words_as_words(graded)
    spreadsheets_find_no_formula(graded)
    for name, text in graded.files().items():
        assert "\x1b" not in text, name
        assert len(text) < 3_000_000, name
    assert "\x1b" not in graded.said
