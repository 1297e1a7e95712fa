"""A learner's process behind a wall: bubblewrap, without network, with Python and bonelab alone.

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
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bonelab.course.grade import seccomp
from bonelab.course.grade.channel import Channel
from bonelab.course.grade.watch import Watch

RUNNER = Path(__file__).with_name("runner.py")
PACKAGE = Path(__file__).resolve().parents[2]
MEGABYTE = 1_000_000
HOW_TO_GET_ONE = """\
Students' code runs in a sandbox only, and there is none that works here: {problem}

  Debian, Ubuntu:   sudo apt install bubblewrap
  Ubuntu 23.10 and later, where AppArmor forbids it:
                    sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0
  Windows:          the same inside WSL 2
  macOS:            grade in a Linux machine or virtual machine
  in a container:   start it with --security-opt seccomp=unconfined --cap-add SYS_ADMIN

To grade your own work, whose code you trust: --unconfined"""


class NoSandbox(Exception):
    """There is no sandbox that works here; the message says how to get one."""


@dataclass(frozen=True)
class Limits:
    """What one submission may use."""

    cell_seconds: float = 20
    call_seconds: float = 10
    submission_seconds: float = 120
    memory_mb: int = 3000  # of all its processes together
    disk_mb: int = 50
    processes: int = 40  # beside its snapshots
    patience: float = 3  # seconds on the wall for each second of computing: others compute too
    grace: float = 1.5  # for an endless loop to notice that its time is up

    def of_process(self):
        return {
            "CPU": int(self.submission_seconds) + 5,
            "AS": self.memory_mb * MEGABYTE,
            "FSIZE": self.disk_mb * MEGABYTE,
            "NPROC": self.processes,
            "NOFILE": 256,
            "CORE": 0,
        }


@dataclass
class Learner:
    """A running learner's process: its channel, and one more channel per snapshot."""

    process: subprocess.Popen
    channel: Channel
    snapshots: dict  # the learner's file number -> Channel
    folder: Path | None = None  # its own, where there is no wall

    def stop(self):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)
        for channel in (self.channel, *self.snapshots.values()):
            channel.close()


