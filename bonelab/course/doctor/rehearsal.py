"""Do what a student does, in the student's folder: start a kernel, run a dish, draw it, save."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bonelab.course import course_folders, server
from bonelab.course.doctor.finding import Finding

PATIENCE = 180  # seconds for one step, on a slow computer just after the start
START = "import sys\nprint(sys.executable)"
DISH = """
import bonelab as bl
run = bl.forward.culture(days=1)
print(run.summary())
"""
PICTURE = "run.plot()"
LAB = "bl.labs.culture_dish()"
SAVE = """
from pathlib import Path
file = Path(".bonelab-doctor-from-the-kernel")
file.write_text("x" * 100_000)
file.unlink()
"""


class Stopped(Exception):
    """A cell did not do what it should; the message says why."""


def findings(folder: Path) -> Iterator[Finding]:
    """A kernel like those of the lessons in ``folder``, and what it can do there."""
    what = "kernel"
    try:
        manager, client = start(folder)
    except Exception as error:
        words = (
            f"does not start in {folder} ({_short(error)}): delete .venv and start bonelab again"
        )
        yield Finding(False, what, words)
        return
    try:
        yield from performed(client)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def start(folder: Path):
    """The kernel that the lessons use, started as our server starts it."""
    from jupyter_client.manager import start_new_kernel

    variables = server.environment(course_folders.work())
    return start_new_kernel(
        kernel_name="python3",
        startup_timeout=PATIENCE,
        cwd=str(folder),
        env={**os.environ, **variables},
        stderr=subprocess.DEVNULL,
    )


def performed(client) -> Iterator[Finding]:
    """Each step needs the one before it: the first that fails is the last."""
    steps = (
        ("kernel", START, "text/plain", "answers"),
        ("one dish", DISH, "text/plain", "a culture dish runs"),
        ("its picture", PICTURE, "image/png", "it is drawn"),
        ("a lab", LAB, "application/vnd.jupyter.widget-view+json", "a lab opens"),
        ("saving", SAVE, "", "a cell can write a file beside the lesson"),
    )
    for what, code, kind, words in steps:
        try:
            output = execute(client, code)
            if kind and kind not in str(output):
                raise Stopped(f"there was no {kind}")
        except Stopped as problem:
            advice = "see the findings above; if all of them are ok, show this to a helper"
            yield Finding(False, what, f"{problem}: {advice}")
            return
        if what == "kernel":
            python = output["text/plain"].strip()
            if Path(python).parent.resolve() != Path(sys.executable).parent.resolve():
                words = f"is another Python ({python}): jupyter kernelspec remove python3"
                yield Finding(False, what, words)
                return
            words = f"answers ({python})"
        yield Finding(True, what, words)


def execute(client, code: str) -> dict[str, str]:
    """Run ``code`` in the kernel; what it showed, by MIME type. Raises Stopped."""
    shown: dict[str, str] = {}

    def keep(message):
        content = message["content"]
        if message["msg_type"] == "stream" and content["name"] == "stdout":
            shown["text/plain"] = shown.get("text/plain", "") + content["text"]
        shown.update(content.get("data", {}))

    try:
        reply = client.execute_interactive(code, timeout=PATIENCE, output_hook=keep)
    except Exception as error:
        raise Stopped(
            f"the kernel does not answer ({_short(error)}); a virus scanner, perhaps"
        ) from error
    if reply["content"]["status"] != "ok":
        content = reply["content"]
        raise Stopped(f"stopped with {content.get('ename')}: {str(content.get('evalue'))[:200]}")
    return shown


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
