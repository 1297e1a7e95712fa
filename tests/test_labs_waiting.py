"""Work that takes seconds: it is told, it can be stopped, and the latest setting wins."""

import itertools
import sys
import threading
from types import SimpleNamespace

import pytest
from small_lab import calls, make, until

from bonelab.labs import waiting
from bonelab.labs.lines import call
from bonelab.simulation.progress import tell


@pytest.fixture(autouse=True)
def fresh():
    calls.clear()


@pytest.fixture
def slow(monkeypatch):
    """A lab whose simulation tells how far it is, and waits for the test to let it go on."""
    gate = threading.Semaphore(0)

    def wait(share):
        assert gate.acquire(timeout=600)
        tell(share)

    monkeypatch.setattr(sys.modules[__name__], "pause", wait, raising=False)
    monkeypatch.setattr(waiting, "LONG_AFTER", 0.0)
    monkeypatch.setattr(waiting, "TOLD_EVERY", 0.0)

    def slowly(**values):
        steps = "for share in (0.25, 0.5, 0.75):\n    pause(share)\n"
        here = "from test_labs_waiting import pause\nfrom small_lab import grow\n"
        return f"{here}{steps}run = {call('grow', **values)}"

    lab = make(lines=slowly, slow=True)
    lab.go_on = lambda times: [gate.release() for _ in range(times)]
    yield lab
    lab.go_on(50)


def test_a_slow_lab_shows_itself_at_once_and_then_its_picture(slow):
    card = slow.card
    assert card.picture.value == b""
    slow.go_on(1)
    until(lambda: "25% done" in card.sentence.value)
    assert card.stop.layout.display is None
    slow.go_on(2)
    until(lambda: "6.32 cells" in card.sentence.value)
    until(lambda: card.stop.layout.display == "none")
    assert bytes(card.picture.value).startswith(b"\x89PNG")


def test_a_slow_simulation_can_be_stopped_and_another_one_takes_its_place(slow):
    card = slow.card
    slow.go_on(3)
    until(lambda: "6.32 cells" in card.sentence.value)
    until(lambda: not card._waiting.busy)
    before = card.picture.value
    card.inputs["dose"][0].value = 2.0
    slow.go_on(1)
    until(lambda: "25% done" in card.sentence.value)
    card.stop.click()
    slow.go_on(1)
    until(lambda: "Stopped." in card.sentence.value)
    assert "bonelab-old" in card.right._dom_classes
    assert card.picture.value == before
    card.inputs["dose"][0].value = 4.0
    slow.go_on(3)
    until(lambda: "25.3 cells" in card.sentence.value)
    assert "bonelab-old" not in card.right._dom_classes


def test_what_is_stopped_before_the_first_picture_says_so(slow):
    card = slow.card
    slow.slow = "Growing cells"
    slow.go_on(1)
    until(lambda: "Growing cells: 25% done" in card.sentence.value)
    assert "<progress value='0.25' max='1'" in card.sentence.value
    card.stop.click()
    slow.go_on(1)
    until(lambda: "before there was a picture" in card.sentence.value)


def test_the_latest_setting_wins(slow):
    card = slow.card
    slow.go_on(3)
    until(lambda: "6.32 cells" in card.sentence.value)
    for dose in (2.0, 3.0, 5.0):
        card.inputs["dose"][0].value = dose
    slow.go_on(20)
    until(lambda: "31.6 cells" in card.sentence.value)
    assert (3.0, 0.1, False) not in calls, "what nobody waits for is not computed to its end"


def test_what_was_stopped_is_told_and_work_goes_on_afterwards(monkeypatch):
    monkeypatch.setattr(waiting, "LONG_AFTER", 0.0)
    monkeypatch.setattr(waiting, "TOLD_EVERY", 0.0)
    shares, ends, ended = [], [], threading.Event()
    steps = threading.Semaphore(0)

    def work():
        for share in (0.25, 0.5):
            assert steps.acquire(timeout=600)
            tell(share)

    work_on = waiting.Waiting(
        work, shares.append, lambda stopped: ends.append(stopped) or ended.set()
    )
    assert not work_on.busy
    work_on.ask()
    assert work_on.busy
    steps.release(2)
    assert ended.wait(600)
    assert (shares, ends, work_on.busy) == ([0.25, 0.5], [False], False)
    ended.clear()
    work_on.ask()
    work_on.stop()
    steps.release(2)
    assert ended.wait(600)
    assert ends == [False, True]
    assert shares == [0.25, 0.5], "what was given up says nothing more"


def test_short_work_is_not_told():
    shares, ended = [], threading.Event()
    quick = waiting.Waiting(lambda: tell(0.5), shares.append, lambda stopped: ended.set())
    quick.ask()
    assert ended.wait(600)
    assert shares == []
    assert (waiting.LONG_AFTER, waiting.TOLD_EVERY) == (2.0, 0.25)


def test_a_slow_lab_shows_at_once_what_it_has_drawn_before(slow, monkeypatch):
    card = slow.card
    slow.go_on(4)
    until(lambda: card.picture.value and not card._waiting.busy)
    first = card.picture.value
    card.inputs["dose"][0].value = 2.0
    slow.go_on(4)
    until(lambda: card.picture.value != first and not card._waiting.busy)
    monkeypatch.setattr(card._waiting, "ask", lambda: pytest.fail("nothing is left to compute"))
    card.inputs["dose"][0].value = 1.0
    assert card.picture.value == first
    assert "6.32 cells" in card.sentence.value


