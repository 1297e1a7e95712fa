"""What the grader must know of bone: runs as answers, the library, and its errors in words."""

from collections.abc import Mapping
from dataclasses import fields

from bonelab.course import course_folders
from bonelab.grading.subject import Kind, Subject
from bonelab.parameters import BonelabError

LEFT_OUT = (
    "parameters",
    "code",
    "arguments",
    "events",
)  # how a run was made; a check reads what came of it


def _is_run(value):
    kind = type(value)
    return kind.__module__.startswith("bonelab.") and kind.__name__ == "Run"


def _describe(run):
    values = {f.name: getattr(run, f.name) for f in fields(run) if f.name not in LEFT_OUT}
    return {n: dict(v) if isinstance(v, Mapping) else v for n, v in values.items()}


def _rebuild(content):
    from bonelab.simulation import Run

    return Run(**content)


BONE = Subject(
    name="bonelab.course.subject_for_grading:BONE",
    kinds=(Kind("run", _is_run, _describe, _rebuild),),
    libraries={"bl": "bonelab", "np": "numpy"},
    refusals=(BonelabError,),
    course="bonelab",
    solutions=course_folders.material() / "solutions",
    exercises=course_folders.material() / "exercises",
)
