"""The Python that a command belongs in, and how to go on in it.

In a checkout that is the private environment ``.venv``, which is made when it is missing. Where
bonelab was installed into the running Python on purpose (from a wheel, or with ``pip install
-e .``), that Python is used as it is. Standard library only.
"""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import metadata

from bonelab.course import course_folders
from bonelab.course.environment import Environment


def environment() -> Environment | None:
    """The environment that commands belong in, or None where the running Python is the one."""
    root = course_folders.checkout()
    if root is None:
        return None
    private = Environment(root)
    return None if not private.is_running() and installed_here() else private


def installed_here() -> bool:
    """Has bonelab been installed into the running Python?"""
    try:
        metadata.distribution("bonelab")
    except metadata.PackageNotFoundError:
        return False
    return True


def enter_environment(argv: list[str], extras: tuple[str, ...]) -> None:
    """Set up what is missing; unless already there, go on in the environment, never to return."""
    private = environment()
    if private is None:
        return
    private.ensure(extras)
    if not private.is_running():
        replace_process([str(private.python), "-m", "bonelab", *argv])


def enter_environment_if_ready(argv: list[str]) -> None:
    private = environment()
    if private and not private.is_running() and private.state() == "ready":
        replace_process([str(private.python), "-m", "bonelab", *argv])


def replace_process(command: list[str]) -> None:
    """Become ``command``, so that nothing is orphaned; on Windows run it and exit with its code."""
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name != "nt":
        os.execv(command[0], command)
    with subprocess.Popen(command) as process:
        while True:
            try:
                sys.exit(process.wait())
            except KeyboardInterrupt:  # the child got it as well and is shutting down
                continue
