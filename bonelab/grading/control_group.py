"""A control group of the kernel's (version 2) for one submission, where this machine lets us.

It bounds memory of every kind and the number of processes as a whole, and can stop and end them at
one stroke. Without the right to make one, ``usage_watch`` and signals are the second best.
"""

import contextlib
import itertools
import os
import time
from pathlib import Path

from bonelab.grading.limits import MEGABYTE

_numbers = itertools.count()
WANTED = ("memory", "pids")
LEAVING = 3  # seconds that processes which were ended may take to be gone


class ControlGroup:
    """The folder of a group in the kernel's tree."""

    def __init__(self, folder):
        self.folder = folder

    @classmethod
    def make(cls, limits, base=None):
        """A new group within our own, or None where that is not allowed."""
        base = base or _own()
        if base is None:
            return None
        group = cls(base / f"grading-{os.getpid()}-{next(_numbers)}")
        with contextlib.suppress(OSError):  # somebody else may have done so, or may not allow it
            (base / "cgroup.subtree_control").write_text(" ".join(f"+{name}" for name in WANTED))
        try:
            group.folder.mkdir()
        except OSError:
            return None
        limited = {
            "memory.max": limits.memory_mb * MEGABYTE,
            "memory.swap.max": 0,
            "memory.oom.group": 1,
            "pids.max": limits.processes + 60,  # beside its snapshots and the wall itself
        }
        for name, most in limited.items():
            with contextlib.suppress(OSError):
                group._write(name, most)
        if not group._can_hold_this_process():
            group.remove()
            return None
        return group

    def entering(self, command):
        """``command`` within the group from its very start."""
        step = 'echo 0 > "$0" && exec "$@"'
        return ["/bin/sh", "-c", step, str(self.folder / "cgroup.procs"), *command]

    def freeze(self, yes=True):
        """Stop all its processes at one stroke, or let them go on; was that possible?"""
        try:
            self._write("cgroup.freeze", int(yes))
        except OSError:
            return False
        return True

    def kill(self):
        with contextlib.suppress(OSError):
            self._write("cgroup.kill", 1)

    def ran_out_of_memory(self):
        try:
            events = (self.folder / "memory.events").read_text().split()
        except OSError:
            return False
        return int(dict(zip(events[::2], events[1::2], strict=False)).get("oom_kill", 0)) > 0

    @classmethod
    def sweep(cls, pid=None):
        """Put away the groups of a process that ended before it could (of all that did)."""
        base = _own()
        for folder in base.glob(f"grading-{pid or '*'}-*") if base else ():
            owner = folder.name.split("-")[1]
            if pid or not Path("/proc", owner).exists():
                cls(folder).kill()
                cls(folder).remove()

    def remove(self):
        """Put the group away, as soon as the last of its processes is gone."""
        deadline = time.monotonic() + LEAVING
        while self.folder.exists():
            try:
                self.folder.rmdir()
            except OSError:
                if time.monotonic() > deadline:
                    return
                time.sleep(0.01)

    def _write(self, name, value):
        file = self.folder / name
        if not file.exists():
            raise FileNotFoundError(file)
        file.write_text(str(value))

    def _can_hold_this_process(self):
        """May this user move a process here? That needs a right over our own group as well."""
        return os.access(self.folder / "cgroup.procs", os.W_OK) and os.access(
            self.folder.parent / "cgroup.procs", os.W_OK
        )


def _own():
    """The folder of the group that this process is in, or None."""
    try:
        groups = Path("/proc/self/cgroup").read_text().splitlines()
        mounts = [line.split() for line in Path("/proc/self/mounts").read_text().splitlines()]
    except OSError:
        return None
    places = [mount[1] for mount in mounts if mount[2] == "cgroup2"]
    paths = [line.removeprefix("0::") for line in groups if line.startswith("0::")]
    return Path(places[0] + paths[0]) if places and paths else None
