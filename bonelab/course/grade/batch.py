"""Grade a class: several submissions side by side, each in a process with a deadline of its own."""

import contextlib
import json
import multiprocessing
import multiprocessing.connection
import os
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from bonelab.course.grade.checker import LOOK, grade_file
from bonelab.course.grade.marking import Marker
from bonelab.course.grade.sandbox import MEGABYTE, Limits, font_caches, readable_paths

MARGIN = 40  # seconds beyond a submission's own limit, for starting and stopping
CHECKER_MB = 1500  # of memory for the checks of one submission


@dataclass(frozen=True)
class Job:
    """One submission and how to grade it."""

    student: str
    path: Path
    limits: Limits = field(default_factory=Limits)
    key: str = ""
    secret: tuple = ()
    unconfined: bool = False


class _Running:
    """A forked checker process, the pipe it reports on, and what it has reported so far."""

    def __init__(self, number, job, markers, core):
        context = multiprocessing.get_context("fork")
        self.number, self.job, self.core, self.result = number, job, core, None
        self.pipe, theirs = context.Pipe(duplex=False)
        self.process = context.Process(target=_work, args=(job, markers, core, theirs), daemon=True)
        self.process.start()
        theirs.close()
        self.deadline = time.monotonic() + job.limits.submission_seconds + MARGIN

    def receive(self):
        """Take one report in; False when no more will come."""
        try:
            self.result = json.loads(self.pipe.recv_bytes())
        except (EOFError, OSError):
            return False
        return True

    def stop(self):
        self.process.kill()
        self.process.join()
        self.pipe.close()


def _work(job, markers, core, pipe):
    """In the checker process. The learner's process is its child, and dies with it."""

    def tell(result):
        pipe.send_bytes(json.dumps(result).encode())

    _confine(core)
    try:
        result = grade_file(job.path, markers, job, tell)
    except Exception as error:
        result = failed(type(error).__name__)
    tell(result)


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


def failed(why):
    """The result of a submission that could not be graded."""
    status = f"{LOOK}could not be graded ({why[:300]})"
    return {"exercise": "", "status": status, "remarks": [], "items": {}, "essays": {}}


def grade_all(jobs, exercises, *, side_by_side=None, progress=lambda done: None):
    """The results of ``jobs``, in their order. Always returns one for each."""
    markers = [Marker(exercise) for exercise in exercises]
    _warm_up()
    waiting = list(enumerate(jobs))[::-1]
    running, results = [], [None] * len(jobs)
    cores = _cores()
    side_by_side = side_by_side or len(cores)
    try:
        while waiting or running:
            while waiting and len(running) < side_by_side:
                core = min(cores, key=[other.core for other in running].count)
                running.append(_Running(*waiting.pop(), markers, core))
            pipes = {job.pipe: job for job in running}
            ended = [
                pipes[pipe]
                for pipe in multiprocessing.connection.wait(pipes, timeout=0.5)
                if not pipes[pipe].receive()
            ]
            late = [job for job in running if time.monotonic() > job.deadline]
            for job in {*ended, *late}:
                results[job.number] = _finish(job, job in late)
                running.remove(job)
                progress(1)
    finally:
        for job in running:
            job.stop()
    return results


def _cores():
    if hasattr(os, "sched_getaffinity"):
        return sorted(os.sched_getaffinity(0))
    return list(range(os.cpu_count() or 1))


def _warm_up():
    """Load once what every forked checker needs."""
    import nbformat
    import psutil

    psutil.Process().children()
    nbformat.reads(nbformat.writes(nbformat.v4.new_notebook()), as_version=4)
    readable_paths()
    font_caches()


def _finish(job, late):
    job.stop()
    result = job.result or failed("the grader stopped unexpectedly")
    if late or not result["status"]:
        result["status"] = f"{LOOK}stopped before the end; the marks so far are counted"
    return result
