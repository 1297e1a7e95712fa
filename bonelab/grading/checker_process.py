"""A forked process that grades one submission, as the class's process sees it and as it is inside.

It marks what the student could see, stops the student's processes and waits; at the word ``go`` it
makes the hidden tests.
"""

import contextlib
import json
import multiprocessing
import os
import signal
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from bonelab.grading.control_group import ControlGroup
from bonelab.grading.limits import MEGABYTE, Limits
from bonelab.grading.results import SubmissionResult
from bonelab.grading.submission_grading import SubmissionGrading
from bonelab.grading.submission_plan import LOOK
from bonelab.grading.usage_watch import pipes_of

MARGIN = 40  # seconds beyond a submission's own limit, for starting and stopping
CHECKER_MB = 1500  # of memory for the checks of one submission
GO = b"go"


@dataclass(frozen=True)
class Job:
    """One submission and how to grade it."""

    student: str
    path: Path
    limits: Limits = field(default_factory=Limits)
    key: str = ""
    secret: tuple = ()
    unconfined: bool = False


class CheckerProcess:
    """The process, the pipe it reports on, and what it has reported so far."""

    def __init__(self, number, job, markers, core, others=()):
        context = multiprocessing.get_context("fork")
        self.number, self.job, self.core, self.result = number, job, core, None
        self.waiting = self.done = False
        self.pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=_work, args=(job, markers, core, theirs, [self.pipe, *others]), daemon=True
        )
        with _uninterrupted():
            self._process.start()
        theirs.close()
        self._set_deadline()

    def _set_deadline(self):
        self._deadline = time.monotonic() + self.job.limits.submission_seconds + MARGIN

    @property
    def late(self):
        return time.monotonic() > self._deadline

    def receive(self):
        """Take one report in."""
        try:
            report = json.loads(self.pipe.recv_bytes())
        except (EOFError, OSError):
            self.done = True
            return
        self.result = SubmissionResult.from_plain(report["result"])
        self.waiting = report["waiting"]

    def pipes(self):
        """The pipes that it holds, with the student's processes."""
        return pipes_of(self._process.pid)

    def go(self):
        """Let the hidden tests begin."""
        self.waiting = False
        self._set_deadline()
        with contextlib.suppress(OSError):
            self.pipe.send_bytes(GO)

    def stop(self):
        self._process.kill()
        self._process.join()
        ControlGroup.sweep(self._process.pid)
        self.pipe.close()

    def finish(self):
        """End the process; its result."""
        late = self.late
        self.stop()
        result = self.result or failed("the grader stopped unexpectedly")
        if late or not result.status:
            result.status = f"{LOOK}stopped before the end; the marks so far are counted"
            result.suspects.append("late")
        return result


def failed(why):
    """The result of a submission that could not be graded."""
    return SubmissionResult(
        status=f"{LOOK}could not be graded ({why[:300]})", suspects=["stopped unexpectedly"]
    )


@contextlib.contextmanager
def _uninterrupted():
    """Ctrl-C waits until a process is forked; in the new one until ``_leave_ctrl_c``."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _leave_ctrl_c():
    """A terminal sends Ctrl-C to all processes, and the class's process ends the others.

    It is heard and nothing is done: programs that are started here would go on ignoring it.
    """
    signal.signal(signal.SIGINT, lambda *_: None)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _work(job, markers, core, pipe, not_ours):
    """In the checker process. The learner's process is its child, and dies with it."""
    _leave_ctrl_c()
    for other in not_ours:  # so that each pipe ends when the class's process does
        other.close()

    def tell(result, waiting=False):
        pipe.send_bytes(json.dumps({"result": result.to_plain(), "waiting": waiting}).encode())

    _confine(core)
    grading = None
    try:
        grading = SubmissionGrading(job.path, markers, job, tell)
        tell(grading.visible(), grading.waiting)
        if grading.waiting and pipe.recv_bytes() == GO:
            tell(grading.hidden())
    except EOFError:  # nobody waits for it any more
        pass
    except Exception as error:
        tell(failed(type(error).__name__))
    finally:
        if grading:
            grading.close()


def _confine(core):
    """One core for a submission, so that it cannot slow its neighbours, and a bound on what a
    check may need for an answer that was made to be large."""
    if not sys.platform.startswith("linux"):
        return
    import resource

    import psutil

    os.sched_setaffinity(0, {core})
    most = psutil.Process().memory_info().vms + CHECKER_MB * MEGABYTE
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    with contextlib.suppress(ValueError):  # there is a lower bound already
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))  # the learner's process sets its own
