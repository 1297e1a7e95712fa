"""A fourth set of attacks: what the kernel counts per user; odd ways to answer, end and show."""

import errno

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


WAIT = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
READ, OWN = 1, 2
page = libc.mmap(None, 4096, READ, OWN, os.open(os.__file__, os.O_RDONLY), 0)
word = ctypes.c_uint32.from_address(page).value
moment = (ctypes.c_long * 2)(0, 10_000_000)
number = {"x86_64": 202, "aarch64": 98}[os.uname().machine]
def wait(command, until):
    failed = libc.syscall(number, ctypes.c_void_p(page), command, word, until, None, -1)
    return failed and ctypes.get_errno()
told = [wait(0, moment), wait(9, moment), wait(0x80, moment)]
for_ever = wait(0, None)
"""


def test_nobody_waits_at_a_page_that_others_read_too():
    """Where a file is mapped for oneself and for reading the kernel wakes whoever waits at that
    page of the file, in whichever sandbox. Waits within one's own process are as everywhere."""
    learner = sandbox.start(Limits())
    try:
        assert run(learner, WAIT, seconds=5)["error"] is None, "it waited, until the clock rang"
        assert value(learner, "for_ever") == errno.EINTR
        assert value(learner, "told") == [errno.ETIMEDOUT] * 3
    finally:
        learner.stop()


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
