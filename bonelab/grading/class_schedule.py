"""Grade a class in three rounds, so that no submission can tell another anything of hidden tests.

1. What students see is marked, several submissions side by side; each is stopped when it is done.
2. Whatever failed beside a neighbour that misbehaved is graded once more, alone.
3. Hidden tests run, one submission at a time, while all others stand still. No code of a student's
   runs any more after that, but in hidden tests of its own.
"""

import gc
import multiprocessing.connection
import os
from dataclasses import replace

from bonelab.grading import pipe_quota
from bonelab.grading.check_runner import Marker
from bonelab.grading.checker_process import CheckerProcess
from bonelab.grading.control_group import ControlGroup
from bonelab.grading.limits import cores
from bonelab.grading.notebook_file import Unreadable, read_bytes
from bonelab.grading.subject import NOTHING
from bonelab.grading.wall import font_caches, readable_paths

WORTH_IT = 3  # submissions of a set for which to work its solution out beforehand
KEPT_FREE = 0.2  # of the machine's memory: more submissions than fit are run again for round 3


def grade_all(jobs, exercises, *, subject=NOTHING, side_by_side=None, progress=lambda done: None):
    """The results of ``jobs``, in their order. Always returns one for each."""
    markers = [Marker(exercise, subject) for exercise in exercises]
    _warm_up(jobs, markers)
    schedule = _Schedule(jobs, markers, side_by_side or len(cores()), progress)
    try:
        schedule.see_all()
        schedule.see_again_alone()
        schedule.test_all()
    finally:
        schedule.stop()
        ControlGroup.sweep()
    return schedule.results


class _Schedule:
    def __init__(self, jobs, markers, side_by_side, progress):
        self.markers, self.side_by_side = markers, side_by_side
        self.jobs = [
            replace(job, limits=pipe_quota.shared(job.limits, side_by_side)) for job in jobs
        ]
        self.progress = progress
        self.results = [None] * len(jobs)
        self.running, self.standing = [], {}  # the latter by number, stopped before hidden tests
        self.dropped = []  # numbers of those for whom there was no room to stand still in
        self.pipes = set()  # of those that stand still
        self.testing, self.reported = False, set()
        self.beside = {number: set() for number in range(len(jobs))}

    def see_all(self):
        waiting = list(range(len(self.jobs)))[::-1]
        while waiting or self.running:
            while waiting and len(self.running) < self.side_by_side:
                self._start(waiting.pop())
            self._wait()

    def see_again_alone(self):
        for number in self._suspicious():
            if number in self.standing:
                self.standing.pop(number).stop()
            self._alone(number)

    def test_all(self):
        self.testing = True
        for number in sorted(self.standing):
            self._test(number)
        for number in self.dropped:  # only the hidden marks of the second run count
            seen = self.results[number]
            self._alone(number)
            if number in self.standing:
                self._test(number)
            for name, item in self.results[number].items.items():
                if name in seen.items and item.hidden_points:
                    seen.items[name].got = max(item.got, seen.items[name].got)
            self.results[number] = seen

    def stop(self):
        for process in (*self.running, *self.standing.values()):
            process.stop()

    def _test(self, number):
        process = self.standing.pop(number)
        self.running.append(process)
        process.go()
        while self.running:
            self._wait(keep=False)

    def _suspicious(self):
        """Those that failed as a neighbour can make one fail, beside one that misbehaved."""
        odd = {number for number, result in enumerate(self.results) if _misbehaved(result)}
        return [
            number
            for number, result in enumerate(self.results)
            if result.suspects and self.beside[number] & odd - {number}
        ]

    def _alone(self, number):
        self._start(number)
        while self.running:
            self._wait()

    def _start(self, number):
        taken = [other.core for other in self.running]
        core = min(cores(), key=taken.count)
        for other in self.running:
            self.beside[number].add(other.number)
            self.beside[other.number].add(number)
        others = [one.pipe for one in (*self.running, *self.standing.values())]
        process = CheckerProcess(number, self.jobs[number], self.markers, core, others)
        self.running.append(process)

    def _wait(self, keep=True):
        """Take in what the running processes report; put away those that are done."""
        pipes = {process.pipe: process for process in self.running}
        for pipe in multiprocessing.connection.wait(pipes, timeout=0.5):
            pipes[pipe].receive()
        for process in list(self.running):
            if process.waiting and keep:
                self.running.remove(process)
                self.results[process.number] = process.result
                self._let_stand(process)
            elif process.done or process.late:
                self.running.remove(process)
                self.results[process.number] = process.finish()
            else:
                continue
            if process.number not in self.reported:
                self.reported.add(process.number)
                self.progress(1)

    def _let_stand(self, process):
        pipes = self.pipes | process.pipes()
        if not self.testing and (_is_full() or pipe_quota.is_used_up(len(pipes))):
            process.stop()
            self.dropped.append(process.number)
        else:
            self.pipes = pipes
            self.standing[process.number] = process


def _misbehaved(result):
    everything = " ".join([result.status, *result.remarks])
    return any(words in everything for words in ("than allowed", "was left out", "please look"))


def _is_full():
    import psutil

    memory = psutil.virtual_memory()
    return memory.available < KEPT_FREE * memory.total


def _warm_up(jobs, markers):
    """Load and work out once what every forked checker needs."""
    import psutil  # noqa: F401 (forks are watched with it, and need not load it again)

    os.environ.setdefault("MPLBACKEND", "Agg")  # nothing is shown
    for marker, number in _files_of_each(jobs, markers):
        if number >= WORTH_IT:
            marker.warm_up()

    readable_paths()
    font_caches()
    gc.freeze()  # a fork would copy what the collector only looks at


def _files_of_each(jobs, markers):
    """``(marker, how many files name one of its cells)``, without reading more into them."""
    names = {m: [f'"{cell.id}"'.encode() for cell in m.exercise.items] for m in markers}
    counts = dict.fromkeys(markers, 0)
    for job in jobs if markers else ():
        try:
            content = read_bytes(job.path)
        except (Unreadable, OSError):
            continue
        for marker in markers:
            counts[marker] += any(name in content for name in names[marker])
    return counts.items()
