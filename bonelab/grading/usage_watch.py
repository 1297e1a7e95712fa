"""What a learner's processes use together: memory, files, time of computing.

A thread looks every few moments, also while the grader itself is busy, and ends the processes once
they hold too much. Where a control group holds the limits (see ``control_group``) the kernel is
faster; this is what holds everywhere else. In the time between two looks a process can write some
hundred megabytes more, and the kernel is told to take a learner's process first if memory runs out.
"""

import contextlib
import os
import threading
from functools import cache

from bonelab.grading.channel import Lost
from bonelab.grading.limits import MEGABYTE

MOMENT = 0.15  # seconds between two looks
USUAL_FILES = 24  # open in a process that does nothing odd
BUFFER_MB = 0.22  # of the kernel's memory that one more open file may hold: a socket full of data
MEMORY = "used more memory than allowed"
FILES = "made more files than allowed"
PIPES = "opened more pipes than allowed"


class UsageWatch(threading.Thread):
    """Watches process ``pid`` and all that come of it. ``kill()`` ends them."""

    def __init__(self, pid, limits, kill, group=None, walled=True):
        super().__init__(daemon=True)
        self._pid, self._limits, self._kill, self._group = pid, limits, kill, group
        self._walled = walled
        self._end = threading.Event()
        self.computed = 0.0  # seconds
        self.reason = ""  # why the processes were ended
        self.paused = False

    def __call__(self):
        """Raise Lost if the processes were ended."""
        if self.reason:
            raise Lost(self.reason)

    def why_it_ended(self):
        """What to say of processes that are gone."""
        if not self.reason and self._group and self._group.ran_out_of_memory():
            self.reason = MEMORY
        return self.reason or "stopped unexpectedly"

    def run(self):
        while not self._end.wait(MOMENT):
            if not self.paused:
                self.look()

    def stop(self):
        self._end.set()
        if self.is_alive():
            self.join()

    def look(self):
        processes = glance(self._pid)
        self.computed = max(self.computed, _sum(_computed, processes))
        most = self._limits.memory_mb * MEGABYTE
        # Forks share pages, which "rss" counts for each; the exact count is slow, so it comes last.
        if _sum(_roughly, processes) > most and _sum(_exactly, processes) > most:
            self.reason = self.reason or MEMORY
        elif self._files(processes) > self._limits.files:
            self.reason = self.reason or FILES
        elif _pipes(processes, self._limits.pipes) > self._limits.pipes:
            self.reason = self.reason or PIPES
        if self.reason:
            self._kill()

    def _files(self, processes):
        """How many files there are in the folders in memory that it may write to."""
        total = 0
        for folder in ("tmp", "dev/shm") if self._walled else ():
            with contextlib.suppress(OSError, IndexError):
                path = os.path.join(f"/proc/{processes[-1].pid}/root", folder)
                if os.stat(path).st_dev != os.stat(f"/{folder}").st_dev:  # not before the wall
                    facts = os.statvfs(path)
                    total += facts.f_files - facts.f_ffree
        return total


def tree(pid):
    """The process and all that come of it, as far as they still live: a look at every process of
    the machine, and a whole class may be standing still on it."""
    import psutil

    with contextlib.suppress(psutil.Error):
        root = psutil.Process(pid)
        return [root, *root.children(recursive=True)]
    return []


def glance(pid):
    """The same from the kernel's own lists of children, without a look at every process of the
    machine. Where a process ends in that moment one beside it may be missing, until the next look.
    """
    import psutil

    if not _lists_children():
        return tree(pid)
    processes, left = [], [pid]
    while left:
        one = left.pop(0)
        with contextlib.suppress(OSError, psutil.Error):
            for task in os.listdir(f"/proc/{one}/task"):
                with open(f"/proc/{one}/task/{task}/children") as file:
                    left += map(int, file.read().split())
            processes.append(psutil.Process(one))
    return processes


@cache
def _lists_children():
    """Does this kernel? Linux mostly does."""
    return os.path.exists(f"/proc/self/task/{os.getpid()}/children")


def spare(pid):
    """If the machine runs out of memory, the kernel shall take these processes first. Before any
    code of a learner's has run, none of them ends."""
    for process in glance(pid):
        with contextlib.suppress(OSError), open(f"/proc/{process.pid}/oom_score_adj", "w") as file:
            file.write("1000")


def _sum(measure, processes):
    import psutil

    total = 0
    for process in processes:
        with contextlib.suppress(psutil.Error):
            total += measure(process)
    return total


def _computed(process):
    times = process.cpu_times()
    return times.user + times.system + times.children_user + times.children_system


def _roughly(process):
    return process.memory_info().rss + _buffers(process)


def _exactly(process):
    import psutil

    try:
        facts = process.memory_full_info()
    except (psutil.Error, AttributeError):
        return _roughly(process)
    return getattr(facts, "pss", facts.rss) + getattr(facts, "swap", 0) + _buffers(process)


def _pipes(processes, most):
    """How many pipes and sockets they hold together. The kernel counts the pages of pipes for each
    user and makes all new ones small once they are used up: the neighbours' and the teacher's too.
    """
    if _sum(_unusual_files, processes) <= most:
        return 0
    return len(_open(processes, ("pipe:", "socket:")))


def pipes_of(pid):
    """The pipes that a process holds, with all that come of it. What it has inherited from the
    grader, its neighbours' ends among it, has the same name there: a set counts it once."""
    return _open(glance(pid), "pipe:")


def _open(processes, kinds):
    links = set()  # a fork holds the same ones
    for process in processes:
        with contextlib.suppress(OSError), os.scandir(f"/proc/{process.pid}/fd") as numbers:
            for number in numbers:
                with contextlib.suppress(OSError):
                    links.add(os.readlink(number.path))
    return {link for link in links if link.startswith(kinds)}


def _buffers(process):
    """At most so much does the kernel hold for its sockets and pipes."""
    return _unusual_files(process) * BUFFER_MB * MEGABYTE


def _unusual_files(process):
    import psutil

    try:
        return max(0, process.num_fds() - USUAL_FILES)
    except (psutil.Error, AttributeError):
        return 0
