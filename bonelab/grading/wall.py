"""The wall around a learner's process: bubblewrap, without network, with Python and its packages.

Everything behind it is for reading only, but for a small folder in memory.
"""

import contextlib
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from bonelab.grading import call_filter
from bonelab.grading.limits import MEGABYTE, Limits

PACKAGE = Path(__file__).resolve().parents[1]
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


@contextlib.contextmanager
def open_filter():
    number = call_filter.open_program()
    try:
        yield number
    finally:
        if number is not None:
            os.close(number)


def wall(limits, secret=(), filter_number=None):
    """The bubblewrap command line."""
    arguments = [_program("bwrap"), "--die-with-parent", "--new-session", "--unshare-all"]
    arguments += ["--unshare-user", "--disable-userns", "--hostname", "bonelab"]
    # No /proc: it tells of the whole machine. No /dev/zero: shared, it is memory that nobody holds.
    arguments += ["--dev", "/dev", "--ro-bind", "/dev/null", "/dev/zero"]
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
    usage = subprocess.run(["bwrap", "--help"], capture_output=True, text=True, check=False)
    if "--size" not in usage.stdout or "--disable-userns" not in usage.stdout:
        return "this bubblewrap is older than 0.8."
    python = os.path.realpath(sys.executable)
    with open_filter() as number:
        attempt = subprocess.run(
            [*wall(limits or Limits(), (), number), "--", python, "-S", "-c", "0"],
            capture_output=True,
            text=True,
            check=False,
            env={},
            pass_fds=[] if number is None else [number],
        )
    if attempt.returncode:
        return (attempt.stderr.strip().splitlines() or ["it cannot start Python."])[-1]
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


@cache
def font_caches():
    """matplotlib's list of fonts, so that not every learner's process searches for them anew."""
    try:
        import matplotlib.font_manager  # writes the list if there is none

        return sorted(map(str, Path(matplotlib.get_cachedir()).glob("fontlist-*.json")))
    except Exception:
        return []
