"""``bonelab doctor``: what a helper needs to know about this computer, and what is wrong with it.

Runs in whichever Python it is started with, so that it also helps where nothing could be set up.
"""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from bonelab.course import places
from bonelab.course.environment import Environment, find_uv

PACKAGES = ("jupyterlab", "ipywidgets", "ipykernel", "numpy", "scipy", "matplotlib", "pandas")

Finding = tuple[bool, str, str]  # fine?, what was looked at, what was found (and what to do)


def main(environment: Environment | None) -> int:
    """Print every finding; return 0 when nothing is wrong, else 1."""
    wrong = []
    for fine, what, found in findings(environment):
        print(f"{'ok' if fine else 'WRONG':<6} {what:<14} {found}")
        if not fine:
            wrong.append(what)
    print()
    if wrong:
        print(f"Something is wrong with: {', '.join(wrong)}. See above what to do.")
    else:
        print("Nothing is wrong. Start with: python3 -m bonelab")
    return 1 if wrong else 0


def findings(environment: Environment | None) -> Iterator[Finding]:
    from bonelab import __version__

    yield True, "bonelab", f"{__version__} in {places.PACKAGE}"
    yield True, "Python", f"{platform.python_version()} ({sys.executable})"
    yield True, "system", f"{platform.platform()}, {os.cpu_count()} processors"
    yield environment_state(environment)
    yield folder()
    yield disk_space()
    yield free_port()
    if environment is None or environment.is_running():
        yield from packages()
        yield kernel()
        yield widget_extension()
        yield news()


def environment_state(environment: Environment | None) -> Finding:
    if environment is None:
        return True, "environment", f"bonelab is installed in this Python ({sys.prefix})"
    state = environment.state()
    if state == "ready":
        return True, "environment", f"{environment.folder} is ready"
    if state == "stale":
        found = "its requirements have changed; the next start refreshes it (needs the network)"
        return True, "environment", f"{environment.folder}: {found}"
    if state == "broken":
        return False, "environment", f"{environment.folder} does not work: delete that folder"
    if importlib.util.find_spec("ensurepip") is None and find_uv() is None:
        return False, "environment", "cannot be made: sudo apt install python3-venv"
    found = "half made, the next start begins again" if state == "half-made" else "not made yet"
    return True, "environment", f"{found}: python3 -m bonelab makes it (needs the network)"


def folder() -> Finding:
    work = places.work()
    nearest = next(path for path in (work, *work.parents) if path.exists())
    try:
        with tempfile.TemporaryFile(dir=nearest):
            return True, "your copy", str(work)
    except OSError as error:
        return False, "your copy", f"cannot write in {nearest} ({error.strerror}): move the course"


def disk_space() -> Finding:
    free = shutil.disk_usage(places.PACKAGE).free / 1e9
    advice = "" if free > 1 else ": free some, the environment needs about 1 GB"
    return free > 1, "disk", f"{free:.1f} GB free{advice}"


def free_port() -> Finding:
    try:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return True, "port", "this computer can serve the lessons to itself"
    except OSError as error:
        return False, "port", f"no port on 127.0.0.1 can be opened ({error}): ask about a firewall"


def packages() -> Iterator[Finding]:
    for name in PACKAGES:
        try:
            yield True, name, metadata.version(name)
        except metadata.PackageNotFoundError:
            yield False, name, "is not installed: start python3 -m bonelab again"


def kernel() -> Finding:
    """Start the kernel that the lessons use and let it calculate."""
    try:
        from jupyter_client.manager import start_new_kernel

        manager, client = start_new_kernel(
            kernel_name="python3", startup_timeout=60, stderr=subprocess.DEVNULL
        )
    except Exception as error:
        return False, "kernel", f"does not start ({error}): delete .venv and start bonelab again"
    try:
        answer = []
        client.execute_interactive(
            "import sys, bonelab; print(sys.executable)",
            timeout=60,
            output_hook=lambda message: answer.append(message["content"].get("text", "")),
        )
        used = "".join(answer).strip()
    except Exception as error:
        return False, "kernel", f"starts but does not answer ({error}): a virus scanner, perhaps?"
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    if not used or Path(used).parent.resolve() != Path(sys.executable).parent.resolve():
        return False, "kernel", f"is another Python ({used}): jupyter kernelspec remove python3"
    return True, "kernel", f"answers ({used})"


def widget_extension() -> Finding:
    path = Path(sys.prefix, "share/jupyter/labextensions/@jupyter-widgets/jupyterlab-manager")
    if path.is_dir():
        return True, "widgets", "JupyterLab's widget extension is there"
    return False, "widgets", "the widget extension is missing: delete .venv and start bonelab again"


def news() -> Finding:
    path = Path(sys.prefix, "share/jupyter/lab/settings/overrides.d/bonelab.json")
    found = "switched off" if path.is_file() else "may pop up at the first start; answer No"
    return True, "Jupyter news", found
