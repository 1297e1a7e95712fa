"""A learner's process behind the wall, the channel to it, and its snapshots.

``unconfined`` leaves the wall out and keeps the limits; it is for one's own work only.
"""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bonelab.grading.channel import Channel
from bonelab.grading.control_group import ControlGroup
from bonelab.grading.subject import NOTHING
from bonelab.grading.usage_watch import UsageWatch, glance, spare, tree
from bonelab.grading.wall import PACKAGE, open_filter, wall

MAIN = Path(__file__).with_name("learner_main.py")
STOPPING = 10  # seconds after which processes that will not stop are ended


@dataclass
class Learner:
    """A running learner's process: its channel, and one more channel per snapshot."""

    process: subprocess.Popen
    channel: Channel
    snapshots: dict  # the learner's file number -> Channel
    watch: UsageWatch
    group: ControlGroup | None = None
    folder: Path | None = None  # its own, where there is no wall

    def freeze(self):
        """Stop all its processes, so that nothing of it is felt; False if they would not."""
        self.watch.paused = True
        if self.folder:  # no wall, and a process that one trusts
            return True
        if self.group and self.group.freeze():
            return True
        deadline = time.monotonic() + STOPPING
        pid = self.process.pid
        while running := list(filter(_runs, glance(pid))) or list(filter(_runs, tree(pid))):
            if time.monotonic() > deadline:
                return False
            _signal(running, signal.SIGSTOP)
            time.sleep(0.001)
        return True

    def thaw(self):
        if not (self.group and self.group.freeze(False)):
            _signal(glance(self.process.pid), signal.SIGCONT)  # who stands still is not missed
        self.watch.paused = False

    def stop(self):
        self.watch.stop()
        self._kill()
        self.process.wait()
        if self.group:
            self.group.remove()
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)
        for channel in (self.channel, *self.snapshots.values()):
            channel.close()

    def _kill(self):
        kill(self.process, self.group)


def kill(process, group=None):
    """End ``process``; behind the wall all that came of it ends with it."""
    if group:
        group.kill()
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def start(limits, *, snapshots=0, secret=(), unconfined=False, subject=NOTHING):
    """Start a learner's process with room for ``snapshots``; raises Lost if it does not come up.

    ``secret`` folders stay hidden even where they lie inside Python's own.
    """
    pairs = [socket.socketpair() for _ in range(snapshots + 1)]
    theirs = [their.fileno() for _, their in pairs]
    folder = Path(tempfile.mkdtemp(prefix="grading-")) if unconfined else None
    group = None if unconfined else ControlGroup.make(limits)
    settings = {
        "path": [*filter(None, sys.path), str(PACKAGE.parent)],
        "connection": theirs[0],
        "snapshots": theirs[1:],
        "limits": _limits(limits, snapshots, unconfined),
        "subject": subject.name,
    }
    python = os.path.realpath(sys.executable)
    command = [python, "-S", "-s", "-P", str(MAIN), json.dumps(settings)]
    with open_filter() as number:
        if not unconfined:
            command = [*wall(limits, secret, number), "--", *command]
        process = subprocess.Popen(
            group.entering(command) if group else command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=_environment(folder),
            pass_fds=[*theirs, *([] if number is None else [number])],
            cwd=folder or "/",
            start_new_session=True,
        )
    for _, their in pairs:
        their.close()
    watch = UsageWatch(
        process.pid, limits, lambda: kill(process, group), group, walled=not unconfined
    )
    first, *others = [Channel(mine, watch) for mine, _ in pairs]
    snapshots = dict(zip(theirs[1:], others, strict=True))
    learner = Learner(process, first, snapshots, watch, group, folder)
    try:
        first.ask({"hello": True}, 60)
        spare(process.pid)
        watch.start()
    except BaseException:
        learner.stop()
        raise
    return learner


def _limits(limits, snapshots, unconfined):
    held = limits.of_process()
    held["NPROC"] += snapshots
    held["NOFILE"] += snapshots
    if unconfined or not _counts_processes_per_sandbox():
        held["NPROC"] += _my_processes()
    return held


def _runs(process):
    import psutil

    try:
        return process.status() not in (psutil.STATUS_STOPPED, psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


def _signal(processes, number):
    import psutil

    for process in processes:
        with contextlib.suppress(psutil.Error):
            process.send_signal(number)


def _environment(folder):
    """Nothing of the grader's own environment."""
    home = str(folder or "/tmp")
    environment = {"PATH": "/usr/bin", "HOME": home, "TMPDIR": home, "LANG": "C.UTF-8"}
    environment |= {"MPLBACKEND": "Agg", "MPLCONFIGDIR": f"{home}/mpl", "PYTHONHASHSEED": "0"}
    return environment | {f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL")}


def _counts_processes_per_sandbox():
    """Does the kernel count processes per user namespace (since 5.14)?"""
    version = tuple(int(part) for part in os.uname().release.split(".")[:2] if part.isdigit())
    return version >= (5, 14)


def _my_processes():
    import psutil

    mine = os.getuid()
    return sum(
        process.info["num_threads"] or 0
        for process in psutil.process_iter(["uids", "num_threads"])
        if process.info["uids"] and process.info["uids"].real == mine
    )
