"""What the commands do, and the arguments that each takes. Loads the course only when it must."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from bonelab.course import course_folders, right_python, working_copy
from bonelab.course.environment import SetupError


def complain(message: str, code: int = 1) -> int:
    """Say what is wrong; return the exit code."""
    print(f"bonelab: {message}", file=sys.stderr)
    return code


def open_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("lesson", nargs="?", help="a number or a name, e.g. 1, opg, exercises/2")
    parser.add_argument("--fresh", action="store_true", help="a new copy of LESSON beside yours")
    server_arguments(parser)


def show_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("lesson", help="a number or a name, e.g. 1, opg")
    parser.add_argument("--fresh", action="store_true", help="on a new copy, for this class")
    parser.add_argument("--labs", action="store_true", help="the labs alone, without text or code")
    server_arguments(parser)


def server_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-browser", action="store_true", help="print the address only")
    parser.add_argument("--port", type=port, help="first port to try (default: 8888)")


def port(text: str) -> int:
    """A port that a server can have."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise argparse.ArgumentTypeError(
            f"{text!r} is no port. Ports are whole numbers from 1 to 65535, for example 8888"
        )
    return int(text)


def open_lessons(options: argparse.Namespace) -> int:
    if options.fresh and options.lesson is None:
        return complain("--fresh needs the lesson to copy, e.g. bonelab open --fresh 1", code=2)
    return serve(options, projector=False)


def show_lesson(options: argparse.Namespace) -> int:
    return show_labs(options) if options.labs else serve(options, projector=True)


def show_labs(options: argparse.Namespace) -> int:
    from bonelab.course import labs_alone

    copy = own_copy()
    lesson = copy.material / copy.find(options.lesson)
    with explained():
        command = labs_alone.command(
            copy.folder, lesson, port=options.port, browser=not options.no_browser
        )
    print(f"bonelab: the labs of {lesson.stem}; Ctrl-C stops the server", flush=True)
    right_python.replace_process(command)
    return 0


def serve(options: argparse.Namespace, projector: bool) -> int:
    from bonelab.course import server

    copy = own_copy()
    document = copy.find(options.lesson) if options.lesson else copy.first()
    if options.fresh and document:
        with explained():
            document = copy.fresh(document)
    command = server.command(
        copy.folder,
        document,
        port=options.port,
        browser=not options.no_browser,
        projector=projector,
    )
    print(f"bonelab: your own copy is in {copy.folder}; Ctrl-C stops the server", flush=True)
    right_python.replace_process(command)
    return 0


def own_copy() -> working_copy.WorkingCopy:
    """The student's own copy of the lessons, brought up to date."""
    with explained():
        return working_copy.prepare(course_folders.material(), course_folders.work())


@contextmanager
def explained() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SetupError(
            f"cannot write your copy of the lessons: {error}\n"
            "Start in a folder of your own, with some free space."
        ) from error


def check_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "notebooks",
        nargs="*",
        metavar="NOTEBOOK",
        help="a file, or a number or a name as for open, e.g. 4; without one all that you began",
    )


def check_notebooks(options: argparse.Namespace) -> int:
    from bonelab.course import check

    copy = own_copy()
    paths = [own_notebook(copy, name) for name in options.notebooks] or copy.begun("exercises")
    if not paths:
        return complain(
            f"no exercise in {copy.folder} has been worked on yet.\n"
            "Open the first with: python3 -m bonelab open exercises/0"
        )
    return check.main(list(map(str, paths)))


def own_notebook(copy: working_copy.WorkingCopy, name: str) -> Path:
    """The file that ``name`` means: a path as it stands, else an exercise of the student's own."""
    given = Path(name)
    return given if given.is_file() else copy.folder / copy.find(name, shelf="exercises")


def run_tests(options: argparse.Namespace) -> int:
    root = course_folders.checkout()
    if root is None:
        raise SetupError("the tests are in the source checkout; this is an installed wheel.")
    os.chdir(root)
    # Some hundred Pythons are started: each would compile the library anew where this is set.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    rest = options.rest
    # One more than there are cores: attacks on the grader wait for their time to be up.
    number = min(os.cpu_count() or 1, 4) + 1
    workers = [] if "-n" in rest or "--pdb" in rest else ["-n", str(number)]
    right_python.replace_process([sys.executable, "-m", "pytest", *workers, *rest])
    return 0


def call_doctor(options: argparse.Namespace) -> int:
    from bonelab.course import doctor

    return doctor.main(right_python.environment())


def later(module: str) -> Callable[[argparse.Namespace], int]:
    """The ``main(argv)`` of a module that is only loaded when its command is chosen."""

    def run(options: argparse.Namespace) -> int:
        return import_module(module).main(options.rest)

    return run


def no_arguments(parser: argparse.ArgumentParser) -> None:
    """The command takes none."""