def test_what_a_slow_lab_computes_ahead_is_given_up_once_something_moves(slow):
    card = slow.card
    slow.go_on(3)
    until(lambda: card.picture.value and not card._waiting.busy)
    card.inputs["loss"][0].value = 0.15
    slow.go_on(3)
    until(lambda: slow.at_hand and not card._waiting.busy)
    calls.clear()
    card._went = "loss", 0.1
    ahead = threading.Thread(target=card._look_ahead)
    ahead.start()
    slow.go_on(1)
    card.inputs["loss"][0].value = 0.1  # it is at hand: nothing waits for the gate
    slow.go_on(1)
    ahead.join(600)
    assert not ahead.is_alive()
    assert calls == []


def test_a_slow_lab_comes_to_rest_once_its_picture_is_there(slow, monkeypatch):
    card = slow.card
    slow.go_on(3)
    until(lambda: card.picture.value and not card._waiting.busy)
    told = []
    monkeypatch.setattr(card._rest, "soon", lambda: told.append(slow.at_hand))
    card.inputs["dose"][0].value = 2.0
    assert told == [False], "something moved; a rest now would find the lab at work"
    slow.go_on(3)
    until(lambda: told == [False, True])


def test_work_that_fails_leaves_nothing_looking_busy(monkeypatch):
    failures, ends, ended = [], [], threading.Event()
    monkeypatch.setattr(threading, "excepthook", lambda failed: failures.append(failed.exc_type))
    works = [lambda: 1 / 0, lambda: None]
    work_on = waiting.Waiting(
        lambda: works.pop(0)(), print, lambda stopped: ends.append(stopped) or ended.set()
    )
    for stopped in (True, False):
        ended.clear()
        work_on.ask()
        assert ended.wait(600)
        assert (ends[-1], work_on.busy) == (stopped, False)
    until(lambda: failures == [ZeroDivisionError])


# -- the thread itself ---------------------------------------------------------------------------
class Worked:
    """Work that a test lets go on step by step, and what was heard of it."""

    def __init__(self):
        self.begun, self.shares, self.ends = [], [], []
        self.steps, self.ended = threading.Semaphore(0), threading.Event()
        self.waiting = waiting.Waiting(self.work, self.shares.append, self.end)

    def work(self):
        self.begun.append(threading.current_thread().daemon)
        assert self.steps.acquire(timeout=600)
        tell(0.5)

    def end(self, stopped):
        self.ends.append(stopped)
        self.ended.set()


def test_what_is_asked_for_meanwhile_is_done_once_and_the_end_is_told_once():
    worked = Worked()
    worked.waiting.ask()
    until(lambda: len(worked.begun) == 1)
    worked.waiting.ask()
    worked.waiting.ask()
    worked.steps.release(2)
    assert worked.ended.wait(600)
    assert worked.begun == [True, True], "on a thread that holds up no program"
    assert (worked.ends, worked.waiting.busy) == ([False], False)


def test_what_is_asked_for_after_a_stop_is_done():
    worked = Worked()
    worked.waiting.ask()
    until(lambda: len(worked.begun) == 1)
    worked.waiting.stop()
    worked.waiting.ask()
    worked.steps.release(2)
    assert worked.ended.wait(600)
    assert (len(worked.begun), worked.ends) == (2, [False])


def test_a_stop_that_comes_before_anything_stops_nothing():
    worked = Worked()
    worked.waiting.stop()
    worked.waiting.ask()
    worked.steps.release()
    assert worked.ended.wait(600)
    assert (len(worked.begun), worked.ends) == (1, [False])


def test_progress_is_told_after_two_seconds_and_then_four_times_a_second(monkeypatch):
    now, shares, ended = [0.0], [], threading.Event()
    monkeypatch.setattr(waiting, "time", SimpleNamespace(monotonic=lambda: 100.0 + now[0]))

    def work():
        for moment in (0.5, 2.0, 2.5, 2.75, 2.875, 3.0):
            now[0] = moment
            tell(moment / 4)

    long = waiting.Waiting(work, shares.append, lambda stopped: ended.set())
    long.ask()
    assert ended.wait(600)
    assert shares == [2.5 / 4, 2.875 / 4]


class Bell:
    """A timer that a test rings."""

    made = None

    def __init__(self, after, ring):
        self.after, self.ring, self.daemon, self.cancelled = after, ring, False, False
        Bell.made = self

    def start(self):
        assert self.daemon, "it holds up no program"

    def cancel(self):
        self.cancelled = True


@pytest.mark.parametrize("told", [False, True])
def test_work_that_says_nothing_of_itself_is_told_as_long_once(told, monkeypatch):
    monkeypatch.setattr(waiting.threading, "Timer", Bell)
    seconds = itertools.count(step=10)
    monkeypatch.setattr(waiting, "time", SimpleNamespace(monotonic=lambda: next(seconds)))
    heard, ended = [], threading.Event()

    def work():
        if told:
            tell(0.5)
        Bell.made.ring()

    waiting.Waiting(work, heard.append, lambda stopped: ended.set()).ask()
    assert ended.wait(600)
    assert heard == ([0.5] if told else [None])
    assert (Bell.made.after, Bell.made.cancelled) == (waiting.SILENT_AFTER, True)


def test_what_fails_after_nobody_waits_any_more_is_told():
    problems, ended, steps = [], threading.Event(), threading.Semaphore(0)

    def work():
        assert steps.acquire(timeout=600)
        raise ValueError("too late")

    late = waiting.Waiting(work, print, lambda stopped: ended.set(), problems.append)
    late.ask(awaited=True)
    late.wait(0)
    steps.release()
    assert ended.wait(600)
    until(lambda: problems)
    assert [str(problem) for problem in problems] == ["too late"]
