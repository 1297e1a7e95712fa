"""The commands of the course. Standard library only, until a command is chosen.

In a checkout every command first moves into the private environment ``.venv``, which is made
when it is missing. Where bonelab was installed into the running Python on purpose (from a wheel,
or with ``pip install -e .``), that Python is used as it is.
"""

from __future__ import annotations

import argparse
import difflib
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module, metadata

from bonelab.course import places
from bonelab.course.environment import Environment, SetupError


@dataclass(frozen=True, slots=True)
class Command:
    help: str
    run: Callable[[list[str]], int]
    extras: tuple[str, ...] = ()
    sets_up: bool = True


def main(argv: list[str]) -> int:
    """Run ``bonelab ARGV...``; return the exit code."""
    first = argv[0] if argv else "open"
    if first in ("-h", "--help", "help"):
        print(usage())
        return 0
    if first in ("-V", "--version"):
        from bonelab import __version__

        print(f"bonelab {__version__}")
        return 0
    name, rest = ("open", argv) if first.startswith("-") or not argv else (first, argv[1:])
    command = COMMANDS.get(name)
    if command is None:
        return complain(
            f"there is no command {name!r}.{nearest(name)}\n{usage()}",
        )
    try:
        if command.sets_up:
            enter_environment(argv, command.extras)
        elif name == "doctor":
            enter_environment_if_ready(argv)
        return command.run(rest)
    except (SetupError, places.NotFound) as error:
        return complain(str(error))
    except KeyboardInterrupt:
        return complain("stopped.", code=130)


def usage() -> str:
    width = max(map(len, COMMANDS))
    lines = "\n".join(f"  {name:<{width}}  {command.help}" for name, command in COMMANDS.items())
    return (
        "usage: python3 -m bonelab [COMMAND] [OPTIONS]\n\n"
        f"{lines}\n\nWithout a command the lessons open. COMMAND --help tells its options."
    )


def nearest(name: str) -> str:
    close = difflib.get_close_matches(name, COMMANDS, n=1)
    return f" Did you mean {close[0]!r}?" if close else ""


def complain(message: str, code: int = 1) -> int:
    print(f"bonelab: {message}", file=sys.stderr)
    return code


# ---- environment ----------------------------------------------------------------------------


def environment() -> Environment | None:
    """The environment that commands belong in, or None where the running Python is the one."""
    root = places.checkout()
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


# ---- commands -------------------------------------------------------------------------------


def open_lessons(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="bonelab open", description="Open the lessons in JupyterLab, on your own copy."
    )
    parser.add_argument("lesson", nargs="?", help="a number or a name, e.g. 1, opg, exercises/2")
    parser.add_argument("--fresh", action="store_true", help="a new copy of LESSON beside yours")
    add_server_options(parser)
    wanted = parser.parse_args(argv)
    if wanted.fresh and wanted.lesson is None:
        parser.error("--fresh needs the lesson to copy, e.g. bonelab open --fresh 1")
    return serve(wanted, projector=False)


def show_lesson(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="bonelab show",
        description="Open one lesson for a projector: large type, one document, no side bar.",
    )
    parser.add_argument("lesson", help="a number or a name, e.g. 1, opg")
    parser.add_argument("--fresh", action="store_true", help="on a new copy, for this class")
    add_server_options(parser)
    return serve(parser.parse_args(argv), projector=True)


def add_server_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-browser", action="store_true", help="print the address only")
    parser.add_argument("--port", type=int, help="first port to try (default: 8888)")


def serve(wanted: argparse.Namespace, projector: bool) -> int:
    from bonelab.course import server, working_copy

    try:
        copy = working_copy.prepare(places.material(), places.work())
        document = copy.find(wanted.lesson) if wanted.lesson else copy.first()
        if wanted.fresh:
            document = copy.fresh(document)
    except OSError as error:
        raise SetupError(
            f"cannot write your copy of the lessons: {error}\n"
            "Start in a folder of your own, with some free space."
        ) from error
    command = server.command(
        copy.folder, document, port=wanted.port, browser=not wanted.no_browser, projector=projector
    )
    print(f"bonelab: your own copy is in {copy.folder}; Ctrl-C stops the server", flush=True)
    replace_process(command)
    return 0


def run_tests(argv: list[str]) -> int:
    root = places.checkout()
    if root is None:
        raise SetupError("the tests are in the source checkout; this is an installed wheel.")
    os.chdir(root)
    # Some hundred Pythons are started: each would compile the library anew where this is set.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    workers = [] if "-n" in argv or "--pdb" in argv else ["-n", str(min(os.cpu_count() or 1, 4))]
    replace_process([sys.executable, "-m", "pytest", *workers, *argv])
    return 0


def doctor(argv: list[str]) -> int:
    from bonelab.course import doctor

    return doctor.main(environment())


def later(module: str) -> Callable[[list[str]], int]:
    """The ``main(argv)`` of a module that is only loaded when its command is chosen."""

    def run(argv: list[str]) -> int:
        return import_module(module).main(argv)

    return run


COMMANDS = {
    "open": Command("open [LESSON]: the lessons in JupyterLab, on your own copy", open_lessons),
    "show": Command("show LESSON: one lesson for a projector", show_lesson),
    "check": Command("check NOTEBOOK: check your own exercise", later("bonelab.course.check")),
    "answers": Command(
        "answers: what you predicted and answered; --clear forgets it",
        later("bonelab.course.answers_command"),
    ),
    "doctor": Command("say in words what is wrong with this computer", doctor, sets_up=False),
    "grade": Command("grade SUBMISSIONS --out DIR: mark a class", later("bonelab.course.grade")),
    "exercises": Command(
        "generate exercises/ from solutions/", later("bonelab.course.exercises"), extras=("test",)
    ),
    "test": Command("run the test suite", run_tests, extras=("test",)),
}
