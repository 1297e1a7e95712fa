"""What a learner's processes use together: memory, and time of computing."""

import contextlib
import time

from bonelab.course.grade.channel import Lost


class Watch:
    """Raises Lost once a learner's processes together hold more memory than allowed, and keeps
    count of the seconds for which they have computed."""

    def __init__(self, pid, most_bytes):
        self._pid, self._most, self._next = pid, most_bytes, 0
        self.computed = 0.0

    def __call__(self):
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + 0.25
        self.computed = max(self.computed, self._sum(_computed))
        # Forks share pages, which "rss" counts for each; the exact count is slow, so it comes last.
        if self._sum(_roughly) > self._most and self._sum(_exactly) > self._most:
            raise Lost("used more memory than allowed")

    def _sum(self, measure):
        import psutil

        total = 0
        with contextlib.suppress(psutil.Error):
            root = psutil.Process(self._pid)
            for process in (root, *root.children(recursive=True)):
                with contextlib.suppress(psutil.Error):
                    total += measure(process)
        return total


def _computed(process):
    times = process.cpu_times()
    return times.user + times.system + times.children_user + times.children_system


def _roughly(process):
    return process.memory_info().rss


def _exactly(process):
    import psutil

    try:
        return process.memory_full_info().pss
    except (psutil.Error, AttributeError):
        return _roughly(process)
