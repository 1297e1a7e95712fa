"""Grade one class with the limits of a test, or several at once, each in a fork of its own: run by
classroom.py, as another user."""

import json
import multiprocessing
import sys
from importlib import import_module
from pathlib import Path

# The reader of notebooks would load a grammar of web addresses for a second; no test needs it.
sys.modules["rfc3987_syntax"] = None

from bonelab.course.subject_for_grading import BONE  # noqa: E402
from bonelab.grading.class_grading import grade_folder  # noqa: E402
from bonelab.grading.class_schedule import grade_all  # noqa: E402
from bonelab.grading.limits import Limits  # noqa: E402

settings = json.loads(sys.argv[1])
submissions, out, solutions = (Path(settings[n]) for n in ("submissions", "out", "solutions"))


def grade(name):
    """Grade one class, as often as it is asked."""
    for number in range(settings["times"]):
        target = out / name
        grade_folder(
            submissions / name,
            target if number == 0 else target.with_name(f"{target.name}{number + 1}"),
            Limits(**settings["limits"]),
            BONE,
            solutions=solutions,
            key="class key 4711",
            side_by_side=settings["side_by_side"],
            unconfined=settings["unconfined"],
        )


for name in settings.get("loaded", ()):
    import_module(name)
if len(settings["classes"]) == 1:
    grade(*settings["classes"])
else:
    grade_all([], [])  # loads what all of them need
    fork = multiprocessing.get_context("fork")
    each = [fork.Process(target=grade, args=(name,)) for name in settings["classes"]]
    for process in each:
        process.start()
    for process in each:
        process.join()
    sys.exit(any(process.exitcode for process in each))
