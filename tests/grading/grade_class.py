"""Grade one folder with the limits of a test: run by classroom.py, as another user."""

import json
import sys
from pathlib import Path

from bonelab.course.subject_for_grading import BONE
from bonelab.grading.class_grading import grade_folder
from bonelab.grading.limits import Limits

# The reader of notebooks would load a grammar of web addresses for a second; no test needs it.
sys.modules["rfc3987_syntax"] = None
settings = json.loads(sys.argv[1])
submissions, out, solutions = (Path(settings[n]) for n in ("submissions", "out", "solutions"))
for number in range(settings["times"]):
    grade_folder(
        submissions,
        out if number == 0 else out.with_name(f"out{number + 1}"),
        Limits(**settings["limits"]),
        BONE,
        solutions=solutions,
        key="class key 4711",
        side_by_side=settings["side_by_side"],
        unconfined=settings["unconfined"],
    )