def start(limits, *, snapshots=0, secret=(), unconfined=False):
    """Start a learner's process with room for ``snapshots``; raises Lost if it does not come up.

    ``secret`` folders stay hidden even where they lie inside Python's own.
    """
    pairs = [socket.socketpair() for _ in range(snapshots + 1)]
    theirs = [their.fileno() for _, their in pairs]
    folder = Path(tempfile.mkdtemp(prefix="bonelab-")) if unconfined else None
    settings = {
        "path": [*filter(None, sys.path), str(PACKAGE.parent)],
        "connection": theirs[0],
        "snapshots": theirs[1:],
        "limits": limits.of_process(),
    }
    settings["limits"]["NPROC"] += snapshots
    if unconfined or not _counts_processes_per_sandbox():
        settings["limits"]["NPROC"] += _my_processes()
    python = os.path.realpath(sys.executable)
    command = [python, "-S", "-s", "-P", str(RUNNER), json.dumps(settings)]
    with _open_filter() as number:
        process = subprocess.Popen(
            command if unconfined else [*wall(limits, secret, number), "--", *command],
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
    watch = Watch(process.pid, limits.memory_mb * MEGABYTE)
    first, *others = [Channel(mine, watch) for mine, _ in pairs]
    learner = Learner(process, first, dict(zip(theirs[1:], others, strict=True)), folder)
    try:
        first.ask({"hello": True}, 30)
    except BaseException:
        learner.stop()
        raise
    return learner


@contextlib.contextmanager
def _open_filter():
    number = seccomp.open_program()
    try:
        yield number
    finally:
        if number is not None:
            os.close(number)


def wall(limits, secret=(), filter_number=None):
    """The bubblewrap command line."""
    arguments = [_program("bwrap"), "--die-with-parent", "--new-session", "--unshare-all"]
    arguments += ["--unshare-user", "--disable-userns", "--hostname", "bonelab"]
    arguments += ["--proc", "/proc", "--dev", "/dev"]
    arguments += ["--perms", "1777", "--size", str(limits.disk_mb * MEGABYTE), "--tmpfs", "/tmp"]
    readable = readable_paths()
    arguments += _bind(readable)
    for folder in sorted({os.path.realpath(folder) for folder in secret}):
        if any(folder == path or folder.startswith(path + "/") for path in readable):
            arguments += ["--tmpfs", folder, "--remount-ro", folder]
    arguments += ["--perms", "0777", "--dir", "/tmp/mpl"]
    for cached in font_caches():
        arguments += ["--ro-bind", cached, f"/tmp/mpl/{os.path.basename(cached)}"]
    arguments += ["--perms", "1777", "--size", str(20 * MEGABYTE), "--tmpfs", "/dev/shm"]
    if filter_number is not None:
        arguments += ["--seccomp", str(filter_number)]
    arguments += ["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/tmp"]
    return [*_as_nobody(), *arguments] if os.getuid() == 0 else arguments


def _as_nobody():
    """Root builds an outer wall first, within which an ordinary user without rights builds the
    usual one: the user's own, so that limits on processes hold."""
    user = 61000 + os.getpid() % 4000
    bwrap, setpriv = _program("bwrap"), _program("setpriv")
    return [
        *[bwrap, "--die-with-parent", "--unshare-pid", "--bind", "/proc", "/proc"],
        *["--dev", "/dev", "--tmpfs", "/tmp"],
        *_bind([*readable_paths(), *font_caches(), bwrap, setpriv]),
        *["--", setpriv, f"--reuid={user}", f"--regid={user}", "--clear-groups", "--"],
    ]


def _program(name):
    return os.path.realpath(shutil.which(name) or f"/usr/bin/{name}")


def _bind(paths):
    """Arguments that show ``paths``, for reading only, in folders that anybody may enter."""
    above = {str(folder) for path in paths for folder in Path(path).parents} - {"/"}
    arguments = [part for folder in sorted(above) for part in ("--perms", "0755", "--dir", folder)]
    return arguments + [part for path in paths for part in ("--ro-bind", path, path)]


def find_problem(limits=None):
    """Why no sandbox works here, in words; None if one does."""
    if not sys.platform.startswith("linux"):
        return "bubblewrap exists on Linux only."
    if not shutil.which("bwrap"):
        return "the program bwrap is not installed."
    told = subprocess.run(["bwrap", "--help"], capture_output=True, text=True, check=False)
    if "--size" not in told.stdout or "--disable-userns" not in told.stdout:
        return "this bubblewrap is older than 0.8."
    python = os.path.realpath(sys.executable)
    with _open_filter() as number:
        told = subprocess.run(
            [*wall(limits or Limits(), (), number), "--", python, "-S", "-c", "0"],
            capture_output=True,
            text=True,
            check=False,
            env={},
            pass_fds=[] if number is None else [number],
        )
    if told.returncode:
        return (told.stderr.strip().splitlines() or ["it cannot start Python."])[-1]
    return None


def require():
    """Raise NoSandbox, with the way to get one, unless a sandbox works here."""
    problem = find_problem()
    if problem:
        raise NoSandbox(HOW_TO_GET_ONE.format(problem=problem))


@cache
def readable_paths():
    """What a learner's process may read: Python, its packages, bonelab, the system's libraries.
    All packages, not a chosen few: what anybody can install is no secret, nbgrader included."""
    base = os.path.realpath(sys.base_prefix)
    paths = ["/usr/lib", "/usr/lib64", "/lib", "/lib64", "/etc/ld.so.cache"]
    paths += [os.path.realpath(sys.executable), f"{base}/lib", str(PACKAGE)]
    paths += [sys.base_prefix + "/lib", "/usr/share/zoneinfo"]
    packages = ("site-packages", "dist-packages")
    paths += [entry for entry in sys.path if os.path.basename(entry) in packages]
    return [path for path in dict.fromkeys(paths) if os.path.exists(path)]


def _environment(folder):
    """Nothing of the grader's own environment."""
    home = str(folder or "/tmp")
    environment = {"PATH": "/usr/bin", "HOME": home, "TMPDIR": home, "LANG": "C.UTF-8"}
    environment |= {"MPLBACKEND": "Agg", "MPLCONFIGDIR": f"{home}/mpl", "PYTHONHASHSEED": "0"}
    return environment | {f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL")}


@cache
def font_caches():
    """matplotlib's list of fonts, so that not every learner's process searches for them anew."""
    try:
        import matplotlib.font_manager  # writes the list if there is none

        return sorted(map(str, Path(matplotlib.get_cachedir()).glob("fontlist-*.json")))
    except Exception:
        return []


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
