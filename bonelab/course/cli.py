"""The command line: ``python3 -m bonelab COMMAND``. Standard library, until a command is chosen."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Callable
from dataclasses import dataclass

from bonelab.course import commands, course_folders
from bonelab.course.commands import complain, later, no_arguments
from bonelab.course.environment import SetupError
from bonelab.course.right_python import enter_environment, enter_environment_if_ready

HELP = ("-h", "--help")


@dataclass(frozen=True, slots=True)
class Command:
    """One command: what it is for, what it does, and its arguments.

    One that ``passes_on`` hands words that it does not know to a program behind it, as
    ``options.rest``; without ``arguments`` of its own it hands on all of them.
    """

    help: str
    run: Callable[[argparse.Namespace], int]
    arguments: Callable[[argparse.ArgumentParser], None] | None = None
    extras: tuple[str, ...] = ()
    extras_with: tuple[tuple[str, str], ...] = ()  # (option, the extra that it needs)
    sets_up: bool = True
    passes_on: bool = False


def main(argv: list[str]) -> int:
    """Run ``bonelab ARGV...``; return the exit code."""
    argv = with_command(argv)
    if not argv[0].startswith("-") and argv[0] not in COMMANDS:
        return complain(f"there is no command {argv[0]!r}.{nearest(argv[0])}\n{usage()}")
    options, rest = parser().parse_known_args(argv)  # ends here for --help and --version
    command = COMMANDS[options.command]
    if rest and not command.passes_on:
        return complain(
            f"{options.command} does not know {' '.join(rest)!r}. "
            f"See: bonelab {options.command} --help",
            code=2,
        )
    options.rest = rest
    try:
        if not set(HELP) & set(rest):  # help needs nothing installed
            enter(command, argv)
        return command.run(options)
    except (SetupError, course_folders.NotFound) as error:
        return complain(str(error))
    except ModuleNotFoundError as error:
        if not command.extras:
            raise
        extra = ",".join(command.extras)
        return complain(
            f"{options.command} needs {error.name}, which is not installed here. Install the "
            f'wheel with its extra: python3 -m pip install "bonelab-….whl[{extra}]"'
        )
    except KeyboardInterrupt:
        return complain("stopped.", code=130)


def with_command(argv: list[str]) -> list[str]:
    """``argv`` with a command in front: without one the lessons open."""
    if argv[:1] == ["help"]:
        return [*argv[1:2], "--help"]
    whole = {*HELP, "-V", "--version"}
    options_only = not argv or (argv[0].startswith("-") and argv[0] not in whole)
    return ["open", *argv] if options_only else argv


def parser() -> argparse.ArgumentParser:
    """The command line: one subparser for each command."""
    from bonelab import __version__

    whole = argparse.ArgumentParser(
        prog="bonelab",
        usage="python3 -m bonelab [COMMAND] [OPTIONS]",
        epilog="Without a command the lessons open. COMMAND --help tells its options.",
    )
    whole.add_argument("-V", "--version", action="version", version=f"bonelab {__version__}")
    below = whole.add_subparsers(title="commands", dest="command", metavar="", prog="bonelab")
    for name, command in COMMANDS.items():
        alone = command.arguments is None  # the program behind it tells its own help
        sub = below.add_parser(
            name,
            help=command.help,
            description=command.help,
            add_help=not alone,
            allow_abbrev=not command.passes_on,
        )
        if command.arguments:
            command.arguments(sub)
    return whole


def usage() -> str:
    return parser().format_help()


def enter(command: Command, argv: list[str]) -> None:
    """Go on in the environment that the command needs, if it needs one."""
    if command.sets_up:
        more = [extra for option, extra in command.extras_with if option in argv]
        enter_environment(argv, (*command.extras, *more))
    else:
        enter_environment_if_ready(argv)


def nearest(name: str) -> str:
    close = difflib.get_close_matches(name, COMMANDS, n=1)
    return f" Did you mean {close[0]!r}?" if close else ""


COMMANDS = {
    "open": Command(
        "the lessons in JupyterLab, on your own copy",
        commands.open_lessons,
        commands.open_arguments,
    ),
    "show": Command(
        "one lesson for a projector: large type, one document; --labs for its labs alone",
        commands.show_lesson,
        commands.show_arguments,
        extras_with=(("--labs", "show"),),
    ),
    "check": Command(
        "check your own exercises",
        commands.check_notebooks,
        commands.check_arguments,
    ),
    "answers": Command(
        "what you predicted and answered; --clear forgets it",
        later("bonelab.course.answers_command"),
        passes_on=True,
    ),
    "handout": Command(
        "one ZIP to give to students: lessons, exercises, a file to double-click",
        later("bonelab.course.handout"),
        sets_up=False,
        passes_on=True,
    ),
    "print": Command(
        "one lesson on paper, with your answers",
        later("bonelab.site.print_command"),
        extras=("site",),
        passes_on=True,
    ),
    "site": Command(
        "the course as a folder of pages for any web server",
        later("bonelab.site.site_command"),
        extras=("lite",),
        passes_on=True,
    ),
    "doctor": Command(
        "say in words what is wrong with this computer",
        commands.call_doctor,
        no_arguments,
        sets_up=False,
    ),
    "grade": Command(
        "mark the exercises of a class", later("bonelab.course.grade"), passes_on=True
    ),
    "contest": Command(
        "the antibodies that a class designed in lesson 9, on one map",
        later("bonelab.course.contest_command"),
        passes_on=True,
    ),
    "exercises": Command(
        "make exercises/ from solutions/",
        later("bonelab.course.exercises"),
        extras=("test",),
        passes_on=True,
    ),
    "test": Command(
        "run the test suite; further words go to pytest",
        commands.run_tests,
        no_arguments,
        extras=("test",),
        passes_on=True,
    ),
}
