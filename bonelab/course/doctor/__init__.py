"""``bonelab doctor``: what a helper needs to know about this computer, and what is wrong with it.

Runs in whichever Python it is started with, so that it also helps where nothing could be set up.
Where the course is set up it does what a student does: it starts a kernel in the student's folder,
runs one dish, draws it, opens a lab and writes a file.
"""

from __future__ import annotations

from collections.abc import Iterator

from bonelab.course.doctor import computer, libraries, rehearsal
from bonelab.course.doctor.finding import Finding
from bonelab.course.environment import Environment

NOT_YET = "the environment of the course is not ready here, so lessons could not be tried"


def main(environment: Environment | None) -> int:
    """Print every finding; return 0 when nothing is wrong, else 1."""
    wrong = []
    for finding in findings(environment):
        print(f"{'ok' if finding.fine else 'WRONG':<6} {finding.what:<14} {finding.words}")
        if not finding.fine:
            wrong.append(finding.what)
    print()
    if wrong:
        print(f"Something is wrong with: {', '.join(wrong)}. See above what to do.")
    elif not set_up(environment):
        print(f"So far nothing is wrong, but {NOT_YET}.")
        print("Start with: python3 -m bonelab, then ask the doctor again.")
    else:
        print("Nothing is wrong. Start with: python3 -m bonelab")
    return 1 if wrong else 0


def set_up(environment: Environment | None) -> bool:
    """Does this very Python have what the lessons need?"""
    return environment is None or environment.is_running()


def findings(environment: Environment | None) -> Iterator[Finding]:
    """Everything that is looked at, the simple things first."""
    yield from computer.findings(environment)
    if set_up(environment):
        yield from libraries.findings(private=environment is not None)
        yield from rehearsal.findings(computer.student_folder())
