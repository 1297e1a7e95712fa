"""The computer and its folders: Python, the environment, room to write, names that hide libraries.

Standard library only: this is looked at before anything could be installed.
"""

from __future__ import annotations

import errno
import importlib.util
import os
import platform
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

from bonelab.course import course_folders
from bonelab.course.doctor.finding import Finding
from bonelab.course.environment import Environment, find_uv

LONGEST_ON_WINDOWS = 260  # characters of a path, unless long paths are allowed
DEEPEST = 172  # characters from the course's folder to the deepest file in .venv
PROBE = ".bonelab-doctor"
IN_WORDS = {
    errno.ENOSPC: "the disk is full: free some space",
    errno.EDQUOT
    if hasattr(errno, "EDQUOT")
    else -1: "your share of the disk is used up: free some",
    errno.EROFS: "it can be read only: move the course to a folder of your own",
    errno.EACCES: "you may not write there: move the course to a folder of your own",
    errno.EPERM: "you may not write there: move the course to a folder of your own",
    errno.ENAMETOOLONG: "its path is too long: move the course up, for example to your home folder",
}


def findings(environment: Environment | None) -> Iterator[Finding]:
    from bonelab import __version__

    yield Finding(True, "bonelab", f"{__version__} in {course_folders.PACKAGE}")
    yield Finding(True, "Python", f"{platform.python_version()} ({sys.executable})")
    yield Finding(True, "system", f"{platform.platform()}, {os.cpu_count()} processors")
    yield environment_state(environment)
    yield writing("your copy", student_folder())
    yield path_length(course_folders.checkout() or Path.cwd())
    yield disk_space()
    yield free_port()
    yield file_names(folders_of_notebooks())


def student_folder() -> Path:
    """The folder in which the student's lessons are, or will be."""
    work = course_folders.work()
    lessons = work / "lessons"
    return lessons if lessons.is_dir() else nearest_folder(work)


def nearest_folder(path: Path) -> Path:
    return next(folder for folder in (path, *path.parents) if folder.exists())


def environment_state(environment: Environment | None) -> Finding:
    what = "environment"
    if environment is None:
        return Finding(True, what, f"bonelab is installed in this Python ({sys.prefix})")
    state = environment.state()
    if state == "ready":
        return Finding(True, what, f"{environment.folder} is ready")
    if state == "stale":
        words = "its requirements have changed; the next start refreshes it (needs the network)"
        return Finding(True, what, f"{environment.folder}: {words}")
    if state == "broken":
        return Finding(False, what, f"{environment.folder} does not work: delete that folder")
    if importlib.util.find_spec("ensurepip") is None and find_uv() is None:
        return Finding(False, what, "cannot be made: sudo apt install python3-venv")
    words = "half made, the next start begins again" if state == "half-made" else "not made yet"
    return Finding(True, what, f"{words}: python3 -m bonelab makes it (needs the network)")


def writing(what: str, folder: Path) -> Finding:
    """Write a file of a notebook's size, read it back, take it away."""
    content = os.urandom(1_000_000)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=PROBE) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            file.seek(0)
            if file.read() != content:
                words = "what was written does not come back: try another disk"
                return Finding(False, what, f"{folder}: {words}")
    except OSError as error:
        words = IN_WORDS.get(
            error.errno or 0, f"{error.strerror}: move the course to another folder"
        )
        return Finding(False, what, f"cannot write in {folder}: {words}")
    return Finding(True, what, str(folder))


def path_length(folder: Path, limited: bool | None = None) -> Finding:
    """Windows refuses paths of more than 260 characters, unless it was told otherwise."""
    limited = limits_paths() if limited is None else limited
    most = LONGEST_ON_WINDOWS - DEEPEST
    length = len(str(folder.resolve()))
    if limited and length > most:
        words = (
            f"{length} characters, and Windows allows {most} here: move the course up, for example"
        )
        return Finding(False, "path length", f"{folder}: {words} to C:\\bonelab")
    return Finding(True, "path length", f"{length} characters")


def limits_paths() -> bool:
    """Is this a Windows that refuses long paths?"""
    if sys.platform == "win32":
        import winreg

        place = r"SYSTEM\CurrentControlSet\Control\FileSystem"
        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, place) as key:
                return not winreg.QueryValueEx(key, "LongPathsEnabled")[0]
        except OSError:
            return True
    return False


def disk_space() -> Finding:
    free = shutil.disk_usage(course_folders.PACKAGE).free / 1e9
    advice = "" if free > 1 else ": free some, the environment needs about 1 GB"
    return Finding(free > 1, "disk", f"{free:.1f} GB free{advice}")


def free_port() -> Finding:
    try:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
    except OSError as error:
        words = f"no port on 127.0.0.1 can be opened ({error}): ask about a firewall"
        return Finding(False, "port", words)
    return Finding(True, "port", "this computer can serve the lessons to itself")


def folders_of_notebooks() -> list[Path]:
    """Where Python would find a student's own files before it finds a library."""
    work = course_folders.work()
    notebooks = work.rglob("*.ipynb") if work.is_dir() else ()
    folders = {path.parent for path in notebooks if ".ipynb_checkpoints" not in path.parts}
    return sorted({Path.cwd(), work, *folders})


def file_names(folders: Iterable[Path]) -> Finding:
    """A student's ``numpy.py`` beside a lesson is what ``import numpy`` finds there."""
    known = library_names()
    hiding = [path for folder in folders for path in importable(folder) if path.stem in known]
    ours = course_folders.PACKAGE
    hiding = [path for path in hiding if path.resolve() != ours and ours not in path.parents]
    if not hiding:
        return Finding(True, "file names", "no file of yours hides a library")
    names = ", ".join(f"{path} hides the library {path.stem!r}" for path in hiding[:8])
    return Finding(
        False, "file names", f"{names}: give it another name, for example my_{hiding[0].name}"
    )


@cache
def library_names() -> frozenset[str]:
    """What an ``import`` of a lesson should find elsewhere, whether it is installed yet or not."""
    wanted = ("bonelab", "numpy", "scipy", "matplotlib", "pandas", "ipywidgets")
    return frozenset({*sys.stdlib_module_names, *metadata.packages_distributions(), *wanted})


def importable(folder: Path) -> Iterator[Path]:
    """The files and folders that an ``import`` would find in ``folder``."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.suffix in (".py", ".pyc", ".pyd", ".so") or (path / "__init__.py").is_file():
            yield path
